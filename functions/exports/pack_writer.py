"""From packs to the files of an export."""

from collections.abc import AsyncIterator, Mapping

from azure.storage.blob.aio import ContainerClient

from functions.assist.offline import Suggester
from functions.datastores.model import Datastore
from functions.exports import changes
from functions.exports.checkpoint import Tally
from functions.exports.contents import Converting, with_content
from functions.exports.featured import Featured
from functions.exports.files import Files
from functions.exports.formats.base import ExportedImage, Format, Piece
from functions.exports.selection import Selection
from functions.exports.store import INDEX
from functions.labeling.columns import Columns
from functions.labeling.head import STATE_NAMES, WAITING
from functions.labeling.suggestions import AnySuggestion

IS_WAITING = STATE_NAMES[WAITING]
CHANGES = "changes.csv"


class LabelsAdded(Exception):
    """Images have labels that the project got after the build had begun."""


class PackWriter:
    """Puts packs into the files of an export, one after the other, and counts them."""

    def __init__(
        self,
        datastore: Datastore,
        format_: Format,
        selection: Selection,
        converting: Converting,
        suggester: Suggester | None,
        featured: Featured | None,
        former: changes.Former | None,
        label_names: dict[int, str],
        tally: Tally,
        files: Files,
    ) -> None:
        self.datastore = datastore
        self.format = format_
        self.former = former
        self.source: ContainerClient | None = None
        self._selection = selection
        self._converting = converting
        self._suggester = suggester
        self._featured = featured
        self._label_names = label_names
        self._labels = {label.id for label in format_.snapshot.labels}
        self._tally = tally
        self._files = files

    async def _suggested(self, pack: Columns) -> Mapping[int, AnySuggestion]:
        if self._suggester is None:
            return {}
        waiting = {slot: pack.image(slot).etag for slot, state in enumerate(pack.states) if state == IS_WAITING}
        return await self._suggester.of_pack(pack.pack, waiting) if waiting else {}

    async def write(self, pack: Columns) -> AsyncIterator[None]:
        """Writes a pack; gives way between its parts."""
        held: list[ExportedImage] = []
        if not self._labels.issuperset(pack.used_labels):
            raise LabelsAdded
        images = self._selection.images(pack, await self._suggested(pack))
        if self._featured:
            images = await self._featured.of_pack(pack, images, self._tally.leave_out)
        if self.source:
            async for some in with_content(self.source, pack, images, self._tally.leave_out, self._converting):
                self._files.write(self.format.add(some))
                held += [image._replace(content=b"") for image in some]
                yield
        elif images:
            self._files.write(self.format.add(images))
            held = images
        self._tally.count(held)
        column = changes.column_of(pack, held)
        self._files.write([Piece(INDEX, 0, changes.line_of(pack.pack, column))])
        if self.former:
            found = changes.differences(await self.former.column(pack.pack), column)
            if found:
                self._tally.differ(found)
                self._files.write([Piece(CHANGES, 0, changes.rows_for_people(pack, found, self._label_names))])
