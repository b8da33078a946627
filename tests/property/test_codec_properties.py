"""What holds for every payload: of the codec, of schemas and models together, and of the mirror beside them."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from payloads import Payload, c2c_call, c2c_chat, compact, ext, group_call, group_chat
from pydantic import BaseModel

from pushcodec.codec import decode_entity, decode_ext, decode_signaling_content, encode_entity, encode_ext
from pushcodec.enums import Action, CallType, ChatType, SignalingAction
from pushcodec.errors import DecodeError, PushCodecError, Violation
from pushcodec.models import CallEntity, ChatEntity, Entity, Ext, SignalingContent, TimPushFeatures
from pushcodec.routing import (
    DeferredC2CCall,
    ExpiredCall,
    JoinGroupCall,
    OpenC2CChat,
    OpenGroupChat,
    route,
)
from pushcodec.validation import iter_violations

# Values

INT32 = st.integers(-(2**31), 2**31 - 1)
POSITIVE_INT32 = st.integers(1, 2**31 - 1)
SECONDS = st.integers(0, 2**53 - 1)
TEXT = st.text(max_size=8)
NAME = st.text(min_size=1, max_size=8)
SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False) | TEXT
JSON_VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)

# Keys that mean nothing on the wire, at any level: some are what a sender or a developer could take for a known one.
LOOKALIKES = st.sampled_from(
    ["chat_type", "face_url", "send_time", "custom_data", "tim_push_features", "fcm_push_type", "nickName", "", "model_extra"]
)
KNOWN = frozenset(
    {
        *("entity", "timPushFeatures", "fcmPushType", "fcmNotificationType"),
        *("action", "chatType", "sender", "content", "nickname", "faceUrl", "version", "sendTime", "customData"),
        *("call_id", "call_type", "invited_list", "room_id", "group_id", "timeout", "code", "duration", "timestamp", "data"),
    }
)
UNKNOWN_KEYS = LOOKALIKES | TEXT.filter(lambda key: key not in KNOWN)
UNKNOWN: st.SearchStrategy[Payload] = st.dictionaries(UNKNOWN_KEYS, JSON_VALUES, max_size=3)


def with_unknown(known: st.SearchStrategy[Payload]) -> st.SearchStrategy[Payload]:
    """Objects with unknown keys before or after the known ones, or everything in reverse."""
    arrangements = st.sampled_from(["before", "after", "in reverse"])
    return st.builds(_arranged, known, UNKNOWN, arrangements)


def _arranged(known: Payload, unknown: Payload, arrangement: str) -> Payload:
    members = {**unknown, **known} if arrangement == "before" else {**known, **unknown}
    return dict(reversed(members.items())) if arrangement == "in reverse" else members


# Payloads as the wire has them


def contents(ids: st.SearchStrategy[str], group_required: bool) -> st.SearchStrategy[Payload]:
    required: dict[str, st.SearchStrategy[Any]] = {
        "action": st.integers(1, 5),
        "call_id": ids,
        "call_type": st.integers(1, 2),
        "invited_list": st.lists(NAME, min_size=1, max_size=3),
        "room_id": POSITIVE_INT32,
        "timeout": st.integers(0, 2**31 - 1),
        "version": POSITIVE_INT32,
    }
    optional = {
        "code": INT32,
        "duration": INT32,
        "timestamp": st.integers(-(2**63), 2**63 - 1),
        "sender": TEXT,
        "data": TEXT,
    }
    (required if group_required else optional)["group_id"] = ids
    return with_unknown(st.fixed_dictionaries(required, optional=optional))


OPTIONAL_OF_ENTITIES = {
    "nickname": TEXT,
    "faceUrl": TEXT,
    "version": st.just(1),
    "customData": st.lists(st.integers(-128, 127), max_size=4),
}


def spelt(value: Payload) -> st.SearchStrategy[str]:
    """The texts by which senders say one value: compact, pretty, escaped."""
    return st.sampled_from([compact(value), json.dumps(value, indent=2), json.dumps(value).replace("/", "\\/")])


def calls(chat_type: int, content: st.SearchStrategy[Payload]) -> st.SearchStrategy[Payload]:
    required = {
        "action": st.just(2),
        "chatType": st.just(chat_type),
        "sender": NAME,
        "content": content.flatmap(spelt),
        "sendTime": SECONDS,
    }
    return with_unknown(st.fixed_dictionaries(required, optional=OPTIONAL_OF_ENTITIES))


CHATS = with_unknown(
    st.fixed_dictionaries(
        {"action": st.just(1), "chatType": st.sampled_from([1, 2]), "sender": NAME},
        optional={**OPTIONAL_OF_ENTITIES, "content": TEXT, "sendTime": SECONDS},
    )
)
GROUP_CALLS = calls(2, contents(NAME, group_required=True))
ENTITIES = CHATS | calls(1, contents(TEXT, group_required=False)) | GROUP_CALLS
FEATURES = with_unknown(st.fixed_dictionaries({}, optional={"fcmPushType": INT32, "fcmNotificationType": INT32}))
EXTS = with_unknown(st.fixed_dictionaries({"entity": ENTITIES}, optional={"timPushFeatures": FEATURES}))


def read_embedded(payload: Payload) -> Payload:
    """An ext with the text of a call's content read, whose spelling the codec does not keep."""
    entity = payload["entity"]
    if entity["action"] == 1:
        return payload
    return {**payload, "entity": {**entity, "content": json.loads(entity["content"])}}


