"""The models: strict and frozen, with attribute names in Python and wire names in JSON, keeping every unknown key."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from payloads import (
    apns_config,
    c2c_call,
    c2c_chat,
    c2c_content,
    compact,
    ext,
    group_call,
    group_chat,
    group_content,
    offline_push_info,
    without,
)
from pydantic import BaseModel, TypeAdapter, ValidationError
from support import PICKLE_PROTOCOLS, through_pickle

from pushcodec import schemafiles
from pushcodec.contract import WIRE_NAMES, wire_name
from pushcodec.enums import Action, CallType, ChatType, SignalingAction
from pushcodec.jsontext import Limits
from pushcodec.models import (
    CallEntity,
    ChatEntity,
    Entity,
    Ext,
    OfflinePushInfo,
    SignalingContent,
    TimPushFeatures,
    entity_from_wire,
    to_wire,
)

MODELS: tuple[type[BaseModel], ...] = (ChatEntity, CallEntity, SignalingContent, TimPushFeatures, Ext, OfflinePushInfo)

EVERYWHERE = {"x": {"y": [None, True, 1, 2.5, "z"]}}
"""Unknown keys that the tests put at every level."""


def full_ext() -> Ext:
    """A group call with unknown keys at every level and every known key."""
    content = group_content(code=-1, duration=2, timestamp=3, sender="a", data="b", **EVERYWHERE)
    entity = group_call(content, nickname="Ming", faceUrl="", customData=[-128, 127], **EVERYWHERE)
    return Ext.from_wire(ext(entity, timPushFeatures={"fcmPushType": 1, "fcmNotificationType": 2, **EVERYWHERE}, **EVERYWHERE))


def problems(build: Callable[..., object], *args: Any, **kwargs: Any) -> list[tuple[tuple[str | int, ...], str]]:
    """The location and type of each error of pydantic for these arguments."""
    with pytest.raises(ValidationError) as caught:
        build(*args, **kwargs)
    return [(error["loc"], error["type"]) for error in caught.value.errors()]


# Names


def test_models_are_built_with_attribute_names() -> None:
    """In snake_case; the wire value has the wire names."""
    entity = ChatEntity(
        action=Action.CHAT,
        chat_type=ChatType.GROUP,
        sender="@TGS#1",
        face_url="https://x.com/a.png",
        send_time=5,
        custom_data=(1, -1),
    )
    features = TimPushFeatures(fcm_push_type=1, fcm_notification_type=2)
    assert to_wire(Ext(entity=entity, tim_push_features=features)) == {
        "entity": {
            "action": 1,
            "chatType": 2,
            "sender": "@TGS#1",
            "faceUrl": "https://x.com/a.png",
            "sendTime": 5,
            "customData": [1, -1],
        },
        "timPushFeatures": {"fcmPushType": 1, "fcmNotificationType": 2},
    }


def test_every_wire_name_belongs_to_a_field() -> None:
    """The alias map has each field whose wire name differs, and nothing else."""
    fields = {name for model in MODELS for name in model.model_fields}
    assert set(WIRE_NAMES) <= fields
    for model in MODELS:
        for name, field in model.model_fields.items():
            assert field.alias == wire_name(name)
    assert wire_name("chat_type") == "chatType"
    assert wire_name("call_id") == "call_id"


@pytest.mark.parametrize("attribute", ["chat_type", "face_url", "send_time", "custom_data"])
def test_an_attribute_name_on_the_wire_is_an_unknown_key(attribute: str) -> None:
    """In JSON, `chat_type` is not `chatType` but an unknown key, which may have any value."""
    plain = entity_from_wire(c2c_chat())
    entity = entity_from_wire(c2c_chat(**{attribute: ["anything"]}))
    assert getattr(entity, attribute) == getattr(plain, attribute)
    assert entity.model_extra == {attribute: ["anything"]}
    assert to_wire(entity) == c2c_chat(**{attribute: ["anything"]})


def test_an_attribute_name_does_not_replace_the_wire_name() -> None:
    """With `chat_type` and `tim_push_features` in JSON, `chatType` is missing and `timPushFeatures` absent."""
    entity = without(c2c_chat(chat_type=1), "chatType")
    assert problems(entity_from_wire, entity) == [(("chatType",), "missing")]
    assert problems(Ext.from_wire, {"entity": entity}) == [(("entity", "chatType"), "missing")]
    read = Ext.from_wire(ext(tim_push_features={"fcmPushType": 1}))
    assert read.tim_push_features == TimPushFeatures()
    assert to_wire(read) == ext(tim_push_features={"fcmPushType": 1})
    read = Ext.from_wire(ext(timPushFeatures={"fcm_push_type": "1"}))
    assert read.tim_push_features.fcm_push_type == 0
    assert to_wire(read) == ext(timPushFeatures={"fcm_push_type": "1"})


# Values


INTEGERS = ["action", "chat_type", "version", "send_time"]
CONTENT_INTEGERS = ["action", "call_type", "room_id", "timeout", "version", "code", "duration", "timestamp"]
NO_INTEGERS = [True, False, 1.0, 1.5, "1", None, [], {}, b"1"]


def chat_fields(**changes: Any) -> dict[str, Any]:
    return {"action": 1, "chat_type": 1, "sender": "10457", **changes}


@pytest.mark.parametrize("value", NO_INTEGERS, ids=repr)
@pytest.mark.parametrize("name", INTEGERS)
def test_entity_integers_are_strict(name: str, value: Any) -> None:
    """true, 1.0 and "1" are no integers, though in Python some of them equal 1."""
    assert {loc for loc, _ in problems(ChatEntity, **chat_fields(**{name: value}))} == {(name,)}


@pytest.mark.parametrize("value", NO_INTEGERS, ids=repr)
@pytest.mark.parametrize("name", CONTENT_INTEGERS)
def test_content_integers_are_strict(name: str, value: Any) -> None:
    """Also in a signaling content."""
    assert {loc for loc, _ in problems(SignalingContent, **c2c_content(**{name: value}))} == {(name,)}


@pytest.mark.parametrize("value", NO_INTEGERS, ids=repr)
def test_elements_and_features_are_strict(value: Any) -> None:
    """In `customData`, and beside the entity."""
    assert problems(ChatEntity, **chat_fields(custom_data=[0, value]))[0][0] == ("custom_data", 1)
    assert problems(TimPushFeatures, fcm_push_type=value)[0][0] == ("fcm_push_type",)


@pytest.mark.parametrize("value", [1, True, None, b"x", ["x"], 1.5])
@pytest.mark.parametrize("name", ["sender", "content", "nickname", "face_url"])
def test_strings_are_strict(name: str, value: Any) -> None:
    """No other type is converted to a string, not even bytes."""
    assert {loc for loc, _ in problems(ChatEntity, **chat_fields(**{name: value}))} == {(name,)}


@pytest.mark.parametrize("value", ["2019", b"2019", None, 1, {"2019": 1}, [""], [2019], []])
def test_invited_list_is_an_array_of_user_ids(value: Any) -> None:
    """A string is no list of its characters, an id must not be empty, and there must be one."""
    assert {loc[0] for loc, _ in problems(SignalingContent, **c2c_content(invited_list=value))} == {"invited_list"}


def test_arrays_become_tuples() -> None:
    """So that the values of a model cannot be changed."""
    content = SignalingContent(**c2c_content(invited_list=["a", "b"]))
    assert content.invited_list == ("a", "b")
    assert to_wire(content)["invited_list"] == ["a", "b"]


def test_integers_become_members_of_the_enums() -> None:
    """They can be matched as members and still equal the number."""
    call = Ext.from_wire(ext(group_call())).entity
    assert isinstance(call, CallEntity)
    assert call.action is Action.CALL
    assert call.chat_type is ChatType.GROUP
    assert call.content.action is SignalingAction.INVITE
    assert call.content.call_type is CallType.VIDEO
    members = [SignalingContent(**c2c_content(action=number)).action for number in range(1, 6)]
    assert members == list(SignalingAction) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), (1,), {1}, {1: 2}, b"x", object], ids=repr)
def test_the_value_of_an_unknown_key_is_json(value: Any) -> None:
    """A value that JSON cannot represent is refused."""
    for inner in (value, [value], {"deep": [value]}):
        assert problems(ChatEntity, **chat_fields(x=inner))[0][0][0] == "x"


# Frozen


def test_models_are_frozen() -> None:
    """No attribute can be set, added or deleted, at any level."""
    read = full_ext()
    assert isinstance(read.entity, CallEntity)
    for model in (read, read.entity, read.entity.content, read.tim_push_features):
        for name in (*type(model).model_fields, "new"):
            with pytest.raises(ValidationError):
                setattr(model, name, 1)
    with pytest.raises(ValidationError):
        del read.entity.sender


def test_equal_models_hash_equal() -> None:
    """In a set, equal models count once."""
    read = full_ext()
    assert len({read, full_ext(), read.entity, full_ext().entity}) == 2


def test_the_wire_value_has_plain_numbers() -> None:
    """Enum members become `int`, because JSON writers treat members differently."""
    wire = to_wire(ChatEntity(action=Action.CHAT, chat_type=ChatType.GROUP, sender="@TGS#1"))
    assert {type(wire[key]) for key in ("action", "chatType")} == {int}


# Unknown keys and absent keys


def test_unknown_keys_are_kept_at_every_level_in_order() -> None:
    """With their names, after the known keys."""
    unknown: dict[str, Any] = {"z": 1, "a": None, "chat_type": "1", "M": [{}], "": 0}
    content = {**unknown, **group_content()}
    entity = {**unknown, **group_call(content)}
    read = Ext.from_wire({**unknown, "entity": entity, "timPushFeatures": {**unknown, "fcmPushType": 0}})
    wire = to_wire(read)
    assert list(wire) == ["entity", "timPushFeatures", *unknown]
    assert list(wire["entity"])[-5:] == list(unknown)
    assert list(wire["timPushFeatures"]) == ["fcmPushType", *unknown]
    assert list(json.loads(wire["entity"]["content"]))[-5:] == list(unknown)
    for model in (read, read.entity, read.tim_push_features):
        assert model.model_extra == unknown
    assert Ext.from_wire(wire) == read


OPTIONAL_KEYS: dict[str, Any] = {
    "content": "",
    "nickname": "",
    "faceUrl": "",
    "version": 1,
    "sendTime": 0,
    "customData": [],
}
OPTIONAL_CONTENT_KEYS: dict[str, Any] = {"group_id": "", "code": 0, "duration": 0, "timestamp": 0, "sender": "", "data": ""}


@pytest.mark.parametrize("key", OPTIONAL_KEYS)
def test_an_absent_entity_key_stays_absent_and_equals_its_default(key: str) -> None:
    """It is not written; the model equals one that has the default."""
    bare = {"action": 1, "chatType": 1, "sender": "10457"}
    absent, present = entity_from_wire(bare), entity_from_wire({**bare, key: OPTIONAL_KEYS[key]})
    assert absent == present
    assert hash(absent) == hash(present)
    assert to_wire(absent) == bare
    assert to_wire(present) == {**bare, key: OPTIONAL_KEYS[key]}


@pytest.mark.parametrize("key", OPTIONAL_CONTENT_KEYS)
def test_an_absent_content_key_stays_absent_and_equals_its_default(key: str) -> None:
    """Also in a signaling content."""
    bare = without(c2c_content(), "group_id")
    absent, present = SignalingContent(**bare), SignalingContent(**bare, **{key: OPTIONAL_CONTENT_KEYS[key]})
    assert absent == present
    assert to_wire(absent) == bare
    assert to_wire(present) == {**bare, key: OPTIONAL_CONTENT_KEYS[key]}


@pytest.mark.parametrize("features", [{}, {"fcmPushType": 0}, {"fcmNotificationType": 0}])
def test_absent_features_stay_absent_and_equal_their_default(features: dict[str, int]) -> None:
    """No `timPushFeatures`, an empty one and one with defaults are equal, and each is written as it was."""
    absent, present = Ext.from_wire(ext()), Ext.from_wire(ext(timPushFeatures=features))
    assert absent == present
    assert to_wire(absent) == ext()
    assert to_wire(present) == ext(timPushFeatures=features)


def test_another_value_is_not_equal() -> None:
    """Equality compares every known and every unknown key."""
    assert Ext.from_wire(ext()) != Ext.from_wire(ext(x=1))
    assert Ext.from_wire(ext()) != Ext.from_wire(ext(c2c_chat(content="other")))
    assert Ext.from_wire(ext()) != Ext.from_wire(ext(timPushFeatures={"fcmPushType": 1}))
    assert entity_from_wire(c2c_call()) != entity_from_wire(c2c_call(c2c_content(x=1)))


# Entities of either kind


def test_the_action_decides_the_model_of_an_entity() -> None:
    """1 is a ChatEntity, 2 a CallEntity; another action is one error, not one for each model."""
    assert type(entity_from_wire(group_chat())) is ChatEntity
    assert type(entity_from_wire(group_call())) is CallEntity
    for action in (0, 3, True, "2", None):
        assert [loc for loc, _ in problems(entity_from_wire, c2c_chat(action=action))] == [("action",)]
        assert [loc for loc, _ in problems(Ext.from_wire, ext(c2c_chat(action=action)))] == [("entity", "action")]


@pytest.mark.parametrize("value", [None, "x", 1, [], ["action"]])
def test_an_entity_is_an_object(value: Any) -> None:
    """No other JSON value is an entity."""
    assert [loc for loc, _ in problems(entity_from_wire, value)] == [()]
    assert [loc for loc, _ in problems(Ext.from_wire, {"entity": value})] == [("entity",)]


def test_a_model_refuses_the_other_action() -> None:
    """A ChatEntity requires action 1, a CallEntity action 2."""
    assert problems(ChatEntity, **chat_fields(action=2))[0][0] == ("action",)
    assert problems(ChatEntity, **without(chat_fields(), "action")) == [(("action",), "missing")]
    content = SignalingContent(**c2c_content())
    assert problems(CallEntity, **chat_fields(content=content, send_time=1))[0][0] == ("action",)
    assert problems(CallEntity, **without(chat_fields(), "action"), content=content, send_time=1) == [(("action",), "missing")]


def test_a_call_can_be_matched_by_its_content() -> None:
    """Structural pattern matching works from the ext down to the content."""
    match Ext.from_wire(ext(group_call())).entity:
        case CallEntity(chat_type=ChatType.GROUP, content=SignalingContent(call_id=call_id)):
            assert call_id == group_content()["call_id"]
        case entity:
            pytest.fail(f"matched {type(entity).__name__}")


# Calls


def call_fields(**changes: Any) -> dict[str, Any]:
    return {**chat_fields(action=2, send_time=1), "content": SignalingContent(**group_content()), **changes}


def test_content_is_a_signaling_content_or_its_text() -> None:
    """The attribute is a SignalingContent in both cases."""
    content = SignalingContent(**group_content())
    given = CallEntity(**call_fields(content=content))
    read = CallEntity(**call_fields(content=compact(group_content())))
    assert given == read
    assert read.content == content
    assert to_wire(read)["content"] == compact(group_content())


@pytest.mark.parametrize(
    "value", [c2c_content(), None, 1, [], compact(c2c_content()).encode()], ids=lambda value: type(value).__name__
)
def test_content_is_not_a_dict(value: Any) -> None:
    """Content is a text in JSON, so a dict is refused, as is any other type. Senders often make this error."""
    assert problems(CallEntity, **call_fields(content=value)) == [(("content",), "value_error")]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", compact(c2c_content())[:-1] + ',"action":1}', '{"action":1}'])
def test_content_is_read_by_the_strict_reader(text: str) -> None:
    """A text with a fault, such as a repeated key, is refused."""
    assert {loc[0] for loc, _ in problems(CallEntity, **call_fields(content=text))} == {"content"}


def test_faults_inside_the_content_have_their_location() -> None:
    """The error of pydantic has the location in the content."""
    text = compact(c2c_content(invited_list=["2019", ""]))
    assert [loc for loc, _ in problems(CallEntity, **call_fields(content=text))] == [("content", "invited_list", 1)]


def test_the_limits_apply_to_the_content() -> None:
    """`from_wire` reads the text of the content under the caller's limits."""
    wire = ext(c2c_call(c2c_content(x=[[]])))
    assert Ext.from_wire(wire, Limits(max_depth=3)).entity.sender == "10457"
    assert problems(Ext.from_wire, wire, Limits(max_depth=2)) == [(("entity", "content"), "value_error")]


