"""The effect of a tap on Android."""

from __future__ import annotations

from typing import Final

from pushcodec.clients.android.classes import Apply, Release, apply
from pushcodec.clients.android.outcomes import (
    AndroidC2CChat,
    AndroidCrash,
    AndroidExpiredCall,
    AndroidGroupCall,
    AndroidGroupChat,
    AndroidMainScreen,
    AndroidNothing,
    AndroidRoute,
    AndroidToast,
)
from pushcodec.clients.android.redirect import redirect
from pushcodec.clients.effects import Effect, EffectKind, LastStep, Unavoidable
from pushcodec.clients.steps import Trace, untraced

_KINDS: Final[dict[type[AndroidRoute], EffectKind]] = {
    AndroidC2CChat: EffectKind.OPENS_C2C_CHAT,
    AndroidGroupChat: EffectKind.OPENS_GROUP_CHAT,
    AndroidGroupCall: EffectKind.RINGS,
    AndroidMainScreen: EffectKind.MAIN_SCREEN,
    AndroidToast: EffectKind.TOAST,
    AndroidCrash: EffectKind.CRASH,
}


def simulate(ext: str | bytes, *, now: int, release: Release = "6.0", trace: Trace = untraced, read: Apply = apply) -> Effect:
    """The effect of a tap when a vendor's push service gives the text of the ext to the app.

    Reads any text; bytes that are not UTF-8 are read with U+FFFD in their place, as Java does. `now` is the server's clock in unix
    seconds; `read` applies a reader to a text, for a caller that keeps what was read. Source: TIMSDK@6.0.1975 Android,
    `OfflineMessageDispatcher`.
    """
    text = ext if isinstance(ext, str) else ext.decode("utf-8", "replace")
    step = LastStep(trace)
    route = redirect(text, server_time=now, release=release, trace=step, read=read)
    kind = _KINDS.get(type(route), EffectKind.NOTHING)
    if isinstance(route, AndroidC2CChat | AndroidGroupChat):
        return Effect(kind, step.name, route, route.chat_id)
    if isinstance(route, AndroidGroupCall):
        return Effect(kind, step.name, route, route.group_id, route.invite_id)
    return Effect(kind, step.name, route, unavoidable=_unavoidable(route))


def _unavoidable(route: AndroidRoute) -> Unavoidable | None:
    if isinstance(route, AndroidNothing):
        return Unavoidable.CALL_FROM_6_1
    return Unavoidable.TIMEOUT_EDGE if isinstance(route, AndroidExpiredCall) and route.elapsed == route.timeout else None
