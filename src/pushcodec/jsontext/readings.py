"""The readings of one document's texts: each reader reads each text once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pushcodec.jsontext.limits import DEFAULT_LIMITS, Limits
from pushcodec.jsontext.reading import Reading, read_embedded

_T = TypeVar("_T")


class Readings:
    """What readers made of the texts in a document, so that none of them reads a text again.

    `limits` are those of the strict reader. The results are shared: do not change them.
    """

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self.limits = limits
        self._embedded: dict[str, Reading] = {}
        self._read: dict[tuple[Callable[[str], Any], str], Any] = {}

    def embedded(self, text: str) -> Reading:
        """The strict reading of a text in a string of the document."""
        if text not in self._embedded:
            self._embedded[text] = read_embedded(text, self.limits)
        return self._embedded[text]

    def by(self, reader: Callable[[str], _T], text: str) -> _T:
        """What a reader, a function that does not raise, makes of a text."""
        key = (reader, text)
        if key not in self._read:
            self._read[key] = reader(text)
        result: _T = self._read[key]
        return result
