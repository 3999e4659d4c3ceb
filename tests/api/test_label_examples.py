"""What there is to say of a label beside its name, over the API."""

import httpx

from tests.api.builders import Folder, People, assert_problem, good, new_project, pictures


def test_labelers_see_what_a_label_means_and_the_images_that_show_it(people: People) -> None:
    project = new_project(people, Folder(people, pictures(4)))
    labeler = project.invite("labeler")
    shown = [image["id"] for image in project.images()][:2]
    cat, dog, uncertain = project.get()["labels"]
    assert [label["key"] for label in (cat, dog, uncertain)] == ["1", "2", "3"]
    changed = {**cat, "key": "C", "description": "Also young ones.\nNo drawings.", "examples": shown}
    good(project.change(labels=[dog, changed, uncertain]))
    seen = good(labeler.get(project.path))["labels"]
    assert seen == [dog, {**changed, "key": "c"}, uncertain]
    examples = good(labeler.get(f"{project.path}/labels/{cat['id']}/examples"))["items"]
    assert [example["id"] for example in examples] == shown
    for example in examples:
        assert example["width"] == 32
        assert httpx.get(example["thumbnailUrl"]).status_code == 200
    assert good(labeler.get(f"{project.path}/labels/{dog['id']}/examples"))["items"] == []
    assert_problem(labeler.get(f"{project.path}/labels/99/examples"), 404, "not-found")
    # Whoever names the name alone changes nothing else.
    good(project.change(labels=[{"id": label["id"], "name": label["name"]} for label in seen]))
    assert good(labeler.get(project.path))["labels"] == seen
