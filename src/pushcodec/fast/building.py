"""From the wire to the twins: what was decoded, as users get it, with defaults for what the text did not have.

Each optional key has a bit. Which keys are absent is one number, and the set of their names is looked up, not built: written out
key by key this costs a fifth of what a loop over the names does.
"""

from __future__ import annotations

from typing import Final

from msgspec import UNSET

from pushcodec.enums import Action, CallType, ChatType, SignalingAction
from pushcodec.fast import shapes
from pushcodec.fast.payloads import CallEntity, ChatEntity, SignalingContent
from pushcodec.jsontext import JSONValue


def _sets(*names: str) -> tuple[frozenset[str], ...]:
    """For each number the names whose bits it has, the first name's bit being the lowest."""
    return tuple(frozenset(name for bit, name in enumerate(names) if number >> bit & 1) for number in range(1 << len(names)))


_ABSENT_IN_CHAT: Final = _sets("content", "nickname", "face_url", "version", "send_time", "custom_data")
_ABSENT_IN_CALL: Final = _sets("nickname", "face_url", "version", "custom_data")
_ABSENT_IN_CONTENT: Final = _sets("group_id", "code", "duration", "timestamp", "sender", "data")

# By their numbers, from 1.
_CHAT, _CALL = Action.CHAT, Action.CALL
_CHAT_TYPES: Final = tuple(ChatType)
_CALL_TYPES: Final = tuple(CallType)
_SIGNALING_ACTIONS: Final = tuple(SignalingAction)
_NO_DATA: Final[list[int]] = []


def chat_entity(chat: shapes.Chat, extras: dict[str, JSONValue] | None = None) -> ChatEntity:
    """The twin of a chat and of its unknown keys."""
    absent = 0
    content, nickname, face_url = chat.content, chat.nickname, chat.face_url
    version, send_time, custom_data = chat.version, chat.send_time, chat.custom_data
    if content is UNSET:
        content, absent = "", 1
    if nickname is UNSET:
        nickname, absent = "", absent | 2
    if face_url is UNSET:
        face_url, absent = "", absent | 4
    if version is UNSET:
        version, absent = 1, absent | 8
    if send_time is UNSET:
        send_time, absent = 0, absent | 16
    if custom_data is UNSET:
        custom_data, absent = _NO_DATA, absent | 32
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


def call_entity(call: shapes.Call, content: SignalingContent, extras: dict[str, JSONValue] | None = None) -> CallEntity:
    """The twin of a call, of what its content says, and of its unknown keys."""
    absent = 0
    nickname, face_url, version, custom_data = call.nickname, call.face_url, call.version, call.custom_data
    if nickname is UNSET:
        nickname, absent = "", 1
    if face_url is UNSET:
        face_url, absent = "", absent | 2
    if version is UNSET:
        version, absent = 1, absent | 4
    if custom_data is UNSET:
        custom_data, absent = _NO_DATA, absent | 8
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


def signaling_content(read: shapes.Content, extras: dict[str, JSONValue] | None = None) -> SignalingContent:
    """The twin of a signaling content and of its unknown keys."""
    absent = 0
    group_id, code, duration = read.group_id, read.code, read.duration
    timestamp, sender, data = read.timestamp, read.sender, read.data
    if group_id is UNSET:
        group_id, absent = "", 1
    if code is UNSET:
        code, absent = 0, absent | 2
    if duration is UNSET:
        duration, absent = 0, absent | 4
    if timestamp is UNSET:
        timestamp, absent = 0, absent | 8
    if sender is UNSET:
        sender, absent = "", absent | 16
    if data is UNSET:
        data, absent = "", absent | 32
    return SignalingContent(
        action=_SIGNALING_ACTIONS[read.action - 1],
        call_id=read.call_id,
        call_type=_CALL_TYPES[read.call_type - 1],
        invited_list=tuple(read.invited_list),
        room_id=read.room_id,
        group_id=group_id,
        timeout=read.timeout,
        version=read.version,
        code=code,
        duration=duration,
        timestamp=timestamp,
        sender=sender,
        data=data,
        extras=extras or {},
        absent=_ABSENT_IN_CONTENT[absent],
    )
