"""The documents of the corpus that contain an ext: requests, options, dumps and what a click hands over.

The rules below restate by hand what the documentation of each form says, independently of `schemas/`, which the tests compare with
them. A server refuses null; for an SDK and its wrappers null means unset (`unset`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from corpus_rules import (
    INT,
    NAME,
    TEXT,
    Anything,
    Array,
    Bad,
    Boolean,
    Good,
    Integer,
    Nullable,
    Object,
    Payload,
    Rule,
    Text,
    Word,
    faults,
    first_and_last_of_each,
    from_to,
    goods,
    one_of,
    sample_of,
)

from pushcodec.errors import Code
from pushcodec.schemafiles import schema

BOOL = Boolean()
OBJECT = Object({}, {})
STRINGS = Array(TEXT)
ANY = Anything()
FLAG = one_of(0, 1)
UINT32 = from_to(0, 2**32 - 1)

# Of the ext only so much that a text, the object in it and the entity have faults; `payloads` has the rules of all its keys.
ENTITY = Object({"action": Integer((1,), (0, 3)), "chatType": Integer((1, 2), (0, 3)), "sender": NAME}, {"nickname": TEXT})
EXT = Text(Object({"entity": ENTITY}, {}))


def texts(keys: str) -> dict[str, Rule]:
    """A rule for each of the keys: any string."""
    return dict.fromkeys(keys.split(), TEXT)


def unset(rules: Mapping[str, Rule]) -> dict[str, Rule]:
    """The rules of a form in which null means that a key is unset."""
    return {key: rule if isinstance(rule, Anything) else Nullable(rule) for key, rule in rules.items()}


# The REST API

ANDROID: dict[str, Rule] = {
    **texts("XiaoMiChannelID OPPOChannelID OPPOCategory OPPOPrivateMsgTemplateId VIVOCategory HuaWeiCategory HuaWeiImage"),
    **texts("HuaWeiChannelID HonorImage GoogleImage GoogleChannelID"),
    "PushStyle": FLAG,
    "OPPOPrivateTitleParameters": OBJECT,
    "OPPOPrivateContentParameters": OBJECT,
    "OPPONotifyLevel": one_of(1, 2, 16),
    "VIVOClassification": FLAG,
    "VIVONotifyType": Word(("1", "2", "3", "4")),
    "HuaWeiImportance": Word(("LOW", "NORMAL")),
    "HonorImportance": Word(("LOW", "NORMAL")),
    "GooglePriority": Word(("normal", "high")),
    "MeiZuNoticeMsgType": FLAG,
    "ExtAsHuaweiIntentParam": FLAG,
}
LIVE_ACTIVITY: dict[str, Rule] = {"LaId": TEXT, "Event": Word(("update", "end")), "ContentState": OBJECT, "DismissalDate": INT}
APNS: dict[str, Rule] = {
    **texts("Sound Title SubTitle Image"),
    **dict.fromkeys(("BadgeMode", "MutableContent", "ContentAvailable", "IsVoipPush"), FLAG),
    "InterruptionLevel": Word(("passive", "active", "time-sensitive", "critical")),
    "LiveActivity": Object({}, LIVE_ACTIVITY),
}
PUSH_INFO: dict[str, Rule] = {
    "PushFlag": FLAG,
    **texts("Title Desc PushTemplateId"),
    "Ext": EXT,
    "MultiLanguageContent": Array(Object({}, texts("Language Title Desc"))),
    "BadgeAddNum": from_to(1, 99),
    "BadgeSetNum": from_to(0, 999),
    "PushTemplateParam": OBJECT,
    "AndroidInfo": Object({}, {"Sound": TEXT}),
    "ApnsInfo": Object({}, {"BadgeMode": FLAG}),
    "HarmonyInfo": Object({}, {"SoundDuration": from_to(1, 60)}),
}
MSG_BODY = Array(Object({"MsgType": TEXT, "MsgContent": Object({}, texts("Text Data Desc Ext Sound"))}, {}))

# What an envelope contains has its faults in `rest-push-info` and `rest-msg-body`; here are those that show a reference.
PUSHED: dict[str, Rule] = {"OfflinePushInfo": Object({}, {"PushFlag": FLAG, "Ext": EXT})}
BODY: dict[str, Rule] = {"MsgBody": Array(Object({"MsgType": TEXT, "MsgContent": OBJECT}, {}))}
MESSAGE: dict[str, Rule] = {
    **texts("From_Account CloudCustomData"),
    "SyncOtherMachine": one_of(1, 2),
    "MsgLifeTime": from_to(0, 604800),
    "MsgRandom": UINT32,
    **dict.fromkeys(("MsgSeq", "MsgTimeStamp", "SupportMessageExtension", "IsNeedReadReceipt"), INT),
    "ForbidCallbackControl": STRINGS,
    "SendMsgControl": STRINGS,
    **BODY,
    **PUSHED,
}


def condition(tags: Rule) -> dict[str, Rule]:
    return {"Condition": Object({}, {"TagsOr": tags, "TagsAnd": tags, "AttrsOr": OBJECT, "AttrsAnd": OBJECT})}


FEW_TAGS = condition(Array(TEXT, most=10))
SENDER: dict[str, Rule] = {"From_Account": TEXT, "MsgRandom": UINT32}
WEB_INFO = Object({}, {**texts("Title Desc URL"), "Ext": EXT})
RECEIVERS = Array(TEXT, may_be_empty=False, most=500)
CALL_INFO = Object({}, {"MediaType": Word(("Audio", "Video")), "RoomId": TEXT, "RoomIdType": one_of(1, 2)})

REST: dict[str, Rule] = {
    "rest-android-info": Object({}, {"Sound": TEXT, **ANDROID}),
    "rest-apns-info": Object({}, APNS),
    "rest-harmony-info": Object({}, {**texts("Title Category Image Sound"), "SoundDuration": from_to(1, 60)}),
    "rest-msg-body": MSG_BODY,
    "rest-push-info": Object({}, PUSH_INFO),
    "rest-request": Object({}, {**MESSAGE, "Random": UINT32, "OnlineOnlyFlag": FLAG}),
    "rest-sendmsg": Object({}, {**MESSAGE, "To_Account": TEXT}),
    "rest-batchsendmsg": Object({}, {**MESSAGE, "To_Account": STRINGS}),
    "rest-send-group-msg": Object(
        {"GroupId": TEXT, "Random": UINT32, **BODY},
        {**texts("MsgPriority From_Account TopicId"), "OnlineOnlyFlag": FLAG, "To_Account": STRINGS, **PUSHED},
    ),
    "rest-im-push": Object({}, {**SENDER, "MsgLifeTime": from_to(0, 604800), **condition(STRINGS), **BODY, **PUSHED}),
    "timpush-push": Object({**SENDER, **PUSHED}, {**FEW_TAGS, "DataId": TEXT, "OnlineOnlyFlag": FLAG, **BODY}),
    "timpush-batch": Object(
        {**SENDER, "To_Account": RECEIVERS, **PUSHED},
        {**texts("DataId TaskName"), "Classification": INT, "OfflineStorageTime": INT},
    ),
    "timpush-revoke": Object({"TaskId": TEXT}, PUSHED),
    "timpush-webpush": Object({**SENDER, "WebInfo": WEB_INFO}, FEW_TAGS),
    "rest-robot-call": Object(
        {"Robot_Account": TEXT, "CalleeList_Account": STRINGS},
        {"Timeout": from_to(10000, 600000), "UserData": TEXT, "CallInfo": CALL_INFO, **PUSHED},
    ),
    "webim-push-info": Object({}, {"PushInfo": PUSHED["OfflinePushInfo"]}),
}

# TPNS

ACTION: dict[str, Rule] = {
    "action_type": one_of(1, 2, 3),
    "activity": ANY,
    "aty_attr": OBJECT,
    "browser": Object({}, {"url": TEXT, "confirm": FLAG}),
    "intent": TEXT,
}
TPNS_ANDROID: dict[str, Rule] = {
    "custom_content": EXT,
    **texts("n_ch_id n_ch_name xm_ch_id hw_ch_id oppo_ch_id ring_raw"),
    "vivo_ch_id": Word(("0", "1")),
    "n_id": INT,
    "builder_id": INT,
    "badge_type": from_to(-2, 99),
    **dict.fromkeys(("ring", "vibrate", "lights", "clearable", "icon_type"), FLAG),
    **dict.fromkeys(("icon_res", "style_id", "small_icon", "icon_color"), ANY),
    "show_type": one_of(1, 2),
    "action": Object({}, ACTION),
}
TPNS_APS: dict[str, Rule] = {"alert": ANY, "badge_type": INT, "category": ANY, "mutable-content": FLAG, "sound": TEXT}
TPNS_IOS: dict[str, Rule] = {"aps": Object({}, TPNS_APS), "custom_content": EXT, "xg": ANY}
AUDIENCES = ("all", "tag", "token", "token_list", "account", "account_list", "package_account_push", "package_token_push")
TPNS_MESSAGE: dict[str, Rule] = {
    "accept_time": Array(ANY),
    **texts("thread_id thread_sumtext xg_media_resources xg_media_audio_resources"),
    "android": Object({}, TPNS_ANDROID),
    "ios": Object({}, TPNS_IOS),
}
TPNS = Object(
    {
        "audience_type": Word(AUDIENCES),
        "message_type": Word(("notify", "message")),
        "message": Object(texts("title content"), TPNS_MESSAGE),
    },
    {
        "environment": Word(("product", "dev")),
        "token_list": Array(TEXT, most=1000),
        "account_list": Array(TEXT, most=1000),
        "tag_list": Object({}, {"tags": STRINGS, "op": Word(("AND", "OR"))}),
        "tag_rules": Array(ANY),
        **dict.fromkeys(("upload_id", "expire_time", "push_speed", "tpns_online_push_type"), INT),
        **texts("platform plan_id"),
        "multi_pkg": BOOL,
        "collapse_id": ANY,
        "channel_rules": Array(Object({}, {"channel": TEXT, "disable": BOOL})),
    },
)

# SDKs and their wrappers

WEB: dict[str, Rule] = {
    **dict.fromkeys(("disablePush", "disableVoipPush", "ignoreIOSBadge"), BOOL),
    **texts("title description androidOPPOChannelID iOSSound androidSound androidXiaoMiChannelID androidFCMChannelID"),
    **texts("androidHuaWeiCategory androidVIVOCategory"),
    "extension": EXT,
    "androidVIVOClassification": FLAG,
    "iOSPushType": FLAG,
    "androidInfo": Object({}, unset({"sound": TEXT, **ANDROID})),
    "apnsInfo": Object(
        {},
        {
            **unset(texts("sound image interruptionLevel")),
            **dict.fromkeys(("badgeMode", "isVoipPush", "contentAvailable"), ANY),
        },
    ),
}
CALLKIT: dict[str, Rule] = {
    **texts("title desc iOSSound androidSound androidOPPOChannelID androidXiaoMiChannelID androidFCMChannelID"),
    **texts("androidHuaWeiCategory"),
    **dict.fromkeys(("ignoreIOSBadge", "isDisablePush"), BOOL),
    "androidVIVOClassification": FLAG,
    "iOSPushType": FLAG,
}
C_IOS: dict[str, Rule] = {**texts("title sound image"), "ignore_badge": BOOL, "push_type": FLAG}
C_ANDROID: dict[str, Rule] = {
    **texts("title sound oppo_channel_id vivo_category xiaomi_channel_id fcm_channel_id huawei_category"),
    "notify_mode": INT,
    "vivo_classification": FLAG,
}
C_API: dict[str, Rule] = {
    **texts("offline_push_config_title offline_push_config_desc"),
    "offline_push_config_ext": EXT,
    "offline_push_config_flag": FLAG,
    "offline_push_config_ios_config": Object({}, unset({f"ios_offline_push_config_{key}": C_IOS[key] for key in C_IOS})),
    "offline_push_config_android_config": Object(
        {}, unset({f"android_offline_push_config_{key}": C_ANDROID[key] for key in C_ANDROID})
    ),
}
FLUTTER: dict[str, Rule] = {
    **texts("title desc iOSSound iOSImage iOSInterruptionLevel androidSound androidOPPOChannelID androidOPPOCategory"),
    **texts("androidVIVOCategory androidFCMChannelID androidFCMImage androidXiaoMiChannelID androidHuaWeiCategory"),
    **texts("androidHuaWeiImage androidHonorImage androidHonorImportance harmonyImage harmonyCategory"),
    "ext": EXT,
    **dict.fromkeys(("disablePush", "ignoreIOSBadge", "enableIOSBackgroundNotification", "ignoreHarmonyBadge"), BOOL),
    **dict.fromkeys(("iOSPushType", "androidOPPONotifyLevel", "androidVIVOClassification", "androidMeizuNotifyType"), INT),
}
ATOMICX_SKIPS = (
    *("AndroidSound", "AndroidOPPOChannelID", "AndroidOPPONotifyLevel", "AndroidVIVOClassification", "AndroidMeizuNotifyType"),
    *("HarmonyImage", "iOSSound", "iOSPushType", "disablePush", "ignoreHarmonyBadge"),
)
ATOMICX: dict[str, Rule] = {
    **texts("title description"),
    "extensionInfo": Object({}, {**unset({"ext": EXT}), **dict.fromkeys(ATOMICX_SKIPS, ANY)}),
}
DUMP: dict[str, Rule] = {
    **texts("title description"),
    "extension": Array(from_to(-128, 127)),
    "pushFlag": INT,
    "androidConfig": OBJECT,
    "apnsConfig": OBJECT,
}
VENDOR_PARAMS: dict[str, Rule] = {
    "fcmPriority": Word(("normal", "high")),
    "vivoNotifyType": from_to(1, 4),
    "oppoTemplateId": TEXT,
    "oppoTitleParam": OBJECT,
    "oppoContentParam": OBJECT,
}


def inside(key: str, *rules: tuple[str, Rule]) -> dict[str, Rule]:
    """An object under a key, with rules of its own."""
    return {key: Object({}, unset(dict(rules)))}


WRAPPERS: dict[str, Mapping[str, Rule]] = {
    "web-push-info": WEB,
    "web-options": {
        **inside("offlinePushInfo", ("disablePush", BOOL), ("extension", EXT)),
        "onlineUserOnly": BOOL,
        "messageControlInfo": OBJECT,
    },
    "callkit-push-info": CALLKIT,
    "callkit-options": inside("offlinePushInfo", ("isDisablePush", BOOL)),
    "c-api-push-config": C_API,
    "c-api-message": {
        **inside("message_offline_push_config", ("offline_push_config_ext", EXT)),
        **inside("message_offlie_push_config", ("offline_push_config_ext", EXT)),
    },
    "flutter-push-info": FLUTTER,
    "flutter-options": inside("offlinePushInfo", ("ext", EXT)),
    "atomicx-push-info": ATOMICX,
    "v2tim-push-info": {**texts("title desc notification"), "clickPayload": EXT},
    "sdk-dump": DUMP,
    "sdk-dump-message": inside("offlinePushInfo", ("extension", Array(from_to(-128, 127)))),
    "vendor-params": VENDOR_PARAMS,
    "click-callback": {"ext": EXT, **texts("userID groupID")},
    "uniapp-click": texts("notification"),
    "react-native-click": {"data": EXT},
    "xiaomi-bundle": inside("extra", ("ext", EXT)),
    "oppo-bundle": {"entity": Text(ENTITY)},
    "vendor-log": {"pushMsg": Array(Object({}, unset({"ext": EXT})))},
}

RULES: Final = MappingProxyType({**REST, "tpns-push": TPNS, **{kind: Object({}, unset(rules)) for kind, rules in WRAPPERS.items()}})
"""What a document of each form may contain; `click-intent` is a string, and has its documents below."""


# Documents that no rule above expresses

_WEBIM: Payload = {"PushFlag": 0, "Desc": "hi", "AndroidInfo": {"Sound": "bell"}, "ApnsInfo": {"BadgeMode": 1}}
FURTHER_GOOD: tuple[Good, ...] = (
    Good("rest-request", {"To_Account": "10457"}),
    Good("rest-request", {"To_Account": ["10457", "10458"]}),
    Good("webim-push-info", {"PushInfo": _WEBIM}),
    Good("timpush-batch", {**sample_of(REST["timpush-batch"]), "To_Account": ["10457"]}),
    Good("click-intent", "intent:#Intent;S.ext=%7B%7D;end"),
    Good("click-intent", "xgscheme://com.example/a?customContent=%7B%7D"),
)
FURTHER_BAD: tuple[Bad, ...] = (
    *(
        Bad("rest-request", {"To_Account": value}, Code.WRONG_TYPE, ("/To_Account",), name)
        for name, value in (("null", None), ("int", 5), ("dict", {}))
    ),
    Bad("rest-request", {"To_Account": ["10457", None]}, Code.WRONG_TYPE, ("/To_Account/1",), "null"),
    *(
        Bad("click-intent", text, Code.VALUE_NOT_ALLOWED, ("",), ascii(text))
        for text in ("", "intent", "Intent://a", " intent://a", "https://intent:", "a\nintent:", "xgscheme")
    ),
    Bad("click-intent", None, Code.WRONG_TYPE, ("",), "null"),
    Bad("click-intent", {}, Code.WRONG_TYPE, ("",), "dict"),
)


def _bad(kind: str, rule: Rule) -> Iterator[Bad]:
    for fault in first_and_last_of_each(faults(rule, sample_of(rule))):
        yield Bad(kind, fault.value, fault.code, fault.pointers, fault.label, fault.divergence)


def _examples(kind: str) -> list[Any]:
    examples: list[Any] = schema(kind)["examples"]
    return examples


GOOD: tuple[Good, ...] = (
    *(Good(kind, value) for kind, rule in RULES.items() for value in goods(rule, sample_of(rule))),
    *(Good(kind, example) for kind in (*RULES, "click-intent") for example in _examples(kind)),
    *FURTHER_GOOD,
)
BAD: tuple[Bad, ...] = (*(bad for kind, rule in RULES.items() for bad in _bad(kind, rule)), *FURTHER_BAD)
