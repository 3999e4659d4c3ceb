"""Labels in JSON: COCO, JSON Lines of Azure ML's datasets, and Label Studio's."""

import json
from typing import Any

import pytest

from functions.imports.lines import SENSELESS, Grouped, Line, Loose, Region, Said, Unreadable
from tests.imports.reading import read_as

IMAGES = [{"id": 1, "file_name": "a.jpg"}, {"id": 2, "file_name": "b.jpg"}]
CATEGORIES = [{"id": 1, "name": "Cat"}, {"id": 2, "name": "Dog"}]
BOTH = [Line(("a.jpg",), "Cat"), Line(("b.jpg",), "Dog")]


def said(image: Any, category: Any, **more: Any) -> dict[str, Any]:
    return {"image_id": image, "category_id": category, **more}


def coco(*annotations: Any, images: Any = IMAGES, categories: Any = CATEGORIES) -> list[Said]:
    document = {"images": images, "annotations": list(annotations), "categories": categories}
    return read_as("coco", json.dumps(document))


def reasons(lines: list[Said]) -> list[str]:
    return [line.reason for line in lines if isinstance(line, Loose)]


def test_coco_whose_ids_are_texts_here_and_numbers_there_fits_together() -> None:
    texts = [{**one, "id": f" {one['id']}"} for one in IMAGES]
    assert coco(said(1, 1), said(2.0, "2"), images=texts) == BOTH


def test_an_annotation_that_fits_nothing_is_told_and_the_others_are_read() -> None:
    images = [*IMAGES, {"id": 3}, {"file_name": "no id.jpg"}, None, "x"]
    loose = [said(77, 1, id=5), said(1, 77), said(None, 1), {"image_id": 1, "caption": "x"}, said(3, 1), said(True, 1)]
    found = coco(said(1, 1), *loose, None, "x", [], said(2, 2), images=images)
    assert [line for line in found if isinstance(line, Line)] == BOTH
    assert reasons(found) == [
        "Annotation no. 2 is of an image that is not there: 77.",
        "Annotation no. 3 is of a category that is not there: 77.",
        "Annotation no. 4 has no image_id.",
        "Annotation no. 5 has no category_id.",
        "Annotation no. 6 is of an image without a file_name: 3.",
        "Annotation no. 7 has no image_id.",
        "Annotation no. 8 has no image_id.",
        "Annotation no. 9 has no image_id.",
        "Annotation no. 10 has no image_id.",
    ]


@pytest.mark.parametrize(
    ("images", "categories", "told"),
    [
        ([*IMAGES, {"id": "1", "file_name": "c.jpg"}], CATEGORIES, "Two images have the id 1."),
        (IMAGES, [*CATEGORIES, {"id": 1.0, "name": "Bird"}], "Two categories have the id 1: Cat and Bird."),
    ],
)
def test_one_id_for_two_is_refused_by_its_name(images: Any, categories: Any, told: str) -> None:
    with pytest.raises(Unreadable) as found:
        coco(said(1, 1), images=images, categories=categories)
    assert found.value.reason.startswith(told)


def test_what_is_there_twice_and_is_the_same_does_no_harm() -> None:
    categories = [*CATEGORIES, CATEGORIES[0], {"id": 3, "name": "Cat"}]
    assert coco(said(1, 3), said(2, 2), images=[*IMAGES, IMAGES[0]], categories=categories) == BOTH


@pytest.mark.parametrize("text", ['{"images": []}', '{"images": [{"id": 1}], "annotations": null, "categories": []}'])
def test_coco_without_annotations_has_no_lines(text: str) -> None:
    assert read_as("coco", text) == []


def test_an_image_in_coco_has_all_its_addresses() -> None:
    addresses = {"coco_url": "AmlDatastore://fruit/b/a.jpg", "absolute_url": "https://example.org/fruit/a.jpg"}
    (line,) = coco(said(1, 1), images=[{**IMAGES[0], **addresses}])
    assert isinstance(line, Line)
    assert line.places == ("a.jpg", *addresses.values())


def test_an_address_that_says_no_more_than_the_path_is_not_held() -> None:
    addresses = {"coco_url": "AmlDatastore://ws/x/a.jpg", "absolute_url": "https://a.blob.core.windows.net/c/x/a.jpg"}
    (line,) = coco(said(1, 1), images=[{"id": 1, "file_name": "x/a.jpg", **addresses}])
    assert isinstance(line, Line)
    assert line.places == ("x/a.jpg",)