# Payloads as Python builds them

SIGNALING_MODELS = st.builds(
    SignalingContent,
    action=st.sampled_from(SignalingAction),
    call_id=NAME,
    call_type=st.sampled_from(CallType),
    invited_list=st.lists(NAME, min_size=1, max_size=3).map(tuple),
    room_id=POSITIVE_INT32,
    group_id=NAME,
    timeout=st.integers(0, 2**31 - 1),
    version=POSITIVE_INT32,
    code=INT32,
    data=TEXT,
)
ENTITY_MODELS: st.SearchStrategy[Entity] = st.builds(
    ChatEntity,
    action=st.just(Action.CHAT),
    chat_type=st.sampled_from(ChatType),
    sender=NAME,
    content=TEXT,
    nickname=TEXT,
    send_time=SECONDS,
    custom_data=st.lists(st.integers(-128, 127)).map(tuple),
) | st.builds(
    CallEntity,
    action=st.just(Action.CALL),
    chat_type=st.sampled_from(ChatType),
    sender=NAME,
    content=SIGNALING_MODELS,
    face_url=TEXT,
    send_time=SECONDS,
)
EXT_MODELS = st.builds(Ext, entity=ENTITY_MODELS, tim_push_features=st.builds(TimPushFeatures, fcm_push_type=INT32))


# Payloads with something changed

NEAR_MISSES: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, 1, 2, -1, 1.0, 2.0, 2**31, 2**53, 2**63, "", "1", "{}", "null", [], [""], {}]
)
JUNK: st.SearchStrategy[Any] = JSON_VALUES | NEAR_MISSES


@st.composite
def mutated(draw: st.DrawFn) -> Payload:
    """A valid ext with up to three changes, anywhere in it and in the text inside it."""
    payload: Payload = draw(EXTS | st.sampled_from([ext(c2c_chat()), ext(group_chat()), ext(c2c_call()), ext(group_call())]))
    for _ in range(draw(st.integers(1, 3))):
        payload = _changed(draw, payload)
    return payload


def _changed(draw: st.DrawFn, value: Payload) -> Payload:
    """The object with one of its members changed, left out, renamed, added, or changed further inside."""
    if not value:
        return {draw(TEXT): draw(JUNK)}
    key = draw(st.sampled_from(list(value)))
    how = draw(st.sampled_from(["inside", "inside", "inside", "replace", "leave out", "rename", "add"]))
    rest = {other: member for other, member in value.items() if other != key}
    if how == "inside":
        return {**value, key: _changed_inside(draw, value[key])}
    if how == "replace":
        return {**value, key: draw(JUNK)}
    if how == "rename":
        return {**rest, draw(st.sampled_from(sorted(KNOWN)) | UNKNOWN_KEYS): value[key]}
    if how == "add":
        return {**value, draw(st.sampled_from(sorted(KNOWN)) | UNKNOWN_KEYS): draw(JUNK)}
    return rest


def _changed_inside(draw: st.DrawFn, value: Any) -> Any:
    if isinstance(value, dict):
        return _changed(draw, value)
    if isinstance(value, list):
        return [*value, draw(JUNK)]
    if isinstance(value, str) and value.lstrip().startswith("{"):
        if draw(st.booleans()):
            at = draw(st.integers(0, len(value)))
            return value[:at] + draw(st.sampled_from(["", ",", "}", '"', "\\", "\\ud800", "\ud800", "\x00", " "])) + value[at + 1 :]
        return compact(_changed(draw, json.loads(value))) if _is_object(value) else value
    return draw(JUNK)


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


# Properties of the codec


@given(EXTS)
def test_what_decodes_says_the_same_when_encoded(payload: Payload) -> None:
    """Every key, known or not, at every level, comes back with its value; no key is added, and none left out."""
    text = encode_ext(decode_ext(json.dumps(payload)))
    assert read_embedded(json.loads(text)) == read_embedded(payload)


@given(EXTS)
def test_decoding_undoes_encoding(payload: Payload) -> None:
    """A decoded ext, and its entity alone, survive the way to a text and back."""
    read = decode_ext(json.dumps(payload))
    assert decode_ext(encode_ext(read)) == read
    assert decode_entity(encode_entity(read.entity)) == read.entity


