"""The model that makes features of images: which file it is, and what it takes and gives. README.md says where it comes
from. Nothing is imported to run it here.
"""

from pathlib import Path

FILE = Path(__file__).with_name("efficientnet-lite0-features.onnx")
# Features of another model are not comparable with this one's, and a damaged file is not to be run.
SHA256 = "fc652055fd8df714c704ede1e30ee085a9f7e3d22f8f4d0e69bed538f8173c18"
# Pixels of both sides of an image as the model takes it.
SIDE = 224
# Numbers that it gives for an image.
FEATURES = 1280


class ModelUnreadable(Exception):
    """No features can be made here. reason: for people, with what to do."""

    def __init__(self, why: str) -> None:
        self.reason = (
            f"The service's model file cannot be read: {why}. Deploy the service again. "
            "Labeling goes on without suggestions."
        )
        super().__init__(self.reason)
