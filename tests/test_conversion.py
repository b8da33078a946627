"""Pushes in another form: what each form can express, what is reported as lost, and that the ext never changes."""

from __future__ import annotations

import json
from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import through_pickle

import pushcodec as pc
from pushcodec.conversion import SOURCES, Target, convert, convert_all
from pushcodec.conversion.dialects import Dialect
from pushcodec.conversion.settings import Setting, is_default
from pushcodec.conversion.sources import TARGET_FORMS, TARGETS, sources_of
from pushcodec.documents import FORMS, Carrier
from pushcodec.documents.marks import form_of
from pushcodec.jsontext import Limits
from pushcodec.schemafiles import schema
from pushcodec.strategies import ext_texts, hostile

ENTITY = '{"action":1,"chatType":2,"sender":"@TGS#a","nickname":"组"}'
EXT = f'{{ "entity":{ENTITY}, "x":"\\u00e9/" }}'
OTHER = '{"entity":{"action":1,"chatType":1,"sender":"bo"}}'

REST: dict[str, Any] = {
    "PushFlag": 1,
    "Title": "组",
    "Desc": "d",
    "Ext": EXT,
    "BadgeSetNum": 7,
    "AndroidInfo": {
        "Sound": "bell",
        "PushStyle": 1,
        "XiaoMiChannelID": "x1",
        "OPPOChannelID": "o1",
        "OPPOCategory": "IM",
        "OPPONotifyLevel": 16,
        "OPPOPrivateMsgTemplateId": "t1",
        "OPPOPrivateTitleParameters": {"a": [1]},
        "OPPOPrivateContentParameters": {"b": 0},
        "VIVOClassification": 0,
        "VIVOCategory": "IM",
        "VIVONotifyType": "2",
        "HuaWeiImportance": "LOW",
        "HuaWeiCategory": "IM",
        "HuaWeiImage": "https://h",
        "HuaWeiChannelID": "h1",
        "ExtAsHuaweiIntentParam": 1,
        "HonorImportance": "NORMAL",
        "HonorImage": "https://o",
        "GoogleImage": "https://g",
        "GooglePriority": "high",
        "GoogleChannelID": "g1",
        "MeiZuNoticeMsgType": 1,
    },
    "ApnsInfo": {
        "Sound": "bell.caf",
        "BadgeMode": 1,
        "Title": "i",
        "SubTitle": "s",
        "Image": "https://i",
        "MutableContent": 1,
        "InterruptionLevel": "critical",
        "ContentAvailable": 1,
        "IsVoipPush": 1,
    },
    "HarmonyInfo": {"Title": "m", "Category": "IM", "Image": "https://m", "Sound": "hb", "SoundDuration": 9},
}
"""A push with every setting that the REST API and another form have, each with a value that is not its default."""

SDK: dict[str, Any] = {
    "title": "组",
    "desc": "d",
    "ext": EXT,
    "disablePush": True,
    "ignoreIOSBadge": True,
    "iOSSound": "bell.caf",
    "iOSPushType": 1,
    "iOSImage": "https://i",
    "iOSInterruptionLevel": "critical",
    "enableIOSBackgroundNotification": True,
    "AndroidSound": "bell",
    "AndroidOPPOChannelID": "o1",
    "AndroidFCMChannelID": "g1",
    "AndroidXiaoMiChannelID": "x1",
    "AndroidVIVOClassification": 0,
    "AndroidHuaWeiCategory": "IM",
    "AndroidOPPOCategory": "IM",
    "AndroidOPPONotifyLevel": 16,
    "AndroidVIVOCategory": "IM",
    "AndroidHuaWeiImage": "https://h",
    "AndroidHonorImage": "https://o",
    "AndroidHonorImportance": "NORMAL",
    "AndroidFCMImage": "https://g",
    "AndroidMeizuNotifyType": 1,
    "HarmonyImage": "https://m",
    "HarmonyCategory": "IM",
    "vendorParams": '{"fcmPriority":"high","vivoNotifyType":2,"oppoTemplateId":"t1","oppoTitleParam":{"a":[1]},'
    '"oppoContentParam":{"b":0}}',
}
WEB: dict[str, Any] = {
    "disablePush": True,
    "disableVoipPush": False,
    "title": "组",
    "description": "d",
    "extension": EXT,
    "ignoreIOSBadge": True,
    "androidOPPOChannelID": "o1",
    "androidFCMChannelID": "g1",
    "androidInfo": {
        "sound": "bell",
        **{key: value for key, value in REST["AndroidInfo"].items() if key not in ("Sound", "OPPOChannelID", "GoogleChannelID")},
    },
    "apnsInfo": {"sound": "bell.caf", "image": "https://i", "interruptionLevel": "critical", "contentAvailable": 1},
}
TPNS: dict[str, Any] = {
    "audience_type": "token_list",
    "token_list": ["<token>"],
    "message_type": "notify",
    "environment": "dev",
    "message": {
        "title": "组",
        "content": "d",
        "android": {
            "custom_content": EXT,
            "oppo_ch_id": "o1",
            "xm_ch_id": "x1",
            "hw_ch_id": "h1",
            "vivo_ch_id": "0",
            "ring_raw": "bell",
            "badge_type": 7,
        },
        "ios": {
            "custom_content": EXT,
            "aps": {"alert": {"subtitle": "s"}, "sound": "bell.caf", "badge_type": 7, "mutable-content": 1},
        },
    },
}
C_API: dict[str, Any] = {
    "offline_push_config_title": "组",
    "offline_push_config_desc": "d",
    "offline_push_config_ext": EXT,
    "offline_push_config_flag": 1,
    "offline_push_config_ios_config": {
        "ios_offline_push_config_title": "i",
        "ios_offline_push_config_sound": "bell.caf",
        "ios_offline_push_config_ignore_badge": True,
        "ios_offline_push_config_push_type": 1,
        "ios_offline_push_config_image": "https://i",
    },
    "offline_push_config_android_config": {
        "android_offline_push_config_sound": "bell",
        "android_offline_push_config_oppo_channel_id": "o1",
        "android_offline_push_config_vivo_classification": 0,
        "android_offline_push_config_vivo_category": "IM",
        "android_offline_push_config_xiaomi_channel_id": "x1",
        "android_offline_push_config_fcm_channel_id": "g1",
        "android_offline_push_config_huawei_category": "IM",
    },
}
WRITTEN = {Target.REST: REST, Target.SDK: SDK, Target.WEB: WEB, Target.TPNS_PUSH: TPNS, Target.C_API: C_API}

