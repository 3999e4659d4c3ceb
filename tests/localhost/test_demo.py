import os
import subprocess
import sys
from pathlib import Path

from tests.running import ROOT, Service, free_port


def demo(port: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "localhost.demo"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(port)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_demo_makes_the_tutorial_s_project_once(tmp_path: Path) -> None:
    service = Service(tmp_path / "data")
    service.start()
    first, second = demo(service.port), demo(service.port)
    with service.client() as client:
        (project,) = client.get("/api/projects").json()["items"]
    service.stop()
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "Uploading 60 sample images" in first.stdout
    assert "is there already" in second.stdout
    assert f"{service.url}/projects/{project['id']}" in second.stdout
    assert project["name"] == "tutorial-cats-n-dogs"
    assert [label["name"] for label in project["labels"]] == ["Cat", "Dog", "Uncertain"]


def test_without_the_service_the_demo_says_so_in_a_sentence() -> None:
    done = demo(free_port())
    assert done.returncode == 1
    assert "start it with `make run` first" in done.stderr
    assert done.stderr.count("\n") == 1
