"""What a refresh finds in a folder, and what becomes of it."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image, ImageCms

from functions.imaging.rendering import GROUND
from tests.api.builders import Folder, People, Project, assert_problem, good, new_project, picture, pictures
from tests.imaging.corpus import png
from tests.running import get, until

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
LEFT, RIGHT = (0, 0, 255), (255, 0, 0)


def two_halves(mode: str = "RGB") -> Image.Image:
    """40 by 20 pixels: the left half is blue, the right one red."""
    image = Image.new("RGB", (40, 20), RIGHT)
    image.paste(LEFT, (0, 0, 20, 20))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def turned(kind: str, orientation: int) -> bytes:
    """The two halves, with the note that they are to be shown turned."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(two_halves(), kind, exif=exif)


def palette_with_transparency() -> bytes:
    image = two_halves("P")
    return saved(image, "PNG", transparency=image.getpixel((0, 0)))


def gray_of_sixteen_bits() -> bytes:
    image = Image.new("I;16", (40, 20), 4095)
    image.paste(0, (0, 0, 20, 20))
    return saved(image, "PNG")


READABLE = {
    "plain.jpg": (saved(two_halves(), "JPEG", quality=95), (40, 20)),
    "UPPER.JPEG": (saved(two_halves(), "JPEG"), (40, 20)),
    "plain.png": (saved(two_halves(), "PNG"), (40, 20)),
    "plain.webp": (saved(two_halves(), "WEBP", lossless=True), (40, 20)),
    "plain.bmp": (saved(two_halves(), "BMP"), (40, 20)),
    "plain.tif": (saved(two_halves(), "TIFF"), (40, 20)),
    "packed.tiff": (saved(two_halves(), "TIFF", compression="tiff_lzw"), (40, 20)),
    "plain.gif": (saved(two_halves(), "GIF"), (40, 20)),
    "animated.gif": (
        saved(two_halves(), "GIF", save_all=True, append_images=[Image.new("RGB", (40, 20), "lime")]),
        (40, 20),
    ),
    "turned.jpg": (turned("JPEG", 6), (20, 40)),
    "turned.png": (turned("PNG", 8), (20, 40)),
    "turned.tiff": (turned("TIFF", 6), (20, 40)),
    "upside-down.webp": (turned("WEBP", 3), (40, 20)),
    "sixteen-bits.png": (gray_of_sixteen_bits(), (40, 20)),
    "gray.jpg": (saved(two_halves("L"), "JPEG"), (40, 20)),
    "cmyk.jpg": (saved(two_halves("CMYK"), "JPEG", icc_profile=PROFILE), (40, 20)),
    "profile.jpg": (saved(two_halves(), "JPEG", icc_profile=PROFILE), (40, 20)),
    "palette.png": (palette_with_transparency(), (40, 20)),
    "one-bit.png": (saved(two_halves("1"), "PNG"), (40, 20)),
    "a-png-by-content.jpg": (saved(two_halves(), "PNG"), (40, 20)),
    "windows.jfif": (saved(two_halves(), "JPEG"), (40, 20)),
    "plain.avif": (saved(two_halves(), "AVIF", quality=95), (40, 20)),
    "plain.jp2": (saved(two_halves(), "JPEG2000"), (40, 20)),
    "large.png": (picture(size=(3000, 1500)), (3000, 1500)),
}
UNREADABLE = {
    "text.jpg": (b"This is a text.", "none of the images"),
    "truncated.jpg": (saved(Image.effect_noise((99, 99), 90), "JPEG")[:2000], "cut off"),
    "truncated.png": (saved(Image.effect_noise((99, 99), 90), "PNG")[:2000], "cut off"),
    "svg.png": (SVG, "none of the images"),
    "empty.gif": (b"", "empty"),
    "bomb.png": (png(20_000, 10_000), "MB of memory"),
}
PASSED_OVER = ("notes.txt", "drawing.svg", "noending", "archive.png.zip", "jpg")


