"""PC305: an empty array where the contract requires items."""

from __future__ import annotations

from pushcodec.errors import Code
from pushcodec.lint.analyses.violations import violations_of
from pushcodec.lint.examples import CALL, call, content, ext
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="If `invited_list` is empty, no phone rings.",
        bad=ext(call(content(invited_list=[]))),
        good=CALL,
    )


RULE = Rule(Code.EMPTY_LIST, Severity.ERROR, page, violations_of(Code.EMPTY_LIST))
