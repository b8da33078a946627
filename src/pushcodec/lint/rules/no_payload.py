"""PC401: a notification without an ext."""

from __future__ import annotations

from pushcodec.errors import Code
from pushcodec.lint.analyses.violations import violations_of
from pushcodec.lint.examples import CHAT, text
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="The client looks for `custom` (TPNS), `ext` (APNs) or `entity` (below iOS 10), finds none and does nothing.",
        bad=text({"aps": {"alert": "Lunch at noon?"}}),
        good=text({"aps": {"alert": "Lunch at noon?"}, "custom": CHAT}),
        options={"kind": "notification"},
    )


RULE = Rule(Code.NO_PAYLOAD, Severity.ERROR, page, violations_of(Code.NO_PAYLOAD))
