"""What becomes of an image file: a preview that looks like it, or a reason in words."""

import io
import math
import random
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from functions.imaging.memory import MOST_MEMORY, memory_needed
from functions.imaging.rendering import GROUND, Rendered, Unreadable, render
from tests.imaging import corpus
from tests.imaging.corpus import LEFT, PROFILE, RIGHT, chunk, detailed, exif_with, number, saved, segment, two_halves

# Odd files make Pillow warn, which ends nothing where the service runs.
pytestmark = pytest.mark.filterwarnings("ignore:::PIL")

BLACK, WHITE = (0, 0, 0), (255, 255, 255)
PALETTE = two_halves("P")
NO_MORE = 250_000
COLORED = {
    "jpeg": saved(two_halves(), "JPEG", quality=95),
    "progressive jpeg": saved(two_halves(), "JPEG", quality=95, progressive=True),
    "cmyk jpeg": saved(two_halves("CMYK"), "JPEG", quality=95),
    "jpeg of several pictures": corpus.mpo(),
    "jpeg with a broken list of pictures": corpus.jpeg_with(segment(0xE2, b"MPF\0II*\0\x08\0\0\0\xff\xff")),
    "jpeg with 16 MB of metadata": corpus.jpeg_with(*[segment(0xE1, b"Exif\0\0" + bytes(65000))] * 250),
    "jpeg with 10,000 empty segments": corpus.jpeg_with(segment(0xE3, b"") * 10_000),
    "jpeg with a resolution of many values": corpus.jpeg_with(
        segment(0xE1, exif_with((0x011A, corpus.RATIONAL, 8000, bytes(64000)), number(0x0128, 2)))
    ),
    "jpeg with garbage between segments": corpus.jpeg_with(segment(0xE3, b""), bytes(5000), b"\xff" * 5000),
    "png": saved(two_halves(), "PNG"),
    "interlaced png": corpus.interlaced_png(two_halves()),
    "palette png": saved(PALETTE, "PNG"),
    "rgba png": saved(two_halves("RGBA"), "PNG"),
    "palette png with transparency": saved(PALETTE, "PNG", transparency=200),
    "palette png with alphas": saved(PALETTE, "PNG", transparency=b"\xff" * 250),
    "rgb png with a transparent color": saved(two_halves(), "PNG", transparency=(1, 2, 3)),
    "apng": corpus.animated("PNG"),
    "apng with a broken list of frames": corpus.png_with(chunk(b"acTL", bytes(8)), chunk(b"fcTL", bytes(3))),
    "png with 64 MB of text": corpus.png_with(*corpus.texts(64)),
    "png with 64 MB of text at its end": corpus.png_with(*corpus.texts(64), after=True),
    "png with a bomb for a profile": corpus.png_with(chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(30_000_000)))),
    "16 bit rgb png": corpus.png(40, 20, (b"\0" + b"\0\0\0\0\xff\xff" * 20 + b"\xff\xff\0\0\0\0" * 20) * 20, bits=16),
    "webp": saved(two_halves(), "WEBP", quality=95),
    "lossless webp": saved(two_halves("RGBA"), "WEBP", lossless=True),
    "animated webp": corpus.animated("WEBP", quality=95),
    "bmp": saved(two_halves(), "BMP"),
    "palette bmp": saved(PALETTE, "BMP"),
    "run-length bmp": corpus.bmp_in_runs(40, 20),
    "gif": saved(two_halves(), "GIF"),
    "gif of 3,000 frames": corpus.animated("GIF", 3000),
    "gif with 20,000 comments": corpus.gif(40, 20, (0, 0, 40, 20), corpus.gif_comments(20_000)),
    "tiff": saved(two_halves(), "TIFF"),
    "lzw tiff": saved(two_halves(), "TIFF", compression="tiff_lzw"),
    "deflate tiff": saved(two_halves("RGBA"), "TIFF", compression="tiff_adobe_deflate"),
    "jpeg tiff": saved(two_halves(), "TIFF", compression="jpeg", quality=95),
    "cmyk tiff": saved(two_halves("CMYK"), "TIFF", compression="tiff_lzw"),
    "palette tiff": saved(PALETTE, "TIFF"),
    "big tiff": saved(two_halves(), "TIFF", big_tiff=True),
    "tiff of many pages": saved(two_halves(), "TIFF", save_all=True, append_images=[two_halves("L")] * 50),
    "avif": saved(two_halves(), "AVIF"),
    "avif with alpha": saved(two_halves("RGBA"), "AVIF"),
    "avif of all colors": saved(two_halves(), "AVIF", subsampling="4:4:4"),
    "animated avif": corpus.animated("AVIF"),
    "heic": saved(two_halves(), "HEIF"),
    "heic with alpha": saved(two_halves("RGBA"), "HEIF"),
    "heic of several images": saved(two_halves(), "HEIF", save_all=True, append_images=[Image.new("RGB", (90, 50))]),
    "jpeg 2000": saved(two_halves(), "JPEG2000"),
    "jpeg 2000 without boxes": saved(two_halves(), "JPEG2000", no_jp2=True),
    "jpeg 2000 in tiles": saved(two_halves(), "JPEG2000", tile_size=(16, 16)),
    "jpeg 2000 with alpha": saved(two_halves("RGBA"), "JPEG2000", irreversible=True),
}
GRAY = {
    "gray jpeg": saved(corpus.wide_gray("L", 0, 255), "JPEG", quality=95),
    "gray png": saved(corpus.wide_gray("L", 0, 255), "PNG"),
    "gray png with transparency": saved(corpus.wide_gray("L", 0, 255), "PNG", transparency=7),
    "gray and alpha png": saved(corpus.wide_gray("L", 0, 255).convert("LA"), "PNG"),
    "one bit png": saved(corpus.wide_gray("L", 0, 255).convert("1"), "PNG"),
    "16 bit png": saved(corpus.wide_gray("I;16"), "PNG"),
    "16 bit png of few grays": saved(corpus.wide_gray("I;16", 30_000, 30_100), "PNG"),
    "gray avif": saved(corpus.wide_gray("L", 0, 255), "AVIF"),
    "gray heic": saved(corpus.wide_gray("L", 0, 255), "HEIF"),
    "gray jpeg 2000": saved(corpus.wide_gray("L", 0, 255), "JPEG2000"),
    "16 bit jpeg 2000": saved(corpus.wide_gray("I;16"), "JPEG2000"),
    "16 bit tiff": saved(corpus.wide_gray("I;16"), "TIFF"),
    "16 bit lzw tiff": saved(corpus.wide_gray("I;16"), "TIFF", compression="tiff_lzw"),
    "32 bit tiff": saved(corpus.wide_gray("I", -70_000, 70_000), "TIFF"),
    "float tiff": saved(corpus.wide_gray("F"), "TIFF"),
    "fax tiff": saved(corpus.wide_gray("L", 0, 255).convert("1"), "TIFF", compression="group4"),
    "tiff whose pages go round": corpus.tiff(next_at=808),
    "tiff with a directory of 60,000 values": corpus.tiff((34665, corpus.LONG, 1, struct.pack("<I", 808))),
    "tiff with a resolution of many values": corpus.tiff((282, corpus.RATIONAL, 100_000, bytes(800_000))),
}
SMALL = {name: data for name, data in {**COLORED, **GRAY}.items() if len(data) < 20_000}
SIZES = {
    "1x1": (saved(two_halves().resize((1, 1)), "PNG"), (1, 1), (1, 1), (1, 1)),
    "1x20000": (saved(detailed(1, 20_000), "PNG"), (1, 20_000), (1, 16_383), (1, 16_383)),
    "20000x1": (saved(detailed(20_000, 1), "PNG"), (20_000, 1), (16_383, 1), (16_383, 1)),
    "20000x1 jpeg": (saved(detailed(20_000, 1), "JPEG"), (20_000, 1), (16_383, 1), (16_383, 1)),
    "65000x9 jpeg": (saved(detailed(65_000, 9), "JPEG"), (65_000, 9), (16_383, 2), (16_383, 2)),
    "3000x1500 avif": (
        saved(Image.new("RGB", (3000, 1500)), "AVIF", speed=10),
        (3000, 1500),
        (1024, 512),
        (256, 128),
    ),
    "1501x753 heic": (saved(Image.new("RGB", (1501, 753)), "HEIF"), (1501, 753), (1024, 514), (256, 128)),
    "2101x1503 jpeg 2000": (
        saved(Image.new("RGB", (2101, 1503)), "JPEG2000"),
        (2101, 1503),
        (1024, 733),
        (256, 183),
    ),
    "3000x48": (saved(detailed(3000, 48), "PNG"), (3000, 48), (3000, 48), (2024, 32)),
    "20x30000": (saved(detailed(20, 30_000), "PNG"), (20, 30_000), (11, 16_383), (7, 9915)),
    "8000x1000 jpeg": (saved(Image.new("RGB", (8000, 1000)), "JPEG"), (8000, 1000), (2048, 256), (512, 64)),
    "30000x600": (saved(Image.new("L", (30_000, 600)), "PNG"), (30_000, 600), (7241, 145), (1810, 36)),
    "3000x1500": (saved(detailed(3000, 1500), "JPEG"), (3000, 1500), (1024, 512), (256, 128)),
    "4001x3001 rgba": (
        saved(detailed(4001, 3001, "RGBA"), "PNG", compress_level=1),
        (4001, 3001),
        (1024, 768),
        (256, 192),
    ),
    "5000x5000 palette": (
        saved(detailed(5000, 5000, "P"), "PNG", compress_level=1),
        (5000, 5000),
        (1024, 1024),
        (256, 256),
    ),
    "png with half of its rows": (corpus.png(40, 20, bytes(121 * 10)), (40, 20), (40, 20), (40, 20)),
    "png with twice its rows": (corpus.png(40, 20, bytes(121 * 40)), (40, 20), (40, 20), (40, 20)),
    "gif with its image beyond the canvas": (corpus.gif(10, 10, (5, 6, 40, 20)), (45, 26), (45, 26), (45, 26)),
    "gif with a large canvas": (corpus.gif(9000, 8000, (0, 0, 40, 20)), (9000, 8000), (1024, 910), (256, 228)),
}
ONLY_A_HEADER = {
    "jpeg": 300,
    "png": 45,
    "webp": 40,
    "bmp": 54,
    "gif": 13,
    "tiff": 8,
    "avif": 200,
    "heic": 300,
    "jpeg 2000": 120,
}
UNREADABLE = {
    "nothing": (b"", "empty"),
    "text": (b"This is a text.", "none of the images"),
    "svg": (corpus.SVG, "none of the images"),
    "html": (b"<!doctype html><title>404</title>", "none of the images"),
    "zip": (b"PK\3\4" + bytes(99), "none of the images"),
    "jpeg cut off": (saved(detailed(99, 99), "JPEG")[:2000], "cut off"),
    "png cut off": (saved(detailed(99, 99), "PNG")[:2000], "cut off"),
    "webp cut off": (saved(detailed(99, 99), "WEBP")[:2000], "cut off"),
    "gif cut off": (saved(detailed(99, 99, "P"), "GIF")[:2000], "cut off"),
    "avif cut off": (saved(detailed(99, 99), "AVIF")[:1000], "cut off"),
    "heic cut off": (saved(detailed(99, 99), "HEIF")[:1000], "cut off"),
    "jpeg 2000 cut off": (saved(detailed(99, 99), "JPEG2000")[:300], "cut off"),
    "jpeg 2000 of many tiles": (corpus.jpeg2000_that_says(2, 40_000, 40_000, 0, 0, 160, 160), "400 megapixels"),
    "jpeg 2000 of one huge tile": (corpus.jpeg2000_that_says(2, 15_000, 15_000, 0, 0, 15_000, 15_000), "damaged"),
    "jpeg 2000 of tiny tiles": (corpus.jpeg2000_that_says(2, 18_000, 18_000, 0, 0, 8, 8), "many pieces"),
    "a video": (b"\0\0\0\x18ftypmp42" + bytes(99), "none of the images"),
    "bmp cut off": (saved(detailed(99, 99), "BMP")[:2000], "cut off"),
    "tiff cut off": (saved(detailed(99, 99), "TIFF")[:2000], "cut off"),
    "lzw tiff cut off": (saved(detailed(99, 99), "TIFF", compression="tiff_lzw")[:2000], "cut off"),
    **{f"a {kind} header": (COLORED[kind][:size], "cut off") for kind, size in ONLY_A_HEADER.items()},
    "png of 300 megapixels": (corpus.png(20_000, 15_000), "would take 1,"),
    "one bit png of 300 megapixels": (corpus.png(20_000, 15_000, bits=1, colors=0), "would take 3"),
    "png that is too long": (corpus.png(600_000, 2), "no side may be longer than 500,000"),
    "png of too many pixels": (corpus.png(100_000, 90_000), "400 megapixels are the most"),
    "png without width": (corpus.png(0, 9), "damaged"),
    "png without pixels": (corpus.png(40, 20).replace(b"IDAT", b"iDAT"), "damaged"),
    "png with huge sides": (corpus.png(2**31 - 1, 2**31 - 1), "no side may be longer"),
    "progressive jpeg of 200 megapixels": (
        saved(Image.new("RGB", (20_000, 10_000)), "JPEG", progressive=True),
        "The image has 20,000 x 10,000 pixels, and decoding this kind of file would take 6",
    ),
    "jpeg of 300 scans": (corpus.jpeg_of_many_scans(300), "many scans"),
    "jpeg with 30,000 segments": (corpus.jpeg_with(segment(0xE3, b"") * 30_000), "damaged"),
    "jpeg of 12 bits": (COLORED["jpeg"].replace(b"\xff\xc0\0\x11\x08", b"\xff\xc0\0\x11\x0c"), "12 bits"),
    "lossless jpeg": (COLORED["jpeg"].replace(b"\xff\xc0", b"\xff\xc3"), "rare kind"),
    "webp with a large canvas": (corpus.webp_of_canvas(16_000, 16_000), "of memory"),
    "webp with a huge canvas": (corpus.webp_of_canvas(2**24, 2**24), "no side may be longer"),
    "gif of nothing but comments": (corpus.gif(40, 20, (0, 0, 40, 20), corpus.gif_comments(NO_MORE)), "damaged"),
    "gif with an image far beyond the canvas": (corpus.gif(10, 10, (65_000, 65_000, 40, 20)), "400 megapixels"),
    "gif with a huge canvas": (corpus.gif(19_000, 19_000, (0, 0, 19_000, 19_000)), "of memory"),
    "large run-length bmp": (corpus.bmp_in_runs(5000, 4000), "Save it as PNG"),
    "bmp with a header of 4 GB": (b"BM" + bytes(12) + b"\xff" * 4 + bytes(60), "damaged"),
    "tiff of 5,000 widths": (corpus.tiff(number(256, *range(5000))), "damaged"),
    "tiff of 400,000 strips": (corpus.tiff(number(273, *[8] * 400_000)), "damaged"),
    "tiff with a tile of 2 gigapixels": (
        corpus.tiff(number(322, 50_000), number(323, 40_000), number(259, 5), number(324, 8), number(325, 800)),
        "of memory",
    ),
    "lab tiff": (
        saved(two_halves(), "TIFF").replace(b"\x06\x01\x03\0\x01\0\0\0\x02", b"\x06\x01\x03\0\x01\0\0\0\x08"),
        "Lab",
    ),
    "tiff of a rare compression": (corpus.tiff(number(259, 34_925)), "LZW or Deflate"),
}


