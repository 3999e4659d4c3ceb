"""No file makes the service use more memory than is said beforehand, from its header alone."""

import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Self

import pytest
from PIL import Image

from functions.imaging.memory import MOST_MEMORY, memory_needed, plan_detail
from tests.imaging import corpus
from tests.imaging.corpus import chunk, detailed, exif_with, saved, segment, shaded, two_halves

MEGABYTE = 1024 * 1024
MOST_OF_THE_PROCESS = 600_000_000
# The interpreter's own: bytes read from pipes, threads, what the allocator rounds up.
SMALL_CHANGE = 3 * MEGABYTE


@dataclass(frozen=True)
class Peak:
    grown: int
    peak: int
    problems: list[str | None]


class Measuring:
    """Asks the process of peak.py."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.imaging.peak", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )

    def __call__(self, *files: bytes) -> Peak:
        paths = [self._folder / str(number) for number in range(len(files))]
        for path, content in zip(paths, files, strict=True):
            path.write_bytes(content)
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([str(path) for path in paths]).encode() + b"\n")
        self._process.stdin.flush()
        return Peak(**json.loads(self._process.stdout.readline()))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._process:
            assert self._process.stdin
            self._process.stdin.close()


@pytest.fixture(scope="module")
def measuring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Measuring]:
    with Measuring(tmp_path_factory.mktemp("files")) as asking:
        yield asking


@pytest.fixture(scope="module")
def measuring_details(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Measuring]:
    with Measuring(tmp_path_factory.mktemp("files"), "details") as asking:
        yield asking


def wide(width: int, height: int, mode: str) -> Image.Image:
    """Of more than eight bits."""
    return Image.effect_noise((500, 500), 90).resize((width, height), Image.Resampling.NEAREST).convert(mode)


def tiff(mode: str, side: int = 2500, **options: Any) -> bytes:
    return saved(detailed(side, side, mode), "TIFF", **options)


def png(mode: str) -> bytes:
    return saved(detailed(4000, 3000, mode), "PNG", compress_level=1)


TIFF_MODES = ("1", "P", "RGB", "RGBA", "CMYK")
ONE_STRIP = {"strip_size": 1 << 30}
# Each made when it is needed; near the limit where one is named after it.
FILES: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: saved(detailed(4000, 3000), "JPEG"),
    "jpeg that is not shrunk": lambda: saved(detailed(2047, 2047), "JPEG"),
    "cmyk jpeg": lambda: saved(detailed(4000, 3000, "CMYK"), "JPEG"),
    "very wide jpeg": lambda: saved(detailed(65_000, 700), "JPEG"),
    "very tall jpeg": lambda: saved(detailed(700, 65_000), "JPEG"),
    "panorama of 200 megapixels": lambda: saved(Image.new("RGB", (20_000, 10_000)), "JPEG"),
    "progressive jpeg 4:2:0": lambda: saved(detailed(4000, 3000), "JPEG", progressive=True, subsampling="4:2:0"),
    "progressive jpeg 4:4:4": lambda: saved(detailed(4000, 3000), "JPEG", progressive=True, subsampling="4:4:4"),
    "progressive gray jpeg": lambda: saved(detailed(4000, 3000, "L"), "JPEG", progressive=True),
    "progressive cmyk jpeg": lambda: saved(detailed(4000, 3000, "CMYK"), "JPEG", progressive=True),
    "progressive jpeg near the limit": lambda: saved(Image.new("RGB", (9300, 8700)), "JPEG", progressive=True),
    "jpeg of a scan for each color": lambda: corpus.jpeg_scan_by_scan(4000, 3000),
    "jpeg with 16 MB of metadata": lambda: corpus.jpeg_with(*[segment(0xE1, b"Exif\0\0" + bytes(65_000))] * 250),
    "jpeg with 19,000 segments": lambda: corpus.jpeg_with(segment(0xE0, b"") * 19_000),
    "jpeg with a resolution of many values": lambda: corpus.jpeg_with(
        segment(0xE1, exif_with((0x011A, corpus.RATIONAL, 8000, bytes(64_000)), corpus.number(0x0128, 2)))
    ),
    **{f"{mode} png": partial(png, mode) for mode in ("1", "L", "P", "LA", "RGB", "RGBA")},
    "16 bit png": lambda: saved(wide(4000, 3000, "I;16"), "PNG", compress_level=1),
    "palette png with transparency": lambda: saved(detailed(4000, 3000, "P"), "PNG", transparency=3, compress_level=1),
    "rgb png with a transparent color": lambda: saved(
        detailed(4000, 3000), "PNG", transparency=(1, 2, 3), compress_level=1
    ),
    "interlaced png": lambda: corpus.png(4000, 3000, bytes(12_000 * 3000 + 9999), interlaced=True),
    "rgb png near the limit": lambda: saved(detailed(6900, 6900), "PNG", compress_level=1),
    "rgba png near the limit": lambda: saved(detailed(6900, 6900, "RGBA"), "PNG", compress_level=1),
    "gray png near the limit": lambda: saved(detailed(14_500, 14_000, "L"), "PNG", compress_level=1),
    "palette png near the limit": lambda: saved(detailed(14_500, 14_000, "P"), "PNG", compress_level=1),
    "16 bit png near the limit": lambda: saved(wide(10_500, 9000, "I;16"), "PNG", compress_level=1),
    "16 bit rgb png": lambda: corpus.png(4000, 3000, bytes(24_001 * 3000), bits=16),
    "16 bit rgba png near the limit": lambda: corpus.png(4800, 4800, bytes(38_401 * 4800), bits=16, colors=6),
    "16 bit rgb png beyond it": lambda: corpus.png(7000, 7000, bytes(42_001 * 7000), bits=16),
    "rgba png that is not reduced": lambda: saved(detailed(4095, 4095, "RGBA"), "PNG", compress_level=1),
    "very wide png": lambda: saved(detailed(500_000, 40), "PNG", compress_level=1),
    "very tall png": lambda: saved(detailed(100, 500_000, "RGBA"), "PNG", compress_level=1),
    "png one pixel wide": lambda: saved(detailed(1, 500_000, "P"), "PNG", compress_level=1),
    "png with 64 MB of text": lambda: corpus.png_with(*corpus.texts(64)),
    "png with 64 MB of text at its end": lambda: corpus.png_with(*corpus.texts(64), after=True),
    "png with a long text": lambda: corpus.png_with(chunk(b"tEXt", b"Key\0" + b"a" * 40_000_000)),
    "png with a bomb for a profile": lambda: corpus.png_with(
        chunk(b"iCCP", b"x\0\0" + corpus.deflated(bytes(90_000_000)))
    ),
    "webp": lambda: saved(detailed(4000, 3000), "WEBP", quality=50, method=0),
    "webp with alpha": lambda: saved(detailed(4000, 3000, "RGBA"), "WEBP", quality=50, method=0),
    "lossless webp": lambda: saved(detailed(4000, 3000, "RGBA"), "WEBP", lossless=True, quality=0, method=0),
    "webp near the limit": lambda: saved(detailed(3750, 3750), "WEBP", quality=10, method=0),
    "animated webp": lambda: saved(
        detailed(3000, 3000), "WEBP", save_all=True, append_images=[detailed(3000, 3000, "L")] * 2, quality=9, method=0
    ),
    "gif": lambda: saved(detailed(4000, 3000, "P"), "GIF"),
    "animated gif": lambda: saved(
        detailed(4000, 3000, "P"),
        "GIF",
        save_all=True,
        append_images=[detailed(4000, 3000, "L")],
        disposal=2,
        transparency=3,
    ),
    "gif with a large canvas": lambda: corpus.gif(15_000, 14_000, (0, 0, 40, 20)),
    "gif with 60,000 comments": lambda: corpus.gif(40, 20, (0, 0, 40, 20), corpus.gif_comments(60_000)),
    "bmp": lambda: saved(detailed(4000, 3000), "BMP"),
    "palette bmp": lambda: saved(detailed(4000, 3000, "P"), "BMP"),
    "run-length bmp": lambda: corpus.bmp_in_runs(4000, 3900),
    **{f"{mode} tiff": partial(tiff, mode) for mode in TIFF_MODES},
    **{f"{mode} lzw tiff": partial(tiff, mode, compression="tiff_lzw") for mode in TIFF_MODES},
    **{f"{mode} tiff of one strip": partial(tiff, mode, compression="tiff_lzw", **ONE_STRIP) for mode in TIFF_MODES},
    "deflate tiff of one strip": partial(tiff, "RGB", compression="tiff_adobe_deflate", **ONE_STRIP),
    "jpeg tiff": lambda: tiff("RGB", compression="jpeg"),
    "jpeg tiff of one strip": lambda: tiff("RGB", compression="jpeg", **ONE_STRIP),
    "gray jpeg tiff of one strip": lambda: tiff("L", compression="jpeg", **ONE_STRIP),
    "cmyk jpeg tiff of one strip": lambda: tiff("CMYK", 2500, compression="jpeg", **ONE_STRIP),
    "zstd tiff of one strip": lambda: tiff("RGB", compression="zstd", **ONE_STRIP),
    "fax tiff of one strip": lambda: tiff("1", 9000, compression="group4", **ONE_STRIP),
    "16 bit lzw tiff": lambda: saved(wide(4000, 3000, "I;16"), "TIFF", compression="tiff_lzw"),
    "32 bit tiff": lambda: saved(wide(3000, 3000, "I"), "TIFF"),
    "float tiff of one strip": lambda: saved(wide(3000, 3000, "F"), "TIFF", compression="tiff_lzw", **ONE_STRIP),
    "tiff in tiles": lambda: corpus.tiled_tiff(3000, 3000, 2048),
    "tiff of 90,000 strips": lambda: corpus.tiff(
        corpus.number(273, *[8] * 90_000), corpus.number(279, *[40] * 90_000), corpus.number(278, 1), height=90_000
    ),
    "tiff of many pages": lambda: saved(
        detailed(2000, 2000), "TIFF", save_all=True, append_images=[detailed(2000, 2000, "L")] * 5
    ),
    "tiff with a resolution of many values": lambda: corpus.tiff((282, corpus.RATIONAL, 900_000, bytes(7_200_000))),
    **{
        f"{mode} avif": partial(lambda mode: saved(shaded(2000, 2000, mode), "AVIF", quality=20, speed=10), mode)
        for mode in ("RGB", "RGBA")
    },
    "avif of all colors": lambda: saved(shaded(2000, 2000), "AVIF", quality=20, speed=10, subsampling="4:4:4"),
    "avif near the limit": lambda: saved(Image.new("RGB", (4100, 3800)), "AVIF", quality=10, speed=10),
    "avif that says it is small": lambda: corpus.avif_that_says(40, 20, Image.new("RGB", (2000, 2000))),
    **{
        f"{mode} heic": partial(lambda mode: saved(shaded(1500, 1500, mode), "HEIF", quality=10), mode)
        for mode in ("RGB", "RGBA")
    },
    "heic of all colors": lambda: saved(shaded(1500, 1500), "HEIF", quality=10, chroma=444),
    "jpeg 2000": lambda: saved(Image.new("RGB", (4000, 3000)), "JPEG2000"),
    "jpeg 2000 that is not shrunk": lambda: saved(shaded(1500, 1500), "JPEG2000", quality_layers=[50]),
    "jpeg 2000 of one resolution": lambda: saved(
        detailed(2500, 2500), "JPEG2000", num_resolutions=1, quality_layers=[50]
    ),
    "jpeg 2000 of tiny tiles": lambda: saved(detailed(800, 800), "JPEG2000", tile_size=(16, 16), num_resolutions=1),
    "jpeg 2000 of tiny blocks": lambda: saved(detailed(1000, 1000, "L"), "JPEG2000", codeblock_size=(4, 4)),
    "jpeg 2000 of many layers": lambda: saved(shaded(700, 700), "JPEG2000", quality_layers=list(range(200, 1, -1))),
    "small": lambda: saved(two_halves(), "PNG"),
}
NEAR_THE_LIMIT = tuple(name for name in FILES if "near the limit" in name)
BESIDE_THEM = ("jpeg", "RGBA png", "webp", "gif", "jpeg tiff", "progressive jpeg 4:4:4")
IN_DETAIL = (
    *("palette png with transparency", "16 bit png", "webp near the limit", "RGBA tiff of one strip"),
    *("float tiff of one strip", "avif near the limit", "heic of all colors", "jpeg 2000"),
    *("jpeg 2000 of one resolution", "progressive jpeg near the limit", "16 bit rgb png"),
    "16 bit rgba png near the limit",
)
# What several tests take is made once.
FILES.update({name: cache(FILES[name]) for name in {*NEAR_THE_LIMIT, *BESIDE_THEM, *IN_DETAIL}})


@pytest.mark.parametrize("name", FILES)
def test_a_file_takes_no_more_memory_than_its_header_tells(name: str, measuring: Measuring) -> None:
    data = FILES[name]()
    peak = measuring(data)
    assert peak.problems == [None] or "that says" in name
    assert peak.grown <= len(data) + memory_needed(data) + SMALL_CHANGE


DETAILS: dict[str, Callable[[], bytes]] = {
    "turned jpeg of 24 megapixels": lambda: saved(detailed(6000, 4000), "JPEG", exif=corpus.orientation_of(6)),
    "cmyk jpeg of 24 megapixels": lambda: saved(detailed(6000, 4000, "CMYK"), "JPEG"),
    "rgba png of 24 megapixels": lambda: saved(detailed(6000, 4000, "RGBA"), "PNG", compress_level=1),
    "rgb png of 44 megapixels": lambda: saved(detailed(6650, 6650), "PNG", compress_level=1),
    "jpeg of 45 megapixels": lambda: saved(detailed(8257, 5505), "JPEG"),
    **{name: FILES[name] for name in IN_DETAIL},
}


@pytest.mark.parametrize("name", DETAILS)
def test_a_detail_takes_no_more_memory_than_was_planned(name: str, measuring_details: Measuring) -> None:
    data = DETAILS[name]()
    plan = plan_detail(data)
    assert plan
    assert plan.memory <= MOST_MEMORY
    peak = measuring_details(data)
    assert peak.problems == [None]
    assert peak.grown <= len(data) + plan.memory + SMALL_CHANGE


@pytest.mark.parametrize(
    "make",
    [
        lambda: corpus.png(20_000, 15_000),
        lambda: corpus.webp_of_canvas(16_000, 16_000),
        lambda: corpus.gif(40, 20, (0, 0, 40, 20), corpus.gif_comments(1_000_000)),
        lambda: corpus.gif(10, 10, (60_000, 5000, 5000, 60_000)),
        lambda: corpus.jpeg_with(segment(0xE3, b"") * 1_000_000),
        lambda: corpus.tiff(corpus.number(273, *[8] * 2_000_000)),
        lambda: corpus.tiff(corpus.number(256, *[8] * 2_000_000)),
        lambda: b"BM" + bytes(12) + b"\xff" * 4 + bytes(30_000_000),
        lambda: corpus.png_with(chunk(b"teSt", b"") * 1_000_000),
        lambda: corpus.jpeg2000_that_says(2, 18_000, 18_000, 0, 0, 8, 8),
    ],
)
def test_what_is_refused_takes_no_memory(make: Callable[[], bytes], measuring: Measuring) -> None:
    data = make()
    peak = measuring(data)
    assert peak.problems != [None]
    assert peak.grown <= len(data) + SMALL_CHANGE


def test_many_files_at_the_same_time_take_no_more_than_they_may_together(tmp_path: Path) -> None:
    """In a process that makes features of them, too."""
    files = [FILES[name]() for name in (*NEAR_THE_LIMIT, *BESIDE_THEM)]
    random.Random(1).shuffle(files)
    with Measuring(tmp_path, "features") as measuring:
        peak = measuring(*files)
    assert peak.problems == [None] * len(files)
    assert peak.grown <= MOST_MEMORY + sum(map(len, files)) + 16 * SMALL_CHANGE
    assert peak.peak <= MOST_OF_THE_PROCESS
