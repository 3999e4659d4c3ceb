"""The formats that imports take, each read by a module of its own."""

from functions.imports.formats import coco, json_lines, label_studio, table
from functions.imports.formats.base import Line, Loose, Read, Unreadable

__all__ = ["READERS", "Line", "Loose", "Unreadable"]

READERS: dict[str, Read] = {
    "coco": coco.read,
    "csv": table.read,
    "azureml": json_lines.read,
    "labelstudio": label_studio.read,
}
