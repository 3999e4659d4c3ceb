"""Acting by the project as this process knows it, and again by what is in storage where the packs know better."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from functions.http.calls import Call
from functions.labeling.refusals import OldProject
from functions.labeling.removing import newest_project
from functions.problems import Busy, NotFound
from functions.projects.access import Membership, forget
from functions.storage import storage

ATTEMPTS = 5

T = TypeVar("T")


async def by_newest(call: Call[Any, Any], act: Callable[[Membership], Awaitable[T]]) -> T:
    """What an act gives that goes by the caller's membership and the project's labels. Raises what refuses somebody who
    was removed meanwhile: also where the act finds nothing of theirs any more, as that may be why.
    """
    known = call.membership
    for _ in range(ATTEMPTS):
        try:
            return await act(known)
        except OldProject as old:
            await newest_project(storage(), known.project.id, old)
            known = await call.membership_now()
        except NotFound:
            forget(known.project.id)
            await call.membership_now()
            raise
    raise Busy("The project is being changed. Try again.", headers={"Retry-After": "1"})
