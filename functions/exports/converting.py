"""Images as JPEG or PNG, for readers that skip their kind. Pillow is imported here, and this module only where images
are converted. The same image makes the same bytes with the same version of Pillow.
"""

import io
from typing import NamedTuple

from PIL import Image, TiffImagePlugin

from functions.imaging.headers import read_header
from functions.imaging.headers.header import Header, Unreadable
from functions.imaging.memory import MOST_MEMORY
from functions.imaging.rendering import MODE_BYTES, OPENERS, TURNS

QUALITY = 95
LOSSLESS = ("GIF", "TIFF", "BMP", "PNG")
OPAQUE = {"1": "L", "L": "L", "P": "RGB", "RGB": "RGB", "CMYK": "RGB", "YCbCr": "RGB"}
TRANSPARENT = ("RGBA", "RGBa", "LA", "La", "PA")
BITS, PLANES = 258, 284


class Converted(NamedTuple):
    content: bytes
    ending: str


def memory_to_convert(content: bytes) -> int | None:
    """The most bytes that converting takes beside the file's own; None for what cannot be converted, or would take more
    than MOST_MEMORY.
    """
    try:
        header = read_header(content)
    except Unreadable:
        return None
    pixels = header.width * header.height
    decoded = pixels * header.pixel
    # The decoder; then the picture in another mode beside what it keeps; then that one, turned, and the new file.
    needed = max(
        header.decoder((header.width, header.height)) + decoded, header.held + decoded + 4 * pixels, 12 * pixels
    )
    return needed if needed <= MOST_MEMORY else None


def convert(content: bytes) -> Converted | None:
    """The first picture of a file, upright: a PNG where it is transparent or was kept without loss, else a JPEG. None
    for what cannot be decoded, and for more than 8 bits a channel, of which a JPEG would lose some.
    """
    header = read_header(content)
    try:
        with OPENERS[header.kind](io.BytesIO(content if header.pieces is None else b"".join(header.pieces))) as image:
            return _converted(image, header, content)
    except Exception:  # noqa: BLE001
        # Decoders raise what they like for files that are damaged.
        return None


def _converted(image: Image.Image, header: Header, content: bytes) -> Converted | None:
    if image.size != (header.width, header.height) or MODE_BYTES.get(image.mode, 4) > header.pixel:
        return None
    is_transparent = image.mode in TRANSPARENT or "transparency" in image.info
    mode = "RGBA" if is_transparent else OPAQUE.get(image.mode)
    if mode is None or (isinstance(image, TiffImagePlugin.TiffImageFile) and _is_odd(image)):
        return None
    profile = image.info.get("icc_profile")
    plain = image.convert(mode)
    image.close()
    if header.orientation in TURNS:
        plain = plain.transpose(TURNS[header.orientation])
    out = io.BytesIO()
    # A profile of inks or grays says nothing of these colors.
    kept = profile if mode != "L" and isinstance(profile, bytes) and profile[16:20] == b"RGB " else None
    if is_transparent or header.kind in LOSSLESS or _is_lossless_webp(content):
        plain.save(out, "PNG", icc_profile=kept)
        return Converted(out.getvalue(), ".png")
    plain.save(out, "JPEG", quality=QUALITY, subsampling=0, icc_profile=kept)
    return Converted(out.getvalue(), ".jpg")


def _is_odd(image: TiffImagePlugin.TiffImageFile) -> bool:
    """More than 8 bits, or channels that are kept apart, which Pillow does not put together again."""
    bits = image.tag_v2.get(BITS, (1,))
    return bool(max(bits if isinstance(bits, tuple) else (bits,)) > 8 or image.tag_v2.get(PLANES, 1) != 1)


def _is_lossless_webp(content: bytes) -> bool:
    """https://developers.google.com/speed/webp/docs/riff_container"""
    if content[8:12] != b"WEBP":
        return False
    at = 12
    while at + 8 <= len(content):
        if content[at : at + 4] in (b"VP8 ", b"VP8L", b"ANMF"):
            return content[at : at + 4] == b"VP8L"
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return False