@pytest.fixture(scope="module")
def zoo(people: People) -> Project:
    """A folder with images of every kind, files that only look like images, and files that do not."""
    contents = {name: content for name, (content, _) in {**READABLE, **UNREADABLE}.items()}
    folder = Folder(people, {**contents, **dict.fromkeys(PASSED_OVER, b"no image")})
    return new_project(people, folder)


def preview_of(image: dict[str, Any], which: str = "previewUrl") -> Image.Image:
    """What a browser gets."""
    answer = get(image[which])
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/webp"
    return Image.open(io.BytesIO(answer.content), formats=["WEBP"])


def find(project: Project, name: str) -> dict[str, Any]:
    return next(image for image in project.images() if image["name"].rpartition("/")[2] == name)


def newest_refresh(project: Project) -> Any:
    return next(project.pages("refreshes"))


def test_images_are_counted_and_files_of_other_names_are_passed_over(zoo: Project) -> None:
    refresh = newest_refresh(zoo)
    images = len(READABLE) + len(UNREADABLE)
    counted = {key: refresh[key] for key in ("status", "found", "added", "passedOver", "changed", "missing", "error")}
    assert counted == {
        "status": "completed",
        "found": images,
        "added": images,
        "passedOver": len(PASSED_OVER),
        "changed": 0,
        "missing": 0,
        "error": None,
    }
    assert refresh["kindsPassedOver"] == {"SVG": 1}
    assert zoo.boss.get(zoo.path).json()["statusDetail"].endswith("are ignored: 1 SVG.")
    figures = zoo.progress()
    assert (figures["total"], figures["unreadable"]) == (images, len(UNREADABLE))


@pytest.mark.parametrize("name", READABLE)
def test_an_image_gets_a_preview_and_a_thumbnail_and_its_size_as_it_is_shown(zoo: Project, name: str) -> None:
    image, (width, height) = find(zoo, name), READABLE[name][1]
    assert (image["state"], image["problem"], image["width"], image["height"]) == ("waiting", None, width, height)
    shrink = min(1, 1024 / max(width, height))
    assert preview_of(image).size == (round(width * shrink), round(height * shrink))
    assert max(preview_of(image, "thumbnailUrl").size) <= 256


@pytest.mark.parametrize(
    ("name", "first_half", "turned_by"),
    [
        ("plain.jpg", LEFT, 0),
        ("cmyk.jpg", LEFT, 0),
        ("animated.gif", LEFT, 0),
        ("sixteen-bits.png", (0, 0, 0), 0),
        ("turned.jpg", LEFT, 90),
        ("turned.tiff", LEFT, 90),
        ("turned.png", RIGHT, 90),
        ("upside-down.webp", RIGHT, 0),
    ],
)
def test_a_preview_shows_the_image_upright(
    zoo: Project, name: str, first_half: tuple[int, ...], turned_by: int
) -> None:
    shown = preview_of(find(zoo, name)).convert("RGB")
    assert shown.size == ((20, 40) if turned_by else (40, 20))
    pixel = shown.getpixel((5, 5))
    assert isinstance(pixel, tuple)
    assert all(abs(is_so - should) < 40 for is_so, should in zip(pixel, first_half, strict=True)), pixel


def test_behind_what_is_transparent_is_the_same_gray_for_everybody(zoo: Project) -> None:
    shown = preview_of(find(zoo, "palette.png"))
    assert (shown.mode, shown.getpixel((2, 2))) == ("RGB", GROUND)


@pytest.mark.parametrize("name", ["turned.jpg", "turned.png", "cmyk.jpg"])
def test_a_preview_has_no_metadata(zoo: Project, name: str) -> None:
    shown = preview_of(find(zoo, name))
    assert dict(shown.getexif()) == {}
    assert "icc_profile" not in shown.info


