"""What suggestions cost where they are off: no import, no request. What they cost where they are on: two requests for a
portion of a pack.
"""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.assist.scene import HEAVY, photos, taken_in
from tests.refresh.scene import Account
from tests.running import ROOT


async def test_where_they_are_off_nothing_is_imported_for_them(account: Account, tmp_path: Path) -> None:
    one = await account.process()
    found = {}
    for on in (False, True):
        _, project = await taken_in(one, photos(3), on=on)
        environment = {
            **os.environ,
            "DATA_STORAGE": account.azurite.data_storage,
            "SECRETS_FILE": str(tmp_path / "secrets.json"),
        }
        command = [sys.executable, "-m", "tests.assist.preparing", project, "0"]
        done = await asyncio.to_thread(
            subprocess.run, command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True
        )
        assert await one.states(project) == {"waiting": 3}
        found[on] = json.loads(done.stdout.splitlines()[-1])
    assert HEAVY.isdisjoint(found[False]["loaded"])
    assert HEAVY.isdisjoint(found[False]["prepared"])
    # It would have been seen.
    assert {"numpy", "onnxruntime"} <= set(found[True]["prepared"])


async def test_preparing_asks_for_nothing_more_where_they_are_off(account: Account) -> None:
    asked = {}
    for on in (False, True):
        one = await account.process()
        _, project = await taken_in(one, photos(3), on=on)
        one.line.asked.clear()
        await one.prepare(project)
        asked[on] = [call.split("?")[0] for call in one.line.asked if "/preparations/" not in call]
    more = [call for call in asked[True] if "features" in call]
    assert [call.split()[0] for call in more] == ["GET", "PUT"]
    assert len(asked[False]) == len(asked[True]) - len(more)
    assert not any("features" in call for call in asked[False])
