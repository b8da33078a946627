"""PC501: a payload on which the reference client crashes."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.errors import Code
from pushcodec.lint.analyses.comparison import crashes
from pushcodec.lint.analyses.reference import losses
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CALL, call, content, ext, without
from pushcodec.lint.findings import Finding
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="The app crashes when the user taps the notification, and again on each tap. The message says on which value.",
        bad=ext(call(without(content(), "room_id"))),
        good=CALL,
    )


def check(document: Document, config: Config) -> Iterator[Finding]:
    """A crash of the reference client, and of each other client whose crashes have this code."""
    yield from document.once(losses).get(Code.CLIENT_CRASH, ())
    yield from crashes(document, config, Code.CLIENT_CRASH)


RULE = Rule(Code.CLIENT_CRASH, Severity.ERROR, page, check)
