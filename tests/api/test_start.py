"""What a cold start imports: what every call needs, and nothing that only some do."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Each with what it brings along; they cost more than all of the service's own code (bench/RESULTS.md, "Start").
USED_LATER = {
    "PIL",
    "aiohttp",
    "azure.identity",
    "azure.keyvault",
    "azure.storage.blob",
    "azure.storage.queue",
    "cryptography",
    "msal",
    "numpy",
    "onnxruntime",
    "pycocotools",
    "requests",
    "scipy",
    "sklearn",
}
# Work of queues, or of one rare call.
OWN_USED_LATER = {
    "functions.assist.learning",
    "functions.assist.run",
    "functions.backups.checking",
    "functions.backups.making",
    "functions.datastores.connect",
    "functions.datastores.sizes",
    "functions.exports.building",
    "functions.imports.run",
    "functions.imports.undo",
    "functions.refresh.ingest",
    "functions.refresh.prepare",
    "functions.refresh.sample",
}
TELLS = """
import json, sys
import function_app
kinds = [one.get_trigger().type for one in function_app.app.get_functions()]
print(json.dumps({"modules": sorted(sys.modules), "triggers": kinds}))
"""


@pytest.fixture(scope="module")
def started() -> Any:
    done = subprocess.run([sys.executable, "-c", TELLS], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_a_start_imports_nothing_that_only_some_calls_need(started: Any) -> None:
    assert sorted((USED_LATER | OWN_USED_LATER) & set(started["modules"])) == []


def test_there_is_one_timer_since_each_starts_instances_of_its_own(started: Any) -> None:
    assert Counter(started["triggers"])["timerTrigger"] == 1
