"""What a label file says, whatever its format: lines of an image and a label, and what nothing can be made of."""

from typing import NamedTuple

from functions.longwork import Failed

# In the place of a confidence that is no number from 0 to 1.
SENSELESS = -1.0


class Unreadable(Failed):
    """The file is not what it was said to be."""


class Line(NamedTuple):
    """One image with one label, by their names there; all lines of an image together say what labels it has. places:
    paths or addresses of the image, the surest first. label: None where it says that the image has none. confidence: 0
    to 1; 1 where it is not given, and SENSELESS where what is given is none. suggested: nobody gave the image this
    label, by the line's own account. row: where it stands, as people count in such a file: the number of a text's line,
    an annotation, a task.
    """

    places: tuple[str, ...]
    label: str | None
    confidence: float = 1.0
    suggested: bool = False
    row: int = 0


class Loose(NamedTuple):
    """Something that has a label and cannot be used. reason: which one and why, in words."""

    reason: str
    row: int = 0


class Region(NamedTuple):
    """A box or a polygon with a label: it says nothing of the image as a whole."""

    row: int = 0


class Grouped(NamedTuple):
    """A label that has a group there: a path of names, "Animal/Domestic"."""

    label: str
    group: str


# In the place of a column: none is to be taken.
NO_COLUMN = ""


class Chosen(NamedTuple):
    """Which column or key of a table says what, as people say it; None: it is to be guessed. confidence: may be
    NO_COLUMN.
    """

    image: str | None = None
    label: str | None = None
    confidence: str | None = None


GUESSED = Chosen()


class Columns(NamedTuple):
    """What the columns or keys of a table are called, and which of them says what; None: none does."""

    names: tuple[str, ...]
    image: str | None
    label: str | None
    confidence: str | None


class UnknownColumns(Unreadable):
    """Which column of a table is the image, and which the label, cannot be told. columns: as far as it can."""

    def __init__(self, reason: str, columns: Columns) -> None:
        super().__init__(reason)
        self.columns = columns


class InFile(NamedTuple):
    """What comes next stands in this file, of several; rows are counted anew."""

    name: str


Said = Line | Loose | Region | Grouped | InFile
