"""Makes previews of images, and says in words why it cannot. Pillow is imported here only, and this module only where
images are prepared.
"""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")
MOST_PIXELS = 100_000_000
PREVIEW_SIDE = 1024
THUMBNAIL_SIDE = 256
QUALITY = 82
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# Between one and two times the limit Pillow only warns; here that is an error too.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


class Unreadable(Exception):
    """The bytes are no image that can be shown. reason: why, in words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Rendered:
    """An image's size in pixels as it is shown (upright), and its preview and thumbnail as WebP."""

    width: int
    height: int
    preview: bytes
    thumbnail: bytes


def memory_needed(data: bytes) -> int:
    return len(data) * 4


def render(data: bytes) -> Rendered:
    """Decodes an image (of an animation the first frame), sets it upright, and makes it small. Raises Unreadable."""
    if not data:
        raise Unreadable("The file is empty.")
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            return _render(image)
    except UnidentifiedImageError:
        raise Unreadable(
            f"The file is none of the images that can be read ({', '.join(FORMATS)}), whatever its name says."
        ) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unreadable(f"The image has more than {MOST_PIXELS // 1_000_000} megapixels.") from None
    except Exception:  # noqa: BLE001
        # Decoders raise what they like for files that are cut off or damaged, and one file must not stop its pack.
        raise Unreadable("The file is damaged, or cut off: it cannot be decoded.") from None


def _render(image: Image.Image) -> Rendered:
    if image.format == "TIFF":
        # Pillow sets these upright itself, when it loads them.
        image.load()
    orientation = image.getexif().get(ORIENTATION, 1)
    width, height = image.size
    if orientation in (5, 6, 7, 8):
        width, height = height, width
    image.draft("RGB", (PREVIEW_SIDE, PREVIEW_SIDE))
    upright = _plain(image)
    if orientation in TURNS:
        upright = upright.transpose(TURNS[orientation])
    upright.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.LANCZOS)
    preview = _webp(upright)
    upright.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return Rendered(width, height, preview, _webp(upright))


def _plain(image: Image.Image) -> Image.Image:
    """The image in eight bits of RGB, or RGBA where parts of it are transparent."""
    if image.mode.startswith("I") or image.mode == "F":
        plain = _eight_bits(image)
    elif image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        plain = image.convert("RGBA")
    else:
        plain = image.convert("RGB")
    if image.mode not in ("RGB", "RGBA", "P", "PA"):
        # A profile of inks or of grays says nothing about these colors.
        plain.info.pop("icc_profile", None)
    return plain


def _eight_bits(image: Image.Image) -> Image.Image:
    """Sixteen bits and more are stretched from the darkest to the lightest value, as medical and microscope images
    need it.
    """
    wide = image.convert("F")
    lowest, highest = wide.getextrema()
    span = float(highest) - float(lowest) or 1.0  # type: ignore[arg-type]
    return wide.point(lambda value: (value - lowest) * (255.0 / span)).convert("L").convert("RGB")


def _webp(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=QUALITY, method=2, icc_profile=image.info.get("icc_profile"))
    return out.getvalue()