NEITHER_SDK_NOR_WEB = {"/BadgeSetNum", "/ApnsInfo/Title", "/ApnsInfo/SubTitle", "/ApnsInfo/MutableContent"}
ANDROID = {f"/AndroidInfo/{key}" for key in REST["AndroidInfo"]}
LOST = {
    Target.REST: set[str](),
    Target.SDK: NEITHER_SDK_NOR_WEB
    | {f"/AndroidInfo/{key}" for key in ("PushStyle", "HuaWeiImportance", "HuaWeiChannelID", "ExtAsHuaweiIntentParam")}
    | {f"/HarmonyInfo/{key}" for key in ("Title", "Sound", "SoundDuration")},
    Target.WEB: NEITHER_SDK_NOR_WEB | {f"/HarmonyInfo/{key}" for key in REST["HarmonyInfo"]},
    Target.TPNS_PUSH: {"/PushFlag"}
    | ANDROID
    - {f"/AndroidInfo/{key}" for key in ("Sound", "OPPOChannelID", "XiaoMiChannelID", "HuaWeiChannelID", "VIVOClassification")}
    | {f"/ApnsInfo/{key}" for key in ("BadgeMode", "Title", "Image", "InterruptionLevel", "ContentAvailable", "IsVoipPush")}
    | {f"/HarmonyInfo/{key}" for key in REST["HarmonyInfo"]},
    Target.C_API: {"/BadgeSetNum", "/ApnsInfo/SubTitle", "/ApnsInfo/MutableContent"}
    | {f"/ApnsInfo/{key}" for key in ("InterruptionLevel", "ContentAvailable")}
    | ANDROID
    - {f"/AndroidInfo/{key}" for key in ("Sound", "OPPOChannelID", "XiaoMiChannelID", "VIVOClassification", "VIVOCategory")}
    - {"/AndroidInfo/GoogleChannelID", "/AndroidInfo/HuaWeiCategory"}
    | {f"/HarmonyInfo/{key}" for key in REST["HarmonyInfo"]},
}


def text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def converted(value: object, to: Target | str, from_: str | None = None) -> Any:
    """The document of the only push of a value in another form."""
    return json.loads(convert(text(value), to=to, from_=from_).text)


def lost(value: object, to: Target | str, from_: str | None = None) -> list[str]:
    """Where the losses are."""
    return [" -> ".join(loss.pointers) for loss in convert(text(value), to=to, from_=from_).losses]


# Every setting


@pytest.mark.parametrize("to", Target)
def test_every_setting_is_written_in_each_form(to: Target) -> None:
    """In the type of the form: numbers, booleans, strings of digits, a text of its own. What has no key there is reported."""
    found = convert(text(REST), to=to)
    assert json.loads(found.text) == WRITTEN[to]
    assert {loss.pointers[0] for loss in found.losses} == LOST[to]
    assert len(found.losses) == len(LOST[to])
    assert all(len(loss.pointers) == 1 for loss in found.losses)
    assert found.form is Carrier.REST_PUSH_INFO
    assert found.to is to
    assert found.pointers == ("",)
    assert found.left_out == ()


@pytest.mark.parametrize("to", Target)
def test_the_linter_finds_no_wrong_key_in_what_is_written(to: Target) -> None:
    """Every key has the spelling, and every value the type, of the form."""
    found = {each.code for each in pc.lint.lint_text(text(WRITTEN[to]))}
    assert {code for code in found if not code.startswith("PC7")} <= {pc.Code.PUSH_SWITCHED_OFF}


@pytest.mark.parametrize(("first", "second"), list(permutations(Target, 2)))
def test_what_two_forms_share_survives_a_round_trip(first: Target, second: Target) -> None:
    """The settings that both forms can express come back, and no others; the ext is the same text."""
    source = WRITTEN[first]
    there = convert(text(source), to=second)
    back = convert(there.text, to=first)
    assert back.losses == ()
    expected = converted(source, first)
    for loss in there.losses:
        *groups, last = loss.pointers[0][1:].split("/") if len(loss.pointers) == 1 else ["vendorParams"]
        inside = expected
        for group in groups:
            inside = inside[group]
        inside.pop(last, None)
    if first is Target.SDK and any(len(loss.pointers) > 1 for loss in there.losses):
        assert "vendorParams" not in json.loads(back.text)
    assert without_fillers(json.loads(back.text)) == without_fillers(without_empty(expected))


def without_empty(value: Any) -> Any:
    """A document without the groups of which every key was lost."""
    if not isinstance(value, dict):
        return value
    members = {key: without_empty(inner) for key, inner in value.items()}
    return {key: inner for key, inner in members.items() if inner != {}} if value else value


