"""What an import of suggestions found in a pack, in a row of its own for each import and pack: kept for good, so that
the import can be undone as a whole, and backed up with the pack.
"""

from collections.abc import Mapping
from json import dumps, loads
from typing import Any

from functions.labeling.rows import pack_key
from functions.labeling.suggestions import Suggestion
from functions.tables import Row

KEY = "replaced"

# What imports had suggested for slots before an import suggested something else, with the id of the import that had, ""
# where that was not written down; None: nothing was.
Replaced = Mapping[int, tuple[Suggestion, str] | None]


def replaced_key(import_id: str) -> str:
    return f"{KEY}|{import_id}"


def replaced_row(pack: int, import_id: str, replaced: Replaced) -> dict[str, Any]:
    slots = {
        slot: [one[0].label, round(one[0].confidence, 4), one[1]] if one else None for slot, one in replaced.items()
    }
    return {
        "PartitionKey": pack_key(pack),
        "RowKey": replaced_key(import_id),
        "slots": dumps(slots, separators=(",", ":")),
    }


def replaced_of(row: Row | None) -> Replaced:
    return read_replaced(loads(row["slots"])) if row else {}


def read_replaced(slots: Mapping[Any, Any]) -> Replaced:
    """slots: each its label, confidence and import, or None."""
    return {int(slot): (Suggestion(one[0], one[1]), one[2]) if one else None for slot, one in slots.items()}
