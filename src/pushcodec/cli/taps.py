"""What a client does with whatever a file holds, and how to put it in words."""

from __future__ import annotations

from typing import Any, Final

from pushcodec.cli.inputs.sources import SourceError
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
    AndroidToast,
    AndroidUnreadableCall,
)
from pushcodec.clients.effects import LastStep
from pushcodec.clients.ios.after_routing import follow_up
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
from pushcodec.clients.ios.routing import Release, receive, route
from pushcodec.clients.ios.steps import STEPS
from pushcodec.clients.outcomes import Ignored, Outcome
from pushcodec.clients.reasons import crash_in_words, why_crashed, why_ignored
from pushcodec.clients.steps import Trace, untraced
from pushcodec.clients.table import CLIENTS
from pushcodec.display import shown
from pushcodec.documents import Carrier, Contents, contents_of
from pushcodec.jsontext.values import ABSENT, JSONValue, Maybe, json_type

MAX_FILE: Final = 64 * 2**20
"""The most bytes of a document that is read: a client knows no limit, a machine does."""

_LONGEST_ID = 64  # characters of an id that are shown


def check_size(data: bytes) -> None:
    """Raises SourceError for a document of which only the beginning was read: what a client does with that says nothing."""
    if len(data) > MAX_FILE:
        raise SourceError(f"larger than {MAX_FILE} bytes")


def tap(data: bytes, *, client: str, now: int, logged_in: bool = True, ios10: bool = True, trace: Trace = untraced) -> Outcome:
    """What a client does with whatever a file holds. Who is logged in, and which iOS it is, matters to iOS clients only."""
    match client:
        case "ios-6.0" | "ios-6.1":
            return route_file(data, now=now, logged_in=logged_in, ios10=ios10, release=_RELEASES[client], trace=trace)
    return CLIENTS[client].simulate(ext_of(data), now=now, trace=trace).outcome


_RELEASES: Final[dict[str, Release]] = {"ios-6.0": "6.0", "ios-6.1": "6.1"}


def contents(data: bytes) -> Contents | None:
    """A document as the client's reader, which accepts more than the strict one, reads it; None if it is not UTF-8."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    value = read_object(text)
    return contents_of(text, ABSENT if value is None else value)


def ext_of(data: bytes) -> str | bytes:
    """The text of the ext in a document; all of one that is not UTF-8, or whose ext is no text."""
    found = contents(data)
    if found is None:
        return data
    return found.ext if isinstance(found.ext, str) else found.text


def route_file(
    data: bytes, *, now: int, logged_in: bool = True, ios10: bool = True, release: Release = "6.0", trace: Trace = untraced
) -> Route:
    """The route on iOS of a document: a notification of TPNS as it is, an ext and one that APNs carries as TPNS would carry it, a
    bare entity by itself."""
    found = contents(data)
    if found is None:
        trace("receive 4", None)
        return Ignored("custom_not_a_json_object")
    value: JSONValue = None if found.value is ABSENT else found.value
    if found.carrier is Carrier.ENTITY:
        return route(value, now=now, logged_in=logged_in, release=release, trace=trace)
    if found.carrier is Carrier.LEGACY or not ios10:
        return receive(value, now=now, logged_in=logged_in, ios10=False, release=release, trace=trace)
    if found.carrier is Carrier.EXT or value is None:
        value = {"custom": found.text}
    elif found.carrier is Carrier.APNS:
        value = {"custom": None if found.ext is ABSENT else found.ext}
    return receive(value, now=now, logged_in=logged_in, release=release, trace=trace)


def note_on(data: bytes, *, client: str, ios10: bool) -> str:
    """What to add to the answer of a client that reads `custom` only; empty for any form but that of APNs."""
    found = contents(data) if client in _RELEASES and ios10 else None
    return _APNS_NOTE if found is not None and found.carrier is Carrier.APNS else ""


_APNS_NOTE: Final = " (the ext under 'ext', as APNs carries it, is read as if it were under 'custom')"


_LOST: Final = frozenset({"ignored", "chat_unrouted", "call_no_content", "nothing", "low_version_toast", "crash"})


def is_lost(taken: Outcome) -> bool:
    """Whether the client crashes, or opens nothing whenever the notification is tapped."""
    return taken.outcome in _LOST or _end(taken) is not None


_STORED = (OpenC2CChat, OpenGroupChat, JoinGroupCall)


def _end(taken: Outcome) -> str | None:
    """How it ends where iOS stored what it can't go on with."""
    if not isinstance(taken, _STORED):
        return None
    step = LastStep()
    end = _ENDS.get(follow_up(taken, trace=step) or "")
    return end and f"{end}: {STEPS[step.name].why}"