@pytest.mark.parametrize("key", ["call_id", "group_id"])
def test_a_group_call_needs_both_ids(key: str) -> None:
    """They must not be empty, whether the content is a model or a text; in a C2C call both may be."""
    for content in (group_content(**{key: ""}), c2c_content()):
        for given in (SignalingContent(**content), compact(content)):
            assert problems(CallEntity, **call_fields(chat_type=2, content=given)) == [((), "value_error")]
            assert CallEntity(**call_fields(chat_type=1, content=given)).chat_type is ChatType.C2C


def test_a_group_call_needs_the_key_group_id() -> None:
    """In a C2C call it is optional."""
    content = compact(without(group_content(), "group_id"))
    assert problems(CallEntity, **call_fields(chat_type=2, content=content)) == [((), "value_error")]
    assert CallEntity(**call_fields(chat_type=1, content=content)).content.group_id == ""


@pytest.mark.parametrize("key", ["content", "sendTime"])
def test_a_call_needs_content_and_send_time(key: str) -> None:
    """In a chat both are optional."""
    assert problems(entity_from_wire, without(c2c_call(), key)) == [((key,), "missing")]


# Repr, copies and JSON schemas


def test_repr_hides_what_people_wrote() -> None:
    """No repr, str or f-string shows content, nickname, data and unknown keys; ids are shown. `to_wire` returns everything."""
    secret = {"key-SECRET": "SECRET"}
    chat = entity_from_wire(c2c_chat(content="SECRET", nickname="SECRET", **secret))
    content = c2c_content(data="SECRET", **secret)
    call = Ext.from_wire(ext(c2c_call(content, nickname="SECRET", **secret), timPushFeatures=secret, **secret))
    info = OfflinePushInfo.from_wire({**offline_push_info(ext()), "title": "SECRET", "desc": "SECRET", "ext": "SECRET", **secret})
    for model in (chat, call, info):
        for text in (repr(model), str(model), f"{model}"):
            assert "SECRET" not in text
    assert "10457" in repr(chat)
    assert "content=<6 characters>, nickname=<6 characters>" in repr(chat)
    assert "2019" in repr(call)
    assert "tuikit" in repr(info)
    assert all("SECRET" in compact(to_wire(model)) for model in (chat, call, info))


