"""The models of push infos, above all those of the REST API: the same rules as their schemas, and every way in and out."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from payloads import c2c_chat, compact, ext, group_call
from pydantic import BaseModel, TypeAdapter, ValidationError
from support import PICKLE_PROTOCOLS, through_pickle

import pushcodec as pc
from pushcodec import strategies
from pushcodec.inspection import iter_violations
from pushcodec.models import Payload, to_wire
from pushcodec.schemafiles import schema

REST: Any = "rest-push-info"


def rules(name: str) -> dict[str, Any]:
    found: dict[str, Any] = schema(name)["properties"]
    return found


def resolved(rule: dict[str, Any]) -> dict[str, Any]:
    """A schema without references."""
    return resolved(schema(rule["$ref"].removesuffix(".json"))) if "$ref" in rule else rule


PARTS: dict[type[Payload], dict[str, Any]] = {
    pc.RestPushInfo: rules("rest-push-info"),
    pc.AndroidInfo: rules("rest-android-info"),
    pc.ApnsInfo: rules("rest-apns-info"),
    pc.HarmonyInfo: rules("rest-harmony-info"),
    pc.LiveActivity: rules("rest-apns-info")["LiveActivity"]["properties"],
    pc.MultiLanguageContent: rules("rest-push-info")["MultiLanguageContent"]["items"]["properties"],
}
WRAPPED: dict[type[Payload], Any] = {
    pc.RestPushInfo: lambda part: part,
    pc.AndroidInfo: lambda part: {"AndroidInfo": part},
    pc.ApnsInfo: lambda part: {"ApnsInfo": part},
    pc.HarmonyInfo: lambda part: {"HarmonyInfo": part},
    pc.LiveActivity: lambda part: {"ApnsInfo": {"LiveActivity": part}},
    pc.MultiLanguageContent: lambda part: {"MultiLanguageContent": [part]},
}
"""The push info that contains a part."""

every_part = pytest.mark.parametrize("model", PARTS, ids=lambda model: model.__name__)

FULL: dict[str, Any] = {
    "PushFlag": 1,
    "Title": "Team",
    "Desc": "Video call",
    "Ext": json.dumps(ext(group_call()), indent=2),
    "MultiLanguageContent": [{"Language": "zh", "Title": "团队", "Desc": "视频通话", "x": [1]}, {}],
    "BadgeAddNum": 99,
    "BadgeSetNum": 0,
    "PushTemplateId": "1400000001-2",
    "PushTemplateParam": {"timTitle": "t", "x": {"y": [None]}},
    "AndroidInfo": {
        "Sound": "ring",
        "PushStyle": 1,
        "XiaoMiChannelID": "high",
        "OPPOChannelID": "tuikit",
        "OPPOCategory": "IM",
        "OPPOPrivateMsgTemplateId": "7",
        "OPPOPrivateTitleParameters": {"name": "Ming"},
        "OPPOPrivateContentParameters": {},
        "OPPONotifyLevel": 16,
        "VIVOClassification": 0,
        "VIVOCategory": "IM",
        "VIVONotifyType": "2",
        "HuaWeiImportance": "LOW",
        "HuaWeiCategory": "VOIP",
        "HuaWeiImage": "https://a.example/1.png",
        "HuaWeiChannelID": "c",
        "HonorImportance": "NORMAL",
        "HonorImage": "https://a.example/2.png",
        "GoogleImage": "https://a.example/3.png",
        "GooglePriority": "high",
        "GoogleChannelID": "g",
        "MeiZuNoticeMsgType": 1,
        "ExtAsHuaweiIntentParam": 0,
        "FutureKey": True,
    },
    "ApnsInfo": {
        "Sound": "ring.caf",
        "BadgeMode": 0,
        "Title": "iOS",
        "SubTitle": "sub",
        "Image": "https://a.example/4.png",
        "MutableContent": 1,
        "InterruptionLevel": "time-sensitive",
        "ContentAvailable": 0,
        "IsVoipPush": 1,
        "LiveActivity": {"LaId": "a", "Event": "update", "ContentState": {"eta": [1, 2]}, "DismissalDate": -1, "z": 0},
    },
    "HarmonyInfo": {"Title": "H", "Category": "IM", "Image": "https://a.example/5.png", "Sound": "s", "SoundDuration": 60},
    "title": "not the title",
    "push_flag": None,
}
"""A push info with every key, and unknown keys at every level, some of them with the names of attributes."""


def accepts(model: type[Payload], wire: Any) -> bool:
    try:
        model.from_wire(wire)
    except ValidationError:
        return False
    return True


# The models and the schemas


def described(rule: dict[str, Any]) -> Any:
    """What a rule allows, written in one way: of a schema of the package, or of one that pydantic generates."""
    kept = {key: value for key, value in rule.items() if key in ("type", "enum", "minimum", "maximum")}
    if "items" in rule:
        kept["items"] = "object"
    return "object" if kept == {"type": "object"} else kept


@every_part
def test_a_model_has_the_keys_and_rules_of_its_schema(model: type[Payload]) -> None:
    """The same keys in the same order, with the same types, bounds and allowed values; all of them optional."""
    generated = model.model_json_schema()
    found = {key: {"type": "object"} if "$ref" in rule else rule for key, rule in generated["properties"].items()}
    expected = {key: resolved(rule) for key, rule in PARTS[model].items()}
    assert [(key, described(rule)) for key, rule in found.items()] == [(key, described(rule)) for key, rule in expected.items()]
    assert "required" not in generated
    assert all(rule.get("default", "") is not None for rule in found.values())


def candidates(rule: dict[str, Any]) -> Iterator[Any]:
    """Values of every JSON type, the allowed ones, and those beside them and beside the bounds."""
    yield from (None, True, False, 0, 1, 5, -1, 1.0, 2.5, "", "x", "1", [], ["x"], [None], {}, {"x": None}, 10**9)
    for value in rule.get("enum", ()):
        yield from (value, str(value), value + 1 if isinstance(value, int) else value + " ", value * 2)
    for bound in (rule[name] for name in ("minimum", "maximum") if name in rule):
        yield from (bound, bound - 1, bound + 1, float(bound), str(bound))
    yield compact(ext(c2c_chat()))


@every_part
def test_a_model_gives_the_verdict_of_its_schema(model: type[Payload]) -> None:
    """For each key with many values; the ext's text is judged by the codec."""
    verdicts = set()
    for key, rule in PARTS[model].items():
        for value in candidates(resolved(rule)):
            text = compact(WRAPPED[model]({key: value}))
            violations = tuple(iter_violations(text, kind=REST))
            assert accepts(model, {key: value}) is (not violations) or "contentSchema" in rule
            if violations:
                with pytest.raises(pc.DecodeError) as caught:
                    pc.decode_push_info(text, form=REST)
                assert caught.value.violations == violations
            else:
                assert json.loads(pc.encode_push_info(pc.decode_push_info(text, form=REST))) == json.loads(text)
            verdicts.add((key, not violations))
    assert verdicts == {(key, verdict) for key in PARTS[model] for verdict in (True, False)}


