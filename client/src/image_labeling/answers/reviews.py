"""What came of one call that reviewed images."""

from pydantic import Field

from image_labeling.answers.base import Answer


class Reviewed(Answer):
    """id: by which it is undone. done: ids of images that were changed; stale: of those that stay as they are, as
    something was said of them since the caller looked, or they cannot be changed.
    """

    id: str
    done: list[str]
    stale: list[str]


class Settled(Reviewed):
    """unchanged: ids of images that were so already."""

    unchanged: list[str]


class Corrections(Settled):
    done: list[str] = Field(alias="corrected")


class Confirmation(Settled):
    done: list[str] = Field(alias="confirmed")


class Rejection(Reviewed):
    done: list[str] = Field(alias="rejected")


class Asking(Reviewed):
    """Where a filter chose the images, they are asked about within some minutes, and none is named."""

    done: list[str] = Field(alias="asked", default_factory=list)
    stale: list[str] = Field(default_factory=list)


class UndoneReview(Answer):
    """restored: images that stand as before."""

    restored: list[str]
    stale: list[str]