def test_repr_of_a_model_without_required_fields() -> None:
    """It shows the fields that exist."""
    assert repr(ChatEntity.model_construct(sender="10457")).startswith("ChatEntity(sender='10457', content=<0 characters>,")


@pytest.mark.parametrize("value", [object, float("nan"), (1,), {1: 2}, [{"a": b"x"}]], ids=ascii)
def test_unknown_keys_of_a_model_built_in_python_are_json(value: object) -> None:
    """At every level."""
    key_of = {"x": value}
    assert problems(ChatEntity.model_validate, c2c_chat(**key_of))
    assert problems(Ext.model_validate, ext(c2c_chat(**key_of)))
    assert problems(Ext.model_validate, ext(timPushFeatures=key_of))


@pytest.mark.parametrize("protocol", PICKLE_PROTOCOLS)
def test_models_pickle(protocol: int) -> None:
    """Every protocol returns an equal model of the same type with the same keys set."""
    read = full_ext()
    copied = through_pickle(read, protocol)
    assert copied == read
    assert type(copied.entity) is CallEntity
    assert to_wire(copied) == to_wire(read)


@pytest.mark.parametrize(
    "make_copy", [copy.copy, copy.deepcopy, lambda model: model.model_copy(), lambda model: model.model_copy(deep=True)]
)
def test_models_copy(make_copy: Callable[[Ext], Ext]) -> None:
    """Shallow and deep copies are equal and encode alike."""
    for read in (full_ext(), Ext.from_wire(ext())):
        assert make_copy(read) == read
        assert to_wire(make_copy(read)) == to_wire(read)


