"""What the checks of the rules give: findings, not yet placed in a file."""

from __future__ import annotations

from typing import NamedTuple

from pushcodec.errors import Code
from pushcodec.lint.document import Node
from pushcodec.lint.marks import Place


class Change(NamedTuple):
    """Other characters for what a place marks, as the innermost text is to have them."""

    place: Place
    characters: str


class Mend(NamedTuple):
    """How to mend a finding; a safe mend can't change what the client does."""

    message: str
    safe: bool
    changes: tuple[Change, ...]


class Finding(NamedTuple):
    """One finding in a document: which rule, what was expected or happens, and what it marks."""

    code: Code
    message: str
    place: Place
    mend: Mend | None = None


def at_value(node: Node) -> Place:
    """The value itself."""
    return Place(node.paths)


def at_key(node: Node, key: str) -> Place:
    """The key of a member of an object."""
    *around, path = node.paths
    return Place((*around, (*path, key)), key=True)