@pytest.mark.parametrize("value", [None, 1, "x", [], True])
def test_a_push_info_is_an_object(value: Any) -> None:
    """Neither form of it is another value."""
    for form in ("offline-push-info", REST):
        with pytest.raises(pc.DecodeError) as caught:
            pc.decode_push_info(json.dumps(value), form=form)
        assert [str(found.code) for found in caught.value.violations] == ["PC301"]


@given(strategies.rest_push_infos())
def test_drawn_push_infos_are_valid_and_round_trip(info: pc.RestPushInfo) -> None:
    """Decoding the encoded text gives an equal model that encodes to the same text."""
    text = pc.encode_push_info(info)
    assert list(iter_violations(text, kind=REST)) == []
    assert pc.decode_push_info(text, form=REST) == info
    assert pc.encode_push_info(pc.decode_push_info(text, form=REST)) == text


# Round trips


def test_every_key_survives() -> None:
    """In the order of the model, then the unknown keys; the ext's text byte for byte."""
    text = json.dumps(dict(reversed(FULL.items())))
    info = pc.decode_push_info(text, form=REST)
    assert to_wire(info) == FULL
    encoded = pc.encode_push_info(info)
    assert json.loads(encoded) == FULL
    assert list(json.loads(encoded)) == [*PARTS[pc.RestPushInfo], "push_flag", "title"]
    assert info.ext == FULL["Ext"]
    assert (info.push_flag, info.title, info.model_extra) == (1, "Team", {"title": "not the title", "push_flag": None})


