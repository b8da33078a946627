"""Texts with keys that the schemas don't know: read whole, as plain values, so that nothing of them is skipped unread.

What msgspec reads so is well-formed, valid UTF-8, with whole surrogate pairs. What else the gate asks is asked here: nothing twice
(written again, the value has as many quotes), integers of 64 bits (MessagePack holds no other), and not too deep (a text nests no
deeper than it has brackets). A number with a fraction is left to the gate: msgspec rounds to zero in silence what the gate refuses.
"""

from __future__ import annotations

from typing import Any, Final, NoReturn

from msgspec import convert, json, msgpack

from pushcodec.contract import PAYLOADS
from pushcodec.fast import shapes
from pushcodec.fast.repeats import value_repeats_no_key
from pushcodec.jsontext import Limits

SHALLOW: Final = 32
"""The most brackets of a text that is read here: msgspec recurses, and every thread can spare this much of its stack."""


class DoubtfulError(ValueError):
    """The text is not beyond doubt."""


def _doubt(_: str) -> NoReturn:
    raise DoubtfulError


_pack = msgpack.Encoder().encode
_read_value = json.Decoder(float_hook=_doubt).decode


def read_value(text: bytes | str, *, trusted: bool, deepest: int = SHALLOW) -> Any:
    """The value of a text that is beyond doubt; raises DoubtfulError, or whatever msgspec does, for every other.

    `trusted` leaves out whether something stands twice.
    """
    brackets = text.count("{") + text.count("[") if isinstance(text, str) else text.count(b"{") + text.count(b"[")
    if brackets > deepest:
        raise DoubtfulError
    value = _read_value(text)
    _pack(value)  # raises an OverflowError for an integer of more than 64 bits
    if not (trusted or value_repeats_no_key(value, text)):
        raise DoubtfulError
    return value


def read_value_within(text: bytes | str, limits: Limits, *, trusted: bool) -> Any:
    """The value of a text that is beyond doubt and within the limits on depth and items; raises as `read_value` does."""
    # No array or object has more items than the text has commas, and one.
    if len(text) > limits.max_items and (text.count(",") if isinstance(text, str) else text.count(b",")) >= limits.max_items:
        raise DoubtfulError
    return read_value(text, trusted=trusted, deepest=min(limits.max_depth, SHALLOW))


def as_ext(value: Any) -> shapes.OpenExt:
    """An ext of a value; raises a ValidationError where its known keys are not as the schemas say."""
    return convert(value, shapes.OpenExt)


def as_content(value: Any) -> shapes.OpenContent:
    """A signaling content of a value; raises a ValidationError where its known keys are not as the schemas say."""
    return convert(value, shapes.OpenContent)


def extras(value: dict[str, Any], known: frozenset[str]) -> dict[str, Any]:
    """The members of an object whose keys are not known."""
    return {key: member for key, member in value.items() if key not in known}


CHAT_KEYS: Final = frozenset(PAYLOADS["chat-entity"].keys)
CALL_KEYS: Final = frozenset(PAYLOADS["call-entity"].keys)
CONTENT_KEYS: Final = frozenset(PAYLOADS["signaling-content"].keys)