def test_a_preview_keeps_the_profile_of_its_colors(zoo: Project) -> None:
    assert preview_of(find(zoo, "profile.jpg")).info["icc_profile"] == PROFILE


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_only_looks_like_an_image_is_unreadable_and_says_why(zoo: Project, name: str) -> None:
    image = find(zoo, name)
    assert image["state"] == "unreadable"
    assert UNREADABLE[name][1] in image["problem"]
    assert image["previewUrl"] is None


def test_unreadable_images_are_not_handed_out(zoo: Project) -> None:
    handed = zoo.lease(zoo.boss, 99)
    assert {image["name"].rpartition("/")[2] for image in handed["images"]} == READABLE.keys()
    good(zoo.boss.delete(f"{zoo.path}/leases/{handed['id']}"), 204)


@pytest.fixture
def folder(people: People) -> Folder:
    return Folder(people, pictures(4))


@pytest.fixture
def project(people: People, folder: Folder) -> Iterator[Project]:
    made = new_project(people, folder)
    yield made
    good(made.boss.delete(made.path), 204)


def test_new_files_are_added_to_a_pack_that_nobody_has_touched(project: Project, folder: Folder) -> None:
    folder.put({"new.png": picture(), "more.txt": b""})
    refresh = project.refresh()
    assert (refresh["found"], refresh["added"], refresh["passedOver"]) == (5, 1, 1)
    assert project.progress()["waiting"] == 5
    assert {image["id"][:6] for image in project.images()} == {"000000"}


def test_new_files_are_added_while_others_are_labeled_and_no_label_is_lost(project: Project, folder: Folder) -> None:
    labeled = project.label(project.boss, 4, "Dog")
    folder.put({"00-before-all-others.png": picture(), "new.png": picture()})
    assert project.refresh()["added"] == 2
    figures = project.progress()
    assert (figures["total"], figures["labeled"], figures["waiting"]) == (6, 4, 2)
    assert {image["id"] for image in project.images(label="Dog")} == set(labeled)
    assert len(project.lease(project.boss, 9)["images"]) == 2


def test_a_refresh_of_what_has_not_changed_changes_nothing(project: Project) -> None:
    before = project.images()
    refresh = project.refresh()
    assert [refresh[key] for key in ("found", "added", "changed", "missing")] == [4, 0, 0, 0]
    assert [image["id"] for image in project.images()] == [image["id"] for image in before]


def test_a_changed_file_keeps_its_label_says_so_and_gets_a_new_preview(project: Project, folder: Folder) -> None:
    project.label(project.boss, 4, "Cat")
    old = project.image("02.png")
    folder.put({"02.png": picture("blue", (64, 48))})
    assert project.refresh()["changed"] == 1
    until(lambda: project.image("02.png")["previewUrl"] is not None, "the new preview does not come")
    image = project.image("02.png")
    assert (image["state"], image["labels"], image["changedSinceLabeled"]) == ("labeled", ["Cat"], True)
    assert (image["width"], image["height"]) == (64, 48)
    assert image["previewUrl"] != old["previewUrl"]
    assert preview_of(image).size == (64, 48)
    assert [entry["action"] for entry in image["history"]] == ["labeled", "changed"]


def test_a_vanished_file_is_missing_and_is_as_before_when_it_is_back(project: Project, folder: Folder) -> None:
    project.label(project.boss, 2, "Dog")
    before = project.image("00.png")
    folder.drop("00.png", "03.png")
    assert project.refresh()["missing"] == 2
    figures = project.progress()
    assert (figures["missing"], figures["labeled"], figures["waiting"]) == (2, 1, 1)
    assert project.image("00.png")["state"] == "missing"
    assert project.refresh()["missing"] == 0
    folder.put({"00.png": picture(), "03.png": picture()})
    project.refresh()
    figures = project.progress()
    assert (figures["missing"], figures["labeled"], figures["waiting"]) == (0, 2, 2)
    image = project.image("00.png")
    assert (image["id"], image["state"], image["labels"]) == (before["id"], "labeled", ["Dog"])
    assert [entry["action"] for entry in image["history"]][:3] == ["labeled", "missing", "back"]


