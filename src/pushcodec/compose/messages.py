"""The exts of messages: chats and calls."""

from __future__ import annotations

from collections.abc import Sequence

from pushcodec.codec import decode_ext
from pushcodec.compose.building import decoded, dump, require_target
from pushcodec.compose.keywords import named
from pushcodec.contract import wire_name
from pushcodec.enums import Action, CallType, ChatType, SignalingAction
from pushcodec.models import Ext

RING_SECONDS = 30
"""How many seconds a call rings, as every client sends it."""

SIGNALING_VERSION = 4
"""The signaling version that every client sends; the call kit of iOS drops a call with a higher one."""


# Chats


@named
def chat(
    *,
    sender: str,
    user_id: str = "",
    group_id: str = "",
    content: str = "",
    nickname: str = "",
    title: str = "",
    face_url: str = "",
) -> Ext:
    """The ext of a chat message to `user_id` or to `group_id`, from the user `sender`.

    With a group id it is a group message (`title` is the title of the conversation), even if there is a user id too; with
    neither it is an error. `content` is the message's display text, `nickname` the sender's, `face_url` the sender's avatar.
    """
    if group_id:
        return group_chat(group_id=group_id, title=title, content=content, face_url=face_url)
    require_target(user_id)
    return c2c_chat(sender=sender, nickname=nickname, content=content, face_url=face_url)


@named
def c2c_chat(*, sender: str, content: str = "", nickname: str = "", face_url: str = "") -> Ext:
    """The ext of a one-to-one chat message: `{"entity": {"action": 1, "chatType": 1, "sender": <own user id>, …}}`.

    Without a nickname the sender's user id is shown.
    """
    return _chat(ChatType.C2C, sender, content, nickname or sender, face_url)


@named
def group_chat(*, group_id: str, title: str = "", content: str = "", face_url: str = "") -> Ext:
    """The ext of a group chat message: `{"entity": {"action": 1, "chatType": 2, "sender": <group id>, "nickname": <title>, …}}`."""
    require_target(group_id)
    return _chat(ChatType.GROUP, group_id, content, title, face_url)


def _chat(chat_type: ChatType, sender: str, content: str, nickname: str, face_url: str) -> Ext:
    return _ext(
        action=Action.CHAT,
        chat_type=chat_type,
        sender=sender,
        content=content,
        nickname=nickname,
        face_url=face_url,
        version=1,
    )


# Calls


@named
def call(
    *,
    inviter: str,
    invited_list: Sequence[str],
    room_id: int,
    call_type: CallType,
    send_time: int,
    group_id: str = "",
    call_id: str = "",
    nickname: str = "",
    face_url: str = "",
    timeout: int = RING_SECONDS,
) -> Ext:
    """The ext of a call: `{"entity": {"action": 2, "sender": <inviter>, "content": "<signaling content as JSON text>", …}}`.

    With a group id it is a group call, otherwise a one-to-one call; an empty `invited_list` is an error. `send_time` is the
    server's time in unix seconds, `timeout` the number of seconds that it rings. The content always has the key `group_id`, because
    a running Android app does not ring without it. Without a nickname the inviter's user id is shown.
    """
    _check_invited(invited_list)
    content = {
        "action": SignalingAction.INVITE,
        "call_id": call_id,
        "call_type": call_type,
        "invited_list": list(invited_list),
        "room_id": room_id,
        "group_id": group_id,
        "timeout": timeout,
        "version": SIGNALING_VERSION,
    }
    return _ext(
        action=Action.CALL,
        chat_type=ChatType.GROUP if group_id else ChatType.C2C,
        sender=inviter,
        content=dump(content),
        nickname=nickname or inviter,
        face_url=face_url,
        version=1,
        send_time=send_time,
    )


@named
def c2c_call(
    *,
    inviter: str,
    invited_list: Sequence[str],
    room_id: int,
    call_type: CallType,
    send_time: int,
    call_id: str = "",
    nickname: str = "",
    face_url: str = "",
    timeout: int = RING_SECONDS,
) -> Ext:
    """The ext of a one-to-one call; see `call`. An empty `call_id` is common."""
    return call(
        inviter=inviter,
        invited_list=invited_list,
        room_id=room_id,
        call_type=call_type,
        send_time=send_time,
        call_id=call_id,
        nickname=nickname,
        face_url=face_url,
        timeout=timeout,
    )


@named
def group_call(
    *,
    inviter: str,
    invited_list: Sequence[str],
    room_id: int,
    call_type: CallType,
    send_time: int,
    group_id: str,
    call_id: str,
    nickname: str = "",
    face_url: str = "",
    timeout: int = RING_SECONDS,
) -> Ext:
    """The ext of a group call; see `call`. Without a `call_id` the call kit does not join, so an empty one is an error."""
    require_target(group_id)
    return call(
        inviter=inviter,
        invited_list=invited_list,
        room_id=room_id,
        call_type=call_type,
        send_time=send_time,
        group_id=group_id,
        call_id=call_id,
        nickname=nickname,
        face_url=face_url,
        timeout=timeout,
    )


# Building


def _ext(**entity: object) -> Ext:
    """The ext with an entity of these attributes, decoded from its text, which validates it."""
    return decoded({"entity": {wire_name(name): value for name, value in entity.items()}}, decode_ext)


def _check_invited(invited_list: Sequence[str]) -> None:
    """Raises TypeError unless it is a sequence; also for a text, which is a sequence of texts. EncodeError if it is empty."""
    if isinstance(invited_list, str | bytes) or not isinstance(invited_list, Sequence):
        raise TypeError(f"invited_list must be a sequence of user ids, not {type(invited_list).__name__}")
    require_target(*invited_list)
