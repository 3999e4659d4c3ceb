"""The header of a table: which of its columns says what, by their usual names or as people say."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from functions.cells import unguarded
from functions.imports.content import Content
from functions.imports.formats.base import (
    CONFIDENCE_NAMES,
    ID_NAMES,
    LABEL_NAMES,
    PATH_NAMES,
    URL_NAMES,
    by_plain_names,
    first_of,
    places_in,
    told_names,
)
from functions.imports.lines import NO_COLUMN, Chosen, Columns, UnknownColumns, Unreadable
from functions.imports.spelling import BLANKS, told

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
# Before the header come rows without a cell, and the line by which spreadsheets name the separator.
EMPTY_ROW = re.compile(r'[ \t\ufeff\u00a0,;|"]*(?:\r\n?|\n)')
# What other formats begin with.
IS_OTHER = re.compile(rf"[{BLANKS}]*[{{\[<]")
SAYS_SEPARATOR = re.compile(r'[\ufeff]*"?sep=([^\w\r\n" ])"?[ \t,;|]*(?:\r\n?|\n)', re.IGNORECASE)
GROUP_NAME, STATE_NAME, EXPORTED_CONFIDENCE = "group", "state", "labelconfidence"
OPINION_NAMES = ("opinion", "decided")
# Before the name of a label that has a column of its own.
OF_LABEL = "label:"
# Columns whose cells may hold a list, as JSON; beside an address, as Azure ML has it, any column of labels may. This
# service's own tables have paths there, and labels that may look like a list.
LIST_NAMES = ("labels", "choices")
# Of the CSV of Label Studio, whose cells hold JSON where they hold more than one choice; and of rows that are boxes, as
# VoTT and TensorFlow's tools have them.
OF_LABEL_STUDIO = {"annotationid", "annotator", "leadtime"}
BOX = ("xmin", "ymin", "xmax", "ymax")


@dataclass(frozen=True)
class Places:
    """Where in a row is what. images: what names the image. decided: where a row is an opinion. each: the labels that
    have a column of their own, where none is for all of them. box: where a row may be of a region.
    """

    images: Sequence[int]
    label: int | None
    confidence: int | None
    group: int | None
    state: int | None
    decided: int | None
    tells_suggested: bool
    has_lists: bool
    each: Sequence[tuple[str, int]]
    box: int | None
    is_label_studios: bool

    @property
    def plain(self) -> tuple[int, int] | None:
        """The column of the image and that of its label, where a row says nothing else."""
        others = (self.confidence, self.group, self.state, self.decided, self.box)
        if self.label is None or len(self.images) != 1 or any(one is not None for one in others):
            return None
        if self.is_label_studios:
            return None
        return self.images[0], self.label


@dataclass(frozen=True)
class Header:
    """names: of the columns. lines: how many of the text's lines it takes, with those before it."""

    separator: str
    names: Sequence[str]
    places: Places
    lines: int

    @property
    def columns(self) -> Columns:
        label, confidence = self.places.label, self.places.confidence
        return Columns(
            names=tuple(self.names),
            image=self.names[self.places.images[0]],
            label=None if label is None else self.names[label],
            confidence=None if confidence is None else self.names[confidence],
        )


def is_like_table(content: Content) -> bool:
    """Whether it may be meant as a table. Raises Unreadable."""
    return not IS_OTHER.match(content.start) and any(one in content.start.partition("\n")[0] for one in SEPARATORS)


def header_of(content: Content) -> Header:
    """Raises Unreadable, UnknownColumns where the first line does not name what is needed."""
    if content.has_long_lines:
        raise Unreadable("A line of this text has more than a million characters, so it is no table.")
    start = content.start
    position, lines = _behind_empty_rows(start, 0)
    says = SAYS_SEPARATOR.match(start, position)
    if says:
        position, more = _behind_empty_rows(start, says.end())
        lines += 1 + more
    first = next(io.StringIO(start[position:], newline=""), "")
    some = says[1] if says else "".join(one for one in SEPARATORS if one in first) or ","
    for separator in some:
        rows = csv.reader(io.StringIO(start[position:], newline=""), delimiter=separator, strict=True)
        names = _names(rows)
        places = _places(names, content.chosen)
        if places:
            return Header(separator, names, places, lines + rows.line_num)
    separator = max(some, key=first.count)
    rows = csv.reader(io.StringIO(start[position:], newline=""), delimiter=separator, strict=True)
    names = _names(rows) or [name.strip(f'{BLANKS}"') for name in first.split(separator)]
    raise _unknown(names, separator, content.chosen)


