"""PC107: an integer of more than 64 bits."""

from __future__ import annotations

from pushcodec.errors import Code
from pushcodec.lint.analyses.violations import violations_of
from pushcodec.lint.examples import chat, ext
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="Readers convert the integer to a double, or refuse the text.",
        bad=ext(chat(), traceId=2**64),
        good=ext(chat(), traceId=str(2**64)),
    )


RULE = Rule(Code.INTEGER_BEYOND_64_BITS, Severity.ERROR, page, violations_of(Code.INTEGER_BEYOND_64_BITS))