def shown(data: bytes) -> Image.Image:
    """What a browser shows, its pixels decoded."""
    image = Image.open(io.BytesIO(data), formats=["WEBP"])
    image.load()
    return image


def halves_of(rendered: Rendered) -> list[tuple[int, ...]]:
    """The colors of the first and the last pixels of a preview."""
    image = shown(rendered.preview).convert("RGB")
    pixels = [image.getpixel(at) for at in ((4, 4), (image.width - 5, image.height - 5))]
    return [pixel for pixel in pixels if isinstance(pixel, tuple)]


def are_close(found: list[tuple[int, ...]], wanted: list[tuple[int, int, int]]) -> bool:
    return all(
        abs(is_so - should) < 40
        for pixel, color in zip(found, wanted, strict=True)
        for is_so, should in zip(pixel, color, strict=True)
    )


@pytest.mark.parametrize("name", COLORED)
def test_an_image_in_color_gets_a_preview_that_looks_like_it(name: str) -> None:
    rendered = render(COLORED[name])
    assert (rendered.width, rendered.height) == (40, 20)
    assert shown(rendered.preview).size == shown(rendered.thumbnail).size == (40, 20)
    found = halves_of(rendered)
    assert are_close(found, [LEFT, RIGHT]), found


@pytest.mark.parametrize("name", GRAY)
def test_a_gray_image_gets_a_preview_from_its_darkest_to_its_lightest(name: str) -> None:
    rendered = render(GRAY[name])
    found = halves_of(rendered)
    assert are_close(found, [BLACK, WHITE]), found


