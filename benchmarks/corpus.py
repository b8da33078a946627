"""Payloads for the benchmarks, drawn with a seed: 70 % chats, 20 % group calls, 10 % one-to-one calls, as servers write them.

Each can be written in four forms. Some get a fault that real senders made, or a deviation that only the client tolerates.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from contenders import NOW

import pushcodec as pc
from pushcodec.errors import Code

CHAT, GROUP_CALL, C2C_CALL = "chat", "group call", "C2C call"
SHARES = ((CHAT, 70), (GROUP_CALL, 20), (C2C_CALL, 10))
_WORDS = ("lunch", "at noon", "周末", "去爬山", "吗", "the build is green", "写代码", "see you there", "好的", "🏔", "release notes")

Object: TypeAlias = dict[str, Any]


class Payload(NamedTuple):
    """The compact text of an ext, and its class."""

    kind: str
    text: str


def exts(count: int, seed: int = 1) -> list[Payload]:
    """`count` payloads; the same seed gives the same payloads."""
    draw = random.Random(seed)
    kinds = draw.choices([kind for kind, _ in SHARES], [share for _, share in SHARES], k=count)
    return [Payload(kind, pc.encode_ext(_ext(draw, kind))) for kind in kinds]


def _ext(draw: random.Random, kind: str) -> pc.Ext:
    if kind == CHAT:
        content = " ".join(draw.choices(_WORDS, k=draw.randint(1, 12)))
        face = f"https://cdn.example.com/{_user(draw)}.png"
        if draw.random() < 0.5:
            return pc.compose.group_chat(group_id=_group(draw), title=_user(draw), content=content, face_url=face)
        return pc.compose.c2c_chat(sender=_user(draw), nickname=_user(draw), content=content, face_url=face)
    group = kind == GROUP_CALL
    return pc.compose.call(
        inviter=_user(draw),
        invited_list=[_user(draw) for _ in range(draw.randint(1, 6) if group else 1)],
        room_id=draw.randint(1, 2**31 - 1),
        call_type=draw.choice(list(pc.CallType)),
        send_time=NOW - draw.randint(0, 2 * pc.compose.RING_SECONDS),
        call_id=f"{draw.randint(10**17, 10**18)}-{draw.randint(10**9, 2 * 10**9)}" if group else "",
        group_id=_group(draw) if group else "",
    )


def _user(draw: random.Random) -> str:
    return f"user{draw.randint(1, 10**6)}"


def _group(draw: random.Random) -> str:
    return f"@TGS#{draw.randint(10**6, 10**9):X}"


def chat_of_size(size: int) -> str:
    """A chat whose text has exactly this many bytes, most of them its content."""
    empty = len(_chat_about("").encode())
    words = " ".join(_WORDS) + " "
    content = (words * (size // len(words)))[: (size - empty) // 2]
    missing = size - empty - len(content.encode())
    return _chat_about(content + "." * missing)


def _chat_about(content: str) -> str:
    return pc.encode_ext(pc.compose.c2c_chat(sender="user1", content=content))


# Forms of a compact text


def compact(value: object) -> str:
    """The shortest text of a value, with non-ASCII characters unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def pretty(text: str) -> str:
    """An ext as iOS writes it: indented, a space before each colon, slashes escaped, non-ASCII characters unescaped."""
    return json.dumps(json.loads(text), ensure_ascii=False, indent=2, separators=(",", " : ")).replace("/", "\\/")


def escaped(text: str) -> str:
    """An ext with all non-ASCII characters as `\\uXXXX`."""
    return json.dumps(json.loads(text), separators=(",", ":"))


def wrapped(text: str) -> str:
    """A TPNS notification that carries the ext."""
    entity = json.loads(text)["entity"]
    body = entity["content"] if entity["action"] == 1 else "You are invited to a call"
    aps = {"alert": {"title": entity["nickname"], "body": body}, "badge": 1, "sound": "default", "mutable-content": 1}
    return compact({"aps": aps, "custom": text, "xg": {"msgid": 1152921504, "msgtype": 1}})


COMPACT, PRETTY, ESCAPED, WRAPPED = "compact", "pretty", "escaped", "wrapped"
FORMS: dict[str, Callable[[str], str]] = {COMPACT: str, PRETTY: pretty, ESCAPED: escaped, WRAPPED: wrapped}


# Faults that real senders made, and similar ones


class BadRow(NamedTuple):
    """A text that does not decode, and the code of its first violation."""

    code: Code
    text: str


class _Fault(NamedTuple):
    code: Code
    apply: Callable[[str], str]
    kinds: tuple[str, ...] = (CHAT, GROUP_CALL, C2C_CALL)


