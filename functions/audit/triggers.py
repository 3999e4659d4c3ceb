"""The audit log, read by administrators of the service; and what makes it forget."""

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated

import azure.functions as func
from pydantic import Field

from functions.audit.store import Wanted, drop_old, list_entries
from functions.background import now, on_round
from functions.cells import row_of
from functions.http.calls import Call
from functions.http.paging import page_with_more, read_id
from functions.http.routes import route
from functions.http.wire import CsvFile, Moment, Output, Page, PageQuery, Query
from functions.identity import LONGEST_NAME, Role
from functions.problems import Invalid
from functions.settings import settings
from functions.storage import storage
from functions.trail import Detail, Entry, Outcome

blueprint = func.Blueprint()

ROLE = Role.SERVICE_ADMINISTRATOR
MOST_IN_A_FILE = 10_000
COLUMNS = (
    "at", "action", "outcome", "name", "userId", "token", "projectId", "projectName", "target", "details", "requestId"
)  # fmt: skip


class AuditFilter(Query):
    """Which entries: of a project; by a person (a user id or a sign-in name); of an action; since a moment, and until
    before another.
    """

    project: Annotated[str, Field(max_length=64)] | None = None
    person: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)] | None = None
    action: Annotated[str, Field(max_length=64)] | None = None
    since: Moment | None = None
    until: Moment | None = None

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.project, self.person, self.action, _aware(self.since), _aware(self.until))


class AuditQuery(AuditFilter, PageQuery):
    pass


class AuditAnswer(Output):
    """One change: who made it, to what, and what came of it. action: the operationId of the call. token: the id of the
    access token that they used. target: what of the project, or of the service, it was made to. outcome: refused for
    what was not possible, failed where something went wrong, unknown where nobody is left to tell. requestId: what the
    log calls the call.
    """

    id: str
    at: datetime
    action: str
    outcome: Outcome
    user_id: str
    name: str
    token: str | None
    project_id: str | None
    project_name: str | None
    target: str | None
    details: Mapping[str, Detail]
    request_id: str


@route(blueprint, "GET", "audit", role=ROLE, query=AuditQuery, answers={200: Page[AuditAnswer]})
async def get_audit(call: Call[None, AuditQuery]) -> Page[AuditAnswer]:
    """Who changed what, newest first."""
    after, limit = read_id(call.query.cursor), call.query.limit + 1
    found = await list_entries(storage(), call.query.wanted, limit=limit, after=after)
    return page_with_more([_answer(entry) for entry in found], lambda entry: entry.id, call.query)


@route(blueprint, "GET", "audit.csv", role=ROLE, query=AuditFilter, answers={200: CsvFile})
async def get_audit_csv(call: Call[None, AuditFilter]) -> CsvFile:
    """The same as CSV, complete; an apostrophe guards what a spreadsheet would run as a formula."""
    found = await list_entries(storage(), call.query.wanted, limit=MOST_IN_A_FILE + 1)
    if len(found) > MOST_IN_A_FILE:
        raise Invalid.field("since", f"There are more than {MOST_IN_A_FILE:,} entries. Choose a shorter time.")
    # So many rows take a while, and others wait for the loop.
    text = await asyncio.to_thread(lambda: "".join([row_of(*COLUMNS), *map(_row, found)]))
    return CsvFile(name="audit.csv", text=text)


@on_round("forget_audit", is_daily=True)
async def forget_audit() -> None:
    """Drops entries that are older than AUDIT_DAYS."""
    await drop_old(storage(), settings().audit_days, now())


def _answer(entry: Entry) -> AuditAnswer:
    return AuditAnswer(
        id=entry.id,
        at=entry.at,
        action=entry.action,
        outcome=entry.outcome,
        user_id=entry.user_id,
        name=entry.name,
        token=entry.token,
        project_id=entry.project_id or None,
        project_name=entry.project_name or None,
        target=entry.target or None,
        details=entry.details,
        request_id=entry.request_id,
    )


def _row(entry: Entry) -> str:
    return row_of(
        entry.at.isoformat(timespec="milliseconds"),
        entry.action,
        entry.outcome,
        entry.name,
        entry.user_id,
        entry.token or "",
        entry.project_id,
        entry.project_name,
        entry.target,
        json.dumps(entry.details, ensure_ascii=False) if entry.details else "",
        entry.request_id,
    )


def _aware(moment: datetime | None) -> datetime | None:
    """A moment without a zone is in UTC."""
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
