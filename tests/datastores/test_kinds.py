"""What a file is by its name."""

import pytest

from functions.datastores.kinds import is_image_name, kind_not_taken, listed

TAKEN = [
    *("a.jpg", "b/A.JPEG", "a.jpe", "a.jfif", "a.pjpeg", "a.png", "a.apng", "a.webp", "a.bmp", "a.dib", "a.tif"),
    *("a.TIFF", "a.ome.tiff", "a.gif", "a.avif", "IMG_1.HEIC", "a.heif", "a.hif", "a.jp2", "a.j2k", "a.jpx"),
]
NOT_TAKEN = {
    "a.JXL": "JPEG XL",
    "a.jxr": "JPEG XR",
    "a.svg": "SVG",
    "a.psd": "Photoshop",
    "a.dng": "camera raw",
    "DSC_1.NEF": "camera raw",
    "a.ppm": "PNM",
    "favicon.ico": "ICO",
    "a.exr": "OpenEXR",
    "scan.dcm": "DICOM",
    "brain.nii.gz": "NIfTI",
    "slide.svs": "microscope",
}
NO_IMAGES = ["notes.txt", "labels.json", "jpg", "a.jpg.zip", "clip.mp4", "photos.jpg/", "", "a.gz"]
COMPANIONS = ["._a.jpg", "b/c/._IMG_1.HEIC", "._a.svg"]


@pytest.mark.parametrize("name", TAKEN)
def test_an_image_that_is_taken_is_told_by_its_ending(name: str) -> None:
    assert (is_image_name(name), kind_not_taken(name)) == (True, None)


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_an_image_of_another_kind_is_told_by_the_name_of_its_kind(name: str) -> None:
    assert (is_image_name(name), kind_not_taken(name)) == (False, NOT_TAKEN[name])


@pytest.mark.parametrize("name", [*NO_IMAGES, *COMPANIONS])
def test_what_is_no_image_is_none_of_either(name: str) -> None:
    assert (is_image_name(name), kind_not_taken(name)) == (False, None)


def test_a_dot_and_a_dash_inside_a_name_say_nothing() -> None:
    assert is_image_name("._folder/a.jpg")
    assert is_image_name("a._b.jpg")


def test_kinds_are_listed_the_most_frequent_first() -> None:
    assert listed({"SVG": 1, "JPEG XL": 1200, "ICO": 1}) == "1,200 JPEG XL, 1 ICO, 1 SVG"
