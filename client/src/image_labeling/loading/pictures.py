"""Images from files, as those who labeled them saw them."""

from pathlib import Path
from typing import TYPE_CHECKING

from image_labeling.errors import LabelingError
from image_labeling.loading.needing import needed

if TYPE_CHECKING:
    from PIL.Image import Image

MANY_BITS = ("I", "F")


def picture(path: Path, name: str) -> "Image":
    """RGB and upright. name: of the image, for people. Raises LabelingError for a file that Pillow does not read."""
    with needed("torch", "Pillow"):
        from PIL import Image, ImageOps
    try:
        with Image.open(path) as found:
            upright = ImageOps.exif_transpose(found)
            return stretched(upright) if upright.mode.startswith(MANY_BITS) else upright.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise LabelingError(f"{name} cannot be read ({path}): {error}", type="damaged") from error


def stretched(found: "Image") -> "Image":
    """Of more than 8 bits: from black to white, as the labeling page shows it; what Pillow cuts off is all white."""
    numbers = found.convert("F")
    low, high = numbers.getextrema()
    scale = 255 / (high - low) if high > low else 0.0  # type: ignore[operator]
    return numbers.point(lambda value: value * scale - low * scale).convert("L").convert("RGB")  # type: ignore[operator]
