"""Uploads into the folders of projects."""

from collections.abc import Iterable

import azure.functions as func

from functions.datastores.model import BUILT_IN, is_built_in
from functions.datastores.uploads import offer_uploads
from functions.datastores.wire import ProjectUploadRequest, UploadsAnswer
from functions.http.calls import Call
from functions.http.routes import route
from functions.identity import Role
from functions.problems import Conflict
from functions.projects.model import Project
from functions.projects.store import list_projects
from functions.storage import storage

blueprint = func.Blueprint()


@route(
    blueprint,
    "POST",
    "projects/{project_id}/uploads",
    role=Role.ADMINISTRATOR,
    body=ProjectUploadRequest,
    answers={200: UploadsAnswer},
)
async def create_project_uploads(call: Call[ProjectUploadRequest, None]) -> UploadsAnswer:
    """Addresses to which the browser uploads files into the project's own folder; a refresh finds them there."""
    project = call.membership.project
    others = folders_of_others(project, await list_projects(storage()))
    call.entry.note(folder=project.prefix, files=len(call.body.files))
    return await offer_uploads(storage(), project.prefix, call.body, call.now, others=others)


def folders_of_others(project: Project, projects: Iterable[Project]) -> list[str]:
    """The folders within a project's own that are those of other projects: whoever administers this one may not put
    images into them. Raises Conflict where nothing can be uploaded into the project's folder.
    """
    if not is_built_in(project.datastore):
        raise Conflict("The project's images are in a datastore of your own. Put new files there.")
    if not project.prefix:
        raise Conflict(f"The project's folder is the whole datastore `{BUILT_IN}`, where others have theirs, too.")
    prefixes = {other.prefix for other in projects if is_built_in(other.datastore)} - {project.prefix}
    return sorted(prefix for prefix in prefixes if prefix.startswith(project.prefix))
