"""What callers send to import labels, and to list imports."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from functions.http.wire import Input, PageQuery
from functions.ids import LONGEST_ID
from functions.imports.lines import NO_COLUMN
from functions.imports.store import FOLDERS, AskedFormat, ChosenColumns, Duplicates, ImportUse
from functions.names import clean, new_name

MOST_CHARACTERS = 20 * 1024 * 1024
# A text as JSON has escapes, and some fields around it.
MOST_BODY_BYTES = 24 * 1024 * 1024

ImportName = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(clean), AfterValidator(new_name)]
LabelThere = Annotated[str, Field(min_length=1, max_length=1000)]
MOST_MAPPED = 1000


class ColumnsRequest(Input):
    """Which column of a table, or key of JSON, says what. What is not named is guessed; a confidence that is null
    is not: no column says it.
    """

    image: Annotated[str, Field(min_length=1, max_length=1000)] | None = None
    label: Annotated[str, Field(min_length=1, max_length=1000)] | None = None
    confidence: Annotated[str, Field(min_length=1, max_length=1000)] | None = None

    def chosen(self) -> ChosenColumns:
        has_none = self.confidence is None and "confidence" in self.model_fields_set
        confidence = NO_COLUMN if has_none else self.confidence
        return ChosenColumns(image=self.image, label=self.label, confidence=confidence)


class ImportRequest(Input):
    """Labels from elsewhere: the text itself (content), or where it is in the project's folder (file), or the id of an
    upload: all its files, one after the other, or one of them (uploadFile). format: auto finds it by the content;
    folders reads no file: the paths of the images say the labels, from the project's folder on, by a `part` of them: 1
    is the first folder, -2 the one that the image is in.

    name: what people are to call it, as the model and its version. as: what becomes of them: labels, which only
    administrators of the project may import, or suggestions for those who label. replace: whether labels that images
    have already are changed too. A suggestion never touches a label, and takes the place of the one that an earlier
    import made for its image. labels: by the names of labels in the file those that they are in the project; null: they
    are left out; a label that is not named is the project's of that name. duplicates: what becomes of an image to which
    lines give different labels where it can have one: it gets none (leave), or that of the first or the last of them.
    columns: which of a table's say what. waitForImages: it begins when all images of the project have previews, for a
    project that was just made. dryRun: only tells what would be done.
    """

    format: AskedFormat
    content: Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS)] | None = None
    file: Annotated[str, Field(min_length=1, max_length=1024)] | None = None
    upload: Annotated[str, Field(min_length=1, max_length=LONGEST_ID)] | None = None
    upload_file: Annotated[str, Field(min_length=1, max_length=1024)] | None = None
    part: Annotated[int, Field(ge=-50, le=50)] | None = None
    name: ImportName | None = None
    as_: ImportUse = Field(default="labels", alias="as")
    replace: bool = False
    labels: dict[LabelThere, str | None] = Field(default={}, max_length=MOST_MAPPED)
    duplicates: Duplicates = "leave"
    columns: ColumnsRequest = ColumnsRequest()
    wait_for_images: bool = False
    dry_run: bool = False

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        if self.format == FOLDERS:
            return self._has_a_part()
        if self.part is not None:
            raise ValueError("`part` is for the format `folders`.")
        if [self.content, self.file, self.upload].count(None) != 2:
            raise ValueError(
                "Send either the text as `content`, or its path in the folder as `file`, or an upload's id as `upload`."
            )
        if self.upload_file is not None and self.upload is None:
            raise ValueError("`uploadFile` is for an `upload`.")
        return self

    def _has_a_part(self) -> Self:
        if any(one is not None for one in (self.content, self.file, self.upload, self.upload_file)):
            raise ValueError("The format `folders` reads the images' paths, and no file.")
        if self.part in (None, 0, -1):
            raise ValueError("Send as `part` which folder is the label: 1 is the first, -2 the one of the image.")
        return self


class ImportsQuery(PageQuery):
    """dryRun: only those that were (true), or were not (false), tried alone."""

    dry_run: bool | None = None
