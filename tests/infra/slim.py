"""Makes a type table of this folder from what Azure's MCP server says of a resource type; it does so offline.

    npm pack @azure/mcp-linux-x64 && tar xzf azure-mcp-*.tgz
    package/dist/azmcp bicepschema get --resource-type Microsoft.Web/sites | .venv/bin/python -m tests.infra.slim

A table has the latest API version, and per object the properties with their types, without the descriptions. A type
ends in ! where the property is required; properties that only Azure sets are left out. The types that the server does
not know (alerts, private DNS zones) are written by hand, with the properties that are used here.
"""

import json
import sys
from pathlib import Path
from typing import Any

TYPES = Path(__file__).parent / "types"
Row = dict[str, Any]


def slim(rows: list[Row]) -> Row:
    """The table of the resource type that these rows describe."""
    resource = next(row for row in rows if row["$type"] == "Resource")
    name, _, version = resource["name"].partition("@")
    known = {row["name"]: row for row in rows if row.get("name")}
    objects: Row = {}
    _add(objects, known, name, resource["bodyType"])
    return {"type": name, "version": version, "objects": dict(sorted(objects.items()))}


def _add(objects: Row, known: dict[str, Row], name: str, row: Row) -> None:
    if name in objects:
        return
    base = _properties(row.get("properties", []) + row.get("baseProperties", []))
    entry: Row = {"properties": base}
    objects[name] = entry
    if extra := row.get("additionalPropertiesType"):
        entry["more"] = extra
    if row["$type"] == "DiscriminatedObject":
        entry["by"] = row["discriminator"]
        entry["variants"] = {}
        for element in row["elements"]:
            own = _properties(element["properties"])
            entry["variants"][own[row["discriminator"]].rstrip("!")] = own
    listed = [entry["properties"], *entry.get("variants", {}).values(), {"": entry.get("more", "")}]
    for properties in listed:
        for kind in properties.values():
            inner = kind.rstrip("!").removesuffix("[]")
            if inner in known and known[inner]["$type"] in ("Object", "DiscriminatedObject"):
                _add(objects, known, inner, known[inner])


def _properties(rows: list[Row]) -> dict[str, str]:
    return {
        row["name"]: row["type"] + ("!" if "Required" in row.get("flags", "") else "")
        for row in rows
        if "ReadOnly" not in row.get("flags", "")
    }


if __name__ == "__main__":
    answer = json.load(sys.stdin)
    table = slim(answer["results"]["BicepSchemaResult"] if isinstance(answer, dict) else answer)
    file = TYPES / (table["type"].replace("/", "_") + ".json")
    file.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(file)
