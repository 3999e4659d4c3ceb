"""Image files of every kind, whole, odd and hostile, all made by code."""

import io
import struct
import zlib
from typing import Any

import pillow_heif
from PIL import Image, ImageCms

# Only to make files: what the service reads them with cannot write.
pillow_heif.register_heif_opener()

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
LEFT, RIGHT = (0, 0, 255), (255, 0, 0)
SHORT, LONG, RATIONAL = 3, 4, 5


def two_halves(mode: str = "RGB") -> Image.Image:
    """40 by 20 pixels: the left half is blue, the right one red."""
    image = Image.new("RGB", (40, 20), RIGHT)
    image.paste(LEFT, (0, 0, 20, 20))
    return image.convert(mode)


def detailed(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """An image that does not compress well."""
    return _colored(Image.effect_noise((min(width, 1000), min(height, 1000)), 90), width, height, mode)


def shaded(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """An image that is soon compressed, where only its size matters."""
    return _colored(Image.linear_gradient("L"), width, height, mode)


def _colored(tile: Image.Image, width: int, height: int, mode: str) -> Image.Image:
    gray = tile.resize((width, height), Image.Resampling.NEAREST)
    if mode in ("1", "L", "P", "F", "I;16"):
        return gray.convert(mode)
    mirrored = gray.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if mode in ("RGBA", "LA"):
        image = Image.merge("RGB", (gray, mirrored, gray)).convert(mode)
        image.putalpha(mirrored)
        return image
    return Image.merge("RGB", (gray, mirrored, gray)).convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def orientation_of(orientation: int) -> Image.Exif:
    """The note that an image is to be shown turned."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def turned(kind: str, orientation: int) -> bytes:
    """The two halves, with the note that they are to be shown turned."""
    exif = orientation_of(orientation)
    image = two_halves()
    if kind == "HEIF":
        # Its encoder says in the picture itself what it finds there.
        image.info["exif"] = exif.tobytes()
        return saved(image, kind)
    return saved(image, kind, exif=exif)


def animated(kind: str, count: int = 3, **options: Any) -> bytes:
    """The two halves, followed by green."""
    further = [Image.new("RGB", (40, 20), (0, 255 - step % 200, step // 200)) for step in range(count)]
    return saved(two_halves(), kind, save_all=True, append_images=further, **options)


def wide_gray(mode: str, darkest: int = 0, lightest: int = 4095) -> Image.Image:
    """40 by 20 pixels of more than eight bits: the left half is dark, the right one light."""
    image = Image.new(mode, (40, 20), lightest)
    image.paste(darkest, (0, 0, 20, 20))
    return image


def deflated(body: bytes) -> bytes:
    return zlib.compress(body)


def chunk(kind: bytes, body: bytes) -> bytes:
    """One of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(
    width: int,
    height: int,
    rows: bytes = b"",
    *,
    bits: int = 8,
    colors: int = 2,
    interlaced: bool = False,
) -> bytes:
    """A PNG that says that it has this size, whatever its rows are."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colors, 0, 0, interlaced))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def interlaced_png(image: Image.Image, bits: int = 8) -> bytes:
    """Adam7: seven times, some of the pixels of some of the rows. Of 16 bits: each byte twice."""
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    rows = b""
    for left, top, across, down in passes:
        for y in range(top, image.height, down):
            pixels = (image.getpixel((x, y)) for x in range(left, image.width, across))
            values = (value for pixel in pixels if isinstance(pixel, tuple) for value in pixel)
            rows += b"\0" + b"".join(bytes([value]) * (bits // 8) for value in values)
    return png(*image.size, rows, bits=bits, interlaced=True)


def png_with(*chunks: bytes, after: bool = False) -> bytes:
    """The two halves, with more chunks before their pixels or after them."""
    plain = saved(two_halves(), "PNG")
    at = plain.rindex(b"IEND") - 4 if after else 33
    return plain[:at] + b"".join(chunks) + plain[at:]


def texts(count: int) -> list[bytes]:
    """A megabyte each when unpacked, and four in memory."""
    text = zlib.compress("\N{GRINNING FACE}".encode() * 250_000)
    return [chunk(b"iTXt", f"Key {number}\0\1\0\0\0".encode() + text) for number in range(count)]


def segment(marker: int, body: bytes) -> bytes:
    """One of a JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg_with(*segments: bytes) -> bytes:
    """The two halves, with more segments before all others."""
    plain = saved(two_halves(), "JPEG", quality=95)
    return plain[:2] + b"".join(segments) + plain[2:]


def jpeg_of_many_scans(count: int) -> bytes:
    plain = saved(two_halves(), "JPEG", progressive=True)
    last = plain.rindex(b"\xff\xda")
    return plain[:-2] + plain[last:-2] * count + plain[-2:]


def jpeg_scan_by_scan(width: int, height: int) -> bytes:
    """A JPEG that is not progressive, and has a scan for each of its colors all the same."""
    gray = saved(detailed(width, height, "L"), "JPEG", quality=50)
    frame, scan = gray.index(b"\xff\xc0"), gray.index(b"\xff\xda")
    colors = b"\3" + b"".join(bytes((color, 0x11, 0)) for color in (1, 2, 3))
    scans = [segment(0xDA, bytes((1, color, 0, 0, 63, 0))) + gray[scan + 10 : -2] for color in (1, 2, 3)]
    head = gray[:frame] + segment(0xC0, gray[frame + 4 : frame + 9] + colors)
    return head + gray[frame + 13 : scan] + b"".join(scans) + gray[-2:]


def mpo() -> bytes:
    """What phones write: several pictures in one file, the first is the image."""
    return saved(two_halves(), "MPO", save_all=True, append_images=[Image.new("RGB", (40, 20), "lime")], quality=95)


def tags(*entries: tuple[int, int, int, bytes], next_at: int = 0, at: int = 8) -> bytes:
    """A directory of a TIFF, that begins at this place: tag, kind, count, value."""
    inline, behind = b"", b""
    end = at + 2 + 12 * len(entries) + 4
    for tag, kind, count, value in sorted(entries):
        if len(value) > 4:
            place = struct.pack("<I", end + len(behind))
            behind += value
        else:
            place = value.ljust(4, b"\0")
        inline += struct.pack("<HHI", tag, kind, count) + place
    return struct.pack("<H", len(entries)) + inline + struct.pack("<I", next_at) + behind


def number(tag: int, *values: int) -> tuple[int, int, int, bytes]:
    return tag, LONG, len(values), struct.pack(f"<{len(values)}I", *values)


def tiff(*more: tuple[int, int, int, bytes], width: int = 40, height: int = 20, next_at: int = 0) -> bytes:
    """Gray, uncompressed, the left half darker; with more tags, which replace those that it would have."""
    pixels = (b"\0" * 20 + b"\xff" * 20) * 20
    begin = b"II*\0" + struct.pack("<I", 8 + len(pixels)) + pixels
    plain = {
        tag[0]: tag
        for tag in (
            number(256, width),
            number(257, height),
            number(258, 8),
            number(259, 1),
            number(262, 1),
            number(273, 8),
            number(278, height),
            number(279, len(pixels)),
        )
    }
    every = {**plain, **{tag[0]: tag for tag in more}}
    return begin + tags(*every.values(), next_at=next_at, at=len(begin))


def exif_with(*entries: tuple[int, int, int, bytes]) -> bytes:
    return b"Exif\0\0II*\0\x08\0\0\0" + tags(*entries)


def tiled_tiff(width: int, height: int, side: int) -> bytes:
    """Gray, in Deflate tiles of this side."""
    tile = zlib.compress(detailed(side, side, "L").tobytes(), 1)
    count = -(-width // side) * -(-height // side)
    begin = b"II*\0" + struct.pack("<I", 8 + len(tile) + len(tile) % 2) + tile + bytes(len(tile) % 2)
    size = (number(256, width), number(257, height), number(322, side), number(323, side))
    kind = (number(258, 8), number(259, 8), number(262, 1))
    places = (number(324, *[8] * count), number(325, *[len(tile)] * count))
    return begin + tags(*size, *kind, *places, at=len(begin))


def gif(width: int, height: int, frame: tuple[int, int, int, int], before: bytes = b"") -> bytes:
    """One with a canvas of this size and an image of 40 by 20 pixels that says that it is elsewhere."""
    plain = saved(two_halves("P"), "GIF")
    at = 13 + (6 << (plain[10] & 7))
    start = plain.index(b",", at)
    return (
        plain[:6]
        + struct.pack("<HH", width, height)
        + plain[10:at]
        + before
        + b","
        + struct.pack("<HHHH", *frame)
        + plain[start + 9 :]
    )


def gif_comments(count: int) -> bytes:
    return b"!\xfe" + b"\2ab" * count + b"\0"


def bmp_in_runs(width: int, height: int) -> bytes:
    """A BMP with run-length encoding: the left half is blue, the right one red."""
    palette = bytes((*LEFT[::-1], 0, *RIGHT[::-1], 0)) + bytes(254 * 4)
    row = b"".join(bytes((min(255, width // 2 - at), color)) for color in (0, 1) for at in range(0, width // 2, 255))
    pixels = (row + b"\0\0") * height + b"\0\1"
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, 1, len(pixels), 0, 0, 256, 0)
    return b"BM" + struct.pack("<IHHI", 14 + 40 + 1024 + len(pixels), 0, 0, 14 + 40 + 1024) + header + palette + pixels


def avif_that_says(width: int, height: int, image: Image.Image) -> bytes:
    """An AVIF whose file says that it has this size, whatever is coded in it."""
    plain = saved(image, "AVIF", quality=10, speed=10)
    return plain.replace(struct.pack(">II", *image.size), struct.pack(">II", width, height))


def heic_that_says(width: int, height: int, image: Image.Image) -> bytes:
    """The same of a HEIC."""
    plain = saved(image, "HEIF", quality=10)
    return plain.replace(struct.pack(">II", *image.size), struct.pack(">II", width, height))


def jpeg2000_that_says(at: int, *values: int) -> bytes:
    """A JPEG 2000 with other numbers in its first segment, from a place in it on."""
    plain = saved(two_halves(), "JPEG2000", no_jp2=True)
    return plain[: 6 + at] + struct.pack(f">{len(values)}I", *values) + plain[6 + at + 4 * len(values) :]


def webp_of_canvas(width: int, height: int) -> bytes:
    """The two halves, on a canvas that is said to have this size."""
    plain = bytearray(animated("WEBP"))
    plain[24:27], plain[27:30] = ((side - 1).to_bytes(3, "little") for side in (width, height))
    return bytes(plain)
