"""PC304: an empty string where the contract requires characters."""

from __future__ import annotations

from pushcodec.errors import Code
from pushcodec.lint.analyses.violations import violations_of
from pushcodec.lint.examples import CHAT, chat, ext
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="A chat with an empty `sender` opens nothing. The call kit never joins a group call without `call_id` or `group_id`.",
        bad=ext(chat(sender="")),
        good=CHAT,
    )


RULE = Rule(Code.EMPTY_STRING, Severity.ERROR, page, violations_of(Code.EMPTY_STRING))