def test_an_image_that_changes_while_it_is_held_is_handed_out_again_as_it_is_now(
    project: Project, folder: Folder
) -> None:
    lease = project.lease(project.boss, 9)
    old = next(image for image in lease["images"] if image["name"].endswith("02.png"))
    folder.put({"02.png": picture("blue", (64, 48))})
    assert project.refresh()["changed"] == 1
    answer = project.submit(project.boss, lease, {image["id"]: ["Cat"] for image in lease["images"]})
    assert assert_problem(answer, 409, "stale")["imageIds"] == [old["id"]]
    assert project.progress()["labeled"] == 3
    until(lambda: project.image("02.png")["previewUrl"] is not None, "the new preview does not come")
    (again,) = project.lease(project.boss, 9)["images"]
    assert (again["id"], again["width"], again["height"]) == (old["id"], 64, 48)
    assert preview_of(again).size == (64, 48)


def test_a_refresh_tells_what_is_there_again(project: Project, folder: Folder) -> None:
    folder.drop("00.png", "01.png")
    refresh = project.refresh()
    assert (refresh["missing"], refresh["back"]) == (2, 0)
    folder.put({"01.png": picture()})
    refresh = project.refresh()
    assert (refresh["missing"], refresh["back"]) == (0, 1)


def test_a_paused_project_is_not_refreshed_by_the_timer(people: People, folder: Folder) -> None:
    project = new_project(people, folder, incrementalRefresh=True)
    good(project.boss.patch(project.path, json={"status": "paused"}))
    runs = new_project(people, folder, incrementalRefresh=True)
    good(people().post("/admin/functions/make_rounds", json={"input": ""}), 202)
    until(lambda: len(list(runs.pages("refreshes"))) == 2, "the other project is not refreshed")
    assert len(list(project.pages("refreshes"))) == 1
    good(project.boss.delete(project.path), 204)
    good(runs.boss.delete(runs.path), 204)


def test_a_missing_image_is_neither_handed_out_nor_exported(project: Project, folder: Folder) -> None:
    project.label(project.boss, 1)
    folder.drop("00.png", "01.png")
    project.refresh()
    assert len(project.lease(project.boss, 9)["images"]) == 2
    assert project.export("csv")["images"] == 0


def test_an_unreadable_file_that_was_mended_can_be_labeled(project: Project, folder: Folder) -> None:
    folder.put({"broken.png": b"broken"})
    project.refresh()
    assert project.progress()["unreadable"] == 1
    folder.put({"broken.png": picture()})
    project.refresh()
    until(lambda: project.progress()["unreadable"] == 0, "the mended image stays unreadable")
    image = project.image("broken.png")
    assert (image["state"], image["problem"]) == ("waiting", None)


def test_a_refresh_joins_one_that_has_not_ended(project: Project) -> None:
    asked = [good(project.boss.post(f"{project.path}/refreshes"), 202)["id"] for _ in range(3)]
    for refresh in asked:
        project.wait_for_refresh(refresh)
    assert len(list(project.pages("refreshes"))) < 1 + len(asked)


def test_refreshes_are_listed_newest_first_page_by_page(project: Project) -> None:
    ids = [newest_refresh(project)["id"], *(project.refresh()["id"] for _ in range(3))]
    assert [refresh["id"] for refresh in project.pages("refreshes", limit=1)] == ids[::-1]
    times = [refresh["startedAt"] for refresh in project.pages("refreshes")]
    assert times == sorted(times, reverse=True)


def test_the_timer_refreshes_projects_whose_refresh_is_on_and_no_others(people: People, project: Project) -> None:
    folder = Folder(people, pictures(1))
    follows = new_project(people, folder, incrementalRefresh=True)
    folder.put({"new.png": picture()})
    good(people().post("/admin/functions/make_rounds", json={"input": ""}), 202)
    until(lambda: follows.progress()["waiting"] == 2, "the new image does not come")
    assert len(list(project.pages("refreshes"))) == 1
    good(follows.boss.delete(follows.path), 204)
