"""export.json: what an export's record says, in a file beside the others."""

import hashlib
import json

from azure.storage.blob import ContentSettings

from functions.checks.figures import figures_of
from functions.checks.store import newest_done
from functions.exports.store import Checked, Export, ExportFile
from functions.exports.wire import export_answer
from functions.projects.model import Project
from functions.storage import EXPORTS_CONTAINER, Storage

RECORD = "export.json"
# What says something about a running export, or about the record itself.
NOT_IN_FILE = {"ahead", "progress", "status", "error", "expiredAt"}


async def checked(storage: Storage, project: Project) -> Checked | None:
    """What the newest check of the whole project says that is done; None where there is none, or all was unclear."""
    check = await newest_done(storage, project.id)
    figures = figures_of(check.images if check else ())
    if check is None or figures.share is None or figures.interval is None:
        return None
    return Checked(
        id=check.id,
        share=figures.share,
        interval=figures.interval,
        judged=figures.judged,
        asked_at=check.asked_at,
    )


async def write_record(storage: Storage, project: Project, export: Export) -> Export:
    """Writes the file; gives the export with it among its files."""
    told = export_answer(export, project, []).model_dump(mode="json", by_alias=True)
    told["files"] = [file.model_dump() for file in export.files]
    kept = {name: value for name, value in told.items() if name not in NOT_IN_FILE}
    record = {"project": {"id": project.id, "name": project.name}, **kept}
    content = json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n"
    blob = storage.container(EXPORTS_CONTAINER).get_blob_client(export.blob(RECORD))
    await blob.upload_blob(content, overwrite=True, content_settings=ContentSettings(content_type="application/json"))
    added = ExportFile(name=RECORD, bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
    return export.model_copy(update={"files": (*export.files, added)})
