"""Pictures of more than 8 bits look as an independent reader (tifffile) says that they are."""

import io
from typing import Any

import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image

from functions.imaging.depth import PERCENTILES
from functions.imaging.headers import png as png_header
from functions.imaging.rendering import GROUND, Unreadable, render
from tests.imaging import corpus
from tests.imaging.corpus import chunk, saved

# Not more than 64 pixels each way: such previews are exact.
RAMP = np.linspace(100, 30_000, 48 * 64).reshape(48, 64)
COLORS = np.stack([RAMP, RAMP[::-1], RAMP[:, ::-1]], -1)
KINDS = ("u2", ">u2", "u4", "u8", "i2", ">i2", "i4", "i8", "f2", "f4", ">f4", "f8")
PNG_COLORS = {2: 4, 3: 2, 4: 6}
LAYOUTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "deflate": {"compression": "zlib", "rowsperstrip": 7},
    "tiles": {"tile": (16, 32), "compression": "zlib"},
    "big tiff": {"bigtiff": True},
}


def tiff(values: NDArray[Any], **options: Any) -> bytes:
    out = io.BytesIO()
    is_big = values.dtype.byteorder == ">"
    tifffile.imwrite(out, values, byteorder=">" if is_big else "<", metadata=None, **options)
    return out.getvalue()


def shown(data: bytes) -> NDArray[np.uint8]:
    with Image.open(io.BytesIO(render(data).preview), formats=["WEBP"]) as image:
        return np.asarray(image.convert("RGB"))


def expected(data: bytes) -> NDArray[np.float64]:
    with tifffile.TiffFile(io.BytesIO(data)) as file:
        values = np.asarray(file.asarray(), np.float64)
        if values.shape[0] == 3:
            values = np.moveaxis(values, 0, -1)
    darkest, lightest = np.percentile(values, PERCENTILES)
    stretched = 255 * np.clip((values - darkest) / (lightest - darkest), 0, 1)
    return stretched if stretched.ndim == 3 else np.stack([stretched] * 3, -1)


def assert_shown(data: bytes) -> None:
    assert np.abs(shown(data) - expected(data)).max() < 2


# Without big-endian BigTIFFs, which are refused.
LAID_OUT = [(kind, layout) for kind in KINDS for layout in LAYOUTS if ">" not in kind or layout != "big tiff"]


@pytest.mark.parametrize(("kind", "layout"), LAID_OUT)
def test_grays_of_any_kind_are_stretched(kind: str, layout: str) -> None:
    assert_shown(tiff(RAMP.astype(kind), photometric="minisblack", **LAYOUTS[layout]))


@pytest.mark.parametrize("planes", ["contig", "separate"])
@pytest.mark.parametrize(("kind", "layout"), LAID_OUT)
def test_colors_of_any_kind_are_stretched_together_however_they_are_laid_out(
    kind: str, layout: str, planes: str
) -> None:
    values = COLORS.astype(kind)
    if planes == "separate":
        values = np.ascontiguousarray(np.moveaxis(values, -1, 0))
    assert_shown(tiff(values, photometric="rgb", planarconfig=planes, **LAYOUTS[layout]))


@pytest.mark.parametrize("compression", [None, "zlib"])
def test_separate_planes_of_eight_bits_have_their_colors(compression: str | None) -> None:
    values = (COLORS / 128).astype("u1")
    planes = np.ascontiguousarray(np.moveaxis(values, -1, 0))
    data = tiff(planes, photometric="rgb", planarconfig="separate", compression=compression)
    assert (shown(data) == values).all()


def png(values: NDArray[Any], *chunks: bytes) -> bytes:
    """Of 16 bits, each row as the differences of its pixels, byte by byte."""
    height, width, channels = values.shape
    raw = values.astype(">u2").view("u1").reshape(height, width, -1)
    rows = np.diff(raw, axis=1, prepend=np.zeros((height, 1, 2 * channels), "u1")).reshape(height, -1)
    kept = np.concatenate([np.ones((height, 1), "u1"), rows], 1).tobytes()
    plain = corpus.png(width, height, kept, bits=16, colors=PNG_COLORS[channels])
    return plain[:33] + b"".join(chunks) + plain[33:]


@pytest.mark.parametrize("low", [100, 40_000])
def test_colors_of_png_are_stretched_as_those_of_tiff(low: int) -> None:
    values = (COLORS / 2 + low).astype("u2")
    assert np.abs(shown(png(values)) - expected(tiff(values, photometric="rgb"))).max() < 2


@pytest.mark.parametrize("values", [RAMP[..., np.newaxis], COLORS])
def test_png_with_alpha_is_stretched_over_the_ground(values: NDArray[Any]) -> None:
    alpha = np.full((48, 64, 1), 65_535)
    alpha[:, :32] = 0
    found = shown(png(np.concatenate([values, alpha], -1)))
    assert (found[:, :32] == GROUND).all()
    plain = tiff(np.broadcast_to(values, COLORS.shape).astype("u2"), photometric="rgb")
    assert np.abs(found - expected(plain))[:, 32:].max() < 2