def test_boxes_and_outlines_say_nothing_of_the_image_unless_they_are_all_of_it() -> None:
    images = [{"id": 1, "file_name": "a.jpg", "width": 8, "height": 6}]
    whole = [said(1, 1), said(1, 1, bbox=[0, 0, 8, 6]), said(1, 1, bbox=[0, 0, 1, 1]), said(1, 1, segmentation=[])]
    parts = [said(1, 1, bbox=[0, 0, 4, 6]), said(1, 1, bbox=[1, 0, 8, 6]), said(1, 1, bbox=5, segmentation=[[1, 2]])]
    assert coco(*whole, *parts, images=images) == [*[Line(("a.jpg",), "Cat")] * 4, Region(5), Region(6), Region(7)]


def test_categories_of_coco_have_groups() -> None:
    categories = [{**CATEGORIES[0], "supercategory": "Animal/Small "}, {**CATEGORIES[1], "supercategory": "Dog"}]
    assert coco(said(1, 1), said(2, 2), categories=categories) == [Grouped("Cat", "Animal/Small"), *BOTH]


def test_lists_of_coco_come_in_any_order() -> None:
    document = {"annotations": [said(1, 1), said(2, 2)], "categories": CATEGORIES, "info": {}, "images": IMAGES}
    assert read_as("coco", json.dumps(document, indent=1)) == BOTH


@pytest.mark.parametrize(
    ("entry", "lines"),
    [
        ({"label": "Cat"}, [("Cat", 1, False)]),
        ({"label": "Cat", "label_confidence": 0.7}, [("Cat", 0.7, True)]),
        ({"label": "Cat", "label_confidence": 1}, [("Cat", 1, False)]),
        ({"label": ["Cat", "Dog"], "label_confidence": [1, 0.5]}, [("Cat", 1, False), ("Dog", 0.5, True)]),
        ({"label": 0}, [("0", 1, False)]),
        ({"label": None}, []),
        ({"label": ""}, []),
        ({"label": {}}, []),
        ({}, []),
    ],
)
def test_a_line_of_an_azure_ml_dataset_gives_its_labels(entry: dict[str, Any], lines: list[Any]) -> None:
    text = "\ufeff" + json.dumps({"image_url": "a.jpg", **entry}) + "\r\n\r\n"
    assert read_as("azureml", text) == [Line(("a.jpg",), *line) for line in lines]


IN_AZURE = "azureml://subscriptions/1/resourcegroups/2/workspaces/3/datastores/4/paths/x/a.jpg"
DETAILS = {"format": "jpg", "width": "8px", "height": "6px"}


@pytest.mark.parametrize("url", ["AmlDatastore://x/a.jpg", IN_AZURE])
def test_both_ways_in_which_azure_ml_writes_its_datasets_are_read(url: str) -> None:
    """https://learn.microsoft.com/azure/machine-learning/reference-automl-images-schema, and its first version."""
    box = {"topX": 0.1, "topY": 0.2, "bottomX": 0.3, "bottomY": 0.4, "isCrowd": 0}
    shape = {"isCrowd": 0, "polygon": [[0.1, 0.2, 0.3, 0.4, 0.1, 0.4]]}
    said = ["Cat", ["Cat", "Dog"], [{"label": "Cat", **box}, {"label": "Dog", **box}], [{"label": "Cat", **shape}]]
    text = "".join(json.dumps({"image_url": url, "image_details": DETAILS, "label": one}) + "\n" for one in said)
    cat, dog = Line((url,), "Cat"), Line((url,), "Dog")
    assert read_as("azureml", text) == [cat, cat, dog, Region(3), Region(3), Region(4)]


@pytest.mark.parametrize(
    ("labels", "paths", "groups"),
    [
        ("Cat", "Animal/Pet/Cat", [Grouped("Cat", "Animal/Pet")]),
        (["Cat", "Dog"], ["Animal/Cat", "Dog"], [Grouped("Cat", "Animal")]),
        ("Cat", "Animal", []),
        ("Cat", 5, []),
    ],
)
def test_lines_of_this_service_tell_the_groups_of_their_labels(labels: Any, paths: Any, groups: list[Grouped]) -> None:
    found = read_as("azureml", json.dumps({"image_url": "a.jpg", "label": labels, "label_path": paths}))
    assert [one for one in found if isinstance(one, Grouped)] == groups


