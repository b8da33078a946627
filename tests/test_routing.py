"""The reference client: `receive` and `route` by the steps of the contract, and the types of Route."""

from __future__ import annotations

import copy
import importlib
import json
import math
from typing import Any, TypeAlias, assert_never, get_args

import pytest
from support import PICKLE_PROTOCOLS, through_pickle, with_little_stack

from pushcodec.clients.ios.outcomes import (
    ClientCrash,
    DeferredC2CCall,
    ExpiredCall,
    JoinGroupCall,
    OpenC2CChat,
    OpenGroupChat,
    Route,
    SignalingInfo,
    UnreadableCall,
    UnroutedChat,
)
from pushcodec.clients.ios.routing import receive, route
from pushcodec.clients.outcomes import Ignored
from pushcodec.jsontext import JSONValue
from pushcodec.jsontext.values import ABSENT

NOW = 1595234240

Object: TypeAlias = "dict[str, JSONValue]"


def without(value: Object, *keys: str) -> Object:
    return {key: member for key, member in value.items() if key not in keys}


CHAT: Object = {"action": 1, "chatType": 1, "sender": "2019", "content": "hi"}
CONTENT: Object = {
    "action": 1,
    "call_id": "144115-1595234230-33",
    "call_type": 2,
    "invited_list": ["2019"],
    "room_id": 804544637,
    "group_id": "@TGS#1PWYXLTGA",
    "timeout": 30,
    "version": 4,
}


def call(content: JSONValue = None, **entity: JSONValue) -> Object:
    """A group call that rings; `content` replaces its signaling content, other arguments replace keys of its entity."""
    text = json.dumps(CONTENT if content is None else content)
    return {"action": 2, "chatType": 2, "sender": "10457", "sendTime": NOW - 9, "content": text, **entity}


def tpns(ext: JSONValue) -> Object:
    return {"aps": {}, "custom": json.dumps(ext)}


def crash(step: str, selector: str, receiver: Any) -> ClientCrash:
    return ClientCrash(step, selector, receiver_type=receiver)


RINGS = JoinGroupCall(
    SignalingInfo(
        action_type=1,
        invite_id="144115-1595234230-33",
        inviter="10457",
        invitee_list=["2019"],
        group_id="@TGS#1PWYXLTGA",
        timeout=30,
        data='{"room_id":804544637,"version":4,"call_type":2}',
    ),
    True,
)


# receive

