"""What the iOS client does, in words: outcomes, and why it ignores a payload or crashes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pushcodec.clients.ios.foundation import int_value, integer_value, read_object
from pushcodec.clients.ios.outcomes import (
    ClientCrash,
    DeferredC2CCall,
    ExpiredCall,
    JoinGroupCall,
    OpenC2CChat,
    OpenGroupChat,
    UnreadableCall,
    UnroutedChat,
)
from pushcodec.clients.ios.steps import CRASHES, NIL_KEY, STEPS
from pushcodec.clients.ios.steps import REASONS as REASON_STEPS
from pushcodec.clients.outcomes import Outcome
from pushcodec.clients.words import OUTCOMES as SHARED_OUTCOMES
from pushcodec.clients.words import shown_id
from pushcodec.jsontext.values import JSONValue, TypeName

OUTCOMES: Final[Mapping[str, str]] = {**SHARED_OUTCOMES, "call_ignored_c2c": "leaves a one-to-one call to the call kit"}
"""What the client does, by the name of the outcome."""

REASONS: Final[Mapping[str, str]] = {
    **{name: STEPS[step].why for name, step in REASON_STEPS.items()},
    **{name: crash.why for name, crash in CRASHES.items()},
    NIL_KEY: STEPS["route 16"].why,
}
"""Why the client does nothing or crashes, by the name of the reason or of the crash."""

_TYPES: Final[Mapping[TypeName, str]] = {
    "nil": "absent",
    "null": "null",
    "bool": "a boolean",
    "int": "a number",
    "float": "a number",
    "string": "a string",
    "list": "an array",
    "dict": "an object",
}


def words(taken: Outcome) -> str | None:
    """An outcome of this family in words, None for any other: `opens the chat with "alice", after login`."""
    match taken:
        case OpenC2CChat(user_id=chat_id, handled_now=now):
            return f"opens the chat with {shown_id(chat_id)}{_when(now)}"
        case OpenGroupChat(group_id=chat_id, handled_now=now):
            return f"opens the chat of group {shown_id(chat_id)}{_when(now)}"
        case UnroutedChat(reason=reason, handled_now=now):
            return f"opens nothing, {REASONS.get(reason, reason)}{_when(now)}"
        case DeferredC2CCall():
            return "left to the call kit once the app runs"
        case UnreadableCall():
            return f"nothing rings, {STEPS['route 11'].why}"
        case ExpiredCall(elapsed=elapsed) if elapsed >= 2**63:
            return f"nothing rings, sent {2**64 - elapsed} s ahead of the phone's clock"
        case ExpiredCall(timeout=timeout, elapsed=elapsed):
            return f"nothing rings, {elapsed} s old with a timeout of {timeout} s"
        case JoinGroupCall(signaling=info, handled_now=now):
            return f"rings, a call in group {shown_id(info.group_id)} from {shown_id(info.inviter)}{_when(now)}"
        case ClientCrash():
            return why_crashed(taken)
    return None


def why_crashed(crash: ClientCrash) -> str:
    """Why the client crashes: "action is an object, expected a number, a string or a boolean"."""
    if crash.nil_key is not None:
        return f"{crash.nil_key} is absent from content"
    if crash.step not in CRASHES:
        return REASONS.get(crash.step, crash.step)
    found = CRASHES[crash.step]
    return f"{found.value} is {_TYPES[crash.receiver_type or 'nil']}, expected {found.expected}"


def converted(token: str, convert: Callable[[JSONValue], int | None]) -> str:
    """A JSON text as an integer of the client, "throws" where it has no selector, "refuses" where the reader takes no such text."""
    found = read_object(f'{{"v":{token}}}')
    if found is None:
        return "refuses"
    number = convert(found["v"])
    return "throws" if number is None else str(number)


CONVERSIONS: Final[Mapping[str, Callable[[str], str]]] = {
    "intValue": lambda token: converted(token, int_value),
    "integerValue": lambda token: converted(token, integer_value),
}
"""What the client makes of a value, by its selector."""


def _when(now: bool) -> str:
    return "" if now else ", after login"
