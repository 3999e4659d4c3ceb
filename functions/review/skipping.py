"""What a correction may say: labels, or that images are skipped."""

from functions.problems import Invalid
from functions.review.wire import CorrectionRequest, CorrectionsRequest


def refuse_mixed(asked: CorrectionRequest | CorrectionsRequest) -> None:
    """Raises Invalid for a reason without skipping, and for a label beside it."""
    if asked.reason is not None and not asked.skipped:
        raise Invalid.field("reason", "Only a skipped image has a reason.")
    if asked.skipped and asked.labels:
        raise Invalid.field("labels", "A skipped image has no label.")
