"""A project with all that it must have, for tests that need a whole one."""

from datetime import UTC, datetime
from typing import Any

from functions.projects.model import Label, Project


def make(**fields: Any) -> Project:
    """One of cats and dogs, but for these fields."""
    usual = {
        "id": "abcdefghijkm",
        "name": "Pets",
        "task_type": "multiClass",
        "dataset": "pets",
        "datastore": "workspace",
        "prefix": "pets/",
        "incremental_refresh": False,
        "order": "shuffled",
        "labels": (Label(id=1, name="Cat"), Label(id=2, name="Dog")),
        "instructions_text": "",
        "instructions_url": "",
        "ml_assist": False,
        "lease_minutes": 15,
        "status": "created",
        "created_at": datetime(2025, 6, 15, 12, tzinfo=UTC),
    }
    made = {**usual, **fields}
    return Project.model_validate({"next_label": max(label.id for label in made["labels"]) + 1, **made})
