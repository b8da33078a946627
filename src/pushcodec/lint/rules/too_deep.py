"""PC109: a text with too many levels."""

from __future__ import annotations

from pushcodec.errors import Code
from pushcodec.lint.analyses.violations import violations_of
from pushcodec.lint.examples import chat, text
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity

_DEEP = "[" * 15 + "1" + "]" * 15


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="Deep nesting can crash a reader that recurses. No payload needs more than 16 levels.",
        bad=f'{{"entity":{text(chat())},"userData":[{_DEEP}]}}',
        good=f'{{"entity":{text(chat())},"userData":{_DEEP}}}',
    )


RULE = Rule(Code.TOO_DEEP, Severity.ERROR, page, violations_of(Code.TOO_DEEP))
