"""Files of labels, as other programs write them, and dropping them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from playwright.sync_api import FilePayload, Page


def azure_ml_coco(labeled: Iterable[tuple[str, str]]) -> bytes:
    """Images with a label each, as Azure Machine Learning exports them: their paths are in a datastore there."""
    pairs = list(labeled)
    names = sorted({label for _, label in pairs})
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for number, (path, label) in enumerate(pairs, 1):
        address = f"AmlDatastore://workspaceblobstore/{path}"
        addresses = {"coco_url": address, "absolute_url": address}
        images.append({"id": number, "width": 32, "height": 24, "file_name": path, **addresses})
        annotations.append({"id": number, "category_id": names.index(label) + 1, "image_id": number})
    categories = [{"id": place, "name": name} for place, name in enumerate(names, 1)]
    return json.dumps({"images": images, "annotations": annotations, "categories": categories}).encode()


def labeled_elsewhere(folder: str, labels: Mapping[str, str]) -> FilePayload:
    """Images of a folder, by their names, with a label and an image beside theirs that a project has not."""
    known = [*labels.items(), ("lost.jpg", "Cat")]
    pairs = [(f"{folder}/{name}", "Fox" if at % 20 == 0 else label) for at, (name, label) in enumerate(known, 1)]
    return {"name": f"{folder}.json", "mimeType": "application/json", "buffer": azure_ml_coco(pairs)}


def drop(page: Page, name: str, content: bytes) -> None:
    """As somebody drops a file from their desktop."""
    drop_all(page, {name: content})


def drop_all(page: Page, files: Mapping[str, bytes]) -> None:
    """Several files at once."""
    held = page.evaluate_handle(
        """(files) => {
            const held = new DataTransfer();
            for (const [name, content] of files)
                held.items.add(new File([content], name, { type: "application/json" }));
            return held;
        }""",
        [[name, content.decode()] for name, content in files.items()],
    )
    page.get_by_role("group", name="Files with labels").dispatch_event("drop", {"dataTransfer": held})
