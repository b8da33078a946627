"""Every way out of a model has the wire's names, and what is dumped decodes to an equal model."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

import msgspec
import pydantic
import pydantic_core
import pytest
from hypothesis import given
from hypothesis import strategies as st
from payloads import c2c_chat, ext, group_call, group_content, offline_push_info
from pydantic import BaseModel, RootModel, SerializeAsAny, TypeAdapter, ValidationError

import pushcodec as pc
from pushcodec import fast, strategies
from pushcodec.contract import WIRE_NAMES
from pushcodec.models import entity_from_wire

T = TypeVar("T")

# Field values that no default hides, with an unknown key that is spelt like an attribute beside them.
CHAT = pc.Ext.from_wire(
    ext(
        c2c_chat(faceUrl="https://a.example/1.png", sendTime=7, customData=[3], unknownKey={"chat_type": None}),
        timPushFeatures={"fcmPushType": 4, "fcmNotificationType": 5},
    )
)
CALL = pc.Ext.from_wire(ext(group_call(group_content(timestamp=9, data="x"), faceUrl="https://a.example/2.png")))
INFO = pc.OfflinePushInfo.from_wire({**offline_push_info(ext()), "iOSSound": "ring.caf", "ignoreIOSBadge": True})


class Mine(BaseModel):
    """A user's model, whose own names stay as the user spelt them."""

    push_ext: pc.Ext
    one_of: pc.Ext | int
    listed: list[pc.Entity]
    by_name: dict[str, pc.ChatEntity | pc.CallEntity]
    maybe: pc.TimPushFeatures | None = None


class Box(BaseModel, Generic[T]):
    """A generic model of the user's."""

    held_value: T


class Mixed(pc.Ext):
    """A model of the user's that extends one of ours."""

    trace_id: str = ""


@dataclasses.dataclass
class Plain:
    """A dataclass of the standard library."""

    push_ext: pc.Ext


@pydantic.dataclasses.dataclass
class Checked:
    """A dataclass of pydantic."""

    push_ext: pc.Ext


def mine(read: pc.Ext) -> Mine:
    return Mine(push_ext=read, one_of=read, listed=[read.entity], by_name={"a": read.entity}, maybe=read.tim_push_features)


def adapted(type_: Any, value: object) -> list[Any]:
    adapter: TypeAdapter[Any] = TypeAdapter(type_)
    return [adapter.dump_python(value), json.loads(adapter.dump_json(value))]


WAYS_OUT: dict[str, Callable[[pc.Ext], Any]] = {
    "model_dump": lambda read: read.model_dump(),
    "model_dump json": lambda read: read.model_dump(mode="json"),
    "model_dump_json": lambda read: json.loads(read.model_dump_json()),
    "exclude_unset": lambda read: read.model_dump(exclude_unset=True),
    "exclude_defaults": lambda read: read.model_dump(exclude_defaults=True),
    "serialize_as_any": lambda read: read.model_dump(serialize_as_any=True),
    "SerializeAsAny": lambda read: adapted(list[SerializeAsAny[BaseModel]], [read]),
    "an object": lambda read: adapted(object, read),
    "round_trip": lambda read: read.model_dump(round_trip=True),
    "to_wire": pc.to_wire,
    "TypeAdapter": lambda read: adapted(pc.Ext, read),
    "TypeAdapter of a union": lambda read: adapted(pc.Entity, read.entity),
    "TypeAdapter of a list": lambda read: adapted(list[pc.Entity], [read.entity]),
    "RootModel": lambda read: RootModel[pc.Ext](read).model_dump(),
    "RootModel of a dict": lambda read: json.loads(RootModel[dict[str, pc.Ext]]({"a": read}).model_dump_json()),
    "field": lambda read: mine(read).model_dump(),
    "field json": lambda read: json.loads(mine(read).model_dump_json()),
    "generic": lambda read: Box[pc.Ext](held_value=read).model_dump(),
    "unparametrised": lambda read: Box(held_value=read).model_dump(),
    "subclass": lambda read: Mixed.from_wire(pc.to_wire(read)).model_dump(),
    "dataclass": lambda read: adapted(Plain, Plain(read)),
    "pydantic's dataclass": lambda read: adapted(Checked, Checked(read)),
    "pydantic_core.to_json": lambda read: json.loads(pydantic_core.to_json([read])),
    "pydantic_core.to_jsonable_python": lambda read: pydantic_core.to_jsonable_python({"a": read}),
    "json.dumps with a default": lambda read: json.loads(json.dumps([read], default=pydantic_core.to_jsonable_python)),
    "copies": lambda read: [copy.copy(read).model_dump(), copy.deepcopy(read).model_dump(), read.model_copy().model_dump()],
    "pickle": lambda read: pickle.loads(pickle.dumps(read)).model_dump(),  # noqa: S301  # our own bytes
}


