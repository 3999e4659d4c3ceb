"""How right an import of suggestions is, as the API tells it."""

from functions.http.wire import Interval, Output, Share
from functions.intervals import wilson
from functions.labeling.counts import Judged


class ShareAnswer(Output):
    """judged: so many images; right: of so many what was suggested is what people said then, all labels of an image
    together. share: right of judged; interval: the 95% interval of that share.
    """

    judged: int
    right: int
    share: Share
    interval: Interval


class AccuracyAnswer(ShareAnswer):
    """How right an import of suggestions is, by the images that came without them (as one in ten does, later fewer).
    builtIn: how right the service's own suggestions are for the same images, as far as it had some.
    """

    built_in: ShareAnswer | None


def accuracy_of(judged: Judged) -> AccuracyAnswer | None:
    """None where nothing was judged."""
    # Sums of which the oldest imports were dropped may be off: see functions/labeling/directory.py.
    if not 0 <= judged.right <= judged.images > 0:
        return None
    own = _share(judged.own, judged.own_right) if 0 <= judged.own_right <= judged.own > 0 else None
    return AccuracyAnswer(**_share(judged.images, judged.right).model_dump(), built_in=own)


def _share(judged: int, right: int) -> ShareAnswer:
    return ShareAnswer(judged=judged, right=right, share=right / judged, interval=wilson(right / judged, judged))
