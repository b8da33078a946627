"""A line of a text with carets under the marked characters, cut to the columns of a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from pushcodec.lint.diagnostics import Frame
from pushcodec.lint.output.style import columns, shown

_NARROWEST: Final = 16
"""The fewest columns that an excerpt is cut to; on a narrower terminal it wraps."""

_CUT = "…"


class Excerpt(NamedTuple):
    """A line as it is shown, and the carets below it."""

    line: str
    carets: str


def excerpt(frame: Frame, width: int | None) -> Excerpt:
    """The frame in at most `width` columns, None for no limit. An ellipsis on a side stands for the characters left out there.

    If the marked characters are too many, the first of them are shown, and only they have carets. White space at the end of the
    line is left out.
    """
    before, marked, after = shown(frame.before), shown(frame.marked), shown(frame.after)
    cut_before, cut_after = frame.clipped_before, frame.clipped_after
    needed = columns(before) + _carets(marked) + columns(after) + cut_before + cut_after
    if width is not None and needed > width:
        left = max(width, _NARROWEST) - 2  # without the ellipses
        marked = _fitting(frame.marked, left - min(columns(before), left // 3))
        if len(marked) < len(shown(frame.marked)):
            after, cut_after = "", True
        left -= _carets(marked)
        after, whole_after = _fitting(frame.after, max(left // 3, left - columns(before))) if after else "", after
        before, whole_before = _fitting_at_end(frame.before, left - columns(after)), before
        cut_before |= len(before) < len(whole_before)
        cut_after |= len(after) < len(whole_after)
    before = _CUT * cut_before + before
    line = f"{before}{marked}{after}{_CUT * cut_after}".rstrip()
    return Excerpt(line, " " * columns(before) + "^" * _carets(marked))


def _carets(marked: str) -> int:
    """The number of marked columns; one if no character is marked."""
    return max(1, columns(marked))


def _fitting(text: str, width: int) -> str:
    """As much of a text as `width` columns show, from its beginning."""
    return "".join(_while_fitting(map(shown, text), width))


def _fitting_at_end(text: str, width: int) -> str:
    """As much of a text as `width` columns show, up to its end, without the combining marks of a character that is left out."""
    characters = list(_while_fitting(map(shown, reversed(text)), width))
    if len(characters) < len(text):
        while characters and not columns(characters[-1]):
            characters.pop()
    return "".join(reversed(characters))


def _while_fitting(characters: Iterable[str], width: int) -> Iterator[str]:
    """The characters as they are shown, up to the first that does not fit."""
    for character in characters:
        width -= columns(character)
        if width < 0:
            return
        yield character
