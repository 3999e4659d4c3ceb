"""What callers get about imports."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from functions.http.wire import Output
from functions.imports.accuracy import AccuracyAnswer, accuracy_of
from functions.imports.asking import why_not
from functions.imports.spelling import BLANKS, composed
from functions.imports.store import AskedFormat, Duplicates, Import, ImportUse
from functions.labeling.counts import Judged
from functions.projects.model import Project

NONE: Mapping[str, str] = MappingProxyType({})
NOTHING_JUDGED: Mapping[str, Judged] = MappingProxyType({})


class ColumnsAnswer(Output):
    """The columns of a table, or the keys of JSON, and which of them says what; null: none does. Told also where
    an import has failed as that is unknown, or the wrong ones were taken.
    """

    names: list[str]
    image: str | None
    label: str | None
    confidence: str | None


class NamedAnswer(Output):
    """So many, and the names of the first of them."""

    count: int
    first: list[str]


class LabeledAnswer(Output):
    """An image that got a label, or a suggestion, and the labels that it had before. after: a list where images may
    have several labels. thumbnailUrl: told where one import is asked for, and there is one.
    """

    image: str
    image_id: str
    thumbnail_url: str | None
    before: list[str]
    after: str | list[str]


class UnknownLabel(Output):
    """A label that the project has not, and in how many lines it is."""

    label: str
    count: int


class FileLabel(Output):
    """A label of the file, and in how many lines it is. group: there, "" without one. known: as which of the project's
    labels it counts; alike: one of the project that differs by case alone, for people to say whether it is meant.
    """

    name: str
    count: int
    group: str
    known: str | None
    alike: str | None


class MatchedBy(Output):
    """So many images were found by each rule, tried in this order: by their path as it stands, in the container or in
    the folder; by their address; by either in another spelling (backslashes, percent signs, dots, blanks); by the end
    of the path, or the name alone, where one image alone ends like it; by that without the file's ending.
    """

    path: int = 0
    folder: int = 0
    address: int = 0
    spelling: int = 0
    end: int = 0
    name: int = 0
    no_ending: int = 0


class UndoneAnswer(Output):
    """How far the undoing of an import is, and who asked for it last. restored: so many of the images that it labeled
    (or suggested labels for) stand as they did before; left: so many do not, as somebody, or a later import, has
    changed them since, or a label that they had is gone. They can be tried again once that is undone.
    """

    status: Literal["queued", "running", "completed", "failed"]
    progress: float = Field(ge=0, le=1)
    restored: int
    left: int
    by: str
    by_name: str | None
    at: datetime
    finished_at: datetime | None
    error: str | None


class ImportAnswer(Output):
    """An import, and what it has done so far, or with dryRun would do. by, byName: who asked for it. upload,
    uploadFiles: of which upload and files, if it is of one; part: of the images' paths, if they said the labels.

    lines: those of the text that have a label. regions: boxes and polygons, which are passed over, as they say nothing
    of the whole image. loose: what else has a label and is passed over, with the reason: a row without an image, an
    annotation of an image or a category that the file has not. suggested: those of the lines that are passed over
    because an export says that nobody set the label; import them as suggestions. The others are about so many images
    (images). matched: of those the images that the project has, by which rule (matchedBy); they are the labeled (got a
    label or suggestion; firstLabeled are some), the unchanged (had it already), the kept (stay as they were), the
    notReady (no preview yet, or unreadable), the ambiguous (several labels where an image has one, so they get none)
    and the refused (labels that an image may not have together, or none where it must have one; with the reason). Where
    images may have several labels, all lines of one together say which it has. unmatched: what the project has not.
    unclear: names that several images end like, or several names that end like one image; no image gets their labels.
    unknownLabels: lines with labels that the project has not are passed over (so many: unknownLines; the most frequent
    labels are named), and so are so many with labels that are to be left out (leftOut). labels: those of the file, 500
    at most, the most frequent first. rowsUrl: told where one import is asked for: a table of all rows that could not be
    used, with their number in the file and the reason; null if there are none. accuracy: of suggestions, told where
    imports are asked for; null until people have said something of images whose suggestion was hidden from them.
    undoable: it can be undone; undone: what came of that, where somebody has asked for it. waitsForImages: while it is
    queued, for all images to have previews.
    """

    id: str
    name: str | None
    format: AskedFormat
    as_: ImportUse = Field(serialization_alias="as")
    file: str | None
    upload: str | None
    upload_files: list[str]
    part: int | None
    status: Literal["queued", "running", "completed", "failed"]
    dry_run: bool
    waits_for_images: bool
    replace: bool
    duplicates: Duplicates
    by: str | None
    by_name: str | None
    progress: float = Field(ge=0, le=1)
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    lines: int
    regions: int
    loose: NamedAnswer
    suggested: int
    images: int
    matched: int
    matched_by: MatchedBy
    labeled: int
    first_labeled: list[LabeledAnswer]
    unchanged: int
    kept: int
    not_ready: NamedAnswer
    ambiguous: NamedAnswer
    refused: NamedAnswer
    unmatched: NamedAnswer
    unclear: NamedAnswer
    unknown_labels: list[UnknownLabel]
    unknown_lines: int
    left_out: int
    columns: ColumnsAnswer | None
    labels: list[FileLabel]
    rows_url: str | None
    error: str | None
    accuracy: AccuracyAnswer | None
    undoable: bool
    undone: UndoneAnswer | None


def import_answer(
    one: Import,
    project: Project,
    *,
    thumbnails: Mapping[str, str] = NONE,
    rows_url: str | None = None,
    judged: Mapping[str, Judged] = NOTHING_JUDGED,
) -> ImportAnswer:
    """thumbnails: the addresses of blobs, by their names; judged: by the ids of imports."""
    done, name = one.outcome, project.label_name
    fields = ImportAnswer.model_fields.keys() & Import.model_fields.keys()
    told = one.model_dump(include=fields - {"labels", "columns", "undone"})
    return ImportAnswer(
        **told,
        as_=one.use,
        upload=one.uploaded.upload if one.uploaded else None,
        upload_files=one.uploaded.names if one.uploaded else [],
        created_at=one.asked_at,
        waits_for_images=one.waits and one.status == "queued",
        lines=done.lines,
        regions=done.regions,
        loose=NamedAnswer(**done.loose.model_dump()),
        suggested=done.suggested,
        images=done.images,
        matched=done.labeled
        + done.unchanged
        + done.kept
        + done.not_ready.count
        + done.ambiguous.count
        + done.refused.count,
        matched_by=MatchedBy(**done.matched_by),
        labeled=done.labeled,
        first_labeled=[
            LabeledAnswer(
                image=told.image,
                image_id=told.id,
                thumbnail_url=thumbnails.get(told.thumbnail),
                before=list(map(name, told.before)),
                after=name(told.after) if isinstance(told.after, int) else list(map(name, told.after)),
            )
            for told in done.first_labeled
        ],
        unchanged=done.unchanged,
        kept=done.kept,
        not_ready=NamedAnswer(**done.not_ready.model_dump()),
        ambiguous=NamedAnswer(**done.ambiguous.model_dump()),
        refused=NamedAnswer(**done.refused.model_dump()),
        unmatched=NamedAnswer(**done.unmatched.model_dump()),
        unclear=NamedAnswer(**done.unclear.model_dump()),
        undoable=why_not(one) is None,
        undone=UndoneAnswer(**one.undone.model_dump(exclude={"asked_at", "next_pack"}), at=one.undone.asked_at)
        if one.undone
        else None,
        unknown_labels=[UnknownLabel(label=label, count=count) for label, count in done.unknown_labels.items()],
        # Imports of before counted those alone that are named.
        unknown_lines=max(done.unknown_lines, sum(done.unknown_labels.values())),
        left_out=done.left_out,
        columns=ColumnsAnswer(**done.columns.model_dump()) if done.columns else None,
        labels=_file_labels(one, project),
        rows_url=rows_url,
        accuracy=accuracy_of(judged.get(one.id, Judged())),
    )


def _file_labels(one: Import, project: Project) -> list[FileLabel]:
    by_case = {label.name.casefold(): label.name for label in project.labels}
    found = []
    for told in one.outcome.labels:
        here = one.labels.get(told.name, told.name)
        label = project.find_label(composed(here.strip(BLANKS))) if here else None
        alike = None if label else by_case.get(composed(told.name.strip(BLANKS)).casefold())
        found.append(FileLabel(**told.model_dump(), known=label.name if label else None, alike=alike))
    return found