# user_info, keyword arguments beside `now`, expected Route
RECEIVE: dict[str, tuple[JSONValue, dict[str, bool], Route]] = {
    "1-not-a-response": (
        tpns({"entity": CHAT}),
        {"notification_response": False},
        Ignored("response_is_not_UNNotificationResponse"),
    ),
    "1-comes-before-the-payload": (
        None,
        {"notification_response": False},
        Ignored("response_is_not_UNNotificationResponse"),
    ),
    "1-not-asked-below-ios10": (
        {"entity": CHAT},
        {"ios10": False, "notification_response": False},
        OpenC2CChat("2019", True),
    ),
    "2-no-custom": ({"aps": {}, "ext": json.dumps({"entity": CHAT})}, {}, Ignored("no_custom_key")),
    "2-empty": ({}, {}, Ignored("no_custom_key")),
    "3-custom-null": ({"custom": None}, {}, crash("custom.dataUsingEncoding", "dataUsingEncoding:", "null")),
    "3-custom-bool": ({"custom": True}, {}, crash("custom.dataUsingEncoding", "dataUsingEncoding:", "bool")),
    "3-custom-int": ({"custom": 1}, {}, crash("custom.dataUsingEncoding", "dataUsingEncoding:", "int")),
    "3-custom-float": ({"custom": 1.0}, {}, crash("custom.dataUsingEncoding", "dataUsingEncoding:", "float")),
    "3-custom-list": ({"custom": []}, {}, crash("custom.dataUsingEncoding", "dataUsingEncoding:", "list")),
    "3-custom-object": (
        {"custom": {"entity": CHAT}},
        {},
        crash("custom.dataUsingEncoding", "dataUsingEncoding:", "dict"),
    ),
    "4-custom-empty": ({"custom": ""}, {}, Ignored("custom_not_a_json_object")),
    "4-custom-not-json": ({"custom": "hi"}, {}, Ignored("custom_not_a_json_object")),
    "4-custom-an-array": ({"custom": '[{"entity":{}}]'}, {}, Ignored("custom_not_a_json_object")),
    "4-custom-text-in-text": (
        {"custom": json.dumps(json.dumps({"entity": CHAT}))},
        {},
        Ignored("custom_not_a_json_object"),
    ),
    "4-custom-with-a-trailing-comma-is-read": ({"custom": '{"entity":{},}'}, {}, Ignored("missing_action_or_chatType")),
    "5-legacy-null": (None, {"ios10": False}, Ignored("legacy_payload_not_a_dictionary")),
    "5-legacy-text": ('{"entity":{}}', {"ios10": False}, Ignored("legacy_payload_not_a_dictionary")),
    "5-legacy-array": ([{"entity": CHAT}], {"ios10": False}, Ignored("legacy_payload_not_a_dictionary")),
    "6-no-entity": (tpns({"Entity": CHAT}), {}, Ignored("no_entity_key")),
    "6-legacy-no-entity": (tpns({"entity": CHAT}), {"ios10": False}, Ignored("no_entity_key")),
    "7-chat": (tpns({"entity": CHAT, "userData": 1}), {}, OpenC2CChat("2019", True)),
    "7-legacy-chat": ({"entity": CHAT, "custom": 1}, {"ios10": False}, OpenC2CChat("2019", True)),
    "7-call": (tpns({"entity": call()}), {}, RINGS),
    "7-first-of-duplicate-entities": (
        {"custom": '{"entity":{"action":1,"chatType":2,"sender":"g"},"entity":null}'},
        {},
        OpenGroupChat("g", True),
    ),
    "7-entity-null": (tpns({"entity": None}), {}, crash("entity.allKeys", "allKeys", "null")),
    "pinned-user-info-null": (None, {}, crash("userInfo.allKeys", "allKeys", "null")),
    "pinned-user-info-bool": (False, {}, crash("userInfo.allKeys", "allKeys", "bool")),
    "pinned-user-info-int": (0, {}, crash("userInfo.allKeys", "allKeys", "int")),
    "pinned-user-info-float": (0.5, {}, crash("userInfo.allKeys", "allKeys", "float")),
    "pinned-user-info-text": ('{"custom":""}', {}, crash("userInfo.allKeys", "allKeys", "string")),
    "pinned-user-info-list": ([], {}, crash("userInfo.allKeys", "allKeys", "list")),
}


@pytest.mark.parametrize(("user_info", "arguments", "expected"), RECEIVE.values(), ids=RECEIVE)
def test_receive_step(user_info: JSONValue, arguments: dict[str, Any], expected: Route) -> None:
    """Each step of `receive`, in the order of evaluation, and the pinned behaviour."""
    assert receive(user_info, now=NOW, **arguments) == expected


# route

