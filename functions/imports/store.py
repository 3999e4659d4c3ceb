"""The records of imports, newest first, kept with the project; and the texts that were sent with them."""

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from functions.hooks import project_dropped
from functions.identity import ByWhom
from functions.imports.uploads import Uploaded
from functions.locks import drop_lock
from functions.records import OVER, Records, Work
from functions.storage import SNAPSHOTS_CONTAINER, Storage, unless_gone

if TYPE_CHECKING:
    from azure.storage.blob.aio import BlobClient

ImportFormat = Literal["coco", "csv", "azureml", "labelstudio", "mltable", "cvat", "huggingface", "imagefolder", "vott"]
AskedFormat = Literal["auto", "folders", ImportFormat]
FOLDERS: AskedFormat = "folders"
ImportUse = Literal["labels", "suggestions"]
# What becomes of an image to which lines give different labels where it can have one: none, or that of the first or
# last of them.
Duplicates = Literal["leave", "first", "last"]

LOCK = "imports.lock"
MOST_UNMATCHED = 100
MOST_NAMED = 20
MOST_LABELS = 500
# Of records that are read at once.
MOST_LISTED = 200


class Named(BaseModel):
    """So many images, and the names of the first of them."""

    count: int = 0
    first: list[str] = []

    def add(self, name: str, most: int = MOST_NAMED) -> None:
        self.count += 1
        if len(self.first) < most:
            self.first.append(name)


class ChosenColumns(BaseModel):
    """Which column or key of a table says what; None: it is guessed, or there is none. Chosen, a confidence of "" is
    none.
    """

    image: str | None = None
    label: str | None = None
    confidence: str | None = None


class TableColumns(ChosenColumns):
    """Which says what, and all that there are."""

    names: list[str]


class LabelFound(BaseModel):
    """A label of the file, in so many of its lines; with its group there, "" without one."""

    name: str
    count: int
    group: str = ""


class Relabeled(BaseModel):
    """An image that got labels. before: those it had, by their ids; after: those it has now, just the one where images
    have one each. id, thumbnail: of the image, and the name of the blob that shows it small; "" where records of before
    do not say, or there is none.
    """

    image: str
    id: str = ""
    thumbnail: str = ""
    before: list[int]
    after: int | list[int]


class Outcome(BaseModel):
    """What an import did so far, or would do. lines: of the file, that have a label; regions: boxes and polygons, which
    are passed over; suggested: those of the lines that are passed over because it is only suggested; images: that the
    others are about; loose: what else has a label and cannot be used, in words; matched_by: images that the project
    has, by the rule that found them (matching.py).

    labeled: images that got a label, or a suggestion, that they had not, with some of them in `first_labeled`;
    unchanged: that had it already; kept: whose own label, or skipping, stayed; not_ready: that have no preview yet, or
    cannot be read; ambiguous: that got several labels where there can be one; refused: that got labels which they may
    not have together, or none where there must be one, with the reason; unmatched: that the project has not; unclear:
    of which it cannot be told which one it is; unknown_labels: lines with labels that it has not, of the most frequent
    ones; unknown_lines: of all of them; left_out: lines with labels that are to be left out; labels: all of the file,
    the most frequent first; has_rows: what could not be used is in a file, row by row; columns: of a table.
    """

    lines: int = 0
    regions: int = 0
    suggested: int = 0
    images: int = 0
    labeled: int = 0
    first_labeled: list[Relabeled] = []
    unchanged: int = 0
    kept: int = 0
    not_ready: Named = Named()
    ambiguous: Named = Named()
    refused: Named = Named()
    unmatched: Named = Named()
    unclear: Named = Named()
    loose: Named = Named()
    matched_by: dict[str, int] = {}
    unknown_labels: dict[str, int] = {}
    unknown_lines: int = 0
    left_out: int = 0
    labels: list[LabelFound] = []
    has_rows: bool = False
    columns: TableColumns | None = None


