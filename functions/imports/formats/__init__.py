"""The formats that imports take, each read by a module of its own."""

from functions.imports.content import Content
from functions.imports.formats.base import Format
from functions.imports.formats.coco import COCO
from functions.imports.formats.json_lines import AZURE_ML
from functions.imports.formats.label_studio import LABEL_STUDIO
from functions.imports.formats.table import TABLE
from functions.imports.lines import Unreadable

__all__ = ["FORMATS", "format_of"]

# In the order in which they are tried on a file: a table is what is none of the others.
FORMATS: dict[str, Format] = {"coco": COCO, "labelstudio": LABEL_STUDIO, "azureml": AZURE_ML, "csv": TABLE}


def format_of(content: Content) -> str:
    """The name of the format of a file, by its content. Raises Unreadable."""
    for name, known in FORMATS.items():
        if known.fits(content):
            return name
    raise Unreadable("This is no file of labels of any format that is read here.")
