"""The formats that imports take, each read by a module of its own."""

from functions.imports.content import MOST_TEXTS, Content
from functions.imports.formats.base import Format
from functions.imports.formats.coco import COCO
from functions.imports.formats.cvat import CVAT
from functions.imports.formats.header import header_of, is_like_table
from functions.imports.formats.huggingface import HUGGING_FACE
from functions.imports.formats.imagefolder import IMAGE_FOLDER
from functions.imports.formats.json_lines import AZURE_ML
from functions.imports.formats.label_studio import LABEL_STUDIO
from functions.imports.formats.mltable import MLTABLES, is_folder
from functions.imports.formats.several import one_format, or_several
from functions.imports.formats.table import TABLE
from functions.imports.formats.vott import VOTT
from functions.imports.formats.zipped import WORKBOOK, fits_in_zip, is_workbook, or_zipped, refuse_tables
from functions.imports.lines import Unreadable
from functions.imports.spelling import told

__all__ = ["FORMATS", "format_of"]

# Of single files, in the order in which they are tried: a table is what is none of the others.
TEXTS: dict[str, Format] = {
    "coco": COCO,
    "labelstudio": LABEL_STUDIO,
    "vott": VOTT,
    "cvat": CVAT,
    "azureml": AZURE_ML,
    "csv": TABLE,
}
# Folders of images say the labels where no file does.
FORMATS: dict[str, Format] = {
    "mltable": MLTABLES,
    "huggingface": or_several(HUGGING_FACE),
    **{name: or_several(or_zipped(known)) for name, known in TEXTS.items()},
    "imagefolder": or_several(IMAGE_FOLDER),
}


def format_of(content: Content) -> str:
    """The name of the format of a file, or of several, by its content. Raises Unreadable, and BadArchive."""
    if content.parts and not is_folder(content):
        return one_format(content, format_of)
    for name, known in FORMATS.items():
        if known.fits(content):
            if content.is_zipped and name in TEXTS:
                _refuse_others(content, name)
            return name
    # What may well be a table is told which columns it has, and which it would need.
    if content.is_zipped:
        if is_workbook(content):
            raise Unreadable(WORKBOOK)
        refuse_tables(content)
        if content.has_too_many_texts:
            raise Unreadable(f"This zip has more than {MOST_TEXTS} files that may be of labels. Pack fewer at a time.")
        raise Unreadable("This zip has no label file of any format that is read here.")
    if is_like_table(content):
        header_of(content)
    raise Unreadable("This is no file of labels of any format that is read here.")


def _refuse_others(content: Content, form: str) -> None:
    """Nothing of a zip is passed over because something else is found first."""
    for file in content.texts:
        found = next((name for name, known in TEXTS.items() if fits_in_zip(known, file)), form)
        if found != form:
            raise Unreadable(
                f"This zip has label files of several formats: {form}, and {found} in {told(file.name)}. "
                "Say as which it is to be read, or pack the others apart."
            )
