"""The Android client: what the app does with the text of an ext, or of an entity, that a vendor's push service gives it.

Each step of `docs/contract.md`, "The Android client", is named above the line that mirrors it. Nothing is validated first: Gson
reads the text into typed fields, and a value that does not fit loses the whole payload. Any text gives an outcome. Sources:
TIMSDK@6.0.1975, TIMSDK@6.1.2155 and TIMSDK@7.9.5666 Android, `OfflineMessageDispatcher`, `OfflineMessageBean`, `CallModel`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal, TypeAlias, get_args

from pushcodec.clients.android.gson import (
    UNREADABLE,
    Bound,
    Field,
    Unreadable,
    class_reader,
    object_of,
    read_bytes,
    read_int,
    read_long,
    read_string,
    read_strings,
)
from pushcodec.clients.android.outcomes import (
    AndroidC2CChat,
    AndroidCrash,
    AndroidExpiredCall,
    AndroidGroupCall,
    AndroidGroupChat,
    AndroidMainScreen,
    AndroidNoSender,
    AndroidNothing,
    AndroidOtherChat,
    AndroidRoute,
    AndroidToast,
    AndroidUnreadableCall,
)
from pushcodec.clients.integers import wrap_signed
from pushcodec.clients.outcomes import Ignored
from pushcodec.clients.steps import Trace, untraced

Release: TypeAlias = Literal["6.0", "6.1", "7.9"]
Carrier: TypeAlias = Literal["bundle_ext", "oppo_entity"]
RELEASES: Final[tuple[Release, ...]] = get_args(Release)
CARRIERS: Final[tuple[Carrier, ...]] = get_args(Carrier)

# What the classes bind

ENTITY: Final[Mapping[str, Field]] = {
    "version": Field(1, read_int),
    "chatType": Field(1, read_int),
    "action": Field(1, read_int),
    "sender": Field("", read_string),
    "nickname": Field("", read_string),
    "faceUrl": Field("", read_string),
    "content": Field("", read_string),
    "sendTime": Field(0, read_long),
}
_CALL_INTS = ("version", "room_id", "action", "call_type", "timeout", "duration", "code")
CALL: Final[Mapping[str, Field]] = {
    **{name: Field(0, read_int) for name in _CALL_INTS},
    "timestamp": Field(0, read_long),
    "call_id": Field(None, read_string),
    "group_id": Field("", read_string),
    "sender": Field("", read_string),
    "data": Field("", read_string),
    "invited_list": Field(None, read_strings),
}
ENTITY_7_9: Final[Mapping[str, Field]] = {**ENTITY, "customData": Field(None, read_bytes)}
FEATURES: Final[Mapping[str, Field]] = {name: Field(0, read_int) for name in ("fcmPushType", "fcmNotificationType")}

ReadText: TypeAlias = Callable[[str], "Bound | Unreadable | None"]
"""A reader of the texts of one class, made by `class_reader`."""

_entity = object_of(ENTITY)
_entity_7_9 = object_of(ENTITY_7_9)
_NO_ENTITY_7_9 = {name: field.default for name, field in ENTITY_7_9.items()}  # from 7.9 an absent entity is one with defaults
read_entity: ReadText = class_reader(_entity)
"""Reads the text of an entity, before 7.9."""
_read_entity_7_9: ReadText = class_reader(_entity_7_9)
read_ext: ReadText = class_reader(object_of({"entity": Field(None, _entity)}))
"""Reads the text of an ext, before 7.9."""
read_ext_7_9: ReadText = class_reader(
    object_of({"entity": Field(_NO_ENTITY_7_9, _entity_7_9), "timPushFeatures": Field(None, object_of(FEATURES))})
)
"""Reads the text of an ext, from 7.9."""
read_call: ReadText = class_reader(object_of(CALL))
"""Reads the text of a call's content: the call model."""

READERS: Final[Mapping[Carrier, Mapping[Release, ReadText]]] = {
    "bundle_ext": {"6.0": read_ext, "6.1": read_ext, "7.9": read_ext_7_9},
    "oppo_entity": {"6.0": read_entity, "6.1": read_entity, "7.9": _read_entity_7_9},
}
"""How a release reads the text that it gets."""

Apply: TypeAlias = Callable[[ReadText, str], "Bound | Unreadable | None"]


def apply(reader: ReadText, text: str) -> Bound | Unreadable | None:
    """What a reader makes of a text."""
    return reader(text)


