"""The push settings of a message: those of the SDK, and those of the REST API.

A model of the REST API distinguishes an absent key from every value, because the server does: an absent `BadgeSetNum` leaves the
badge unchanged, and 0 clears it. A dump of it, unlike those of other models, has no absent keys.
"""

# No `from __future__ import annotations`: see `payload`.

from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal, TypeAlias, TypeVar

from pydantic import (
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    JsonValue,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_serializer,
)
from pydantic.json_schema import JsonSchemaValue, SkipJsonSchema
from pydantic_core import CoreSchema

from pushcodec.hashing import hash_of
from pushcodec.models.payload import HIDDEN, Payload, context_of

_P = TypeVar("_P", bound=Payload)


class OfflinePushInfo(Payload):
    """The push settings of a message. All keys are optional; a custom message is pushed only if `desc` is set.

    JSON: `{"title": "…", "desc": "…", "ext": "<ext as JSON text>", "iOSSound": "…", "AndroidOPPOChannelID": "tuikit",
    "disablePush": false, "ignoreIOSBadge": false, "AndroidVIVOClassification": 0}`. Source: TIMSDK@6.0.1975
    V2TIMOfflinePushInfo.
    """

    title: str = HIDDEN
    desc: str = HIDDEN
    ext: str = HIDDEN
    ios_sound: str = ""
    android_oppo_channel_id: str = ""
    disable_push: bool = False
    ignore_ios_badge: bool = False
    android_vivo_classification: Annotated[int, Field(ge=0, le=1)] = 0


# Values of the REST API


def _integer(value: object) -> object:
    """Raises ValueError unless the value is an `int`: a literal accepts `true` and `1.0` in place of 1."""
    if type(value) is not int:
        raise ValueError("expected an integer")
    return value


def _text(value: object) -> object:
    """Raises ValueError unless the value is a `str`: None means that a key is absent, and is not the value of one."""
    if not isinstance(value, str):
        raise ValueError("expected a string")
    return value


