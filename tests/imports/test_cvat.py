"""CVAT for images 1.1: the tags of images are their labels, and shapes are counted."""

import pytest

from functions.imports.content import CHUNK, Content
from functions.imports.formats import FORMATS, cvat
from functions.imports.lines import Line, Loose, Region, Unreadable
from tests.imports.reading import found_in, read_as
from tests.imports.zips import said_in, zipped

# As CVAT writes it: https://docs.cvat.ai/docs/other/xml_format/
ANNOTATIONS = """<?xml version="1.0" encoding="utf-8"?>
<annotations>
  <version>1.1</version>
  <meta>
    <task>
      <id>7</id>
      <name>Pets</name>
      <mode>annotation</mode>
      <labels>
        <label><name>Cat</name><type>tag</type><attributes></attributes></label>
        <label><name>Bell &amp; collar</name><type>any</type><attributes></attributes></label>
      </labels>
    </task>
  </meta>
  <image id="0" name="pets/a.jpg" width="8" height="6">
    <tag label="Cat" source="manual">
      <attribute name="age">3</attribute>
    </tag>
    <box label="Cat" source="manual" occluded="0" xtl="1.00" ytl="1.00" xbr="4.00" ybr="5.00" z_order="0">
    </box>
    <skeleton label="Cat" source="manual" z_order="0">
      <points label="nose" source="manual" outside="0" occluded="0" points="1.00,2.00"></points>
    </skeleton>
  </image>
  <image id="1" name="pets/b.jpg" subset="Train" task_id="7" width="8" height="6">
    <tag label="Bell &amp; collar" source="semi-auto"></tag>
    <tag label="Cat" source="auto"></tag>
    <polygon label="Cat" source="auto" occluded="0" points="1.00,1.00;2.00,2.00;3.00,1.00" z_order="0"></polygon>
    <mask label="Cat" source="auto" occluded="0" rle="1, 2" left="1" top="1" width="1" height="3" z_order="0"></mask>
  </image>
  <image id="2" name="pets/c.jpg" width="8" height="6">
  </image>
</annotations>
"""
SAID = [
    Line(("pets/a.jpg",), "Cat", row=16),
    Region(19),
    Region(21),
    Line(("pets/b.jpg",), "Bell & collar", row=26),
    Line(("pets/b.jpg",), "Cat", suggested=True, row=27),
    Region(28),
    Region(29),
]


def read(text: str | bytes) -> list[object]:
    return list(FORMATS["cvat"].read(Content.of(text)))


@pytest.mark.parametrize("chunk", [1, 7, CHUNK])
def test_tags_are_labels_by_their_lines_and_shapes_are_regions(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cvat, "CHUNK", chunk)
    assert found_in(ANNOTATIONS) == "cvat"
    assert read(ANNOTATIONS) == SAID


def test_it_is_read_in_a_zip_beside_its_images() -> None:
    images = dict.fromkeys(("images/pets/a.jpg", "images/pets/b.jpg"), b"\xff")
    form, said = said_in(zipped({"annotations.xml": ANNOTATIONS, **images}))
    assert form == "cvat"
    assert [one for one in said if isinstance(one, Line)] == [
        one._replace(row=0) for one in SAID if isinstance(one, Line)
    ]


def test_it_is_read_whatever_its_bytes_are_and_say() -> None:
    said = '<annotations><image name="ä.jpg"><tag label="Müll"/></image></annotations>'
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        raw = f'<?xml version="1.0" encoding="iso-8859-1"?>{said}'.encode(encoding)
        assert found_in(raw) == "cvat"
        assert read_as("cvat", raw) == [Line(("ä.jpg",), "Müll")]


def test_the_tracks_of_a_video_are_regions() -> None:
    track = '<track id="0" label="Cat"><box frame="0" outside="0"/><box frame="1" outside="1"/></track>'
    assert read(f"<annotations>{track}{track}</annotations>") == [Region(1), Region(1)]


def test_tags_that_make_no_sense_are_told() -> None:
    said = '<annotations>\n<image><tag label="Cat"/></image>\n<image name="a.jpg"><tag/></image><tag/></annotations>'
    assert read_as("cvat", said) == [
        Loose("The tag in line 2 is of an image without a name."),
        Loose("The tag in line 3 has no label."),
    ]


BOMB = "".join(f'<!ENTITY {chr(98 + one)} "{f"&{chr(97 + one)};" * 10}">' for one in range(9))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<annotations><image></annotations>", r"not XML: see line 1, column 23\."),
        (ANNOTATIONS[:700], "not XML: see line 21, column 5"),
        ("", "not XML"),
        ("<annotation/>", "must begin with annotations"),
        (f'<!DOCTYPE x [<!ENTITY a "ha">{BOMB}]><annotations>&j;</annotations>', "declares a document type"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><annotations/>', "declares a document type"),
        ("<annotations>" + "<a>" * 200, "nested more than 100 deep"),
        ("<annotations>&nbsp;</annotations>", "not XML"),
    ],
)
def test_what_is_no_xml_of_cvat_is_told_by_its_line(text: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        read(text)


def test_a_tag_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cvat, "CHUNK", 10)
    monkeypatch.setattr(cvat, "LONGEST", 100)
    with pytest.raises(Unreadable, match="more than 100 characters"):
        read(f'<annotations><image name="{"a" * 1000}"/></annotations>')
    images = '<image name="a"/>' * 100
    assert read(f"<annotations>{images}</annotations>") == []
