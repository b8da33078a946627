"""Sizes of payloads, and the limits of vendors and carriers, in one table that the linter uses too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, TypeAlias

from pushcodec import jsontext
from pushcodec.errors import printable
from pushcodec.jsontext import JSONValue
from pushcodec.jsontext.values import Path

Unit: TypeAlias = Literal["bytes", "UTF-16 units"]
"""Bytes are those of the text in UTF-8. A character has one UTF-16 unit, or two beyond U+FFFF, as most emojis."""

Subject: TypeAlias = Literal["title", "desc", "ext", "desc and ext", "title, desc and ext", "notification", "voip", "message"]
"""What is measured. `voip` is a notification that APNs delivers as a VoIP push, `message` that of the push API of TPNS."""

# Limits

_PUSH_INFO: Final = "Tencent IM, OfflinePushInfo, https://trtc.io/document/77715"
_PUSH_GUIDE: Final = "Tencent IM push guide, https://cloud.tencent.com/document/product/269/133879"
_OFFLINE_GUIDE: Final = "Tencent IM offline-push guide"
_APPLE: Final = "Apple, Generating a remote notification"
_TPNS: Final = "TPNS push API, https://intl.cloud.tencent.com/document/product/1024/33764"


class Limit(NamedTuple):
    """The most that a vendor or a carrier shows, accepts or advises of a subject, in `unit`.

    A limit with a `push_style` applies to push settings with this `PushStyle`, and replaces the limit of the same name.
    """

    name: str
    subject: Subject
    most: int
    unit: Unit
    source: str
    push_style: int | None = None


def _shown(vendor: str, title: int, desc: int) -> tuple[Limit, Limit]:
    """What a vendor shows of title and desc; the rest is cut."""
    return (
        Limit(f"{vendor} title", "title", title, "UTF-16 units", _PUSH_INFO),
        Limit(f"{vendor} desc", "desc", desc, "UTF-16 units", _PUSH_INFO),
    )


LIMITS: Final = (
    *_shown("Huawei", 60, 600),
    *_shown("Honor", 50, 400),
    *_shown("Xiaomi", 50, 128),
    *_shown("OPPO", 50, 50),
    Limit("OPPO desc", "desc", 128, "UTF-16 units", _PUSH_INFO, push_style=1),
    *_shown("vivo", 40, 100),
    *_shown("Meizu", 32, 100),
    Limit("ext advised", "ext", 1024, "bytes", _PUSH_GUIDE),
    Limit("desc and ext", "desc and ext", 3072, "bytes", _PUSH_INFO),
    Limit("push info advised", "title, desc and ext", 3072, "bytes", _OFFLINE_GUIDE),
    Limit("APNs notification", "notification", 4096, "bytes", _APPLE),
    Limit("APNs VoIP notification", "voip", 5120, "bytes", _APPLE),
    Limit("TPNS message", "message", 4096, "bytes", _TPNS),
)
"""Every limit."""


def most(name: str) -> int:
    """The number of the limit of this name. Raises KeyError for an unknown one."""
    return {limit.name: limit.most for limit in LIMITS}[name]


def limits_of(subject: Subject, *, push_style: int = 0) -> tuple[Limit, ...]:
    """The limits of a subject, in push settings with this `PushStyle`."""
    found = {limit.name: limit for limit in LIMITS if limit.subject == subject and limit.push_style in (None, push_style)}
    return tuple(found.values())  # of two limits with one name the later one, which is for the style


# Sizes


def utf8_size(text: str) -> int:
    """The bytes of a text in UTF-8; three for a lone surrogate."""
    return len(text.encode("utf-8", "surrogatepass"))


def utf16_size(text: str) -> int:
    """The UTF-16 units of a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def heaviest(value: JSONValue, count: int = 3) -> list[str]:
    """The scalars of a value that take most bytes in compact JSON, as `/entity/content 812`, in printable ASCII."""
    weighed = sorted(_leaves(value), key=lambda leaf: leaf[1], reverse=True)
    return [f"{printable(jsontext.pointer(path), 100)} {size}" for path, size in weighed[:count]]


def _leaves(value: JSONValue) -> Iterator[tuple[Path, int]]:
    """The scalars of a value in its order, with their paths and sizes. Without recursion, because values may be deep."""
    pending: list[tuple[Path, JSONValue]] = [((), value)]
    while pending:
        path, each = pending.pop()
        if isinstance(each, dict):
            pending.extend(((*path, key), member) for key, member in reversed(each.items()))
        elif isinstance(each, list):
            pending.extend(((*path, index), each[index]) for index in reversed(range(len(each))))
        else:
            yield path, utf8_size(json.dumps(each, ensure_ascii=False))
