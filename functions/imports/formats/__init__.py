"""The formats that imports take, each read by a module of its own."""

from functions.imports.content import Content
from functions.imports.formats.base import Format
from functions.imports.formats.coco import COCO
from functions.imports.formats.cvat import CVAT
from functions.imports.formats.huggingface import HUGGING_FACE
from functions.imports.formats.imagefolder import IMAGE_FOLDER
from functions.imports.formats.json_lines import AZURE_ML
from functions.imports.formats.label_studio import LABEL_STUDIO
from functions.imports.formats.mltable import MLTABLES
from functions.imports.formats.table import TABLE
from functions.imports.formats.vott import VOTT
from functions.imports.formats.zipped import WORKBOOK, is_workbook, or_zipped
from functions.imports.lines import Unreadable

__all__ = ["FORMATS", "format_of"]

# In the order in which they are tried on a file: a table is what is none of the others, and folders of images say the
# labels where no file does.
FORMATS: dict[str, Format] = {
    "mltable": MLTABLES,
    "huggingface": HUGGING_FACE,
    "coco": or_zipped(COCO),
    "labelstudio": or_zipped(LABEL_STUDIO),
    "vott": or_zipped(VOTT),
    "cvat": or_zipped(CVAT),
    "azureml": or_zipped(AZURE_ML),
    "csv": or_zipped(TABLE),
    "imagefolder": IMAGE_FOLDER,
}


def format_of(content: Content) -> str:
    """The name of the format of a file, by its content. Raises Unreadable."""
    for name, known in FORMATS.items():
        if known.fits(content):
            return name
    if content.is_zipped:
        raise Unreadable(
            WORKBOOK if is_workbook(content) else "This zip has no label file of any format that is read here."
        )
    raise Unreadable("This is no file of labels of any format that is read here.")
