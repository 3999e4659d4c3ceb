"""How many keys and clicks a page takes.

One by one, which is what is compared: a label's key tags an image and goes on to the next without a tag; a click on a
wrong tag that was suggested turns it into the next likely one, and where that is wrong, too, a label's key follows; one
key accepts all suggestions of the page, the unsure ones too; and one key submits. The labeler sees what the images
show, so whether to accept all is decided by what is quicker: the unsure ones are tagged one by one, or what is then
wrong is corrected. Wrong suggestions that the labeler overlooks are not corrected.

By selection, which the page allows as well: several images are clicked and then tagged by one key, and one key tags all
that are left without a tag.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

ACCEPT = SUBMIT = 1


@dataclass(frozen=True)
class Seen:
    """An image on a page. truth: what it shows. overlooked: the labeler does not notice if the suggestion is wrong."""

    truth: str
    suggested: str | None = None
    second: str | None = None
    sure: bool = False
    overlooked: bool = False

    @property
    def correcting(self) -> int:
        """A click on the tag; a key more where what is likely next is wrong, too."""
        return 1 if self.second == self.truth else 2

    @property
    def is_wrong(self) -> bool:
        return self.suggested is not None and self.suggested != self.truth


@dataclass(frozen=True)
class Tagged:
    """A page that is done. labels: of its images in their order. one_by_one, by_selection: keys and clicks."""

    labels: list[str]
    one_by_one: int
    by_selection: int


def tag(page: Sequence[Seen]) -> Tagged:
    """The way that takes the fewest actions one by one."""
    ways = [_tagged(page, accepts_all=accepts) for accepts in (False, True)]
    return min(ways, key=lambda way: way.one_by_one)


def _tagged(page: Sequence[Seen], *, accepts_all: bool) -> Tagged:
    labels: list[str] = []
    untagged: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    correcting = 0
    for image in page:
        if image.suggested is None or not (image.sure or accepts_all):
            untagged[image.truth] += 1
        elif image.is_wrong and not image.overlooked:
            wrong[image.truth] += 1
            correcting += image.correcting
        else:
            labels.append(image.suggested)
            continue
        labels.append(image.truth)
    more = SUBMIT + (ACCEPT if accepts_all else 0)
    return Tagged(labels, more + untagged.total() + correcting, more + _by_selection(untagged, wrong))


def _by_selection(untagged: Counter[str], wrong: Counter[str]) -> int:
    """The fewest clicks and keys; of one label the untagged images may be the rest, which one key tags."""
    typed = untagged.total() + _selected(wrong)
    return min(
        [
            typed,
            *(1 + _selected(wrong + untagged - Counter({rest: untagged[rest]})) for rest in untagged if untagged[rest]),
        ]
    )


def _selected(images: Counter[str]) -> int:
    """A click for each image, and a key for each label."""
    return images.total() + len(+images)