def test_json_lines_are_refused_or_passed_over_by_their_number() -> None:
    assert reasons(read_as("azureml", '\n{"label": "Cat"}\n')) == ["Line 2 names no image."]
    for text in ('{"label": "Cat"}\n{"label": ', '{}\n["label"]'):
        with pytest.raises(Unreadable, match="line 2 is not"):
            read_as("azureml", text)


def choice(*names: str) -> dict[str, Any]:
    return {"result": [{"type": "choices", "value": {"choices": list(names)}}]}


@pytest.mark.parametrize(
    ("task", "lines"),
    [
        ({"data": {"image": "s3://b/a.jpg"}, "annotations": [choice("Cat")]}, [(("s3://b/a.jpg",), "Cat")]),
        ({"data": {"photo": "a.jpg"}, "annotations": [choice("Cat")]}, [(("a.jpg",), "Cat")]),
        ({"data": {"image": "a.jpg"}, "annotations": [{**choice("Cat"), "was_cancelled": True}]}, []),
        (
            {"data": {"image": "a.jpg"}, "annotations": [], "predictions": [{**choice("Cat"), "score": 0.5}]},
            [(("a.jpg",), "Cat", 0.5, True)],
        ),
        (
            {"data": {"image": "a.jpg"}, "annotations": [choice("Cat")], "predictions": [choice("Dog")]},
            [(("a.jpg",), "Cat")],
        ),
        ({"id": 1, "image": "a.jpg", "choice": "Cat", "annotator": 1}, [(("a.jpg",), "Cat")]),
        ({"image": "/data/local-files/?d=x/a%20b.jpg", "choice": "Cat"}, [(("x/a b.jpg",), "Cat")]),
        (
            {"image": "/data/upload/1/0a1b2c3d-a.jpg", "choice": "Cat"},
            [(("/data/upload/1/0a1b2c3d-a.jpg", "a.jpg"), "Cat")],
        ),
    ],
)
def test_a_task_of_label_studio_gives_its_choices(task: dict[str, Any], lines: list[Any]) -> None:
    assert read_as("labelstudio", json.dumps([task])) == [Line(*line) for line in lines]


SHAPE = {"x": 1, "y": 1, "width": 5, "height": 5, "rotation": 0}


def test_what_label_studio_says_of_regions_is_counted_and_not_taken_for_the_images() -> None:
    result = [
        {"type": "rectanglelabels", "value": {**SHAPE, "rectanglelabels": ["Cat"]}},
        {"type": "choices", "value": {**SHAPE, "choices": ["Asleep"]}},
        {"type": "brushlabels", "value": {"format": "rle", "rle": [1], "brushlabels": ["Cat"]}},
        {"type": "textarea", "value": {"text": ["A cat."]}},
        *choice("Cat")["result"],
    ]
    tasks = [
        {"data": {"image": "a.jpg"}, "annotations": [{"result": result}], "predictions": [choice("Dog")]},
        {"image": "b.jpg", "choice": {"choices": ["Cat", "Dog"]}},
        {"image": "c.jpg", "label": [{**SHAPE, "rectanglelabels": ["Cat"]}, {**SHAPE, "rectanglelabels": ["Dog"]}]},
    ]
    both = [Line(("b.jpg",), "Cat"), Line(("b.jpg",), "Dog")]
    found = read_as("labelstudio", json.dumps(tasks))
    assert found == [*[Region(1)] * 3, Line(("a.jpg",), "Cat"), *both, Region(3), Region(3)]


def test_a_task_of_label_studio_that_makes_no_sense_is_told() -> None:
    tasks = [None, {"data": {}, "annotations": [choice("Cat")]}, {"data": {"image": "a.jpg"}, "annotations": [1]}]
    assert reasons(read_as("labelstudio", json.dumps(tasks))) == [
        "Task no. 1 is not an object.",
        "Task no. 2 names no image.",
    ]


@pytest.mark.parametrize("score", ["9" * 70, "-" + "9" * 70, "1e400", "NaN", '"' + "9" * 400 + '"', "[0.5]"])
def test_a_score_that_is_out_of_range_makes_no_sense(score: str) -> None:
    text = json.dumps({"images": IMAGES, "categories": CATEGORIES, "annotations": [said(1, 1, score="here")]})
    assert read_as("coco", text.replace('"here"', score)) == [Line(("a.jpg",), "Cat", SENSELESS)]


def test_a_number_of_thousands_of_digits_is_told() -> None:
    with pytest.raises(Unreadable, match="number of thousands of digits"):
        read_as("coco", '{"images": [], "annotations": [{"score": ' + "9" * 5000 + "}]}")
