"""What a finding marks: a value, a key, or characters, in the document or in a text inside it."""

from __future__ import annotations

from typing import NamedTuple

from pushcodec.jsontext.values import Path, Span, pointer

Paths = tuple[Path, ...]
"""A path for each text: in each but the innermost the path to the string that contains the next text, and last the path there."""


class Mark(NamedTuple):
    """What a finding marks: a value, the key of a member, or some characters of the innermost text."""

    paths: Paths
    key: bool = False
    characters: Span | None = None

    @property
    def pointers(self) -> tuple[str, ...]:
        """One RFC 6901 pointer for each text."""
        return tuple(map(pointer, self.paths))
