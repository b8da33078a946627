"""PC111: an array or object with too many items."""

from __future__ import annotations

from pushcodec.errors import Code
from pushcodec.lint.analyses.violations import violations_of
from pushcodec.lint.examples import chat, ext
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="An array or object of more than 1,000 items is refused. No payload needs so many.",
        bad=ext(chat(), userData=[0] * 1001),
        good=ext(chat(), userData=[0] * 10),
    )


RULE = Rule(Code.TOO_MANY_ITEMS, Severity.ERROR, page, violations_of(Code.TOO_MANY_ITEMS))
