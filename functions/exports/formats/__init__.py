"""The export formats. To add one, write a module with a class like those here and name it in FORMATS: the API, its
document and the page take it from there.
"""

from functions.exports.formats.azureml import AzureMl
from functions.exports.formats.base import Format
from functions.exports.formats.coco import Coco
from functions.exports.formats.csv import Csv

FORMATS: dict[str, type[Format]] = {"coco": Coco, "azureml": AzureMl, "csv": Csv}
