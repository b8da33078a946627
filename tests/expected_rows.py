"""The expected columns of a text, computed one text at a time from the fast path's objects."""

from __future__ import annotations

from typing import Any

from pushcodec import fast
from pushcodec.arrow import SCHEMA, SIGNALING
from pushcodec.errors import DecodeError
from pushcodec.fast.payloads import CallEntity

_ENTITY = ("action", "chat_type", "sender", "nickname", "face_url", "version", "send_time")


def expected_row(decoder: fast.Decoder, text: bytes | None, now: int | None = None) -> dict[str, Any] | None:
    """The row of `SCHEMA` for a text; None for a null."""
    if text is None:
        return None
    row: dict[str, Any] = dict.fromkeys(SCHEMA.names)
    try:
        entity = decoder.decode(text)
    except DecodeError as error:
        first = error.violations[0]
        row |= {"valid": False, "error_code": str(first.code), "error_pointer": first.location}
    else:
        row |= {"valid": True, **{name: getattr(entity, name) for name in _ENTITY}}
        if isinstance(entity, CallEntity):
            signaling = {field.name: getattr(entity.content, field.name) for field in SIGNALING}
            row["signaling"] = {**signaling, "invited_list": list(entity.content.invited_list)}
        else:
            row["content"] = entity.content
    if now is not None:
        route = decoder.route(text, now=now)
        row |= {"outcome": route.outcome, "reason": getattr(route, "reason", None), "crash_step": getattr(route, "step", None)}
    return row