def without_fillers(value: Any) -> Any:
    """A document without what only marks its form."""
    fillers = {"PushFlag": 0, "disablePush": False, "androidInfo": {}, "offline_push_config_flag": 0}
    return {key: inner for key, inner in value.items() if key not in fillers or fillers[key] != inner}


@pytest.mark.parametrize("to", Target)
def test_a_document_in_the_form_already_is_unchanged(to: Target) -> None:
    """Also keys that no setting has, and values that no setting can have; a whole request of TPNS stays one."""
    source = {**WRITTEN[to], "later": [1.5, None, {}], "Title": 5}
    found = convert(text(source), to=to, from_=to)
    assert json.loads(found.text) == source
    assert (found.losses, found.placeholders, found.left_out) == ((), (), ())


def test_the_defaults_of_settings_are_no_loss() -> None:
    """A form without a key for them does the same; a text that is empty sets nothing."""
    source = {
        "PushFlag": 0,
        "Title": "t",
        "Desc": "d",
        "Ext": EXT,
        "AndroidInfo": {"PushStyle": 0, "VIVOClassification": 1, "VIVONotifyType": "4", "HuaWeiImage": "", "x": ""},
        "ApnsInfo": {"IsVoipPush": 0, "ContentAvailable": 0, "MutableContent": 0, "Title": ""},
    }
    for to in Target:
        assert lost(source, to) == []
    assert is_default(Setting.EXT, "") is False
    assert is_default(Setting.IOS_BADGE_IGNORED, False) is False


# Every form


def examples() -> list[tuple[str, str]]:
    """The examples of the schemas of all forms that can contain an ext or a setting, with the names of the forms."""
    found = [
        (str(carrier), text(example))
        for carrier, form in FORMS.items()
        for example in schema(form.schema)["examples"]
        if carrier not in NO_PUSH and has_push(text(example), carrier)
    ]
    return [*found, *FURTHER]


NO_PUSH = (Carrier.SIGNALING_CONTENT, Carrier.VENDOR_PARAMS)
FURTHER = [
    ("rest-sendmsg", text({"To_Account": "u", "MsgBody": [{"MsgType": "TIMCustomElem", "MsgContent": {"Desc": "d", "Ext": EXT}}]})),
    ("c-api-message", text({"message_offlie_push_config": {"offline_push_config_ext": EXT, "offline_push_config_desc": None}})),
    ("click-intent", text("intent:#Intent;S.ext=%7B%22entity%22:%7B%22a%22:%22%E7%BB%84%22%7D%7D;end")),
    ("entity", ENTITY),
    ("apns", text({"aps": {"alert": "x"}, "ext": EXT})),
    ("legacy", f' {{"aps":{{}}, "entity":{ENTITY}}}'),
    ("oppo-bundle", text({"entity": ENTITY})),
    ("uniapp-click", text({"notification": ENTITY})),
]


def has_push(document: str, carrier: Carrier) -> bool:
    try:
        return bool(convert_all(document, to="rest", from_=carrier))
    except pc.DecodeError:
        return False


EXAMPLES = examples()


def test_the_examples_have_every_form() -> None:
    """Except those that have neither an ext nor a setting."""
    assert {name for name, _ in EXAMPLES} == set(map(str, FORMS)) - set(map(str, NO_PUSH))


