"""The steps of the iOS client in words, as `docs/contract.md` has them (a test compares both), and the fields they read.

`REASONS` and `CRASHES` map the names that outcomes have for what decided to the steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from pushcodec.clients.steps import EXT_TEXT, Step
from pushcodec.errors import Code
from pushcodec.jsontext.values import Path

_ENTITY: Final = ("entity",)
_ACTION: Final = ("entity", "action")
_CHAT_TYPE: Final = ("entity", "chatType")
_SENDER: Final = ("entity", "sender")
_SEND_TIME: Final = ("entity", "sendTime")
_CONTENT: Final = ("entity", "content")
_TIMEOUT: Final = ("entity", "content", "timeout")
_CONTENT_ACTION: Final = ("entity", "content", "action")
_CALL_ID: Final = ("entity", "content", "call_id")
_INVITED_LIST: Final = ("entity", "content", "invited_list")
_GROUP_ID: Final = ("entity", "content", "group_id")
_NUMERIC: Final = "a number, a string or a boolean"


class Crash(NamedTuple):
    """A crash on a value that lacks the selector: the step, the value in words, and the types that have the selector."""

    step: str
    value: str
    expected: str

    @property
    def why(self) -> str:
        """Why the client crashes, without the value: "action is not a number, a string or a boolean"."""
        return f"{self.value} is not {self.expected}"


CRASHES: Final[Mapping[str, Crash]] = {
    "userInfo.allKeys": Crash("pinned", "the notification", "an object"),
    "custom.dataUsingEncoding": Crash("receive 3", "custom", "a string"),
    "entity.allKeys": Crash("route 1", "entity", "an object"),
    "action.intValue": Crash("route 3", "action", _NUMERIC),
    "chatType.intValue": Crash("route 5", "chatType", _NUMERIC),
    "content.dataUsingEncoding": Crash("route 10", "content", "a string"),
    "sendTime.integerValue": Crash("route 12", "sendTime", _NUMERIC),
    "timeout.intValue": Crash("route 13", "timeout in content", _NUMERIC),
    "content.action.intValue": Crash("route 15", "action in content", _NUMERIC),
}
"""The crashes on a value of a wrong type, by `ClientCrash.step`."""

NIL_KEY: Final = "data.dictionary_literal"
"""`ClientCrash.step` of the crash on a key that is absent from content."""

REASONS: Final[Mapping[str, str]] = {
    "response_is_not_UNNotificationResponse": "receive 1",
    "no_custom_key": "receive 2",
    "custom_not_a_json_object": "receive 4",
    "legacy_payload_not_a_dictionary": "receive 5",
    "no_entity_key": "receive 6",
    "missing_action_or_chatType": "route 2",
    "unknown_action": "route 4",
    "chatType_not_1_or_2": "route 7",
}
"""The steps at which the client ignores a payload, by `Ignored.reason` and `UnroutedChat.reason`."""


def _crash(name: str, condition: str, *reads: Path) -> Step:
    return Step(condition, CRASHES[name].why, reads=reads)


STEPS: Final[Mapping[str, Step]] = {
    "receive 1": Step("iOS 10+: the response is not a UNNotificationResponse", "the app got no UNNotificationResponse"),
    "pinned": _crash("userInfo.allKeys", "iOS 10+: userInfo is no object"),
    "receive 2": Step("iOS 10+: no key custom", "the key custom is absent"),
    "receive 3": _crash("custom.dataUsingEncoding", "iOS 10+: custom is not a string", EXT_TEXT),
    "receive 4": Step(
        "iOS 10+: custom is not the text of a JSON object", "custom is not the JSON text of an object", reads=(EXT_TEXT,)
    ),
    "receive 5": Step("iOS below 10: userInfo is not an object", "the notification is not an object"),
    "receive 6": Step("no key entity", "the key entity is absent", reads=(_ENTITY,)),
    "receive 7": Step("else", goes_on=True, reads=(_ENTITY,)),
    "route 1": _crash("entity.allKeys", "the entity is not an object (null too)", _ENTITY),
    "route 2": Step("key action or chatType absent", "action or chatType is absent", reads=(_ACTION, _CHAT_TYPE)),
    "route 3": _crash("action.intValue", "int(action) fails (null, array, object)", _ACTION),
    "route 4": Step(
        "int(action) is neither 1 nor 2; chatType is never read",
        "the release has no route for the value of action",
        reads=(_ACTION,),
    ),
    "route 5": _crash("chatType.intValue", "int(chatType) fails", _CHAT_TYPE),
    "route 6": Step("action 1, chatType 1 or 2", "a chat with chatType 1 or 2", reads=(_SENDER,)),
    "route 7": Step("action 1, any other chatType", "chatType is neither 1 nor 2", reads=(_CHAT_TYPE,)),
    "route 8": Step(
        "action 2, chatType 1",
        "one-to-one calls are left to the call kit",
        reads=(_CHAT_TYPE,),
        rule=Code.C2C_CALL_WITH_GROUP_ID,
    ),
    "route 9": Step('action 2, any other chatType (0, 3, "abc" too)', goes_on=True, reads=(_CHAT_TYPE,)),
    "route 10": _crash("content.dataUsingEncoding", "content present and not a string", _CONTENT),
    "route 11": Step(
        "content absent, or not the text of a JSON object",
        "content is absent or not the JSON text of an object",
        reads=(_CONTENT,),
    ),
    "route 12": _crash("sendTime.integerValue", "integerValue(sendTime) fails", _SEND_TIME),
    "route 13": _crash("timeout.intValue", "intValue(content.timeout) fails", _TIMEOUT),
    "route 14": Step(
        "uint64(now) - uint64(sendTime) > uint32(timeout), unsigned, wrapping",
        "the call has expired, or is ahead of the clock",
        reads=(_SEND_TIME, _TIMEOUT),
        rule=Code.EXPIRED_ON_ARRIVAL,
    ),
    "route 15": _crash("content.action.intValue", "intValue(content.action) fails", _CONTENT_ACTION),
    "route 16": Step(
        "room_id, version or call_type absent (an explicit null is fine)",
        "room_id, version or call_type is absent from content",
        reads=tuple((*_CONTENT, key) for key in ("room_id", "version", "call_type")),
    ),
    "route 17": Step("else", "a complete group call"),
    "after 1": Step("no user is logged in", "no user is logged in"),
    "after 2": Step("chat_unrouted: nothing was stored", "chatType is neither 1 nor 2", reads=(_CHAT_TYPE,)),
    "after 3": Step(
        "a chat: the stored id has no length, being neither a string nor absent", "sender is not a string", reads=(_SENDER,)
    ),
    "after 4": Step("a chat: the stored id is empty or absent", "sender is empty or absent", reads=(_SENDER,)),
    "after 5": Step("a chat: else", "a chat with a sender", reads=(_SENDER,)),
    "after 6": Step("a group call: inviteID has no length", "call_id is not a string", reads=(_CALL_ID,)),
    "after 7": Step("a group call: inviteID is empty or absent", "call_id is empty or absent", reads=(_CALL_ID,)),
    "after 8": Step("a group call: inviter has no length", "sender is not a string", reads=(_SENDER,)),
    "after 9": Step("a group call: inviter is empty or absent", "sender is empty or absent", reads=(_SENDER,)),
    "after 10": Step(
        "a group call: inviteeList has no count, being neither an array nor an object nor absent",
        "invited_list is not an array",
        reads=(_INVITED_LIST,),
    ),
    "after 11": Step("a group call: inviteeList is empty or absent", "invited_list is empty or absent", reads=(_INVITED_LIST,)),
    "after 12": Step("a group call: groupID has no length", "group_id is not a string", reads=(_GROUP_ID,)),
    "after 13": Step("a group call: groupID is empty or absent", "group_id is empty or absent", reads=(_GROUP_ID,)),
    "after 14": Step("a group call: else", "a complete group call"),
}
"""Every step that the mirror traces, in the order of the contract."""
