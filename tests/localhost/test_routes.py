import pytest

from localhost.errors import StartError
from localhost.routes import Router, compile_route


def find(*templates: str, path: str, method: str = "GET") -> tuple[str, dict[str, str]] | None:
    router = Router(compile_route(template, template, ["GET"]) for template in templates)
    found = router.find(method, path)
    return (found[0].template, found[1]) if found else None


@pytest.mark.parametrize(
    ("template", "path", "parameters"),
    [
        ("projects", "/projects", {}),
        ("projects", "/Projects/", {}),
        ("projects", "/projects/1", None),
        ("projects/{id}", "/projects/a%20b", {"id": "a b"}),
        ("projects/{id}", "/projects/a%2Fb", {"id": "a%2Fb"}),
        ("projects/{id}", "/projects/%C3%A9", {"id": "é"}),
        ("projects/{id}", "/projects/", None),
        ("pages/{id:int}", "/pages/12", {"id": "12"}),
        ("pages/{id:int}", "/pages/-3", {"id": "-3"}),
        ("pages/{id:int}", "/pages/x", None),
        ("pages/{id}/{kind?}", "/pages/1", {"id": "1"}),
        ("pages/{id}/{kind?}", "/pages/1/x", {"id": "1", "kind": "x"}),
        ("pages/{id}/{kind?}", "/pages/1/x/y", None),
        ("files/{*rest}", "/files/a/b%20c", {"rest": "a/b c"}),
        ("files/{*rest}", "/files", {}),
        ("a.b", "/axb", None),
    ],
)
def test_a_template_matches_what_the_host_would_match(
    template: str, path: str, parameters: dict[str, str] | None
) -> None:
    found = find(template, path=path)
    assert (found[1] if found else None) == parameters


@pytest.mark.parametrize(
    ("path", "template"),
    [("/p/new", "p/new"), ("/p/7", "p/{id:int}"), ("/p/x", "p/{id}"), ("/p/x/y", "p/{*rest}"), ("/q", "{*all}")],
)
def test_the_more_exact_route_wins_in_any_order(path: str, template: str) -> None:
    templates = ["{*all}", "p/{*rest}", "p/{id}", "p/{id:int}", "p/new"]
    for order in (templates, templates[::-1]):
        found = find(*order, path=path)
        assert found is not None
        assert found[0] == template


def test_a_route_takes_only_its_methods() -> None:
    assert find("a", path="/a", method="POST") is None


@pytest.mark.parametrize("template", ["admin/x", "runtime", "a{id}", "{id:even}", "{a}/{a}"])
def test_a_route_that_the_host_refuses_stops_the_start(template: str) -> None:
    with pytest.raises(StartError):
        compile_route("f", template, [])
