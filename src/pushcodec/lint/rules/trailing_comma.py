"""PC102: a comma after the last member or element."""

from __future__ import annotations

from pushcodec.errors import Code
from pushcodec.lint.analyses.violations import violations_of
from pushcodec.lint.examples import CHAT
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="The iOS reader tolerates one comma after the last member. Android and every strict reader refuse the text.",
        bad=CHAT.replace("1}}", "1,}}"),
        good=CHAT,
    )


RULE = Rule(Code.TRAILING_COMMA, Severity.ERROR, page, violations_of(Code.TRAILING_COMMA))
