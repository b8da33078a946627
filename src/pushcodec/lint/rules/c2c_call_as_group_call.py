"""PC603: a one-to-one call with the chatType of a group."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.enums import Action, ChatType
from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import c2c_call, call, content, ext
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="Some senders write `chatType` 2 on every call. Without a `group_id` the client joins no group call, and does not "
        "leave the call to the call kit either.",
        bad=ext(call(content(call_id="", group_id=""))),
        good=ext(c2c_call()),
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """A call with `chatType` 2 and an empty or absent `group_id`."""
    if document.action != Action.CALL or document.content is None or not isinstance(document.content.value, dict):
        return
    chat_type = document.entity and document.entity.get("chatType")
    if chat_type and chat_type.value == ChatType.GROUP and not document.content.value.get("group_id"):
        message = "chatType is 2, a group's, but group_id is empty, as from senders that write 2 on every call"
        yield Finding(message, at_value(chat_type))


RULE = Rule(Code.C2C_CALL_AS_GROUP_CALL, Severity.WARNING, page, check)
