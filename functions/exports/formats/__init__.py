"""The export formats. To add one, write a module with a class like those here and name it in FORMATS.

A format gets the labeled images one by one, in the order of the packs, and gives pieces of its files. A file may have
several sections that grow side by side and are joined in order at the end, so that one pass over the images is enough
and nothing is held in memory.
"""

from functions.exports.formats.azureml import AzureMl
from functions.exports.formats.base import Format
from functions.exports.formats.coco import Coco
from functions.exports.formats.csv import Csv

FORMATS: dict[str, type[Format]] = {"coco": Coco, "azureml": AzureMl, "csv": Csv}
