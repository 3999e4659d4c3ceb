"""The client is in step with the API: what it calls, asks and reads, beside the OpenAPI document that is served."""

import ast
import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

import image_labeling
from image_labeling import options, routes
from image_labeling.answers.base import Page
from image_labeling.connection import PAGING
from image_labeling.route import Route
from image_labeling.spelling import body_of
from tests.api.builders import People, good

SOURCE = Path(inspect.getfile(image_labeling)).parent
ROWS: Mapping[str, Route[Any]] = {name: row for name, row in vars(routes).items() if isinstance(row, Route)}

Schema = Mapping[str, Any]


@pytest.fixture(scope="module")
def document(people: People) -> Schema:
    """As the running service serves it."""
    found: Schema = good(people(None).get("/api/openapi.json"))
    return found


def operations(document: Schema) -> dict[str, Schema]:
    """By method and path, as routes.py has them."""
    return {
        f"{method.upper()} {path.removeprefix('/api/')}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_each_route_has_its_call_or_a_reason_to_have_none(document: Schema) -> None:
    served, called = operations(document).keys(), {f"{row.method} {row.path}" for row in ROWS.values()}
    assert called - served == set(), "calls that the service does not know"
    assert served - called - routes.LEFT_OUT.keys() == set(), "neither called nor left out with a reason"
    assert routes.LEFT_OUT.keys() - served == set(), "left out, and not served at all"
    assert routes.LEFT_OUT.keys() & called == set(), "left out, and called"
    assert all(len(reason) > 10 for reason in routes.LEFT_OUT.values())
    assert len(called) == len(ROWS), "a route has two rows"


def test_each_row_is_used() -> None:
    used: set[str] = set()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "routes":
                used.add(node.attr)
    assert used - {*ROWS} == set()
    assert {*ROWS} - used == set(), "rows that no call uses"


@pytest.mark.parametrize("name", ROWS)
def test_what_is_asked_is_understood(document: Schema, name: str) -> None:
    row = ROWS[name]
    asked = {*row.query} | ({*PAGING} if get_origin(row.answer) is Page or page_of(row.answer) else set())
    known = {one["name"] for one in operation_of(document, row).get("parameters", []) if one["in"] == "query"}
    assert asked - known == set()
    assert known - asked - {*PAGING} == set(), "the service can be asked for more"


@pytest.mark.parametrize("name", ROWS)
def test_each_field_that_is_read_is_told(document: Schema, name: str) -> None:
    row = ROWS[name]
    told = [
        answer["content"]["application/json"]["schema"]
        for status, answer in operation_of(document, row)["responses"].items()
        if status.startswith("2") and "content" in answer
    ]
    assert bool(told) == (row.answer is not None), "something is told, and nothing read, or the other way round"
    if row.answer is not None:
        assert list(unlike(row.answer, told, document, name)) == []


@pytest.mark.parametrize(
    ("options", "more", "schema"),
    [
        (options.ExportOptions, {"format"}, "ExportRequest"),
        (options.ImportOptions, {"content", "file", "upload", "upload_file", "part"}, "ImportRequest"),
        (options.NewProjectSettings, {"name", "task_type", "dataset", "labels"}, "ProjectRequest"),
        (options.ProjectSettings, {"name", "labels", "status"}, "ProjectPatch"),
        (options.ImageFilter, set(), "ImagesFilter"),
    ],
)
def test_what_may_be_asked_for_is_all_that_the_service_takes(
    document: Schema, options: type[Any], more: set[str], schema: str
) -> None:
    """more: what calls name by themselves."""
    mine = body_of(**dict.fromkeys({*options.__annotations__, *more}, True))
    assert mine.keys() == document["components"]["schemas"][schema]["properties"].keys()


@pytest.mark.parametrize(
    ("words", "schema", "field"),
    [
        (options.Format, "ExportRequest", "format"),
        (options.State, "ExportRequest", "states"),
        (options.Role, "MemberRequest", "role"),
        (options.ImageState, "ImagesFilter", "state"),
        (options.ImportFormat, "ImportRequest", "format"),
    ],
)
def test_words_are_those_that_the_service_takes(document: Schema, words: Any, schema: str, field: str) -> None:
    told = alternatives(document["components"]["schemas"][schema]["properties"][field], document)
    known = {word for one in told for word in (one.get("items", one)).get("enum", [])}
    assert {word for part in unpacked(words) for word in get_args(part)} == known - {"folders"}


def operation_of(document: Schema, row: Route[Any]) -> Schema:
    return operations(document)[f"{row.method} {row.path}"]


def page_of(answer: Any) -> bool:
    return isinstance(answer, type) and issubclass(answer, Page)


def unlike(wanted: Any, schemas: list[Schema], document: Schema, where: str) -> Iterator[str]:
    """Where what is read is not what any of the schemas tells."""
    flat = [one for schema in schemas for one in alternatives(schema, document)]
    kinds = {"null" if one.get("type") == "null" else "some" for one in flat}
    for reading in unpacked(wanted):
        if isinstance(reading, type) and issubclass(reading, BaseModel):
            yield from of_model(reading, [one for one in flat if "properties" in one], document, where)
        elif get_origin(reading) in (list, tuple):
            items = [item for one in flat for item in (*one.get("prefixItems", ()), one.get("items")) if item]
            if not items:
                yield f"{where}: no list"
            else:
                yield from unlike(get_args(reading)[0], items, document, f"{where}[]")
        elif get_origin(reading) is dict:
            if not any("additionalProperties" in one for one in flat):
                yield f"{where}: no mapping"
        elif (known := TYPES.get(reading)) and not any(one.get("type") in known for one in flat):
            yield f"{where}: {known[0]}, told is {[one.get('type') for one in flat]}"
    if "null" in kinds and type(None) not in unpacked(wanted):
        yield f"{where}: may be null"


TYPES: Mapping[Any, Sequence[str]] = {
    str: ["string"],
    int: ["integer"],
    float: ["number", "integer"],
    bool: ["boolean"],
    datetime: ["string"],
    date: ["string"],
}


def unpacked(wanted: Any) -> list[Any]:
    origin = get_origin(wanted)
    return list(get_args(wanted)) if origin is Union or str(origin) == "<class 'types.UnionType'>" else [wanted]


def of_model(model: type[BaseModel], schemas: list[Schema], document: Schema, where: str) -> Iterator[str]:
    if not schemas:
        yield f"{where}: no object"
        return
    for name, field in model.model_fields.items():
        key = field.alias or name
        told = [one["properties"][key] for one in schemas if key in one["properties"]]
        # Of several kinds of answers, some may tell what others do not.
        by_all = [one for one in schemas if key in one["properties"] and key in one.get("required", ())]
        if not told:
            yield f"{where}.{key}: not told"
        elif field.is_required() and len(by_all) < len(schemas) and len(schemas) == 1:
            yield f"{where}.{key}: not always told"
        else:
            yield from unlike(field.annotation, told, document, f"{where}.{key}")


def alternatives(schema: Schema, document: Schema) -> Iterator[Schema]:
    if "$ref" in schema:
        yield from alternatives(document["components"]["schemas"][re.sub(".*/", "", schema["$ref"])], document)
    elif options := schema.get("anyOf") or schema.get("oneOf"):
        for one in options:
            yield from alternatives(one, document)
    else:
        yield schema
