"""Kinds of image files in exports: which readers pass over which, and what they are converted to."""

import io
import zipfile
from typing import Any

import pillow_heif
import pytest
from PIL import Image

from functions.exports.converting import Converted, convert, memory_to_convert
from functions.exports.kinds import ending_of_content
from functions.exports.options import ExportOptions
from functions.storage import Storage
from tests.api.builders import new_name
from tests.exports.scene import CAT, Picture, ask, build, exported, project_of

# What writes HEIC; the service only reads it.
pillow_heif.register_heif_opener()

SIZE = (40, 20)
CONVERTED = ExportOptions(convert_images=True)


def encoded(kind: str, mode: str = "RGB", **more: Any) -> bytes:
    out = io.BytesIO()
    colors: Any = {
        "RGB": (200, 40, 10),
        "RGBA": (200, 40, 10, 128),
        "L": 90,
        "P": 1,
        "I;16": 40_000,
        "CMYK": (0, 9, 99, 0),
    }
    image = Image.new(mode, SIZE, colors[mode])
    if mode == "P":
        image.putpalette(bytes(range(256)) * 3)
    image.save(out, kind, **more)
    return out.getvalue()


def turned(kind: str) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return encoded(kind, exif=exif)


FILES = {
    "1.webp": encoded("WEBP"),
    "2.tif": encoded("TIFF"),
    "3.gif": encoded("GIF", "P"),
    "4.jpg": encoded("JPEG"),
    "5.jfif": encoded("JPEG"),
    "6": encoded("PNG"),
    "7.jpg": encoded("WEBP"),
    "8.bmp": encoded("BMP"),
    "9.tif": encoded("TIFF", "I;16"),
}


async def archive(storage: Storage, form: str, options: ExportOptions) -> tuple[Any, dict[str, bytes]]:
    folder = new_name("kinds")
    pictures = [Picture(f"{folder}/{name}", CAT.id, content=content) for name, content in FILES.items()]
    export, files = await exported(storage, await project_of(storage, pictures), form, options)
    [name] = [name for name in files if name.endswith(".zip")]
    with zipfile.ZipFile(io.BytesIO(files[name])) as found:
        return export, {one: found.read(one) for one in found.namelist()}


async def test_files_are_named_by_their_kind_and_those_that_readers_skip_are_counted(storage: Storage) -> None:
    export, files = await archive(storage, "imagefolder", ExportOptions())
    assert list(files.values()) == list(FILES.values())
    assert [name.rpartition("-")[2] for name in files] == [
        *("1.webp", "2.tif", "3.gif", "4.jpg", "5.jpg", "6.png", "7.webp", "8.bmp", "9.tif"),
    ]
    assert {one.reader: one.endings for one in export.skipped_by} == {
        "torchvision": {"gif": 1},
        "Keras": {"tif": 2, "webp": 2},
        "fastai": {"webp": 2},
    }
    assert export.converted == 0


async def test_what_a_reader_skips_is_converted_and_what_loses_by_it_is_not(storage: Storage) -> None:
    export, files = await archive(storage, "imagefolder", CONVERTED)
    assert [name.rpartition("-")[2] for name in files] == [
        *("1.jpg", "2.png", "3.png", "4.jpg", "5.jpg", "6.png", "7.jpg", "8.bmp", "9.tif"),
    ]
    for name, content in files.items():
        assert Image.open(io.BytesIO(content)).size == SIZE, name
    assert export.converted == 4
    assert {one.reader: one.endings for one in export.skipped_by} == {"Keras": {"tif": 1}}
    again, same = await archive(storage, "imagefolder", CONVERTED)
    assert same == files
    assert again.converted == 4


async def test_a_build_that_goes_on_ends_in_the_same_pictures_and_counts(storage: Storage) -> None:
    folder = new_name("kinds")
    pictures = [Picture(f"{folder}/{name}", CAT.id, content=content) for name, content in FILES.items()]
    project = await project_of(storage, pictures, pack_size=2)
    whole, _ = await exported(storage, project, "imagefolder", CONVERTED)
    export = await ask(storage, project, "imagefolder", CONVERTED)
    for _ in range(len(FILES) // 2):
        assert (await build(storage, export, time_limit=0)).status == "running"
    done = await build(storage, export)
    assert done.files[0].sha256 == whole.files[0].sha256
    assert (done.converted, done.skipped_by) == (whole.converted, whole.skipped_by)


async def test_a_dataset_of_kinds_that_its_reader_takes_stays_as_it_is(storage: Storage) -> None:
    export, _ = await archive(storage, "imagefolder", ExportOptions())
    assert export.skipped_by
    kinds = new_name("kinds")
    project = await project_of(storage, [Picture(f"{kinds}/a.webp", CAT.id, content=FILES["1.webp"])])
    export, _ = await exported(storage, project, "webdataset", CONVERTED)
    assert (export.skipped_by, export.converted) == ((), 0)


@pytest.mark.parametrize(
    ("content", "ending", "mode"),
    [
        (encoded("WEBP"), ".jpg", "RGB"),
        (encoded("WEBP", lossless=True), ".png", "RGB"),
        (encoded("WEBP", "RGBA"), ".png", "RGBA"),
        (encoded("GIF", "P"), ".png", "RGB"),
        (encoded("GIF", "P", transparency=1), ".png", "RGBA"),
        (encoded("TIFF", "L"), ".png", "L"),
        (encoded("TIFF", "CMYK"), ".png", "RGB"),
        (encoded("TIFF", compression="tiff_lzw"), ".png", "RGB"),
        (encoded("AVIF"), ".jpg", "RGB"),
        (encoded("AVIF", "RGBA"), ".png", "RGBA"),
        (encoded("HEIF"), ".jpg", "RGB"),
        (encoded("HEIF", "RGBA"), ".png", "RGBA"),
        (encoded("JPEG2000"), ".jpg", "RGB"),
    ],
)
def test_a_picture_becomes_png_where_jpeg_would_lose_something_of_it(content: bytes, ending: str, mode: str) -> None:
    made = convert(content)
    assert made
    with Image.open(io.BytesIO(made.content)) as image:
        assert (made.ending, image.mode, image.size) == (ending, mode, SIZE)
    assert ending_of_content(made.content, "x") == ending
    assert convert(content) == made


@pytest.mark.parametrize("kind", ["WEBP", "AVIF"])
def test_a_picture_is_set_upright(kind: str) -> None:
    made = convert(turned(kind))
    assert made
    assert Image.open(io.BytesIO(made.content)).size == (SIZE[1], SIZE[0])


def test_colors_keep_their_profile() -> None:
    profile = bytes(16) + b"RGB " + bytes(108)
    made = convert(encoded("WEBP", icc_profile=profile))
    assert made
    assert Image.open(io.BytesIO(made.content)).info["icc_profile"] == profile


@pytest.mark.parametrize("content", [encoded("TIFF", "I;16"), FILES["1.webp"][:40]], ids=["16 bits", "cut off"])
def test_what_cannot_be_converted_without_loss_or_at_all_stays(content: bytes) -> None:
    made: Converted | None = convert(content)
    assert made is None


def test_what_would_take_too_much_memory_is_not_converted() -> None:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "TIFF", compression="group4")
    assert memory_to_convert(out.getvalue()) is None
    assert memory_to_convert(b"no image") is None
    assert memory_to_convert(FILES["1.webp"])
