"""The built site, as the Static Web App serves it: its pages live at any path, its assets for ever."""

import json
from pathlib import Path, PurePosixPath

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

FOR_EVER = "public, max-age=31536000, immutable"
CONFIGURATION = Path(__file__).parent.parent / "static_site" / "staticwebapp.config.json"


def headers(blob_origin: str) -> dict[str, str]:
    """The headers that the Static Web App puts on the site. Its configuration is the one source; only where storage
    lies is another place here.
    """
    configuration = CONFIGURATION.read_text(encoding="utf-8").replace("${BLOB_ORIGIN}", blob_origin)
    return {name.lower(): value for name, value in json.loads(configuration)["globalHeaders"].items()}


class Site:
    def __init__(self, dist: Path) -> None:
        self._dist = dist.resolve()

    async def serve(self, request: Request) -> Response:
        if request.method not in {"GET", "HEAD"}:
            return Response(status_code=405, headers={"allow": "GET, HEAD"})
        file = self._file(request.url.path)
        if file is not None:
            cache = FOR_EVER if file.is_relative_to(self._dist / "assets") else "no-cache"
            return FileResponse(file, headers={"cache-control": cache})
        if PurePosixPath(request.url.path).suffix:
            return PlainTextResponse("Not found", status_code=404)
        index = self._dist / "index.html"
        if not index.is_file():
            return PlainTextResponse("The site is not built; `make run` builds it.", status_code=503)
        return FileResponse(index, headers={"cache-control": "no-cache"})

    def _file(self, path: str) -> Path | None:
        """The file at this path, if it is one of the site's own."""
        if "\0" in path:
            return None
        file = (self._dist / path.lstrip("/")).resolve()
        return file if file.is_relative_to(self._dist) and file.is_file() else None
