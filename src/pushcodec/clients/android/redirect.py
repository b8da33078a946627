"""The Android client: what the app does with the text of an ext, or of an entity, that a vendor's push service gives it.

Each step of `docs/contract.md`, "The Android client", is named above the line that mirrors it. Nothing is validated first: Gson
reads the text into typed fields, and a value that does not fit loses the whole payload. Any text gives an outcome. Sources:
TIMSDK@6.0.1975, TIMSDK@6.1.2155 and TIMSDK@7.9.5666 Android, `OfflineMessageDispatcher`, `OfflineMessageBean`, `CallModel`.
"""

from __future__ import annotations

from typing import Final

from pushcodec.clients.android.classes import CARRIERS as CARRIERS
from pushcodec.clients.android.classes import READERS, Apply, apply, read_call
from pushcodec.clients.android.classes import RELEASES as RELEASES
from pushcodec.clients.android.classes import Carrier as Carrier
from pushcodec.clients.android.classes import Release as Release
from pushcodec.clients.android.gson import Bound
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
from pushcodec.clients.steps import Trace, Unreadable, untraced


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
    if isinstance(bound, Unreadable):
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
    if isinstance(call, Unreadable):
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