def test_attributes_are_typed() -> None:
    """The parts are models."""
    info = pc.decode_push_info(compact(FULL), form=REST)
    assert (info.badge_add_num, info.badge_set_num, info.push_template_param["timTitle"]) == (99, 0, "t")
    assert [(each.language, each.title) for each in info.multi_language_content] == [("zh", "团队"), ("", "")]
    assert (info.android_info.xiaomi_channel_id, info.android_info.oppo_notify_level) == ("high", 16)
    assert info.android_info.model_extra == {"FutureKey": True}
    assert (info.apns_info.interruption_level, info.apns_info.live_activity.dismissal_date) == ("time-sensitive", -1)
    assert info.harmony_info.sound_duration == 60


def test_an_absent_key_reads_as_the_default_of_the_api() -> None:
    """As None if there is none. It stays absent, and the parts can be read without a check."""
    info = pc.decode_push_info("{}", form=REST)
    assert (info.push_flag, info.ext, info.badge_set_num, info.multi_language_content) == (0, "", None, ())
    assert (info.android_info.vivo_classification, info.android_info.vivo_notify_type) == (1, "4")
    assert (info.android_info.huawei_importance, info.apns_info.badge_mode) == (None, None)
    assert info.apns_info.live_activity.content_state == {}
    assert pc.encode_push_info(info) == "{}"
    assert pc.encode_push_info(pc.decode_push_info('{"AndroidInfo":{}}', form=REST)) == '{"AndroidInfo":{}}'
    assert info == pc.RestPushInfo()


@pytest.mark.parametrize("attribute", ["badge_add_num", "title", "android_info"])
def test_none_is_not_a_value(attribute: str) -> None:
    """It would be null in JSON, which the API does not accept."""
    with pytest.raises(ValidationError):
        pc.RestPushInfo.model_validate({attribute: None})


def test_the_two_forms_do_not_mix() -> None:
    """The keys of one are unknown keys in the other, so a text of the other form loses its meaning, but no key."""
    sdk = compact({"title": "a", "ext": "no ext"})
    assert pc.encode_push_info(pc.decode_push_info(sdk, form=REST)) == sdk
    with pytest.raises(pc.DecodeError):
        pc.decode_push_info(sdk)


@pytest.mark.parametrize("text", ["", "hi", "[]", '{"entity":{}}', compact(ext())[:-1] + ',"x":1,"x":1}'])
def test_a_model_with_an_invalid_ext_is_not_encoded(text: str) -> None:
    """The violations are those of its text."""
    info = pc.RestPushInfo(title="Team", ext=text)
    with pytest.raises(pc.EncodeError) as caught:
        pc.encode_push_info(info)
    assert caught.value.violations == tuple(iter_violations(compact(to_wire(info)), kind=REST))


def test_a_changed_object_is_not_encoded() -> None:
    """Objects in a frozen model can still be changed."""
    info = pc.RestPushInfo(push_template_param={"a": 1})
    info.push_template_param["a"] = float("nan")
    with pytest.raises(pc.EncodeError):
        pc.encode_push_info(info)


def test_deep_objects_are_read() -> None:
    """As deep as limits allow, without recursion of pydantic."""
    deep = json.loads("[" * 124 + "]" * 124)
    limits = pc.Limits(max_depth=128)
    wire = {"PushTemplateParam": {"x": deep}, "ApnsInfo": {"LiveActivity": {"ContentState": {"x": deep[0]}}}}
    text = compact(wire)
    assert pc.encode_push_info(pc.decode_push_info(text, form=REST, limits=limits), limits=limits) == text
    with pytest.raises(pc.DecodeError):
        pc.decode_push_info(text, form=REST)


# Models


