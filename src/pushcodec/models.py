"""The payloads as frozen pydantic models, which validate their values when Python code builds them.

The models express the rules of `schemas/`. The only rule about several fields (group calls) is in `CallEntity`. Attributes have
snake_case names, and JSON the wire names (`contract.WIRE_NAMES`). Unknown keys are kept at every level, in `model_extra`, under
their wire names. An absent key is not in `model_fields_set`, reads as its default, and compares equal to it.

A dump (`model_dump`, `model_dump_json`, a `TypeAdapter`, a model of the user with one of these as a field) has wire names and the
defaults of absent keys; with `exclude_unset=True` it has no defaults and equals what `encode_…` writes. An explicit
`by_alias=False` and iteration (`dict(ext)`) return attribute names, which are no payload.

Decode texts with `pushcodec.codec`: pydantic's own `model_validate_json` accepts repeated keys, NaN and lone surrogates. `repr`
hides what people wrote: it shows the lengths of content, nickname and the like, and no unknown keys. `to_wire` returns everything.
"""

# No `from __future__ import annotations`: pydantic 2.11 evaluates the text of an inherited annotation in the module of the
# subclass, so that a user's subclass of a model would need all names of this module.

from collections.abc import Iterator
from enum import IntEnum
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    Json,
    JsonValue,
    PlainValidator,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_serializer,
    model_validator,
)
from pydantic_core import core_schema

from pushcodec import jsontext
from pushcodec.contract import wire_name
from pushcodec.enums import Action, CallType, ChatType, SignalingAction
from pushcodec.errors import DecodeError, Redacted
from pushcodec.jsontext import DEFAULT_LIMITS, Limits, Readings
from pushcodec.loading import models_are_loaded


class _OneOf:
    """A field whose value is one of these enum members, a JSON integer on the wire.

    The integer is checked before it becomes a member, because strict enums and literals accept `true` and `1.0`. The numbers of the
    members are consecutive.
    """

    def __init__(self, *members: IntEnum) -> None:
        self._members = {int(member): member for member in members}

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        number = core_schema.int_schema(strict=True, ge=min(self._members), le=max(self._members))
        return core_schema.no_info_after_validator_function(self._members.__getitem__, number)


_NonEmpty = Annotated[str, Field(min_length=1)]
_Hidden: Any = Field(default="", repr=False)
_Int32 = Annotated[int, Field(ge=-(2**31), le=2**31 - 1)]
_PositiveInt32 = Annotated[int, Field(ge=1, le=2**31 - 1)]


_Context: TypeAlias = Limits | Readings | None
"""The limits under which the strict reader has read a value, or the readings of its document; None for any other value."""


def _context_of(info: ValidationInfo) -> _Context:
    """The context that `from_wire` was given. A context of another type belongs to a framework or a user."""
    context = info.context
    return context if isinstance(context, (Limits, Readings)) else None


