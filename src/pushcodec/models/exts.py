"""The ext and what is in it: the entities of chats and calls, and the signaling content of a call."""

# No `from __future__ import annotations`: see `payload`.

from enum import IntEnum
from typing import Annotated, Any, ClassVar, Literal, Self, TypeAlias

from pydantic import (
    Field,
    GetCoreSchemaHandler,
    Json,
    PlainValidator,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_serializer,
    model_validator,
)
from pydantic_core import core_schema

from pushcodec import jsontext
from pushcodec.enums import Action, CallType, ChatType, SignalingAction
from pushcodec.errors import DecodeError
from pushcodec.jsontext import DEFAULT_LIMITS, Readings
from pushcodec.models.payload import HIDDEN, Context, Payload, context_of, text_of


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
_Int32 = Annotated[int, Field(ge=-(2**31), le=2**31 - 1)]
_PositiveInt32 = Annotated[int, Field(ge=1, le=2**31 - 1)]


class SignalingContent(Payload):
    """The content of a call.

    JSON: `{"action": 1, "call_id": "…", "call_type": 2, "invited_list": ["2019"], "room_id": 804544637, "group_id": "@TGS#1",
    "timeout": 30, "version": 4}`; optional `code`, `duration`, `timestamp`, `sender`, `data`. `timeout` is in seconds. In a
    group call `call_id` and `group_id` are not empty. Source: TIMSDK@6.0.1975 Android CallModel, iOS TUICall.
    """

    is_text: ClassVar[bool] = True

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
    data: str = HIDDEN


class ChatEntity(Payload):
    """An entity that opens a chat.

    JSON: `{"action": 1, "chatType": 1 or 2, "sender": "…"}`; optional `content` (the text to display), `nickname`, `faceUrl`,
    `version` (1), `sendTime` (unix seconds), `customData`. `sender` is the user id of a C2C chat, the group id of a group chat.
    Source: TIMSDK@6.0.1975 Android OfflineMessageBean, iOS APNs_Business_NormalMsg.
    """

    action: Annotated[Literal[Action.CHAT], _OneOf(Action.CHAT)]
    chat_type: Annotated[ChatType, _OneOf(*ChatType)]
    sender: _NonEmpty
    content: str = HIDDEN
    nickname: str = HIDDEN
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
    context = context_of(info) or DEFAULT_LIMITS
    reading = context.embedded(value) if isinstance(context, Readings) else jsontext.read(value, context)
    try:
        content = reading.valid_value()
    except DecodeError as error:
        raise ValueError(str(error)) from None
    return SignalingContent.from_wire(content, context)


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
    nickname: str = HIDDEN
    face_url: str = ""
    version: Annotated[int, Field(ge=1, le=1)] = 1
    send_time: Annotated[int, Field(ge=0, le=2**53 - 1)]
    custom_data: Annotated[tuple[Annotated[int, Field(ge=-128, le=127)], ...], Field(strict=False)] = ()

    @field_serializer("content")  # `serialize_as_any` ignores a serializer in the annotation
    def _content_as_text(self, content: SignalingContent) -> str:
        return text_of(content)

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
    return entity_from_wire(value, context_of(info))


def entity_from_wire(value: object, limits: Context = None) -> Entity:
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
    return value if isinstance(value, TimPushFeatures) else TimPushFeatures.from_wire(value, context_of(info))


class Ext(Payload):
    """The text in V2TIMOfflinePushInfo.ext. JSON: `{"entity": {…}}`; optional `timPushFeatures`; other keys are allowed.

    Source: Tencent's offline-push integration guide for iOS, step 4.4; TIMSDK@6.0.1975 V2TIMOfflinePushInfo.
    """

    entity: Annotated[Entity, WrapValidator(_read_entity)]
    tim_push_features: Annotated[TimPushFeatures, WrapValidator(_read_features)] = TimPushFeatures()
