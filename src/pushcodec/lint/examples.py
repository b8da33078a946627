"""Payloads for the examples on the pages of the rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def text(value: object) -> str:
    """The compact JSON text of a value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def ext(entity: Mapping[str, Any], **others: Any) -> str:
    """The text of an ext with an entity and other members."""
    return text({"entity": entity, **others})


def without(payload: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """The payload without some of its keys."""
    return {key: value for key, value in payload.items() if key not in keys}


def chat(**changes: Any) -> dict[str, Any]:
    """The entity of a one-to-one chat."""
    entity = {"action": 1, "chatType": 1, "sender": "alice", "content": "Lunch at noon?", "nickname": "Alice", "version": 1}
    return {**entity, **changes}


def content(**changes: Any) -> dict[str, Any]:
    """The content of a group call."""
    call = {"action": 1, "call_id": "1441-1706601600-1734", "call_type": 2, "invited_list": ["bob"], "room_id": 271828}
    return {**call, "group_id": "@TGS#2WALRUSX", "timeout": 30, "version": 4, **changes}


def call(inside: Mapping[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """The entity of a call with a content: that of a group call unless another is given."""
    inside = content() if inside is None else inside
    entity = {"action": 2, "chatType": 2, "sender": "alice", "content": text(inside), "version": 1, "sendTime": 1706601600}
    return {**entity, **changes}


def c2c_call(**changes: Any) -> dict[str, Any]:
    """The entity of a one-to-one call."""
    return call(content(call_id="", group_id="", **changes), chatType=1)


def push_info(**changes: Any) -> str:
    """The text of a push info that carries a chat."""
    return text({"title": "Alice", "desc": "Lunch at noon?", "ext": ext(chat()), "AndroidOPPOChannelID": "tuikit", **changes})


CHAT, CALL = ext(chat()), ext(call())
"""The text of an ext with a one-to-one chat, and of one with a group call. Both break no rule."""

LONG = "Lunch at noon? " * 70
