"""The image labeling service from Python: images in, labels out.

from image_labeling import Labeling

project = Labeling().project("Cats and dogs")
project.wait_until(labeled=0.9)
project.export("coco", to="labels")
"""

from image_labeling.answers.exports import Export
from image_labeling.answers.images import Image
from image_labeling.answers.imports import Import
from image_labeling.answers.projects import Progress
from image_labeling.errors import LabelingError
from image_labeling.labeling import Labeling
from image_labeling.lease import Lease
from image_labeling.loading.dataset import Dataset
from image_labeling.project import Project
from image_labeling.reviews import Review
from image_labeling.transferring.exporting import Download, ExportProgress
from image_labeling.transferring.uploading import Upload, UploadProgress
from image_labeling.version import __version__

__all__ = [
    "Dataset",
    "Download",
    "Export",
    "ExportProgress",
    "Image",
    "Import",
    "Labeling",
    "LabelingError",
    "Lease",
    "Progress",
    "Project",
    "Review",
    "Upload",
    "UploadProgress",
    "__version__",
]