_ENDS: Final = {"crash": "the app crashes", "noop": "nothing opens"}


# Words


def to_record(taken: Outcome) -> dict[str, Any]:
    """An outcome for programs: `{"outcome", "detail", "message"}`, the first two in the vectors' form, the last one in words."""
    return {**taken.to_dict(), "message": describe(taken)}


def describe(taken: Outcome) -> str:
    """An outcome in words, in printable characters."""
    end = _end(taken)
    return f"{taken.outcome}: {_words(taken)}{f'; but {end}' if end else ''}"


def _words(taken: Outcome) -> str:
    match taken:
        case Ignored(reason=reason):
            return why_ignored(reason)
        case OpenC2CChat(user_id=chat_id, handled_now=now):
            return f"opens the chat with {_id(chat_id)}{_when(now)}"
        case OpenGroupChat(group_id=chat_id, handled_now=now):
            return f"opens the chat of group {_id(chat_id)}{_when(now)}"
        case UnroutedChat(reason=reason, handled_now=now):
            return f"opens nothing, {why_ignored(reason)}{_when(now)}"
        case DeferredC2CCall():
            return "left to the call kit once the app runs"
        case UnreadableCall():
            return f"nothing rings, {STEPS['route 11'].why}"
        case ExpiredCall(elapsed=elapsed) if elapsed >= 2**63:
            return f"nothing rings, sent {2**64 - elapsed} s ahead of the phone's clock"
        case ExpiredCall(timeout=timeout, elapsed=elapsed) | AndroidExpiredCall(timeout=timeout, elapsed=elapsed):
            return f"nothing rings, {elapsed} s old with a timeout of {timeout} s"
        case JoinGroupCall(signaling=info, handled_now=now):
            return f"rings, a call in group {_id(info.group_id)} from {_id(info.inviter)}{_when(now)}"
        case ClientCrash():
            return crash_in_words(taken)
        case _:
            return _words_of_android(taken)


def _words_of_android(taken: Outcome) -> str:
    match taken:
        case AndroidC2CChat(chat_id=chat_id):
            return f"opens the chat with {_id(chat_id)}"
        case AndroidGroupChat(chat_id=chat_id):
            return f"opens the chat of group {_id(chat_id)}"
        case AndroidOtherChat(chat_type=kind):
            return f"opens nothing, chatType is {kind}, expected 1 or 2"
        case AndroidNoSender(reason=reason) | AndroidUnreadableCall(reason=reason) | AndroidNothing(reason=reason):
            return f"opens nothing, {why_ignored(reason)}"
        case AndroidToast(version=version, action=action):
            return f"says that the app is too old, for version {version} and action {action}"
        case AndroidGroupCall(group_id=group_id, inviter=inviter):
            return f"rings, a call in group {_id(group_id)} from {_id(inviter)}"
        case AndroidMainScreen(inviter=inviter):
            return f"opens the main screen, for a call from {_id(inviter)}"
        case AndroidCrash(step=step):
            return why_crashed(step)
    detail = taken.to_dict()["detail"]  # another client's: its own names, and what they hold
    return ", ".join(f"{name} {_cut(str(value))}" for name, value in detail.items())


def _id(value: Maybe) -> str:
    return f'"{_cut(value)}"' if isinstance(value, str) else f"<{'absent' if value is ABSENT else json_type(value)}>"


def _cut(text: str) -> str:
    """As much of an id as is shown."""
    return shown(text) if len(text) <= _LONGEST_ID else f"{shown(text[: _LONGEST_ID - 3])}..."


def _when(now: bool) -> str:
    return "" if now else ", after login"
