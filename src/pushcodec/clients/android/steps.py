"""The steps of the Android client in words, as `docs/contract.md` has them (a test compares both), and the fields they read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pushcodec.clients.android.classes import CALL, READERS, ReadText, read_call
from pushcodec.clients.steps import EXT_TEXT, Binding, Step

_ENTITY: Final = ("entity",)
_VERSION: Final = ("entity", "version")
_ACTION: Final = ("entity", "action")
_CHAT_TYPE: Final = ("entity", "chatType")
_SENDER: Final = ("entity", "sender")
_SEND_TIME: Final = ("entity", "sendTime")
_CONTENT: Final = ("entity", "content")
_TIMEOUT: Final = ("entity", "content", "timeout")
_GROUP_ID: Final = ("entity", "content", "group_id")


def _reads_ext(read: ReadText) -> Step:
    return Step("Gson cannot read the text", "Gson can't read the text", reads=(EXT_TEXT,), binds=Binding(EXT_TEXT, _ENTITY, read))


STEPS: Final[Mapping[str, Step]] = {
    "android 1": Step("there is no text, or an empty one", "the ext is absent or empty", reads=(EXT_TEXT,)),
    "android 2": _reads_ext(READERS["bundle_ext"]["6.0"]),
    "android 3": Step("Gson reads null", "the text is null", reads=(EXT_TEXT,)),
    "android 4": Step("entity is null, or absent before 7.9", "entity is absent or null", reads=(_ENTITY,)),
    "android 5": Step(
        "version is not 1, or action is neither 1 nor 2",
        "version is not 1, or action is neither 1 nor 2",
        reads=(_VERSION, _ACTION),
    ),
    "android 6": Step("action 1, sender null or empty", "sender is null, absent or empty", reads=(_SENDER,)),
    "android 7": Step("action 1, else", "a chat with a sender", reads=(_CHAT_TYPE,)),
    "android 8": Step("action 2, from 6.1: there is no branch for calls", "the release has no branch for calls", reads=(_ACTION,)),
    "android 9": Step("action 2, content null", "content is null", reads=(_CONTENT,)),
    "android 10": Step(
        "Gson cannot read content as a call",
        "Gson can't read content as a call",
        reads=tuple((*_CONTENT, name) for name in CALL),
        binds=Binding(_CONTENT, _CONTENT, read_call),
    ),
    "android 11": Step("Gson reads null", "content is empty or null as JSON text", reads=(_CONTENT,)),
    "android 12": Step(
        "(long) server_time - sendTime >= (int) timeout, signed, wrapping", "the call has expired", reads=(_SEND_TIME, _TIMEOUT)
    ),
    "android 13": Step("group_id null or empty", "group_id is absent, null or empty", reads=(_GROUP_ID,)),
    "android 14": Step("else; chatType is never looked at", "a call with a group_id", reads=(_GROUP_ID,)),
}
"""Every step that the mirror traces, in the order of the contract."""

STEPS_7_9: Final[Mapping[str, Step]] = {**STEPS, "android 2": _reads_ext(READERS["bundle_ext"]["7.9"])}
"""The same from 7.9, which reads more fields."""
