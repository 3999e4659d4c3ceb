"""Which kind of image a file is, by its content, and the ending by which training code knows that kind."""

from functions.exports.formats.names import split_ending
from functions.imaging.headers import read_header
from functions.imaging.headers.header import Unreadable

# By Pillow's names. A file with another ending gets the first one.
ENDINGS = {
    "JPEG": (".jpg", ".jpeg"),
    "PNG": (".png",),
    "GIF": (".gif",),
    "WEBP": (".webp",),
    "BMP": (".bmp",),
    "TIFF": (".tif", ".tiff"),
    "AVIF": (".avif",),
    "HEIC": (".heic",),
    "JPEG2000": (".jp2", ".j2k"),
}


def ending_of_content(content: bytes, name: str) -> str:
    """.jpg for scan.jfif and for a JPEG that is called scan.png; the name's own where the content tells nothing."""
    own = split_ending(name.rpartition("/")[2])[1]
    try:
        endings = ENDINGS.get(read_header(content).kind, (own,))
    except Unreadable:
        return own
    return own if own in endings else endings[0]
