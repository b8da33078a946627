"""What is left out where the app's own router reads the ext: what its entity means, and what TUIKit's clients do with it."""

from __future__ import annotations

from typing import Final

from pushcodec.errors import Code
from pushcodec.lint.catalogue import CODES
from pushcodec.lint.document import Document
from pushcodec.lint.marks import Paths

OF_THE_CLIENTS: Final = frozenset(code for code in CODES if code[:3] in ("PC5", "PC6")) | {Code.GROUP_ID_AS_USER_ID}
"""The rules of the entity and of the clients, none of which applies."""

_OF_SCHEMAS: Final = frozenset(code for code in CODES if code[:3] == "PC3")


def is_left_out(code: Code, document: Document, paths: Paths) -> bool:
    """Whether a finding is about a value in an ext that is no entity of TUIKit: `document` is one of the form.

    Faults of the text, findings of the form around the ext and sizes stay.
    """
    return code in _OF_SCHEMAS and any(_is_in_ext(sibling, paths) for sibling in document.first.siblings)


def _is_in_ext(document: Document, paths: Paths) -> bool:
    place = document.place
    if place is None:
        return False
    if not place.is_object:
        return len(paths) > len(place.paths) and paths[: len(place.paths)] == place.paths
    *around, last = place.paths
    depth = len(around)
    return paths[:depth] == tuple(around) and len(paths) > depth and paths[depth][: len(last)] == last
