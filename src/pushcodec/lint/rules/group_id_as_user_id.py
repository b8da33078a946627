"""PC804: a group id where a user id belongs."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.enums import Action, ChatType
from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document, Node
from pushcodec.lint.examples import CHAT, chat, ext
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity
from pushcodec.lint.units import GROUP_ID


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="No user id begins with `@TGS#`. The chat or the call reaches no user.",
        bad=ext(chat(sender="@TGS#2WALRUSX")),
        good=CHAT,
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """A group id as the `sender` of anything but a group chat, or in `invited_list`."""
    for node in _user_ids(document):
        if isinstance(node.value, str) and node.value.startswith(GROUP_ID):
            yield Finding("expected a user's id, this looks like a group's", at_value(node))


def _user_ids(document: Document) -> Iterator[Node]:
    sender = document.entity and document.entity.get("sender")
    if sender and not (document.action == Action.CHAT and document.chat_type == ChatType.GROUP):
        yield sender
    invited = document.content and document.content.get("invited_list")
    if invited and isinstance(invited.value, list):
        yield from invited.children()


RULE = Rule(Code.GROUP_ID_AS_USER_ID, Severity.WARNING, page, check)
