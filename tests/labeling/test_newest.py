"""Acting by what is known of a project, and by what is so."""

from typing import Any
from unittest.mock import AsyncMock, Mock

import pytest

from functions.labeling.newest import by_newest
from functions.problems import NoLongerMember, NotFound


def call(find_member: Any) -> Any:
    return Mock(membership=Mock(), membership_now=find_member)


async def test_where_nothing_of_theirs_is_found_a_removed_member_is_told_that_they_were_removed() -> None:
    act = AsyncMock(side_effect=NotFound("The lease is over."))
    with pytest.raises(NoLongerMember):
        await by_newest(call(AsyncMock(side_effect=NoLongerMember("You were removed."))), act)
    with pytest.raises(NotFound, match="lease is over"):
        await by_newest(call(AsyncMock()), act)
