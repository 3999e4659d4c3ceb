"""Every route of the service that this client calls, a row each, and those that it leaves out, with the reason.

A test holds this table against the OpenAPI document that the service serves.
"""

from image_labeling.answers.base import Page
from image_labeling.answers.projects import Progress, ProjectAnswer
from image_labeling.answers.uploads import Offer
from image_labeling.route import Route

LIST_PROJECTS = Route("GET", "projects", Page[ProjectAnswer])
CREATE_PROJECT = Route("POST", "projects", ProjectAnswer)
GET_PROJECT = Route("GET", "projects/{project_id}", ProjectAnswer)
CHANGE_PROJECT = Route("PATCH", "projects/{project_id}", ProjectAnswer)
DELETE_PROJECT: Route[None] = Route("DELETE", "projects/{project_id}")
GET_PROGRESS = Route("GET", "projects/{project_id}/progress", Progress)

# An offer changes nothing.
OFFER_UPLOADS = Route("POST", "datastores/{name}/uploads", Offer, is_repeatable=True)
OFFER_PROJECT_UPLOADS = Route("POST", "projects/{project_id}/uploads", Offer, is_repeatable=True)

# Routes that have no call here, and why.
LEFT_OUT = {
    "GET openapi.json": "for programs that make clients",
}
