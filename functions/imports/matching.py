"""Which image of a project a line of an import is about, and which label it gives it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

from functions.imports.reading import Line
from functions.labeling.suggestions import Suggestion

# azureml://datastores/<name>/paths/<path>
AZUREML, PATHS = "azureml:", "/paths/"


class Matching:
    """The labels that an import gives to images, found by the images' names.

    An image is meant by its whole path in the container, by its path in the project's folder, or by its address. If
    lines give one image different labels, it gets none: an image of this service has one.

    prefix: of the project's folder. labels: ids by name. takes_suggested: labels are wanted that were only suggested,
    too. lines: how many there were; suggested: how many of them are passed over as only suggested; unknown: how many
    have labels that the project has not, by label.
    """

    def __init__(self, container_url: str, prefix: str, labels: Mapping[str, int], *, takes_suggested: bool) -> None:
        self._container = container_url.rstrip("/") + "/"
        self._prefix = prefix
        self._labels = labels
        self._takes_suggested = takes_suggested
        self._rows: dict[tuple[str, str], Suggestion | None] = {}
        self._whole: dict[str, tuple[str, str]] = {}
        self._inside: dict[str, tuple[str, str]] = {}
        self._wholly_named: set[tuple[str, str]] = set()
        self.unknown: Counter[str] = Counter()
        self.lines = self.suggested = 0

    def take_in(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self.lines += 1
            if line.suggested and not self._takes_suggested:
                self.suggested += 1
                continue
            label = self._labels.get(line.label)
            if label is None:
                self.unknown[line.label] += 1
                continue
            key = (line.path, line.url)
            given = Suggestion(label, line.confidence)
            known = self._rows.get(key, given)
            self._rows[key] = given if known is not None and known.label == label else None
        for key in self._rows:
            for name in self._names(*key):
                self._whole.setdefault(name, key)
            if key[0]:
                self._inside.setdefault(self._prefix + key[0].lstrip("/"), key)

    def _names(self, path: str, url: str) -> Iterable[str]:
        if path:
            yield path
            yield path.lstrip("/")
            if "://" in path:
                yield from self._of_address(path)
        if url:
            yield from self._of_address(url)

    def _of_address(self, url: str) -> Iterable[str]:
        if url.startswith(AZUREML):
            yield unquote(url.partition(PATHS)[2])
        elif url.startswith(self._container):
            # A token behind the question mark is nobody's name.
            yield unquote(url.removeprefix(self._container).partition("?")[0])
        else:
            yield unquote(urlsplit(url).path.lstrip("/"))

    def notice(self, name: str) -> None:
        """Takes note of an image; all must be known before the first is looked for: what names one image wholly may be
        the path of another inside the folder, and means the first alone.
        """
        key = self._whole.get(name)
        if key:
            self._wholly_named.add(key)

    def find(self, name: str) -> tuple[str, str] | None:
        """The key of the lines that mean an image."""
        key = self._whole.get(name)
        if key:
            return key
        inside = self._inside.get(name)
        return None if inside in self._wholly_named else inside

    def label(self, key: tuple[str, str]) -> Suggestion | None:
        """The label that these lines give, and how sure they are; None where they do not agree."""
        return self._rows[key]

    @property
    def images(self) -> int:
        """How many images the lines are about, by the names they give."""
        return len(self._rows)

    def others(self, found: set[tuple[str, str]]) -> Iterable[str]:
        """What the lines call the images that were not found, in the order of the lines."""
        return (path or url for path, url in self._rows if (path, url) not in found)