ROUTE: dict[str, tuple[JSONValue, Route]] = {
    "1-null": (None, crash("entity.allKeys", "allKeys", "null")),
    "1-bool": (True, crash("entity.allKeys", "allKeys", "bool")),
    "1-int": (7, crash("entity.allKeys", "allKeys", "int")),
    "1-integer-beyond-64-bits": (2**64, crash("entity.allKeys", "allKeys", "float")),
    "1-float": (7.0, crash("entity.allKeys", "allKeys", "float")),
    "1-text": (json.dumps(CHAT), crash("entity.allKeys", "allKeys", "string")),
    "1-list": ([CHAT], crash("entity.allKeys", "allKeys", "list")),
    "2-empty": ({}, Ignored("missing_action_or_chatType")),
    "2-no-action": (without(CHAT, "action"), Ignored("missing_action_or_chatType")),
    "2-no-chat-type": (without(CHAT, "chatType"), Ignored("missing_action_or_chatType")),
    "2-no-chat-type-beside-a-null-action": ({"action": None}, Ignored("missing_action_or_chatType")),
    "2-keys-have-case": ({"Action": 1, "chattype": 1}, Ignored("missing_action_or_chatType")),
    "3-action-null": ({**CHAT, "action": None}, crash("action.intValue", "intValue", "null")),
    "3-action-list": ({**CHAT, "action": [1]}, crash("action.intValue", "intValue", "list")),
    "3-action-object": ({**CHAT, "action": {}}, crash("action.intValue", "intValue", "dict")),
    "4-action-3": ({**CHAT, "action": 3}, Ignored("unknown_action")),
    "4-action-0": ({**CHAT, "action": 0}, Ignored("unknown_action")),
    "4-action-text": ({**CHAT, "action": "one"}, Ignored("unknown_action")),
    "4-chat-type-is-not-read": ({"action": 9, "chatType": None}, Ignored("unknown_action")),
    "5-chat-type-null": ({**CHAT, "chatType": None}, crash("chatType.intValue", "intValue", "null")),
    "5-chat-type-list": ({**CHAT, "chatType": []}, crash("chatType.intValue", "intValue", "list")),
    "5-chat-type-object-of-a-call": (call(chatType={}), crash("chatType.intValue", "intValue", "dict")),
    "6-c2c": (CHAT, OpenC2CChat("2019", True)),
    "6-group": ({**CHAT, "chatType": 2, "sender": "@TGS#1"}, OpenGroupChat("@TGS#1", True)),
    "6-coerced-bool": ({**CHAT, "action": True, "chatType": True}, OpenC2CChat("2019", True)),
    "6-coerced-fraction": ({**CHAT, "action": 1.9, "chatType": 2.5}, OpenGroupChat("2019", True)),
    "6-coerced-text": ({**CHAT, "action": " 1abc", "chatType": "+2"}, OpenGroupChat("2019", True)),
    "6-coerced-low-32-bits": ({**CHAT, "action": 4294967297}, OpenC2CChat("2019", True)),
    "6-no-sender": (without(CHAT, "sender"), OpenC2CChat(ABSENT, True)),
    "6-no-sender-group": ({"action": 1, "chatType": 2}, OpenGroupChat(ABSENT, True)),
    "6-sender-null": ({**CHAT, "sender": None}, OpenC2CChat(None, True)),
    "6-sender-object": ({**CHAT, "sender": {"id": [1]}}, OpenC2CChat({"id": [1]}, True)),
    "6-content-is-not-read": ({**CHAT, "content": [], "sendTime": None}, OpenC2CChat("2019", True)),
    "7-chat-type-3": ({**CHAT, "chatType": 3}, UnroutedChat(True)),
    "7-chat-type-0": ({**CHAT, "chatType": ""}, UnroutedChat(True)),
    "8-c2c-call": (call(chatType=1), DeferredC2CCall()),
    "8-nothing-else-is-read": ({"action": 2, "chatType": 1, "content": 1, "sendTime": None}, DeferredC2CCall()),
    "9-chat-type-0-goes-on": (call(chatType=0), RINGS),
    "9-chat-type-3-goes-on": (call(chatType=3), RINGS),
    "9-chat-type-text-goes-on": (call(chatType="abc"), RINGS),
    "10-content-null": (call() | {"content": None}, crash("content.dataUsingEncoding", "dataUsingEncoding:", "null")),
    "10-content-bool": (call() | {"content": False}, crash("content.dataUsingEncoding", "dataUsingEncoding:", "bool")),
    "10-content-int": (call() | {"content": 1}, crash("content.dataUsingEncoding", "dataUsingEncoding:", "int")),
    "10-content-float": (call() | {"content": 1.5}, crash("content.dataUsingEncoding", "dataUsingEncoding:", "float")),
    "10-content-list": (call() | {"content": []}, crash("content.dataUsingEncoding", "dataUsingEncoding:", "list")),
    "10-content-object": (
        call() | {"content": CONTENT, "sendTime": None},
        crash("content.dataUsingEncoding", "dataUsingEncoding:", "dict"),
    ),
    "11-no-content": (without(call(sendTime=None), "content"), UnreadableCall()),
    "11-content-not-json": (call() | {"content": "calling"}, UnreadableCall()),
    "11-content-an-array": (call([CONTENT]), UnreadableCall()),
    "11-content-empty": (call() | {"content": ""}, UnreadableCall()),
    "12-send-time-null": (call(sendTime=None), crash("sendTime.integerValue", "integerValue", "null")),
    "12-send-time-list": (call(sendTime=[]), crash("sendTime.integerValue", "integerValue", "list")),
    "12-send-time-object": (
        call({**CONTENT, "timeout": None}, sendTime={}),
        crash("sendTime.integerValue", "integerValue", "dict"),
    ),
    "13-timeout-null": (call({**CONTENT, "timeout": None}), crash("timeout.intValue", "intValue", "null")),
    "13-timeout-list": (call({**CONTENT, "timeout": [30]}), crash("timeout.intValue", "intValue", "list")),
    "13-comes-before-expiry": (call({"timeout": {}}, sendTime=0), crash("timeout.intValue", "intValue", "dict")),
    "14-one-second-late": (call(sendTime=NOW - 31), ExpiredCall(NOW - 31, 30, 31)),
    "14-no-send-time": (without(call(), "sendTime"), ExpiredCall(0, 30, NOW)),
    "14-no-timeout": (call(without(CONTENT, "timeout")), ExpiredCall(NOW - 9, 0, 9)),
    "14-one-second-ahead": (call(sendTime=NOW + 1), ExpiredCall(NOW + 1, 30, 2**64 - 1)),
    "14-milliseconds": (call(sendTime=NOW * 1000), ExpiredCall(NOW * 1000, 30, 2**64 + NOW - NOW * 1000)),
    "14-negative-send-time": (call(sendTime=-1), ExpiredCall(2**64 - 1, 30, NOW + 1)),
    "14-comes-before-the-action": (call({"action": None}, sendTime=0), ExpiredCall(0, 0, NOW)),
    "15-action-null": (call({**CONTENT, "action": None}), crash("content.action.intValue", "intValue", "null")),
    "15-action-list": (call({**CONTENT, "action": []}), crash("content.action.intValue", "intValue", "list")),
    "15-comes-before-the-literal": (
        call({"action": {}, "timeout": 30}),
        crash("content.action.intValue", "intValue", "dict"),
    ),
    "16-no-room-id": (
        call(without(CONTENT, "room_id", "version", "call_type")),
        ClientCrash("data.dictionary_literal", "dictionaryWithObjects:forKeys:count:", nil_key="room_id"),
    ),
    "16-no-version": (
        call(without(CONTENT, "version", "call_type")),
        ClientCrash("data.dictionary_literal", "dictionaryWithObjects:forKeys:count:", nil_key="version"),
    ),
    "16-no-call-type": (
        call(without(CONTENT, "call_type")),
        ClientCrash("data.dictionary_literal", "dictionaryWithObjects:forKeys:count:", nil_key="call_type"),
    ),
    "17-group-call": (call(), RINGS),
    "17-elapsed-equals-timeout": (call(sendTime=NOW - 30), RINGS),
    "17-send-time-as-text": (call(sendTime=f" {NOW}s"), RINGS),
    "17-bare-content": (
        without(call({"timeout": 30, "room_id": None, "version": [1.0], "call_type": 1.5}), "sender"),
        JoinGroupCall(SignalingInfo(0, ABSENT, ABSENT, ABSENT, ABSENT, 30, '{"room_id":null,"version":[1],"call_type":1.5}'), True),
    ),
    "17-any-types": (
        call({**CONTENT, "call_id": 1, "invited_list": "2019", "group_id": None, "action": "-3", "room_id": 1.0}, sender=[1.0]),
        JoinGroupCall(SignalingInfo(-3, 1, [1.0], "2019", None, 30, '{"room_id":1,"version":4,"call_type":2}'), True),
    ),
    "17-timeout-of-minus-one-never-expires": (
        call({**CONTENT, "timeout": -1}, sendTime=0),
        JoinGroupCall(
            SignalingInfo(
                1,
                "144115-1595234230-33",
                "10457",
                ["2019"],
                "@TGS#1PWYXLTGA",
                4294967295,
                '{"room_id":804544637,"version":4,"call_type":2}',
            ),
            True,
        ),
    ),
}


