"""Where an image's preview, thumbnail and detail lie, and their signed addresses."""

import hashlib
from datetime import datetime

from functions.labeling.rows import Image, image_id
from functions.projects.model import Project
from functions.storage import Storage

# The addresses outlast a lease: a page that is open over lunch still shows its images.
HOURS = 2
# Browsers keep them for good: each version of a blob has names of its own.
LASTING = "private, max-age=31536000, immutable"


def image_version(etag: str) -> str:
    """A short name for one version of an image's blob."""
    return hashlib.sha256(etag.encode()).hexdigest()[:10]


def preview_blobs(pack: int, slot: int, etag: str) -> tuple[str, str]:
    """The names of the preview and of the thumbnail."""
    name = f"{image_id(pack, slot)}-{image_version(etag)}.webp"
    return f"preview/{name}", f"thumbnail/{name}"


def detail_blob(pack: int, slot: int, etag: str) -> str:
    """The name of the image with its own pixels, which is made when it is first asked for."""
    return f"detail/{image_id(pack, slot)}-{image_version(etag)}.jpg"


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