def redirect(
    text: str | None,
    *,
    server_time: int,
    release: Release = "6.0",
    carrier: Carrier = "bundle_ext",
    trace: Trace = untraced,
    read: Apply = apply,
) -> AndroidRoute:
    """What the app does with what the push service handed over.

    Reads the text of an ext (`carrier` "bundle_ext") or of an entity ("oppo_entity"), None where there is none. `server_time` is
    the server's clock as the app knows it, in unix seconds. `trace` is called at each step. `read` applies a reader to a text, for
    a caller that keeps what was read (`Readings.by`). Any text gives an outcome. Raises ValueError for an unknown release or
    carrier, TypeError for another text or clock.
    Source: TIMSDK@6.0.1975 Android, `OfflineMessageDispatcher`.
    """
    if release not in RELEASES or carrier not in CARRIERS:
        raise ValueError(f"expected a release out of {', '.join(RELEASES)} and a carrier out of {', '.join(CARRIERS)}")
    if type(server_time) is not int:
        raise TypeError(f"server_time must be an int of unix seconds, not {type(server_time).__name__}")
    if text is not None and not isinstance(text, str):
        raise TypeError(f"the text must be a str or None, not {type(text).__name__}")
    # android 1: no text, or an empty one
    trace("android 1", text)
    if not text:
        return Ignored("empty_ext")
    # android 2: Gson cannot read the text
    trace("android 2", text)
    bound = read(READERS[carrier][release], text)
    if bound is UNREADABLE:
        crashes = carrier == "oppo_entity" and release != "7.9"
        return AndroidCrash("entity_parse") if crashes else Ignored("not_parsable")
    # android 3: Gson reads null
    trace("android 3", bound)
    if bound is None:
        return Ignored("no_entity")
    # android 4: entity is null, or absent before 7.9
    entity = bound["entity"] if carrier == "bundle_ext" else bound
    trace("android 4", entity)
    if entity is None:
        return Ignored("no_entity")
    return _redirect_entity(entity, server_time, release, trace, read)


def _redirect_entity(entity: Bound, server_time: int, release: Release, trace: Trace, read: Apply) -> AndroidRoute:
    # android 5: version is not 1, or action is neither 1 nor 2
    trace("android 5", {"version": entity["version"], "action": entity["action"]})
    if entity["version"] != 1 or entity["action"] not in (1, 2):
        return AndroidToast(entity["version"], entity["action"])
    custom_data = entity.get("customData")
    data = None if custom_data is None else tuple(custom_data)
    if entity["action"] == 1:
        return _redirect_chat(entity, data, trace)
    # android 8: from 6.1 there is no branch for calls
    trace("android 8", release)
    if release != "6.0":
        return AndroidNothing(data)
    return _redirect_call(entity, server_time, trace, read)


def _redirect_chat(entity: Bound, data: tuple[int, ...] | None, trace: Trace) -> AndroidRoute:
    # android 6: sender null or empty
    trace("android 6", entity["sender"])
    if not entity["sender"]:
        return AndroidNoSender("sender_null" if entity["sender"] is None else "sender_empty")
    # android 7: chatType 1, 2, or another
    trace("android 7", entity["chatType"])
    kind = _CHATS.get(entity["chatType"], AndroidOtherChat)
    return kind(entity["sender"], entity["nickname"], entity["chatType"], data)


_CHATS: Final[dict[int, type[AndroidC2CChat | AndroidGroupChat]]] = {1: AndroidC2CChat, 2: AndroidGroupChat}


def _redirect_call(entity: Bound, server_time: int, trace: Trace, read: Apply) -> AndroidRoute:
    # android 9: content null
    trace("android 9", entity["content"])
    if entity["content"] is None:
        return AndroidUnreadableCall("content_null")
    # android 10: Gson cannot read content as a call
    trace("android 10", entity["content"])
    call = read(read_call, entity["content"])
    if call is UNREADABLE:
        return AndroidCrash("call_content_parse")
    # android 11: Gson reads null
    trace("android 11", call)
    if call is None:
        return AndroidUnreadableCall("call_model_null")
    # android 12: (long) server_time - sendTime >= (int) timeout, wrapping at 64 bits
    elapsed = wrap_signed(server_time - entity["sendTime"], 64)
    trace("android 12", {"server_time": server_time, "elapsed": elapsed, "timeout": call["timeout"]})
    if elapsed >= call["timeout"]:
        return AndroidExpiredCall(entity["sendTime"], call["timeout"], elapsed)
    shown = (
        *(entity["sendTime"], call["timeout"], elapsed, call["call_type"], call["room_id"]),
        *(call["version"], call["action"], entity["chatType"], entity["sender"]),
    )
    # android 13: group_id null or empty
    trace("android 13", call["group_id"])
    if not call["group_id"]:
        return AndroidMainScreen(*shown)
    # android 14: chatType is not looked at
    trace("android 14", call["group_id"])
    invited = call["invited_list"]
    return AndroidGroupCall(*shown, call["call_id"], None if invited is None else tuple(invited), call["group_id"])
