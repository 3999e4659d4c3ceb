"""Old exports: their files are deleted, their records stay and say so.

Their indexes stay too, which are small, so that the next export can still tell what has changed since.
"""

import logging
from datetime import datetime, timedelta

from azure.core.exceptions import ResourceNotFoundError

from functions.exports.store import EXPORTS, INDEX, drop_files, finished_exports
from functions.storage import Storage

log = logging.getLogger(__name__)


async def expire_exports(storage: Storage, days: int, now: datetime) -> None:
    """Deletes the files of all exports that were finished so many days ago or earlier."""
    for export in await finished_exports(storage):
        if now - (export.finished_at or export.asked_at) < timedelta(days=days):
            continue
        await drop_files(storage, export, keep=INDEX)
        try:
            await EXPORTS.save(storage, export.model_copy(update={"files": (), "expired_at": now}))
        except ResourceNotFoundError:
            log.info("export %s was deleted while it expired", export.id)
