"""Features of images, by a model that onnxruntime runs. This module is imported only where features are made: it takes
some 90 MB of memory with the model.
"""

import hashlib
import io
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image, WebPImagePlugin

from functions.assist import model
from functions.assist.model import FEATURES, SIDE, ModelUnreadable
from functions.imaging.headers.header import DAMAGED, Unreadable
from functions.imaging.rendering import on_ground

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["FEATURES", "ModelUnreadable", "features_of", "load"]

_session: "InferenceSession | None" = None
_loading = threading.Lock()


def load() -> "InferenceSession":
    """The model, ready to run: one in each process, for all its threads. Raises ModelUnreadable."""
    global _session
    with _loading:
        if _session is None:
            _session = _load()
        return _session


def _load() -> "InferenceSession":
    try:
        content = model.FILE.read_bytes()
    except OSError as error:
        raise ModelUnreadable(error.strerror or "it cannot be opened") from None
    if hashlib.sha256(content).hexdigest() != model.SHA256:
        raise ModelUnreadable("it is damaged")
    try:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # Each image is one thread's work, so that the budgets of preparing say how many cores are busy.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001
        # The runtime raises what it likes, and what it cannot run must not stop preparing.
        raise ModelUnreadable(f"it cannot be run here ({type(error).__name__})") from None


def features_of(pictures: Sequence[bytes]) -> NDArray[np.float16]:
    """Features (n, 1280) of thumbnails as they are stored, in WebP. Raises ModelUnreadable, and Unreadable for what is
    no picture.

    One at a time: several together take more memory, and no less time on one core. The same bytes make the same
    features, whatever they come with.
    """
    made = np.zeros((len(pictures), FEATURES), np.float16)
    for row, picture in enumerate(pictures):
        made[row] = _run(_pixels(picture))
    return made


def _run(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    session = load()
    try:
        (found,) = session.run(["features"], {"images": pixels[np.newaxis]})
        return np.asarray(found, np.float32).reshape(FEATURES)
    except Exception as error:  # noqa: BLE001
        raise ModelUnreadable(f"it cannot be run here ({type(error).__name__})") from None


def _pixels(picture: bytes) -> NDArray[np.uint8]:
    """A picture as the model takes it: (224, 224, 3), what is transparent over the ground that people see."""
    try:
        with WebPImagePlugin.WebPImageFile(io.BytesIO(picture)) as image:
            shown: Image.Image = image
            # Thumbnails that were made before they had a ground.
            if image.mode != "RGB":
                shown = on_ground(image)
            return np.asarray(shown.resize((SIDE, SIDE), Image.Resampling.BICUBIC))
    except Exception:  # noqa: BLE001
        raise Unreadable(DAMAGED) from None