@pytest.mark.parametrize("name", SIZES)
def test_a_preview_keeps_the_proportions_and_has_a_pixel_at_least(name: str) -> None:
    data, size, preview, thumbnail = SIZES[name]
    rendered = render(data)
    assert (rendered.width, rendered.height) == size
    assert (shown(rendered.preview).size, shown(rendered.thumbnail).size) == (preview, thumbnail)


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_shown_has_a_reason_in_words(name: str) -> None:
    data, words = UNREADABLE[name]
    with pytest.raises(Unreadable) as caught:
        render(data)
    assert words in caught.value.reason
    assert caught.value.reason.endswith(".")


def test_what_would_take_too_much_memory_is_refused_before_it_is_decoded() -> None:
    data = UNREADABLE["png of 300 megapixels"][0]
    with pytest.raises(Unreadable, match="baseline"):
        memory_needed(data)
    assert memory_needed(COLORED["png"]) < MOST_MEMORY // 50


@pytest.mark.parametrize("make", [corpus.avif_that_says, corpus.heic_that_says])
def test_what_is_coded_counts_and_not_what_the_file_says_of_it(make: Callable[..., bytes]) -> None:
    large = Image.new("RGB", (1500, 1500))
    assert memory_needed(make(40, 20, large)) > memory_needed(make(40, 20, two_halves())) + 5 * 1500 * 1500


