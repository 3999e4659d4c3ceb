"""The export formats. To add one, write a module with a class like those here and name it in FORMATS: the API and its
document take it from there.
"""

from functions.exports.formats.azureml import AzureMl
from functions.exports.formats.base import Format
from functions.exports.formats.coco import Coco
from functions.exports.formats.csv import Csv
from functions.exports.formats.features import Features
from functions.exports.formats.huggingface import HuggingFace
from functions.exports.formats.imagefolder import ImageFolder
from functions.exports.formats.webdataset import WebDataset

FORMATS: dict[str, type[Format]] = {
    "coco": Coco,
    "azureml": AzureMl,
    "csv": Csv,
    "imagefolder": ImageFolder,
    "huggingface": HuggingFace,
    "webdataset": WebDataset,
    "features": Features,
}
