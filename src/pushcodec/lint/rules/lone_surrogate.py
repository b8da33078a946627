"""PC106: half of a surrogate pair."""

from __future__ import annotations

from pushcodec.errors import Code
from pushcodec.lint.analyses.violations import violations_of
from pushcodec.lint.examples import CHAT
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="Half of a surrogate pair is not a character, and to the client the text is not JSON. A sender that cuts an emoji in "
        "two produces one.",
        bad=CHAT.replace("noon?", "noon? \\ud83c"),
        good=CHAT.replace("noon?", "noon? \\ud83c\\udf5c"),
    )


RULE = Rule(Code.LONE_SURROGATE, Severity.ERROR, page, violations_of(Code.LONE_SURROGATE))
