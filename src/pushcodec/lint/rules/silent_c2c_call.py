"""PC507: a one-to-one call, for which a tap does nothing."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.clients.ios.outcomes import DeferredC2CCall
from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CALL, c2c_call, ext
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="A tap on a one-to-one call does nothing by itself (`route 8`): the call kit rings once the app runs and is logged "
        "in. Good to know when a call seems lost.",
        bad=ext(c2c_call()),
        good=CALL,
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """A call that the client leaves to the call kit."""
    if document.entity and isinstance(document.route_on_arrival, DeferredC2CCall):
        message = "a tap does nothing by itself: the call kit rings once the app runs and is logged in"
        yield Finding(message, at_value(document.entity.child("chatType")))


RULE = Rule(Code.SILENT_C2C_CALL, Severity.INFO, page, check)
