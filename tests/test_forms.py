"""Recognition: the form that each document has, where its exts are, and which of several forms counts."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

import pushcodec as pc
from pushcodec.documents import FORMS, Carrier, contains_payload, find_ext, find_exts, recognise
from pushcodec.documents.forms import Mark, Marks
from pushcodec.documents.marks import closest, form_of, has_marks
from pushcodec.documents.recognition import MOST_TEXTS
from pushcodec.errors import Code, DecodeError, SeveralExtsError
from pushcodec.jsontext import Limits, Readings

EXT = '{"entity":{"action":1,"chatType":1,"sender":"kim"}}'
ENTITY: dict[str, Any] = {"action": 1, "chatType": 1, "sender": "kim"}
OTHER = '{"order":"7"}'
BYTES = [byte - 256 if byte > 127 else byte for byte in EXT.encode()]
ELEMENT = {"MsgType": "TIMCustomElem", "MsgContent": {"Data": "{}", "Desc": "hi", "Ext": EXT}}
TEXT_ELEMENT = {"MsgType": "TIMTextElem", "MsgContent": {"Text": "hi"}}
REST = {"Ext": EXT, "Title": "Kim"}

DOCUMENTS: list[tuple[str, Any, str, list[tuple[str, ...]]]] = [
    ("robot call", {"Robot_Account": "r", "OfflinePushInfo": REST}, "rest-robot-call", [("/OfflinePushInfo/Ext",)]),
    ("revoke", {"TaskId": "7", "OfflinePushInfo": REST}, "timpush-revoke", [("/OfflinePushInfo/Ext",)]),
    (
        "group message",
        {"GroupId": "@TGS#7", "Random": 1, "MsgBody": [], "OfflinePushInfo": REST},
        "rest-send-group-msg",
        [("/OfflinePushInfo/Ext",)],
    ),
    (
        "group message by its element",
        {"GroupId": "@TGS#7", "MsgBody": [ELEMENT]},
        "rest-send-group-msg",
        [("/MsgBody/0/MsgContent/Ext",)],
    ),
    ("batch", {"To_Account": ["a"], "MsgBody": [], "OfflinePushInfo": REST}, "rest-batchsendmsg", [("/OfflinePushInfo/Ext",)]),
    ("message", {"To_Account": "a", "MsgBody": [], "OfflinePushInfo": REST}, "rest-sendmsg", [("/OfflinePushInfo/Ext",)]),
    (
        "the second element",
        {"To_Account": "a", "MsgBody": [TEXT_ELEMENT, ELEMENT]},
        "rest-sendmsg",
        [("/MsgBody/1/MsgContent/Ext",)],
    ),
    ("an element beside OfflinePushInfo", {"To_Account": "a", "MsgBody": [ELEMENT], "OfflinePushInfo": {}}, "rest-sendmsg", []),
    ("push to some", {"To_Account": ["a"], "OfflinePushInfo": REST}, "timpush-batch", [("/OfflinePushInfo/Ext",)]),
    ("push to all", {"From_Account": "a", "MsgRandom": 1, "OfflinePushInfo": REST}, "timpush-push", [("/OfflinePushInfo/Ext",)]),
    ("push to all, old", {"MsgBody": [], "MsgLifeTime": 0, "OfflinePushInfo": REST}, "rest-im-push", [("/OfflinePushInfo/Ext",)]),
    ("an unknown API", {"CloudCustomData": "x", "OfflinePushInfo": REST}, "rest-request", [("/OfflinePushInfo/Ext",)]),
    ("web push", {"MsgRandom": 1, "WebInfo": {"Title": "t", "Ext": EXT, "URL": "u"}}, "timpush-webpush", [("/WebInfo/Ext",)]),
    ("webim", {"PushInfo": {"PushFlag": 0, "Ext": EXT}}, "webim-push-info", [("/PushInfo/Ext",)]),
    ("REST settings", {"PushFlag": 0, "Ext": EXT}, "rest-push-info", [("/Ext",)]),
    ("REST settings by their texts", {"Ext": OTHER, "Desc": "d"}, "rest-push-info", [("/Ext",)]),
    ("REST settings for Harmony", {"HarmonyInfo": {}, "Ext": ""}, "rest-push-info", [("/Ext",)]),
    (
        "TPNS request for both systems",
        {"audience_type": "all", "message": {"android": {"custom_content": EXT}, "ios": {"custom_content": OTHER}}},
        "tpns-push",
        [("/message/android/custom_content",), ("/message/ios/custom_content",)],
    ),
    (
        "C API message",
        {"message_offline_push_config": {"offline_push_config_ext": EXT}},
        "c-api-message",
        [("/message_offline_push_config/offline_push_config_ext",)],
    ),
    (
        "C API message of an old release",
        {"message_offlie_push_config": {"offline_push_config_ext": EXT}},
        "c-api-message",
        [("/message_offlie_push_config/offline_push_config_ext",)],
    ),
    ("C API settings", {"offline_push_config_ext": EXT}, "c-api-push-config", [("/offline_push_config_ext",)]),
    ("C API settings of a later release", {"offline_push_config_new": 1}, "c-api-push-config", []),
    ("dump", {"offlinePushInfo": {"extension": BYTES}}, "sdk-dump-message", [("/offlinePushInfo/extension",)]),
    ("dump of the settings", {"extension": BYTES, "pushFlag": 0}, "sdk-dump", [("/extension",)]),
    ("Flutter options", {"offlinePushInfo": {"ext": EXT, "desc": "d"}}, "flutter-options", [("/offlinePushInfo/ext",)]),
    ("Flutter", {"desc": "d", "ext": OTHER, "androidHonorImage": None}, "flutter-push-info", [("/ext",)]),
    ("call kit options", {"offlinePushInfo": {"title": "t", "desc": "d"}}, "callkit-options", []),
    ("call kit", {"title": "t", "desc": "d", "androidSound": "x"}, "callkit-push-info", []),
    (
        "web options",
        {"offlinePushInfo": {"extension": EXT}, "onlineUserOnly": False},
        "web-options",
        [("/offlinePushInfo/extension",)],
    ),
    ("web settings", {"disableVoipPush": True, "extension": EXT}, "web-push-info", [("/extension",)]),
    ("web settings by the ext", {"title": "t", "extension": EXT}, "web-push-info", [("/extension",)]),
    ("web settings with a text", {"androidSound": "x", "description": "d"}, "web-push-info", []),
    ("web settings without an ext", {"title": "t", "description": "d", "disablePush": False}, "web-push-info", []),
    ("AtomicX", {"title": "t", "extensionInfo": {"ext": OTHER}}, "atomicx-push-info", [("/extensionInfo/ext",)]),
    ("V2TIM", {"clickPayload": OTHER, "notification": "{}"}, "v2tim-push-info", [("/clickPayload",)]),
    ("V2TIM by the ext", {"title": "t", "clickPayload": EXT}, "v2tim-push-info", [("/clickPayload",)]),
    ("SDK settings", {"title": "t", "desc": "d", "ext": EXT, "iOSSound": "x"}, "offline-push-info", [("/ext",)]),
    ("SDK settings without an ext", {"disablePush": True, "ignoreIOSBadge": True}, "offline-push-info", []),
    ("click", {"ext": OTHER, "userID": None}, "click-callback", [("/ext",)]),
    ("click without an ext", {"ext": None, "userID": None, "groupID": None}, "click-callback", []),
    ("click on uni-app", {"notification": EXT}, "uniapp-click", [("/notification",)]),
    ("click on uni-app, OPPO", {"notification": json.dumps(ENTITY)}, "uniapp-click", [("/notification",)]),
    ("click in React Native", {"data": EXT}, "react-native-click", [("/data",)]),
    ("Xiaomi", {"extra": {"ext": EXT}}, "xiaomi-bundle", [("/extra/ext",)]),
    ("log", {"pushMsg": [{"msgid": "1"}, {"ext": OTHER}]}, "vendor-log", [("/pushMsg/1/ext",)]),
    ("link", "intent://a/b#Intent;S.ext=%7B%7D;end", "click-intent", [("",)]),
    ("TPNS", {"xg": {}, "custom": OTHER}, "tpns", [("/custom",)]),
    ("TPNS by the ext", {"custom": EXT}, "tpns", [("/custom",)]),
    ("APNs", {"aps": {}, "ext": OTHER}, "apns", [("/ext",)]),
    ("APNs by the ext", {"ext": EXT}, "apns", [("/ext",)]),
    ("APNs without an ext", {"aps": {"alert": "x"}}, "apns", []),
    ("below iOS 10", {"aps": {}, "entity": ENTITY}, "legacy", [("",)]),
    ("ext", {"entity": ENTITY}, "ext", [("",)]),
    ("ext without an entity", {"timPushFeatures": {}}, "ext", [("",)]),
    ("ext with an unknown entity", {"entity": {"id": 7}, "x": 1}, "ext", [("",)]),
    ("entity", ENTITY, "entity", [("",)]),
    ("signaling content", {"call_id": "1", "room_id": 7}, "signaling-content", []),
    ("vendor settings", {"fcmPriority": "high", "oppoTemplateId": "1"}, "vendor-params", []),
]


@pytest.mark.parametrize(("value", "form", "pointers"), [each[1:] for each in DOCUMENTS], ids=[each[0] for each in DOCUMENTS])
def test_each_form_and_its_exts_are_found(value: Any, form: str, pointers: list[tuple[str, ...]]) -> None:
    """In the document itself, in an array, in a record, and in a text inside a record."""
    text = json.dumps(value)
    assert [found.form.name for found in recognise(value, Readings().embedded)] == [form]
    assert [each.pointers for each in find_exts(text)] == pointers
    assert {each.form for each in find_exts(text)} <= {form}
    is_certain = all(found.is_certain for found in recognise(value, Readings().embedded))
    assert contains_payload(text) is is_certain
    if is_certain:
        for around, way in (([value], "/0"), ({"param": {"a/b": value}}, "/param/a~1b")):
            assert [each.pointers for each in find_exts(json.dumps(around))] == [(way + first, *rest) for first, *rest in pointers]
        if not isinstance(value, str):
            inside = find_exts(json.dumps({"body": json.dumps([value])}))
            assert [each.pointers for each in inside] == [("/body", f"/0{first}", *rest) for first, *rest in pointers]


def test_every_form_is_in_the_list() -> None:
    """But for the form that only a caller can name."""
    assert {form for _, _, form, _ in DOCUMENTS} == set(FORMS) - {Carrier.OPPO_BUNDLE}


UNKNOWN: dict[str, Any] = {
    "an empty object": {},
    "numbers": [1, 2],
    "texts only": {"title": "t", "desc": "d", "description": "x"},
    "REST texts only": {"Title": "t", "Desc": "d"},
    "an ext alone": {"ext": "png"},
    "an extension alone": {"extension": ".png", "title": "t", "description": "d"},
    "data alone": {"data": OTHER},
    "a notification alone": {"notification": "text"},
    "a click payload alone": {"clickPayload": "text", "title": "t"},
    "a webhook": {"action": "opened", "sender": {"login": "kim"}},
    "another product": {"title": "t", "desc": "d", "ex": "", "iOSPushSound": "x", "iOSBadgeCount": True},
    "another product inside": {"recvID": "1", "offlinePushInfo": {"title": "t", "desc": "d", "ex": "", "iOSBadgeCount": True}},
    "a callback": {"Events": [{"CallbackCommand": "Push.OfflinePush", "TaskId": "1", "EventType": 1}]},
    "an answer": {"ActionStatus": "OK", "ErrorCode": 0, "ErrorInfo": "", "TaskId": "1"},
    "a message without push settings": {"To_Account": "a", "MsgBody": [TEXT_ELEMENT], "CloudCustomData": "x"},
    "a location": {"MsgBody": [{"MsgType": "TIMLocationElem", "MsgContent": {"Desc": "home", "Latitude": 1}}]},
    "keys in another case": {"offlinepushinfo": {"Ext": EXT[:0]}},
    "a JSON schema": {"definitions": {"entity": {"type": "object"}}, "items": [{"entity": {"title": "x"}}]},
    "a link without an ext": ["intent://a#Intent;end"],
}


@pytest.mark.parametrize("value", UNKNOWN.values(), ids=UNKNOWN)
def test_other_documents_have_no_form(value: Any) -> None:
    """`find_exts` gives nothing, `find_ext` and `iter_violations` say that the form is unknown."""
    text = json.dumps(value)
    assert find_exts(text) == []
    assert not contains_payload(text)
    with pytest.raises(DecodeError) as caught:
        find_ext(text)
    assert [violation.code for violation in caught.value.violations] == [Code.UNKNOWN_DOCUMENT]
    assert [violation.code for violation in pc.iter_violations(text, kind=None)] == [Code.UNKNOWN_DOCUMENT]


def test_the_closest_forms_and_missing_marks_are_named() -> None:
    """Those with the fewest missing marks; of an empty object the ext and a request."""
    message = next(iter(pc.iter_violations('{"audience_type":"all"}', kind=None))).message
    assert message.startswith("no known form: closest are tpns-push (TPNS push body), which needs message (object); ")
    assert len(message.split("; ")) == 2
    assert [near.form.name for near in closest({})] == ["ext", "rest-request"]
    (near, *_) = closest({"call_id": "1"})
    assert (near.form.name, near.missing) == ("signaling-content", ("one of call_type, invited_list, room_id",))
    assert closest({"fcmPriority": 1}, 1)[0].missing == ("one of oppoTemplateId, oppoTitleParam, oppoContentParam, ...",)


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ({"OfflinePushInfo": REST, "offline_push_config_ext": EXT}, "rest-request"),
        ({"OfflinePushInfo": REST, "aps": {}, "custom": EXT}, "rest-request"),
        ({"OfflinePushInfo": REST, "TaskId": "1", "GroupId": "g"}, "timpush-revoke"),
        ({"audience_type": "all", "message": {}, "PushFlag": 1}, "rest-push-info"),
        ({"aps": {}, "custom": EXT, "ext": EXT, "entity": ENTITY}, "tpns"),
        ({"aps": {}, "ext": EXT, "userID": "a"}, "apns"),
        ({"ext": EXT, "userID": "a", "iOSSound": "x", "title": "t"}, "click-callback"),
        ({"androidSound": "x", "ext": EXT, "extension": EXT, "desc": "d"}, "flutter-push-info"),
        ({"androidSound": "x", "extension": EXT, "desc": "d"}, "web-push-info"),
        ({"entity": ENTITY, "chatType": 1, "action": 1}, "ext"),
    ],
)
def test_of_two_forms_the_first_one_counts(value: Any, form: str) -> None:
    """In the order of the table."""
    found = form_of(value)
    assert found is not None
    assert found.name == form


def test_a_form_inside_a_form_is_not_searched() -> None:
    """The outer one counts, even without an ext."""
    outer = {"OfflinePushInfo": {"Title": "t", "x": {"entity": ENTITY}}}
    assert find_exts(json.dumps(outer)) == []
    with pytest.raises(DecodeError) as caught:
        find_ext(json.dumps(outer))
    assert [(each.code, each.pointer) for each in caught.value.violations] == [(Code.NO_PAYLOAD, "")]


def test_texts_inside_texts_are_entered_four_times() -> None:
    """The fifth is not."""
    value: Any = {"OfflinePushInfo": REST}
    for depth in range(1, MOST_TEXTS + 2):
        value = {"body": json.dumps(value)}
        found = find_exts(json.dumps(value))
        expected = [(*["/body"] * depth, "/OfflinePushInfo/Ext")] if depth <= MOST_TEXTS else []
        assert [each.pointers for each in found] == expected


def test_several_exts_are_an_error_of_find_ext() -> None:
    """A PushCodecError and a ValueError that names `find_exts`."""
    text = json.dumps([{"ext": EXT}, {"body": json.dumps({"ext": EXT})}])
    assert len(find_exts(text)) == 2
    with pytest.raises(SeveralExtsError, match="find_exts") as caught:
        find_ext(text)
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, pc.PushCodecError)
    (violation,) = caught.value.violations
    assert (violation.code, violation.pointer, violation.embedded) == (Code.SEVERAL_EXTS, "/1/body", ("/ext",))


@pytest.mark.parametrize(
    ("value", "carrier", "code", "pointer"),
    [
        ({"OfflinePushInfo": {"Title": "t"}}, None, Code.NO_PAYLOAD, ""),
        ({"OfflinePushInfo": {"Ext": {"entity": {}}}}, None, Code.WRONG_TYPE, "/OfflinePushInfo/Ext"),
        ({"aps": {}, "custom": None}, None, Code.WRONG_TYPE, "/custom"),
        ({"OfflinePushInfo": {"Ext": None}}, None, Code.WRONG_TYPE, "/OfflinePushInfo/Ext"),
        ({"ext": None, "userID": None, "groupID": None}, None, Code.NO_PAYLOAD, ""),
        ({"offlinePushInfo": {"extension": [300]}}, None, Code.WRONG_TYPE, "/offlinePushInfo/extension"),
        ({"call_id": "", "room_id": 1}, None, Code.NO_PAYLOAD, ""),
        ({"entity": 5}, "oppo-bundle", Code.WRONG_TYPE, "/entity"),
        ({}, "click-intent", Code.WRONG_TYPE, ""),
        ("intent:#Intent;end", "click-intent", Code.WRONG_TYPE, ""),
        (None, "rest-sendmsg", Code.NO_PAYLOAD, ""),
    ],
)
def test_a_form_without_an_ext_says_so(value: Any, carrier: str | None, code: Code, pointer: str) -> None:
    """`PC301` where another value is in the place of the ext, `PC401` where nothing is."""
    text = json.dumps(value)
    assert find_exts(text, carrier=carrier) == []
    with pytest.raises(DecodeError) as caught:
        find_ext(text, carrier=carrier)
    assert [(each.code, each.pointer) for each in caught.value.violations] == [(code, pointer)]
    assert str(caught.value).isascii()


@pytest.mark.parametrize(
    ("value", "carrier", "got"),
    [
        ({"extension": [300], "title": ""}, None, "got another array"),
        ({"extension": 5}, "sdk-dump", "got number"),
        ("intent:#Intent;end", "click-intent", "got another string"),
        ({"aps": {}, "custom": []}, None, "got array"),
    ],
)
def test_the_message_says_what_is_there_instead_of_an_ext(value: Any, carrier: str | None, got: str) -> None:
    """Of a value of the right type, that it is another one."""
    with pytest.raises(DecodeError, match=got):
        find_ext(json.dumps(value), carrier=carrier)


def test_the_text_of_an_ext_is_that_of_the_document() -> None:
    """Also of an object in an array, of an entity, of bytes and of a parameter; white space is kept."""
    assert find_ext(f'[ {{"entity" : {json.dumps(ENTITY)} }}]').ext == f'{{"entity" : {json.dumps(ENTITY)} }}'
    entity = json.dumps(ENTITY)
    assert find_ext(f'{{"x":[{entity}]}}').ext == f'{{"entity":{entity}}}'
    assert find_ext(json.dumps({"notification": entity})).ext == f'{{"entity":{entity}}}'
    assert find_ext(json.dumps({"entity": entity}), carrier="oppo-bundle").ext == f'{{"entity":{entity}}}'
    assert find_ext(json.dumps({"extension": BYTES, "title": ""})).ext == EXT
    assert find_ext(json.dumps({"extension": [-1, 123], "title": ""})).ext == "\ufffd{"
    link = '"xgscheme://a?x=1&customContent=%7B%22entity%22%3A%E6%9E%97%ff%7D&y"'
    assert find_ext(link).ext == '{"entity":林\ufffd}'
    assert find_ext(f" \t{link}\n").ext == '{"entity":林\ufffd}'


def test_a_violation_is_located_through_all_layers() -> None:
    """The pointers of the ext follow those of the document; those of an entity have no `/entity`."""
    violation = pc.Violation(Code.WRONG_TYPE, "/entity/content", "expected a string", ("/timeout",))
    nested = find_ext(json.dumps({"body": json.dumps([{"OfflinePushInfo": REST}])}))
    located = nested.locate(violation)
    assert (located.pointer, located.embedded) == ("/body", ("/0/OfflinePushInfo/Ext", "/entity/content", "/timeout"))
    located = find_ext(json.dumps({"notification": json.dumps(ENTITY)})).locate(violation)
    assert (located.pointer, located.embedded) == ("/notification", ("/content", "/timeout"))
    located = find_ext(json.dumps([ENTITY])).locate(violation)
    assert (located.pointer, located.embedded) == ("/0/content", ("/timeout",))


# Kinds that the caller names


@pytest.mark.parametrize(
    ("kind", "value", "form"),
    [
        ("rest", {"To_Account": "a", "MsgBody": [], "OfflinePushInfo": {}}, "rest-sendmsg"),
        ("rest", {}, "rest-push-info"),
        ("notification", {"custom": EXT}, "tpns"),
        ("notification", {"aps": {}}, "apns"),
        ("notification", {}, "tpns"),
        ("web", {"offlinePushInfo": {}}, "web-options"),
        ("flutter", {"ext": EXT}, "flutter-push-info"),
        ("c-api", {}, "c-api-push-config"),
        ("click", {"x": 1}, "click-callback"),
        ("chat-entity", {}, "entity"),
        ("group-signaling-content", {}, "signaling-content"),
        ("account-binding", {}, "account-binding"),
        ("rest-android-info", {}, "rest-android-info"),
        ("tpns-push", [], "tpns-push"),
    ],
)
def test_a_named_kind_selects_the_form(kind: str, value: Any, form: str) -> None:
    """Of a family the form whose marks the document has, or its default; of a schema without a form that schema."""
    (found,) = recognise(value, Readings().embedded, kind=kind)
    assert found.form.name == form
    assert found.form.schema == (kind if kind.endswith(("entity", "content", "binding", "android-info")) else found.form.schema)


# Marks


def test_marks_of_each_part() -> None:
    """Every mark of `all`, `least` marks of `some`, none of `none`, only keys of `only`."""
    marks = Marks((Mark("a/*/b", "string"),), (Mark("c"), Mark("d*", "number")), least=2, none=("e/f",), only=frozenset("acdex"))
    good: dict[str, Any] = {"a": [{"b": 1}, {"b": ""}], "c": None, "dx": 1}
    assert not has_marks(good, marks)
    good = {"a": [{"b": ""}], "c": None, "d": 1}
    assert has_marks(good, marks)
    assert has_marks({**good, "e": {"g": 1}}, marks)
    assert not has_marks({**good, "e": {"f": None}}, marks)
    assert not has_marks({**good, "y": 1}, marks)
    assert not has_marks({**good, "d": "1"}, marks)
    assert not has_marks({**good, "a": {"b": ""}}, marks)


def test_every_mark_names_a_type_that_exists() -> None:
    """A misspelled type would never apply."""
    from pushcodec.documents.marks import _RULES, _TYPES

    types = {mark.type for rule in _RULES for mark in (*rule.marks.all, *rule.marks.some)}
    assert types <= {"any", "object", "array", "string", "number", "boolean", *_TYPES}


# Size


def test_many_forms_are_found_in_linear_time() -> None:
    """Ten times as many take about ten times as long; in quadratic time they would take a hundred times as long."""
    limits = Limits(max_bytes=2**26, max_items=10**6)

    def seconds(count: int) -> float:
        text = json.dumps([{"OfflinePushInfo": {"Ext": "{}"}, "n": number} for number in range(count)])
        start = time.perf_counter()
        assert len(find_exts(text, limits=limits)) == count
        return time.perf_counter() - start

    few = min(seconds(1000) for _ in range(3))
    assert min(seconds(10_000) for _ in range(3)) < 40 * few


def test_deep_documents_are_searched() -> None:
    """Down to the deepest limit."""
    depth = 120
    text = '{"x":' * depth + EXT + "}" * depth
    assert find_ext(text, limits=Limits(max_depth=128)).pointers == ("/x" * depth,)
