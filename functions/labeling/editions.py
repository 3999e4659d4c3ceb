"""The edition of a project grows whenever a label or a person is removed, or a merging is undone, and whoever sets
labels or hands out images goes by the edition that they have read. Each instance has read one of its own, some seconds
old or, in an import, minutes. So the packs know of the newest one, and take nothing that rests on an older: a head by
itself, a closed pack by the row of its range, which whoever opens it must write first. A head also learns it from
whoever writes it by a newer one. It costs no request where nothing is removed.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from functions.conflicts import Lost, unproved, until_written
from functions.labeling import leases
from functions.labeling.directory import OPEN, PREPARING, RANGE_SIZE, REOPENED, Directory, Edit, Range
from functions.labeling.head import Head, Lease
from functions.labeling.refusals import MANY_AT_WORK, PROJECT_BUSY, OldProject
from functions.labeling.rows import PackRows
from functions.projects.model import Project

ATTEMPTS = 12
HEADS_AT_ONCE = 8


def refuse_older(head: Head, project: Project) -> None:
    """Raises OldProject where a pack knows of a newer edition."""
    if head.edition > project.edition:
        raise OldProject(head.edition)


def refuse_leaving(before: Head, after: Head, project: Project) -> None:
    """Raises OldProject where a label is set that is about to be removed."""
    if project.leaving:
        changed = [(old, new) for old, new in zip(before.slots, after.slots, strict=True) if new != old]
        given = {label for old, new in changed if new.labels != old.labels for label in new.labels}
        heard = (one.said for old, new in changed for one in new.opinions if one not in old.opinions)
        given |= {label for said in heard if said for label in said.labels}
        if given & project.leaving.keys():
            raise OldProject(before.edition, given & project.leaving.keys())


def knowing(head: Head, edition: int) -> Head:
    """The head that knows of an edition."""
    return head if head.edition >= edition else replace(head, edition=edition)


def no_lease(_lease: Lease) -> bool:
    return False


async def raise_edition(
    directory: Directory, rows: PackRows, edition: int, now: int, *, ends: Callable[[Lease], bool] = no_lease
) -> None:
    """From now on no instance writes what rests on an older edition. Leases of which `ends` says so are over.

    The first row comes before all others, since new ones take its edition over; a row before the heads of the packs
    that it says are open.
    """
    first = await _raise_row(directory, 0, edition, now)
    for known in await directory.ranges(fresh=True):
        raised = first if known.index == 0 else await _raise_row(directory, known.index, edition, now)
        loose = list(raised.packs(PREPARING, OPEN, REOPENED))
        for start in range(0, len(loose), HEADS_AT_ONCE):
            some = loose[start : start + HEADS_AT_ONCE]
            await asyncio.gather(*(_raise_head(rows, pack, edition, ends) for pack in some))


async def _raise_row(directory: Directory, index: int, edition: int, now: int) -> Range:
    async def learn(_known: Range) -> Edit:
        return Edit({}, edition=edition)

    async def attempt(_number: int) -> Range:
        written = await directory.edit(index * RANGE_SIZE, learn, now)
        if written is None:
            raise Lost
        return written

    return await until_written(attempt, PROJECT_BUSY, seconds=1, most=ATTEMPTS)


async def _raise_head(rows: PackRows, pack: int, edition: int, ends: Callable[[Lease], bool]) -> None:
    """Also where it is frozen: an opener who has read it must fail now."""

    async def attempt(_number: int) -> None:
        version = await rows.read_head(pack)
        over = [lease for lease in version.head.leases if ends(lease)]
        head = knowing(leases.end_leases(version.head, over), edition)
        if head != version.head:
            with unproved():
                await rows.write_head(pack, head, etag=version.etag)

    await until_written(attempt, MANY_AT_WORK, seconds=1, most=ATTEMPTS)
