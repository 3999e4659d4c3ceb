"""Tables as spreadsheets and other programs write them."""

import pytest

from functions.imports.lines import SENSELESS, Grouped, Line, Loose, Region, Said, Unreadable
from tests.imports.reading import read_as

CAT = [Line(("0.jpg",), "Cat")]


def read(text: str | bytes) -> list[Said]:
    return read_as("csv", text)


@pytest.mark.parametrize(
    "text",
    [
        "image,label\r\n0.jpg,Cat\r\n",
        "image\tlabel\n0.jpg\tCat\n",
        "image;label\r\n0.jpg;Cat\r\n",
        "image|label\n0.jpg|Cat\n",
        "image,label\r0.jpg,Cat\r",
        "sep=;\r\nimage;label\r\n0.jpg;Cat\r\n",
        '"sep=\t"\nimage\tlabel\n0.jpg\tCat\n',
        "sep=:\nimage:label\n0.jpg:Cat",
        "\n  \r\n,,\r\nimage,label\n0.jpg,Cat\n\n,\n",
        "\ufeff\nsep=;\n\ufeffimage;label\n0.jpg;Cat",
        '"image";"label"\r\n"0.jpg";"Cat"\r\n',
        'note, "free";image;label\n1,5;0.jpg;Cat\n',
        "label,image,more\nCat,0.jpg\n",
    ],
)
def test_a_table_is_read_however_it_is_separated(text: str) -> None:
    assert read(text) == CAT


IMAGE_HEADERS = """
image file filename file_name filepath path image_path image_name Image-Name imageFile image-id id ID
image_url url coco_url absolute_url \ufeffimage
"""
LABEL_HEADERS = "label labels Label class class_name className category category_name choice LABEL.NAME"


@pytest.mark.parametrize("image", IMAGE_HEADERS.split())
@pytest.mark.parametrize("label", LABEL_HEADERS.split())
def test_columns_are_known_by_their_usual_names(image: str, label: str) -> None:
    assert read(f"{image}, {label} \n0.jpg,Cat\n") == read(f"{label},{image}\nCat,0.jpg\n") == CAT


def test_of_several_columns_the_one_that_says_most_is_taken() -> None:
    (line,) = read("id,label,class_name,filename,image_url\n7,3,Cat,0.jpg,https://example.org/0.jpg\n")
    assert line == Line(("0.jpg", "https://example.org/0.jpg"), "Cat")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_table_is_read_whatever_its_bytes(encoding: str) -> None:
    raw = "image;label\r\nété.jpg;Müll\r\n".encode(encoding)
    marked = b"\xfe\xff" + raw if encoding == "utf-16-be" else raw
    assert read(raw) == read(marked) == [Line(("été.jpg",), "Müll")]


@pytest.mark.parametrize(
    ("cell", "confidence"),
    [
        *[
            ("0.55", 0.55),
            ("0,55", 0.55),
            (",5", 0.5),
            ("55 %", 0.55),
            ("55,5%", 0.555),
            ("", 1),
            ("1", 1),
            ("1e-1", 0.1),
        ],
        *[(senseless, SENSELESS) for senseless in ("sure", "55", "-1", "nan", "1,234,5")],
    ],
)
def test_a_confidence_is_read_with_either_decimal_sign_and_never_made_up(cell: str, confidence: float) -> None:
    assert read(f"image;label;confidence\n0.jpg;Cat;{cell}\n") == [Line(("0.jpg",), "Cat", confidence)]


def test_lists_of_labels_are_taken_apart_where_a_column_has_them() -> None:
    assert read('image,labels\n0.jpg,"[""Cat"", ""Dog""]"\n') == [*CAT, Line(("0.jpg",), "Dog")]
    assert read('image,label\n0.jpg,"[""Cat""]"\n') == [Line(("0.jpg",), '["Cat"]')]


def test_a_list_is_taken_apart_beside_an_address_in_any_column_of_labels() -> None:
    text = 'Url,Label\n0.jpg,"[""Cat"", ""Dog""]"\n0.jpg,Cat\n2.jpg,[x\n3.jpg,[]\n'
    assert read(text) == [*CAT, Line(("0.jpg",), "Dog"), *CAT, Line(("2.jpg",), "[x")]


