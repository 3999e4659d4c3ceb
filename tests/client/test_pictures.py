"""Images are read as those who labeled them saw them."""

from pathlib import Path

import pytest
from PIL import Image

from image_labeling import LabelingError
from image_labeling.loading.needing import needed
from image_labeling.loading.pictures import picture

TURNED_RIGHT = 6


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "CMYK", "1"])
def test_every_kind_becomes_rgb(mode: str, tmp_path: Path) -> None:
    kind = "tiff" if mode == "CMYK" else "png"
    Image.new(mode, (3, 2)).save(tmp_path / f"a.{kind}")
    assert (picture(tmp_path / f"a.{kind}", "a").mode, picture(tmp_path / f"a.{kind}", "a").size) == ("RGB", (3, 2))


def test_a_photo_is_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = TURNED_RIGHT
    Image.new("RGB", (4, 2)).save(tmp_path / "a.jpg", exif=exif)
    assert picture(tmp_path / "a.jpg", "a").size == (2, 4)


def test_more_than_eight_bits_are_stretched_from_black_to_white(tmp_path: Path) -> None:
    image = Image.new("I;16", (3, 1))
    for x, value in enumerate((1000, 2000, 3000)):
        image.putpixel((x, 0), value)
    image.save(tmp_path / "a.tif")
    found = picture(tmp_path / "a.tif", "a")
    assert [found.getpixel((x, 0)) for x in range(3)] == [(0,) * 3, (127,) * 3, (255,) * 3]
    Image.new("I;16", (2, 2), 5000).save(tmp_path / "flat.tif")
    assert picture(tmp_path / "flat.tif", "a").getpixel((0, 0)) == (0, 0, 0)


def test_what_pillow_does_not_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"no image")
    with pytest.raises(LabelingError, match=r"pets/a\.png cannot be read"):
        picture(tmp_path / "a.png", "pets/a.png")


def test_a_package_that_is_missing_is_named_with_what_brings_it() -> None:
    words = r"torch is needed: pip install 'image-labeling-client\[torch\]'"
    with pytest.raises(LabelingError, match=words), needed("torch"):
        raise ImportError("No module named 'torch'")
