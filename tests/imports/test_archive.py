"""Zips of strangers: what is in them is read, and what is not to be trusted is refused in words."""

import io
import random
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.imports import archive as archives
from functions.imports.archive import Archive, BadArchive
from functions.imports.content import Content
from functions.imports.formats import FORMATS, format_of
from functions.imports.lines import Line, Unreadable
from tests.imports.zips import said_in, zipped

TABLE = "image,label\na.jpg,Cat\n"
CAT = Line(("a.jpg",), "Cat")
COCO = (
    '{"images": [{"id": 1, "file_name": "a.jpg"}], "annotations": [{"image_id": 1, "category_id": 1}],'
    ' "categories": [{"id": 1, "name": "Cat"}]}'
)


def of(raw: bytes) -> Archive:
    return Archive(lambda: io.BytesIO(raw))


def held(raw: bytes) -> dict[str, bytes]:
    archive = of(raw)
    found = {}
    for entry in archive.entries():
        with archive.open(entry) as file:
            found[entry.name] = file.read()
    return found


@given(
    files=st.dictionaries(st.text("abcäö1 /", min_size=1).map(lambda name: f"x{name}x"), st.binary(), max_size=5),
    method=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
    before=st.binary(max_size=9),
    comment=st.binary(max_size=9),
)
def test_what_was_packed_comes_out(files: dict[str, bytes], method: int, before: bytes, comment: bytes) -> None:
    packed = io.BytesIO(zipped(files, method))
    with zipfile.ZipFile(packed, "a") as archive:
        archive.comment = comment
    assert held(before + packed.getvalue()) == files


def test_a_directory_of_zip64_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 10)
    files = {"a.csv": b"x" * 50, "b.csv": b"y" * 50}
    raw = zipped(files)
    assert archives.END_64 in raw
    assert held(raw) == held(b"before it" + raw) == files


def test_folders_and_what_systems_leave_beside_files_are_passed_over() -> None:
    raw = zipped({"x/": b"", "x/a.csv": b"1", "__MACOSX/x/._a.csv": b"2", ".DS_Store": b"3", "x/.hidden/b.csv": b"4"})
    assert held(raw) == {"x/a.csv": b"1"}


def test_names_are_read_however_they_are_written() -> None:
    raw = zipped({"x/abcd.csv": b"1"})
    assert [*held(raw.replace(b"x/abcd.csv", "x/ébc.csv".encode()))] == ["x/ébc.csv"]
    assert [*held(raw.replace(b"x/abcd.csv", b"x\\ab\x82d.csv"))] == ["x/abéd.csv"]


@pytest.mark.parametrize("name", ["../a.csv", "x/../../a.csv", "/a.csv", "C:/a.csv", "..\\a.csv", "x/.."])
def test_an_entry_outside_of_its_folder_is_refused_by_its_name(name: str) -> None:
    packed = zipped({"b.csv": TABLE, name.replace("\\", "|"): TABLE}).replace(b"..|", b"..\\")
    with pytest.raises(BadArchive, match="outside of its folder"):
        format_of(Content.of(packed))


def test_an_encrypted_entry_is_refused_by_its_name() -> None:
    raw = bytearray(zipped({"a.csv": TABLE}))
    raw[raw.index(archives.ENTRY) + 8] |= 1
    with pytest.raises(BadArchive, match=r"encrypted: a\.csv"):
        format_of(Content.of(bytes(raw)))


def test_more_entries_than_are_taken_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_ENTRIES", 3)
    assert len(held(zipped({f"{one}.txt": b"" for one in range(3)}))) == 3
    with pytest.raises(BadArchive, match="more than 3 entries"):
        held(zipped({f"{one}.txt": b"" for one in range(4)}))


def test_a_bomb_is_refused_by_what_comes_out_and_not_by_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_ENTRY", 200_000)
    bomb = bytearray(zipped({"labels.csv": TABLE * 100_000}))
    struct.pack_into("<L", bomb, bomb.index(archives.ENTRY) + 24, 10)
    for form in ("auto", "csv"):
        content = Content.of(bytes(bomb))
        with pytest.raises(BadArchive, match=r"more than is taken: see labels\.csv"):
            list(FORMATS[format_of(content) if form == "auto" else form].read(content))


def test_entries_that_are_much_together_are_refused_and_one_that_is_read_twice_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archives, "MOST_UNPACKED", 1000)
    archive = of(zipped({"a.csv": b"x" * 600, "b.csv": b"x" * 600}))
    first, second = archive.entries()
    for _ in range(3):
        assert len(archive.open(first).read()) == 600
    with pytest.raises(BadArchive, match=r"see b\.csv"):
        archive.open(second).read()