def test_the_table_of_label_studio_is_read_with_its_choices_and_its_regions() -> None:
    """As label_studio_sdk.converter writes it: sorted columns, JSON where there is more than one choice."""
    rows = [
        ("/data/upload/1/0a1b2c3d-0.jpg", "Cat"),
        ("/data/local-files/?d=x/1.jpg", '{"choices": ["Cat", "Dog"]}'),
        ("2.jpg", '[{"x": 1, "y": 1, "rectanglelabels": ["Cat"]}, {"x": 2, "y": 1, "rectanglelabels": ["Dog"]}]'),
        ("3.jpg", ""),
    ]
    text = '"annotation_id","annotator","choice","created_at","id","image","lead_time","updated_at"\r\n'
    for number, (image, choice) in enumerate(rows, 1):
        cell = choice.replace('"', '""')
        text += f'{number},"ann@example.org","{cell}","2024-01-01T00:00:00Z",{number},"{image}",1.5,"2024-01-01"\r\n'
    places = ("/data/upload/1/0a1b2c3d-0.jpg", "0.jpg")
    both = [Line(("x/1.jpg",), "Cat"), Line(("x/1.jpg",), "Dog")]
    assert read(text) == [Line(places, "Cat"), *both, Region(4), Region(4)]


@pytest.mark.parametrize(
    "header", ["image,xmin,ymin,xmax,ymax,label", "filename,width,height,class,xmin,ymin,xmax,ymax"], ids=["VoTT", "TF"]
)
def test_rows_that_are_boxes_say_nothing_of_the_image(header: str) -> None:
    cells = {"image": "0.jpg", "filename": "0.jpg", "label": "Cat", "class": "Cat"}
    box = ",".join(cells.get(name, "1.5") for name in header.split(","))
    none = ",".join(cells.get(name, "") for name in header.split(","))
    assert read(f"{header}\n{box}\n{box}\n{none}\n") == [Region(2), Region(3), *CAT]


def test_rows_without_a_label_are_passed_over_and_those_without_an_image_are_told() -> None:
    text = '\nimage,label\n0.jpg,Cat\n1.jpg,\n2.jpg\n"two\nlines.jpg",\n ,Dog\n,Dog\n'
    assert read(text) == [*CAT, Loose("Line 8 names no image."), Loose("Line 9 names no image.")]


def test_a_guard_against_formulas_is_taken_off() -> None:
    assert read("image,label\n'=1+1.jpg,'-x\n") == [Line(("=1+1.jpg", "'=1+1.jpg"), "-x")]


def test_what_has_not_the_columns_is_told_those_that_it_has_and_those_that_it_may_have() -> None:
    with pytest.raises(Unreadable) as found:
        read("name\ttag\thttps://example.org/?sig=secret\t\n0.jpg\tCat\n")
    reason = found.value.reason
    assert "read with tabs between them: name, tag, https://example.org/, (no name)." in reason
    assert all(word in reason for word in ("filename", "imageurl", "categoryname", "choice"))
    assert "secret" not in reason


@pytest.mark.parametrize("text", ['image,label\n0.jpg,Cat\n"1.jpg,Dog\n2.jpg,Dog\n', 'image,label\n\n"1"x,Dog\n'])
def test_a_table_that_breaks_off_is_told_by_its_line(text: str) -> None:
    with pytest.raises(Unreadable, match=r"^Line 3 is not CSV: a quotation mark"):
        read(text)


@pytest.mark.parametrize("raw", [b"\x1f\x8b\x08", b"\xd0\xcf\x11\xe0\xa1"])
def test_a_workbook_is_called_one(raw: bytes) -> None:
    with pytest.raises(Unreadable, match="Excel workbook"):
        read(raw)


@pytest.mark.parametrize("raw", [b"\xff\xd8\xff\xe0\0\x10JFIF\x81", b"\x89PNG\r\n\x1a\n\x81", b"a\0\0\0", b"\xff\xfea"])
def test_what_is_no_text_is_called_none(raw: bytes) -> None:
    with pytest.raises(Unreadable, match="text"):
        read(raw)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_a_text_that_breaks_off_within_a_character_was_cut_off(encoding: str) -> None:
    raw = "image,label\nä.jpg,Kö".encode(encoding)[:-1]
    with pytest.raises(Unreadable, match=r"^This text breaks off within a character"):
        read(raw)
    assert read("image,label\na.jpg,Café".encode("cp1252")) == [Line(("a.jpg",), "Café")]


def test_a_table_tells_the_groups_of_its_labels() -> None:
    found = read("image,label,group\n0.jpg,Cat,Animal/Domestic\n1.jpg,Truck,\n")
    assert found == [Grouped("Cat", "Animal/Domestic"), *CAT, Line(("1.jpg",), "Truck")]
