"""Places: from characters of a text to lines, columns and bytes, and from a text embedded in a string back to the text around."""

from __future__ import annotations

from typing import NamedTuple


class Position(NamedTuple):
    """A place in a file: `line` and `column` from 1, in code points, `offset` from 0, in bytes."""

    line: int
    column: int
    offset: int
