"""Images whose files could not be read for a reason that may pass: which they are, and asking for them again."""

from datetime import datetime

from functions.labeling import blobs
from functions.labeling.board import Board
from functions.labeling.directory import AWAITING, DONE, OPEN, PREPARING, REOPENED, WAITING
from functions.labeling.head import UNREADABLE, Head
from functions.labeling.progress import heads_of
from functions.labeling.rows import Image
from functions.projects.model import Project
from functions.refresh.packing import ask_for_previews
from functions.refresh.troubles import note_tried
from functions.storage import Storage

# By these words images are known that were given up before heads told what may pass.
FORMER_PROBLEMS = frozenset(
    (
        "The file could not be read, in 3 tries: the storage account did not send it in time.",
        "The file is in the archive tier. Move it to a tier from which it can be read.",
        "The file is still being brought back from the archive tier.",
        "The file is no longer there.",
        "The file has changed meanwhile.",
    )
)


def deferred_of(head: Head, images: list[Image]) -> list[int]:
    """The slots whose files are to be tried again, those that were given up in former times too."""
    return blobs.deferred_slots(head) + [
        slot for slot in _given_up(head) if images[slot].problem in FORMER_PROBLEMS and not head.slots[slot].missing
    ]


def _given_up(head: Head) -> list[int]:
    return [slot for slot, state in enumerate(head.slots) if state.state == UNREADABLE and not state.deferred]


async def ask_for_deferred(storage: Storage, project: Project, board: Board, now: datetime) -> int:
    """Asks for the packs that have deferred images; gives how many they are. The directory's sums tell where they are,
    so that nothing is read of the packs that have none.
    """
    is_told = project.tells_deferred
    packs: list[int] = []
    for known in await board.directory.ranges(fresh=True):
        heads = await heads_of(board, list(known.packs(PREPARING, OPEN, REOPENED)))
        if known.sums.deferred or (not is_told and known.sums.states["unreadable"]):
            heads |= await heads_of(board, list(known.packs(WAITING, AWAITING, DONE)))
        packs += [
            pack for pack, head in heads.items() if blobs.deferred_slots(head) or (not is_told and _given_up(head))
        ]
    await note_tried(storage, project.id, now if packs else None)
    await ask_for_previews(storage, project.id, sorted(packs), deferred=True)
    return len(packs)
