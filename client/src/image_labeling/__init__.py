"""The image labeling service from Python: images in, labels out.

from image_labeling import Labeling

project = Labeling().project("Cats and dogs")
project.wait_until(labeled=0.9)
project.export("coco", to="labels")
"""

from image_labeling.errors import LabelingError
from image_labeling.labeling import Labeling
from image_labeling.loading.dataset import Dataset
from image_labeling.project import Project
from image_labeling.transferring.exporting import Download, ExportProgress
from image_labeling.transferring.uploading import Upload, UploadProgress
from image_labeling.version import __version__

__all__ = [
    "Dataset",
    "Download",
    "ExportProgress",
    "Labeling",
    "LabelingError",
    "Project",
    "Upload",
    "UploadProgress",
    "__version__",
]
