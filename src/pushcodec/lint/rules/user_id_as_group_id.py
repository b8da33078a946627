"""PC609: a sender of a group chat that does not look like a group id."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.enums import Action, ChatType
from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import chat, ext
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity
from pushcodec.lint.units import GROUP_ID


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="The `sender` of a group chat is the group. The id of a user there opens a group that does not exist. Group ids that "
        "Tencent assigns begin with `@TGS#`; ids that an app assigns itself may begin with anything.",
        bad=ext(chat(chatType=2)),
        good=ext(chat(chatType=2, sender="@TGS#2WALRUSX")),
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """A `sender` of a group chat that does not begin with `@`."""
    if document.action != Action.CHAT or document.chat_type != ChatType.GROUP:
        return
    sender = document.entity and document.entity.get("sender")
    if sender and isinstance(sender.value, str) and sender.value and not sender.value.startswith("@"):
        message = f"the sender of a group chat is the group's id, and those that Tencent assigns begin with {GROUP_ID}"
        yield Finding(message, at_value(sender))


RULE = Rule(Code.USER_ID_AS_GROUP_ID, Severity.INFO, page, check)
