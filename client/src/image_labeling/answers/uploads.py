"""What the service says of files that are to be uploaded."""

from image_labeling.answers.base import Answer


class OfferedUpload(Answer):
    """A file that may be put at this address, once, within an hour or two."""

    name: str
    url: str


class Offer(Answer):
    """existing, conflicting: names of files that are there already, with as many bytes and with another number."""

    uploads: list[OfferedUpload]
    existing: list[str]
    conflicting: list[str]
