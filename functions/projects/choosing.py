"""The dataset that a new project is over: one that is there, or one that is made with it."""

from datetime import datetime

from functions.datastores.datasets import Dataset, load_dataset, refuse_outside
from functions.datastores.store import load_datastore
from functions.problems import Conflict, Invalid, NotFound
from functions.projects.wire import DatasetChoice
from functions.storage import storage


async def choose_dataset(choice: DatasetChoice, project_name: str, now: datetime) -> tuple[Dataset, bool]:
    """The dataset that a new project is over, and whether it is yet to be made."""
    if choice.datastore is None:
        return await load_dataset(storage(), choice.name or ""), False
    try:
        datastore = await load_datastore(storage(), choice.datastore)
    except NotFound:
        raise Invalid.field("dataset.datastore", f"There is no datastore named {choice.datastore!r}.") from None
    refuse_outside(datastore, choice.prefix or "", "dataset.prefix")
    return (
        Dataset(
            name=choice.name or await _free_dataset_name(project_name),
            description=choice.description,
            datastore=datastore.name,
            prefix=choice.prefix or "",
            created_at=now,
        ),
        True,
    )


async def _free_dataset_name(project_name: str) -> str:
    """A name for a dataset that was given none: the project's, as an address can hold it, with a number where that is
    taken.
    """
    first = project_name.replace("/", "-").replace("\\", "-").strip(" .") or "images"
    for name in (first, *(f"{first} ({number})" for number in range(2, 1000))):
        try:
            await load_dataset(storage(), name)
        except NotFound:
            return name
    raise Conflict("Give the dataset a name.")
