"""PC502: a payload that the reference client ignores."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.errors import Code
from pushcodec.lint.analyses.reference import losses
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CHAT, chat, ext
from pushcodec.lint.findings import Finding
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="The user taps the notification, the app opens, and nothing else happens. The message says why.",
        bad=ext(chat(action=3)),
        good=CHAT,
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """A payload with which the reference client does nothing."""
    yield from document.once(losses).get(Code.IGNORED_PAYLOAD, ())


RULE = Rule(Code.IGNORED_PAYLOAD, Severity.ERROR, page, check)
