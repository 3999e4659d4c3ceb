"""What labelers' calls tell the trainings: that there are new labels, and that images came without suggestions."""

import logging
import time

from azure.core.exceptions import AzureError

from functions.assist.store import TrainingMessage, send_look
from functions.hooks import images_unsuggested, labels_set
from functions.kept import Kept
from functions.projects.model import Project
from functions.storage import Storage

# Labels are looked at so long after the first of them that was not looked at yet. A message costs a request: while
# people label, each process sends one in this time, however many they are.
LOOK_AFTER_SECONDS = 4
# A pack that was asked for is not asked for again for so long: its images may have no features.
ASK_AGAIN_SECONDS = 60
# Features of a large project are made for a while: what they allow to be learned is looked at so often.
FEATURES_AFTER_SECONDS = 20
LABELS, FEATURES = "labels", "features"

# A process's storage, a project's id, and what is new.
Key = tuple[Storage, str, int | str]

# When each was asked for.
_asked: Kept[Key, float] = Kept(1000)

log = logging.getLogger(__name__)


async def note_labeled(storage: Storage, project: Project) -> None:
    """To be called when labels were set or taken back. Where suggestions are off it does nothing."""
    key = storage, project.id, LABELS
    if project.ml_assist and _is_new(key, LOOK_AFTER_SECONDS):
        await _ask(key, TrainingMessage(project_id=project.id), LOOK_AFTER_SECONDS)


labels_set.then(note_labeled)


async def note_unsuggested(storage: Storage, project: Project, pack: int) -> None:
    """To be called when images of a pack were handed out for which nothing is suggested, as when it was opened before
    its turn, or has new images.
    """
    key = storage, project.id, pack
    if _is_new(key, ASK_AGAIN_SECONDS):
        await _ask(key, TrainingMessage(project_id=project.id, pack=pack))


images_unsuggested.then(note_unsuggested)


async def note_features(storage: Storage, project: Project) -> None:
    """To be called when images have features that they lacked."""
    key = storage, project.id, FEATURES
    if _is_new(key, FEATURES_AFTER_SECONDS):
        await _ask(key, TrainingMessage(project_id=project.id, has_features=True), FEATURES_AFTER_SECONDS)


async def _ask(key: Key, message: TrainingMessage, delay: int = 0) -> None:
    try:
        await send_look(key[0], message, delay=delay)
    except AzureError:
        # The labels are saved, or the images handed out: that is what was called for.
        _asked.forget(key)
        log.warning("a look for project %s could not be asked for", message.project_id, exc_info=True)


def _is_new(key: Key, seconds: float) -> bool:
    now, asked_at = time.monotonic(), _asked.known(key)
    if asked_at is not None and now - asked_at < seconds:
        return False
    _asked.put(key, now)
    return True