def test_entries_that_lie_over_each_other_are_counted_each_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = zipped({"a.csv": b"x" * 600, "b.csv": b""})
    second = raw.index(archives.ENTRY, raw.index(archives.ENTRY) + 1)
    sizes, offset = raw[second - 35 : second - 23], struct.pack("<L", 0)
    over = raw[: second + 16] + sizes + raw[second + 28 : second + 42] + offset + raw[second + 46 :]
    assert held(over) == {"a.csv": b"x" * 600, "b.csv": b"x" * 600}
    monkeypatch.setattr(archives, "MOST_UNPACKED", 1000)
    with pytest.raises(BadArchive, match=r"see b\.csv"):
        held(over)


def test_an_entry_behind_the_end_is_refused() -> None:
    raw = bytearray(zipped({"a.csv": b"1"}))
    entry = raw.index(archives.ENTRY)
    struct.pack_into("<L", raw, entry + 42, archives.IN_ZIP64)
    wide = struct.pack("<HHQ", archives.ZIP64, 8, 2**64 - 1)
    struct.pack_into("<H", raw, entry + 30, len(wide))
    end = raw.index(archives.END)
    raw[end:end] = wide
    struct.pack_into("<L", raw, end + len(wide) + 12, end + len(wide) - entry)
    with pytest.raises(BadArchive, match="broken"):
        held(bytes(raw))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_way_of_packing_that_is_not_read_is_told(method: int) -> None:
    with pytest.raises(BadArchive, match=r"a\.csv is packed in a way"):
        format_of(Content.of(zipped({"a.csv": TABLE}, method)))


def test_an_archive_that_is_cut_off_or_damaged_anywhere_is_refused_or_read() -> None:
    noise = random.Random(1)
    whole = zipped({"a.csv": TABLE * 3, "b/c.csv": noise.randbytes(300)})
    for at in range(len(whole)):
        with pytest.raises(BadArchive):
            held(whole[:at])
        spoiled = bytearray(whole)
        spoiled[at] ^= 1 << noise.randrange(8)
        try:
            found = held(bytes(spoiled))
        except BadArchive:
            continue
        assert set(found.values()) <= {(TABLE * 3).encode(), *held(whole).values()}


def test_an_entry_is_sought_in_by_unpacking_it_anew() -> None:
    raw = bytes(range(256)) * 1000
    archive = of(zipped({"a.csv": raw}))
    with archive.open(*archive.entries()) as file:
        for at in (5, 200_000, 3, 255_999, 999_999, 0):
            assert file.seek(at) == min(at, len(raw))
            assert file.read(3) == raw[at : at + 3]


@pytest.mark.parametrize(
    ("files", "form"),
    [
        ({"labels.csv": TABLE}, "csv"),
        ({"images/a.jpg": b"\xff", "export/result.json": COCO, "README.txt": "Hello."}, "coco"),
        (
            {"Cat/a.jpg": b"\xff", "Dog/b.jpg": b"\xff", "labels.jsonl": '{"image_url": "a.jpg", "label": "Cat"}'},
            "azureml",
        ),
        (
            {"tasks.json": '[{"image": "a.jpg", "choice": "Cat"}]'},
            "labelstudio",
        ),
    ],
)
def test_a_zip_with_a_label_file_is_read_as_that(files: dict[str, str | bytes], form: str) -> None:
    assert said_in(zipped(files)) == (form, [CAT])


def test_label_files_of_one_format_are_read_one_after_the_other_and_told_by_their_names() -> None:
    form, said = said_in(zipped({"train.csv": TABLE, "sub/test.csv": "image,label\n,Dog\n"}))
    assert (form, said[0]) == ("csv", CAT)
    assert [getattr(one, "reason", "") for one in said[1:]] == ["sub/test.csv: Line 2 names no image."]
    with pytest.raises(Unreadable, match=r"^sub/test\.csv: Line 2 is not CSV"):
        said_in(zipped({"train.csv": TABLE, "sub/test.csv": 'image,label\n"x'}))


def test_label_files_of_several_formats_are_told_and_each_is_read_if_that_is_asked_for() -> None:
    raw = zipped({"a.json": COCO, "b.csv": "image,label\nb.jpg,Dog\n"})
    with pytest.raises(Unreadable, match=r"several formats: coco, and csv in b\.csv\."):
        said_in(raw)
    for form, line in (("coco", CAT), ("csv", Line(("b.jpg",), "Dog"))):
        assert [one._replace(row=0) for one in FORMATS[form].read(Content.of(raw)) if isinstance(one, Line)] == [line]


def test_a_zip_without_labels_is_told_and_a_workbook_is_called_one() -> None:
    with pytest.raises(Unreadable, match="no label file"):
        said_in(zipped({"a.jpg": b"\xff", "notes.txt": b"a\0\0\0", "README.md": "Cats."}))
    workbook = zipped({"[Content_Types].xml": "<Types/>", "xl/worksheets/sheet1.xml": "<worksheet/>"})
    for form in ("csv", "coco"):
        with pytest.raises(Unreadable, match="Excel workbook"):
            list(FORMATS[form].read(Content.of(workbook)))
    with pytest.raises(Unreadable, match="Excel workbook"):
        said_in(workbook)