@pytest.mark.parametrize(("entity", "expected"), ROUTE.values(), ids=ROUTE)
def test_route_step(entity: JSONValue, expected: Route) -> None:
    """Each step of `route`, in the order of evaluation; `receive` gives the same Route by TPNS and below iOS 10."""
    assert route(entity, now=NOW) == expected
    assert receive({"entity": entity}, now=NOW, ios10=False) == expected
    assert receive(tpns({"entity": entity}), now=NOW) == expected


def test_every_step_and_every_outcome_has_a_case() -> None:
    """The tables contain every step of the contract and every type of the union."""
    assert {name.split("-")[0] for name in ROUTE} == {str(step) for step in range(1, 18)}
    assert {name.split("-")[0] for name in RECEIVE} == {str(step) for step in range(1, 8)} | {"pinned"}
    assert {type(expected) for _, expected in ROUTE.values()} == set(get_args(Route))


# now


@pytest.mark.parametrize("now", [True, 1595234240.0, "1595234240", None, [1]], ids=repr)
def test_now_must_be_an_int(now: Any) -> None:
    """A clock of another type is a TypeError for every notification."""
    for payload in ({}, None, tpns({"entity": CHAT})):
        with pytest.raises(TypeError, match=f"now must be an int of unix seconds, not {type(now).__name__}"):
            receive(payload, now=now)
        with pytest.raises(TypeError, match="now must be an int"):
            route(payload, now=now)


