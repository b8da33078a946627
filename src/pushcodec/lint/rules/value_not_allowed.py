"""PC303: a value that the contract does not allow."""

from __future__ import annotations

from pushcodec.errors import Code
from pushcodec.lint.analyses.violations import violations_of
from pushcodec.lint.examples import CHAT, chat, ext
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="A client does nothing with a value that it does not know. Android refuses every `version` of an entity but 1.",
        bad=ext(chat(version=2)),
        good=CHAT,
    )


RULE = Rule(Code.VALUE_NOT_ALLOWED, Severity.ERROR, page, violations_of(Code.VALUE_NOT_ALLOWED))
