"""The style of findings on a terminal, and the functions of `display` for text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pushcodec.display import columns as columns
from pushcodec.display import readable as readable
from pushcodec.display import shown as shown
from pushcodec.display import shown_name as shown_name

if TYPE_CHECKING:
    from pushcodec.lint.diagnostics import Diagnostic


class Style(NamedTuple):
    """Whether to use colours, and the most columns of an excerpt; None for no limit."""

    color: bool = False
    width: int | None = None

    def paint(self, text: str, role: str) -> str:
        """The text in the colour of its role."""
        return f"\x1b[{_COLORS[role]}m{text}\x1b[0m" if self.color else text


_COLORS: Final = {"error": "1;31", "warning": "1;33", "info": "1;36", "gutter": "1;34", "code": "1", "help": "1;32", "dim": "2"}


def message_with_location(diagnostic: Diagnostic) -> str:
    """`expected a string, got number [/entity/nickname]`."""
    return f"{diagnostic.message} [{diagnostic.location}]"