def test_repr_hides_texts_and_absent_keys() -> None:
    """Of title, desc, ext, parameters and unknown keys it shows no character."""
    secret: dict[str, Any] = {"Title": "SECRET", "Desc": "SECRET", "SECRET": "SECRET"}
    info = pc.RestPushInfo.from_wire(
        {
            **secret,
            "Ext": "SECRET",
            "PushTemplateParam": secret,
            "MultiLanguageContent": [{"Language": "zh", **secret}],
            "AndroidInfo": {"OPPOChannelID": "tuikit", "OPPOPrivateTitleParameters": secret, **secret},
            "ApnsInfo": {"SubTitle": "SECRET", "LiveActivity": {"ContentState": secret, **secret}, **secret},
            "HarmonyInfo": secret,
        }
    )
    for text in (repr(info), str(info), f"{info}"):
        assert "SECRET" not in text
    assert repr(info).startswith(
        "RestPushInfo(title=<6 characters>, desc=<6 characters>, ext=<6 characters>, multi_language_content="
    )
    assert "MultiLanguageContent(language='zh', title=<6 characters>, desc=<6 characters>)" in repr(info)
    assert repr(pc.RestPushInfo()) == "RestPushInfo()"
    assert repr(pc.AndroidInfo(push_style=1)) == "AndroidInfo(push_style=1)"
    assert compact(to_wire(info)).count("SECRET") > 20


class Mine(BaseModel):
    """A user's model."""

    info: pc.RestPushInfo
    many: list[pc.AndroidInfo] = []


@given(strategies.rest_push_infos())
def test_a_dump_has_no_absent_keys(info: pc.RestPushInfo) -> None:
    """With any options, alone or in a user's model, so that it is a payload that the API accepts."""
    wire = to_wire(info)
    adapter = TypeAdapter(list[pc.RestPushInfo])
    for dumped in (
        info.model_dump(mode="json"),
        info.model_dump(mode="json", exclude_unset=True),
        info.model_dump(mode="json", serialize_as_any=True),
        json.loads(info.model_dump_json()),
        Mine(info=info).model_dump(mode="json")["info"],
        json.loads(adapter.dump_json([info]))[0],
        copy.copy(info).model_dump(mode="json"),
    ):
        assert dumped == wire
    assert pc.RestPushInfo.from_wire(wire) == info


def test_a_dump_by_names_of_attributes_has_no_absent_keys_either() -> None:
    """It is no payload, but the same keys are in it."""
    info = pc.RestPushInfo.from_wire({"Title": "a", "AndroidInfo": {"OPPOChannelID": "b"}, "Desc": "c"})
    assert info.model_dump(by_alias=False) == {"title": "a", "desc": "c", "android_info": {"oppo_channel_id": "b"}}


@pytest.mark.parametrize("protocol", PICKLE_PROTOCOLS)
def test_push_infos_pickle_and_hash(protocol: int) -> None:
    """Equal models have equal hashes, also with objects as values; copies keep what was set."""
    info = pc.RestPushInfo.from_wire(FULL)
    for copied in (through_pickle(info, protocol), copy.deepcopy(info), info.model_copy()):
        assert copied == info
        assert to_wire(copied) == to_wire(info)
        assert hash(copied) == hash(info)
    other = {**FULL, "PushTemplateParam": {"timTitle": "u"}}
    assert len({info, pc.RestPushInfo.from_wire(FULL), pc.RestPushInfo.from_wire(other), pc.RestPushInfo(), pc.AndroidInfo()}) == 4


def test_push_infos_are_frozen() -> None:
    """At every level."""
    info = pc.RestPushInfo.from_wire(FULL)
    for model in (info, info.android_info, info.apns_info.live_activity, info.multi_language_content[0]):
        for name in (*type(model).model_fields, "new"):
            with pytest.raises(ValidationError):
                setattr(model, name, 1)


def test_models_are_built_with_attribute_names() -> None:
    """Parts are given as models; lists and tuples are both accepted."""
    android = pc.AndroidInfo(oppo_channel_id="tuikit", vivo_notify_type="1")
    languages = [pc.MultiLanguageContent(language="de", title="Gruppe")]
    info = pc.RestPushInfo(android_info=android, multi_language_content=languages)  # type: ignore[arg-type]
    assert to_wire(info) == {
        "MultiLanguageContent": [{"Language": "de", "Title": "Gruppe"}],
        "AndroidInfo": {"OPPOChannelID": "tuikit", "VIVONotifyType": "1"},
    }
    assert info.android_info is android


@every_part
def test_a_model_validates_json_values_of_a_program(model: type[Payload]) -> None:
    """Without the strict reader the values of objects and of unknown keys are checked."""
    for key, rule in [*PARTS[model].items(), ("unknown", {"type": "object"})]:
        if resolved(rule)["type"] == "object":
            with pytest.raises(ValidationError):
                model.model_validate({key: {"x": object()}})
