"""PC506: a value that is no integer and that the reference client reads as one."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.clients.ios.foundation import int_value
from pushcodec.clients.ios.outcomes import DeferredC2CCall, JoinGroupCall, OpenC2CChat, OpenGroupChat
from pushcodec.errors import Code
from pushcodec.jsontext.values import json_type
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CHAT, chat, ext
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why='iOS makes 1 of `"1"`, `1.0` and `true`. Other clients and later ones may not.',
        bad=ext(chat(action=True)),
        good=CHAT,
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """The values that the client reads as integers and that are of another type, in a payload that it accepts."""
    taken = document.route_on_arrival
    if not isinstance(taken, OpenC2CChat | OpenGroupChat | DeferredC2CCall | JoinGroupCall):
        return
    read = [document.entity and document.entity.get(key) for key in ("action", "chatType")]
    if isinstance(taken, JoinGroupCall):
        read.append(document.entity and document.entity.get("sendTime"))
        read.extend(document.content and document.content.get(key) for key in ("timeout", "action"))
    for node in read:
        if node is not None and type(node.value) is not int:
            message = f"the client reads this {json_type(node.value)} as {int_value(node.value)}; other clients need not"
            yield Finding(message, at_value(node))


RULE = Rule(Code.CLIENT_COERCION, Severity.WARNING, page, check)
