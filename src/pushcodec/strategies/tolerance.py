"""Payloads that `decode` refuses and the client accepts: near misses in values that the client converts or never reads.

`docs/contract.md`, "The client" and "Foundation", says what the client tolerates; comments name its steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from pushcodec.clients.ios.foundation import integer_value, read_object
from pushcodec.errors import Code
from pushcodec.jsontext.values import ABSENT
from pushcodec.strategies import shapes
from pushcodec.strategies.faults import sites, sites_in_text, with_value, without
from pushcodec.strategies.shapes import Object, Wire, objects, written


class Tolerated(NamedTuple):
    """The text of an ext that decode refuses, and a clock (unix seconds) at which a tap on it opens a chat or rings a call."""

    text: str
    now: int


@st.composite
def tolerated(draw: DrawFn) -> Tolerated:
    """Texts of exts that `decode_ext` refuses for one fault, with which the client opens a chat or joins a group call.

    JSON: nearly `{"entity": {…}}`; `receive({"custom": text}, now=now)` is OpenC2CChat, OpenGroupChat or JoinGroupCall. Source:
    TIMSDK@6.0.1975 iOS, `onReceiveOfflinePushEntity:`.
    """
    text = draw(_texts())
    ext: Any = read_object(text)  # an object with an object `entity`: no fault here changes that
    sent = integer_value(ext["entity"].get("sendTime", ABSENT))
    return Tolerated(text, max(0, sent or 0))  # the client never reads that of a chat


@lru_cache
def _texts() -> SearchStrategy[str]:
    chat, _, group_call = shapes.EXTS
    found = [
        *_around(chat, (*_converted_in(shapes.CHAT, _NUMBERS), *_ignored_in(shapes.CHAT, {*_STORED, "content", "sendTime"}))),
        *_around(group_call, _group_calls()),
    ]
    return st.one_of(*found)


def _around(ext: Object, entities: Iterable[SearchStrategy[Wire]]) -> Iterator[SearchStrategy[str]]:
    """The texts of exts with a tolerated fault in the text, or with such an entity."""
    for entity in entities:
        yield with_value(ext, "entity", entity).flatmap(written)
    yield from _tolerated_in_text(ext)


def _group_calls() -> Iterator[SearchStrategy[Wire]]:
    call, content = shapes.GROUP_CALL, shapes.GROUP_CONTENT
    yield from _converted_in(call, {**_NUMBERS, "sendTime": 64})
    yield from _ignored_in(call, _STORED)
    # route 9: any chatType but 1 goes on as a group call
    yield with_value(call, "chatType", st.sampled_from((0, 3, -1, "abc", "")))
    contents = (
        *_converted_in(content, {"action": 32, "timeout": 32}),
        *_ignored_in(content, (content.required | content.optional).keys() - {"action", "timeout"}, needed=_NEEDED),
    )
    for text in (*(value.flatmap(written) for value in contents), *_tolerated_in_text(content, embedded=True)):
        yield with_value(call, "content", text)


# Keys of the entity whose values the client converts to an integer, and of how many bits.
_NUMBERS = {"action": 32, "chatType": 32}
# Keys whose values it stores unchanged or never reads.
_STORED = {"sender", "nickname", "faceUrl", "version", "customData"}
# route 16: keys of the content that must be present, with any value
_NEEDED = frozenset({"room_id", "version", "call_type"})

# Faults of a text that the client's reader tolerates.
_TOLERATED = {
    Code.TRAILING_COMMA,
    Code.DUPLICATE_KEY,
    Code.INTEGER_BEYOND_64_BITS,
    Code.TOO_DEEP,
    Code.TOO_LARGE,
    Code.TOO_MANY_ITEMS,
}


def _tolerated_in_text(rule: Object, *, embedded: bool = False) -> Iterator[SearchStrategy[str]]:
    return (text for code, text in sites_in_text(rule, embedded=embedded) if code in _TOLERATED)


def _converted_in(rule: Object, bits: dict[str, int]) -> Iterator[SearchStrategy[Wire]]:
    """The object with a value that the client converts to the same integer."""
    for key, width in bits.items():
        yield objects(rule).flatmap(partial(_written_otherwise, key=key, bits=width))


def _written_otherwise(members: Wire, key: str, bits: int) -> SearchStrategy[Wire]:
    number = members[key]
    ways: list[Any] = [str(number), float(number), f" {number}", f"+{number}", f"{number}abc", f"{number}.9"]
    if bits == 32:
        ways += [number + 0.5, number + 2**32, number - 2**32]
    if number in (0, 1):
        ways.append(bool(number))
    return st.sampled_from(ways).map(lambda way: {**members, key: way})


def _ignored_in(rule: Object, keys: Iterable[str], needed: frozenset[str] = frozenset()) -> Iterator[SearchStrategy[Wire]]:
    """The object with an invalid value under a key that the client does not check, or without that key."""
    for key in sorted(keys):
        for _, value in sites((rule.required | rule.optional)[key]):
            yield with_value(rule, key, value)
        if key in rule.required and key not in needed:
            yield without(rule, key)
