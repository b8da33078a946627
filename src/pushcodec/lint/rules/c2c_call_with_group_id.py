"""PC509: a one-to-one call with a group_id."""

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
        why="Android does not look at `chatType` of a call: it rings as a group call, iOS leaves the call to the call kit.",
        bad=ext(call(content(call_type=2), chatType=1)),
        good=ext(c2c_call()),
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """A one-to-one call with a `group_id` that is not empty."""
    group_id = document.content and document.content.get("group_id")
    is_c2c_call = document.action == Action.CALL and document.chat_type == ChatType.C2C
    if is_c2c_call and group_id and isinstance(group_id.value, str) and group_id.value:
        yield Finding("Android rings this as a group call: expected an empty group_id", at_value(group_id))


RULE = Rule(Code.C2C_CALL_WITH_GROUP_ID, Severity.WARNING, page, check)
