"""The settings of a project as the API takes them."""

from collections.abc import Mapping, Sequence
from typing import Any

from image_labeling.options import ProjectSettings
from image_labeling.spelling import body_of


def settings_body(settings: ProjectSettings, **more: Any) -> dict[str, Any]:
    """What a project is made with, or changed to."""
    body = body_of(**settings, **more)
    if "groups" in body:
        body["groups"] = exclusive_groups(body["groups"])
    if isinstance(body.get("instructions"), str):
        body["instructions"] = {"text": body["instructions"]}
    if isinstance(people := body.get("opinions"), int):
        body["opinions"] = {"least": people, "most": people, "share": 1.0}
    return body


def exclusive_groups(groups: Sequence[str | Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [{"path": group, "exclusive": True} if isinstance(group, str) else group for group in groups]
