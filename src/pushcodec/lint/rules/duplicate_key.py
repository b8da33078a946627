"""PC105: a repeated key in one object."""

from __future__ import annotations

from pushcodec.errors import Code
from pushcodec.lint.analyses.violations import violations_of
from pushcodec.lint.examples import CHAT
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="Readers do not agree on which of the two values counts: Apple's reader took the first, most others take the last. "
        "`s\\u0065nder` is the same key as `sender`.",
        bad=CHAT.replace('"sender":"alice"', '"sender":"alice","s\\u0065nder":"bob"'),
        good=CHAT,
    )


RULE = Rule(Code.DUPLICATE_KEY, Severity.ERROR, page, violations_of(Code.DUPLICATE_KEY))
