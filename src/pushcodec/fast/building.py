"""From the structs that msgspec reads to those that users get, with defaults for absent keys.

Each optional key has a bit. Which keys are absent is one number, and the set of their names is looked up by it, not built: written
out key by key this costs a fifth of what a loop over the names costs.
"""

from __future__ import annotations

from typing import Final

from msgspec import UNSET

from pushcodec.enums import Action, CallType, ChatType, SignalingAction
from pushcodec.fast import shapes
from pushcodec.fast.payloads import CallEntity, ChatEntity, SignalingContent
from pushcodec.jsontext import JSONValue


def _sets(*names: str) -> tuple[frozenset[str], ...]:
    """For each number the names whose bits are set in it; the first name has the lowest bit."""
    return tuple(frozenset(name for bit, name in enumerate(names) if number >> bit & 1) for number in range(1 << len(names)))


# By their numbers, from 1.
_CHAT, _CALL = Action.CHAT, Action.CALL
_CHAT_TYPES: Final = tuple(ChatType)
_CALL_TYPES: Final = tuple(CallType)
_SIGNALING_ACTIONS: Final = tuple(SignalingAction)
_NO_ITEMS: Final[list[int]] = []


# begin generated: builders
_ABSENT_IN_CHAT: Final = _sets("content", "nickname", "face_url", "version", "send_time", "custom_data")


def chat_entity(chat: shapes.Chat, extras: dict[str, JSONValue] | None = None) -> ChatEntity:
    """The result for a chat and its unknown keys."""
    absent = 0
    content = chat.content
    if content is UNSET:
        content, absent = "", 1
    nickname = chat.nickname
    if nickname is UNSET:
        nickname, absent = "", absent | 2
    face_url = chat.face_url
    if face_url is UNSET:
        face_url, absent = "", absent | 4
    version = chat.version
    if version is UNSET:
        version, absent = 1, absent | 8
    send_time = chat.send_time
    if send_time is UNSET:
        send_time, absent = 0, absent | 16
    custom_data = chat.custom_data
    if custom_data is UNSET:
        custom_data, absent = _NO_ITEMS, absent | 32
    return ChatEntity(
        action=_CHAT,
        chat_type=_CHAT_TYPES[chat.chat_type - 1],
        sender=chat.sender,
        content=content,
        nickname=nickname,
        face_url=face_url,
        version=version,
        send_time=send_time,
        custom_data=tuple(custom_data),
        extras=extras or {},
        absent=_ABSENT_IN_CHAT[absent],
    )


_ABSENT_IN_CALL: Final = _sets("nickname", "face_url", "version", "custom_data")


def call_entity(call: shapes.Call, content: SignalingContent, extras: dict[str, JSONValue] | None = None) -> CallEntity:
    """The result for a call and its unknown keys."""
    absent = 0
    nickname = call.nickname
    if nickname is UNSET:
        nickname, absent = "", 1
    face_url = call.face_url
    if face_url is UNSET:
        face_url, absent = "", absent | 2
    version = call.version
    if version is UNSET:
        version, absent = 1, absent | 4
    custom_data = call.custom_data
    if custom_data is UNSET:
        custom_data, absent = _NO_ITEMS, absent | 8
    return CallEntity(
        action=_CALL,
        chat_type=_CHAT_TYPES[call.chat_type - 1],
        sender=call.sender,
        content=content,
        nickname=nickname,
        face_url=face_url,
        version=version,
        send_time=call.send_time,
        custom_data=tuple(custom_data),
        extras=extras or {},
        absent=_ABSENT_IN_CALL[absent],
    )


_ABSENT_IN_CONTENT: Final = _sets("group_id", "code", "duration", "timestamp", "sender", "data")


def signaling_content(content: shapes.Content, extras: dict[str, JSONValue] | None = None) -> SignalingContent:
    """The result for a content and its unknown keys."""
    absent = 0
    group_id = content.group_id
    if group_id is UNSET:
        group_id, absent = "", 1
    code = content.code
    if code is UNSET:
        code, absent = 0, absent | 2
    duration = content.duration
    if duration is UNSET:
        duration, absent = 0, absent | 4
    timestamp = content.timestamp
    if timestamp is UNSET:
        timestamp, absent = 0, absent | 8
    sender = content.sender
    if sender is UNSET:
        sender, absent = "", absent | 16
    data = content.data
    if data is UNSET:
        data, absent = "", absent | 32
    return SignalingContent(
        action=_SIGNALING_ACTIONS[content.action - 1],
        call_id=content.call_id,
        call_type=_CALL_TYPES[content.call_type - 1],
        invited_list=tuple(content.invited_list),
        room_id=content.room_id,
        group_id=group_id,
        timeout=content.timeout,
        version=content.version,
        code=code,
        duration=duration,
        timestamp=timestamp,
        sender=sender,
        data=data,
        extras=extras or {},
        absent=_ABSENT_IN_CONTENT[absent],
    )


# end generated