def keys_of(value: object) -> Iterator[str]:
    """Every key of every object in a value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from keys_of(inner)


@pytest.mark.parametrize("read", [CHAT, CALL], ids=["chat", "call"])
@pytest.mark.parametrize("way", WAYS_OUT)
def test_each_way_out_has_the_wires_names(way: str, read: pc.Ext) -> None:
    """No attribute name is a key anywhere, but for the unknown key that came in under such a name; the wire's names are there.

    The content of a call is text: nothing inside it is a key.
    """
    found = set(keys_of(WAYS_OUT[way](read)))
    assert "call_id" not in found
    assert found & (WIRE_NAMES.keys() - {"chat_type"}) == set()
    assert ("chat_type" in found) is (read is CHAT)
    assert found >= {"chatType", "faceUrl"}


def test_push_infos_have_the_sdks_names() -> None:
    """The same of what stands beside a message."""
    for dumped in (INFO.model_dump(exclude_unset=True), json.loads(INFO.model_dump_json(exclude_unset=True))):
        assert dumped == pc.to_wire(INFO)
    assert set(INFO.model_dump()) & WIRE_NAMES.keys() == set()


def test_attribute_names_have_to_be_asked_for() -> None:
    """`by_alias=False` is pydantic's and gives them, also inside a user's model; iteration shows the attributes."""
    assert {"chat_type", "face_url"} <= set(keys_of(CHAT.model_dump(by_alias=False)))
    assert {"chat_type", "face_url"} <= set(keys_of(mine(CHAT).model_dump(by_alias=False)))
    assert dict(CHAT)["tim_push_features"] is CHAT.tim_push_features


@pytest.mark.parametrize(
    "value", [{}, "{}", None, fast.Decoder().decode(pc.encode_ext(CHAT)), pc.Ext], ids=lambda value: type(value).__name__
)
def test_to_wire_takes_models(value: Any) -> None:
    """Anything else is a TypeError that says so."""
    with pytest.raises(TypeError, match=f"expected a model, got {type(value).__name__}"):
        pc.to_wire(value)


# Round trips


@given(strategies.exts())
def test_a_dumped_ext_decodes_to_an_equal_one(read: pc.Ext) -> None:
    """Whatever is left out: what a key that is absent reads as is its default."""
    every: tuple[dict[str, Any], ...] = ({}, {"exclude_unset": True}, {"exclude_defaults": True}, {"serialize_as_any": True})
    for options in every:
        assert pc.decode_ext(read.model_dump_json(**options)) == read
        assert pc.decode_ext(json.dumps(read.model_dump(**options))) == read
    assert pc.decode_ext(read.model_dump_json(indent=2)) == read


@given(strategies.exts())
def test_exclude_unset_says_what_encode_writes(read: pc.Ext) -> None:
    """The same keys in the same order, and the same values."""
    encoded = json.loads(pc.encode_ext(read))
    for dumped in (json.loads(read.model_dump_json(exclude_unset=True)), read.model_dump(exclude_unset=True, mode="json")):
        assert json.dumps(dumped) == json.dumps(encoded)


@given(strategies.entities(), strategies.signaling_contents())
def test_dumped_parts_decode_to_equal_ones(entity: pc.Entity, content: pc.SignalingContent) -> None:
    """Entities and signaling contents too."""
    assert pc.decode_entity(entity.model_dump_json()) == entity
    assert pc.decode_signaling_content(content.model_dump_json()) == content


@given(strategies.exts())
def test_a_users_model_reads_what_it_dumped(read: pc.Ext) -> None:
    """As a field, in a list, a dict and a union."""
    held = mine(read)
    assert Mine.model_validate(held.model_dump(mode="json")) == held
    assert Mine.model_validate(held.model_dump()) == held


# Contexts of frameworks


@pytest.mark.parametrize("context", [{"app": 1}, {}, "text", (1, 2, 3)], ids=repr)
def test_a_context_of_someone_elses_changes_nothing(context: Any) -> None:
    """Frameworks hand their own context to pydantic: calls are read as ever, and unknown keys that are no JSON refused."""
    wire = pc.to_wire(CALL)
    assert pc.Ext.model_validate(wire, context=context) == CALL
    assert TypeAdapter(pc.Entity).validate_python(wire["entity"], context=context) == CALL.entity
    with pytest.raises(ValidationError):
        pc.Ext.model_validate({**wire, "x": float("nan")}, context=context)
    with pytest.raises(ValidationError):
        pc.CallEntity.model_validate({**wire["entity"], "content": "{"}, context=context)


# The fast path's payloads


@given(strategies.ext_texts())
def test_fast_payloads_give_the_wire_form(text: str) -> None:
    """`to_wire` of a payload of `fast` is that of the model, made of plain JSON values."""
    payload = fast.Decoder().decode(text)
    wire = payload.to_wire()
    assert json.dumps(wire) == json.dumps(pc.to_wire(pc.decode_ext(text).entity))
    assert {type(wire[key]) for key in ("action", "chatType")} == {int}
    assert entity_from_wire(wire) == pc.decode_ext(text).entity


@given(strategies.ext_texts() | st.just(pc.encode_ext(CHAT)))
def test_msgspec_writes_fast_payloads_with_the_wires_names(text: str) -> None:
    """Whoever lets msgspec encode one gets the wire's names for what is known."""
    payload = fast.Decoder().decode(text)
    for written in (msgspec.json.decode(msgspec.json.encode(payload)), msgspec.to_builtins(payload)):
        assert {"chatType", "faceUrl", "sendTime", "customData"} <= set(written)
        assert set(written) & WIRE_NAMES.keys() == set()
