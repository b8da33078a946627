"""PC110: a text with too many bytes."""

from __future__ import annotations

from pushcodec.errors import Code
from pushcodec.lint.analyses.violations import violations_of
from pushcodec.lint.examples import CHAT, chat, ext
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="A text of more than 65,536 bytes is not read at all. No carrier accepts a twelfth of that.",
        bad=ext(chat(content="x" * 65536)),
        good=CHAT,
    )


RULE = Rule(Code.TOO_LARGE, Severity.ERROR, page, violations_of(Code.TOO_LARGE))
