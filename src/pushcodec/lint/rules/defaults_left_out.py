"""PC601: an entity without action and version, from a sender that leaves out default values."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CHAT, chat, ext, without
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="A serializer that leaves out default values leaves out `action` and `version`. Android reads its own defaults; iOS "
        "ignores the payload (`route 2`).",
        bad=ext(without(chat(), "action", "version")),
        good=CHAT,
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """An entity that lacks both keys and has `chatType` or `sender`."""
    entity = document.entity
    if entity and entity.lacks("action", "version") and not entity.lacks("chatType", "sender"):
        message = "action and version are both absent, as from senders that leave out default values; the client has no defaults"
        yield Finding(message, at_value(entity))


RULE = Rule(Code.DEFAULTS_LEFT_OUT, Severity.WARNING, page, check)
