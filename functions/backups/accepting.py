"""What of a backup a restoring must not do unsaid: let people in, and open a folder that nobody here has named."""

from dataclasses import dataclass

from functions.backups.manifest import Manifest
from functions.datastores.datasets import list_datasets, refuse_outside
from functions.datastores.model import Datastore
from functions.datastores.store import list_datastores
from functions.problems import Conflict, Invalid
from functions.storage import Storage


@dataclass(frozen=True)
class Accepted:
    """What whoever asks has accepted of the backup whose manifest has this sum. people: who is let in, by the names in
    the backup; address: of the folder, where it is not known here.
    """

    manifest: str | None = None
    people: tuple[str, ...] = ()
    address: str | None = None

    def require(self, manifest: Manifest, total: str) -> None:
        """Raises Conflict where it was another manifest, Invalid where nobody can have accepted that of this one."""
        if self.manifest not in (None, total):
            raise Conflict("The backup has changed since its preview. Look at the preview again.")
        if self.manifest is None and (self.people or self.address):
            raise Invalid.field("manifest", "Name the manifest of the preview that you accepted.")
        if strangers := {*self.people} - {member.sign_in_name for member in manifest.members}:
            raise Invalid.field("people", f"The backup has no member named {min(strangers)!r}.")


@dataclass(frozen=True)
class Address:
    """Where the project's images lie. was: as the backup says; datastore: the one of that name here, None where there
    is none; here: the folder's address in it. is_known: a dataset here is that folder, and it is where it was.
    """

    was: str
    datastore: Datastore | None
    here: str | None
    is_known: bool

    def require(self, manifest: Manifest, accepted: str | None) -> Datastore:
        """The datastore of the project. Raises Invalid where there is none, or the folder was not accepted."""
        if self.datastore is None:
            raise Invalid.field(
                "folder",
                f"Make a datastore named {manifest.datastore.name!r} first. The project's images lay in {self.was}; "
                "point it there, or to a container into which they were copied.",
            )
        refuse_outside(self.datastore, manifest.dataset.prefix, "folder")
        if not self.is_known and accepted != self.here:
            raise Invalid.field(
                "address",
                f"The project would show the images in {self.here}; the backup says that they lay in {self.was}. "
                "If they are the project's images, name the first address as the accepted one.",
            )
        return self.datastore


async def address_of(storage: Storage, manifest: Manifest) -> Address:
    backed, prefix = manifest.datastore, manifest.dataset.prefix
    was = _address(backed.container_url, prefix)
    for datastore in await list_datastores(storage):
        if datastore.name.casefold() == backed.name.casefold():
            here = _address(datastore.container_url, prefix)
            is_dataset = any(
                (one.datastore.casefold(), one.prefix) == (datastore.name.casefold(), prefix)
                for one in await list_datasets(storage)
            )
            return Address(was, datastore, here, is_dataset and here == was)
    return Address(was, None, None, is_known=False)


def _address(container_url: str, prefix: str) -> str:
    return f"{container_url.rstrip('/')}/{prefix}"
