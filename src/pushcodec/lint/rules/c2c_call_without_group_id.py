"""PC508: a one-to-one call without a group_id."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.enums import Action, ChatType
from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import c2c_call, call, content, ext, without
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why='A running Android app never rings for it; with `"group_id":""` it does.',
        bad=ext(call(without(content(), "group_id"), chatType=1)),
        good=ext(c2c_call()),
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """A one-to-one call that lacks the key `group_id`."""
    content = document.content
    if content and content.lacks("group_id") and document.action == Action.CALL and document.chat_type == ChatType.C2C:
        message = "a running Android app never rings: expected the key group_id, with an empty string"
        yield Finding(message, at_value(content))


RULE = Rule(Code.C2C_CALL_WITHOUT_GROUP_ID, Severity.INFO, page, check)
