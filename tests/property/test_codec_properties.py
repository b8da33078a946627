"""Properties of every payload: of the codec alone, of codec, schemas and fast path together, and of the mirror."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from payloads import Payload, compact
from pydantic import BaseModel

from pushcodec import fast, strategies
from pushcodec.clients.ios.outcomes import (
    ClientCrash,
    DeferredC2CCall,
    ExpiredCall,
    JoinGroupCall,
    OpenC2CChat,
    OpenGroupChat,
    Route,
)
from pushcodec.clients.ios.routing import receive, route
from pushcodec.clients.outcomes import Ignored
from pushcodec.codec import decode_entity, decode_ext, decode_signaling_content, encode_entity, encode_ext
from pushcodec.documents import find_ext
from pushcodec.errors import DecodeError, PushCodecError, Violation
from pushcodec.fast.payloads import entity_from_model
from pushcodec.inspection import iter_violations
from pushcodec.jsontext import parse
from pushcodec.jsontext.values import ABSENT
from pushcodec.models import Ext
from pushcodec.strategies.noise import changed_exts
from pushcodec.strategies.shapes import EXTS, GROUP_CALL, JSON_VALUES, KNOWN_KEYS, UNKNOWN_KEYS, objects, values

M = TypeVar("M", bound=BaseModel)
WIRE_EXTS = st.one_of(*map(objects, EXTS))
NOWS = values(GROUP_CALL.required["sendTime"])

DECODERS: dict[str, Callable[[str | bytes], object]] = {
    "ext": decode_ext,
    "entity": decode_entity,
    "signaling-content": decode_signaling_content,
    "notification": lambda text: decode_ext(find_ext(text).ext),
}
TEXTS = {
    "ext": strategies.ext_texts(),
    "entity": strategies.entity_texts(),
    "signaling-content": strategies.signaling_content_texts(),
    "notification": strategies.notification_texts(),
}


def read_embedded(payload: Payload) -> Payload:
    """The ext with the text of a call's content parsed: the codec does not keep how that text is written."""
    entity = payload["entity"]
    if entity["action"] == 1:
        return payload
    return {**payload, "entity": {**entity, "content": json.loads(entity["content"])}}


def rebuilt(model: M) -> M:
    """The model, built again from its known keys through the constructors, under their Python names."""
    members = {name: getattr(model, name) for name in model.model_fields_set & type(model).model_fields.keys()}
    return type(model)(**{name: rebuilt(value) if isinstance(value, BaseModel) else value for name, value in members.items()})


def refusal(decode: Callable[[str | bytes], object], text: str | bytes) -> tuple[Violation, ...]:
    """The violations of the DecodeError that decoding the text raises; none if it decodes."""
    try:
        decode(text)
    except DecodeError as error:
        return error.violations
    return ()


# Properties of the codec


@given(WIRE_EXTS)
def test_encoding_a_decoded_ext_keeps_every_key_and_value(payload: Payload) -> None:
    """Known and unknown keys at every level keep their values; no key is added or dropped."""
    text = encode_ext(decode_ext(json.dumps(payload)))
    assert read_embedded(json.loads(text)) == read_embedded(payload)


@given(WIRE_EXTS)
def test_decoding_undoes_encoding(payload: Payload) -> None:
    """Encoding and decoding a decoded ext, or its entity alone, gives an equal value."""
    read = decode_ext(json.dumps(payload))
    assert decode_ext(encode_ext(read)) == read
    assert decode_entity(encode_entity(read.entity)) == read.entity


@given(strategies.exts())
def test_decoding_undoes_encoding_of_a_built_ext(model: Ext) -> None:
    """The same for an ext built in Python, attribute by attribute; its text has no violations."""
    built = rebuilt(model)
    text = encode_ext(built)
    assert decode_ext(text) == built
    assert list(iter_violations(text)) == []


@given(WIRE_EXTS)
def test_encoding_is_idempotent(payload: Payload) -> None:
    """Decoding and encoding an encoded text gives the same text, byte for byte, without white space."""
    text = encode_ext(decode_ext(json.dumps(payload)))
    assert encode_ext(decode_ext(text.encode())) == text
    assert text == compact(json.loads(text))


@given(WIRE_EXTS)
def test_unknown_keys_keep_their_order(payload: Payload) -> None:
    """The unknown keys of a decoded model have the order of the text."""
    entity = payload["entity"]
    pairs = [(decode_ext(json.dumps(payload)).model_extra, payload), (decode_entity(json.dumps(entity)).model_extra, entity)]
    for extra, wire in pairs:
        assert list(extra or {}) == [key for key in wire if key not in KNOWN_KEYS]


# Schemas, codec and fast path together

STRICT = fast.Decoder()


@pytest.mark.parametrize("kind", TEXTS)
@given(data=st.data())
def test_valid_texts_decode(kind: str, data: st.DataObject) -> None:
    """Every text of the strategies for valid texts decodes and has no violations."""
    text = data.draw(TEXTS[kind])
    assert refusal(DECODERS[kind], text) == ()
    assert list(iter_violations(text, kind=kind)) == []