@pytest.mark.parametrize(("form", "document"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_the_ext_is_the_same_text_in_every_form(form: str, document: str) -> None:
    """Through each ordered pair of forms. What is written is recognised as its form by its marks, and is valid."""
    exts = pc.find_exts(document, carrier=form)
    for first, second in product(Target, repeat=2):
        there = convert(document, to=first, from_=form)
        again = convert(there.text, to=second, from_=first)
        for found, to in ((there, first), (again, second)):
            assert {each.ext for each in pc.find_exts(found.text)} == {each.ext for each in exts[:1]}
            assert form_of(json.loads(found.text)) is FORMS[TARGET_FORMS[to]]
            outside = [each for each in pc.iter_violations(found.text, kind=None) if not each.embedded]
            assert outside == []


@pytest.mark.parametrize("name", SOURCES)
def test_every_name_of_a_source_is_read(name: str) -> None:
    """The names of forms, of families, and of what can be written; the document needs no marks."""
    names = {name} if name in FORMS else {str(form.name) for form in FORMS.values() if form.family == name and form.marks}
    documents = [document for form, document in EXAMPLES if form in (names or {"offline-push-info"})]
    assert documents or name in NO_PUSH
    for document in documents:
        assert convert_all(document, to="c-api", from_=name)


def test_the_rows_of_forms_and_the_keys_of_settings_agree() -> None:
    """The title, the text, the ext, the OPPO channel and the switch are at the same paths in both tables."""
    for carrier, form in FORMS.items():
        members: dict[str, pc.JSONValue] = {"OfflinePushInfo": {}}
        paths: dict[Setting, set[str]] = {}
        for source in sources_of(form, members):
            for line in source.dialect.lines:
                paths.setdefault(line.setting, set()).add("/".join(map(str, (*source.path, *line.keys))))
        if not paths or carrier in (Carrier.TPNS, Carrier.APNS):
            continue
        assert set(form.titles) <= paths[Setting.TITLE]
        assert set(form.texts) <= paths[Setting.TEXT]
        assert {place.path for place in form.places if "*" not in place.path} <= paths.get(Setting.EXT, set())
        channels = {channel for channel in form.oppo_channels if "AndroidOPPO" not in channel or carrier is not Carrier.WEB_OPTIONS}
        assert channels <= paths.get(Setting.OPPO_CHANNEL, set())
        assert {each.path for each in form.switched_off} <= paths.get(Setting.SWITCHED_OFF, set())


UNKNOWN_TO_OTHERS = {
    "rest-push-info": {"MultiLanguageContent", "BadgeAddNum", "PushTemplateId", "PushTemplateParam", "ApnsInfo/LiveActivity"},
    "tpns-push": {"accept_time", "thread_id", "thread_sumtext", "xg_media_resources", "xg_media_audio_resources", "ios/xg"}
    | {
        f"android/{key}"
        for key in ("n_ch_id", "n_ch_name", "n_id", "builder_id", "ring", "vibrate", "lights", "clearable", "icon_type")
    }
    | {f"android/{key}" for key in ("icon_res", "style_id", "small_icon", "icon_color", "show_type", "action")}
    | {"ios/aps/category"},
}


def properties(name: str, keys: tuple[str, ...] = ()) -> Any:
    """The properties of a schema, or of an object in it."""
    found = schema(name)
    for key in keys:
        found = found["properties"][key]
        if "$ref" in found:
            found = schema(found["$ref"].removesuffix(".json"))
    return found.get("properties", {})


@pytest.mark.parametrize(
    ("name", "within", "carrier"),
    [
        ("rest-push-info", (), Carrier.REST_PUSH_INFO),
        ("tpns-push", ("message",), Carrier.TPNS_PUSH),
        ("offline-push-info", (), Carrier.OFFLINE_PUSH_INFO),
        ("web-push-info", (), Carrier.WEB_PUSH_INFO),
        ("c-api-push-config", (), Carrier.C_API_PUSH_CONFIG),
        ("flutter-push-info", (), Carrier.FLUTTER_PUSH_INFO),
        ("atomicx-push-info", (), Carrier.ATOMICX_PUSH_INFO),
        ("callkit-push-info", (), Carrier.CALLKIT_PUSH_INFO),
    ],
)
def test_every_key_of_a_schema_is_converted_or_listed(name: str, within: tuple[str, ...], carrier: Carrier) -> None:
    """A key that is added to a schema is added to the keys of settings, or to the list above."""
    [source] = sources_of(FORMS[carrier], {"OfflinePushInfo": {}})
    dialect: Dialect = source.dialect
    known = set[str]()
    pending = [(*within, key) for key in properties(name, within)]
    for keys in pending:
        own = keys[len(within) :]
        if own in dialect.groups and own not in dialect.by_keys:
            pending += [(*keys, key) for key in properties(name, keys)]
        else:
            known.add("/".join(own))
    assert known - {"/".join(keys) for keys in dialect.by_keys} == UNKNOWN_TO_OTHERS.get(name, set()) - {"ios/aps/alert/subtitle"}


# What is read


def test_settings_of_wrappers_are_read() -> None:
    """Each wrapper writes the same settings under other names."""
    expected = {"Title": "t", "Desc": "d", "Ext": EXT, "AndroidInfo": {"OPPOChannelID": "o", "HuaWeiCategory": "IM"}}
    android = {"androidOPPOChannelID": "o", "androidHuaWeiCategory": "IM"}
    for source in (
        {"title": "t", "desc": "d", "ext": EXT, **android},
        {"offlinePushInfo": {"title": "t", "desc": "d", "ext": EXT, **android}},
        {"title": "t", "description": "d", "extension": EXT, **android},
        {"offlinePushInfo": {"title": "t", "description": "d", "extension": EXT, **android}},
        {"title": "t", "description": "d", "extension": EXT, "androidInfo": {"OPPOChannelID": "o", "HuaWeiCategory": "IM"}},
        {
            "title": "t",
            "description": "d",
            "extensionInfo": {"ext": EXT, "AndroidOPPOChannelID": "o", "AndroidHuaWeiCategory": "IM"},
        },
    ):
        assert converted(source, "rest") == expected
        assert lost(source, "rest") == []
    without_ext = {key: value for key, value in expected.items() if key != "Ext"}
    assert converted({"title": "t", "desc": "d", **android}, "rest", "callkit") == without_ext


def test_the_other_keys_of_the_web_are_read() -> None:
    """The call kits' keys, and those of UIKit; of several for one setting each is compared with the first."""
    source = {
        "extension": EXT,
        "iOSSound": "a",
        "iOSPushType": 1,
        "apnsInfo": {"sound": "b", "isVoipPush": True, "badgeMode": 1, "contentAvailable": False, "ignoreIOSBadge": True},
        "androidSound": "s",
        "androidInfo": {"sound": "s", "FCMChannelID": "f"},
        "disableVoipPush": False,
    }
    assert converted(source, "rest") == {
        "Ext": EXT,
        "AndroidInfo": {"Sound": "s", "GoogleChannelID": "f"},
        "ApnsInfo": {"Sound": "a", "BadgeMode": 1, "ContentAvailable": 0, "IsVoipPush": 1},
    }
    [loss] = convert(text(source), to="rest").losses
    assert loss == pc.Loss(("/apnsInfo/sound",), "only the first value of a setting is converted, and this is another one")
    assert str(loss) == f"/apnsInfo/sound: {loss.reason}"


def test_a_dump_is_read_with_its_bytes() -> None:
    """Every key is there with its default; the ext is an array of bytes."""
    config = {"title": "", "soundFilePath": "s", "notifyMode": 2, "oppoChannelID": "o", "vivoClassification": 0, "description": ""}
    apple = {"title": "i", "soundFilePath": "a", "badgeMode": 1, "iOSPushType": 1}
    extension = [byte - 256 if byte > 127 else byte for byte in EXT.encode()]
    dump = {"title": "t", "description": "d", "extension": extension, "pushFlag": 1, "androidConfig": config, "apnsConfig": apple}
    assert converted({"offlinePushInfo": dump}, "c-api") == {
        "offline_push_config_title": "t",
        "offline_push_config_desc": "d",
        "offline_push_config_ext": EXT,
        "offline_push_config_flag": 1,
        "offline_push_config_ios_config": {
            "ios_offline_push_config_title": "i",
            "ios_offline_push_config_sound": "a",
            "ios_offline_push_config_ignore_badge": True,
            "ios_offline_push_config_push_type": 1,
        },
        "offline_push_config_android_config": {
            "android_offline_push_config_title": "",
            "android_offline_push_config_sound": "s",
            "android_offline_push_config_notify_mode": 2,
            "android_offline_push_config_oppo_channel_id": "o",
            "android_offline_push_config_vivo_classification": 0,
        },
    }
    assert lost(dump, "rest") == ["/androidConfig/notifyMode"]
    assert lost({**dump, "androidConfig": {"description": "x"}}, "rest") == ["/androidConfig/description"]


@pytest.mark.parametrize(
    ("document", "from_", "pointers"),
    [
        (text({"extension": [*b'{"a":"', -1, *b'"}'], "title": "t"}), "sdk-dump", ["/extension"]),
        (text({"extension": [*"{\ufffd}".encode("utf-8")[:1], -17, -65, -67, 125], "title": "t"}), "sdk-dump", []),
        (text("intent:#Intent;S.ext=%7B%FF%7D;end"), None, [""]),
        (text("intent:#Intent;S.ext=%7B%ef%bf%bd%7D;end"), None, []),
        (text({"Ext": "\ufffd", "Title": "t"}), None, []),
        (text("intent:#Intent;S.ext=%7B%7D;end"), None, []),
    ],
)
def test_bytes_that_are_not_utf8_are_lost(document: str, from_: str | None, pointers: list[str]) -> None:
    """The ext has the replacement character in their place; one that the source has is not lost."""
    assert [loss.pointers[0] for loss in convert(document, to="web", from_=from_).losses] == pointers


def test_a_notification_is_read_with_what_is_shown() -> None:
    """The ext, and Apple's part; what else is in it does not belong to the push."""
    alert = {"title": "t", "subtitle": "s", "body": "b", "loc-key": "x"}
    aps = {"alert": alert, "sound": "a", "badge": 3, "mutable-content": 1, "interruption-level": "active", "thread-id": "x"}
    found = convert(text({"aps": aps, "custom": EXT, "xg": {"bid": 1}}), to="rest")
    assert json.loads(found.text) == {
        "Title": "t",
        "Desc": "b",
        "Ext": EXT,
        "BadgeSetNum": 3,
        "ApnsInfo": {"Sound": "a", "SubTitle": "s", "MutableContent": 1, "InterruptionLevel": "active"},
    }
    assert [loss.pointers[0] for loss in found.losses] == ["/aps/alert/loc-key", "/aps/thread-id"]
    assert found.left_out == ("/xg",)
    assert converted({"aps": {"alert": "b", "content-available": 1}, "ext": EXT}, "sdk") == {
        "desc": "b",
        "ext": EXT,
        "enableIOSBackgroundNotification": True,
    }


def test_a_custom_element_is_read_where_there_is_no_push_info() -> None:
    """The first one; beside an OfflinePushInfo it is void, and belongs to the message."""
    element = {"MsgType": "TIMCustomElem", "MsgContent": {"Data": "x", "Desc": "d", "Ext": EXT, "Sound": "a"}}
    body = {"To_Account": "u", "MsgBody": [{"MsgType": "TIMTextElem", "MsgContent": {"Text": "x"}}, element]}
    found = convert(text(body), to="rest")
    assert json.loads(found.text) == {"Desc": "d", "Ext": EXT, "ApnsInfo": {"Sound": "a"}}
    assert (found.losses, found.left_out) == ((), ("/To_Account",))
    beside = convert(text({**body, "OfflinePushInfo": {"Desc": "e"}}), to="web")
    assert without_fillers(json.loads(beside.text)) == {"description": "e"}
    assert (beside.losses, beside.left_out) == ((), ("/To_Account", "/MsgBody"))
    second = {"MsgType": "TIMCustomElem", "MsgContent": {"Ext": OTHER, "Desc": "x"}}
    assert lost({**body, "MsgBody": [element, second]}, "web") == ["/MsgBody/1/MsgContent/Ext"]


def test_both_keys_of_a_c_message_are_read() -> None:
    """The right one first, then the misspelt one, which old versions read."""
    right = {"offline_push_config_ext": EXT, "offline_push_config_desc": "d"}
    old = {"offline_push_config_ext": EXT, "offline_push_config_desc": "e", "offline_push_config_title": "t"}
    source = {"message_offlie_push_config": old, "message_offline_push_config": right, "message_elem_array": []}
    found = convert(text(source), to="c-api")
    assert json.loads(found.text) == {**right, "offline_push_config_title": "t"}
    assert [loss.pointers for loss in found.losses] == [("/message_offlie_push_config/offline_push_config_desc",)]
    assert found.left_out == ("/message_elem_array",)


def test_the_text_of_vendor_params_is_read() -> None:
    """Its keys are settings of their own; a text that is not a valid object is lost as a whole."""
    inner = {"fcmPriority": "normal", "vivoNotifyType": 3, "oppoTemplateId": "t", "other": 1, "oppoTitleParam": None}
    source = {"title": "t", "clickPayload": EXT, "notification": text(inner)}
    assert converted(source, "sdk") == {
        "title": "t",
        "ext": EXT,
        "vendorParams": '{"fcmPriority":"normal","vivoNotifyType":3,"oppoTemplateId":"t"}',
    }
    assert lost(source, "sdk") == ["/notification -> /other"]
    assert lost(source, "c-api") == ["/notification -> /other", "/notification -> /fcmPriority"] + [
        f"/notification -> /{key}" for key in ("vivoNotifyType", "oppoTemplateId")
    ]
    for broken in ("{", "[]", '{"fcmPriority":"high","fcmPriority":"high"}', 5, {"fcmPriority": "high"}):
        assert lost({**source, "notification": broken}, "sdk") == ["/notification"]


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("AndroidInfo/VIVOClassification", "1", "one of 0, 1"),
        ("AndroidInfo/VIVOClassification", True, "one of 0, 1"),
        ("AndroidInfo/VIVONotifyType", 2, "a string, one of 1, 2, 3, 4"),
        ("AndroidInfo/VIVONotifyType", "5", "a string, one of 1, 2, 3, 4"),
        ("AndroidInfo/HuaWeiImportance", "HIGH", "one of LOW, NORMAL"),
        ("AndroidInfo/HuaWeiImportance", 1, "one of LOW, NORMAL"),
        ("AndroidInfo/OPPOPrivateTitleParameters", [], "an object"),
        ("AndroidInfo/Sound", ["x"], "a string"),
        ("ApnsInfo/BadgeMode", True, "0 or 1"),
        ("ApnsInfo/BadgeMode", 1.0, "0 or 1"),
        ("ApnsInfo/BadgeMode", {}, "0 or 1"),
        ("HarmonyInfo/SoundDuration", 61, "an integer from 1 to 60"),
        ("BadgeSetNum", "3", "an integer from 0 to 999"),
        ("Title", {"a": 1}, "a string"),
    ],
)
def test_a_value_of_another_type_is_lost(path: str, value: object, expected: str) -> None:
    """It is not converted to something that looks similar."""
    *group, key = path.split("/")
    settings = {group[0]: {key: value}} if group else {key: value}
    found = convert(text({"Desc": "d", "Ext": EXT, **settings}), to="web")
    assert found.losses == (pc.Loss((f"/{path}",), f"only {expected} is converted"),)