def bad_rows(count: int, seed: int = 2) -> list[BadRow]:
    """`count` texts that do not decode; the same seed gives the same texts."""
    draw = random.Random(seed)
    rows = []
    for kind, text in exts(count, seed):
        fault = draw.choice([fault for fault in _FAULTS if kind in fault.kinds])
        rows.append(BadRow(fault.code, fault.apply(text)))
    return rows


def with_bad_rows(count: int, share: float = 0.05, seed: int = 3) -> list[str]:
    """`count` texts, of which this share does not decode."""
    draw = random.Random(seed)
    bad = bad_rows(count, seed)
    return [bad[at].text if draw.random() < share else good.text for at, good in enumerate(exts(count, seed))]


def _entity(change: Callable[[Object], object]) -> Callable[[str], str]:
    """A function that changes the entity of an ext's text."""

    def changed(text: str) -> str:
        ext = json.loads(text)
        change(ext["entity"])
        return compact(ext)

    return changed


def _content(change: Callable[[Object], object]) -> Callable[[str], str]:
    """A function that changes the content of a call's text."""

    def change_content(entity: Object) -> None:
        content = json.loads(entity["content"])
        change(content)
        entity["content"] = compact(content)

    return _entity(change_content)


_CALLS = (GROUP_CALL, C2C_CALL)
_FAULTS = (
    _Fault(Code.NOT_JSON, lambda text: json.loads(text)["entity"]["nickname"] + ": hello"),
    _Fault(Code.NOT_JSON, lambda text: text[: len(text) // 2]),
    _Fault(Code.DUPLICATE_KEY, lambda text: text.replace('"version":1', '"version":1,"version":1')),
    _Fault(Code.WRONG_TYPE, lambda text: compact({"entity": compact(json.loads(text)["entity"])})),
    _Fault(Code.WRONG_TYPE, _entity(lambda entity: entity.update(sender=10457))),
    _Fault(Code.WRONG_TYPE, _entity(lambda entity: entity.update(chatType=str(entity["chatType"])))),
    _Fault(Code.MISSING_KEY, _entity(lambda entity: entity.pop("action")), (CHAT,)),
    _Fault(Code.WRONG_TYPE, _entity(lambda entity: entity.update(content=json.loads(entity["content"]))), _CALLS),
    _Fault(Code.MISSING_KEY, _entity(lambda entity: entity.pop("sendTime")), _CALLS),
    _Fault(Code.MISSING_KEY, _content(lambda content: content.pop("room_id")), _CALLS),
    _Fault(Code.MISSING_KEY, _content(lambda content: content.pop("timeout")), _CALLS),
    _Fault(Code.WRONG_TYPE, _content(lambda content: content.update(timeout="30")), _CALLS),
    _Fault(Code.EMPTY_LIST, _content(lambda content: content.update(invited_list=[])), _CALLS),
    _Fault(Code.EMPTY_STRING, _entity(lambda entity: entity.update(chatType=2)), (C2C_CALL,)),
)


def with_unknown_keys(count: int, seed: int = 5) -> list[str]:
    """`count` valid texts with common unknown keys: `userData` beside a chat's entity, `businessID` in a call's content."""
    return [_with_user_data(text if kind == CHAT else _with_business_id(text)) for kind, text in exts(count, seed)]


_with_business_id = _content(lambda content: content.update(businessID="av_call"))


def _with_user_data(text: str) -> str:
    return compact({**json.loads(text), "userData": {"trace": "01HM9Z", "retries": 0}})


# Texts that the contract forbids and the client routes as it routes a valid one


class TolerantRow(NamedTuple):
    """A text that only the mirror routes, and the valid one that has the same Route."""

    text: str
    valid: str


_Deviation: TypeAlias = tuple[Callable[[str], str], tuple[str, ...]]


def tolerant_rows(count: int, seed: int = 4) -> list[TolerantRow]:
    """`count` texts that only the mirror can route; the same seed gives the same texts."""
    draw = random.Random(seed)
    rows = []
    for kind, text in exts(count, seed):
        change = draw.choice([change for change, kinds in _DEVIATIONS if kind in kinds])
        rows.append(TolerantRow(change(text), text))
    return rows


_ANY = (CHAT, GROUP_CALL, C2C_CALL)
_DEVIATIONS: tuple[_Deviation, ...] = (
    (_entity(lambda entity: entity.update(action=str(entity["action"]))), _ANY),
    (_entity(lambda entity: entity.update(action=float(entity["action"]))), _ANY),
    (_entity(lambda entity: entity.update(action=True)), (CHAT,)),
    (_entity(lambda entity: entity.update(chatType=f" {entity['chatType']}")), _ANY),
    (_entity(lambda entity: entity.update(sendTime=str(entity["sendTime"]))), _CALLS),
    (_content(lambda content: content.update(timeout=str(content["timeout"]))), (GROUP_CALL,)),
)
