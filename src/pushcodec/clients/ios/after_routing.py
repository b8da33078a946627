"""What the iOS app does with the values that `route` stored: it opens the chat, goes on with the call, crashes, or does nothing.

Each step of `docs/contract.md`, "After routing", is named above the line that mirrors it. Source: TIMSDK@6.0.1975 iOS,
`AppDelegate`.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from pushcodec.clients.ios.outcomes import JoinGroupCall, OpenC2CChat, OpenGroupChat, Route, SignalingInfo, UnroutedChat
from pushcodec.clients.steps import Trace, untraced
from pushcodec.jsontext.values import ABSENT, Maybe

FollowUp: TypeAlias = Literal["open_chat", "add_invited_signaling", "noop", "crash", "deferred_until_login"]

_LENGTH: Final = str
_COUNT: Final = (list, dict)


def follow_up(route: Route, *, trace: Trace = untraced) -> FollowUp | None:
    """What the app does after a route, by the vectors' name for it; None for a route after which it does nothing more.

    `trace` is called at each step. Source: TIMSDK@6.0.1975 iOS, `AppDelegate`.
    """
    if not isinstance(route, OpenC2CChat | OpenGroupChat | UnroutedChat | JoinGroupCall):
        return None
    # after 1: no user is logged in
    trace("after 1", route.handled_now)
    if not route.handled_now:
        return "deferred_until_login"
    if isinstance(route, JoinGroupCall):
        return _go_on_with_call(route.signaling, trace)
    if isinstance(route, UnroutedChat):
        # after 2: nothing was stored
        trace("after 2", ABSENT)
        return "noop"
    chat_id = route.user_id if isinstance(route, OpenC2CChat) else route.group_id
    # after 3, 4: the stored id has no length, or none above 0
    if (ended := _without_length(chat_id, 3, _LENGTH, trace)) is not None:
        return ended
    # after 5
    trace("after 5", chat_id)
    return "open_chat"


def _go_on_with_call(info: SignalingInfo, trace: Trace) -> FollowUp:
    # after 6 to 13: one of the four has no length or count, or none above 0
    for value, step, kinds in (
        (info.invite_id, 6, _LENGTH),
        (info.inviter, 8, _LENGTH),
        (info.invitee_list, 10, _COUNT),
        (info.group_id, 12, _LENGTH),
    ):
        if (ended := _without_length(value, step, kinds, trace)) is not None:
            return ended
    # after 14
    trace("after 14", info.group_id)
    return "add_invited_signaling"


def _without_length(value: Maybe, step: int, kinds: type | tuple[type, ...], trace: Trace) -> FollowUp | None:
    """The end at `step` or the next one, None if the app goes on. A value of another type has no length; that of nil is 0."""
    trace(f"after {step}", value)
    if value is not ABSENT and not isinstance(value, kinds):
        return "crash"
    trace(f"after {step + 1}", value)
    return None if value else "noop"
