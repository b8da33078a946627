"""Every way to dump a model writes the wire names, and a dumped model decodes to an equal model."""

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

# Field values that differ from the defaults, and an unknown key with the name of an attribute.
CHAT = pc.Ext.from_wire(
    ext(
        c2c_chat(faceUrl="https://a.example/1.png", sendTime=7, customData=[3], unknownKey={"chat_type": None}),
        timPushFeatures={"fcmPushType": 4, "fcmNotificationType": 5},
    )
)
CALL = pc.Ext.from_wire(ext(group_call(group_content(timestamp=9, data="x"), faceUrl="https://a.example/2.png")))
INFO = pc.OfflinePushInfo.from_wire({**offline_push_info(ext()), "iOSSound": "ring.caf", "ignoreIOSBadge": True})


class Mine(BaseModel):
    """A user's model; the names of its own fields stay unchanged."""

    push_ext: pc.Ext
    one_of: pc.Ext | int
    listed: list[pc.Entity]
    by_name: dict[str, pc.ChatEntity | pc.CallEntity]
    maybe: pc.TimPushFeatures | None = None


class Box(BaseModel, Generic[T]):
    """A user's generic model."""

    held_value: T


class Mixed(pc.Ext):
    """A user's model that extends a model of the package."""

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
def test_each_way_to_dump_writes_the_wire_names(way: str, read: pc.Ext) -> None:
    """The wire names are keys; no attribute name is a key, except for the unknown key that has such a name.

    The content of a call is text: nothing inside it is a key.
    """
    found = set(keys_of(WAYS_OUT[way](read)))
    assert "call_id" not in found
    assert found & (WIRE_NAMES.keys() - {"chat_type"}) == set()
    assert ("chat_type" in found) is (read is CHAT)
    assert found >= {"chatType", "faceUrl"}


def test_push_infos_are_dumped_with_the_names_of_the_sdk() -> None:
    """The same for the info that is sent with a message."""
    for dumped in (INFO.model_dump(exclude_unset=True), json.loads(INFO.model_dump_json(exclude_unset=True))):
        assert dumped == pc.to_wire(INFO)
    assert set(INFO.model_dump()) & WIRE_NAMES.keys() == set()


def test_only_by_alias_false_writes_attribute_names() -> None:
    """pydantic's `by_alias=False` writes them, also inside a user's model; iteration yields the attributes."""
    assert {"chat_type", "face_url"} <= set(keys_of(CHAT.model_dump(by_alias=False)))
    assert {"chat_type", "face_url"} <= set(keys_of(mine(CHAT).model_dump(by_alias=False)))
    assert dict(CHAT)["tim_push_features"] is CHAT.tim_push_features


@pytest.mark.parametrize(
    "value", [{}, "{}", None, fast.Decoder().decode(pc.encode_ext(CHAT)), pc.Ext], ids=lambda value: type(value).__name__
)
def test_to_wire_accepts_only_models(value: Any) -> None:
    """Anything else is a TypeError."""
    with pytest.raises(TypeError, match=f"expected a model, got {type(value).__name__}"):
        pc.to_wire(value)


# Round trips


@given(strategies.exts())
def test_a_dumped_ext_decodes_to_an_equal_one(read: pc.Ext) -> None:
    """Also with options that omit keys: an absent key decodes to its default."""
    every: tuple[dict[str, Any], ...] = ({}, {"exclude_unset": True}, {"exclude_defaults": True}, {"serialize_as_any": True})
    for options in every:
        assert pc.decode_ext(read.model_dump_json(**options)) == read
        assert pc.decode_ext(json.dumps(read.model_dump(**options))) == read
    assert pc.decode_ext(read.model_dump_json(indent=2)) == read


@given(strategies.exts())
def test_exclude_unset_dumps_what_encode_writes(read: pc.Ext) -> None:
    """The same keys in the same order, and the same values."""
    encoded = json.loads(pc.encode_ext(read))
    for dumped in (json.loads(read.model_dump_json(exclude_unset=True)), read.model_dump(exclude_unset=True, mode="json")):
        assert json.dumps(dumped) == json.dumps(encoded)


@given(strategies.entities(), strategies.signaling_contents())
def test_dumped_parts_decode_to_equal_ones(entity: pc.Entity, content: pc.SignalingContent) -> None:
    """The same for entities and signaling contents."""
    assert pc.decode_entity(entity.model_dump_json()) == entity
    assert pc.decode_signaling_content(content.model_dump_json()) == content


@given(strategies.exts())
def test_a_users_model_validates_its_own_dump(read: pc.Ext) -> None:
    """With models of the package as a field, in a list, a dict and a union."""
    held = mine(read)
    assert Mine.model_validate(held.model_dump(mode="json")) == held
    assert Mine.model_validate(held.model_dump()) == held


# Contexts of frameworks


@pytest.mark.parametrize("context", [{"app": 1}, {}, "text", (1, 2, 3)], ids=repr)
def test_a_foreign_validation_context_changes_nothing(context: Any) -> None:
    """With the context of a framework, calls are validated as without it, and unknown values that are no JSON are refused."""
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
    """`to_wire` of a payload of `fast` equals `to_wire` of the model; it consists of plain JSON values."""
    payload = fast.Decoder().decode(text)
    wire = payload.to_wire()
    assert json.dumps(wire) == json.dumps(pc.to_wire(pc.decode_ext(text).entity))
    assert {type(wire[key]) for key in ("action", "chatType")} == {int}
    assert entity_from_wire(wire) == pc.decode_ext(text).entity


@given(strategies.ext_texts() | st.just(pc.encode_ext(CHAT)))
def test_msgspec_writes_fast_payloads_with_the_wire_names(text: str) -> None:
    """`msgspec` encodes the known fields under their wire names."""
    payload = fast.Decoder().decode(text)
    for written in (msgspec.json.decode(msgspec.json.encode(payload)), msgspec.to_builtins(payload)):
        assert {"chatType", "faceUrl", "sendTime", "customData"} <= set(written)
        assert set(written) & WIRE_NAMES.keys() == set()
