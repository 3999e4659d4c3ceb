"""Exports onto a disk: built by the service, downloaded, and gone on with where they were cut off."""

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from image_labeling.answers.exports import Export, ExportFile
from image_labeling.errors import LabelingError
from image_labeling.exports import Exports
from image_labeling.options import ExportOptions, Format
from image_labeling.transferring.downloading import Downloading, assert_room, inside, part_of, sum_of
from image_labeling.transferring.storage import Storage

# Beside the files while they are on their way: what was asked for, and which export it became.
MARKER = ".image-labeling-export.json"
# What was cut off longer ago is exported anew: its labels are old.
GOES_ON_FOR_SECONDS = 12 * 3600


@dataclass(frozen=True)
class ExportProgress:
    """How far it is. built: of the export itself, 0 to 1. bytes: of its files, of all of them, on the disk."""

    built: float
    bytes: int
    of_bytes: int


@dataclass(frozen=True)
class Download:
    """An export and its files on the disk; none of an export that was not waited for."""

    export: Export
    paths: tuple[Path, ...]


Told = Callable[[ExportProgress], None]


def export_to(
    exports: Exports,
    project_id: str,
    form: Format,
    options: ExportOptions,
    to: str | Path,
    *,
    wait: bool = True,
    timeout: float | None = None,
    told: Told | None = None,
) -> Download:
    """Exports into a folder. The same call goes on with what an earlier one has left behind there, where it asked for
    the same, within the last 12 hours, and was cut off or did not wait.
    """
    with _into(to) as folder:
        marker = _Marker.read(folder, {"project": project_id, "format": form, **options})
        export = marker.export(exports) or exports.start(form, wait=False, **options)
        marker.begin(export)
        if not wait:
            return Download(export, ())
        if not export.is_over:
            export = exports.wait(export.id, timeout=timeout, told=building(told))
        done = _download(exports, export, folder, marker, told)
        marker.end()
    return done


def download(exports: Exports, export_id: str, to: str | Path, *, told: Told | None = None) -> Download:
    """Downloads a finished export, and goes on where that was cut off. Raises LabelingError."""
    export = exports.get(export_id)
    if export.status != "completed" or export.expired_at:
        why = "its files were deleted for their age" if export.expired_at else f"it is {export.status}"
        raise LabelingError(f"The export {export_id} has no files: {why}.", type="conflict")
    with _into(to) as folder:
        marker = _Marker.read(folder, {"export": export.id})
        marker.begin(export)
        done = _download(exports, export, folder, marker, told)
        marker.end()
    return done


def building(told: Told | None) -> Callable[[Export], None] | None:
    """Tells how far the service is with an export."""
    return told and (lambda export: told(ExportProgress(export.progress, 0, 0)))


def _download(exports: Exports, export: Export, folder: Path, marker: "_Marker", told: Told | None) -> Download:
    of_bytes, come = sum(file.bytes for file in export.files), 0

    def moved(count: int) -> None:
        nonlocal come
        come += count
        if told:
            told(ExportProgress(1.0, come, of_bytes))

    def fresh_of(name: str) -> Callable[[], ExportFile]:
        def fresh() -> ExportFile:
            for file in exports.get(export.id).files:
                if file.name == name:
                    return file
            raise LabelingError(f"The export {export.id} has no file {name} any more.", type="not-found")

        return fresh

    paths = [(file, inside(folder, file.name)) for file in export.files]
    missing = [(file, path) for file, path in paths if not _is_there(file, path)]
    moved(of_bytes - sum(file.bytes for file, _ in missing))
    _assert_room(folder, missing)
    with Storage(1) as storage:
        for file, path in missing:
            Downloading(
                file,
                path,
                fresh_of(file.name),
                moved,
                time.sleep,
                etag=marker.etags.get(file.name),
                noted=partial(marker.note, file.name),
            ).run(storage)
    return Download(export, tuple(path for _, path in paths))


def _is_there(file: ExportFile, path: Path) -> bool:
    return path.is_file() and path.stat().st_size == file.bytes and file.sha256 == sum_of(path)


def _assert_room(folder: Path, missing: Sequence[tuple[ExportFile, Path]]) -> None:
    there = sum(part.stat().st_size for _, path in missing if (part := part_of(path)).is_file())
    assert_room(folder, sum(file.bytes for file, _ in missing) - there, "The files")


@contextmanager
def _into(to: str | Path) -> Iterator[Path]:
    """A folder that files are written into."""
    folder = Path(to)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
    except OSError as error:
        raise LabelingError(f"{error.filename or folder} cannot be written: {error.strerror}.") from error


class _Marker:
    """What is on its way into a folder. etags: by names, of what the parts on the disk are parts of."""

    def __init__(self, folder: Path, asked: str, found: Mapping[str, Any]) -> None:
        self._path = folder / MARKER
        self._asked = asked
        self._export_id = found.get("export")
        self._at = found.get("at", 0.0)
        self.etags: dict[str, str] = dict(found.get("etags", {}))

    @classmethod
    def read(cls, folder: Path, asked: Mapping[str, Any]) -> "_Marker":
        """asked: which project, and what of it, as JSON. What was asked for otherwise does not count."""
        text = json.dumps(asked, sort_keys=True, default=str)
        try:
            found = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            found = {}
        return cls(folder, text, found if isinstance(found, dict) and found.get("asked") == text else {})

    def export(self, exports: Exports) -> Export | None:
        """The export that the files are of, while it can be gone on with."""
        if self._export_id is None or time.time() - self._at > GOES_ON_FOR_SECONDS:
            return None
        with suppress(LabelingError):
            export = exports.get(self._export_id)
            if export.status != "failed" and export.expired_at is None:
                return export
        return None

    def begin(self, export: Export) -> None:
        if export.id != self._export_id:
            self._export_id, self._at, self.etags = export.id, time.time(), {}
            self._write()

    def note(self, name: str, etag: str | None) -> None:
        self.etags.pop(name, None)
        if etag:
            self.etags[name] = etag
        self._write()

    def end(self) -> None:
        self._path.unlink(missing_ok=True)

    def _write(self) -> None:
        aside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        said = {"asked": self._asked, "export": self._export_id, "at": self._at, "etags": self.etags}
        aside.write_text(json.dumps(said), encoding="utf-8")
        aside.replace(self._path)