def test_a_value_that_the_form_does_not_have_is_lost() -> None:
    """The number of a badge on Android, and two settings for which TPNS has one key."""
    found = convert(text({"Ext": EXT, "PushFlag": 0, "BadgeSetNum": 100, "ApnsInfo": {"BadgeMode": 0}}), to="tpns-push")
    message = json.loads(found.text)["message"]
    assert "badge_type" not in message["android"]
    assert message["ios"]["aps"] == {"badge_type": 100}
    assert [str(loss) for loss in found.losses] == [
        "/BadgeSetNum: tpns-push has only an integer from 0 to 99 under badge_type",
        "/ApnsInfo/BadgeMode: tpns-push has one key for this and another setting, which is there: badge_type",
    ]
    for mode, badge in ((0, -2), (1, -1)):
        there = converted({"Ext": EXT, "PushFlag": 0, "ApnsInfo": {"BadgeMode": mode}}, "tpns-push")
        assert there["message"]["ios"]["aps"] == {"badge_type": badge}
        assert converted(there, "rest")["ApnsInfo"] == {"BadgeMode": mode}
    there["message"]["ios"]["aps"]["badge_type"] = -3
    assert [loss.reason for loss in convert(text(there), to="rest").losses] == [
        "only an integer from 0 to 999 or -1 or -2 is converted"
    ]


