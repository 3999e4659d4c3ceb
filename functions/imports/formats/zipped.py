"""Label files in a zip, beside images or alone: those of one format are read as that, one after the other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from functions.imports.content import Content
from functions.imports.formats.base import Format
from functions.imports.lines import Columns, Loose, Said, Unreadable
from functions.imports.spelling import told

NOTHING = "This zip has no label file of this format in it."
WORKBOOK = "This is an Excel workbook. Save the sheet as CSV first."
# What Office's documents have, which are zips.
OF_OFFICE = "[Content_Types].xml"


def or_zipped(known: Format) -> Format:
    """Reads files of a format, and zips with some of it."""

    def fits(content: Content) -> bool:
        return any(fits_in_zip(known, file) for file in content.texts) if content.is_zipped else known.fits(content)

    def read(content: Content) -> Iterator[Said]:
        if not content.is_zipped:
            return known.read(content)
        if is_workbook(content):
            raise Unreadable(WORKBOOK)
        return read_each([file for file in content.texts if fits_in_zip(known, file)], known.read)

    of_file = known.columns
    if of_file is None:
        return replace(known, fits=fits, read=read)

    def columns(content: Content) -> Columns:
        """Of a zip, those of its first file of the format."""
        files = [file for file in content.texts if fits_in_zip(known, file)] if content.is_zipped else [content]
        return of_file(files[0])

    return replace(known, fits=fits, read=read, columns=columns)


def fits_in_zip(known: Format, file: Content) -> bool:
    """Whether a file of a zip is of this format; what is no text is of none. Raises BadArchive."""
    try:
        return known.fits(file)
    except Unreadable:
        return False


def read_each(files: Sequence[Content], read: Callable[[Content], Iterator[Said]]) -> Iterator[Said]:
    """What each of a zip's files says; where there are several, with the file's name at what cannot be used. Raises
    Unreadable.
    """
    if not files:
        raise Unreadable(NOTHING)
    for file in files:
        name = told(file.name)
        try:
            if len(files) == 1:
                yield from read(file)
                continue
            for said in read(file):
                yield said._replace(reason=f"{name}: {said.reason}") if type(said) is Loose else said
        except Unreadable as unreadable:
            raise Unreadable(f"{name}: {unreadable.reason}") from None


def is_workbook(content: Content) -> bool:
    return any(entry.name == OF_OFFICE for entry in content.archive.texts)
