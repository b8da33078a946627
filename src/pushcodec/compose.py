"""Payloads for senders, built from ids, names and texts by the rules of the guide.

Rules of this module (Tencent's offline-push integration guide for iOS, step 4.4, and its FAQ):

- a group message has `chatType` 2 and the group's id as its sender, a C2C message has 1 and the sender's user id;
- the target is a user id or a group id; none of them is an error, and both mean the group;
- a call has the server's time in seconds, because clients treat a call without it as expired.

Every payload that is built here decodes; otherwise EncodeError is raised. Nothing reads a clock: the caller passes the time.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from inspect import signature
from types import NoneType
from typing import Any, ParamSpec, TypeVar

from pushcodec import jsontext
from pushcodec.arguments import check_type
from pushcodec.codec import decode_ext, encode_ext
from pushcodec.contract import wire_name
from pushcodec.enums import Action, CallType, ChatType, SignalingAction
from pushcodec.errors import Code, DecodeError, EncodeError, Violation, printable
from pushcodec.jsontext import JSONValue, Readings
from pushcodec.models import Ext, OfflinePushInfo
from pushcodec.suggest import did_you_mean
from pushcodec.validation import iter_violations, violations_of

RING_SECONDS = 30
"""How many seconds a call rings, as every client sends it."""

SIGNALING_VERSION = 4
"""The signaling version that every client sends; the call kit of iOS drops a call with a higher one."""

OPPO_CHANNEL = "tuikit"
"""The OPPO channel of the guide; without a channel OPPO shows nothing."""


# Keywords

_P = ParamSpec("_P")
_R = TypeVar("_R")


def _named(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """The function, with a TypeError for an unknown keyword that suggests a similar one, as CPython does from 3.13 on."""
    names = tuple(signature(function).parameters)

    @wraps(function)
    def checked(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        for name in kwargs:
            if name not in names:
                unexpected = f"{function.__name__}() got an unexpected keyword argument {name!a}"
                raise TypeError(f"{unexpected}: expected one of {', '.join(names)}{did_you_mean(name, names)}")
        return function(*args, **kwargs)

    return checked


# Chats


@_named
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
    _require_target(user_id)
    return c2c_chat(sender=sender, nickname=nickname, content=content, face_url=face_url)


@_named
def c2c_chat(*, sender: str, content: str = "", nickname: str = "", face_url: str = "") -> Ext:
    """The ext of a one-to-one chat message: `{"entity": {"action": 1, "chatType": 1, "sender": <own user id>, …}}`.

    Without a nickname the sender's user id is shown.
    """
    return _chat(ChatType.C2C, sender, content, nickname or sender, face_url)


@_named
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


@_named
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
        content=_dump(content),
        nickname=nickname or inviter,
        face_url=face_url,
        version=1,
        send_time=send_time,
    )


@_named
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


@_named
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


# The settings around the ext


@_named
def offline_push_info(
    ext: Ext,
    *,
    title: str = "",
    desc: str = "",
    custom_message: bool = False,
    ios_sound: str | None = None,
    android_oppo_channel_id: str = OPPO_CHANNEL,
    disable_push: bool | None = None,
    ignore_ios_badge: bool | None = None,
    android_vivo_classification: int | None = None,
    extra: Mapping[str, JSONValue] | None = None,
) -> OfflinePushInfo:
    """The push settings of a message: `{"title": …, "desc": …, "ext": "<JSON text>", "AndroidOPPOChannelID": "tuikit"}`.

    An attribute that is None is omitted. `extra` has members that this library does not know, under their wire names:
    `{"AndroidSound": "ring"}`. A custom message is pushed only if `desc` is set, so one without it is an error (`PC801`). Raises
    EncodeError for values that no client accepts, TypeError for an unknown keyword, ValueError for a known key in `extra`.
    """
    known = {
        "title": title,
        "desc": desc,
        "ext": encode_ext(ext),
        "ios_sound": ios_sound,
        "android_oppo_channel_id": android_oppo_channel_id,
        "disable_push": disable_push,
        "ignore_ios_badge": ignore_ios_badge,
        "android_vivo_classification": android_vivo_classification,
    }
    wire = {wire_name(name): value for name, value in known.items() if value is not None}
    reading = jsontext.read(_dump(wire | _unknown(extra)))
    _refuse([*violations_of(reading, Readings(), kind="offline-push-info")])
    info = OfflinePushInfo.from_wire(reading.value)
    _refuse(push_info_violations(info, custom_message=custom_message))
    return info


def _unknown(extra: Mapping[str, JSONValue] | None) -> dict[str, JSONValue]:
    """The members of `extra`. Raises ValueError for a key that is a known one or another spelling of one."""
    if extra is None:
        return {}
    check_type("extra", extra, Mapping, "a mapping of wire names")
    known = {_folded(name): name for name in OfflinePushInfo.model_fields}
    for key in extra:
        check_type("a key of extra", key, str, "a str")
        if (name := known.get(_folded(key))) is not None:
            raise ValueError(f"extra has the key {printable(key, 80)!r}, which is the keyword {name!r}")
    return dict(extra)


def _folded(name: str) -> str:
    """A name without the differences between its spellings: `disablePush`, `disable_push` and `DisablePush` are one."""
    return name.replace("_", "").replace("-", "").lower()


@_named
def push_info_violations(info: OfflinePushInfo, *, custom_message: bool) -> list[Violation]:
    """The violations of a push info for this kind of message, each value of which is valid by itself."""
    check_type("info", info, OfflinePushInfo, "an OfflinePushInfo")
    check_type("custom_message", custom_message, bool, "a bool")
    if custom_message and not info.desc:
        return [Violation(Code.CUSTOM_MESSAGE_WITHOUT_DESC, "", "expected desc to be set: a custom message is pushed only then")]
    return []


@_named
def apns_config(
    *,
    tpns_token: str | None = None,
    apns_token: bytes | None = None,
    business_id: int = 0,
    off: bool = False,
) -> dict[str, Any] | None:
    """The argument of `setAPNS`: `{"businessID": 0, "token": "<base64>", "isTPNSToken": true}`, or None, which switches push off.

    Pass exactly one of three: `tpns_token`, the text that TPNS registered, which is sent as its UTF-8 bytes with business id 0;
    `apns_token`, the bytes of the device token, with the `business_id` of the certificate in the IM console; or `off=True` (since
    5.6.1200). Raises ValueError for none or several of them, EncodeError for values that no client accepts. Source:
    TIMSDK@6.0.1975 V2TIMAPNSConfig.
    """
    check_type("tpns_token", tpns_token, (str, NoneType), "a str")
    check_type("apns_token", apns_token, (bytes, NoneType), "bytes")
    check_type("off", off, bool, "a bool")
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


@_named
def account_binding(user_id: str | None) -> dict[str, str] | list[int]:
    """The account to bind to the TPNS token: after login `{"0": <user id>}` sets it, after logout (None) the list `[0]` deletes it.

    If it is not deleted, a logged-out user still gets pushes. Raises EncodeError for an empty user id.
    """
    if user_id is None:
        return [0]
    binding = {"0": user_id}
    _refuse([*iter_violations(_dump(binding), kind="account-binding")])
    return binding


# Building


def _ext(**entity: object) -> Ext:
    """The ext with an entity of these attributes, decoded from its text, which validates it."""
    text = _dump({"entity": {wire_name(name): value for name, value in entity.items()}})
    try:
        return decode_ext(text)
    except DecodeError as error:
        raise EncodeError(error.violations) from None


def _dump(value: object) -> str:
    try:
        return jsontext.dump_built(value)
    except (TypeError, ValueError):
        raise EncodeError([Violation(Code.NOT_ENCODABLE, "", "expected strings and integers")]) from None


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise EncodeError([Violation(Code.LONE_SURROGATE, "/token", "expected text that UTF-8 can represent")]) from None


def _check_invited(invited_list: Sequence[str]) -> None:
    """Raises TypeError unless it is a sequence; also for a text, which is a sequence of texts. EncodeError if it is empty."""
    if isinstance(invited_list, str | bytes) or not isinstance(invited_list, Sequence):
        raise TypeError(f"invited_list must be a sequence of user ids, not {type(invited_list).__name__}")
    _require_target(*invited_list)


def _require_target(*targets: str) -> None:
    """Raises EncodeError unless one of the ids is not empty, TypeError unless all are `str`."""
    for target in targets:
        check_type("a user id or a group id", target, str, "a str")
    if not any(targets):
        raise EncodeError([Violation(Code.NO_TARGET, "", "expected a user id or a group id to send to")])


def _refuse(violations: list[Violation]) -> None:
    if violations:
        raise EncodeError(violations)
