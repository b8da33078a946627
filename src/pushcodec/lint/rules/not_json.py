"""PC101: a text that is not JSON."""

from __future__ import annotations

from pushcodec.errors import Code
from pushcodec.lint.analyses.violations import violations_of
from pushcodec.lint.examples import CHAT
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="The client ignores a text that its reader refuses, and reports nothing (`receive 4`).",
        bad=CHAT.replace('"Alice"', "'Alice'"),
        good=CHAT,
    )


RULE = Rule(Code.NOT_JSON, Severity.ERROR, page, violations_of(Code.NOT_JSON))
