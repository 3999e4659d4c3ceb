"""Looks through a project's folder."""

from image_labeling.answers.base import Work


class Refresh(Work):
    """found: images listed; missing: those that have vanished; back: those that are there again. passed_over: files
    that are no images, or of kinds that are not taken, which kinds_passed_over counts. by: None where it came by
    itself.
    """

    found: int
    added: int
    changed: int
    missing: int
    back: int
    passed_over: int
    kinds_passed_over: dict[str, int]
    error: str | None

    @property
    def why_failed(self) -> str | None:
        return self.error
