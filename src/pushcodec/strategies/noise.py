"""Hostile bytes: noise, texts that are nearly JSON, and damaged payloads."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from pushcodec.jsontext import dump
from pushcodec.strategies.misses import near_misses
from pushcodec.strategies.payloads import ext_texts, notification_texts
from pushcodec.strategies.shapes import EXTS, JSON_VALUES, KNOWN_KEYS, UNKNOWN_KEYS, Wire, objects


@st.composite
def hostile(draw: DrawFn) -> bytes:
    """Bytes of any kind: noise, texts that are nearly JSON, exts and notifications with changed values or bytes, and extremes.

    Some are valid. A function that reads them must return a value or raise a PushCodecError.
    """
    text: bytes = draw(_HOSTILE)
    return text


# Changed values

_NEAR_VALUES: SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, 1, 2, -1, 1.0, 2.0, 2**31, 2**53, 2**63, "", "1", "{}", "null", [], [""], {}]
)
_JUNK = _NEAR_VALUES | JSON_VALUES
_ANY_KEYS = st.sampled_from(sorted(KNOWN_KEYS)) | UNKNOWN_KEYS
_SOUND_EXTS = st.one_of(*map(objects, EXTS))


@st.composite
def changed_exts(draw: DrawFn) -> Wire:
    """An ext with up to three changes, in it or in the text inside it, as a JSON value."""
    ext: Wire = draw(_SOUND_EXTS)
    for _ in range(draw(st.integers(1, 3))):
        entity = ext.get("entity")
        # most often in the entity, which has most keys
        ext = (
            {**ext, "entity": _changed(draw, entity)}
            if isinstance(entity, dict) and draw(st.integers(0, 3))
            else _changed(draw, ext)
        )
    return ext


def _changed(draw: DrawFn, members: Wire) -> Wire:
    """The object with one member changed, replaced, left out, renamed or added."""
    if not members:
        return {draw(_ANY_KEYS): draw(_JUNK)}
    key = draw(st.sampled_from(list(members)))
    rest = {other: value for other, value in members.items() if other != key}
    match draw(st.sampled_from(("inside", "inside", "inside", "replace", "leave out", "rename", "add"))):
        case "inside":
            return {**members, key: _changed_inside(draw, members[key])}
        case "replace":
            return {**members, key: draw(_JUNK)}
        case "rename":
            return {**rest, draw(_ANY_KEYS): members[key]}
        case "add":
            return {**members, draw(_ANY_KEYS): draw(_JUNK)}
    return rest


_DAMAGES = st.sampled_from(("", ",", "}", '"', "\\", "\\ud800", "\ud800", "\x00", " "))


def _changed_inside(draw: DrawFn, value: Any) -> Any:
    match value:
        case dict():
            return _changed(draw, value)
        case list():
            return [*value, draw(_JUNK)]
        case str() if (inner := _object_in(value)) is not None:
            if draw(st.booleans()):
                return json.dumps(_changed(draw, inner))
            at = draw(st.integers(0, len(value)))
            return value[:at] + draw(_DAMAGES) + value[at + 1 :]
    return draw(_JUNK)


def _object_in(text: str) -> Wire | None:
    """The JSON object in a text, None if the text is not one."""
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


# Damaged bytes

_EDITS = st.sampled_from((b"", b'"', b"\\", b",", b"{", b"}", b"[", b"]", b"1", b"e9", b".", b" ", b"\\u0022", b"\xef\xbb\xbf"))


@st.composite
def _damaged(draw: DrawFn, texts: SearchStrategy[bytes]) -> bytes:
    text = draw(texts)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 2))
        text = text[:start] + draw(_EDITS | st.binary(min_size=1, max_size=2)) + text[end:]
    return text


def _to_bytes(text: str | bytes) -> bytes:
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text


_NEARLY_JSON = st.text('{}[]":,\\ue0123-.tfn \ud800\ufeff\x00', max_size=60).map(_to_bytes)
_PAYLOADS = (ext_texts() | notification_texts()).map(_to_bytes)
_CHANGED = st.builds(json.dumps, changed_exts(), ensure_ascii=st.booleans()).map(_to_bytes)
_DEEP = (b"[" * 100_000, b'{"a":' * 20_000, b'{"":0,' * 2000)
_LONG = (b"1" * 5000, b'"%b1"' % (b"0" * 5000), b'"' * 999, b"\\" * 999, b"[" + b"1e9," * 20_000, b"\x00" * 70_000)
_EXTREMES = st.sampled_from(_DEEP + _LONG)
_WRAPPERS = (
    *(b"%b", b'{"entity":%b}', b'{"aps":{},"custom":%b}'),
    *(b'{"entity":{"action":1,"chatType":1,"sender":%b}}', b'{"entity":{"action":1,"sender":"a","sendTime":%b}}'),
)
_WRAPPED = st.sampled_from(_WRAPPERS)
_HOSTILE = st.one_of(
    st.binary(max_size=200),
    _NEARLY_JSON,
    _CHANGED,
    _CHANGED.map(lambda ext: _to_bytes(dump({"custom": ext.decode("utf-8", "surrogatepass")}))),
    _damaged(_PAYLOADS | _CHANGED),
    near_misses("ext").map(lambda found: _to_bytes(found.text)),
    st.builds(lambda around, inside: around % inside, _WRAPPED, _EXTREMES | _NEARLY_JSON),
)
