"""Text in the form that a terminal can show."""

from __future__ import annotations


def shown(text: str) -> str:
    """The text in printable characters: all others are written as escapes of Python."""
    return text if text.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def readable(name: str) -> str:
    """The name of a file as text. Bytes that are not UTF-8, which Python represents as lone surrogates, are written as `\\xff`."""
    return name if name.isprintable() else "".join(f"\\x{ord(c) - 0xDC00:x}" if "\udc80" <= c <= "\udcff" else c for c in name)


def shown_name(name: str) -> str:
    """The name of a file in printable characters."""
    return shown(readable(name))


def columns(text: str) -> int:
    """The terminal columns that a printable text takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    import unicodedata  # loaded only if a text is not ASCII

    if unicodedata.combining(character) or unicodedata.category(character) in ("Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