def _behind_empty_rows(text: str, position: int) -> tuple[int, int]:
    """Where they end, and how many they are."""
    count = 0
    while found := EMPTY_ROW.match(text, position):
        position, count = found.end(), count + 1
    return position, count


def _names(rows: Iterator[list[str]]) -> list[str]:
    try:
        return [unguarded(cell).strip(BLANKS) for cell in next(rows, [])]
    except csv.Error:
        return []


def _places(names: Sequence[str], chosen: Chosen) -> Places | None:
    """By the header; None where it does not name what is needed."""
    if _lacking(names, chosen):
        return None
    known = by_plain_names((name, index) for index, name in enumerate(names))
    is_label_studios = known.keys() >= OF_LABEL_STUDIO
    images = places_in(known) if chosen.image is None else [names.index(chosen.image)]
    label = first_of(LABEL_NAMES, known) if chosen.label is None else names.index(chosen.label)
    confidence = first_of(CONFIDENCE_NAMES, known)
    if chosen.confidence is not None:
        confidence = None if chosen.confidence == NO_COLUMN else names.index(chosen.confidence)
    each = [] if label is not None else [*_labels_of_their_own(names)]
    if not images or (label is None and not each):
        return None
    return Places(
        images=images,
        label=label,
        confidence=confidence,
        group=known.get(GROUP_NAME),
        state=known.get(STATE_NAME),
        decided=known.get(OPINION_NAMES[1]) if OPINION_NAMES[0] in known else None,
        tells_suggested=EXPORTED_CONFIDENCE in known,
        has_lists=is_label_studios
        or any(known.get(name) == label for name in LIST_NAMES)
        or any(known.get(name) == images[0] for name in URL_NAMES),
        each=each,
        box=known[BOX[0]] if known.keys() >= set(BOX) else None,
        is_label_studios=is_label_studios,
    )


def _lacking(names: Sequence[str], chosen: Chosen) -> list[str]:
    return [told(name) for name in chosen if name not in (None, NO_COLUMN) and name not in names]


def _labels_of_their_own(names: Sequence[str]) -> Iterator[tuple[str, int]]:
    for index, name in enumerate(names):
        if name.casefold().startswith(OF_LABEL) and (label := name[len(OF_LABEL) :].strip(BLANKS)):
            yield label, index


def _unknown(names: Sequence[str], separator: str, chosen: Chosen) -> UnknownColumns:
    lacking = _lacking(names, chosen)
    wanted = (
        f"The table has no column {' and no column '.join(lacking)}. "
        if lacking
        else f"The first line must name a column for the image ({', '.join((*PATH_NAMES, *URL_NAMES, *ID_NAMES))}) and "
        f"one for the label ({', '.join(LABEL_NAMES)}), or one for each label (label: Cat); blanks, dashes and "
        "underscores do not matter. "
    )
    return UnknownColumns(
        f"{wanted}It names, read with {SEPARATORS.get(separator, separator)} between them: {told_names(names)}.",
        _guess(names, chosen),
    )


def _guess(names: Sequence[str], chosen: Chosen) -> Columns:
    known = by_plain_names((name, name) for name in names)
    guessed = Chosen(
        next(iter(places_in(known)), None), first_of(LABEL_NAMES, known), first_of(CONFIDENCE_NAMES, known)
    )
    image, label, confidence = (one if one in names else other for one, other in zip(chosen, guessed, strict=True))
    return Columns(tuple(names), image, label, None if chosen.confidence == NO_COLUMN else confidence)
