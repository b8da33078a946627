"""The form of a rule: its code, severity, page and check, together in one module that is named after the rule.

A rule is a module of this package that defines `RULE`. The rule `wrong-type` (`Code.WRONG_TYPE`) is in `wrong_type.py`. An analysis
that several rules need is a function of the document, which they pass to `Document.once`, so that it runs once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document, Node
from pushcodec.lint.marks import Mark
from pushcodec.lint.severity import Severity


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


class Page(NamedTuple):
    """The documentation of a rule: why it matters, an example that breaks it, one that does not, and the options of both.

    `why` is Markdown. `options` are the arguments of the `Config` with which the examples are linted.
    """

    why: str
    bad: str | bytes
    good: str
    options: Mapping[str, Any] = {}


Check: TypeAlias = Callable[[Document, Config], Iterable[Finding]]


class Rule(NamedTuple):
    """A rule of the linter.

    - `code`: its code in the catalogue, which also has its name and its summary
    - `severity`: how much a finding matters
    - `page`: returns its page; a function, because most runs need no page
    - `check`: returns its findings in a document
    """

    code: Code
    severity: Severity
    page: Callable[[], Page]
    check: Check


def at_value(node: Node) -> Mark:
    """The mark of a value."""
    return Mark(node.paths)


def at_key(node: Node, key: str) -> Mark:
    """The mark of the key of a member of an object."""
    *around, path = node.paths
    return Mark((*around, (*path, key)), key=True)
