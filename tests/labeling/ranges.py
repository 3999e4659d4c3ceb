"""Whole ranges of a directory, without the packs that they name: what reads sums alone reads no more."""

from functions.labeling import leases, submissions
from functions.labeling.board import Board
from functions.labeling.counts import Counts
from functions.labeling.directory import DONE, RANGE_SIZE, Edit, Range
from functions.labeling.head import Head
from functions.labeling.opinions import Asking
from functions.projects.model import Opinions
from tests.labeling.heads import CAT, DOG, handed, only, ready
from tests.labeling.project import CATS_AND_DOGS, NOW

SOME = CATS_AND_DOGS.model_copy(update={"opinions": Opinions(least=2, most=3, share=0.1)})


async def fill(board: Board, ranges: int, head: Head) -> None:
    """Makes so many ranges full of packs that are done, each like this one; also over others."""
    sums = Counts()
    for _ in range(RANGE_SIZE):
        sums.add(head.counts())
    for first in range(0, ranges * RANGE_SIZE, RANGE_SIZE):

        async def put(known: Range, first: int = first) -> Edit:
            whole = Counts.from_json(sums.to_json())
            whole.add(known.sums, -1)
            return Edit(dict.fromkeys(range(first, first + RANGE_SIZE), DONE), whole)

        assert await board.directory.edit(first, put, NOW)


def labeled_by_two() -> Head:
    """A pack of which ann has labeled all, and bob a tenth, too: half of it otherwise."""
    head = ready(99)
    for user in ("ann", "bob"):
        while leases.free_slots(head, 0, user):
            head, lease = handed(head, user, 9)
            given = {slot: only(DOG if user == "bob" and slot % 2 else CAT) for slot in lease.slots}
            asking = Asking(0, SOME)
            head = submissions.submit(head, lease_id=user, labeler=user, given=given, now=NOW, asking=asking).head
    assert 4 <= sum(len(slot.opinions) > 1 for slot in head.slots) <= 20
    return head.freeze()
