"""The datastore that long work reads from."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from functions.datastores.model import Datastore
from functions.datastores.store import has_other_credentials, load_datastore
from functions.datastores.troubles import DatastoreTrouble
from functions.longwork import Failed, Later
from functions.problems import NotFound
from functions.storage import Storage


@asynccontextmanager
async def datastore_at_work(storage: Storage, name: str) -> AsyncIterator[Datastore]:
    """Trouble with it ends the work in words; where its credentials were changed meanwhile, the next message goes on
    with the new ones.
    """
    try:
        datastore = await load_datastore(storage, name)
        try:
            yield datastore
        except DatastoreTrouble as trouble:
            if await has_other_credentials(storage, datastore):
                raise Later from None
            raise Failed(trouble.reason) from None
    except NotFound:
        raise Failed(f"The datastore {name!r} is gone.") from None
