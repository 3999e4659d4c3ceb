"""A process of its own that loads the service, prepares the packs of a project that its arguments name, and tells which
modules it has then: `python -m tests.assist.preparing PROJECT PACK...`. Settings are those of the environment.
"""

import asyncio
import json
import sys

import function_app
from functions.background import now
from functions.refresh.packing import PreparationMessage
from functions.refresh.prepare import prepare_pack
from functions.storage import storage


async def prepare(project_id: str, *packs: str) -> None:
    for pack in packs:
        await prepare_pack(storage(), PreparationMessage(project_id=project_id, pack=int(pack)), now)
    await storage().close()


if __name__ == "__main__":
    assert function_app.app.get_functions()
    before = sorted(sys.modules)
    asyncio.run(prepare(*sys.argv[1:]))
    print(json.dumps({"loaded": before, "prepared": sorted(sys.modules)}))
