"""Text as a terminal can show it."""

from __future__ import annotations


def shown(text: str) -> str:
    """A text as a terminal may have it: whatever can't be printed is spelt as an escape."""
    return text if text.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def readable(name: str) -> str:
    """The name of a file as text: bytes that are not UTF-8, which Python keeps as halves of surrogate pairs, are spelt `\\xff`."""
    return name if name.isprintable() else "".join(f"\\x{ord(c) - 0xDC00:x}" if "\udc80" <= c <= "\udcff" else c for c in name)


def shown_name(name: str) -> str:
    """The name of a file as a terminal may have it."""
    return shown(readable(name))


def columns(text: str) -> int:
    """How many columns of a terminal a printable text takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    import unicodedata  # loaded only where a text is not ASCII

    if unicodedata.combining(character) or unicodedata.category(character) in ("Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
