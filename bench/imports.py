"""`python -m bench.imports`: files of 500,000 labels as imports read them, plain and zipped, beside the standard
library's reading of the same file, written as a table into bench/RESULTS.md.

Each measure has a process of its own, whose memory is told; they come in turns. CPU time: the machine's other work
counts for neither.
"""

import argparse
import csv
import importlib
import io
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple, TextIO

from bench import results

ROWS, ROUNDS = 500_000, 3
LABELS = ("Cat", "Dog", "Bird", "Horse", "Uncertain")
AZURE = "azureml://subscriptions/1/resourcegroups/2/workspaces/3/datastores/ws/paths/"
FILES = {"csv": "labels.csv", "azureml": "labels.jsonl", "coco": "coco.json", "labelstudio": "tasks.json"}
ZIPPED = ".zip"


class Measure(NamedTuple):
    """CPU seconds, and the most memory in MiB over what the process had before."""

    seconds: float
    mebibytes: float


def names(rows: int) -> Iterator[tuple[str, str]]:
    """Each image with its label."""
    return ((f"photos/2026/{row % 97:02}/img_{row:07}.jpg", LABELS[row % len(LABELS)]) for row in range(rows))


def write(folder: Path, rows: int) -> None:
    with (folder / FILES["csv"]).open("w", newline="") as table:
        csv.writer(table).writerows([("image", "label"), *names(rows)])
    with (folder / FILES["azureml"]).open("w") as lines:
        details = {"format": "jpg", "width": "640px", "height": "480px"}
        for name, label in names(rows):
            print(json.dumps({"image_url": AZURE + name, "image_details": details, "label": label}), file=lines)
    images = [
        {
            "id": row,
            "file_name": name,
            "width": 640,
            "height": 480,
            "coco_url": f"AmlDatastore://ws/{name}",
            "absolute_url": f"https://account.blob.core.windows.net/images/{name}",
        }
        for row, (name, _) in enumerate(names(rows), 1)
    ]
    annotations = [{"id": row, "image_id": row, "category_id": row % len(LABELS)} for row in range(1, rows + 1)]
    categories = [{"id": number, "name": label} for number, label in enumerate(LABELS)]
    document = {"images": images, "annotations": annotations, "categories": categories}
    (folder / FILES["coco"]).write_text(json.dumps(document))
    tasks = [
        {"id": row, "data": {"image": f"s3://bucket/{name}"}, "annotations": [{"result": [_choice(label)]}]}
        for row, (name, label) in enumerate(names(rows), 1)
    ]
    (folder / FILES["labelstudio"]).write_text(json.dumps(tasks))
    for name in FILES.values():
        with zipfile.ZipFile(folder / f"{name}{ZIPPED}", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(folder / name, name)


def _choice(label: str) -> dict[str, object]:
    return {"from_name": "choice", "to_name": "image", "type": "choices", "value": {"choices": [label]}}


def standard(form: str, file: Path, _rows: int) -> None:
    """As a script would read it."""
    with _text(file) as text:
        match form:
            case "csv":
                for _ in csv.reader(text):
                    pass
            case "azureml":
                for line in text:
                    json.loads(line)
            case _:
                json.load(text)


@contextmanager
def _text(file: Path) -> Iterator[TextIO]:
    if file.suffix != ZIPPED:
        with file.open(newline="") as text:
            yield text
        return
    with zipfile.ZipFile(file) as archive, archive.open(file.stem) as raw:
        yield io.TextIOWrapper(raw, "utf-8", newline="")


def read(form: str, file: Path, _rows: int) -> None:
    """Its lines, as imports read them."""
    from functions.imports.content import Content
    from functions.imports.formats import FORMATS, format_of

    content = Content(lambda: file.open("rb"))
    if format_of(content) != form:
        raise RuntimeError(f"{file.name} was not found to be {form}")
    for _ in FORMATS[form].read(content):
        pass


def match(form: str, file: Path, rows: int) -> None:
    """Its lines, and the images of a project with as many that they mean."""
    from functions.imports.content import Content
    from functions.imports.formats import FORMATS
    from functions.imports.matching import Matching

    labels = {name: number for number, name in enumerate(LABELS, 1)}
    matching = Matching(
        "https://account.blob.core.windows.net/images", "", labels, one_label=True, takes_suggested=False
    )
    matching.take_in(FORMATS[form].read(Content(lambda: file.open("rb"))))
    for look in matching.looks():
        for name, _ in names(rows):
            look(name)
    if len(matching.meant) != rows:
        raise RuntimeError(f"{len(matching.meant)} of {rows} images were found")


WAYS: dict[str, Callable[[str, Path, int], None]] = {"standard": standard, "read": read, "match": match}


def measured(way: str, form: str, file: Path, rows: int) -> Measure:
    """In this process."""
    # Idle is with all that is imported.
    importlib.import_module("functions.imports.reading")
    before, began = _peak(), time.process_time()
    WAYS[way](form, file, rows)
    return Measure(time.process_time() - began, _peak() - before)


def _peak() -> float:
    """Of this program alone; what getrusage tells has the memory of who started it."""
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024


def _apart(way: str, form: str, file: Path, rows: int) -> Measure:
    """In a process of its own."""
    command = [sys.executable, "-m", "bench.imports", "--measure", way, form, str(file), str(rows)]
    return Measure(*json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout))  # noqa: S603


def run(rows: int, rounds: int) -> None:
    table = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        write(Path(folder), rows)
        for form, name in ((form, name + ending) for ending in ("", ZIPPED) for form, name in FILES.items()):
            file = Path(folder) / name
            rounded = [{way: _apart(way, form, file, rows) for way in WAYS} for _ in range(rounds)]
            seconds = {way: median(one[way].seconds for one in rounded) for way in WAYS}
            memory = {way: max(one[way].mebibytes for one in rounded) for way in WAYS}
            table.append(
                [
                    *(
                        f"{form}, zipped" if name.endswith(ZIPPED) else form,
                        f"{rows:,}",
                        f"{file.stat().st_size / 1e6:.0f}",
                    ),
                    *(f"{seconds[way]:.2f}" for way in WAYS),
                    f"{seconds['read'] / seconds['standard']:.1f}",
                    *(f"{memory[way]:.0f}" for way in WAYS),
                ]
            )
            print("  ".join(table[-1]), flush=True)
    results.write("imports", results.imports(table))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.imports", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="of each file")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of which the median counts")
    parser.add_argument("--measure", nargs=4, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        way, form, file, rows = asked.measure
        print(json.dumps(measured(way, form, Path(file), int(rows))))
    else:
        run(asked.rows, asked.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
