"""A project says the least version of the data that it needs, however new the service is that saves it."""

from datetime import UTC, datetime

import pytest

from functions import schema
from functions.backups.describing import Checkpoint, describe
from functions.backups.manifest import Manifest
from functions.datastores.catalog import CATALOG
from functions.projects.store import PROJECT_ROW, change_project, load_project
from functions.storage import Storage
from tests.exports.scene import project_of


async def test_a_newer_service_leaves_a_project_that_needs_nothing_new_to_older_ones(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "VERSION", schema.FIRST + 1)
    project = await project_of(storage, [])
    await change_project(storage, project.id, lambda known: known.model_copy(update={"lease_minutes": 20}))
    row = await storage.service_table.get(CATALOG, PROJECT_ROW + project.id)
    assert row["schema"] == schema.FIRST
    manifest = await describe(storage, project.id, Checkpoint(), project.created_at, lambda: datetime.now(UTC))
    assert Manifest.model_validate_json(manifest).schema_version == schema.FIRST
    monkeypatch.undo()
    assert (await load_project(storage, project.id)).lease_minutes == 20
