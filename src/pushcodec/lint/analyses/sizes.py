"""Sizes in bytes of UTF-8, the limits of the carriers, and the fields that take most bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from pushcodec import jsontext
from pushcodec.errors import printable
from pushcodec.jsontext.values import WHITE_SPACE, Path
from pushcodec.lint.document import Document, Node
from pushcodec.lint.findings import Finding, at_value
from pushcodec.sizes import most

APNS_LIMIT: Final = most("APNs notification")
VOIP_LIMIT: Final = most("APNs VoIP notification")
TPNS_LIMIT: Final = most("TPNS message")
PUSH_INFO_ADVISED: Final = most("push info advised")
EXT_ADVISED: Final = most("ext advised")
"""The limits that rules compare with, in bytes; `pushcodec.sizes` has their sources."""


def size(text: str | bytes) -> int:
    """The bytes of a text in UTF-8, without white space around it."""
    if isinstance(text, bytes):
        return len(text.strip(WHITE_SPACE.encode()))
    return len(text.strip(WHITE_SPACE).encode("utf-8", "surrogatepass"))


def most_bytes(document: Document) -> int:
    """An upper bound of the bytes of all texts in a document, which takes no time to know."""
    text = document.texts.text
    return len(text) if isinstance(text, bytes) or text.isascii() else _MOST_OF_A_CHARACTER * len(text)


_MOST_OF_A_CHARACTER: Final = 4  # bytes


def is_counted(document: Document) -> bool:
    """Whether sizes of a document are known. Of a text over the limits only the beginning may have been read."""
    return len(document.texts.text) <= document.limits.max_bytes


def ext_text(document: Document) -> str | None:
    """The text of the ext, as a carrier transports it; None if there is none."""
    if document.kind == "ext" and document.is_whole:
        whole = document.texts.text
        return (whole if isinstance(whole, str) else whole.decode("utf-8", "replace")).strip(WHITE_SPACE)
    text = document.text_as_sent
    return text if isinstance(text, str) else None


def ext_node(document: Document) -> Node:
    """The value that is marked for the whole ext."""
    return document.ext_text or document.top


def over(subject: str, size: int, limit: int, *, marked: Node, weighed: Node | None, advised: bool = False) -> Finding:
    """A size over a limit: by how many bytes, and the fields of the value `weighed` that take most bytes."""
    heaviest = "; heaviest: " + ", ".join(_heaviest(weighed)) if weighed else ""
    message = f"{subject} {size} bytes, {size - limit} over the {'advised ' if advised else ''}{limit}{heaviest}"
    return Finding(message, at_value(marked))


def _heaviest(node: Node) -> list[str]:
    """The three fields that take most bytes, as `/entity/content 812`."""
    weighed = sorted(_leaves(node), key=lambda leaf: leaf[1], reverse=True)
    return [f"{printable(jsontext.pointer(path), 100)} {size}" for path, size in weighed[:3]]


def _leaves(node: Node) -> Iterator[tuple[Path, int]]:
    """The scalars of a value, with the bytes of each in compact form. Without recursion, because values may be deep."""
    pending = [node]
    while pending:
        each = pending.pop()
        pending.extend(each.children())
        if not isinstance(each.value, dict | list):
            # `json`, because a number that overflows a double is read as infinity
            yield each.paths[-1], size(json.dumps(each.value, ensure_ascii=False))
