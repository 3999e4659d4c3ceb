"""The examples of docs/moving-in.md do what the page says: its files are imported, and its scripts run."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.api.builders import Folder, People, Project, good, new_name, new_project, picture
from tests.api.test_imports import imported
from tests.docs.floors import ROOT

PAGE = (ROOT / "docs" / "moving-in.md").read_text("utf-8")
FILES = re.findall(r"```(csv|json)\n(.*?)```", PAGE, re.DOTALL)
SCRIPTS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
IMAGES = ("pets/001.jpg", "pets/002.jpg", "pets/Cat/001.jpg", "pets/Dog/002.jpg")
TOOLS = ("bash", "curl", "jq")
NAMES = re.compile(r"^export SITE=.*\n", re.MULTILINE)
WAIT = """
until curl -H "X-Access-Token: $TOKEN" "$SITE/api/projects/$PROJECT/imports" |
    jq -e 'all(.items[]; .status == "completed" and (.undone == null or .undone.status == "completed"))' >/dev/null
do sleep 0.1; done
"""


@pytest.fixture(scope="module")
def project(people: People) -> Project:
    folder = Folder(people, dict.fromkeys(IMAGES, picture(kind="JPEG")))
    return new_project(people, folder, taskType="multiLabel", labels=["Cat", "Dog", "Indoor", "Night"])


@pytest.mark.parametrize(("kind", "text"), FILES)
def test_each_file_on_the_page_labels_its_images(project: Project, kind: str, text: str) -> None:
    done = imported(project, format="auto", content=text, dryRun=True)
    assert (done["status"], done["format"]) == ("completed", "csv" if kind == "csv" else "azureml")
    assert (done["matched"], done["labeled"], done["unknownLabels"]) == (2, 2, [])


@pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason=f"needs {', '.join(TOOLS)}")
def test_the_scripts_on_the_page_run_one_after_the_other(project: Project, tmp_path: Path) -> None:
    body = {"name": new_name("script"), "role": "administrator"}
    token = good(project.boss.post(f"{project.path}/tokens", json=body), 201)["token"]
    named = {"SITE": str(project.boss.base_url).rstrip("/"), "PROJECT": project.id, "TOKEN": token, "FILE": "a.csv"}
    (tmp_path / "a.csv").write_text("image,label\npets/001.jpg,kitty\npets/002.jpg,Dog\npets/Cat/001.jpg,blurred\n")
    (tmp_path / "predictions.csv").write_text("image,label,confidence\npets/Dog/002.jpg,Dog,0.9\n")
    # What the service shows on one machine, nobody has signed.
    (tmp_path / ".curlrc").write_text("insecure\nfail-with-body\nshow-error\nsilent\n")
    replaced = [NAMES.sub("", script) for script in SCRIPTS]
    assert [*map(len, replaced)] != [*map(len, SCRIPTS)]
    script = "set -euo pipefail\n" + WAIT.join([*replaced, ""])
    run = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "CURL_HOME": str(tmp_path), **named},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    suggested, done, tried, columns, folders, *_ = project.pages("imports")
    assert (folders["format"], folders["dryRun"], folders["labeled"]) == ("folders", True, 2)
    assert (columns["columns"]["image"], columns["labeled"]) == ("photo", 1)
    assert (tried["dryRun"], tried["labeled"], tried["unknownLabels"][0]["label"]) == (True, 1, "kitty")
    assert (done["labeled"], done["leftOut"], done["undone"]["restored"]) == (2, 1, 2)
    assert (suggested["as"], suggested["labeled"]) == ("suggestions", 1)
    assert project.progress()["labeled"] == 0
