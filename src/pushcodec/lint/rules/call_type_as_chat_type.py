"""PC604: a call with the call type in chatType."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.enums import Action, ChatType
from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import call, content, ext
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="`call_type` says audio or video, `chatType` one-to-one or group. A sender that writes one into the other turns every "
        "audio call in a group into a one-to-one call.",
        bad=ext(call(content(call_type=1), chatType=1)),
        good=ext(call(content(call_type=1))),
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """A call with a `group_id` whose `chatType` is not 2 and equals `call_type`."""
    if document.action != Action.CALL or document.content is None or not isinstance(document.content.value, dict):
        return
    call = document.content.value
    chat_type = document.entity and document.entity.get("chatType")
    if chat_type and chat_type.value != ChatType.GROUP and chat_type.value == call.get("call_type") and call.get("group_id"):
        message = "chatType has the value of call_type, but group_id says that this is a group call: expected 2"
        yield Finding(message, at_value(chat_type))


RULE = Rule(Code.CALL_TYPE_AS_CHAT_TYPE, Severity.WARNING, page, check)
