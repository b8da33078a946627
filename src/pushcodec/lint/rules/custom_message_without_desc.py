"""PC801: a push info of a custom message without desc."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.enums import Action
from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CALL, push_info, text
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="A custom message, such as a call, is pushed only when `desc` is set. Whether any other message is a custom message "
        "is set in the configuration (`custom-message`). Source: Tencent IM offline-push guide, FAQ.",
        bad=text({"title": "Alice", "ext": CALL}),
        good=push_info(ext=CALL, desc="Alice is calling"),
    )


def check(document: Document, config: Config) -> Iterator[Finding]:
    """A push info with an empty or absent `desc`, of a call or of what the configuration says is a custom message."""
    root = document.root
    if document.kind != "offline-push-info" or root is None or not isinstance(root.value, dict):
        return
    if (config.custom_message or document.action == Action.CALL) and not root.value.get("desc"):
        message = "a custom message, such as a call, is pushed only when desc is set"
        yield Finding(message, at_value(root.get("desc") or root))


RULE = Rule(Code.CUSTOM_MESSAGE_WITHOUT_DESC, Severity.WARNING, page, check)
