"""orjson with checks that a careful server would write by hand: types and bounds of the required keys, in both layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from orjson import loads

from contenders import Facts, Ready


def setup() -> Ready:
    """The contender answers the parsed entity and, for a call, the parsed content."""

    def loop(texts: Sequence[bytes]) -> list[Any]:
        return [_check(text) for text in texts]

    return Ready(loop, common=lambda pair: Facts.of_values(*pair))


def _check(text: bytes) -> tuple[dict[str, Any], dict[str, Any] | None]:
    entity = loads(text)["entity"]
    action, chat_type, sender = entity["action"], entity["chatType"], entity["sender"]
    if type(action) is not int or type(chat_type) is not int or chat_type not in (1, 2):
        raise ValueError("action or chatType")
    if type(sender) is not str or not sender:
        raise ValueError("sender")
    for key in ("content", "nickname", "faceUrl"):
        if type(entity.get(key, "")) is not str:
            raise ValueError(key)
    if action == 1:
        return entity, None
    send_time = entity["sendTime"]
    if action != 2 or type(send_time) is not int or send_time < 0:
        raise ValueError("action or sendTime")
    content = loads(entity["content"])
    for key in ("action", "call_type", "room_id", "timeout", "version"):
        if type(content[key]) is not int or content[key] < 0:
            raise ValueError(key)
    if type(content["invited_list"]) is not list or not all(type(user) is str and user for user in content["invited_list"]):
        raise ValueError("invited_list")
    if type(content["call_id"]) is not str or (chat_type == 2 and not (content["call_id"] and content["group_id"])):
        raise ValueError("call_id or group_id")
    return entity, content
