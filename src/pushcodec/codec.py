"""Decoding texts into models and encoding models as texts: `decode_…` refuses everything that the contract forbids, `encode_…`
writes nothing that decode refuses.

The models decide, `validation` explains. If a model refuses a value, `validation` compares the same readings with the schemas, and
the error has every violation of the text and of the texts inside it. Each text is read once. Output is compact, with known keys in
the contract's order, then unknown ones in theirs, and non-ASCII characters unescaped.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, TypeVar, overload

from pydantic import BaseModel, ValidationError

from pushcodec import jsontext
from pushcodec.arguments import check_type
from pushcodec.errors import Code, DecodeError, EncodeError, Violation, printable
from pushcodec.jsontext import ABSENT, DEFAULT_LIMITS, JSONValue, Limits, Reading, Readings
from pushcodec.models import (
    CallEntity,
    ChatEntity,
    Entity,
    Ext,
    OfflinePushInfo,
    RestPushInfo,
    SignalingContent,
    entity_from_wire,
    to_wire,
)
from pushcodec.validation import violations_of

_M = TypeVar("_M", bound=BaseModel)

PushInfo: TypeAlias = OfflinePushInfo | RestPushInfo
PushInfoForm: TypeAlias = Literal["offline-push-info", "rest-push-info"]
"""A form of push settings, by the name of its schema: with the names of the SDK, or of the REST API."""

_PUSH_INFOS: Final = MappingProxyType[str, type[OfflinePushInfo] | type[RestPushInfo]](
    {"offline-push-info": OfflinePushInfo, "rest-push-info": RestPushInfo}
)


def decode_ext(text: str | bytes, *, limits: Limits = DEFAULT_LIMITS) -> Ext:
    """The ext in a text.

    Reads `{"entity": {…}}` as `str` or UTF-8 `bytes`; a call's `content` becomes a `SignalingContent`. Raises DecodeError with
    every violation of the text and of the text inside it. Source: TIMSDK@6.0.1975 V2TIMOfflinePushInfo.ext.
    """
    return _decode(text, "ext", Ext.from_wire, limits)


def decode_entity(text: str | bytes, *, limits: Limits = DEFAULT_LIMITS) -> Entity:
    """The entity in a text, as OPPO passes it to the app: a `ChatEntity` (action 1) or a `CallEntity` (action 2).

    Reads `{"action": 1, "chatType": 1, "sender": "…", …}` as `str` or UTF-8 `bytes`. Raises DecodeError with every violation.
    Source: TIMSDK@6.0.1975 Android OfflineMessageBean.
    """
    return _decode(text, "entity", entity_from_wire, limits)


def decode_signaling_content(text: str | bytes, *, limits: Limits = DEFAULT_LIMITS) -> SignalingContent:
    """The signaling content in a text, the value of a call's `content`.

    Reads `{"action": 1, "call_id": "…", …}` as `str` or UTF-8 `bytes`. Raises DecodeError with every violation, except those that
    depend on the entity: a group call requires more. Source: TIMSDK@6.0.1975 Android CallModel.
    """
    return _decode(text, "signaling-content", SignalingContent.from_wire, limits)


@overload
def decode_push_info(
    text: str | bytes, *, form: Literal["offline-push-info"] = "offline-push-info", limits: Limits = DEFAULT_LIMITS
) -> OfflinePushInfo: ...


@overload
def decode_push_info(text: str | bytes, *, form: Literal["rest-push-info"], limits: Limits = DEFAULT_LIMITS) -> RestPushInfo: ...


@overload
def decode_push_info(text: str | bytes, *, form: PushInfoForm, limits: Limits = DEFAULT_LIMITS) -> PushInfo: ...


def decode_push_info(text: str | bytes, *, form: PushInfoForm = "offline-push-info", limits: Limits = DEFAULT_LIMITS) -> PushInfo:
    """The push settings of a message in a text. The ext in them stays a text, which `decode_ext` reads; it is validated here, too.

    Reads `{"title": "…", "desc": "…", "ext": "<ext as JSON text>", …}`, the names of the SDK, or with the form `rest-push-info`
    `{"Title": "…", "Desc": "…", "Ext": "<ext as JSON text>", "AndroidInfo": {…}, …}`, as `str` or UTF-8 `bytes`. Raises DecodeError
    with every violation of the text and of the ext, ValueError for an unknown form. Sources: TIMSDK@6.0.1975 V2TIMOfflinePushInfo;
    Tencent IM REST API, OfflinePushInfo.
    """
    check_type("form", form, str, "a str")
    if form not in _PUSH_INFOS:
        raise ValueError(f"no form of push info is {printable(form, 80)!r}, expected one of {', '.join(_PUSH_INFOS)}")
    return _decode_form(form, text, limits)


def encode_ext(ext: Ext, *, limits: Limits = DEFAULT_LIMITS) -> str:
    """The text of an ext: `{"entity": {…}}`, compact. `decode_ext` of it equals `ext`.

    Raises EncodeError for every value that decode refuses, however it got into the model.
    """
    return _encode(ext, Ext, "ext", decode_ext, limits)


def encode_entity(entity: Entity, *, limits: Limits = DEFAULT_LIMITS) -> str:
    """The text of an entity: `{"action": 1, …}`, compact. `decode_entity` of it equals `entity`.

    Raises EncodeError for every value that decode refuses, however it got into the model.
    """
    return _encode(entity, (ChatEntity, CallEntity), "entity", decode_entity, limits)


def encode_signaling_content(content: SignalingContent, *, limits: Limits = DEFAULT_LIMITS) -> str:
    """The text of a signaling content: `{"action": 1, …}`, compact. `decode_signaling_content` of it equals `content`.

    Raises EncodeError for every value that decode refuses, however it got into the model.
    """
    return _encode(content, SignalingContent, "signaling-content", decode_signaling_content, limits)


def encode_push_info(info: PushInfo, *, limits: Limits = DEFAULT_LIMITS) -> str:
    """The text of the push settings of a message, compact. `decode_push_info` of it, with the form of the model, equals `info`.

    Writes `{"title": "…", …}` or `{"Title": "…", …}`; the text of the ext is not changed. Raises EncodeError for every value that
    decode refuses, also in the ext, however it got into the model.
    """
    form = "rest-push-info" if isinstance(info, RestPushInfo) else "offline-push-info"
    return _encode(info, (OfflinePushInfo, RestPushInfo), "push info", partial(_decode_form, form), limits)


def _decode_form(form: str, text: str | bytes, limits: Limits) -> PushInfo:
    return _decode(text, form, partial(_read_push_info, _PUSH_INFOS[form]), limits)


def _read_push_info(model: type[PushInfo], value: JSONValue, readings: Readings) -> PushInfo:
    """The model of a push info. Raises ValidationError or DecodeError for one that is invalid, or whose ext is."""
    info = model.from_wire(value, readings)
    if "ext" in info.model_fields_set:
        Ext.from_wire(readings.embedded(info.ext).valid_value(), readings)
    return info


def _decode(text: str | bytes, kind: str, build: Callable[[JSONValue, Readings], _M], limits: Limits) -> _M:
    readings = Readings(limits)
    reading = None  # for most texts, which are valid, their value suffices
    value = jsontext.certain_value(text, limits)
    if value is ABSENT:
        reading = jsontext.explain(text, limits)
        value = ABSENT if reading.faults else reading.value
    if value is not ABSENT:
        try:
            return build(value, readings)
        except (ValidationError, DecodeError):
            pass
    raise DecodeError(violations_of(reading or Reading(text, limits, value), readings, kind=kind))


def _encode(
    payload: _M,
    types: type[_M] | tuple[type[_M], ...],
    kind: str,
    decode: Callable[..., BaseModel],
    limits: Limits,
) -> str:
    if not isinstance(payload, types):
        raise TypeError(f"expected a model of the {kind}, got {type(payload).__name__}")
    # A model can contain any value (model_construct, model_copy, a changed model_extra), so its text is checked.
    try:
        text = jsontext.dump_built(to_wire(payload))
    except (TypeError, ValueError, RecursionError):
        raise EncodeError([_not_encodable("expected values that JSON can represent")]) from None
    try:
        decoded = decode(text, limits=limits)
    except DecodeError as error:
        raise EncodeError(error.violations) from None
    if decoded != payload:
        raise EncodeError([_not_encodable("expected values that are equal after decoding")])
    return text


def _not_encodable(message: str) -> Violation:
    return Violation(Code.NOT_ENCODABLE, "", message)
