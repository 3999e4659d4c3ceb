"""A project's ETag is of what people set, and a change on condition is not refused for its own former self."""

from collections.abc import Sequence
from typing import Any

import pytest
from azure.core.exceptions import ResourceModifiedError

from functions.http.conditions import require_match
from functions.problems import PreconditionFailed
from functions.projects.model import Checked, Merged, Opinions, PreparingTrouble, Project
from functions.projects.store import change_project, load_project
from functions.projects.wire import ProjectPatch
from functions.storage import Storage
from functions.tables import Operation
from tests.exports.scene import project_of
from tests.projects.building import make

PROJECT = make()

SET: dict[str, Any] = {
    "name": "Animals",
    "incremental_refresh": True,
    "labels": PROJECT.labels[::-1],
    "merged": (Merged(id=3, name="Kitten", into=1),),
    "exclusive_groups": ("Animal",),
    "instructions_text": "Cats first.",
    "instructions_url": "https://example.org/",
    "ml_assist": True,
    "suggestion_order": "leastSure",
    "suggestion_precision": 0.9,
    "lease_minutes": 20,
    "opinions": Opinions(least=2, most=3, share=1),
    "labelers_see_figures": True,
    "status": "paused",
}

FOUND: dict[str, Any] = {
    "status": "creating",
    "refresh_trouble": "The folder cannot be read.",
    "preparing_trouble": PreparingTrouble(reason="No file can be read.", times=1, is_stopped=True),
    "note": "No images yet.",
    "has_suggestions": True,
    "has_opinions": True,
    "unsettled": (3,),
    "checked": Checked(check="one", share=0.9, interval=(0.8, 0.95), judged=100, finished_at=PROJECT.created_at),
    "assist_trouble": "The model cannot be read.",
    "has_former_ids": True,
    "tells_deferred": True,
    "restoring": "once",
    "edition": 7,
    "leaving": {2: 7},
}


def test_all_that_a_call_can_set_is_tried_here() -> None:
    stored = {"instructions_text", "instructions_url", "merged", "exclusive_groups"}
    assert set(SET) == (stored | ProjectPatch.model_fields.keys()) - {"instructions", "groups"}


@pytest.mark.parametrize("field", SET)
def test_what_people_set_makes_another_etag(field: str) -> None:
    assert PROJECT.model_copy(update={field: SET[field]}).etag != PROJECT.etag


@pytest.mark.parametrize("field", FOUND)
def test_what_the_service_notes_leaves_the_etag_as_it_is(field: str) -> None:
    assert PROJECT.model_copy(update={field: FOUND[field]}).etag == PROJECT.etag


@pytest.mark.parametrize("condition", ['"another"', "", "another", 'W/"another", "third"'])
def test_a_condition_that_names_something_else_is_refused(condition: str) -> None:
    with pytest.raises(PreconditionFailed):
        require_match(condition, PROJECT.etag)


def test_nothing_matches_where_nothing_is() -> None:
    require_match(None, None)
    for condition in ("*", '"one"'):
        with pytest.raises(PreconditionFailed):
            require_match(condition, None)


async def test_a_change_that_was_made_though_storage_refused_it_is_not_refused_for_itself(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when an answer is late, and the same write is sent again."""
    made = await project_of(storage, [])
    transaction = storage.service_table.transaction

    async def made_twice(operations: Sequence[Operation]) -> list[str]:
        await transaction(operations)
        refusal = ResourceModifiedError("the row has changed")
        refusal.status_code = 412
        raise refusal

    def lengthen(project: Project) -> Project:
        require_match(made.etag, project.etag)
        return project.model_copy(update={"lease_minutes": 20})

    monkeypatch.setattr(storage.service_table, "transaction", made_twice)
    assert (await change_project(storage, made.id, lengthen)).lease_minutes == 20
    assert (await load_project(storage, made.id)).lease_minutes == 20
