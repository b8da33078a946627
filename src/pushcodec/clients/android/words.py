"""What the Android client does, in words: outcomes, and why it does nothing or crashes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from pushcodec.clients.android.classes import CALL, ENTITY, ENTITY_7_9, FEATURES, class_reader
from pushcodec.clients.android.gson import (
    Field,
    FieldReader,
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
    AndroidToast,
    AndroidUnreadableCall,
)
from pushcodec.clients.android.steps import STEPS
from pushcodec.clients.client import BoundField
from pushcodec.clients.outcomes import Outcome
from pushcodec.clients.words import OUTCOMES as SHARED_OUTCOMES
from pushcodec.clients.words import shown_id
from pushcodec.jsontext import dump

OUTCOMES: Final[Mapping[str, str]] = {
    **SHARED_OUTCOMES,
    "call_main_screen": "opens the main screen for a call",
    "low_version_toast": "says that the app is too old",
    "nothing": "does nothing",
}
"""What the client does, by the name of the outcome."""

REASONS: Final[Mapping[str, str]] = {
    "empty_ext": STEPS["android 1"].why,
    "not_parsable": STEPS["android 2"].why,
    "no_entity": STEPS["android 4"].why,
    "sender_null": "sender is null",
    "sender_empty": "sender is absent or empty",
    "chat_type_other": "chatType is neither 1 nor 2",
    "call_branch_removed": STEPS["android 8"].why,
    "content_null": STEPS["android 9"].why,
    "call_model_null": STEPS["android 11"].why,
    "entity_parse": "Gson can't read the entity",
    "call_content_parse": STEPS["android 10"].why,
}
"""Why the client does nothing or crashes, by the name of the reason or of the crash."""


_TYPES: Final[Mapping[FieldReader, str]] = {
    read_int: "int",
    read_long: "long",
    read_string: "String",
    read_strings: "array of String",
    read_bytes: "array of byte",
}


def _bound(place: str, fields: Mapping[str, Field]) -> list[BoundField]:
    return [BoundField(place, key, _TYPES[field.read], dump(field.default)) for key, field in fields.items()]


FIELDS: Final = (
    *_bound("entity", ENTITY),
    *_bound("entity, from 7.9", {key: field for key, field in ENTITY_7_9.items() if key not in ENTITY}),
    *_bound("`timPushFeatures` beside the entity, from 7.9", FEATURES),
    *_bound("content of a call", CALL),
)
"""The fields that the client binds."""

_DEFAULT: Final = object()


def _converted(token: str, read: FieldReader) -> str:
    """A JSON text as the value of a field, "throws" where Gson does."""
    found = class_reader(object_of({"v": Field(_DEFAULT, read)}))(f'{{"v":{token}}}')
    if not isinstance(found, dict):
        return "throws"
    value = found["v"]
    return (
        "the default" if value is _DEFAULT else "null" if value is None else f'"{value}"' if isinstance(value, str) else str(value)
    )


CONVERSIONS: Final[Mapping[str, Callable[[str], str]]] = {
    _TYPES[read]: partial(_converted, read=read) for read in (read_int, read_long, read_string)
}
"""What the client makes of a value, by the type of the field."""


def words(taken: Outcome) -> str | None:
    """An outcome of this family in words, None for any other: `opens the chat with "alice"`."""
    match taken:
        case AndroidC2CChat(chat_id=chat_id):
            return f"opens the chat with {shown_id(chat_id)}"
        case AndroidGroupChat(chat_id=chat_id):
            return f"opens the chat of group {shown_id(chat_id)}"
        case AndroidOtherChat(chat_type=kind):
            return f"opens nothing, chatType is {kind}, expected 1 or 2"
        case AndroidNoSender(reason=reason) | AndroidUnreadableCall(reason=reason) | AndroidNothing(reason=reason):
            return f"opens nothing, {REASONS.get(reason, reason)}"
        case AndroidToast(version=version, action=action):
            return f"says that the app is too old, for version {version} and action {action}"
        case AndroidExpiredCall(timeout=timeout, elapsed=elapsed):
            return f"nothing rings, {elapsed} s old with a timeout of {timeout} s"
        case AndroidGroupCall(group_id=group_id, inviter=inviter):
            return f"rings, a call in group {shown_id(group_id)} from {shown_id(inviter)}"
        case AndroidMainScreen(inviter=inviter):
            return f"opens the main screen, for a call from {shown_id(inviter)}"
        case AndroidCrash(step=step):
            return REASONS.get(step, step)
    return None
