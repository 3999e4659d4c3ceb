"""Blob names that go wrong where a name is put into an address, a signature, XML or a filter by hand."""

HOSTILE_NAMES = [
    "with spaces .png",
    "h#ash.png",
    "per%cent.png",
    "100%25.png",
    "wh?at.png",
    'it\'s "quoted".png',
    "😀/猫.png",
    "plus+and&amp;.png",
    "semi;colon,=@!$*().png",
    "tilde~[br]{}|^`<>.png",
    "e\u0301.png",
    "ünï.png",
    "a//b.png",
    "x" * 1020 + ".png",
    "😀" * 510 + ".png",
]
