"""PC806: push settings of a custom element beside an OfflinePushInfo."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.documents import value_at
from pushcodec.errors import Code
from pushcodec.jsontext import ABSENT
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CHAT, text
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    element = {"MsgType": "TIMCustomElem", "MsgContent": {"Data": "{}", "Desc": "Lunch at noon?"}}
    settings = {"Desc": "Lunch at noon?", "Ext": CHAT, "AndroidInfo": {"OPPOChannelID": "tuikit"}}
    without = {"MsgType": "TIMCustomElem", "MsgContent": {"Data": "{}"}}
    return Page(
        why="`Desc`, `Ext` and `Sound` of a `TIMCustomElem` are settings of the push too. The server ignores them as soon as the "
        "body has an `OfflinePushInfo`, even an empty one. Source: Tencent IM, OfflinePushInfo.",
        bad=text({"To_Account": "bob", "MsgBody": [element], "OfflinePushInfo": settings}),
        good=text({"To_Account": "bob", "MsgBody": [without], "OfflinePushInfo": settings}),
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """The settings of each custom element beside an OfflinePushInfo."""
    if not document.is_first or value_at(document.top.value, "OfflinePushInfo") is ABSENT:
        return
    for element in document.nodes_at("MsgBody/*"):
        kind, content = element.get("MsgType"), element.get("MsgContent")
        if kind is None or kind.value != "TIMCustomElem" or content is None:
            continue
        for key in ("Desc", "Ext", "Sound"):
            node = content.get(key)
            if node is not None:
                yield Finding(f"{key} of this element is ignored, because the body has an OfflinePushInfo", at_value(node))


RULE = Rule(Code.ELEMENT_SETTINGS_IGNORED, Severity.WARNING, page, check)
