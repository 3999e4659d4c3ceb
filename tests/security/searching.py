"""Where a secret might have got to: everything that the service has answered, said and stored."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus, unquote

import httpx
from azure.data.tables import TableServiceClient
from azure.storage.blob import BlobServiceClient
from azure.storage.queue import QueueServiceClient

from tests.running import Service

# The secrets' own store, storage's own key, and storage's files, which are read through storage.
KEPT_FOR_SECRETS = ("secrets.json", "azurite.key", "azurite")


def forms(secret: str) -> set[bytes]:
    """A secret as it may turn up: as it is, escaped for an address or for JSON, read from an address, in base64."""
    plain = {secret, unquote(secret)}
    written = plain | {escape(text) for text in plain for escape in (quote, quote_plus, json.dumps)}
    written = {text.strip('"') for text in written}
    encoded = {base64.b64encode(secret.encode()).rstrip(b"=")[:-1]}
    return {text.encode() for text in written} | encoded


class Answers:
    """Keeps whatever a client is answered."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, bytes]] = []

    def listen_to(self, client: httpx.Client) -> httpx.Client:
        client.event_hooks = {"response": [self._hear]}
        return client

    def _hear(self, answer: httpx.Response) -> None:
        answer.read()
        place = f"the answer {answer.status_code} to {answer.request.method} {answer.request.url.path}"
        self.heard.append((place, str(answer.headers.raw).encode() + b"\n" + answer.content))


def stored(service: Service) -> Iterator[tuple[str, bytes]]:
    """All tables, queues and blobs of the service's account, each with its place, and all that lies beside them."""
    connection = service.data_storage
    with TableServiceClient.from_connection_string(connection) as tables:
        for table in tables.list_tables():
            for row in tables.get_table_client(table.name).list_entities():
                yield f"a row of {table.name}", str(dict(row)).encode()
    with QueueServiceClient.from_connection_string(connection) as queues:
        for queue in queues.list_queues():
            with queues.get_queue_client(queue.name) as one:
                for message in one.peek_messages(32):
                    content = str(message.content).encode()
                    yield f"a message of {queue.name}", content + b"\n" + base64.b64decode(content + b"==")
    with BlobServiceClient.from_connection_string(connection) as blobs:
        for container in blobs.list_containers(include_metadata=True):
            yield f"the container {container.name}", str(container.metadata).encode()
            with blobs.get_container_client(container.name) as here:
                for blob in here.list_blobs(include=["metadata"]):
                    content = here.download_blob(blob.name).readall()
                    yield f"the blob {container.name}/{blob.name}", str(dict(blob)).encode() + b"\n" + content
    for file in files_of(service.data_dir):
        yield f"the file {file}", file.read_bytes()


def files_of(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.relative_to(folder).parts[0] not in KEPT_FOR_SECRETS:
            yield file
