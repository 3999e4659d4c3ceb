"""Where an image's preview and thumbnail lie, and their signed addresses."""

import hashlib
from datetime import datetime

from functions.labeling.rows import Image, image_id
from functions.projects.model import Project
from functions.storage import Storage

# The addresses outlast a lease: a page that is open over lunch still shows its images.
HOURS = 2


def image_version(etag: str) -> str:
    """A short name for one version of an image's blob."""
    return hashlib.sha256(etag.encode()).hexdigest()[:10]


def preview_blobs(pack: int, slot: int, etag: str) -> tuple[str, str]:
    """The names of the preview and of the thumbnail. They differ for each version of the blob, so that browsers may
    keep them for good.
    """
    name = f"{image_id(pack, slot)}-{image_version(etag)}.webp"
    return f"preview/{name}", f"thumbnail/{name}"


async def preview_urls(
    storage: Storage, project: Project, pack: int, slot: int, image: Image, now: datetime
) -> tuple[str, str]:
    """Read-only addresses of an image's preview and thumbnail, valid for some hours."""
    preview, thumbnail = preview_blobs(pack, slot, image.etag)
    container = project.previews_container
    return (
        await storage.sign(container, preview, now=now, hours=HOURS),
        await storage.sign(container, thumbnail, now=now, hours=HOURS),
    )