def test_interlaced_png_of_sixteen_bits_is_stretched() -> None:
    image = Image.fromarray((COLORS / 128).astype("u1"))
    eight = corpus.interlaced_png(image)
    data = corpus.interlaced_png(image, bits=16)
    plain = np.asarray(image, np.float64) * 257
    assert np.abs(shown(data) - expected(tiff(plain.astype("u2"), photometric="rgb"))).max() < 2
    assert (shown(eight) == np.asarray(image)).all()


def test_png_that_is_too_large_to_be_stretched_or_has_a_transparent_color_is_shown_by_its_upper_bits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values = COLORS.astype("u2")
    upper = values >> 8
    assert (shown(png(values, chunk(b"tRNS", bytes(6)))) == upper).all()
    monkeypatch.setattr(png_header, "MOST_DEEP_BYTES", 10_000)
    assert (shown(png(values)) == upper).all()


def test_white_is_zero_is_shown_upright() -> None:
    for kind in ("u1", "u2", "f4"):
        upright = shown(tiff((RAMP / 128).astype(kind), photometric="miniswhite"))
        assert upright[0, 0, 0] > 230 > 30 > upright[-1, -1, 0]


def test_differences_between_pixels_are_summed_up_in_strips_as_pillow_writes_them() -> None:
    values = RAMP.astype("u2")
    data = saved(Image.fromarray(values), "TIFF", compression="tiff_lzw", tiffinfo={317: 2})
    assert np.abs(shown(data) - expected(tiff(values, photometric="minisblack"))).max() < 2


@pytest.mark.parametrize(
    ("kind", "value", "nodata"),
    [
        ("u2", 65_535, None),
        ("i2", -32_768, "-32768"),
        ("i2", 32_000, "32000"),
        ("f4", float("nan"), None),
        ("f4", float("inf"), None),
        ("f4", float("-inf"), None),
        ("f4", -9999.0, "-9999"),
        ("f4", -3.4028234663852886e38, "-3.4028234663852886e+38"),
    ],
)
@pytest.mark.parametrize("count", [1, 300])
def test_values_that_mean_nothing_do_not_darken_the_others(
    kind: str, value: float, nodata: str | None, count: int
) -> None:
    values = RAMP.astype(kind)
    plain = shown(tiff(values, photometric="minisblack"))
    values.reshape(-1)[:count] = value
    tags = [(42113, "s", 0, nodata, True)] if nodata else []
    found = shown(tiff(values, photometric="minisblack", extratags=tags))
    assert np.abs(found[8:].astype(int) - plain[8:]).max() < 30


@pytest.mark.parametrize(
    ("kind", "value"), [("u2", 60_000), ("i2", -30_000), ("u4", 10**9), ("f4", 1e30), ("f4", -1e30)]
)
def test_a_pixel_far_from_the_others_does_not_darken_them(kind: str, value: float) -> None:
    values = RAMP.astype(kind)
    plain = shown(tiff(values, photometric="minisblack"))
    values[0, 0] = value
    found = shown(tiff(values, photometric="minisblack"))
    assert np.abs(found[8:].astype(int) - plain[8:]).max() < 2


def test_one_value_all_over_harms_nothing() -> None:
    for value in (0.0, 7.0, float("nan"), float("inf")):
        assert shown(tiff(np.full((48, 64), value, "f4"), photometric="minisblack")).shape == (48, 64, 3)


def test_sixteen_bits_of_alpha_let_the_ground_be_seen() -> None:
    alpha = np.full((48, 64, 1), 65_535, "u2")
    alpha[:, :32] = 0
    data = tiff(np.concatenate([COLORS.astype("u2"), alpha], -1), photometric="rgb", extrasamples=["unassalpha"])
    found = shown(data)
    assert (found[:, :32] == GROUND).all()
    assert np.abs(found[:, 32:].astype(int) - shown(tiff(COLORS.astype("u2"), photometric="rgb"))[:, 32:]).max() < 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (tiff(RAMP.astype("c8"), photometric="minisblack"), "complex"),
        (tiff(RAMP.astype(">u2"), photometric="minisblack", bigtiff=True), "big-endian BigTIFF"),
        (tiff(np.stack([RAMP] * 5, -1).astype("u2"), photometric="minisblack", planarconfig="contig"), "5 channels"),
        (tiff(np.stack([RAMP / 128] * 4, -1).astype("u1"), photometric="minisblack", planarconfig="contig"), "4 chan"),
    ],
)
def test_what_cannot_be_shown_is_refused_by_its_name(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        render(data)
