"""A person's name, and the pseudonym that stands in its place once they are erased."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from functions.identity import key_of
from functions.sign_in_names import folded

# No sign-in name in Azure has blanks, so nobody signs in by it.
PSEUDONYM = "Former person {}"
DIGITS = 6


def pseudonym_of(user_id: str) -> str:
    """Always the same for a person, so that figures and history still tell people apart."""
    return PSEUDONYM.format(key_of(user_id)[:DIGITS])


@dataclass(frozen=True)
class Renaming:
    """Whose name is replaced, by what. ids: theirs, those too by which restored projects know them. names: all by which
    they were known here, folded, and nobody else is.
    """

    ids: frozenset[str]
    names: frozenset[str]
    pseudonym: str

    def of(self, user_id: str | None, name: str) -> str:
        """What stands for a name that is written beside its person's id."""
        return self.pseudonym if user_id in self.ids else name

    def whole(self, text: str) -> str:
        """A text that is a name and nothing else; whose is not written."""
        return self.pseudonym if folded(text) in self.names else text

    def each(self, texts: Collection[str]) -> list[str]:
        return [self.whole(text) for text in texts]

    def askers(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """How a document of long work tells who asked for it and, of an import, who asked for it to be undone."""
        found: dict[str, Any] = {}
        if document.get("by_name"):
            found["by_name"] = self.of(document.get("by"), document["by_name"])
        if document.get("undone"):
            found["undone"] = {**document["undone"], **self.askers(document["undone"])}
        return found

    def within(self, text: str) -> str:
        """A sentence in which names may be, each by itself and not as a part of another one."""
        for name in sorted(self.names, key=len, reverse=True):
            text = re.sub(rf"(?<![\w.@-]){re.escape(name)}(?![\w@-]|\.\w)", self.pseudonym, text, flags=re.I | re.A)
        return text
