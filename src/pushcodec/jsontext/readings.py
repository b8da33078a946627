"""The readings of one document's texts: each reader reads each text once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pushcodec.jsontext.limits import DEFAULT_LIMITS, Limits
from pushcodec.jsontext.reading import Reading, read_embedded

_T = TypeVar("_T")


class Readings:
    """The readings of the texts in a document, so that no reader reads a text twice.

    `limits` are those of the strict reader. The results are shared: do not change them.
    """

    __slots__ = ("_results", "limits")

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self.limits = limits
        # By text the strict reading, by reader and text what another reader made of it. One dictionary, because `decode_ext` makes
        # one of these for each payload.
        self._results: dict[str | tuple[Callable[[str], Any], str], Any] = {}

    def embedded(self, text: str) -> Reading:
        """The strict reader's reading of a text in a string of the document."""
        reading: Reading | None = self._results.get(text)
        if reading is None:
            reading = self._results[text] = read_embedded(text, self.limits)
        return reading

    def by(self, reader: Callable[[str], _T], text: str) -> _T:
        """What a reader, a function that does not raise, makes of a text."""
        key = (reader, text)
        if key not in self._results:
            self._results[key] = reader(text)
        result: _T = self._results[key]
        return result
