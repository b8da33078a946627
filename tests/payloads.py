"""The corpus: valid payloads, and documents for everything that the contract allows and forbids for every key.

The rules below restate SPEC §2 and §3 (`docs/contract.md`) by hand, independently of `schemas/` and of the models, which the tests
compare with them. `GOOD` and `BAD` are the documents that the rules generate: every JSON type at every place, each bound from both
sides, each required key missing, each string and array empty. A bad document has one fault; its code and pointers are given.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias

from pushcodec.errors import Code

Payload: TypeAlias = dict[str, Any]

# Builders of valid payloads; `changes` replaces or adds keys


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def without(payload: Payload, key: str) -> Payload:
    return {other: value for other, value in payload.items() if other != key}


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


# Rules: what the contract allows for a value


@dataclass(frozen=True)
class Integer:
    """The allowed integers, and the nearest forbidden ones."""

    good: tuple[int, ...]
    bad: tuple[int, ...]


@dataclass(frozen=True)
class String:
    may_be_empty: bool = True


@dataclass(frozen=True)
class Base64:
    """Base64 of at least one byte."""


@dataclass(frozen=True)
class Boolean:
    pass


@dataclass(frozen=True)
class Array:
    items: Rule
    may_be_empty: bool = True


@dataclass(frozen=True)
class Object:
    required: dict[str, Rule]
    optional: dict[str, Rule]
    missing: Code = Code.MISSING_KEY


@dataclass(frozen=True)
class Text:
    """A string that contains the JSON text of an object."""

    of: Object


Rule: TypeAlias = Integer | String | Base64 | Boolean | Array | Object | Text


def one_of(*members: int) -> Integer:
    return Integer(members, (min(members) - 1, max(members) + 1))


def from_to(low: int, high: int) -> Integer:
    return Integer((low, high), (low - 1, high + 1))


INT32 = from_to(-(2**31), 2**31 - 1)
NAME = String(may_be_empty=False)
TEXT = String()

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


# Documents from a rule

# Why another schema engine accepts a bad document; None where it refuses it.
INTEGRAL_FLOAT = "integral float"
EMBEDDED_TEXT = "embedded text"
BEYOND_DOUBLE_PRECISION = "integer beyond the precision of a double"


@dataclass(frozen=True)
class Fault:
    """A value with one fault: its code, and where it is, one pointer for each layer, the outermost first."""

    value: Any
    code: Code
    pointers: tuple[str, ...]
    label: str
    divergence: str | None = None


_OF_EACH_TYPE: dict[str, Any] = {"null": None, "bool": True, "int": 1, "float": 1.5, "string": "1", "list": [], "dict": {}}
_OWN_TYPE = {Integer: "int", String: "string", Base64: "string", Boolean: "bool", Array: "list", Object: "dict", Text: "string"}

# The value of a key that the sample does not have.
_FILLINGS: dict[type[Rule], Any] = {Integer: 0, String: "", Boolean: True, Array: [], Object: {}}


def faults(rule: Rule, sample: Any) -> Iterator[Fault]:
    """The sample with one fault, once for each fault that the rule forbids."""
    for name, value in _OF_EACH_TYPE.items():
        if name != _OWN_TYPE[type(rule)]:
            yield Fault(value, Code.WRONG_TYPE, ("",), name)
    match rule:
        case Integer():
            yield Fault(float((rule.good[0] + rule.good[-1]) // 2), Code.WRONG_TYPE, ("",), "integral float", INTEGRAL_FLOAT)
            for number in rule.bad:
                yield _out_of_bounds(number)
        case String():
            if not rule.may_be_empty:
                yield Fault("", Code.EMPTY_STRING, ("",), "empty")
        case Base64():
            yield Fault("", Code.EMPTY_STRING, ("",), "empty")
            for token in ("a", "MDFh=", "MD-_", "MDFh\n", "=MDFh", "MD Fh", "MDF=MDFh", "====", "ＭＤＦｈ"):
                yield Fault(token, Code.VALUE_NOT_ALLOWED, ("",), ascii(token))
        case Array():
            yield from _array_faults(rule, sample)
        case Object():
            yield from _object_faults(rule, sample)
        case Text():
            yield from _text_faults(rule, sample)


def _out_of_bounds(number: int) -> Fault:
    if number < -(2**63):
        return Fault(number, Code.INTEGER_BEYOND_64_BITS, ("",), str(number), BEYOND_DOUBLE_PRECISION)
    divergence = BEYOND_DOUBLE_PRECISION if number == 2**63 else None
    return Fault(number, Code.VALUE_NOT_ALLOWED, ("",), str(number), divergence)


def _array_faults(rule: Array, sample: list[Any]) -> Iterator[Fault]:
    if not rule.may_be_empty:
        yield Fault([], Code.EMPTY_LIST, ("",), "empty")
    good = goods(rule.items, None)
    first = next(good)
    for fault in faults(rule.items, first):
        yield _within("0", fault, [fault.value, *sample])
    for fault in list(faults(rule.items, first))[:1]:
        yield _within("1", fault, [first, fault.value, first])


def _object_faults(rule: Object, sample: Payload) -> Iterator[Fault]:
    for key in rule.required:
        yield Fault(without(sample, key), rule.missing, ("",), f"without {key}")
    for key, value_rule in (rule.required | rule.optional).items():
        for fault in faults(value_rule, sample.get(key, _FILLINGS.get(type(value_rule)))):
            yield _within(key, fault, {**sample, key: fault.value})


def _within(key: str, fault: Fault, value: Any) -> Fault:
    outer, *inner = fault.pointers
    return Fault(value, fault.code, (f"/{key}{outer}", *inner), fault.label, fault.divergence)


def _text_faults(rule: Text, sample: str) -> Iterator[Fault]:
    sound = sample.removesuffix("}")
    too_deep = "[" * 16 + "]" * 16
    texts = (
        ("", Code.NOT_JSON, ""),
        ("hi", Code.NOT_JSON, ""),
        (sound, Code.NOT_JSON, ""),
        (sample + "}", Code.NOT_JSON, ""),
        (sound + ',"x":NaN}', Code.NOT_JSON, ""),
        (sample.replace('"', "'"), Code.NOT_JSON, ""),
        (sound + ",}", Code.TRAILING_COMMA, ""),
        (sound + ',"x":1,"\\u0078":2}', Code.DUPLICATE_KEY, "/x"),
        (sound + f',"x":{too_deep}}}', Code.TOO_DEEP, "/x" + "/0" * 15),
        (sound + ',"x":"\\udc00"}', Code.LONE_SURROGATE, "/x"),
        (sound + ',"x":18446744073709551616}', Code.INTEGER_BEYOND_64_BITS, "/x"),
        (sound + ',"x":1e999}', Code.NUMBER_BEYOND_DOUBLE, "/x"),
        ("\ufeff" + sample, Code.BYTE_ORDER_MARK, ""),
    )
    for text, code, pointer in texts:
        yield Fault(text, code, ("", pointer), code.rule, EMBEDDED_TEXT)
    for fault in faults(rule.of, json.loads(sample)):
        yield Fault(compact(fault.value), fault.code, ("", *fault.pointers), fault.label, EMBEDDED_TEXT)


_UNKNOWN = {"x": {"deep": [None, True, 1, 2.5, "", "\x7f€"]}, "chat_type": "1", "": 0, "a/b~c": []}


def goods(rule: Rule, sample: Any) -> Iterator[Any]:
    """Values that the rule allows: variants of the sample, and the value at every bound."""
    match rule:
        case Integer():
            yield from rule.good
        case String():
            yield from ("x", "名字😀", 'a"b\\c\n', "{}")
            yield from [""] if rule.may_be_empty else []
        case Base64():
            yield from ("MDFh", "MDE=", "MA==", "+/+/", "MDFh" * 64)
        case Boolean():
            yield from (True, False)
        case Array():
            items = list(goods(rule.items, None))
            yield from ([items[0]], items)
            yield from [[]] if rule.may_be_empty else []
        case Object():
            yield from _good_objects(rule, sample)
        case Text():
            inner = json.loads(sample)
            yield f" {json.dumps(inner, indent=2)}\n"
            yield from map(compact, goods(rule.of, inner))


def _good_objects(rule: Object, sample: Payload) -> Iterator[Payload]:
    yield sample
    yield {key: sample[key] for key in rule.required}
    yield {**_UNKNOWN, **sample}
    for key in sample:
        if key not in rule.required:
            yield without(sample, key)
    for key, value_rule in (rule.required | rule.optional).items():
        for value in goods(value_rule, sample.get(key, _FILLINGS.get(type(value_rule)))):
            yield {**sample, key: value}


# The corpus


@dataclass(frozen=True)
class Good:
    kind: str
    document: Any


@dataclass(frozen=True)
class Bad:
    kind: str
    document: Any
    code: Code
    pointers: tuple[str, ...]
    label: str
    divergence: str | None = None

    def __str__(self) -> str:
        return ascii(f"{self.kind} {' -> '.join(self.pointers)} {self.label}")[1:-1]


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


def _first_and_last_of_each(found: Iterator[Fault]) -> Iterator[Fault]:
    """At most two faults for each place and code; for an integer, both bounds."""
    in_order = sorted(found, key=lambda fault: (fault.pointers, fault.code))
    for _, group in groupby(in_order, key=lambda fault: (fault.pointers, fault.code)):
        first, *others = group
        yield first
        yield from others[-1:]


def _bad(kind: str, found: Iterator[Fault]) -> Iterator[Bad]:
    for fault in found:
        if kind != "apns-config" or fault.value is not None:  # null is valid: it switches offline push off
            yield Bad(kind, fault.value, fault.code, fault.pointers, fault.label, fault.divergence)


GOOD: tuple[Good, ...] = (
    *(Good(kind, value) for kind, rule, sample in (*WHOLE, *IN_PART) for value in goods(rule, sample)),
    *FURTHER_GOOD,
)
BAD: tuple[Bad, ...] = (
    *(bad for kind, rule, sample in WHOLE for bad in _bad(kind, faults(rule, sample))),
    *(bad for kind, rule, sample in IN_PART for bad in _bad(kind, _first_and_last_of_each(faults(rule, sample)))),
    *FURTHER_BAD,
)
