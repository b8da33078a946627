"""PC504: a call with a timeout of 0 seconds."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CALL, call, content, ext
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="The call is over as soon as a second has passed, on Android at once.",
        bad=ext(call(content(timeout=0))),
        good=CALL,
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """A timeout of 0."""
    timeout = document.content and document.content.get("timeout")
    if timeout and type(timeout.value) is int and timeout.value == 0:
        yield Finding("the call is over at once: expected a timeout above 0 seconds", at_value(timeout))


RULE = Rule(Code.ZERO_TIMEOUT, Severity.WARNING, page, check)