@given(EXT_MODELS)
def test_decoding_undoes_encoding_of_what_python_built(model: Ext) -> None:
    """So does an ext built from Python, and the schemas call its text valid."""
    text = encode_ext(model)
    assert decode_ext(text) == model
    assert list(iter_violations(text)) == []


@given(EXTS)
def test_encoding_is_a_fixpoint(payload: Payload) -> None:
    """What encode wrote, decode and encode write again, to the byte; it is as compact as JSON gets."""
    text = encode_ext(decode_ext(json.dumps(payload)))
    assert encode_ext(decode_ext(text.encode())) == text
    assert text == compact(json.loads(text))


@given(EXTS)
def test_unknown_keys_keep_their_order(payload: Payload) -> None:
    """Unknown keys come after the known ones, in the order in which they came."""
    entity = payload["entity"]
    pairs = [(decode_ext(json.dumps(payload)).model_extra, payload), (decode_entity(json.dumps(entity)).model_extra, entity)]
    for extra, wire in pairs:
        assert list(extra or {}) == [key for key in wire if key not in KNOWN]


# Schemas and models together


@given(mutated())
def test_schemas_and_models_give_the_same_verdict(payload: Payload) -> None:
    """A text decodes exactly when it has no violation; the error lists the violations."""
    _same_verdict(json.dumps(payload))


@given(mutated(), st.data())
def test_schemas_and_models_give_the_same_verdict_on_damaged_texts(payload: Payload, data: st.DataObject) -> None:
    """So it does when the outer text is damaged too."""
    text = json.dumps(payload, ensure_ascii=data.draw(st.booleans()))
    at = data.draw(st.integers(0, len(text)))
    _same_verdict(text[:at] + data.draw(st.sampled_from(["", ",", "}", '"', "1", "e9", "\\", "\\udc00", ' "x":1,'])) + text[at:])


def _same_verdict(text: str) -> None:
    assert _refusal(text) == tuple(iter_violations(text))


def _refusal(text: str | bytes) -> tuple[Violation, ...]:
    """The violations for which a text does not decode; none if it does."""
    try:
        decode_ext(text)
    except DecodeError as error:
        return error.violations or pytest.fail("a DecodeError without violations")
    return ()


@given(mutated(), UNKNOWN_KEYS, JSON_VALUES)
def test_an_unknown_key_changes_nothing(payload: Payload, key: str, value: Any) -> None:
    """Put beside or into the entity, an unknown key changes neither the violations nor the route."""
    entity = payload.get("entity")
    enlarged = {key: value, **payload}
    if isinstance(entity, dict):
        enlarged["entity"] = {key: value, **entity}
    assert _named(enlarged) == _named(payload)
    assert route(enlarged.get("entity"), now=1595234240) == route(entity, now=1595234240)


def _named(payload: Payload) -> list[tuple[str, str, tuple[str, ...]]]:
    """The violations without their messages, which may say in which column they are."""
    return [(found.code, found.pointer, found.embedded) for found in iter_violations(json.dumps(payload))]


# The mirror beside the codec


@given(EXTS, SECONDS)
def test_what_decodes_is_routed_and_alike_when_encoded(payload: Payload, now: int) -> None:
    """A valid entity opens a chat or is a call that the client knows: it is never ignored and crashes nothing.

    The mirror reads values, not models; it gives the same Route for what came as for what encode makes of it.
    """
    routed = route(payload["entity"], now=now)
    assert isinstance(routed, OpenC2CChat | OpenGroupChat | DeferredC2CCall | ExpiredCall | JoinGroupCall)
    assert route(json.loads(encode_ext(decode_ext(json.dumps(payload))))["entity"], now=now) == routed


@given(GROUP_CALLS)
def test_a_group_call_rings_at_first(entity: Payload) -> None:
    """At the second of its sendTime every valid group call rings, even one without any time to ring."""
    assert isinstance(route(entity, now=entity["sendTime"]), JoinGroupCall)


# Any text

NEARLY_JSON = st.text('{}[]":,\\ue0123-.tfn \ud800\ufeff\x00', max_size=60)


@given(st.binary(max_size=200) | st.text(st.characters(), max_size=200) | NEARLY_JSON)
def test_any_text_gives_a_value_or_a_push_codec_error(text: str | bytes) -> None:
    """Bytes of any kind, text of any kind, half surrogates too."""
    _value_or_error(text)


@given(mutated(), st.data())
def test_any_damaged_payload_gives_a_value_or_a_push_codec_error(payload: Payload, data: st.DataObject) -> None:
    """The bytes of a payload with some replaced."""
    text = bytearray(json.dumps(payload, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    for _ in range(data.draw(st.integers(1, 4))):
        text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.integers(0, 255))
    _value_or_error(bytes(text))


def _value_or_error(text: str | bytes) -> None:
    for decode in (decode_ext, decode_entity, decode_signaling_content):
        with contextlib.suppress(PushCodecError):
            assert isinstance(decode(text), BaseModel)
