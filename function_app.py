"""What Azure Functions loads: one FunctionApp, made of the rooms' blueprints."""

import os

import azure.functions as func

from functions import background, logs
from functions.agreement import triggers as agreement
from functions.assist import triggers as assist
from functions.audit import triggers as audit
from functions.backups import triggers as backups
from functions.checks import labeler_triggers as labelers
from functions.checks import triggers as checks
from functions.datastores import triggers as datastores
from functions.exports import dataset_triggers as datasets
from functions.exports import triggers as exports
from functions.http import openapi
from functions.imports import triggers as imports
from functions.imports import upload_triggers as label_files
from functions.labeling import progress_triggers as progress
from functions.labeling import triggers as labeling
from functions.people import triggers as people
from functions.projects import member_triggers as members
from functions.projects import triggers as projects
from functions.projects import upload_triggers as uploads
from functions.refresh import triggers as refresh
from functions.review import example_triggers as examples
from functions.review import image_triggers as images
from functions.review import opinion_triggers as opinions
from functions.review import triggers as review
from functions.tokens import service_triggers as service_tokens
from functions.tokens import triggers as tokens

logs.set_up(os.environ)

app = func.FunctionApp()
rooms = (
    *(datastores, datasets, projects, members, uploads, examples, labeling, progress, review, images, opinions, checks),
    *(labelers, agreement, refresh, exports, imports, label_files, assist, tokens, service_tokens, backups),
    *(audit, people),
)
for room in (*rooms, background, openapi):
    app.register_functions(room.blueprint)
