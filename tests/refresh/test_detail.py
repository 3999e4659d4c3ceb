"""Details: as large as memory allows, made once for each version of a file, and gone with the project."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import pytest
from PIL import Image as Picture
from PIL import ImageChops

from functions.imaging.budget import Budgets
from functions.imaging.decoding import decode_detail
from functions.imaging.memory import plan_detail
from functions.imaging.rendering import GROUND, Detail, Unreadable, render, render_detail
from functions.problems import Busy, Conflict
from functions.projects.lifecycle import drop_project
from functions.refresh import detail as detail_module
from functions.refresh.detail import StoredPicture, detail_of
from tests.imaging.corpus import PROFILE, detailed, orientation_of, saved, two_halves
from tests.refresh.scene import Account, Folder, Process


def smooth(width: int, height: int) -> Picture.Image:
    """An image that compresses well."""
    return Picture.linear_gradient("L").resize((width, height)).convert("RGB")


LARGE = saved(smooth(2000, 1500), "JPEG")


def detail(data: bytes) -> Detail:
    plan = plan_detail(data)
    assert plan
    return render_detail(data, plan)


def picture(made: Detail) -> Picture.Image:
    shown = Picture.open(io.BytesIO(made.content))
    assert shown.format == "JPEG"
    assert shown.size == (made.width, made.height)
    return shown


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (lambda: LARGE, (2000, 1500)),
        (lambda: saved(detailed(2000, 1500, "RGBA"), "PNG", compress_level=1), (2000, 1500)),
        (lambda: saved(detailed(2000, 1500, "I;16"), "PNG", compress_level=1), (2000, 1500)),
        (lambda: saved(Picture.new("RGB", (6000, 4000)), "JPEG"), (6000, 4000)),
        (lambda: saved(Picture.new("RGB", (8257, 5505)), "JPEG"), (4128, 2752)),
        (lambda: saved(Picture.new("RGB", (20_000, 10_000)), "JPEG"), (5000, 2500)),
        (lambda: saved(Picture.new("RGB", (6400, 4800)), "PNG"), (1600, 1200)),
        (lambda: saved(Picture.new("RGB", (30_000, 600)), "PNG"), (15_000, 300)),
        (lambda: saved(Picture.new("RGB", (3001, 2501)), "JPEG2000"), (3001, 2501)),
    ],
)
def test_it_has_all_pixels_or_a_whole_part_of_them(make: Callable[[], bytes], size: tuple[int, int]) -> None:
    assert picture(detail(make())).size == size


@pytest.mark.parametrize("size", [(3000, 48), (1024, 1024), (1, 1)])
def test_there_is_none_where_the_preview_has_all_pixels(size: tuple[int, int]) -> None:
    assert plan_detail(saved(Picture.new("RGB", size), "PNG")) is None


def test_it_is_upright_in_its_colors_and_on_the_ground_of_all_pictures() -> None:
    turned = picture(
        detail(saved(two_halves().resize((2000, 1000)), "JPEG", exif=orientation_of(6), icc_profile=PROFILE))
    )
    assert turned.size == (1000, 2000)
    # What was left is at the top: blue.
    red, _, blue = turned.getpixel((500, 100))  # type: ignore[misc]
    assert blue > red + 200
    assert turned.info["icc_profile"] == PROFILE
    clear = picture(detail(saved(Picture.new("RGBA", (2000, 1500), (255, 0, 0, 0)), "PNG")))
    assert clear.getpixel((1000, 1499)) == GROUND


def test_what_has_more_than_8_bits_is_stretched_as_in_its_preview() -> None:
    dim = Picture.linear_gradient("L").resize((2000, 1500)).convert("I").point(lambda value: value * 4 + 1000)
    data = saved(dim.convert("I;16"), "PNG", compress_level=1)
    preview = Picture.open(io.BytesIO(render(data).preview)).convert("L")
    shown = picture(detail(data)).convert("L").resize(preview.size, Picture.Resampling.BOX)
    assert shown.getextrema() == (0, 255)
    assert not any(ImageChops.difference(shown, preview).histogram()[8:])


def test_what_is_cut_off_is_told_in_words() -> None:
    with pytest.raises(Unreadable, match="damaged"):
        detail(LARGE[: len(LARGE) // 2])


@pytest.fixture(autouse=True)
def all_the_time_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detail_module, "MOST_SECONDS", None)


@dataclass(frozen=True)
class Scene:
    """A project over a folder, with its previews."""

    one: Process
    folder: Folder
    project: str

    @classmethod
    async def of(cls, account: Account, files: dict[str, bytes]) -> Self:
        one = await account.process()
        folder = Folder(one)
        await folder.put(files)
        scene = cls(one, folder, await folder.project())
        await scene.look_again()
        return scene

    async def look_again(self) -> None:
        await self.one.refresh(self.project)
        await self.one.prepare(self.project)

    async def asked(self, name: str) -> StoredPicture:
        """What is given to whoever asks for this file's own pixels."""
        board = await self.one.board(self.project)
        (found,) = [
            (pack, slot, image)
            async for pack, _, images in board.rows.scan()
            for slot, image in enumerate(images)
            if image.name == self.folder.prefix + name
        ]
        return await detail_of(self.one.storage, await self.one.project(self.project), *found)

    def made(self) -> int:
        return len(self.one.line.writes("/detail/"))