def _read_object(value: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> object:
    """The members of an object. The strict reader returns only JSON, and pydantic needs 5 KiB of stack a level to check it."""
    return value if isinstance(value, dict) and context_of(info) is not None else handler(value)


_Integer = BeforeValidator(_integer)
_Text = BeforeValidator(_text)
_Flag: TypeAlias = Annotated[Literal[0, 1], _Integer]
_Absent: TypeAlias = SkipJsonSchema[None]
_Importance: TypeAlias = Annotated[Literal["LOW", "NORMAL"] | _Absent, _Text]
_Object: TypeAlias = Annotated[dict[str, JsonValue], WrapValidator(_read_object)]
_HIDDEN_OBJECT: Final[Any] = Field(default={}, repr=False)


def _part(model: type[_P]) -> WrapValidator:
    """The validator of a field that contains a model."""

    def read(value: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> _P:
        return value if isinstance(value, model) else model.from_wire(value, context_of(info))

    return WrapValidator(read)


class _RestPayload(Payload):
    """What the models of the REST API share: a hash in spite of objects as values; dumps and `repr` have no absent keys."""

    def __hash__(self) -> int:
        return hash_of(type(self), self.__dict__.values())

    def __repr_args__(self) -> Iterator[tuple[str, Any]]:
        return ((name, shown) for name, shown in super().__repr_args__() if name in self.model_fields_set)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        # Without the function below, of which pydantic knows only that it returns an object.
        own: Any = {key: value for key, value in schema.items() if key != "serialization"}
        described = handler(own)
        for rule in handler.resolve_ref_schema(described)["properties"].values():
            if rule.get("default", ...) is None:  # null is no value of any key
                del rule["default"]
        return described

    @model_serializer(mode="wrap")
    def _without_absent_keys(self, handler: SerializerFunctionWrapHandler, info: SerializationInfo) -> dict[str, Any]:
        dumped: dict[str, Any] = handler(self)
        fields = type(self).model_fields
        absent = {fields[name].alias if info.by_alias is not False else name for name in fields.keys() - self.model_fields_set}
        return {key: value for key, value in dumped.items() if key not in absent}


# The models of the REST API


class MultiLanguageContent(_RestPayload):
    """Title and text of a push in one language. JSON: `{"Language": "zh", "Title": "…", "Desc": "…"}`, all optional."""

    language: Annotated[str, Field(alias="Language")] = ""
    title: Annotated[str, Field(alias="Title")] = HIDDEN
    desc: Annotated[str, Field(alias="Desc")] = HIDDEN


class AndroidInfo(_RestPayload):
    """The Android settings of a push, by vendor. JSON: `{"OPPOChannelID": "tuikit", "VIVOClassification": 1, …}`, all optional.

    Without a channel OPPO and Xiaomi show nothing from Android 8 on. `oppo_notify_level` requires `oppo_category`. Source: Tencent
    IM REST API, OfflinePushInfo.
    """

    sound: Annotated[str, Field(alias="Sound")] = ""
    push_style: Annotated[_Flag, Field(alias="PushStyle")] = 0
    xiaomi_channel_id: Annotated[str, Field(alias="XiaoMiChannelID")] = ""
    oppo_channel_id: Annotated[str, Field(alias="OPPOChannelID")] = ""
    oppo_category: Annotated[str, Field(alias="OPPOCategory")] = ""
    oppo_private_msg_template_id: Annotated[str, Field(alias="OPPOPrivateMsgTemplateId")] = ""
    oppo_private_title_parameters: Annotated[_Object, Field(alias="OPPOPrivateTitleParameters")] = _HIDDEN_OBJECT
    oppo_private_content_parameters: Annotated[_Object, Field(alias="OPPOPrivateContentParameters")] = _HIDDEN_OBJECT
    oppo_notify_level: Annotated[Literal[1, 2, 16] | _Absent, _Integer, Field(alias="OPPONotifyLevel")] = None
    vivo_classification: Annotated[_Flag, Field(alias="VIVOClassification")] = 1
    vivo_category: Annotated[str, Field(alias="VIVOCategory")] = ""
    vivo_notify_type: Annotated[Literal["1", "2", "3", "4"], Field(alias="VIVONotifyType")] = "4"
    huawei_importance: Annotated[_Importance, Field(alias="HuaWeiImportance")] = None
    huawei_category: Annotated[str, Field(alias="HuaWeiCategory")] = ""
    huawei_image: Annotated[str, Field(alias="HuaWeiImage")] = ""
    huawei_channel_id: Annotated[str, Field(alias="HuaWeiChannelID")] = ""
    honor_importance: Annotated[_Importance, Field(alias="HonorImportance")] = None
    honor_image: Annotated[str, Field(alias="HonorImage")] = ""
    google_image: Annotated[str, Field(alias="GoogleImage")] = ""
    google_priority: Annotated[Literal["normal", "high"] | _Absent, _Text, Field(alias="GooglePriority")] = None
    google_channel_id: Annotated[str, Field(alias="GoogleChannelID")] = ""
    meizu_notice_msg_type: Annotated[_Flag | _Absent, _Integer, Field(alias="MeiZuNoticeMsgType")] = None
    ext_as_huawei_intent_param: Annotated[_Flag | _Absent, _Integer, Field(alias="ExtAsHuaweiIntentParam")] = None


class LiveActivity(_RestPayload):
    """An update of a live activity of iOS.

    JSON: `{"LaId": "…", "Event": "update" or "end", "ContentState": {…}, "DismissalDate": 1767225600}`, all optional.
    `dismissal_date` is in unix seconds. Source: Tencent IM REST API, OfflinePushInfo.
    """

    la_id: Annotated[str, Field(alias="LaId")] = ""
    event: Annotated[Literal["update", "end"] | _Absent, _Text, Field(alias="Event")] = None
    content_state: Annotated[_Object, Field(alias="ContentState")] = _HIDDEN_OBJECT
    dismissal_date: Annotated[int | _Absent, _Integer, Field(alias="DismissalDate")] = None


class ApnsInfo(_RestPayload):
    """The iOS settings of a push. JSON: `{"Sound": "bell.caf", "BadgeMode": 0, "SubTitle": "…", …}`, all optional.

    `title` takes precedence over that of the push info. Source: Tencent IM REST API, OfflinePushInfo.
    """

    sound: Annotated[str, Field(alias="Sound")] = ""
    badge_mode: Annotated[_Flag | _Absent, _Integer, Field(alias="BadgeMode")] = None
    title: Annotated[str, Field(alias="Title")] = HIDDEN
    sub_title: Annotated[str, Field(alias="SubTitle")] = HIDDEN
    image: Annotated[str, Field(alias="Image")] = ""
    mutable_content: Annotated[_Flag, Field(alias="MutableContent")] = 0
    interruption_level: Annotated[
        Literal["passive", "active", "time-sensitive", "critical"] | _Absent, _Text, Field(alias="InterruptionLevel")
    ] = None
    content_available: Annotated[_Flag, Field(alias="ContentAvailable")] = 0
    is_voip_push: Annotated[_Flag, Field(alias="IsVoipPush")] = 0
    live_activity: Annotated[LiveActivity, _part(LiveActivity), Field(alias="LiveActivity")] = LiveActivity()


class HarmonyInfo(_RestPayload):
    """The HarmonyOS settings of a push. JSON: `{"Category": "IM", "Sound": "bell.mp3", "SoundDuration": 5, …}`, all optional.

    `sound_duration` is in seconds. Source: Tencent IM REST API, OfflinePushInfo.
    """

    title: Annotated[str, Field(alias="Title")] = HIDDEN
    category: Annotated[str, Field(alias="Category")] = ""
    image: Annotated[str, Field(alias="Image")] = ""
    sound: Annotated[str, Field(alias="Sound")] = ""
    sound_duration: Annotated[Annotated[int, Field(ge=1, le=60)] | _Absent, _Integer, Field(alias="SoundDuration")] = None


class RestPushInfo(_RestPayload):
    """The push settings of a message, with the names of the REST API. All keys are optional.

    JSON: `{"PushFlag": 0, "Title": "…", "Desc": "…", "Ext": "<ext as JSON text>", "AndroidInfo": {…}, "ApnsInfo": {…},
    "HarmonyInfo": {…}}`. An attribute that is None is absent. `badge_set_num` takes precedence over `badge_add_num`. Source:
    Tencent IM REST API, OfflinePushInfo, https://trtc.io/document/77715.
    """

    push_flag: Annotated[_Flag, Field(alias="PushFlag")] = 0
    title: Annotated[str, Field(alias="Title")] = HIDDEN
    desc: Annotated[str, Field(alias="Desc")] = HIDDEN
    ext: Annotated[str, Field(alias="Ext")] = HIDDEN
    multi_language_content: Annotated[
        tuple[Annotated[MultiLanguageContent, _part(MultiLanguageContent)], ...], Field(alias="MultiLanguageContent", strict=False)
    ] = ()
    badge_add_num: Annotated[Annotated[int, Field(ge=1, le=99)] | _Absent, _Integer, Field(alias="BadgeAddNum")] = None
    badge_set_num: Annotated[Annotated[int, Field(ge=0, le=999)] | _Absent, _Integer, Field(alias="BadgeSetNum")] = None
    push_template_id: Annotated[str, Field(alias="PushTemplateId")] = ""
    push_template_param: Annotated[_Object, Field(alias="PushTemplateParam")] = _HIDDEN_OBJECT
    android_info: Annotated[AndroidInfo, _part(AndroidInfo), Field(alias="AndroidInfo")] = AndroidInfo()
    apns_info: Annotated[ApnsInfo, _part(ApnsInfo), Field(alias="ApnsInfo")] = ApnsInfo()
    harmony_info: Annotated[HarmonyInfo, _part(HarmonyInfo), Field(alias="HarmonyInfo")] = HarmonyInfo()