@pytest.mark.parametrize("kind", TEXTS)
@given(data=st.data())
def test_a_near_miss_is_refused_with_its_code_alone(kind: str, data: st.DataObject) -> None:
    """`decode_…` and `iter_violations` report exactly one violation for a near miss, with the expected code."""
    text, code = data.draw(strategies.near_misses(kind))
    assert [violation.code for violation in refusal(DECODERS[kind], text)] == [code]
    assert [violation.code for violation in iter_violations(text, kind=kind)] == [code]


@given(strategies.tolerated())
def test_a_tolerated_text_is_refused_but_opens_or_rings(found: strategies.Tolerated) -> None:
    """`decode_ext` reports one violation; the client opens a chat or joins a group call."""
    assert len(refusal(decode_ext, found.text)) == 1
    assert isinstance(receive({"custom": found.text}, now=found.now), OpenC2CChat | OpenGroupChat | JoinGroupCall)


TAKEN_OR_REFUSED = (
    strategies.hostile() | strategies.ext_texts().map(str.encode) | strategies.tolerated().map(lambda found: found.text)
)


@given(TAKEN_OR_REFUSED, NOWS)
def test_codec_schemas_fast_path_and_mirror_agree_on_any_text(text: str | bytes, now: int) -> None:
    """Codec, schemas and fast path report the same violations; fast path and mirror return the same Route.

    A text that decodes is not ignored and crashes no client.
    """
    violations = refusal(decode_ext, text)
    assert tuple(iter_violations(text)) == violations
    assert refusal(STRICT.decode, text) == violations
    taken = mirrored(text, now)
    assert STRICT.route(text, now=now) == taken
    if not violations:
        assert STRICT.decode(text) == entity_from_model(decode_ext(text).entity)
        assert not isinstance(taken, Ignored | ClientCrash)


def mirrored(text: str | bytes, now: int) -> Route:
    """The mirror's Route for an ext's text; bytes that are not UTF-8 cannot reach the client as a string."""
    try:
        return receive({"custom": text if isinstance(text, str) else text.decode()}, now=now)
    except UnicodeDecodeError:
        return Ignored("custom_not_a_json_object")


@given(changed_exts(), UNKNOWN_KEYS, JSON_VALUES)
def test_an_unknown_key_changes_no_violation_and_no_route(payload: Payload, key: str, value: Any) -> None:
    """The key is added beside the entity and inside it."""
    entity = payload.get("entity")
    enlarged = {key: value, **payload}
    if isinstance(entity, dict):
        enlarged["entity"] = {key: value, **entity}
    assert _named(enlarged) == _named(payload)
    assert route(enlarged.get("entity"), now=1595234240) == route(entity, now=1595234240)


def _named(payload: Payload) -> list[tuple[str, str, tuple[str, ...]]]:
    """The violations without their messages, which can contain a column."""
    return [(found.code, found.pointer, found.embedded) for found in iter_violations(json.dumps(payload))]


# Mirror and codec


@given(WIRE_EXTS, NOWS)
def test_a_valid_entity_is_routed_alike_before_and_after_encoding(payload: Payload, now: int) -> None:
    """A valid entity opens a chat or is a call: it is never ignored and never crashes the client.

    The Route of the received value equals the Route of what `encode_ext` writes for it.
    """
    routed = route(payload["entity"], now=now)
    assert isinstance(routed, OpenC2CChat | OpenGroupChat | DeferredC2CCall | ExpiredCall | JoinGroupCall)
    assert route(json.loads(encode_ext(decode_ext(json.dumps(payload))))["entity"], now=now) == routed


@given(objects(GROUP_CALL), UNKNOWN_KEYS, JSON_VALUES, NOWS)
def test_an_unknown_key_in_the_content_changes_no_route(entity: Payload, key: str, value: Any, now: int) -> None:
    """An unknown key in the text of a call's content changes neither whether the call rings nor whether it has expired."""
    content = json.dumps({key: value, **json.loads(entity["content"])})
    for clock in (now, entity["sendTime"]):
        assert route({**entity, "content": content}, now=clock) == route(entity, now=clock)


@given(objects(GROUP_CALL))
def test_a_valid_group_call_rings_in_the_second_of_its_send_time(entity: Payload) -> None:
    """Also with a timeout of 0."""
    assert isinstance(route(entity, now=entity["sendTime"]), JoinGroupCall)


# Any text


@given(strategies.hostile() | st.text(st.characters(), max_size=200))
def test_any_text_gives_a_value_or_a_push_codec_error(text: str | bytes) -> None:
    """No other exception is raised, also for texts with lone surrogates and bytes that are not UTF-8."""
    for decode in (parse, *DECODERS.values()):
        with contextlib.suppress(PushCodecError):
            assert decode(text) is not ABSENT
