"""Asking for the features that a project's images lack. Nothing that makes them is imported here."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field

from functions.hooks import suggestions_wanted
from functions.projects.model import Project
from functions.storage import FEATURES_QUEUE, Storage

# As many as there are numbers for packs.
ALL_PACKS = 1_000_000
# A pack that is being prepared goes on as the project was when that began, for five minutes at most.
LATER_SECONDS = 6 * 60


class FeaturesMessage(BaseModel):
    """Asks for the features that images of `count` packs lack, from pack `first` on."""

    model_config = ConfigDict(extra="forbid")

    project_id: str
    first: int = Field(ge=0, lt=ALL_PACKS)
    count: int = Field(ge=1, le=ALL_PACKS)


async def ask_for_features(storage: Storage, project: Project) -> None:
    """Asks for the features of all images that are prepared, and again for those that were being prepared meanwhile."""
    message = FeaturesMessage(project_id=project.id, first=0, count=ALL_PACKS)
    await storage.send(FEATURES_QUEUE, message)
    await storage.send(FEATURES_QUEUE, message, delay=LATER_SECONDS)


suggestions_wanted.then(ask_for_features)


async def ask_after_trouble(storage: Storage, projects: Iterable[Project]) -> None:
    """Asks for the features of the projects where they could not be made, unless some are asked for anyway."""
    troubled = [
        project
        for project in projects
        if project.ml_assist and project.assist_trouble and project.status != "deleting" and not project.restoring
    ]
    if troubled and await storage.is_empty(FEATURES_QUEUE):
        for project in troubled:
            await storage.send(FEATURES_QUEUE, FeaturesMessage(project_id=project.id, first=0, count=ALL_PACKS))
