"""The expected answers of the contenders, computed from the texts with the standard library alone."""

from __future__ import annotations

import json
from typing import Any

from contenders import NOW, Facts
from corpus import compact

from pushcodec.clients.ios.outcomes import (
    DeferredC2CCall,
    ExpiredCall,
    JoinGroupCall,
    OpenC2CChat,
    OpenGroupChat,
    Route,
    SignalingInfo,
)


def facts(text: str) -> Facts:
    """The facts of a valid ext."""
    entity = json.loads(text)["entity"]
    return Facts.of_values(entity, json.loads(entity["content"]) if entity["action"] == 2 else None)


def route(text: str) -> Route:
    """The Route of a valid ext for a user who is logged in."""
    entity = json.loads(text)["entity"]
    group = entity["chatType"] == 2
    if entity["action"] == 1:
        return OpenGroupChat(entity["sender"], True) if group else OpenC2CChat(entity["sender"], True)
    return _group_call(entity, json.loads(entity["content"])) if group else DeferredC2CCall()


def _group_call(entity: dict[str, Any], content: dict[str, Any]) -> Route:
    elapsed, timeout = NOW - entity["sendTime"], content["timeout"]
    if elapsed > timeout:
        return ExpiredCall(entity["sendTime"], timeout, elapsed)
    data = compact({key: content[key] for key in ("room_id", "version", "call_type")})
    ids = content["call_id"], entity["sender"], content["invited_list"], content["group_id"]
    return JoinGroupCall(SignalingInfo(content["action"], *ids, timeout, data), True)
