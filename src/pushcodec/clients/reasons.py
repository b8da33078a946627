"""What a client does and why, in words for people: for each outcome, reason and crash that the vectors have a name for.

Machine formats have the names, and messages have these words instead. The steps have theirs in the client's table (`Step.why`).
"""

from __future__ import annotations

from typing import Final

from pushcodec.clients.ios.outcomes import ClientCrash
from pushcodec.jsontext.values import TypeName

OUTCOMES: Final = {
    "ignored": "ignores the payload",
    "c2c_chat": "opens a one-to-one chat",
    "group_chat": "opens a group chat",
    "chat_unrouted": "opens no chat",
    "call_ignored_c2c": "leaves a one-to-one call to the call kit",
    "call_no_content": "does not ring: the call has no content",
    "call_expired": "does not ring: the call has expired",
    "group_call": "rings for a group call",
    "call_main_screen": "opens the main screen for a call",
    "low_version_toast": "says that the app is too old",
    "nothing": "does nothing",
    "crash": "crashes",
}
"""What a client does, by the name of the outcome."""

REASONS: Final = {
    # iOS
    "response_is_not_UNNotificationResponse": "the app got no UNNotificationResponse",
    "no_custom_key": "the key custom is absent",
    "custom_not_a_json_object": "custom is not the JSON text of an object",
    "legacy_payload_not_a_dictionary": "the notification is not an object",
    "no_entity_key": "the key entity is absent",
    "missing_action_or_chatType": "action or chatType is absent",
    "unknown_action": "the release has no route for the value of action",
    "chatType_not_1_or_2": "chatType is neither 1 nor 2",
    # Android
    "empty_ext": "the ext is absent or empty",
    "not_parsable": "Gson can't read the text",
    "no_entity": "entity is absent or null",
    "sender_null": "sender is null",
    "sender_empty": "sender is absent or empty",
    "chat_type_other": "chatType is neither 1 nor 2",
    "content_null": "content is null",
    "call_model_null": "content is empty or null as JSON text",
    "call_branch_removed": "the release has no branch for calls",
}
"""Why a client does nothing, by the name of the reason."""

_NUMERIC = "a number, a string or a boolean"
_EXPECTED: Final = {
    "userInfo.allKeys": ("the notification", "an object"),
    "custom.dataUsingEncoding": ("custom", "a string"),
    "entity.allKeys": ("entity", "an object"),
    "action.intValue": ("action", _NUMERIC),
    "chatType.intValue": ("chatType", _NUMERIC),
    "content.dataUsingEncoding": ("content", "a string"),
    "sendTime.integerValue": ("sendTime", _NUMERIC),
    "timeout.intValue": ("timeout in content", _NUMERIC),
    "content.action.intValue": ("action in content", _NUMERIC),
}
"""What a step of iOS crashes on, and what it expects there."""

_CRASHES: Final = {
    "data.dictionary_literal": "room_id, version or call_type is absent from content",
    "entity_parse": "Gson can't read the entity",
    "call_content_parse": "Gson can't read content as a call",
}

_TYPES: Final[dict[TypeName, str]] = {
    "nil": "absent",
    "null": "null",
    "bool": "a boolean",
    "int": "a number",
    "float": "a number",
    "string": "a string",
    "list": "an array",
    "dict": "an object",
}


def why_ignored(reason: str) -> str:
    """Why a client does nothing, by the name of the reason: "the key custom is absent"."""
    return REASONS.get(reason, reason)


def why_crashed(step: str) -> str:
    """Why a client crashes, by the name of the step, without the value: "action is not a number, a string or a boolean"."""
    if step in _EXPECTED:
        value, expected = _EXPECTED[step]
        return f"{value} is not {expected}"
    return _CRASHES.get(step, step)


def crash_in_words(crash: ClientCrash) -> str:
    """Why iOS crashes: "action is an object, expected a number, a string or a boolean"."""
    if crash.nil_key is not None:
        return f"{crash.nil_key} is absent from content"
    if crash.step not in _EXPECTED:
        return why_crashed(crash.step)
    value, expected = _EXPECTED[crash.step]
    return f"{value} is {_TYPES[crash.receiver_type or 'nil']}, expected {expected}"
