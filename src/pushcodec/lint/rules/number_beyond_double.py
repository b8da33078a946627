"""PC108: a number that a double cannot represent."""

from __future__ import annotations

from pushcodec.errors import Code
from pushcodec.lint.analyses.violations import violations_of
from pushcodec.lint.examples import CHAT
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="A reader converts the number to infinity or to zero, or refuses the text, as the client does.",
        bad=CHAT[:-1] + ',"ratio":1e999}',
        good=CHAT[:-1] + ',"ratio":1e99}',
    )


RULE = Rule(Code.NUMBER_BEYOND_DOUBLE, Severity.ERROR, page, violations_of(Code.NUMBER_BEYOND_DOUBLE))
