"""Exts that fit into a number of bytes: the texts that people wrote are shortened, ids never.

Boundaries of graphemes are those of Unicode, as PyPI's `regex` finds them (extra `fit`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

from pushcodec import jsontext
from pushcodec.codec import encode_ext
from pushcodec.compose.keywords import named
from pushcodec.errors import Code, OversizedError, Violation
from pushcodec.extras import needs
from pushcodec.jsontext import MOST_DEPTH, Limits
from pushcodec.models import Ext, to_wire
from pushcodec.sizes import heaviest

ELLIPSIS: Final = "…"
"""What follows the kept part of a text."""

_SHORTENED: Final = ("content", "nickname")
"""The attributes of an entity that are shortened, in this order."""

_PART: Final = 64
"""So many characters are divided into graphemes at once."""

Graphemes: TypeAlias = Callable[[str], Iterator[Any]]
"""A function that returns a match for each grapheme of a text."""

_ANY_SIZE: Final = Limits(max_bytes=sys.maxsize, max_depth=MOST_DEPTH, max_items=sys.maxsize)


@named
def fit(ext: Ext, *, max_bytes: int) -> Ext:
    """The ext, shortened so that its text (`encode_ext`) has at most `max_bytes` bytes of UTF-8.

    The `content` of a chat is shortened first, as little as possible and to `…` at most, then the `nickname`. The kept part ends
    between two graphemes (user-perceived characters), and `…` follows it. The content of a call is JSON, so it is kept, and so is
    everything else. An ext that fits is returned unchanged.

    Raises OversizedError if the ext does not fit even then; its message names the fields with most bytes. Raises EncodeError for
    an ext that `encode_ext` refuses, ValueError for a `max_bytes` below 1, and MissingExtraError without the extra `fit`.
    """
    Limits(max_bytes=max_bytes)  # checks the number
    with needs("fit"):
        import regex
    graphemes = regex.compile(r"\X").finditer
    over = len(encode_ext(ext, limits=_ANY_SIZE).encode()) - max_bytes
    for name in _SHORTENED:
        text = getattr(ext.entity, name)
        if over > 0 and isinstance(text, str) and _size(text) > _size(ELLIPSIS):
            shorter = _shortened(text, _size(text) - over, graphemes)
            over -= _size(text) - _size(shorter)
            ext = ext.model_copy(update={"entity": ext.entity.model_copy(update={name: shorter})})
    if over > 0:
        raise OversizedError([_too_large(ext, max_bytes, over)])
    return ext


def _shortened(text: str, most: int, graphemes: Graphemes) -> str:
    """The longest beginning of a text that has, with `…`, at most `most` bytes in JSON; at least `…`."""
    left, start, kept = most - _size(ELLIPSIS), 0, 0
    for end in _ends(text, graphemes):
        left -= _size(text[start:end])
        if left >= 0:
            kept = end
        start = end
    return text[:kept] + ELLIPSIS


def _ends(text: str, graphemes: Graphemes) -> Iterator[int]:
    """Where the graphemes of a text end.

    `regex` counts the letters of flags from the start of the text for each grapheme, which takes quadratic time, so it is given
    parts of the text. Each part begins where a grapheme ends. The last grapheme of a part may continue in the next one.
    """
    start, width = 0, _PART
    while start < len(text):
        ends = [start + grapheme.end() for grapheme in graphemes(text[start : start + width])]
        if start + width < len(text):
            ends.pop()
        yield from ends
        start, width = (ends[-1], _PART) if ends else (start, 2 * width)


def _size(text: str) -> int:
    """The bytes of a text in a JSON string, without the quotes: an escape has several."""
    return len(jsontext.dump(text).encode()) - 2


def _too_large(ext: Ext, max_bytes: int, over: int) -> Violation:
    fields = ", ".join(heaviest(to_wire(ext)))
    message = f"expected at most {max_bytes} bytes, got {max_bytes + over} without what can be shortened; heaviest: {fields}"
    return Violation(Code.TOO_LARGE, "", message)
