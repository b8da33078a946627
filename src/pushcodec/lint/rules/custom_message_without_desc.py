"""PC801: a push info of a custom message without desc."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.documents import Carrier, value_at
from pushcodec.enums import Action
from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document, Node
from pushcodec.lint.examples import CALL, push_info, text
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="A custom message, such as a call, is pushed only when it has a desc. A REST body says by itself what it is: "
        "with a `TIMCustomElem` in `MsgBody` it needs `OfflinePushInfo.Desc` or, without an `OfflinePushInfo`, the element's own "
        "`Desc`, which is ignored beside one. In any other form the push of a call needs the desc of that form; whether another "
        "message is a custom message is set in the configuration (`custom-message`). Source: Tencent IM offline-push guide, FAQ.",
        bad=text({"title": "Alice", "ext": CALL}),
        good=push_info(ext=CALL, desc="Alice is calling"),
    )


def check(document: Document, config: Config) -> Iterator[Finding]:
    """The push of a custom message whose desc is empty or absent."""
    form = document.form
    if not document.is_first or document.root is None or form.name == Carrier.TPNS_PUSH:
        return
    elements = list(document.nodes_at("MsgBody/*")) if form.settings == _PUSH_INFO else []
    if elements:
        yield from _in_body(document, elements)
    elif config.custom_message or (not config.has_own_router and _has_call(document)):
        yield from _without_desc(document)


def _has_call(document: Document) -> bool:
    return any(sibling.action == Action.CALL for sibling in document.siblings)


_PUSH_INFO = "OfflinePushInfo"
_EXPECTED = "a custom message, such as a call, is pushed only when {} is set"


def _in_body(document: Document, elements: list[Node]) -> Iterator[Finding]:
    """The custom element of a REST body whose desc, in the place that counts, is empty or absent."""
    contents = [each.get("MsgContent") for each in elements if value_at(each.value, "MsgType") == "TIMCustomElem"]
    settings = document.top.get(_PUSH_INFO)
    if settings and contents:
        own = any(content and value_at(content.value, "Desc") for content in contents)
        expected = _EXPECTED.format("OfflinePushInfo.Desc")
        yield from _finding(settings, "Desc", f"{expected}; that of the element is ignored beside it" if own else expected)
    elif not settings:
        for content in contents:
            yield from _finding(content, "Desc", _EXPECTED.format("Desc of its element")) if content else ()


def _without_desc(document: Document) -> Iterator[Finding]:
    """The push settings without a desc, of each place where the form has any."""
    for path in document.form.texts:
        around, _, key = path.rpartition("/")
        for settings in document.nodes_at(around):
            yield from _finding(settings, key, _EXPECTED.format(key))


def _finding(settings: Node, key: str, message: str) -> Iterator[Finding]:
    """The finding of settings without a text under a key. A template of the server has the text itself."""
    if isinstance(settings.value, dict) and not settings.value.get(key) and not settings.value.get("PushTemplateId"):
        yield Finding(message, at_value(settings.get(key) or settings))


RULE = Rule(Code.CUSTOM_MESSAGE_WITHOUT_DESC, Severity.WARNING, page, check)
