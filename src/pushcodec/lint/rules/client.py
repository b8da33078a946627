"""Rules of the client: what the routing mirror says that a phone does with the payload, and what of it surprises."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pushcodec.clients.ios.foundation import int_value
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
from pushcodec.clients.outcomes import Ignored
from pushcodec.enums import Action, ChatType
from pushcodec.errors import Code
from pushcodec.jsontext.values import json_type
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.marks import Place
from pushcodec.lint.rules.findings import Finding, at_value
from pushcodec.lint.units import MILLISECONDS


def check_route(document: Document, config: Config) -> Iterator[Finding]:
    """A crash, or a payload that is ignored in silence, at the value that decides it.

    A text that can't be read is ignored too, but that is named as what it is, by the rules of the text.
    """
    if document.clear:
        return
    from pushcodec.clients.steps import EXT_TEXT  # loaded only where the payload is not certainly valid
    from pushcodec.clients.table import REFERENCE
    from pushcodec.lint.decisions import decided_at

    taken = document.route_on_arrival
    if taken is None:
        return
    step = REFERENCE.step_of(taken)
    assert step is not None
    place = at_value(decided_at(document, step))
    match taken:
        case ClientCrash():
            yield Finding(REFERENCE.crash_code, f"the app crashes: {REFERENCE.words(taken)}", place)
        case Ignored(reason=reason) | UnroutedChat(reason=reason) if step.reads != (EXT_TEXT,):
            yield Finding(Code.IGNORED_PAYLOAD, f"nothing happens on a tap: {REFERENCE.reason(reason)}", place)
        case UnreadableCall() if document.entity and document.content_text is None:
            yield Finding(Code.IGNORED_PAYLOAD, "nothing rings: content is absent", place)
        case UnreadableCall() if document.content:
            yield Finding(Code.IGNORED_PAYLOAD, "nothing rings: content is not the text of an object", place)
        case OpenC2CChat() | OpenGroupChat() | JoinGroupCall():
            yield from _check_follow_up(document, taken)


def _check_follow_up(document: Document, taken: Route) -> Iterator[Finding]:
    """What the app does with what it stored: it asks each value for its length."""
    from pushcodec.clients.effects import LastStep  # loaded only where the payload is not certainly valid
    from pushcodec.clients.ios.after_routing import follow_up
    from pushcodec.clients.table import REFERENCE
    from pushcodec.lint.decisions import decided_at

    last = LastStep()
    followed = follow_up(taken, trace=last)
    step = REFERENCE.steps[last.name]
    if followed == "crash":
        yield Finding(REFERENCE.crash_code, f"the app crashes after routing: {step.why}", at_value(decided_at(document, step)))
    elif followed == "noop":
        yield Finding(Code.IGNORED_PAYLOAD, f"nothing happens on a tap: {step.why}", at_value(decided_at(document, step)))


# Times


def check_times(document: Document, config: Config) -> Iterator[Finding]:
    """A group call that has expired before it can arrive, or is sent ahead of the clock, and a timeout of 0 seconds."""
    timeout = document.content and document.content.get("timeout")
    if timeout and type(timeout.value) is int and timeout.value == 0:
        yield Finding(Code.ZERO_TIMEOUT, "the call is over at once: expected a timeout above 0 seconds", at_value(timeout))
    taken = document.route_on_arrival
    if isinstance(taken, ExpiredCall):
        yield _never_in_time(document)
    elif isinstance(taken, JoinGroupCall) or (isinstance(taken, ClientCrash) and taken.step in _AFTER_THE_TIMES):
        if timeout is None and document.content:
            message = "the call expires within a second: timeout is absent and reads as 0"
            yield Finding(Code.EXPIRED_ON_ARRIVAL, message, at_value(document.content))
        if config.now is not None and config.now < document.send_time:
            message = "the phone's clock has not come to sendTime yet, and the client takes that for expired"
            yield Finding(Code.FUTURE_SEND_TIME, message, _at_send_time(document))


_AFTER_THE_TIMES = ("content.action.intValue", "data.dictionary_literal")


def _never_in_time(document: Document) -> Finding:
    """Why a call has expired already at the time that it says it was sent, or on the earliest clock."""
    reason = "decades away from any phone's clock"
    if document.entity and document.entity.get("sendTime") is None:
        reason = "absent and reads as 0"
    elif document.send_time >= MILLISECONDS:
        reason = "far ahead of any clock in seconds, as milliseconds are"
    return Finding(Code.EXPIRED_ON_ARRIVAL, f"the call has always expired: sendTime is {reason}", _at_send_time(document))


def _at_send_time(document: Document) -> Place:
    return at_value((document.entity and document.entity.get("sendTime")) or document.entity or document.top)


# Coercions


def check_coercions(document: Document, config: Config) -> Iterator[Finding]:
    """Values that are no integers, though the client reads them as such, in a payload that it takes."""
    if document.clear:
        return
    taken = document.route_on_arrival
    if not isinstance(taken, OpenC2CChat | OpenGroupChat | DeferredC2CCall | JoinGroupCall):
        return
    read = [document.entity and document.entity.get(key) for key in ("action", "chatType")]
    if isinstance(taken, JoinGroupCall):
        read.append(document.entity and document.entity.get("sendTime"))
        read.extend(document.content and document.content.get(key) for key in ("timeout", "action"))
    for node in read:
        if node is not None and type(node.value) is not int:
            message = f"the client reads this {json_type(node.value)} as {int_value(node.value)}; other clients need not"
            yield Finding(Code.CLIENT_COERCION, message, at_value(node))


# Calls


def check_calls(document: Document, config: Config) -> Iterator[Finding]:
    """What is valid in a call, and does not do what it seems to."""
    content = document.content
    if document.entity and isinstance(document.route_on_arrival, DeferredC2CCall):
        message = "a tap does nothing by itself: the call kit rings once the app runs and is logged in"
        yield Finding(Code.SILENT_C2C_CALL, message, at_value(document.entity.child("chatType")))
    if content is None or not isinstance(content.value, dict):
        return
    version = content.get("version")
    if version and type(version.value) is int and version.value > 4:
        message = "the call kit of iOS drops calls of this version: expected at most 4"
        yield Finding(Code.SIGNALING_VERSION_ABOVE_4, message, at_value(version))
    if document.action == Action.CALL and document.chat_type == ChatType.C2C:
        group_id = content.get("group_id")
        if group_id is None:
            message = "a running Android app never rings: expected the key group_id, with an empty string"
            yield Finding(Code.C2C_CALL_WITHOUT_GROUP_ID, message, at_value(content))
        elif isinstance(group_id.value, str) and group_id.value:
            message = "Android rings this as a group call: expected an empty group_id"
            yield Finding(Code.C2C_CALL_WITH_GROUP_ID, message, at_value(group_id))


def check_clients(document: Document, config: Config) -> Iterator[Finding]:
    """What the clients that one ships to make of it, each for itself.

    A text that breaks no rule of the contract makes them differ only where other rules say so, or no payload could help it.
    """
    if document.clear or not config.clients:
        return
    from pushcodec.lint.rules.clients import compare_clients  # loaded only where a payload may part them

    yield from compare_clients(document, config.clients)


_LARGEST_EXACT = 2**53


def check_integers(document: Document, config: Config) -> Iterator[Finding]:
    """Integers that a reader with doubles only, such as a web client, takes for others."""
    if not document.may_hold_large_integers:
        return
    for node in document.nodes():
        if type(node.value) is int and abs(node.value) > _LARGEST_EXACT:
            yield Finding(Code.INTEGER_BEYOND_53_BITS, "readers with doubles only take this for another integer", at_value(node))


CHECKS: tuple[Callable[[Document, Config], Iterator[Finding]], ...] = (
    check_route,
    check_times,
    check_coercions,
    check_calls,
    check_integers,
    check_clients,
)