def test_keys_that_no_other_form_has_are_lost() -> None:
    """And so are unknown ones. Null sets nothing."""
    source = {"Ext": EXT, "PushFlag": 0, "PushTemplateId": "1-1", "odd": {"x": [1]}, "none": None, "AndroidInfo": 5}
    found = convert(text(source), to="web")
    assert [loss.pointers[0] for loss in found.losses] == ["/PushTemplateId", "/odd", "/AndroidInfo"]
    assert {loss.reason for loss in found.losses} == {"no other form is known to have this setting"}


# Requests of TPNS


def test_what_the_push_api_requires_has_placeholders() -> None:
    """The receivers, and a title and a text if the push has none."""
    found = convert(EXT, to="tpns-push")
    request = json.loads(found.text)
    assert found.placeholders == (
        *("/audience_type", "/token_list", "/message_type", "/environment"),
        *("/message/title", "/message/content"),
    )
    assert found.losses == ()
    assert (request["message"]["title"], request["message"]["content"]) == ("", "")
    assert convert(text({"Title": "t", "Desc": "d", "Ext": EXT}), to="tpns-push").placeholders == found.placeholders[:4]


def test_a_request_with_two_exts_has_one_in_other_forms() -> None:
    """The one for Android; another one for iOS is lost, the same one is not."""
    message = {"title": "t", "content": "c", "android": {"custom_content": EXT}, "ios": {"custom_content": OTHER}}
    request = {"audience_type": "all", "message_type": "notify", "message": message}
    found = convert(text(request), to="rest")
    assert json.loads(found.text) == {"Title": "t", "Desc": "c", "Ext": EXT}
    assert [loss.pointers for loss in found.losses] == [("/message/ios/custom_content",)]
    assert found.left_out == ("/audience_type", "/message_type")
    assert converted(request, "tpns-push") == request
    message["ios"] = {"custom_content": EXT}
    assert lost(request, "rest") == []