def test_now_must_not_be_negative() -> None:
    """A clock before 1970 is a ValueError."""
    with pytest.raises(ValueError, match=r"^now must not be negative$"):
        receive({}, now=-1)
    with pytest.raises(ValueError, match=r"^now must not be negative$"):
        route({}, now=-1)


@pytest.mark.parametrize(
    ("now", "send_time", "expected"),
    [
        (0, 0, RINGS),
        (0, 1, ExpiredCall(1, 30, 2**64 - 1)),
        (2**64 - 1, 0, ExpiredCall(0, 30, 2**64 - 1)),
        (2**64 + 5, 0, RINGS),
        (2**64 - 1, -1, RINGS),
    ],
)
def test_the_clock_wraps_at_64_bits(now: int, send_time: int, expected: Route) -> None:
    """Both times and their difference are unsigned 64-bit integers."""
    assert route(call(sendTime=send_time), now=now) == expected


# Values that are no JSON


@pytest.mark.parametrize("foreign", [b"{}", (), {1}, object()], ids=lambda value: type(value).__name__)
def test_a_value_that_is_no_json_is_an_error_at_the_step_that_reads_it(foreign: Any) -> None:
    """A value that no JSON parser returns is a TypeError at that step, not earlier."""
    user_infos: list[JSONValue] = [
        foreign,
        {"custom": foreign},
    ]
    for user_info in user_infos:
        with pytest.raises(TypeError, match="expected a JSON value"):
            receive(user_info, now=NOW)
    for entity in (foreign, {**CHAT, "action": foreign}, {**CHAT, "chatType": foreign}, call() | {"content": foreign}):
        with pytest.raises(TypeError, match="expected a JSON value"):
            route(entity, now=NOW)
    with pytest.raises(TypeError, match="expected a JSON value"):
        route(call(sendTime=foreign), now=NOW)
    stored = route({**CHAT, "sender": foreign}, now=NOW)
    assert stored == OpenC2CChat(foreign, True)
    with pytest.raises(TypeError, match="expected a JSON value"):
        stored.to_dict()
    assert receive({"other": foreign}, now=NOW) == Ignored("no_custom_key")


# Routes


@pytest.mark.parametrize("logged_in", [True, False])
@pytest.mark.parametrize(
    ("entity", "outcome"),
    [
        (CHAT, "c2c_chat"),
        ({**CHAT, "chatType": 2}, "group_chat"),
        ({**CHAT, "chatType": 9}, "chat_unrouted"),
        (call(), "group_call"),
    ],
)
def test_handled_now_says_whether_the_user_is_logged_in(entity: Object, outcome: str, logged_in: bool) -> None:
    """These four outcomes are handled immediately or after the login; the outcome is the same."""
    for taken in (route(entity, now=NOW, logged_in=logged_in), receive(tpns({"entity": entity}), now=NOW, logged_in=logged_in)):
        assert taken.outcome == outcome
        assert taken.to_dict()["detail"]["handled_now"] is logged_in


@pytest.mark.parametrize(
    "entity", [None, {}, call(chatType=1), call("no"), call(sendTime=0)], ids=["crash", "ignored", "c2c", "no", "over"]
)
def test_other_outcomes_do_not_depend_on_the_login(entity: JSONValue) -> None:
    """They are the same Route with and without a login."""
    taken = route(entity, now=NOW, logged_in=True)
    assert taken == route(entity, now=NOW, logged_in=False)
    assert "handled_now" not in taken.to_dict()["detail"]