def _read_unknown(value: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> object:
    """The value of an unknown key. The strict reader returns only JSON, and pydantic needs 5 KiB of stack a level to check it."""
    return handler(value) if _context_of(info) is None else value


class Payload(BaseModel):
    """What all models share: frozen, strict, unknown keys kept."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="allow",
        allow_inf_nan=False,
        hide_input_in_errors=True,
        alias_generator=wire_name,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,  # no client reads a payload with attribute names
    )

    __pydantic_extra__: dict[str, Annotated[JsonValue, WrapValidator(_read_unknown)]] = Field(init=False)

    @classmethod
    def from_wire(cls, value: object, limits: _Context = None) -> Self:
        """The model of a value with wire names.

        `limits` are those under which the strict reader has read the value, or the readings of its document. Raises pydantic's
        ValidationError.
        """
        model = cls.model_validate(value, by_alias=True, by_name=False, context=limits)
        extra = model.__pydantic_extra__
        if extra and isinstance(value, dict):
            # For pydantic, an unknown key that equals the name of an attribute (`face_url`) sets that attribute too.
            namesakes = cls.model_fields.keys() & extra.keys()
            model.model_fields_set.difference_update(name for name in namesakes if wire_name(name) not in value)
        return model

    def __repr_args__(self) -> Iterator[tuple[str, Any]]:
        for name, field in type(self).model_fields.items():
            if name in self.__dict__:
                value = self.__dict__[name]
                yield name, value if field.repr else Redacted(len(str(value)))


class SignalingContent(Payload):
    """The content of a call.

    JSON: `{"action": 1, "call_id": "…", "call_type": 2, "invited_list": ["2019"], "room_id": 804544637, "group_id": "@TGS#1",
    "timeout": 30, "version": 4}`; optional `code`, `duration`, `timestamp`, `sender`, `data`. `timeout` is in seconds. In a
    group call `call_id` and `group_id` are not empty. Source: TIMSDK@6.0.1975 Android CallModel, iOS TUICall.
    """

    action: Annotated[SignalingAction, _OneOf(*SignalingAction)]
    call_id: str
    call_type: Annotated[CallType, _OneOf(*CallType)]
    invited_list: Annotated[tuple[_NonEmpty, ...], Field(min_length=1, strict=False)]
    room_id: _PositiveInt32
    group_id: str = ""
    timeout: Annotated[int, Field(ge=0, le=2**31 - 1)]
    version: _PositiveInt32
    code: _Int32 = 0
    duration: _Int32 = 0
    timestamp: Annotated[int, Field(ge=-(2**63), le=2**63 - 1)] = 0
    sender: str = ""
    data: str = _Hidden


class ChatEntity(Payload):
    """An entity that opens a chat.

    JSON: `{"action": 1, "chatType": 1 or 2, "sender": "…"}`; optional `content` (the text to display), `nickname`, `faceUrl`,
    `version` (1), `sendTime` (unix seconds), `customData`. `sender` is the user id of a C2C chat, the group id of a group chat.
    Source: TIMSDK@6.0.1975 Android OfflineMessageBean, iOS APNs_Business_NormalMsg.
    """

    action: Annotated[Literal[Action.CHAT], _OneOf(Action.CHAT)]
    chat_type: Annotated[ChatType, _OneOf(*ChatType)]
    sender: _NonEmpty
    content: str = _Hidden
    nickname: str = _Hidden
    face_url: str = ""
    version: Annotated[int, Field(ge=1, le=1)] = 1
    send_time: Annotated[int, Field(ge=0, le=2**53 - 1)] = 0
    custom_data: Annotated[tuple[Annotated[int, Field(ge=-128, le=127)], ...], Field(strict=False)] = ()


def _read_content(value: object, info: ValidationInfo) -> SignalingContent:
    """The text of a signaling content, or the model of one."""
    if isinstance(value, SignalingContent):
        return value
    if not isinstance(value, str):
        raise ValueError("expected a SignalingContent, or the JSON text of one")
    context = _context_of(info) or DEFAULT_LIMITS
    reading = context.embedded(value) if isinstance(context, Readings) else jsontext.read(value, context)
    try:
        content = reading.valid_value()
    except DecodeError as error:
        raise ValueError(str(error)) from None
    return SignalingContent.from_wire(content, context)


def _write_content(content: SignalingContent) -> str:
    return jsontext.dump_built(to_wire(content))


_Content = Annotated[SignalingContent, PlainValidator(_read_content, json_schema_input_type=Json[SignalingContent])]


class CallEntity(Payload):
    """An entity that starts a call.

    JSON: `{"action": 2, "chatType": 1 or 2, "sender": "…", "content": "<signaling content as JSON text>", "sendTime":
    1595234231}`; optional `nickname`, `faceUrl`, `version` (1), `customData`. `sender` is the inviter's user id, `sendTime`
    unix seconds of the server. Source: TIMSDK@6.0.1975 Android OfflineMessageBean, iOS APNs_Business_Call.
    """

    action: Annotated[Literal[Action.CALL], _OneOf(Action.CALL)]
    chat_type: Annotated[ChatType, _OneOf(*ChatType)]
    sender: _NonEmpty
    content: _Content
    nickname: str = _Hidden
    face_url: str = ""
    version: Annotated[int, Field(ge=1, le=1)] = 1
    send_time: Annotated[int, Field(ge=0, le=2**53 - 1)]
    custom_data: Annotated[tuple[Annotated[int, Field(ge=-128, le=127)], ...], Field(strict=False)] = ()

    @field_serializer("content")  # `serialize_as_any` ignores a serializer in the annotation
    def _content_as_text(self, content: SignalingContent) -> str:
        return _write_content(content)

    @model_validator(mode="after")
    def _group_call_is_joinable(self) -> Self:
        if self.chat_type is ChatType.GROUP and not (self.content.call_id and self.content.group_id):
            raise ValueError("a group call needs a call_id and a group_id")
        return self


Entity: TypeAlias = ChatEntity | CallEntity


def _read_entity(value: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Entity:
    """An entity of the kind that its `action` says. Pydantic's own union would try both kinds and report errors of both."""
    if isinstance(value, Entity):
        return value
    return entity_from_wire(value, _context_of(info))


def entity_from_wire(value: object, limits: _Context = None) -> Entity:
    """The model of an entity's value, of the kind that its `action` says; see `Payload.from_wire`."""
    is_call = isinstance(value, dict) and value.get("action") == Action.CALL
    return CallEntity.from_wire(value, limits) if is_call else ChatEntity.from_wire(value, limits)


class TimPushFeatures(Payload):
    """The settings that Android reads beside the entity since 7.9.

    JSON: `{"fcmPushType": 0, "fcmNotificationType": 0}`, both optional. Source: TIMSDK@7.9.5666 Android.
    """

    fcm_push_type: _Int32 = 0
    fcm_notification_type: _Int32 = 0


def _read_features(value: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> TimPushFeatures:
    return value if isinstance(value, TimPushFeatures) else TimPushFeatures.from_wire(value, _context_of(info))


class Ext(Payload):
    """The text in V2TIMOfflinePushInfo.ext. JSON: `{"entity": {…}}`; optional `timPushFeatures`; other keys are allowed.

    Source: Tencent's offline-push integration guide for iOS, step 4.4; TIMSDK@6.0.1975 V2TIMOfflinePushInfo.
    """

    entity: Annotated[Entity, WrapValidator(_read_entity)]
    tim_push_features: Annotated[TimPushFeatures, WrapValidator(_read_features)] = TimPushFeatures()


class OfflinePushInfo(Payload):
    """The push settings of a message. All keys are optional; a custom message is pushed only if `desc` is set.

    JSON: `{"title": "…", "desc": "…", "ext": "<ext as JSON text>", "iOSSound": "…", "AndroidOPPOChannelID": "tuikit",
    "disablePush": false, "ignoreIOSBadge": false, "AndroidVIVOClassification": 0}`. Source: TIMSDK@6.0.1975
    V2TIMOfflinePushInfo.
    """

    title: str = _Hidden
    desc: str = _Hidden
    ext: str = _Hidden
    ios_sound: str = ""
    android_oppo_channel_id: str = ""
    disable_push: bool = False
    ignore_ios_badge: bool = False
    android_vivo_classification: Annotated[int, Field(ge=0, le=1)] = 0


def to_wire(payload: BaseModel) -> dict[str, Any]:
    """A model as a JSON value: the known keys that were set, in the model's order, then the unknown ones in theirs.

    A signaling content becomes its JSON text. The values are not checked; `encode_…` checks them. Raises TypeError for no model.
    """
    if not isinstance(payload, BaseModel):
        raise TypeError(f"expected a model, got {type(payload).__name__}")
    wire: dict[str, Any] = {}
    for name in type(payload).model_fields:
        if name in payload.model_fields_set and name in payload.__dict__:
            wire[wire_name(name)] = _wire_value(payload.__dict__[name])
    return wire | (payload.model_extra or {})


def _wire_value(value: object) -> object:
    match value:
        case SignalingContent():
            return _write_content(value)
        case BaseModel():
            return to_wire(value)
        case tuple():
            return list(value)
        case IntEnum():
            return int(value)
    return value


models_are_loaded()