# Several pushes, and none


def test_all_pushes_of_a_document_are_converted() -> None:
    """Each with its place; `convert` refuses several. An object without a push is skipped."""
    requests = [{"OfflinePushInfo": {"Ext": EXT}}, {"OfflinePushInfo": {}}, {"OfflinePushInfo": {"Desc": "d"}}]
    document = text({"queue": text(requests)})
    found = convert_all(document, to="web")
    assert [each.pointers for each in found] == [("/queue", "/0"), ("/queue", "/2")]
    assert [each.form for each in found] == [Carrier.REST_REQUEST] * 2
    with pytest.raises(pc.SeveralExtsError, match="expected one push, found 2") as caught:
        convert(document, to="web")
    assert (caught.value.violations[0].pointer, caught.value.violations[0].embedded) == ("/queue", ("/2",))


@pytest.mark.parametrize(
    ("document", "from_", "code", "pointer"),
    [
        ("{", None, pc.Code.NOT_JSON, ""),
        ('{"a":1,"a":1}', None, pc.Code.DUPLICATE_KEY, "/a"),
        ("{}", None, pc.Code.UNKNOWN_DOCUMENT, ""),
        ("[]", None, pc.Code.UNKNOWN_DOCUMENT, ""),
        ('"x"', None, pc.Code.UNKNOWN_DOCUMENT, ""),
        ('"x"', "ext", pc.Code.NO_PAYLOAD, ""),
        ('"x"', "rest", pc.Code.NO_PAYLOAD, ""),
        ('{"aps":{"alert":{}}}', None, pc.Code.NO_PAYLOAD, ""),
        ('{"OfflinePushInfo":{}}', None, pc.Code.NO_PAYLOAD, ""),
        ('{"OfflinePushInfo":{"Ext":5}}', None, pc.Code.WRONG_TYPE, "/OfflinePushInfo/Ext"),
        ('{"call_id":"1","room_id":1}', None, pc.Code.NO_PAYLOAD, ""),
    ],
)
def test_a_document_without_a_push_is_refused(document: str, from_: str | None, code: pc.Code, pointer: str) -> None:
    """With the violation that `find_ext` raises."""
    with pytest.raises(pc.DecodeError) as caught:
        convert_all(document, to="rest", from_=from_)
    assert [(each.code, each.pointer) for each in caught.value.violations] == [(code, pointer)]


def test_an_ext_of_another_type_is_lost() -> None:
    """The settings beside it are converted."""
    found = convert(text({"PushFlag": 0, "Desc": "d", "Ext": {"entity": {}}}), to="web")
    assert without_fillers(json.loads(found.text)) == {"description": "d"}
    assert found.losses == (pc.Loss(("/Ext",), "only the text of an ext is converted, and this is object"),)


def test_an_empty_ext_is_an_ext() -> None:
    """It is written as one."""
    for to in Target:
        found = convert(text({"PushFlag": 0, "Ext": ""}), to=to)
        assert pc.find_exts(found.text)[0].ext == ""


def test_faults_of_a_text_on_the_way_are_reported() -> None:
    """A repeated key in it would be dropped."""
    inner = '{"Ext":"{}","Title":"a","Title":"b"}'
    with pytest.raises(pc.DecodeError) as caught:
        convert(text({"x": text({"y": inner})}), to="web")
    assert [each.location for each in caught.value.violations] == ["/x -> /y -> /Title"]
    assert caught.value.violations[0].code is pc.Code.DUPLICATE_KEY


def test_arguments_are_checked() -> None:
    """Their types and names; the limits count for the document."""
    with pytest.raises(TypeError, match="to must be"):
        convert(EXT, to=5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="from_ must be"):
        convert(EXT, to="rest", from_=5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="Limits"):
        convert(EXT, to="rest", limits=(1, 2, 3))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="named 'pigeon', expected one of rest, sdk, web, tpns-push, c-api"):
        convert(EXT, to="pigeon")
    with pytest.raises(ValueError, match="no form is named 'pigeon', expected one of rest, sdk"):
        convert(EXT, to="rest", from_="pigeon")
    with pytest.raises(pc.DecodeError, match="PC110"):
        convert(EXT, to="rest", limits=Limits(max_bytes=5))


def test_results_hash_and_pickle() -> None:
    """As all results do."""
    found = convert(text(REST), to="web")
    assert hash(found) == hash(convert(text(REST).encode(), to=Target.WEB))
    assert through_pickle(found, 5) == found
    assert str(pc.Loss(("", "/a"), "x")) == "(document) -> /a: x"


def test_losses_are_limited() -> None:
    """A long key is not repeated for each loss; the last one says that there are more."""
    key = "k" * 3000
    settings = {"Ext": EXT, **{f"unknown{number}": number for number in range(900)}}
    found = convert(text({key: {"OfflinePushInfo": settings}}), to="web", limits=Limits(max_bytes=2**20))
    assert len(found.losses) < 400
    assert found.losses[-1].pointers == ("",)
    assert "more" in found.losses[-1].reason


def test_deep_values_are_copied() -> None:
    """Without recursion, to the depth that limits allow."""
    deep: Any = {}
    for _ in range(120):
        deep = {"a": deep}
    source = {"Ext": EXT, "PushFlag": 0, "AndroidInfo": {"OPPOPrivateTitleParameters": deep}}
    found = convert(text(source), to="web", limits=Limits(max_depth=128))
    assert json.loads(found.text)["androidInfo"]["OPPOPrivateTitleParameters"] == deep


# Pushes that Hypothesis makes