ROUTES: dict[str, tuple[Route, dict[str, Any]]] = {
    "ignored": (Ignored("no_custom_key"), {"reason": "no_custom_key"}),
    "c2c_chat": (
        OpenC2CChat("2019", True),
        {"reason": None, "userID": {"type": "string", "value": "2019"}, "handled_now": True},
    ),
    "group_chat": (OpenGroupChat(ABSENT, False), {"reason": None, "groupID": {"type": "nil"}, "handled_now": False}),
    "chat_unrouted": (UnroutedChat(True), {"reason": "chatType_not_1_or_2", "handled_now": True}),
    "call_ignored_c2c": (DeferredC2CCall(), {"reason": None}),
    "call_no_content": (UnreadableCall(), {"reason": None}),
    "call_expired": (ExpiredCall(3, 1, 2), {"reason": None, "sendTime": 3, "timeout": 1, "elapsed": 2}),
    "group_call": (
        JoinGroupCall(SignalingInfo(1, None, 1.0, ["a"], {}, 30, '{"room_id":1,"version":4,"call_type":2}'), False),
        {
            "reason": None,
            "signalingInfo": {
                "actionType": 1,
                "timeout": 30,
                "inviteID": {"type": "null", "value": None},
                "inviter": {"type": "float", "value": 1.0},
                "inviteeList": {"type": "list", "value": ["a"]},
                "groupID": {"type": "dict", "value": {}},
                "data": {"room_id": 1, "version": 4, "call_type": 2},
            },
            "handled_now": False,
        },
    ),
    "crash": (
        ClientCrash("action.intValue", "intValue", receiver_type="null"),
        {
            "exception": "NSInvalidArgumentException",
            "step": "action.intValue",
            "selector": "intValue",
            "receiver_type": "null",
        },
    ),
}


@pytest.mark.parametrize(("outcome", "taken", "detail"), [(name, *row) for name, row in ROUTES.items()], ids=ROUTES)
def test_to_dict_has_the_form_of_the_vectors(outcome: str, taken: Route, detail: dict[str, Any]) -> None:
    """A Route has its outcome; its dictionary has the keys of the vectors."""
    assert taken.outcome == outcome
    assert taken.to_dict() == {"outcome": outcome, "detail": detail}


def test_a_crash_on_a_nil_key_has_no_receiver() -> None:
    """A crash in the dictionary literal has the absent key instead of a receiver."""
    taken = ClientCrash("data.dictionary_literal", "dictionaryWithObjects:forKeys:count:", nil_key="version")
    assert taken.to_dict()["detail"] == {
        "exception": "NSInvalidArgumentException",
        "step": "data.dictionary_literal",
        "selector": "dictionaryWithObjects:forKeys:count:",
        "nil_key": "version",
    }


@pytest.mark.parametrize(
    ("sender", "value"),
    [(2**64, 2.0**64), (-(2**70), -(2.0**70)), (10**400, math.inf), (-(10**400), -math.inf)],
    ids=lambda value: str(value)[:9],
)
def test_a_stored_integer_beyond_64_bits_is_a_double(sender: int, value: float) -> None:
    """The dictionary of the Route contains the double that the client reads."""
    shown = route({**CHAT, "sender": sender}, now=NOW).to_dict()["detail"]["userID"]
    assert repr(shown) == repr({"type": "float", "value": value})


@pytest.mark.parametrize("taken", [row[0] for row in ROUTES.values()], ids=ROUTES)
def test_routes_are_values(taken: Route) -> None:
    """A Route equals its copies and no other Route; its attributes cannot be set."""
    assert copy.copy(taken) == copy.deepcopy(taken) == taken
    assert [other for other, _ in ROUTES.values() if other == taken] == [taken]
    for name in (*taken.__struct_fields__, "outcome"):
        with pytest.raises(AttributeError):
            setattr(taken, name, None)


@pytest.mark.parametrize("protocol", PICKLE_PROTOCOLS)
@pytest.mark.parametrize("taken", [row[0] for row in ROUTES.values()], ids=ROUTES)
def test_routes_pickle(taken: Route, protocol: int) -> None:
    """An unpickled Route is equal; `ABSENT` in it is the same object."""
    again = through_pickle(taken, protocol)
    assert type(again) is type(taken)
    assert again == taken
    assert again.to_dict() == taken.to_dict()


def test_signaling_info_is_a_value() -> None:
    """The attributes of the invitation in a Route cannot be set."""
    info = RINGS.signaling
    for name in info.__struct_fields__:
        with pytest.raises(AttributeError):
            setattr(info, name, None)


def test_routes_of_other_types_differ() -> None:
    """Routes of different types differ, also with equal fields."""
    chat: object = OpenC2CChat("g", True)
    assert chat != OpenGroupChat("g", True)
    assert OpenC2CChat("g", True) != OpenC2CChat("g", False)


