"""Properties of the reference client and of all clients, for every notification: they are total functions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from json_texts import changed, json_like, json_values, mutated

from pushcodec import strategies
from pushcodec.clients.comparison import compare
from pushcodec.clients.effects import EffectKind
from pushcodec.clients.ios.foundation import int_value, integer_value, read_object
from pushcodec.clients.ios.outcomes import Route
from pushcodec.clients.ios.routing import receive, route
from pushcodec.clients.outcomes import Ignored
from pushcodec.clients.table import CLIENTS
from pushcodec.codec import encode_ext
from pushcodec.enums import ChatType
from pushcodec.jsontext import JSONValue
from pushcodec.models import ChatEntity, Ext

ROUTE_TYPES = get_args(Route)
VECTORS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "vectors" / "ios.ndjson").read_bytes().splitlines()
    if b'"family":"depth"' not in line
]


def entity_of(user_info: Any) -> JSONValue:
    """The entity of a vector's notification, None where the client finds none."""
    if isinstance(user_info, dict) and isinstance(user_info.get("custom"), str):
        user_info = read_object(user_info["custom"])
    return user_info.get("entity") if isinstance(user_info, dict) else None


ENTITIES = [entity for vector in VECTORS if isinstance(entity := entity_of(vector["user_info"]), dict)]
CONTENTS = [
    content for entity in ENTITIES if isinstance(text := entity.get("content"), str) and (content := read_object(text)) is not None
]

nows = st.one_of(st.integers(1595234200, 1595234300), st.integers(0, 2**66))
numbers: SearchStrategy[JSONValue] = st.sampled_from(
    [0, 1, 2, 3, -1, 1.0, 1.9, 2.0, True, False, None, "1", " 2", "+2x", "abc", "", [], {}, 2**31, 2**32 + 1, 2**64 - 1, -(2**63)]
)
replacements = st.one_of(numbers, json_values)

contents = changed(st.sampled_from(CONTENTS), replacements)
content_texts = st.one_of(contents.map(json.dumps), mutated(contents.map(json.dumps)), json_like)


@st.composite
def real_entities(draw: DrawFn) -> JSONValue:
    """An entity of the vectors with some values changed, often with another content."""
    entity = draw(changed(st.sampled_from(ENTITIES), replacements))
    if isinstance(entity, dict) and draw(st.booleans()):
        entity = {**entity, "content": draw(content_texts)}
    return entity


entities = st.one_of(real_entities(), json_values)


@st.composite
def notifications(draw: DrawFn) -> JSONValue:
    """A notification of the vectors with changed values, or one built around an entity, with changed characters in `custom`."""
    if draw(st.booleans()):
        return draw(changed(st.sampled_from([vector["user_info"] for vector in VECTORS]), replacements))
    ext = draw(st.fixed_dictionaries({"entity": entities}, optional={"userData": json_values}))
    custom = json.dumps(ext)
    return {**ext, "aps": {}, "custom": draw(st.one_of(st.just(custom), mutated(st.just(custom)), json_like))}


user_infos = st.one_of(notifications(), json_values)


def check(taken: Route) -> None:
    """Asserts that the Route is of the closed union and that its dictionary is JSON."""
    assert type(taken) in ROUTE_TYPES
    shown = taken.to_dict()
    assert shown.keys() == {"outcome", "detail"}
    assert shown["outcome"] == taken.outcome
    assert json.loads(json.dumps(shown, allow_nan=False)) == shown


@given(user_infos, nows, st.booleans(), st.booleans(), st.booleans())
def test_receive_is_total(user_info: JSONValue, now: int, logged_in: bool, ios10: bool, response: bool) -> None:
    """Any JSON value as notification gives a Route, and the same Route on a second call."""
    taken = receive(user_info, now=now, logged_in=logged_in, ios10=ios10, notification_response=response)
    check(taken)
    assert taken == receive(user_info, now=now, logged_in=logged_in, ios10=ios10, notification_response=response)