async def test_it_is_made_once_for_each_version_of_a_file(account: Account) -> None:
    scene = await Scene.of(account, {"large.jpg": LARGE})
    assert scene.made() == 0
    first = await scene.asked("large.jpg")
    assert (first.width, first.height) == (2000, 1500)
    asked = len(scene.one.line.asked)
    assert await scene.asked("large.jpg") == first
    assert scene.made() == 1
    # Nor is the file read again.
    assert not [call for call in scene.one.line.asked[asked:] if scene.folder.prefix in call]
    await scene.folder.put({"large.jpg": saved(smooth(1600, 1200), "JPEG")})
    await scene.look_again()
    second = await scene.asked("large.jpg")
    assert second.blob != first.blob
    assert (second.width, second.height) == (1600, 1200)
    assert scene.made() == 2


async def test_the_preview_is_given_where_it_has_all_pixels(account: Account) -> None:
    sizes = {"small.png": (40, 20), "long.png": (3000, 48)}
    scene = await Scene.of(account, {name: saved(smooth(*size), "PNG") for name, size in sizes.items()})
    reads = len(scene.one.line.asked)
    for name, size in sizes.items():
        kept = await scene.asked(name)
        client = scene.one.storage.container((await scene.one.project(scene.project)).previews_container)
        shown = Picture.open(io.BytesIO(await (await client.download_blob(kept.blob)).readall()))
        assert (kept.blob.split("/")[0], kept.width, kept.height, *shown.size) == ("preview", *size, *size)
    assert scene.made() == 0
    assert not [call for call in scene.one.line.asked[reads:] if scene.folder.prefix in call]


async def test_it_is_dropped_with_the_project(account: Account) -> None:
    scene = await Scene.of(account, {"large.jpg": LARGE})
    made, dropped = await scene.asked("large.jpg"), await scene.one.project(scene.project)
    blob = scene.one.storage.container(dropped.previews_container).get_blob_client(made.blob)
    assert await blob.exists()
    await drop_project(scene.one.storage, dropped)
    assert not await blob.exists()


async def test_a_file_that_cannot_be_read_any_more_is_told_in_words_unless_the_detail_is_there_already(
    account: Account,
) -> None:
    scene = await Scene.of(account, dict.fromkeys(("known.jpg", "gone.jpg", "changed.jpg", "archived.jpg"), LARGE))
    known = await scene.asked("known.jpg")
    await scene.folder.drop("known.jpg", "gone.jpg")
    await scene.folder.put({"changed.jpg": saved(smooth(1600, 1200), "JPEG")})
    await scene.folder.archive("archived.jpg")
    assert await scene.asked("known.jpg") == known
    for name, words in (
        ("gone.jpg", "The file is no longer there"),
        ("changed.jpg", "The file has changed"),
        ("archived.jpg", "The file is in the archive tier"),
    ):
        with pytest.raises(Conflict, match=rf"cannot be shown at full size\. {words}"):
            await scene.asked(name)
    assert scene.made() == 1


async def test_a_file_that_cannot_be_decoded_is_told_in_words(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = await Scene.of(account, {"large.jpg": LARGE})
    monkeypatch.setattr(detail_module, "decode_detail", decoding_half)
    with pytest.raises(Conflict, match=r"cannot be shown at full size\. The file is damaged"):
        await scene.asked("large.jpg")
    assert scene.made() == 0


async def decoding_half(budgets: Budgets, data: bytes) -> Detail | None:
    return await decode_detail(budgets, data[: len(data) // 2])


async def test_what_takes_too_long_is_to_be_asked_for_later(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = await Scene.of(account, {"large.jpg": LARGE})
    monkeypatch.setattr(detail_module, "MOST_SECONDS", 0)
    with pytest.raises(Busy, match="takes too long"):
        await scene.asked("large.jpg")
    assert scene.made() == 0