@pytest.mark.parametrize("mode", ["validation", "serialization"])
@pytest.mark.parametrize("model", MODELS)
def test_models_have_a_json_schema(model: type[BaseModel], mode: Any) -> None:
    """pydantic generates it for every model, as OpenAPI requires. It has wire names and is valid."""
    described = model.model_json_schema(mode=mode)
    Draft202012Validator.check_schema(described)
    assert list(described["properties"]) == [wire_name(name) for name in model.model_fields]


def test_content_is_a_string_in_the_json_schema() -> None:
    """A string whose content is a SignalingContent."""
    content = CallEntity.model_json_schema()["properties"]["content"]
    assert (content["type"], content["contentMediaType"]) == ("string", "application/json")
    assert content["contentSchema"] == {"$ref": "#/$defs/SignalingContent"}


def test_the_json_schema_of_the_model_accepts_the_examples() -> None:
    """Those of the schema of the ext in the contract."""
    validator = Draft202012Validator(Ext.model_json_schema())
    for example in schemafiles.schema("ext")["examples"]:
        validator.validate(example)


def test_model_dump_has_the_wire_form() -> None:
    """`model_dump(by_alias=True, exclude_unset=True)` returns the wire value, with the content as text."""
    read = full_ext()
    for dumped in (
        read.model_dump(by_alias=True, exclude_unset=True, mode="json"),
        json.loads(read.model_dump_json(by_alias=True, exclude_unset=True)),
    ):
        assert dumped == to_wire(read)
        assert Ext.from_wire(dumped) == read
    assert Ext.from_wire(read.model_dump(by_alias=True, mode="json")) == read


