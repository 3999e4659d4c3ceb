"""Makes previews and details of images, and says in words why it cannot. Pillow is imported here only, and this module
only where pictures are made.
"""

import ctypes
import io
import math
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pi_heif import options as heif_options
from pi_heif.as_plugin import HeifImageFile
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from functions.imaging.headers import MOST_PIXELS, read_header
from functions.imaging.headers.header import DAMAGED, MOST_PROFILE, Header, Unreadable, fit
from functions.imaging.memory import STRIP_PIXELS, Plan, memory_of, preview_size, reduction, strip_rows

if TYPE_CHECKING:
    # It needs NumPy, which only images of more than 8 bits and suggestions do.
    from functions.imaging.depth import Deep

__all__ = ["Detail", "Rendered", "Unreadable", "on_ground", "render", "render_detail"]

THUMBNAIL_SIDE = 256
QUALITY = 82
# What is behind transparent images, whoever looks at them: black strokes are seen on it as well as white ones.
GROUND = (118, 118, 118)
# An image of so many pixels each way is shown many times larger than it is, so every flaw would be: it is kept as it
# is, in some KB.
EXACT_SIDE = 64
# Of more than 8 bits, whose numbers take more.
DEEP_STRIP_PIXELS = 64 * 1024
# A detail is a JPEG: its encoder takes no memory, and an eighth of WebP's time.
DETAIL_QUALITY = 90
M_ARENA_MAX = -8
# After an image of this much, free memory between what is in use is given back to the system, too.
MUCH_MEMORY = 64 * 1024 * 1024
# What Pillow keeps for a pixel; 4 in other modes.
MODE_BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2}
# Pillow's modes of more than 8 bits, and NumPy's names of their numbers.
DEEP_MODES = {"I;16": "<u2", "I;16L": "<u2", "I;16B": ">u2", "I;16N": "=u2", "I": "=i4", "F": "=f4"}
# By the channels of a PNG of 16 bits, the raw modes in which Pillow reads all of its bytes: those of gray and alpha as
# four colors; of more colors first the upper ones, and then the lower ones as if they were upper ones.
PNG_BYTES = {2: ("RGBA",), 3: ("RGB;16B", "RGB;16L"), 4: ("RGBA;16B", "RGBA;16L")}
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Not Image.open: it looks for a JPEG's further pictures, and warns where files are odd.
OPENERS: dict[str, type[ImageFile.ImageFile]] = {
    "JPEG": JpegImagePlugin.JpegImageFile,
    "PNG": PngImagePlugin.PngImageFile,
    "GIF": GifImagePlugin.GifImageFile,
    "WEBP": WebPImagePlugin.WebPImageFile,
    "BMP": BmpImagePlugin.BmpImageFile,
    "TIFF": TiffImagePlugin.TiffImageFile,
    "AVIF": AvifImagePlugin.AvifImageFile,
    "HEIC": HeifImageFile,
    "JPEG2000": Jpeg2KImagePlugin.Jpeg2KImageFile,
}

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
# Each image is one thread's work, and what else is in its file is not shown.
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
heif_options.DECODE_THREADS = 1
heif_options.THUMBNAILS = heif_options.DEPTH_IMAGES = heif_options.AUX_IMAGES = False
# glibc's memory: what one thread gives back is then there for the others, where each would keep its own otherwise.
GLIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
if GLIBC is not None:
    GLIBC.mallopt(ctypes.c_int(M_ARENA_MAX), ctypes.c_int(1))


@dataclass(frozen=True)
class Rendered:
    """An image's size in pixels as it is shown (upright), and its preview and thumbnail as WebP."""

    width: int
    height: int
    preview: bytes
    thumbnail: bytes


@dataclass(frozen=True)
class Detail:
    """An image with as many of its own pixels as memory allows, as it is shown (upright), as JPEG."""

    width: int
    height: int
    content: bytes


def render(data: bytes) -> Rendered:
    """Decodes an image (of an animation the first frame), sets it upright, and makes it small. Raises Unreadable."""
    header = read_header(data)
    with _decoding(memory_of(header)):
        return _rendered(data, header)


