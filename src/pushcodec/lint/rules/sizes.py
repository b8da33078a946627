"""Rules of size: bytes against each limit on the way, which fields weigh most, and bytes that a shorter spelling saves."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pushcodec import jsontext
from pushcodec.documents import Carrier
from pushcodec.errors import Code, printable
from pushcodec.jsontext.values import Path, Span
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document, Node
from pushcodec.lint.marks import Paths, Place
from pushcodec.lint.rules.findings import Change, Finding, Mend, at_value

APNS_LIMIT, VOIP_LIMIT, TPNS_LIMIT = 4096, 5120, 4096
"""Most bytes of a notification. Sources: Apple, "Generating a remote notification"; TPNS push API."""

PUSH_INFO_ADVISED = 3072
"""Most bytes advised for title or desc and ext together. Source: Tencent IM offline-push guide."""

EXT_ADVISED = 1024
"""Most bytes advised for an ext. Source: Tencent IM push guide, 2026."""

_SPACE = " \t\n\r"


# Limits


def check_limits(document: Document, config: Config) -> Iterator[Finding]:
    """What is over a limit of its carrier or over an advised size: by how many bytes, and what weighs most.

    Of a text over the limits of the gate only the beginning may have been read, so nothing is counted there.
    """
    if len(document.text) > document.limits.max_bytes:
        return
    yield from _check_notification(document, config)
    if document.kind == "offline-push-info" and document.root:
        yield from _check_push_info(document.root)
    ext = _ext_text(document)
    if ext is not None and (size := _size(ext)) > EXT_ADVISED:
        yield _over(Code.OVERSIZED_EXT, "the ext has", size, EXT_ADVISED, _ext_node(document), document.ext)


def _check_notification(document: Document, config: Config) -> Iterator[Finding]:
    """A notification as it stands, or the smallest one that can carry the ext."""
    if document.kind == "notification" and document.root:
        limit = VOIP_LIMIT if config.voip else TPNS_LIMIT if document.carrier is Carrier.TPNS else APNS_LIMIT
        if (size := _size(document.text)) > limit:
            yield _over(Code.OVERSIZED_NOTIFICATION, "the notification has", size, limit, document.root, document.root)
        return
    ext = _ext_text(document)
    if ext is None:
        return
    info = document.root.value if document.kind == "offline-push-info" and document.root else {}
    size = _size(_smallest_notification(ext, info if isinstance(info, dict) else {}))
    limit = VOIP_LIMIT if config.voip else TPNS_LIMIT
    if size > limit:
        start = "the smallest TPNS notification that carries this ext has"
        yield _over(Code.OVERSIZED_NOTIFICATION, start, size, limit, _ext_node(document), document.ext)


def _smallest_notification(ext: str, info: dict[str, jsontext.JSONValue]) -> str:
    texts = (("title", info.get("title")), ("body", info.get("desc")))
    alert = {key: text for key, text in texts if isinstance(text, str) and text}
    notification = {"custom": ext}
    return jsontext.dump({"aps": {"alert": alert}, **notification} if alert else notification)


def _check_push_info(info: Node) -> Iterator[Finding]:
    """Title, desc and ext, counted as Tencent counts them: together, each as text."""
    parts = (info.get(key) for key in ("title", "desc", "ext"))
    size = sum(_size(part.value) for part in parts if part and isinstance(part.value, str))
    if size > PUSH_INFO_ADVISED:
        yield _over(Code.OVERSIZED_PUSH_INFO, "title, desc and ext together have", size, PUSH_INFO_ADVISED, info, info)


def _over(code: Code, start: str, size: int, limit: int, marked: Node, weighed: Node | None) -> Finding:
    heaviest = "; heaviest: " + ", ".join(_heaviest(weighed)) if weighed else ""
    advised = "advised " if code in (Code.OVERSIZED_EXT, Code.OVERSIZED_PUSH_INFO) else ""
    message = f"{start} {size} bytes, {size - limit} over the {advised}{limit}{heaviest}"
    return Finding(code, message, at_value(marked))


def _heaviest(node: Node) -> list[str]:
    """The three fields that take most bytes, as `/entity/content 812`."""
    weighed = sorted(_leaves(node), key=lambda leaf: leaf[1], reverse=True)
    return [f"{printable(jsontext.pointer(path), 100)} {size}" for path, size in weighed[:3]]


def _leaves(node: Node) -> Iterator[tuple[Path, int]]:
    """The scalars of a value, with the bytes of each in compact form, without recursion."""
    pending = [node]
    while pending:
        each = pending.pop()
        pending.extend(each.children())
        if not isinstance(each.value, dict | list):
            yield each.paths[-1], _size(json.dumps(each.value, ensure_ascii=False))  # infinity too, for what overflows a double


def _ext_text(document: Document) -> str | None:
    """The text of the ext, as it travels."""
    if document.kind == "ext":
        text = document.text if isinstance(document.text, str) else document.text.decode("utf-8", "replace")
        return text.strip(_SPACE)
    return document.ext_text.value if document.ext_text and isinstance(document.ext_text.value, str) else None


def _ext_node(document: Document) -> Node:
    return document.ext_text or document.top


def _size(text: str | bytes) -> int:
    """The bytes of a text in UTF-8, without white space around it."""
    return len(text.strip(_SPACE).encode("utf-8", "surrogatepass") if isinstance(text, str) else text.strip(_SPACE.encode()))


# Waste


class _Waste(NamedTuple):
    """Characters of a text that fewer could stand for."""

    span: Span
    shorter: str


_STRING_OR_SPACE = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[ \t\n\r]+', re.DOTALL)
_NEEDLESS = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")


def check_waste(document: Document, _: Config) -> Iterator[Finding]:
    """White space between tokens, and escapes of characters that need none, in each text that can be read."""
    if document.root is None or not document.is_sound(()):
        return
    layers = [(document.root, document.text if isinstance(document.text, str) else document.text.decode())]
    embedded = ((document.ext_text, document.ext), (document.content_text, document.content))
    for string, inside in embedded:
        if string and inside and isinstance(string.value, str) and document.is_sound(string.paths):
            layers.append((inside, string.value))
    for inside, text in layers:
        if spaces := _white_space(text):
            yield _wasted(Code.PRETTY_PRINTING, "white space between tokens wastes", "write compact JSON", inside, spaces)
        if escapes := _escapes(text):
            yield _wasted(Code.NEEDLESS_ESCAPES, "needless escapes waste", "write the characters themselves", inside, escapes)


def _wasted(code: Code, what: str, advice: str, inside: Node, wastes: list[_Waste]) -> Finding:
    layer: Paths = (*inside.paths[:-1], ())
    changes = tuple(Change(Place(layer, characters=waste.span), waste.shorter) for waste in wastes)
    saved = sum(waste.span.end - waste.span.start - len(waste.shorter.encode()) for waste in wastes)
    return Finding(code, f"{what} {saved} bytes of this text", at_value(inside), Mend(advice, safe=True, changes=changes))


def _white_space(text: str) -> list[_Waste]:
    """White space between the tokens of a text; what stands around the value is nobody's payload."""
    last = len(text.rstrip(_SPACE))
    runs = (run for run in _STRING_OR_SPACE.finditer(text) if text[run.start()] != '"')
    return [_Waste(Span(*run.span()), "") for run in runs if 0 < run.start() < last]


def _escapes(text: str) -> list[_Waste]:
    """Escapes in a text that are longer than what they stand for."""
    if "\\u" not in text and "\\/" not in text:
        return []
    found = []
    for escape in _NEEDLESS.finditer(text):
        shorter = _shortest(escape[0])
        if len(shorter.encode()) < len(escape[0]):
            found.append(_Waste(Span(*escape.span()), shorter))
    return found


def _shortest(escape: str) -> str:
    """The shortest spelling of the character that an escape stands for."""
    character = jsontext.parse(f'"{escape}"')
    return jsontext.dump(character)[1:-1]


CHECKS: tuple[Callable[[Document, Config], Iterator[Finding]], ...] = (check_limits, check_waste)
