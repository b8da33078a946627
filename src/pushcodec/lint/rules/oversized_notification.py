"""PC701: a notification over the limit of its carrier."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pushcodec.documents import FORMS, Carrier
from pushcodec.errors import Code
from pushcodec.jsontext.writing import dump_deep
from pushcodec.lint.analyses.push_texts import sent_texts
from pushcodec.lint.analyses.sizes import APNS_LIMIT, TPNS_LIMIT, VOIP_LIMIT, ext_node, ext_text, is_counted, most_bytes, over, size
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CHAT, LONG, chat, ext, text
from pushcodec.lint.findings import Finding
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity
from pushcodec.sizes import smallest_notification


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="APNs and TPNS accept 4,096 bytes, a VoIP push 5,120. A larger notification is refused, or cut. The bytes are those "
        "of the whole notification in UTF-8, or of the `message` of a TPNS push; of an ext in another form, those of the smallest "
        "TPNS notification that contains it with the title and the desc of that form. Sources: Apple, Generating a remote "
        "notification; TPNS push API.",
        bad=text({"aps": {"alert": "Lunch?"}, "custom": ext(chat(content=LONG * 4))}),
        good=text({"aps": {"alert": "Lunch?"}, "custom": CHAT}),
    )


def check(document: Document, config: Config) -> Iterator[Finding]:
    """The notification itself, or the smallest one that contains the ext."""
    # No form contains a text in less than a third of the bytes that a JSON string takes: an array of bytes has `1,` for `\\u0001`.
    if 3 * most_bytes(document) + _OVERHEAD <= APNS_LIMIT or not is_counted(document):
        return
    if document.kind == "notification" and document.root and document.is_whole:
        limit = VOIP_LIMIT if config.voip else TPNS_LIMIT if document.form.name == Carrier.TPNS else APNS_LIMIT
        if (size_of_it := size(document.texts.text)) > limit:
            yield over("the notification has", size_of_it, limit, marked=document.root, weighed=document.root)
    elif document.form.name == Carrier.TPNS_PUSH:
        yield from _in_message(document)
    else:
        yield from _around_ext(document, config)


def _around_ext(document: Document, config: Config) -> Iterator[Finding]:
    """The smallest notification that contains the ext."""
    ext = ext_text(document)
    if ext is None:
        return
    title, desc = sent_texts(document)
    smallest = size(smallest_notification(ext, _title_for_ios(document) or title or "", desc or ""))
    if smallest > TPNS_LIMIT and smallest > (limit := VOIP_LIMIT if config.voip or _is_voip(document) else TPNS_LIMIT):
        subject = "the smallest TPNS notification that carries this ext has"
        yield over(subject, smallest, limit, marked=ext_node(document), weighed=document.ext)


def _in_message(document: Document) -> Iterator[Finding]:
    """The message of a TPNS push, which may contain two exts."""
    message = document.top.get("message")
    if not document.is_first or message is None:
        return
    if (size_of_it := size(dump_deep(message.value, _scalar))) > TPNS_LIMIT:
        yield over("the message has", size_of_it, TPNS_LIMIT, marked=message, weighed=message)


def _scalar(value: object) -> str:
    """The text of a scalar; a number that overflows a double was read as infinity."""
    return json.dumps(value, ensure_ascii=False)


_VOIP_SETTINGS = (
    "ApnsInfo/IsVoipPush",
    "apnsInfo/isVoipPush",
    "iOSPushType",
    "extensionInfo/iOSPushType",
    "apnsConfig/iOSPushType",
)
_VOIP_OF_C_API = "offline_push_config_ios_config/ios_offline_push_config_push_type"


def _is_voip(document: Document) -> bool:
    """Whether the form itself says that its push is a VoIP push."""
    if document.root is None or document.kind not in FORMS:
        return False
    at = document.form.settings
    paths = (f"{at}/{each}" if at else each for each in (*_VOIP_SETTINGS, _VOIP_OF_C_API))
    return any(type(node.value) is int and node.value == 1 for path in paths for node in document.nodes_at(path))


def _title_for_ios(document: Document) -> str | None:
    """The title that the REST API sends to iOS in the place of the other one."""
    at = document.form.settings
    found = next(document.nodes_at(f"{at}/ApnsInfo/Title" if at else "ApnsInfo/Title"), None)
    return found.value if found and isinstance(found.value, str) else None


_OVERHEAD = 64  # bytes of what is around title, desc and ext


RULE = Rule(Code.OVERSIZED_NOTIFICATION, Severity.WARNING, page, check)
