"""PC602: the content of a call without room_id and timeout."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CALL, call, content, ext, without
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="Web senders have left out both. A group call without `room_id` crashes the app (`route 16`).",
        bad=ext(call(without(content(), "room_id", "timeout"))),
        good=CALL,
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """A content that lacks both keys and has another key of a call."""
    content = document.content
    if content and content.lacks("room_id", "timeout") and not content.lacks("call_type", "invited_list", "call_id"):
        message = "room_id and timeout are both absent, as from web senders; a group call crashes the client"
        yield Finding(message, at_value(content))


RULE = Rule(Code.ROOM_AND_TIMEOUT_LEFT_OUT, Severity.WARNING, page, check)
