"""The steps of the Android client in words, as `docs/contract.md` has them; a test holds both against each other."""

from __future__ import annotations

from typing import Final

from pushcodec.routing.steps import Step

STEPS: Final = {
    "android 1": Step("there is no text, or an empty one"),
    "android 2": Step("Gson cannot read the text"),
    "android 3": Step("Gson reads null"),
    "android 4": Step("entity is null, or absent before 7.9"),
    "android 5": Step("version is not 1, or action is neither 1 nor 2"),
    "android 6": Step("action 1, sender null or empty"),
    "android 7": Step("action 1, else"),
    "android 8": Step("action 2, from 6.1: there is no branch for calls"),
    "android 9": Step("action 2, content null"),
    "android 10": Step("Gson cannot read content as a call"),
    "android 11": Step("Gson reads null"),
    "android 12": Step("(long) server_time - sendTime >= (int) timeout, signed, wrapping"),
    "android 13": Step("group_id null or empty"),
    "android 14": Step("else; chatType is never looked at"),
}
"""Every step that the mirror's `trace` is told of, in the contract's order."""
