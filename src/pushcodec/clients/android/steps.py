"""The steps of the Android client in words, as `docs/contract.md` has them; a test holds both against each other."""

from __future__ import annotations

from typing import Final

from pushcodec.clients.steps import Step

STEPS: Final = {
    "android 1": Step("there is no text, or an empty one", "the ext is absent or empty"),
    "android 2": Step("Gson cannot read the text", "Gson can't read the text"),
    "android 3": Step("Gson reads null", "the text is null"),
    "android 4": Step("entity is null, or absent before 7.9", "entity is absent or null"),
    "android 5": Step("version is not 1, or action is neither 1 nor 2", "version is not 1, or action is neither 1 nor 2"),
    "android 6": Step("action 1, sender null or empty", "sender is null, absent or empty"),
    "android 7": Step("action 1, else", "a chat with a sender"),
    "android 8": Step("action 2, from 6.1: there is no branch for calls", "the release has no branch for calls"),
    "android 9": Step("action 2, content null", "content is null"),
    "android 10": Step("Gson cannot read content as a call", "Gson can't read content as a call"),
    "android 11": Step("Gson reads null", "content is empty or null as JSON text"),
    "android 12": Step("(long) server_time - sendTime >= (int) timeout, signed, wrapping", "the call has expired"),
    "android 13": Step("group_id null or empty", "group_id is absent, null or empty"),
    "android 14": Step("else; chatType is never looked at", "a call with a group_id"),
}
"""Every step that the mirror's `trace` is told of, in the contract's order."""