def test_a_panorama_of_200_megapixels_is_shown() -> None:
    rendered = render(saved(Image.new("RGB", (20_000, 10_000), LEFT), "JPEG"))
    assert (rendered.width, rendered.height) == (20_000, 10_000)
    assert are_close(halves_of(rendered), [LEFT, LEFT])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
@pytest.mark.parametrize(
    ("orientation", "size", "first", "last"),
    [
        (1, (40, 20), LEFT, RIGHT),
        (2, (40, 20), RIGHT, LEFT),
        (3, (40, 20), RIGHT, LEFT),
        (4, (40, 20), LEFT, RIGHT),
        (5, (20, 40), LEFT, RIGHT),
        (6, (20, 40), LEFT, RIGHT),
        (7, (20, 40), RIGHT, LEFT),
        (8, (20, 40), RIGHT, LEFT),
        (9, (40, 20), LEFT, RIGHT),
    ],
)
def test_an_image_is_shown_upright(
    kind: str, orientation: int, size: tuple[int, int], first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    rendered = render(corpus.turned(kind, orientation))
    assert (rendered.width, rendered.height) == shown(rendered.preview).size == size
    assert are_close(halves_of(rendered), [first, last])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
def test_a_preview_keeps_the_profile_and_no_other_metadata(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0110] = "A camera"
    rendered = render(saved(two_halves(), kind, exif=exif, icc_profile=PROFILE))
    for image in (shown(rendered.preview), shown(rendered.thumbnail)):
        assert image.info["icc_profile"] == PROFILE
        assert dict(image.getexif()) == {}


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_a_profile_of_inks_or_grays_is_left_out(mode: str) -> None:
    rendered = render(saved(two_halves(mode), "JPEG", icc_profile=PROFILE))
    assert "icc_profile" not in shown(rendered.preview).info


def test_a_profile_is_kept_where_other_metadata_is_taken_out() -> None:
    data = saved(two_halves(), "JPEG", icc_profile=PROFILE)
    padded = data[:2] + segment(0xE5, bytes(60_000)) * 10 + data[2:]
    assert shown(render(padded).preview).info["icc_profile"] == PROFILE


@pytest.mark.parametrize("side", [20, 3000])
@pytest.mark.parametrize("mode", ["P", "RGB", "L", "RGBA", "LA"])
def test_what_is_transparent_shows_a_ground_on_which_black_and_white_are_seen(mode: str, side: int) -> None:
    image = two_halves(mode).resize((2 * side, side), Image.Resampling.NEAREST)
    if mode in ("RGBA", "LA"):
        alpha = Image.new("L", image.size, 255)
        alpha.paste(0, (0, 0, side, side))
        image.putalpha(alpha)
        data = saved(image, "PNG")
    else:
        data = saved(image, "PNG", transparency=image.getpixel((0, 0)))
    rendered = render(data)
    for picture in (shown(rendered.preview), shown(rendered.thumbnail)):
        assert picture.mode == "RGB"
        assert are_close([pixel(picture, 2, 2)], [GROUND])
        assert not are_close([pixel(picture, picture.width - 3, picture.height - 3)], [GROUND])


def test_the_ground_is_as_far_from_black_as_from_white() -> None:
    light = sum(GROUND) / 3 / 255
    luminance = ((light + 0.055) / 1.055) ** 2.4
    assert min((luminance + 0.05) / 0.05, 1.05 / (luminance + 0.05)) > 4.5


def pixel(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = image.getpixel((x, y))
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize(("side", "is_exact"), [(64, True), (65, False)])
def test_a_tiny_image_is_kept_as_it_is(side: int, is_exact: bool) -> None:
    image = Image.frombytes("RGB", (side, 20), random.Random(5).randbytes(3 * side * 20))
    rendered = render(saved(image, "PNG"))
    for picture in (rendered.preview, rendered.thumbnail):
        assert (shown(picture).convert("RGB").tobytes() == image.tobytes()) == is_exact


def test_a_large_image_in_strips_looks_like_itself() -> None:
    """Palettes are converted strip by strip; the seams must not show, nor the edges move."""
    image = two_halves().resize((4401, 3303), Image.Resampling.BICUBIC)
    in_strips = shown(render(saved(image.convert("RGBA"), "PNG", compress_level=1)).preview).convert("RGB")
    at_once = shown(render(saved(image, "PNG", compress_level=1)).preview).convert("RGB")
    differences = zip(in_strips.tobytes(), at_once.tobytes(), strict=True)
    assert max(abs(one - other) for one, other in differences) < 16


@pytest.mark.parametrize(
    "values", [(float("nan"), 1.0), (float("inf"), 0.0), (float("-inf"), float("inf")), (5.0, 5.0)]
)
def test_floats_of_any_value_do_no_harm(values: tuple[float, float]) -> None:
    image = Image.new("F", (40, 20), values[0])
    image.paste(values[1], (0, 0, 20, 20))
    assert render(saved(image, "TIFF")).width == 40


@pytest.mark.parametrize("name", SMALL)
def test_a_damaged_file_is_shown_or_unreadable_and_nothing_else(name: str) -> None:
    data = SMALL[name]
    chance = random.Random(name)
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(data))] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
        for attempt in (bytes(damaged), data[: chance.randrange(len(data))]):
            try:
                assert 0 < memory_needed(attempt) <= MOST_MEMORY
                assert math.prod(shown(render(attempt).preview).size) <= 1.01 * 1024 * 1024
            except Unreadable:
                continue
