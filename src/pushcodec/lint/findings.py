"""What rules find in a document, before it has positions in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

from pushcodec.lint.config import Config
from pushcodec.lint.document import Document, Node
from pushcodec.lint.marks import Mark


class Change(NamedTuple):
    """A replacement of the characters that a mark covers. `characters` are those of the innermost text."""

    mark: Mark
    characters: str


class ProposedFix(NamedTuple):
    """A fix of a finding, as changes of the document. A safe fix does not change what the client does."""

    message: str
    safe: bool
    changes: tuple[Change, ...]


class Finding(NamedTuple):
    """A fault that a rule finds: what was expected or what happens, what it marks in the document, and its fix if there is one."""

    message: str
    mark: Mark
    fix: ProposedFix | None = None


Check: TypeAlias = Callable[[Document, Config], Iterable[Finding]]


def at_value(node: Node) -> Mark:
    """The mark of a value."""
    return Mark(node.paths)


def at_key(node: Node, key: str) -> Mark:
    """The mark of the key of a member of an object."""
    *around, path = node.paths
    return Mark((*around, (*path, key)), key=True)
