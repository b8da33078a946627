"""PC104: a byte order mark before the text."""

from __future__ import annotations

from pushcodec.errors import Code
from pushcodec.lint.analyses.violations import violations_of
from pushcodec.lint.examples import CHAT
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="To the client, a text that begins with a byte order mark is not JSON.",
        bad="\ufeff" + CHAT,
        good=CHAT,
    )


RULE = Rule(Code.BYTE_ORDER_MARK, Severity.ERROR, page, violations_of(Code.BYTE_ORDER_MARK))