class Undone(ByWhom, BaseModel):
    """How far the undoing of an import is, and who asked for it last. next_pack: all before it are done. restored: so
    many of the images that it labeled stand as they did before; left: so many do not, as they were changed since.
    """

    by: str
    asked_at: datetime
    status: Literal["queued", "running", "completed", "failed"] = "queued"
    finished_at: datetime | None = None
    progress: float = 0.0
    next_pack: int = 0
    restored: int = 0
    left: int = 0
    error: str | None = None

    @property
    def is_over(self) -> bool:
        return self.status in OVER


class Import(Work, BaseModel):
    """Labels that are taken over from elsewhere. format: "auto" until it is found by the content. use: what they
    become. name: what people call it. file: where they are in the project's folder; uploaded: or in an upload; where
    both are None, the text was sent, or with the format "folders" the images' paths are read, whose `part` is the
    label. labels: by the names of labels in the file those that they are here; None: they are left out. next_pack: all
    before it are done. keeps_replaced: what was suggested before is kept where it is replaced, so that an import of
    suggestions can be undone. waits: it begins when all images have previews.
    """

    name: str | None = None
    format: AskedFormat
    file: str | None
    uploaded: Uploaded | None = None
    part: int | None = None
    by: str
    use: ImportUse
    dry_run: bool
    replace: bool
    labels: dict[str, str | None] = {}
    duplicates: Duplicates = "leave"
    columns: ChosenColumns = ChosenColumns()
    waits: bool = False
    status: Literal["queued", "running", "completed", "failed"]
    progress: float = 0.0
    next_pack: int = 0
    outcome: Outcome = Outcome()
    error: str | None = None
    keeps_replaced: bool = False
    undone: Undone | None = None

    @property
    def is_run(self) -> bool:
        """It suggests labels, and is judged by what people say of their images."""
        return self.use == "suggestions" and not self.dry_run

    @property
    def action_id(self) -> str:
        """That of its records in the packs."""
        return f"import{self.id}"


class ImportMessage(BaseModel):
    """Asks for an import to be run, or gone on with; or to be undone."""

    model_config = ConfigDict(extra="forbid")

    project_id: str
    import_id: str
    undo: bool = False


IMPORTS = Records(Import, "import", "import")


async def list_imports(
    storage: Storage, project_id: str, *, dry_run: bool | None, limit: int, after: str = ""
) -> list[Import]:
    """At most `limit` that come after the given id, newest first. dry_run: only those that were, or were not, tried
    alone. Each choice on the page is tried, so there may be many of them.
    """
    found: list[Import] = []
    at_once = limit
    while len(found) < limit:
        some = await IMPORTS.list(storage, project_id, limit=at_once, after=after)
        found += [one for one in some if dry_run is None or one.dry_run == dry_run]
        if len(some) < at_once:
            break
        after, at_once = some[-1].id, MOST_LISTED
    return found[:limit]


async def drop_imports(storage: Storage, project_id: str) -> None:
    """Deletes all imports of a project; one that runs loses its lock and ends."""
    await IMPORTS.drop_all(storage, project_id)
    await drop_lock(storage, project_id, LOCK)
    container = storage.container(SNAPSHOTS_CONTAINER)
    async for name in container.list_blob_names(name_starts_with=f"{project_id}.import."):
        await unless_gone(container.delete_blob, name)


project_dropped.then(drop_imports)


def text_blob_name(one: Import) -> str:
    """Where, among the snapshots, a text that was sent is kept until the import is over."""
    return f"{one.project_id}.import.{one.id}"


def text_blob(storage: Storage, one: Import) -> "BlobClient":
    return storage.container(SNAPSHOTS_CONTAINER).get_blob_client(text_blob_name(one))


def rows_blob(storage: Storage, one: Import) -> "BlobClient":
    """Where the rows that an import could not use are kept as a table, as long as the project is."""
    return storage.container(SNAPSHOTS_CONTAINER).get_blob_client(rows_blob_name(one))


def rows_blob_name(one: Import) -> str:
    return f"{one.project_id}.import.{one.id}.rows.csv"
