"""Where a lower room causes something in a higher one, or asks it: the higher one registers for it here, and the lower
one knows only that somebody may listen.

`function_app.py` imports every room, so all have registered before the first call.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar

from functions.identity import ByWhom, Caller
from functions.storage import Storage

if TYPE_CHECKING:
    from functions.labeling.opinions import Sure
    from functions.projects.access import Membership
    from functions.projects.model import Project

P = ParamSpec("P")
R = TypeVar("R")


class Event(Generic[P]):
    """Something that happens. What was registered for it is done, one after the other."""

    def __init__(self) -> None:
        self._works: list[Callable[P, Awaitable[object]]] = []

    def then(self, work: Callable[P, Awaitable[object]]) -> None:
        self._works.append(work)

    async def happened(self, *args: P.args, **kwargs: P.kwargs) -> None:
        for work in self._works:
            await work(*args, **kwargs)


class Question(Generic[P, R]):
    """Something that one higher room knows or does."""

    def __init__(self) -> None:
        self._answer: Callable[P, Awaitable[R]] | None = None

    def answered_by(self, work: Callable[P, Awaitable[R]]) -> None:
        self._answer = work

    async def ask(self, *args: P.args, **kwargs: P.kwargs) -> R:
        if self._answer is None:
            raise RuntimeError("no room has registered for this")
        return await self._answer(*args, **kwargs)


# A project, by its id, was made: when, and by whom.
project_made: Event[[Storage, str, datetime, ByWhom]] = Event()
# A project, by its id, was deleted: what belongs to it goes. Each work may be done again.
project_dropped: Event[[Storage, str]] = Event()
# Somebody is no member any more, or is let in no more: by their user id, in milliseconds since the epoch.
member_removed: "Event[[Storage, Project, str, int]]" = Event()
# A datastore, by its name, got other credentials: when, and by whom.
credentials_changed: Event[[Storage, str, datetime, ByWhom]] = Event()
# Labels were set or taken back.
labels_set: "Event[[Storage, Project]]" = Event()
# Images of this pack were handed out for which nothing is suggested.
images_unsuggested: "Event[[Storage, Project, int]]" = Event()
# Suggestions were switched on; how sure pre-labeled ones are to be was changed.
suggestions_wanted: "Event[[Storage, Project]]" = Event()
precision_changed: Event[[Storage, str, datetime, ByWhom]] = Event()

# What somebody is in a project, by its id. Raises NotFound, and NoLongerMember.
member_found: "Question[[Storage, str, Caller], Membership]" = Question()
# Whose an access token is, that comes with a call about a project (None: about none). Raises Unauthenticated.
token_opened: Question[[Storage, str | None, str, datetime], Caller] = Question()
# The user id of who made such a token, where this process knows it. Raises Unauthenticated.
token_maker: Question[[str | None, str], str | None] = Question()
# A project after a change that may take labels away. The change is given the ids of the labels that images have.
relabeled: "Question[[Storage, Project, Callable[[Project, Collection[int]], Project], int], Project]" = Question()
# A project after a change by which a label, named by its id, is merged into another.
labels_merged: "Question[[Storage, Project, int, Callable[[Project], Project], int], Project]" = Question()
# A project after a change by which a label that was merged stands for itself again.
merging_undone: "Question[[Storage, Project, Callable[[Project], Project], int], Project]" = Question()
# Refuses (Invalid) images that are wanted as examples of labels and are none of the project's. known: those that were
# looked for before.
examples_required: "Question[[Storage, Project, Sequence[Sequence[str]], frozenset[str], int], None]" = Question()
# Undoes a review action on slots of a pack, by a user id, at a time in milliseconds since the epoch. Gives those that
# stand as they did before it. Raises OldProject.
review_undone: "Question[[Storage, Project, int, Collection[int], str, str, int], Collection[int]]" = Question()
# How likely it is right what some people decide about an image.
sureness_asked: "Question[[Storage, Project, int], Sure]" = Question()
# When folders were last looked through, by project id: of one project, or of all.
folders_checked: Question[[Storage, str | None], Mapping[str, datetime]] = Question()