def render_detail(data: bytes, plan: Plan) -> Detail:
    """Decodes an image as it was planned. Raises Unreadable."""
    header = read_header(data)
    with _decoding(plan.memory):
        return _detail(data, header, plan.size)


@contextmanager
def _decoding(memory: int) -> Iterator[None]:
    try:
        yield
    except Exception:  # noqa: BLE001
        # Decoders raise what they like for files that are cut off or damaged, and one file must not stop its pack.
        raise Unreadable(DAMAGED) from None
    finally:
        if GLIBC is not None and memory > MUCH_MEMORY:
            GLIBC.malloc_trim(ctypes.c_size_t(0))


def _rendered(data: bytes, header: Header) -> Rendered:
    shown, profile = _shown(data, header, preview_size(header))
    width, height = (header.width, header.height) if header.orientation < 5 else (header.height, header.width)
    thumbnail = _resized(shown, fit(width, height, THUMBNAIL_SIDE), (0, 0, *shown.size))
    return Rendered(width, height, _webp(shown, profile), _webp(thumbnail, profile))


def _detail(data: bytes, header: Header, size: tuple[int, int]) -> Detail:
    shown, profile = _shown(data, header, size)
    return Detail(*shown.size, _jpeg(shown, profile))


def _shown(data: bytes, header: Header, size: tuple[int, int]) -> tuple[Image.Image, bytes | None]:
    """The image, made to this size and then set upright, and its color profile."""
    if header.samples.planes:
        shown, profile = _small_deep(_planes(header), size), None
    else:
        needed = data if header.pieces is None else b"".join(header.pieces)
        with _opened(needed, header, size) as image:
            profile = _profile(image)
            if header.kind == "PNG" and header.samples.kind:
                shown = _small_deep(_png(image, needed, header, size), size)
            else:
                shown = _small(image, header, size)
        # Its pixels would be kept beside the one that is turned.
        del image
    return (shown.transpose(TURNS[header.orientation]) if header.orientation in TURNS else shown), profile


def _opened(data: bytes, header: Header, size: tuple[int, int]) -> ImageFile.ImageFile:
    image = OPENERS[header.kind](io.BytesIO(data))
    if image.size != (header.width, header.height) or MODE_BYTES.get(image.mode, 4) > header.pixel:
        raise ValueError("Pillow has read another header")
    if isinstance(image, Jpeg2KImagePlugin.Jpeg2KImageFile):
        image.reduce = header.shrink(size).bit_length() - 1
        image.load()
    return image


def _planes(header: Header) -> "Deep":
    from functions.imaging.depth import of_planes

    planes: list[Image.Image] = []
    for pieces in header.samples.planes:
        plane = TiffImagePlugin.TiffImageFile(io.BytesIO(b"".join(pieces)))
        if plane.mode != "L" or plane.height != header.height:
            raise ValueError("Pillow has read another header")
        plane.load()
        planes.append(plane)
    return of_planes(planes, header.samples, header.width)


def _png(image: ImageFile.ImageFile, data: bytes, header: Header, size: tuple[int, int]) -> "Deep":
    """One of 16 bits that are not gray alone: Pillow keeps a byte of each number, so both are read."""
    from functions.imaging.depth import of_bytes

    images = [image]
    if header.samples.colors == 3:
        images.append(_opened(data, header, size))
    for one, how in zip(images, PNG_BYTES[header.samples.channels], strict=True):
        one.tile = [tile._replace(args=how) for tile in one.tile]
        one.load()
    return of_bytes(images, header.samples)


def _profile(image: Image.Image) -> bytes | None:
    """The image's color profile, if it says something about the preview's colors: one of inks or of grays does not."""
    profile = image.info.get("icc_profile")
    if image.mode not in ("RGB", "RGBA", "P", "PA") or not isinstance(profile, bytes) or profile[16:20] != b"RGB ":
        return None
    return profile if len(profile) <= MOST_PROFILE else None


