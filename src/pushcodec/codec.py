"""Between texts and models: `decode_…` accepts nothing that the contract forbids, `encode_…` emits nothing that decode would
refuse.

The models decide, `validation` explains: whatever fails, the same text goes through the schemas, and the error carries every
violation of both layers. Output is compact, its key order fixed (known keys in the contract's order, unknown ones as they
came), non-ASCII raw.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from pushcodec import jsontext
from pushcodec.errors import Code, DecodeError, EncodeError, Violation
from pushcodec.jsontext import DEFAULT_LIMITS, JSONValue, Limits
from pushcodec.models import CallEntity, ChatEntity, Entity, Ext, SignalingContent, entity_from_wire, to_wire
from pushcodec.validation import iter_violations

_M = TypeVar("_M", bound=BaseModel)


def decode_ext(text: str | bytes, *, limits: Limits = DEFAULT_LIMITS) -> Ext:
    """The ext of a text.

    Reads `{"entity": {…}}` as `str` or UTF-8 `bytes`; a call's `content` becomes a `SignalingContent`. Raises DecodeError with
    every violation of the text and of the text inside it. Source: TIMSDK@6.0.1975 V2TIMOfflinePushInfo.ext.
    """
    return _decode(text, "ext", Ext.from_wire, limits)


def decode_entity(text: str | bytes, *, limits: Limits = DEFAULT_LIMITS) -> Entity:
    """The entity of a text, as OPPO hands it over: a `ChatEntity` (action 1) or a `CallEntity` (action 2).

    Reads `{"action": 1, "chatType": 1, "sender": "…", …}` as `str` or UTF-8 `bytes`. Raises DecodeError with every violation.
    Source: TIMSDK@6.0.1975 Android OfflineMessageBean.
    """
    return _decode(text, "entity", entity_from_wire, limits)


def decode_signaling_content(text: str | bytes, *, limits: Limits = DEFAULT_LIMITS) -> SignalingContent:
    """The signaling content of a text, which stands in a call's `content`.

    Reads `{"action": 1, "call_id": "…", …}` as `str` or UTF-8 `bytes`. Raises DecodeError with every violation. Whether it fits
    a group call only its entity can say. Source: TIMSDK@6.0.1975 Android CallModel.
    """
    return _decode(text, "signaling-content", SignalingContent.from_wire, limits)


def encode_ext(ext: Ext, *, limits: Limits = DEFAULT_LIMITS) -> str:
    """The text of an ext: `{"entity": {…}}`, compact. `decode_ext` of it equals `ext`.

    Raises EncodeError for whatever decode would refuse, however the model came to hold it.
    """
    return _encode(ext, Ext, "ext", decode_ext, limits)


def encode_entity(entity: Entity, *, limits: Limits = DEFAULT_LIMITS) -> str:
    """The text of an entity: `{"action": 1, …}`, compact. `decode_entity` of it equals `entity`.

    Raises EncodeError for whatever decode would refuse, however the model came to hold it.
    """
    return _encode(entity, (ChatEntity, CallEntity), "entity", decode_entity, limits)


def encode_signaling_content(content: SignalingContent, *, limits: Limits = DEFAULT_LIMITS) -> str:
    """The text of a signaling content: `{"action": 1, …}`, compact. `decode_signaling_content` of it equals `content`.

    Raises EncodeError for whatever decode would refuse, however the model came to hold it.
    """
    return _encode(content, SignalingContent, "signaling-content", decode_signaling_content, limits)


def _decode(text: str | bytes, kind: str, build: Callable[[JSONValue, Limits], _M], limits: Limits) -> _M:
    try:
        return build(jsontext.parse(text, limits), limits)
    except (DecodeError, ValidationError):
        violations = tuple(iter_violations(text, kind=kind, limits=limits))
    raise DecodeError(violations)


def _encode(
    payload: _M,
    types: type[_M] | tuple[type[_M], ...],
    kind: str,
    decode: Callable[..., BaseModel],
    limits: Limits,
) -> str:
    if not isinstance(payload, types):
        raise TypeError(f"expected a model of the {kind}, got {type(payload).__name__}")
    # A model can be made to hold anything (model_construct, model_copy, a changed model_extra): only its text tells.
    try:
        text = jsontext.dump_built(to_wire(payload))
    except (TypeError, ValueError, RecursionError):
        raise EncodeError([_not_encodable("expected values that JSON can say")]) from None
    try:
        decoded = decode(text, limits=limits)
    except DecodeError as error:
        raise EncodeError(error.violations) from None
    if decoded != payload:
        raise EncodeError([_not_encodable("expected values that the text gives back as they are")])
    return text


def _not_encodable(message: str) -> Violation:
    return Violation(Code.NOT_ENCODABLE, "", message)
