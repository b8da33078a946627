"""Words that all clients use: what they do, by the name of the outcome, and values as they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pushcodec.clients.outcomes import Outcome
from pushcodec.display import shown
from pushcodec.jsontext.values import ABSENT, Maybe, json_type

OUTCOMES: Final[Mapping[str, str]] = {
    "ignored": "ignores the payload",
    "c2c_chat": "opens a one-to-one chat",
    "group_chat": "opens a group chat",
    "chat_unrouted": "opens no chat",
    "call_no_content": "does not ring: the call has no content",
    "call_expired": "does not ring: the call has expired",
    "group_call": "rings for a group call",
    "crash": "crashes",
}
"""What a client does, by the name of the outcome; a family adds its own."""

_LONGEST_ID: Final = 64  # characters of an id that are shown


def shown_id(value: Maybe) -> str:
    """An id in quotes; of any other value its type: `<number>`, `<absent>`."""
    return f'"{_cut(value)}"' if isinstance(value, str) else f"<{'absent' if value is ABSENT else json_type(value)}>"


def details(outcome: Outcome) -> str:
    """The details of an outcome, as a family without words of its own shows them: `reason no_entity, length 7`."""
    return ", ".join(f"{name} {_cut(str(value))}" for name, value in outcome.to_dict()["detail"].items())


def _cut(text: str) -> str:
    return shown(text) if len(text) <= _LONGEST_ID else f"{shown(text[: _LONGEST_ID - 3])}..."
