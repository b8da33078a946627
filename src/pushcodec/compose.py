"""What a sender should send: payloads from ids, names and texts, by the guide's rules.

Rules of this module (Tencent's offline-push integration guide for iOS, step 4.4, and its FAQ):

- a group message says `chatType` 2 and the group's id as its sender, a C2C message 1 and the sender's own user id;
- a target is a user id or a group id; neither is an error, and both mean the group;
- a call carries the server's time in seconds, for without it it has always expired.

Whatever is built here decodes; what would not raises EncodeError. Nothing reads a clock: the caller brings the time.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from pushcodec import jsontext
from pushcodec.codec import decode_ext, encode_ext
from pushcodec.enums import Action, CallType, ChatType, SignalingAction, wire_name
from pushcodec.errors import Code, DecodeError, EncodeError, Violation
from pushcodec.models import Ext, OfflinePushInfo
from pushcodec.validation import iter_violations

RING_SECONDS = 30
"""How long a call rings, as every client sends it."""

SIGNALING_VERSION = 4
"""The signaling version that every client sends; iOS's call kit drops a call above it."""

OPPO_CHANNEL = "tuikit"
"""The guide's OPPO channel: without one OPPO shows nothing."""


# Chats


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

    With a group id it is a group message (`title` is the conversation's title), even when there is a user id too; with neither
    it is an error. `content` is the message's display text, `nickname` the sender's, `face_url` the sender's avatar.
    """
    if group_id:
        return group_chat(group_id=group_id, title=title, content=content, face_url=face_url)
    _require_target(user_id)
    return c2c_chat(sender=sender, nickname=nickname, content=content, face_url=face_url)


def c2c_chat(*, sender: str, content: str = "", nickname: str = "", face_url: str = "") -> Ext:
    """The ext of a one-to-one chat message: `{"entity": {"action": 1, "chatType": 1, "sender": <own user id>, …}}`.

    Without a nickname the sender's user id is shown.
    """
    return _chat(ChatType.C2C, sender, content, nickname or sender, face_url)


def group_chat(*, group_id: str, title: str = "", content: str = "", face_url: str = "") -> Ext:
    """The ext of a group chat message: `{"entity": {"action": 1, "chatType": 2, "sender": <group id>, "nickname": <title>, …}}`."""
    _require_target(group_id)
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

    With a group id it rings as a group call, else one to one; nobody invited is an error. `send_time` is the server's time in unix
    seconds, `timeout` how many seconds it rings. The content always has the key `group_id`: without it a running Android app
    never rings. Without a nickname the inviter's user id is shown.
    """
    _require_target(*invited_list)
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
        content=_dump(content),
        nickname=nickname or inviter,
        face_url=face_url,
        version=1,
        send_time=send_time,
    )


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
    """The ext of a group call; see `call`. Without a `call_id` the call kit never joins, so an empty one is an error."""
    _require_target(group_id)
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


# What travels around the ext


def offline_push_info(
    ext: Ext,
    *,
    title: str = "",
    desc: str = "",
    custom_message: bool = False,
    android_oppo_channel_id: str = OPPO_CHANNEL,
    **more: Any,
) -> OfflinePushInfo:
    """What the sender sets beside a message: `{"title": …, "desc": …, "ext": "<JSON text>", "AndroidOPPOChannelID": "tuikit"}`.

    `more` are the other attributes of `OfflinePushInfo`. A custom message is pushed only when `desc` is set, so one without is an
    error (`PC801`).
    """
    wire = {
        "title": title,
        "desc": desc,
        "ext": encode_ext(ext),
        "android_oppo_channel_id": android_oppo_channel_id,
        **more,
    }
    text = _dump({wire_name(name): value for name, value in wire.items()})
    _refuse([*iter_violations(text, kind="offline-push-info")])
    info = OfflinePushInfo.from_wire(jsontext.parse(text))
    _refuse(push_info_violations(info, custom_message=custom_message))
    return info


def push_info_violations(info: OfflinePushInfo, *, custom_message: bool) -> list[Violation]:
    """What is wrong with a push info for this kind of message, though each value by itself is valid."""
    if custom_message and not info.desc:
        return [Violation(Code.CUSTOM_MESSAGE_WITHOUT_DESC, "", "expected desc to be set: a custom message is pushed only then")]
    return []


def apns_config(
    *,
    tpns_token: str | None = None,
    apns_token: bytes | None = None,
    business_id: int = 0,
    off: bool = False,
) -> dict[str, Any] | None:
    """What `setAPNS` takes: `{"businessID": 0, "token": "<base64>", "isTPNSToken": true}`, or None, which switches push off.

    Give one of the three: `tpns_token`, the text that TPNS registered, which goes as its UTF-8 bytes with business id 0;
    `apns_token`, the device token's bytes, with the `business_id` of the certificate in the IM console; or `off=True` (since
    5.6.1200). Raises ValueError for none or several of them, EncodeError for values that no client takes. Source:
    TIMSDK@6.0.1975 V2TIMAPNSConfig.
    """
    if (tpns_token is not None) + (apns_token is not None) + off != 1:
        raise ValueError("expected exactly one of tpns_token, apns_token and off=True")
    if off:
        return None
    token = apns_token if apns_token is not None else _utf8(tpns_token or "")
    config = {
        "businessID": business_id,
        "token": base64.b64encode(token).decode(),
        "isTPNSToken": tpns_token is not None,
    }
    _refuse([*iter_violations(_dump(config), kind="apns-config")])
    return config


def account_binding(user_id: str | None) -> dict[str, str] | list[int]:
    """What to bind to the TPNS token: after login `{"0": <user id>}` to set, after logout (None) the key list `[0]` to delete.

    Without the second a logged-out user still gets pushes. Raises EncodeError for an empty user id.
    """
    if user_id is None:
        return [0]
    binding = {"0": user_id}
    _refuse([*iter_violations(_dump(binding), kind="account-binding")])
    return binding


# Building


def _ext(**entity: object) -> Ext:
    """The ext of an entity's attributes, by way of its text: what decodes is valid."""
    text = _dump({"entity": {wire_name(name): value for name, value in entity.items()}})
    try:
        return decode_ext(text)
    except DecodeError as error:
        raise EncodeError(error.violations) from None


def _dump(value: object) -> str:
    try:
        return jsontext.dump(value)
    except (TypeError, ValueError):
        raise EncodeError([Violation(Code.NOT_ENCODABLE, "", "expected strings and integers")]) from None


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise EncodeError([Violation(Code.LONE_SURROGATE, "/token", "expected text that UTF-8 can say")]) from None


def _require_target(*targets: str) -> None:
    """A message goes to a user or to a group."""
    if not any(targets):
        raise EncodeError([Violation(Code.NO_TARGET, "", "expected a user id or a group id to send to")])


def _refuse(violations: list[Violation]) -> None:
    if violations:
        raise EncodeError(violations)