VALUES: dict[Setting, st.SearchStrategy[Any]] = {
    Setting.SWITCHED_OFF: st.booleans(),
    Setting.BADGE: st.integers(0, 99),
    **dict.fromkeys((Setting.OPPO_LEVEL,), st.sampled_from((1, 2, 16))),
    **dict.fromkeys((Setting.VIVO_CLASS, Setting.OPPO_STYLE, Setting.MEIZU_NOTIFY_TYPE), st.integers(0, 1)),
    Setting.VIVO_NOTIFY_TYPE: st.integers(1, 4),
    Setting.ANDROID_NOTIFY_MODE: st.integers(-5, 5),
    Setting.HARMONY_SOUND_SECONDS: st.integers(1, 60),
    **dict.fromkeys((Setting.HUAWEI_IMPORTANCE, Setting.HONOR_IMPORTANCE), st.sampled_from(("LOW", "NORMAL"))),
    Setting.FCM_PRIORITY: st.sampled_from(("normal", "high")),
    Setting.IOS_INTERRUPTION: st.sampled_from(("passive", "active", "time-sensitive", "critical")),
    **dict.fromkeys((Setting.OPPO_TITLE_VALUES, Setting.OPPO_TEXT_VALUES), st.dictionaries(st.text(max_size=3), st.integers(0, 9))),
    **dict.fromkeys(
        (
            *(Setting.IOS_BADGE_IGNORED, Setting.IOS_VOIP, Setting.IOS_MUTABLE, Setting.IOS_BACKGROUND),
            *(Setting.HARMONY_BADGE_IGNORED, Setting.HUAWEI_EXT_AS_PARAMETER),
        ),
        st.booleans(),
    ),
}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)


@st.composite
def pushes(draw: st.DrawFn, target: Target) -> dict[str, Any]:
    """A document in a form, with an ext and any of its settings."""
    document: dict[str, Any] = {}
    for line in TARGETS[target].lines:
        if not line.is_written or line.keys[-1] == "badge_type" or line.keys[0] == "vendorParams":
            continue
        if line.setting is Setting.EXT or line.keys[0] in ("title", "content") or draw(st.booleans()):
            value = draw(VALUES.get(line.setting, TEXTS)) if line.setting is not Setting.EXT else EXT
            members: Any = document
            for key in line.keys[:-1]:
                members = members.setdefault(key, {})
            members[line.keys[-1]] = line.codec.write(value)
    return {**TPNS, "message": document} if target is Target.TPNS_PUSH else document


@given(st.data(), st.sampled_from(Target), st.sampled_from(Target), ext_texts())
def test_no_setting_is_dropped_in_silence(data: st.DataObject, first: Target, second: Target, ext: str) -> None:
    """Each one is in the other form, or reported as lost, or its default. What comes back is the same, and so is the ext."""
    source = data.draw(pushes(first))
    document = text(source).replace(text(EXT), text(ext))
    there = convert(document, to=second, from_=first)
    back = convert(there.text, to=first, from_=second)
    assert {each.ext for each in pc.find_exts(there.text, carrier=TARGET_FORMS[second])} == {ext}
    assert {each.ext for each in pc.find_exts(back.text, carrier=TARGET_FORMS[first])} == {ext}
    assert [each for each in pc.iter_violations(there.text, kind=TARGET_FORMS[second]) if not each.embedded] == []
    gone = {loss.pointers[0] for loss in there.losses}
    for line in TARGETS[first].lines:
        keys = ("message", *line.keys) if first is Target.TPNS_PUSH else line.keys
        before, after = at(json.loads(document), keys), at(json.loads(back.text), keys)
        if before is None or "/" + "/".join(keys) in gone:
            continue
        assert after == before or (after is None and is_default(line.setting, line.codec.read(before)))  # type: ignore[arg-type]


def at(value: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


@given(hostile(), st.sampled_from(Target), st.sampled_from((None, *SOURCES)))
def test_any_text_gives_a_push_or_an_error(document: bytes, to: Target, from_: str | None) -> None:
    """Nothing else is raised, whatever form the text is said to be of."""
    try:
        found = convert_all(document, to=to, from_=from_)
    except pc.PushCodecError:
        return
    for each in found:
        assert isinstance(json.loads(each.text), dict)


SCALARS = (
    st.none() | st.booleans() | st.integers(-3, 200) | st.sampled_from(("", "1", "LOW", EXT, '{"fcmPriority":1}', "intent:S.ext=a"))
)
MORE_KEYS = (
    *("OfflinePushInfo", "MsgBody", "MsgType", "MsgContent", "message", "aps", "alert", "entity", "ext", "offlinePushInfo"),
    *("custom", "extensionInfo", "clickPayload", "notification", "pushMsg", "extra", "data", "x"),
)
KEYS = st.sampled_from(
    sorted({*MORE_KEYS, *(key for dialect in TARGETS.values() for line in dialect.lines for key in line.keys)}),
)
JUNK = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=12)


@given(st.dictionaries(KEYS, JUNK, max_size=8), st.sampled_from(Target), st.sampled_from((None, *SOURCES)))
def test_any_value_under_a_known_key_gives_a_push_or_an_error(value: dict[str, Any], to: Target, from_: str | None) -> None:
    """Objects, arrays and scalars anywhere. Whatever is written, the ext in it is the first one of the source."""
    document = text(value)
    try:
        found = convert_all(document, to=to, from_=from_)
    except pc.PushCodecError:
        return
    for each in found:
        json.loads(each.text)
        assert all(loss.reason.isascii() and loss.reason.isprintable() and len(loss.reason) <= 512 for loss in each.losses)
