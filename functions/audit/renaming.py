"""The one thing that changes entries of the audit log: where a person is erased, their pseudonym takes the place of
their name. What was done, when, and under which user id stays as it is.
"""

import json
from collections.abc import Mapping
from typing import Any

from functions.pseudonyms import Renaming
from functions.sign_in_names import folded
from functions.storage import Storage, unless_gone
from functions.trail import PARTITION

# The calls whose addresses name a person, and those whose details do so as `name`.
OF_MEMBERS = ("setMember", "removeMember")
OF_PEOPLE = ("blockPerson", "unblockPerson")


async def rename_in_entries(storage: Storage, who: Renaming) -> None:
    async for row in storage.audit_table.query("PartitionKey eq @entry", entry=PARTITION):
        changes = _changes(row, who)
        if changes:
            key = {"PartitionKey": PARTITION, "RowKey": row["RowKey"]}
            await unless_gone(storage.audit_table.merge, {**key, **changes})


def _changes(row: Mapping[str, Any], who: Renaming) -> dict[str, str]:
    name, details = who.of(row["user"], row["name"]), json.loads(row["details"])
    for one in ("madeBy", *(["name"] if row["action"] in OF_PEOPLE else [])):
        if one in details:
            details[one] = who.whole(details[one])
    if "people" in details:
        details["people"] = who.each(details["people"])
    found = {
        "name": name,
        "known": folded(name),
        "target": who.whole(row["target"]) if row["action"] in OF_MEMBERS else row["target"],
        "details": json.dumps(details),
    }
    return {key: value for key, value in found.items() if value != row[key]}
