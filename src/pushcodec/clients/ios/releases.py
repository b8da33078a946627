"""The releases of the iOS client, and what is said about them."""

from __future__ import annotations

from functools import partial
from typing import Final, assert_never

from pushcodec.clients.case import Case
from pushcodec.clients.client import Client, Reader, Tap
from pushcodec.clients.effects import Effect, LastStep
from pushcodec.clients.ios.after_routing import follow_up
from pushcodec.clients.ios.effects import simulate
from pushcodec.clients.ios.foundation import read_object
from pushcodec.clients.ios.outcomes import (
    ClientCrash,
    DeferredC2CCall,
    ExpiredCall,
    JoinGroupCall,
    OpenC2CChat,
    OpenGroupChat,
    Route,
    UnreadableCall,
    UnroutedChat,
)
from pushcodec.clients.ios.routing import ReadObject, Release, receive, route
from pushcodec.clients.ios.steps import CRASHES, REASONS, STEPS
from pushcodec.clients.ios.words import CONVERSIONS, OUTCOMES, words
from pushcodec.clients.ios.words import REASONS as REASON_WORDS
from pushcodec.clients.outcomes import Ignored, Outcome
from pushcodec.clients.steps import Step, Trace, untraced
from pushcodec.errors import Code
from pushcodec.jsontext import Readings
from pushcodec.jsontext.values import ABSENT

FOUNDATION: Final = Reader("Foundation", read_object)


class IOSClient(Client):
    """A release of the iOS client. Source: TIMSDK@6.0.1975 iOS, `AppDelegate+Push` and `AppDelegate`."""

    family = "ios"
    system = "iOS"
    steps = STEPS
    functions = {
        "receive": "receive: the notification is tapped",
        "pinned": "receive: the notification is tapped",
        "route": "route: onReceiveOfflinePushEntity",
    }
    outcomes = OUTCOMES
    reasons = REASON_WORDS
    crash_code = Code.CLIENT_CRASH
    lost = frozenset({"ignored", "chat_unrouted", "call_no_content", "crash"})
    conversions = CONVERSIONS
    gets_notification = True

    def __init__(self, release: Release, releases: str) -> None:
        """`release` selects what `receive` mirrors, `releases` are those of the SDK that do the same."""
        super().__init__(f"ios-{release}", f"iOS {release}", releases, FOUNDATION)
        self._release: Release = release

    def simulate(self, ext: str | bytes, *, now: int, readings: Readings | None = None, trace: Trace = untraced) -> Effect:
        """As `Client.simulate`, when TPNS carries the ext to iOS 10 or later."""
        return simulate(ext, now=now, release=self._release, trace=trace, read=_reader(readings))

    def tap(self, tap: Tap, *, readings: Readings | None = None, trace: Trace = untraced) -> Outcome:
        """The route of the notification, of the ext as TPNS would carry it, or of an entity by itself."""
        read = _reader(readings)
        if tap.entity is not ABSENT:
            return route(tap.entity, now=tap.now, logged_in=tap.logged_in, release=self._release, trace=trace, read=read)
        notification = tap.notification
        if notification is ABSENT:
            try:
                notification = {"custom": tap.ext if isinstance(tap.ext, str) else tap.ext.decode()}
            except UnicodeDecodeError:
                trace("receive 4", None)
                return Ignored("custom_not_a_json_object")
        return receive(
            notification,
            now=tap.now,
            logged_in=tap.logged_in,
            ios10=tap.ios10,
            release=self._release,
            trace=trace,
            read=read,
        )

    def take(self, case: Case) -> Outcome:
        """As `Client.take`, for `{"id", "user_info", "ios10", "now", "logged_in", "response_kind"}`."""
        case.require("user_info", "now")
        return receive(
            case.get("user_info"),
            now=case.seconds("now"),
            logged_in=case.flag("logged_in"),
            ios10=case.flag("ios10"),
            notification_response=case.get("response_kind") != "dict",
            release=self._release,
        )

    def describe(self, outcome: Outcome) -> str:
        """As `Client.describe`; where the app can't go on with what it stored, that follows: `…; but the app crashes: …`."""
        step, end = self._end(outcome)
        return f"{super().describe(outcome)}; but {end}: {STEPS[step].why}" if end else super().describe(outcome)

    def words(self, outcome: Outcome) -> str:
        """As `Client.words`."""
        return words(outcome) or super().words(outcome)

    def is_lost(self, outcome: Outcome) -> bool:
        """As `Client.is_lost`; a route that stores what the app can't go on with is lost, too."""
        return super().is_lost(outcome) or self._end(outcome)[1] is not None

    def step_of(self, taken: Route) -> Step | None:
        """The step that decided a route; None for a reason that the client does not have, which only a caller can make up."""
        match taken:
            case Ignored(reason=reason) | UnroutedChat(reason=reason):
                name = REASONS.get(reason)
            case ClientCrash(step=step):
                name = CRASHES[step].step if step in CRASHES else "route 16"
            case UnreadableCall():
                name = "route 11"
            case ExpiredCall():
                name = "route 14"
            case OpenC2CChat() | OpenGroupChat():
                name = "route 6"
            case DeferredC2CCall():
                name = "route 8"
            case JoinGroupCall():
                name = "route 17"
            case _ as never:
                assert_never(never)
        return STEPS[name] if name else None

    def _end(self, outcome: Outcome) -> tuple[str, str | None]:
        """The step after routing that ends the tap, and how: in words, None where the app goes on."""
        step = LastStep()
        followed = follow_up(outcome, trace=step) if isinstance(outcome, OpenC2CChat | OpenGroupChat | JoinGroupCall) else None
        return step.name, _ENDS.get(followed or "")


_ENDS: Final = {"crash": "the app crashes", "noop": "nothing opens"}


def _reader(readings: Readings | None) -> ReadObject:
    return read_object if readings is None else partial(readings.by, read_object)


CLIENTS: Final = (
    IOSClient("6.0", "4.9.1 to 6.0.1992"),
    IOSClient("6.1", "from 6.1.2155"),
)
"""The iOS clients, oldest first. A release represents all up to the next one that differs."""
