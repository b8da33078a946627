"""What a finding marks, said by paths: a value, a key, or characters, in whatever text inside the document."""

from __future__ import annotations

from typing import NamedTuple

from pushcodec.jsontext.values import Path, Span, pointer

Paths = tuple[Path, ...]
"""The path in the outermost text to the string that holds the next one, and so on, and last the path in the innermost text."""


class Place(NamedTuple):
    """What a finding marks: a value, the key of a member, or some characters of the innermost text."""

    paths: Paths
    key: bool = False
    characters: Span | None = None

    @property
    def pointers(self) -> tuple[str, ...]:
        """One RFC 6901 pointer for each layer."""
        return tuple(map(pointer, self.paths))
