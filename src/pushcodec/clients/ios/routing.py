"""The reference client: what the iOS app does when a notification is tapped.

`receive` mirrors the app's notification callback, `route` its `onReceiveOfflinePushEntity`; each step of `docs/contract.md`,
"The client", is named above the line that mirrors it. Nothing is validated first, every value is coerced the Objective-C way,
and both functions are total: any JSON value in, a Route out. Source: TIMSDK@6.0.1975 iOS, `AppDelegate+Push`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, TypeAlias, get_args

from pushcodec.clients.clock import check_now
from pushcodec.clients.integers import wrap_unsigned
from pushcodec.clients.ios.foundation import int_value, integer_value, read_object, write_json
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
from pushcodec.clients.outcomes import Ignored
from pushcodec.clients.steps import Trace, untraced
from pushcodec.jsontext import JSONValue
from pushcodec.jsontext.values import ABSENT, Maybe, type_name

_Object: TypeAlias = "dict[str, JSONValue]"
ReadObject: TypeAlias = "Callable[[str], dict[str, JSONValue] | None]"
"""As `foundation.read_object`. What it returns may be shared and must not be changed."""

Release: TypeAlias = Literal["6.0", "6.1"]
"""Releases of the SDK: 4.9.1 to 6.0.1992, and from 6.1.2155, which has no branch for calls."""
RELEASES: Final[tuple[Release, ...]] = get_args(Release)


def receive(
    user_info: JSONValue,
    *,
    now: int,
    logged_in: bool = True,
    ios10: bool = True,
    notification_response: bool = True,
    release: Release = "6.0",
    trace: Trace = untraced,
    read: ReadObject = read_object,
) -> Route:
    """What the app does when the user taps the notification.

    Reads the notification as the device hands it over, `{"aps": …, "custom": "<ext as JSON text>"}`, or below iOS 10
    (`ios10=False`) `{"entity": {…}, …}`. `now` is the phone's clock in unix seconds; `notification_response` says whether the
    callback got a UNNotificationResponse; `release` is the SDK's. `trace` is called at each step. `read` is the app's reader, for
    a caller that keeps what it read. Any JSON value gives a Route. Raises TypeError or ValueError when `now` is not a non-negative
    int, ValueError for an unknown release.
    Source: TIMSDK@6.0.1975 iOS, `AppDelegate+Push`.
    """
    _check(now, release)
    if ios10:
        # receive 1: the response is not a UNNotificationResponse
        trace("receive 1", "UNNotificationResponse" if notification_response else "another")
        if not notification_response:
            return Ignored("response_is_not_UNNotificationResponse")
        # pinned: a userInfo that is no object
        trace("pinned", user_info)
        if not isinstance(user_info, dict):
            return _raises("userInfo.allKeys", "allKeys", user_info)
        # receive 2: no key custom
        trace("receive 2", user_info)
        if "custom" not in user_info:
            return Ignored("no_custom_key")
        # receive 3: custom is not a string
        custom = user_info["custom"]
        trace("receive 3", custom)
        if not isinstance(custom, str):
            return _raises("custom.dataUsingEncoding", "dataUsingEncoding:", custom)
        # receive 4: custom is not the text of a JSON object
        ext = read(custom)
        trace("receive 4", ext)
        if ext is None:
            return Ignored("custom_not_a_json_object")
    else:
        # receive 5: userInfo is not an object
        trace("receive 5", user_info)
        if not isinstance(user_info, dict):
            return Ignored("legacy_payload_not_a_dictionary")
        ext = user_info
    # receive 6: no key entity
    trace("receive 6", ext)
    if "entity" not in ext:
        return Ignored("no_entity_key")
    # receive 7
    trace("receive 7", ext["entity"])
    return route(ext["entity"], now=now, logged_in=logged_in, release=release, trace=trace, read=read)


def route(
    entity: JSONValue,
    *,
    now: int,
    logged_in: bool = True,
    release: Release = "6.0",
    trace: Trace = untraced,
    read: ReadObject = read_object,
) -> Route:
    """What the app does with the value of the key `entity`.

    Reads any JSON value. `now` is the phone's clock in unix seconds; `release` is the SDK's. `trace` is called at each step. `read`
    is the app's reader, for a caller that keeps what it read. Raises TypeError or ValueError when `now` is not a non-negative int,
    ValueError for an unknown release.
    Source: TIMSDK@6.0.1975 iOS, `onReceiveOfflinePushEntity:`.
    """
    _check(now, release)
    # route 1: the entity is not an object
    trace("route 1", entity)
    if not isinstance(entity, dict):
        return _raises("entity.allKeys", "allKeys", entity)
    # route 2: key action or chatType absent
    trace("route 2", entity)
    if "action" not in entity or "chatType" not in entity:
        return Ignored("missing_action_or_chatType")
    # route 3: int(action) fails
    trace("route 3", entity["action"])
    action = int_value(entity["action"])
    if action is None:
        return _raises("action.intValue", "intValue", entity["action"])
    # route 4: int(action) is neither 1 nor 2, or from 6.1 not 1; chatType is never read
    trace("route 4", action)
    if action not in (1, 2) or (action == 2 and release != "6.0"):
        return Ignored("unknown_action")
    # route 5: int(chatType) fails
    trace("route 5", entity["chatType"])
    chat_type = int_value(entity["chatType"])
    if chat_type is None:
        return _raises("chatType.intValue", "intValue", entity["chatType"])
    if action == 1:
        return _route_chat(entity, chat_type, logged_in, trace)
    # route 8: the call kit takes over after launch; content and times are not read
    trace("route 8", chat_type)
    if chat_type == 1:
        return DeferredC2CCall()
    # route 9: any other chatType goes on as a group call
    trace("route 9", chat_type)
    return _route_group_call(entity, now, logged_in, trace, read)


def _route_chat(entity: _Object, chat_type: int, logged_in: bool, trace: Trace) -> Route:
    sender = entity.get("sender", ABSENT)
    # route 6: the sender as it is, any JSON type, nil when absent
    trace("route 6", sender)
    if chat_type == 1:
        return OpenC2CChat(sender, logged_in)
    if chat_type == 2:
        return OpenGroupChat(sender, logged_in)
    # route 7: nothing is stored
    trace("route 7", chat_type)
    return UnroutedChat(logged_in)


def _route_group_call(entity: _Object, now: int, logged_in: bool, trace: Trace, read: ReadObject) -> Route:
    text = entity.get("content", ABSENT)
    # route 10: content present and not a string
    trace("route 10", text)
    if not isinstance(text, str) and text is not ABSENT:
        return _raises("content.dataUsingEncoding", "dataUsingEncoding:", text)
    # route 11: content absent, or not the text of a JSON object
    content = read(text) if isinstance(text, str) else None
    trace("route 11", content)
    if content is None:
        return UnreadableCall()
    # route 12: integerValue(sendTime) fails
    trace("route 12", entity.get("sendTime", ABSENT))
    send_time = integer_value(entity.get("sendTime", ABSENT))
    if send_time is None:
        return _raises("sendTime.integerValue", "integerValue", entity["sendTime"])
    # route 13: intValue(content.timeout) fails
    trace("route 13", content.get("timeout", ABSENT))
    timeout = int_value(content.get("timeout", ABSENT))
    if timeout is None:
        return _raises("timeout.intValue", "intValue", content["timeout"])
    # route 14: uint64(now) - uint64(sendTime) > uint32(timeout), unsigned and wrapping
    sent, allowed = wrap_unsigned(send_time, 64), wrap_unsigned(timeout, 32)
    elapsed = wrap_unsigned(now - sent, 64)
    trace("route 14", {"now": now, "sendTime": sent, "elapsed": elapsed, "timeout": allowed})
    if elapsed > allowed:
        return ExpiredCall(sent, allowed, elapsed)
    # route 15: intValue(content.action) fails
    trace("route 15", content.get("action", ABSENT))
    action_type = int_value(content.get("action", ABSENT))
    if action_type is None:
        return _raises("content.action.intValue", "intValue", content["action"])
    # route 16: room_id, version or call_type absent; the dictionary literal takes no nil, while an explicit null is an object
    trace("route 16", content)
    for key in ("room_id", "version", "call_type"):
        if key not in content:
            return ClientCrash("data.dictionary_literal", "dictionaryWithObjects:forKeys:count:", nil_key=key)
    # route 17
    data = write_json({key: content[key] for key in ("room_id", "version", "call_type")})
    trace("route 17", data)
    signaling = SignalingInfo(
        action_type=action_type,
        invite_id=content.get("call_id", ABSENT),
        inviter=entity.get("sender", ABSENT),
        invitee_list=content.get("invited_list", ABSENT),
        group_id=content.get("group_id", ABSENT),
        timeout=allowed,
        data=data,
    )
    return JoinGroupCall(signaling, logged_in)


def _raises(step: str, selector: str, receiver: Maybe) -> ClientCrash:
    """The receiver does not understand the selector, and the exception is not caught."""
    return ClientCrash(step, selector, receiver_type=type_name(receiver))


def _check(now: int, release: str) -> None:
    check_now(now)
    if release not in RELEASES:
        raise ValueError(f"release must be one of {', '.join(RELEASES)}")
