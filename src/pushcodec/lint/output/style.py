"""How text is shown on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from pushcodec.lint.diagnostics import Diagnostic


class Style(NamedTuple):
    """Whether there may be colours, and how many columns an excerpt may take, None for any number."""

    color: bool = False
    width: int | None = None

    def paint(self, text: str, role: str) -> str:
        """The text in the colour of its role."""
        return f"\x1b[{_COLORS[role]}m{text}\x1b[0m" if self.color else text


_COLORS: Final = {"error": "1;31", "warning": "1;33", "info": "1;36", "gutter": "1;34", "code": "1", "help": "1;32", "dim": "2"}


def shown(text: str) -> str:
    """A text as a terminal may have it: whatever can't be printed is spelt as an escape."""
    return text if text.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def readable(name: str) -> str:
    """The name of a file as text: bytes that are not UTF-8, which Python keeps as halves of surrogate pairs, are spelt `\\xff`."""
    return name if name.isprintable() else "".join(f"\\x{ord(c) - 0xDC00:x}" if "\udc80" <= c <= "\udcff" else c for c in name)


def shown_name(name: str) -> str:
    """The name of a file as a terminal may have it."""
    return shown(readable(name))


def message_with_location(diagnostic: Diagnostic) -> str:
    """`expected a string, got number [/entity/nickname]`."""
    return f"{diagnostic.message} [{diagnostic.location}]"


def columns(text: str) -> int:
    """How many columns of a terminal a printable text takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    import unicodedata  # loaded only where a text is not ASCII

    if unicodedata.combining(character) or unicodedata.category(character) in ("Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