def test_either_entity_is_a_type_for_pydantic() -> None:
    """`Entity` works as an annotation in models of a user."""
    adapter: TypeAdapter[Entity] = TypeAdapter(Entity)
    for wire in (c2c_chat(), group_call()):
        entity = entity_from_wire(wire)
        assert adapter.validate_python(entity) == entity


def test_offline_push_info() -> None:
    """A push info has the SDK's names in JSON, and only the keys that were set."""
    info = OfflinePushInfo(title="Ming", ext=compact(ext()), android_oppo_channel_id="tuikit", android_vivo_classification=1)
    assert to_wire(info) == {
        "title": "Ming",
        "ext": compact(ext()),
        "AndroidOPPOChannelID": "tuikit",
        "AndroidVIVOClassification": 1,
    }
    everything = {**offline_push_info(ext()), "iOSSound": "ring.caf", "ignoreIOSBadge": True, "AndroidVIVOClassification": 0}
    assert to_wire(OfflinePushInfo.from_wire(everything)) == everything
    for key, value in (("disablePush", 1), ("AndroidVIVOClassification", True), ("AndroidVIVOClassification", 2), ("title", None)):
        assert [loc for loc, _ in problems(OfflinePushInfo.from_wire, {key: value})] == [(key,)]
    assert problems(OfflinePushInfo.from_wire, [apns_config()])


def test_pydantics_own_errors_hide_what_was_given() -> None:
    """A ValidationError has the names of the fields and no values."""
    with pytest.raises(ValidationError) as caught:
        ChatEntity(action=Action.CHAT, chat_type=ChatType.C2C, sender="a", content=["SECRET"])  # type: ignore[arg-type]
    assert "content" in str(caught.value)
    assert "SECRET" not in str(caught.value)
