"""The effect of a tap on iOS: the route of the ext, and what the app does with it when a user is logged in."""

from __future__ import annotations

from pushcodec.clients.effects import Effect, EffectKind, LastStep, Unavoidable
from pushcodec.clients.ios.after_routing import follow_up
from pushcodec.clients.ios.foundation import read_object
from pushcodec.clients.ios.outcomes import ClientCrash, JoinGroupCall, OpenC2CChat, OpenGroupChat, Route
from pushcodec.clients.ios.routing import ReadObject, Release, receive
from pushcodec.clients.outcomes import Ignored
from pushcodec.clients.steps import Trace, untraced
from pushcodec.enums import Action


def simulate(
    ext: str | bytes, *, now: int, release: Release = "6.0", trace: Trace = untraced, read: ReadObject = read_object
) -> Effect:
    """The effect of a tap when TPNS carries the ext to iOS 10 or later and a user is logged in.

    Reads any text; bytes that are not UTF-8 are not a text to this client. `now` is the phone's clock in unix seconds. `read` is
    the app's reader, for a caller that keeps what it read. Source: TIMSDK@6.0.1975 iOS, `AppDelegate+Push`.
    """
    step = LastStep(trace)
    try:
        text = ext if isinstance(ext, str) else ext.decode()
    except UnicodeDecodeError:
        step("receive 4", None)
        return Effect(EffectKind.NOTHING, step.name, Ignored("custom_not_a_json_object"))
    route = receive({"custom": text}, now=now, release=release, trace=step, read=read)
    if isinstance(route, ClientCrash):
        return Effect(EffectKind.CRASH, step.name, route)
    followed = follow_up(route, trace=step)
    if followed == "open_chat":
        return _opened(route, step.name)
    if followed == "add_invited_signaling":
        return _rung(route, step.name)
    kind = EffectKind.CRASH if followed == "crash" else EffectKind.NOTHING
    return Effect(kind, step.name, route, unavoidable=_unavoidable(step))


def _unavoidable(step: LastStep) -> Unavoidable | None:
    if step.name == "route 8":
        return Unavoidable.C2C_CALL
    return Unavoidable.CALL_FROM_6_1 if step.name == "route 4" and step.value == Action.CALL else None


def _opened(route: Route, step: str) -> Effect:
    if isinstance(route, OpenC2CChat):
        return Effect(EffectKind.OPENS_C2C_CHAT, step, route, _text(route.user_id))
    assert isinstance(route, OpenGroupChat)
    return Effect(EffectKind.OPENS_GROUP_CHAT, step, route, _text(route.group_id))


def _rung(route: Route, step: str) -> Effect:
    assert isinstance(route, JoinGroupCall)
    return Effect(EffectKind.RINGS, step, route, _text(route.signaling.group_id), _text(route.signaling.invite_id))


def _text(value: object) -> str:
    assert isinstance(value, str)  # it has a length
    return value
