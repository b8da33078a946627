"""PC103: a text that is not UTF-8."""

from __future__ import annotations

from pushcodec.errors import Code
from pushcodec.lint.analyses.violations import violations_of
from pushcodec.lint.examples import chat, ext
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="No client reads a text that is not UTF-8. A sender that cuts a text in the middle of a character produces one.",
        bad=ext(chat(content="中")).encode().replace("中".encode(), "中".encode()[:2]),
        good=ext(chat(content="中")),
    )


RULE = Rule(Code.INVALID_UTF8, Severity.ERROR, page, violations_of(Code.INVALID_UTF8))
