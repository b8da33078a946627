"""The corpus: valid payloads, and documents for everything that the contract allows and forbids for every key.

The rules below restate SPEC §2 and §3 (`docs/contract.md`) by hand, independently of `schemas/` and of the models, which the tests
compare with them. `GOOD` and `BAD` are the documents that the rules generate (`corpus_rules`): every JSON type at every place, each
bound from both sides, each required key missing, each string and array empty. A bad document has one fault; its code and pointers
are given. The documents that contain an ext are in `form_documents`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import form_documents
from corpus_rules import (
    EMBEDDED_TEXT,
    INT32,
    INTEGRAL_FLOAT,
    NAME,
    TEXT,
    Array,
    Base64,
    Boolean,
    Fault,
    Integer,
    Object,
    Rule,
    Text,
    faults,
    first_and_last_of_each,
    from_to,
    goods,
    one_of,
)
from corpus_rules import Bad as Bad
from corpus_rules import Good as Good
from corpus_rules import Payload as Payload
from corpus_rules import compact as compact
from corpus_rules import without as without

from pushcodec.errors import Code

# Builders of valid payloads; `changes` replaces or adds keys


def c2c_content(**changes: Any) -> Payload:
    """The signaling content of a C2C call; its ids may be empty."""
    base = {"action": 1, "call_id": "", "call_type": 2, "invited_list": ["2019"], "room_id": 804544637, "group_id": ""}
    return {**base, "timeout": 30, "version": 4, **changes}


def group_content(**changes: Any) -> Payload:
    """The signaling content of a group call."""
    return c2c_content(**{"call_id": "144115-1595234230-33", "group_id": "@TGS#1PWYXLTGA", **changes})


def c2c_chat(**changes: Any) -> Payload:
    base = {"action": 1, "chatType": 1, "sender": "10457", "content": "你好", "nickname": "小明", "faceUrl": "https://x.com/a.png"}
    return {**base, "version": 1, **changes}


def group_chat(**changes: Any) -> Payload:
    return c2c_chat(**{"chatType": 2, "sender": "@TGS#1PWYXLTGA", "nickname": "Team", "faceUrl": "", **changes})


def c2c_call(content: Payload | None = None, **changes: Any) -> Payload:
    text = compact(c2c_content() if content is None else content)
    base = {"action": 2, "chatType": 1, "sender": "10457", "content": text, "version": 1, "sendTime": 1595234231}
    return {**base, **changes}


def group_call(content: Payload | None = None, **changes: Any) -> Payload:
    return c2c_call(group_content() if content is None else content, **{"chatType": 2, **changes})


def ext(entity: Payload | None = None, **beside: Any) -> Payload:
    return {"entity": c2c_chat() if entity is None else entity, **beside}


def tpns(carried: Payload) -> Payload:
    """The notification that TPNS delivers on iOS 10 and later, with the ext as text."""
    return {"aps": {"alert": {"title": "小明", "body": "你好"}}, "custom": compact(carried)}


def apns(carried: Payload) -> Payload:
    """The notification that APNs delivers directly, with the ext as text."""
    return {"aps": {"alert": "hi"}, "ext": compact(carried)}


def legacy(carried: Payload) -> Payload:
    """The notification below iOS 10: the keys of the ext are keys of the notification."""
    return {"aps": {"alert": "hi"}, **carried}


def offline_push_info(carried: Payload) -> Payload:
    return {"title": "小明", "desc": "hi", "ext": compact(carried), "AndroidOPPOChannelID": "tuikit", "disablePush": False}


def apns_config(**changes: Any) -> Payload:
    return {"businessID": 1234, "token": "3q2+7w==", "isTPNSToken": False, **changes}


CALL_DATA: dict[str, Rule] = {
    "call_type": one_of(1, 2),
    "room_id": from_to(1, 2**31 - 1),
    "version": from_to(1, 2**31 - 1),
}
SIGNALING_REQUIRED: dict[str, Rule] = {
    "action": one_of(1, 2, 3, 4, 5),
    "call_id": TEXT,
    "invited_list": Array(NAME, may_be_empty=False),
    "timeout": from_to(0, 2**31 - 1),
    **CALL_DATA,
}
BOUND_BY_ANDROID: dict[str, Rule] = {
    "code": INT32,
    "duration": INT32,
    "timestamp": from_to(-(2**63), 2**63 - 1),
    "sender": TEXT,
    "data": TEXT,
}
C2C_CONTENT = Object(SIGNALING_REQUIRED, {"group_id": TEXT, **BOUND_BY_ANDROID})
GROUP_CONTENT = Object({**SIGNALING_REQUIRED, "call_id": NAME, "group_id": NAME}, BOUND_BY_ANDROID)

SEND_TIME = from_to(0, 9007199254740991)
ANY_ENTITY: dict[str, Rule] = {
    "nickname": TEXT,
    "faceUrl": TEXT,
    "version": one_of(1),
    "customData": Array(from_to(-128, 127)),
}


def entity_keys(action: int, chat_type: int) -> dict[str, Rule]:
    """The keys of every entity. Bad values leave out the other action and chat type, which make it another kind of entity."""
    return {"action": Integer((action,), (0, 3)), "chatType": Integer((chat_type,), (0, 3)), "sender": NAME}


def chat_rule(chat_type: int) -> Object:
    return Object(entity_keys(1, chat_type), {**ANY_ENTITY, "content": TEXT, "sendTime": SEND_TIME})


def call_rule(chat_type: int, content: Object) -> Object:
    return Object({**entity_keys(2, chat_type), "content": Text(content), "sendTime": SEND_TIME}, ANY_ENTITY)


C2C_CHAT, GROUP_CHAT = chat_rule(1), chat_rule(2)
C2C_CALL, GROUP_CALL = call_rule(1, C2C_CONTENT), call_rule(2, GROUP_CONTENT)

BESIDE_ENTITY: dict[str, Rule] = {
    "timPushFeatures": Object({}, {"fcmPushType": INT32, "fcmNotificationType": INT32}),
}


def ext_rule(entity: Object) -> Object:
    return Object({"entity": entity}, BESIDE_ENTITY)


def notification_rule(key: str, carried: Text) -> Object:
    return Object({key: carried}, {"aps": Object({}, {})}, Code.NO_PAYLOAD)


def legacy_rule(entity: Object) -> Object:
    return Object({"entity": entity}, {**BESIDE_ENTITY, "aps": Object({}, {})}, Code.NO_PAYLOAD)


OFFLINE_PUSH_INFO: dict[str, Rule] = {
    "title": TEXT,
    "desc": TEXT,
    "iOSSound": TEXT,
    "AndroidOPPOChannelID": TEXT,
    "disablePush": Boolean(),
    "ignoreIOSBadge": Boolean(),
    "AndroidVIVOClassification": one_of(0, 1),
}


# Beyond 0 and integers of 32 bits, the contract does not say which businessID is allowed.
APNS_CONFIG = Object({"businessID": Integer((0, 2**31 - 1), (2**31,)), "token": Base64(), "isTPNSToken": Boolean()}, {})


def offline_push_info_rule(entity: Object) -> Object:
    return Object({}, {**OFFLINE_PUSH_INFO, "ext": Text(ext_rule(entity))})


# The corpus


# Every kind with a rule and a sample. A rule that several kinds share generates all its documents for the first kind only.
WHOLE: tuple[tuple[str, Object, Payload], ...] = (
    ("signaling-content", C2C_CONTENT, c2c_content()),
    ("group-signaling-content", GROUP_CONTENT, group_content()),
    ("signaling-data", Object(CALL_DATA, {}), {"room_id": 804544637, "version": 4, "call_type": 2}),
    ("entity", C2C_CHAT, c2c_chat()),
    ("entity", GROUP_CALL, group_call()),
    ("apns-config", APNS_CONFIG, apns_config(businessID=0)),
)
IN_PART: tuple[tuple[str, Object, Payload], ...] = (
    ("entity", GROUP_CHAT, group_chat()),
    ("entity", C2C_CALL, c2c_call()),
    ("chat-entity", C2C_CHAT, c2c_chat()),
    ("chat-entity", GROUP_CHAT, group_chat()),
    ("call-entity", C2C_CALL, c2c_call()),
    ("call-entity", GROUP_CALL, group_call()),
    ("c2c-entity", C2C_CHAT, c2c_chat()),
    ("c2c-entity", C2C_CALL, c2c_call()),
    ("group-entity", GROUP_CHAT, group_chat()),
    ("group-entity", GROUP_CALL, group_call()),
    ("ext", ext_rule(C2C_CHAT), ext(c2c_chat(), timPushFeatures={"fcmPushType": 0})),
    ("ext", ext_rule(GROUP_CALL), ext(group_call())),
    ("notification", notification_rule("custom", Text(ext_rule(GROUP_CALL))), tpns(ext(group_call()))),
    ("notification", notification_rule("ext", Text(ext_rule(C2C_CALL))), apns(ext(c2c_call()))),
    ("notification", legacy_rule(GROUP_CHAT), legacy(ext(group_chat()))),
    ("offline-push-info", offline_push_info_rule(C2C_CHAT), offline_push_info(ext(c2c_chat()))),
)

# Documents that no rule above expresses: dependencies between keys, and kinds that have several shapes.
FURTHER_GOOD: tuple[Good, ...] = (
    Good("apns-config", None),
    Good("apns-config", apns_config(businessID=0, isTPNSToken=True)),
    Good("account-binding", {"0": "10457"}),
    Good("account-binding", {"0": "10457", "1": None}),
    Good("account-binding", [0]),
    Good("entity", c2c_call(group_content())),
    Good("ext", ext(group_call(), customData=None, userData=None)),
    Good("notification", {**tpns(ext()), "ext": compact(ext(group_call())), "entity": c2c_call()}),
    Good("offline-push-info", {}),
)
FURTHER_BAD: tuple[Bad, ...] = (
    Bad("apns-config", apns_config(isTPNSToken=True), Code.VALUE_NOT_ALLOWED, ("/businessID",), "TPNS token"),
    Bad("apns-config", apns_config(isTPNSToken=True, businessID=1), Code.VALUE_NOT_ALLOWED, ("/businessID",), "TPNS token, 1"),
    Bad("apns-config", apns_config(businessID=-1), Code.VALUE_NOT_ALLOWED, ("/businessID",), "certificate, -1"),
    Bad("apns-config", without(apns_config(), "isTPNSToken"), Code.MISSING_KEY, ("",), "without isTPNSToken"),
    Bad("account-binding", {}, Code.MISSING_KEY, ("",), "without 0"),
    Bad("account-binding", {"0": ""}, Code.EMPTY_STRING, ("/0",), "empty"),
    Bad("account-binding", {"0": 10457}, Code.WRONG_TYPE, ("/0",), "int"),
    Bad("account-binding", {"0": None}, Code.WRONG_TYPE, ("/0",), "null"),
    Bad("account-binding", [], Code.EMPTY_LIST, ("",), "empty"),
    Bad("account-binding", [0, 0], Code.VALUE_NOT_ALLOWED, ("",), "twice"),
    Bad("account-binding", [1], Code.VALUE_NOT_ALLOWED, ("/0",), "1"),
    Bad("account-binding", [-1], Code.VALUE_NOT_ALLOWED, ("/0",), "-1"),
    Bad("account-binding", ["0"], Code.WRONG_TYPE, ("/0",), "string"),
    Bad("account-binding", [False], Code.WRONG_TYPE, ("/0",), "bool"),
    Bad("account-binding", [0.0], Code.WRONG_TYPE, ("/0",), "integral float", INTEGRAL_FLOAT),
    Bad("account-binding", "10457", Code.WRONG_TYPE, ("",), "string"),
    Bad("account-binding", None, Code.WRONG_TYPE, ("",), "null"),
    Bad("notification", {}, Code.NO_PAYLOAD, ("",), "empty"),
    Bad("notification", {"aps": {}}, Code.NO_PAYLOAD, ("",), "no carrier"),
    Bad("notification", {"aps": {}, "Custom": compact(ext())}, Code.NO_PAYLOAD, ("",), "another case"),
    Bad("chat-entity", c2c_call(), Code.VALUE_NOT_ALLOWED, ("/action",), "C2C call"),
    Bad("chat-entity", group_call(), Code.VALUE_NOT_ALLOWED, ("/action",), "group call"),
    Bad("call-entity", c2c_chat(), Code.VALUE_NOT_ALLOWED, ("/action",), "chat"),
    Bad("c2c-entity", group_chat(), Code.VALUE_NOT_ALLOWED, ("/chatType",), "group chat"),
    Bad("c2c-entity", group_call(), Code.VALUE_NOT_ALLOWED, ("/chatType",), "group call"),
    Bad("group-entity", c2c_chat(), Code.VALUE_NOT_ALLOWED, ("/chatType",), "C2C chat"),
    Bad("group-entity", c2c_call(), Code.VALUE_NOT_ALLOWED, ("/chatType",), "C2C call"),
    # the ids of a group call are required only if it certainly is one
    Bad("entity", without(c2c_call(), "chatType"), Code.MISSING_KEY, ("",), "without chatType"),
    # a group call with the ids of a C2C call
    *(
        Bad(kind, group_call(group_content(**{key: ""})), Code.EMPTY_STRING, ("/content", f"/{key}"), "empty", EMBEDDED_TEXT)
        for kind in ("entity", "call-entity", "group-entity")
        for key in ("call_id", "group_id")
    ),
    # faults that senders shipped (SPEC §6), as far as one document shows them
    Bad("entity", c2c_chat(sendTime=1595234231.5), Code.WRONG_TYPE, ("/sendTime",), "fraction"),
    Bad("entity", {**c2c_call(), "content": c2c_content()}, Code.WRONG_TYPE, ("/content",), "object for text"),
    Bad("ext", {"entity": compact(c2c_chat())}, Code.WRONG_TYPE, ("/entity",), "text for object"),
    Bad("notification", {"custom": ext()}, Code.WRONG_TYPE, ("/custom",), "object for text"),
)


def _bad(kind: str, found: Iterator[Fault]) -> Iterator[Bad]:
    for fault in found:
        if kind != "apns-config" or fault.value is not None:  # null is valid: it switches offline push off
            yield Bad(kind, fault.value, fault.code, fault.pointers, fault.label, fault.divergence)


GOOD: tuple[Good, ...] = (
    *(Good(kind, value) for kind, rule, sample in (*WHOLE, *IN_PART) for value in goods(rule, sample)),
    *FURTHER_GOOD,
    *form_documents.GOOD,
)
BAD: tuple[Bad, ...] = (
    *(bad for kind, rule, sample in WHOLE for bad in _bad(kind, faults(rule, sample))),
    *(bad for kind, rule, sample in IN_PART for bad in _bad(kind, first_and_last_of_each(faults(rule, sample)))),
    *FURTHER_BAD,
    *form_documents.BAD,
)