@given(entities, nows, st.booleans())
def test_route_is_total(entity: JSONValue, now: int, logged_in: bool) -> None:
    """Any JSON value as entity gives a Route."""
    check(route(entity, now=now, logged_in=logged_in))


@given(st.one_of(json_like, mutated(entities.map(lambda entity: json.dumps({"entity": entity})))), nows)
def test_receive_is_total_for_any_custom_text(custom: str, now: int) -> None:
    """Any text in `custom` gives a Route; it is the Route of the text's entity where the text has one."""
    taken = receive({"custom": custom}, now=now)
    check(taken)
    ext = read_object(custom)
    if ext is None:
        assert taken == Ignored("custom_not_a_json_object")
    elif "entity" not in ext:
        assert taken == Ignored("no_entity_key")
    else:
        assert taken == route(ext["entity"], now=now)


@given(content_texts, nows, numbers)
def test_route_is_total_for_any_content_text(content: str, now: int, send_time: JSONValue) -> None:
    """Any text as content of a group call gives a Route; it is `call_no_content` exactly where the client reads no object."""
    taken = route({"action": 2, "chatType": 2, "content": content, "sendTime": send_time}, now=now)
    check(taken)
    assert (taken.outcome == "call_no_content") == (read_object(content) is None)


@given(user_infos, nows, st.booleans())
def test_the_login_changes_only_when_the_app_acts(user_info: JSONValue, now: int, ios10: bool) -> None:
    """With and without a login, outcome and detail differ only in `handled_now`."""
    now_detail = receive(user_info, now=now, logged_in=True, ios10=ios10).to_dict()
    later_detail = receive(user_info, now=now, logged_in=False, ios10=ios10).to_dict()
    assert now_detail["detail"].pop("handled_now", True) is True
    assert later_detail["detail"].pop("handled_now", False) is False
    assert now_detail == later_detail


@given(entities, nows, json_values)
def test_the_carrier_does_not_change_the_route(entity: JSONValue, now: int, beside: JSONValue) -> None:
    """An entity gives the same Route by TPNS, below iOS 10 and alone, unless a lone surrogate makes its text invalid UTF-8."""
    text = json.dumps({"userData": beside, "entity": entity}, ensure_ascii=False)
    assume(text.encode("utf-8", "replace").decode() == text)
    taken = route(entity, now=now)
    assert receive({"entity": entity, "userData": beside}, now=now, ios10=False) == taken
    assert receive({"custom": text}, now=now) == taken


@given(replacements)
def test_coercions_are_total(value: JSONValue) -> None:
    """Every JSON value has an `intValue` of 32 bits and an `integerValue` of 64 bits, or has neither."""
    narrow, wide = int_value(value), integer_value(value)
    if narrow is None or wide is None:
        assert narrow is wide is None
        assert value is None or isinstance(value, list | dict)
    else:
        assert type(narrow) is type(wide) is int
        assert -(2**31) <= narrow < 2**31
        assert -(2**63) <= wide < 2**63


# All clients


@given(strategies.hostile(), nows)
def test_every_client_is_total(text: bytes, now: int) -> None:
    """Every client returns an effect for any bytes, the same one on a second call; its dictionary is JSON."""
    compared = compare(text, now=now)
    assert list(compared.effects) == list(CLIENTS)
    assert json.loads(json.dumps(compared.to_dict(), allow_nan=False)) == compared.to_dict()
    assert compare(text, now=now) == compared


@given(strategies.exts(), nows)
def test_a_valid_payload_crashes_no_client(ext: Ext, now: int) -> None:
    """A payload that decodes crashes no client and is foreign to none; a chat opens the same chat on all clients."""
    compared = compare(encode_ext(ext), now=now)
    kinds = {effect.kind for effect in compared.effects.values()}
    assert not kinds & {EffectKind.CRASH, EffectKind.TOAST}
    if isinstance(ext.entity, ChatEntity):
        assert kinds == {EffectKind.OPENS_C2C_CHAT if ext.entity.chat_type is ChatType.C2C else EffectKind.OPENS_GROUP_CHAT}
        assert compared.agree