def _small(image: ImageFile.ImageFile, header: Header, size: tuple[int, int]) -> Image.Image:
    """The image in this size, in a mode that can be resized: L, RGB or RGBa (transparent)."""
    image.draft(None, size)
    mode = _mode_of(image)
    # Now, for the decoder to be done with its memory when more is needed.
    image.load()
    if image.mode in DEEP_MODES:
        from functions.imaging.depth import of_image

        return _small_deep(of_image(image, DEEP_MODES[image.mode], header.samples), size)
    if image.mode == mode:
        return _resized(image, size, (0, 0, *image.size))
    width, height = image.size
    down = reduction(width, height, size)[1]
    rows = strip_rows(width, down, STRIP_PIXELS)
    strips = (image.crop((0, top, width, min(height, top + rows))) for top in range(0, height, rows))
    return _reduced((width, height), mode, rows, strips, size)


def _small_deep(deep: "Deep", size: tuple[int, int]) -> Image.Image:
    rows = strip_rows(deep.width, reduction(deep.width, deep.height, size)[1], DEEP_STRIP_PIXELS)
    darkest, lightest = deep.extent(rows)
    strips = (deep.strip(top, min(deep.height, top + rows), darkest, lightest) for top in range(0, deep.height, rows))
    mode = "RGBa" if deep.samples.has_alpha else "RGB" if deep.samples.colors == 3 else "L"
    return _reduced((deep.width, deep.height), mode, rows, strips, size)


def _reduced(
    whole: tuple[int, int], mode: str, rows: int, strips: Iterable[Image.Image], size: tuple[int, int]
) -> Image.Image:
    """An image that comes in strips of so many rows."""
    across, down = reduction(*whole, size)
    reduced = Image.new(mode, (math.ceil(whole[0] / across), math.ceil(whole[1] / down)))
    for number, strip in enumerate(strips):
        reduced.paste(_converted(strip, mode).reduce((across, down)), (0, number * rows // down))
    return _resized(reduced, size, (0, 0, whole[0] / across, whole[1] / down))


def _mode_of(image: Image.Image) -> str:
    if image.mode in ("RGBA", "RGBa", "LA", "La", "PA") or "transparency" in image.info:
        return "RGBa"
    return "L" if image.mode in ("1", "L") else "RGB"


def _converted(image: Image.Image, mode: str) -> Image.Image:
    if mode != "RGBa":
        return image.convert(mode)
    if image.mode == "La":
        image = image.convert("LA")
    return image.convert("RGBA").convert("RGBa")


def _resized(image: Image.Image, size: tuple[int, int], box: tuple[float, float, float, float]) -> Image.Image:
    if size == image.size:
        return image
    return image.resize(size, Image.Resampling.BICUBIC, box, reducing_gap=2.0)


def on_ground(image: Image.Image) -> Image.Image:
    """What is transparent shows the ground."""
    return Image.alpha_composite(Image.new("RGBA", image.size, (*GROUND, 255)), image.convert("RGBA")).convert("RGB")


def _webp(image: Image.Image, profile: bytes | None) -> bytes:
    out = io.BytesIO()
    plain = on_ground(image) if image.mode == "RGBa" else image.convert("RGB")
    is_exact = max(image.size) <= EXACT_SIDE
    plain.save(out, "WEBP", lossless=is_exact, quality=QUALITY, method=2, icc_profile=profile)
    return out.getvalue()


def _jpeg(image: Image.Image, profile: bytes | None) -> bytes:
    out = io.BytesIO()
    plain = _on_ground_in_strips(image) if image.mode == "RGBa" else image
    plain.save(out, "JPEG", quality=DETAIL_QUALITY, subsampling=0, icc_profile=profile)
    return out.getvalue()


def _on_ground_in_strips(image: Image.Image) -> Image.Image:
    width, height = image.size
    rows = strip_rows(width, 1, STRIP_PIXELS)
    plain = Image.new("RGB", image.size)
    for top in range(0, height, rows):
        plain.paste(on_ground(image.crop((0, top, width, min(height, top + rows)))), (0, top))
    return plain