def describe(taken: Route) -> str:
    """A `match` of a user of the library: type checkers prove that it is complete."""
    match taken:
        case OpenC2CChat(user_id=target) | OpenGroupChat(group_id=target):
            return f"opens {target!r}"
        case JoinGroupCall(signaling=info):
            return f"rings for {info.timeout} s"
        case ExpiredCall(elapsed=elapsed):
            return f"over since {elapsed} s"
        case ClientCrash(step=step):
            return f"crashes at {step}"
        case Ignored(reason) | UnroutedChat(reason=reason):
            return reason
        case DeferredC2CCall() | UnreadableCall():
            return "nothing"
        case _:
            assert_never(taken)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("ignored", "no_custom_key"),
        ("c2c_chat", "opens '2019'"),
        ("group_chat", "opens ABSENT"),
        ("chat_unrouted", "chatType_not_1_or_2"),
        ("call_ignored_c2c", "nothing"),
        ("call_no_content", "nothing"),
        ("call_expired", "over since 2 s"),
        ("group_call", "rings for 30 s"),
        ("crash", "crashes at action.intValue"),
    ],
)
def test_a_match_over_all_routes_is_complete(outcome: str, words: str) -> None:
    """A `match` with one case per type covers the union."""
    assert describe(ROUTES[outcome][0]) == words


def test_the_notification_is_not_changed() -> None:
    """By `receive`, for any iOS."""
    user_info = tpns({"entity": call()}) | {"entity": call()}
    before = copy.deepcopy(user_info)
    receive(user_info, now=NOW)
    receive(user_info, now=NOW, ios10=False)
    assert user_info == before


# Traces


@pytest.mark.parametrize(
    ("user_info", "options", "step", "value"),
    [
        ({}, {"notification_response": True}, "receive 1", "UNNotificationResponse"),
        ({}, {"notification_response": False}, "receive 1", "another"),
        ({"k": 1}, {"ios10": False}, "receive 5", {"k": 1}),
        ([1], {"ios10": False}, "receive 5", [1]),
        (tpns({"entity": CHAT | {"chatType": "3x"}}), {}, "route 7", 3),
        (tpns({"entity": call(sendTime="9s")}), {}, "route 12", "9s"),
        (tpns({"entity": without(call(), "sendTime")}), {}, "route 12", ABSENT),
        (tpns({"entity": call(without(CONTENT, "timeout"))}), {}, "route 13", ABSENT),
        (tpns({"entity": call(without(CONTENT, "action"))}), {}, "route 15", ABSENT),
    ],
)
def test_the_trace_has_the_value_that_each_step_reads(
    user_info: JSONValue, options: dict[str, Any], step: str, value: object
) -> None:
    """The value is `ABSENT` if the key is absent."""
    seen: dict[str, object] = {}
    receive(user_info, now=NOW, trace=lambda name, about: seen.update({name: about}), **options)
    assert seen[step] == value
    assert type(seen[step]) is type(value)


# Deep


@pytest.mark.parametrize("spare", [24, 40, 80])
def test_receive_needs_little_stack(spare: int) -> None:
    """With a nearly full stack of Python, deep texts are routed, and the Route becomes a dictionary."""
    importlib.import_module("pushcodec.jsontext.scanner")  # its first use would import it, which needs more stack
    room = "[" * 400 + "1.0" + "]" * 400
    content = f'{{"room_id":{room},"version":4,"call_type":1,"timeout":30}}'
    deep = call() | {"content": content}
    text = json.dumps({"entity": deep})[:-1] + ',"k":' + "[" * 511 + "]" * 511 + "}"
    taken = with_little_stack(lambda: receive({"custom": text}, now=NOW), spare)
    assert isinstance(taken, JoinGroupCall)
    assert taken.signaling.data == content.removesuffix(',"timeout":30}').replace("1.0", "1") + "}"
    shown = with_little_stack(taken.to_dict, spare)
    assert shown["outcome"] == "group_call"


def test_receive_refuses_texts_that_are_too_deep() -> None:
    """The client reads no JSON of 100,000 levels in `custom` or in `content`."""
    deep = '{"k":' + "[" * 100_000 + "]" * 100_000 + "}"
    assert receive({"custom": deep}, now=NOW) == Ignored("custom_not_a_json_object")
    assert route(call() | {"content": deep}, now=NOW) == UnreadableCall()
