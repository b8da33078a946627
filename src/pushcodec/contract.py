"""The field table of the payloads: keys, attributes, types, bounds, defaults.

Generated from `schemas/` by `make generate` (`tools/contract.py`); do not edit.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NamedTuple


class ValueType(NamedTuple):
    """The JSON values that a key allows.

    `json_type` is the name of a JSON type. `minimum` and `maximum` bound an integer; `allowed` lists its values where the schema
    lists them. `least` and `most` bound the characters of a string or the items of an array, `items` is the type of the items.
    `encoding` is `base64` for a string that contains bytes.
    `payloads` names the tables of an object, or, where `is_text`, of the object whose JSON text a string contains: one of them.
    """

    json_type: str
    minimum: int | None = None
    maximum: int | None = None
    allowed: tuple[int, ...] = ()
    least: int = 0
    most: int | None = None
    items: ValueType | None = None
    encoding: str = ""
    payloads: tuple[str, ...] = ()
    is_text: bool = False


class Field(NamedTuple):
    """A key of a payload: its name on the wire, its attribute in Python, and its values.

    `default` is what an absent key reads as; None for a required key, and for an object, which reads as one without keys.
    `hidden` says that `repr` shows only the length of the value.
    """

    key: str
    attribute: str
    type: ValueType
    required: bool = False
    default: str | int | tuple[()] | None = None
    hidden: bool = False


class Payload(NamedTuple):
    """A kind of JSON object: its known keys in the order in which they are written. Of `at_least_one` one key must be present."""

    name: str
    fields: tuple[Field, ...]
    at_least_one: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The known keys, as the wire has them."""
        return tuple(field.key for field in self.fields)

    def field(self, key: str) -> Field:
        """The field of a key. Raises KeyError for an unknown one."""
        return {field.key: field for field in self.fields}[key]


HASH: Final = "f207d0658d1b1bb1877a3f894efc693d89251e7e8c110f84939e9a60516890c0"
"""SHA-256 of the table, for native code that was generated with it."""

PAYLOADS: Final = {
    payload.name: payload
    for payload in (
        Payload(
            "account-binding",
            (Field("0", "0", ValueType("string", least=1), required=True),),
        ),
        Payload(
            "apns-config",
            (
                Field("businessID", "businessID", ValueType("integer", minimum=0, maximum=2147483647), required=True),
                Field("token", "token", ValueType("string", least=1, encoding="base64"), required=True),
                Field("isTPNSToken", "isTPNSToken", ValueType("boolean"), required=True),
            ),
        ),
        Payload(
            "c2c-call-entity",
            (
                Field("action", "action", ValueType("integer", minimum=2, maximum=2, allowed=(2,)), required=True),
                Field("chatType", "chat_type", ValueType("integer", minimum=1, maximum=1, allowed=(1,)), required=True),
                Field("sender", "sender", ValueType("string", least=1), required=True),
                Field("content", "content", ValueType("string", payloads=("signaling-content",), is_text=True), required=True),
                Field("nickname", "nickname", ValueType("string"), default="", hidden=True),
                Field("faceUrl", "face_url", ValueType("string"), default=""),
                Field("version", "version", ValueType("integer", minimum=1, maximum=1, allowed=(1,)), default=1),
                Field("sendTime", "send_time", ValueType("integer", minimum=0, maximum=9007199254740991), required=True),
                Field(
                    "customData",
                    "custom_data",
                    ValueType("array", items=ValueType("integer", minimum=-128, maximum=127)),
                    default=(),
                ),
            ),
        ),
        Payload(
            "c2c-entity",
            (
                Field("action", "action", ValueType("integer", minimum=1, maximum=2, allowed=(1, 2)), required=True),
                Field("chatType", "chat_type", ValueType("integer", minimum=1, maximum=1, allowed=(1,)), required=True),
                Field("sender", "sender", ValueType("string", least=1), required=True),
                Field("content", "content", ValueType("string"), default="", hidden=True),
                Field("nickname", "nickname", ValueType("string"), default="", hidden=True),
                Field("faceUrl", "face_url", ValueType("string"), default=""),
                Field("version", "version", ValueType("integer", minimum=1, maximum=1, allowed=(1,)), default=1),
                Field("sendTime", "send_time", ValueType("integer", minimum=0, maximum=9007199254740991), default=0),
                Field(
                    "customData",
                    "custom_data",
                    ValueType("array", items=ValueType("integer", minimum=-128, maximum=127)),
                    default=(),
                ),
            ),
        ),
        Payload(
            "call-entity",
            (
                Field("action", "action", ValueType("integer", minimum=2, maximum=2, allowed=(2,)), required=True),
                Field("chatType", "chat_type", ValueType("integer", minimum=1, maximum=2, allowed=(1, 2)), required=True),
                Field("sender", "sender", ValueType("string", least=1), required=True),
                Field(
                    "content",
                    "content",
                    ValueType("string", payloads=("group-signaling-content", "signaling-content"), is_text=True),
                    required=True,
                ),
                Field("nickname", "nickname", ValueType("string"), default="", hidden=True),
                Field("faceUrl", "face_url", ValueType("string"), default=""),
                Field("version", "version", ValueType("integer", minimum=1, maximum=1, allowed=(1,)), default=1),
                Field("sendTime", "send_time", ValueType("integer", minimum=0, maximum=9007199254740991), required=True),
                Field(
                    "customData",
                    "custom_data",
                    ValueType("array", items=ValueType("integer", minimum=-128, maximum=127)),
                    default=(),
                ),
            ),
        ),
        Payload(
            "chat-entity",
            (
                Field("action", "action", ValueType("integer", minimum=1, maximum=1, allowed=(1,)), required=True),
                Field("chatType", "chat_type", ValueType("integer", minimum=1, maximum=2, allowed=(1, 2)), required=True),
                Field("sender", "sender", ValueType("string", least=1), required=True),
                Field("content", "content", ValueType("string"), default="", hidden=True),
                Field("nickname", "nickname", ValueType("string"), default="", hidden=True),
                Field("faceUrl", "face_url", ValueType("string"), default=""),
                Field("version", "version", ValueType("integer", minimum=1, maximum=1, allowed=(1,)), default=1),
                Field("sendTime", "send_time", ValueType("integer", minimum=0, maximum=9007199254740991), default=0),
                Field(
                    "customData",
                    "custom_data",
                    ValueType("array", items=ValueType("integer", minimum=-128, maximum=127)),
                    default=(),
                ),
            ),
        ),
        Payload(
            "entity",
            (
                Field("action", "action", ValueType("integer", minimum=1, maximum=2, allowed=(1, 2)), required=True),
                Field("chatType", "chat_type", ValueType("integer", minimum=1, maximum=2, allowed=(1, 2)), required=True),
                Field("sender", "sender", ValueType("string", least=1), required=True),
                Field("content", "content", ValueType("string"), default="", hidden=True),
                Field("nickname", "nickname", ValueType("string"), default="", hidden=True),
                Field("faceUrl", "face_url", ValueType("string"), default=""),
                Field("version", "version", ValueType("integer", minimum=1, maximum=1, allowed=(1,)), default=1),
                Field("sendTime", "send_time", ValueType("integer", minimum=0, maximum=9007199254740991), default=0),
                Field(
                    "customData",
                    "custom_data",
                    ValueType("array", items=ValueType("integer", minimum=-128, maximum=127)),
                    default=(),
                ),
            ),
        ),
        Payload(
            "ext",
            (
                Field("entity", "entity", ValueType("object", payloads=("entity",)), required=True),
                Field("timPushFeatures", "tim_push_features", ValueType("object", payloads=("tim-push-features",))),
            ),
        ),
        Payload(
            "group-call-entity",
            (
                Field("action", "action", ValueType("integer", minimum=2, maximum=2, allowed=(2,)), required=True),
                Field("chatType", "chat_type", ValueType("integer", minimum=2, maximum=2, allowed=(2,)), required=True),
                Field("sender", "sender", ValueType("string", least=1), required=True),
                Field(
                    "content",
                    "content",
                    ValueType("string", payloads=("group-signaling-content",), is_text=True),
                    required=True,
                ),
                Field("nickname", "nickname", ValueType("string"), default="", hidden=True),
                Field("faceUrl", "face_url", ValueType("string"), default=""),
                Field("version", "version", ValueType("integer", minimum=1, maximum=1, allowed=(1,)), default=1),
                Field("sendTime", "send_time", ValueType("integer", minimum=0, maximum=9007199254740991), required=True),
                Field(
                    "customData",
                    "custom_data",
                    ValueType("array", items=ValueType("integer", minimum=-128, maximum=127)),
                    default=(),
                ),
            ),
        ),
        Payload(
            "group-entity",
            (
                Field("action", "action", ValueType("integer", minimum=1, maximum=2, allowed=(1, 2)), required=True),
                Field("chatType", "chat_type", ValueType("integer", minimum=2, maximum=2, allowed=(2,)), required=True),
                Field("sender", "sender", ValueType("string", least=1), required=True),
                Field("content", "content", ValueType("string"), default="", hidden=True),
                Field("nickname", "nickname", ValueType("string"), default="", hidden=True),
                Field("faceUrl", "face_url", ValueType("string"), default=""),
                Field("version", "version", ValueType("integer", minimum=1, maximum=1, allowed=(1,)), default=1),
                Field("sendTime", "send_time", ValueType("integer", minimum=0, maximum=9007199254740991), default=0),
                Field(
                    "customData",
                    "custom_data",
                    ValueType("array", items=ValueType("integer", minimum=-128, maximum=127)),
                    default=(),
                ),
            ),
        ),
        Payload(
            "group-signaling-content",
            (
                Field("action", "action", ValueType("integer", minimum=1, maximum=5, allowed=(1, 2, 3, 4, 5)), required=True),
                Field("call_id", "call_id", ValueType("string", least=1), required=True),
                Field("call_type", "call_type", ValueType("integer", minimum=1, maximum=2, allowed=(1, 2)), required=True),
                Field(
                    "invited_list",
                    "invited_list",
                    ValueType("array", least=1, items=ValueType("string", least=1)),
                    required=True,
                ),
                Field("room_id", "room_id", ValueType("integer", minimum=1, maximum=2147483647), required=True),
                Field("group_id", "group_id", ValueType("string", least=1), required=True),
                Field("timeout", "timeout", ValueType("integer", minimum=0, maximum=2147483647), required=True),
                Field("version", "version", ValueType("integer", minimum=1, maximum=2147483647), required=True),
                Field("code", "code", ValueType("integer", minimum=-2147483648, maximum=2147483647), default=0),
                Field("duration", "duration", ValueType("integer", minimum=-2147483648, maximum=2147483647), default=0),
                Field(
                    "timestamp",
                    "timestamp",
                    ValueType("integer", minimum=-9223372036854775808, maximum=9223372036854775807),
                    default=0,
                ),
                Field("sender", "sender", ValueType("string"), default=""),
                Field("data", "data", ValueType("string"), default="", hidden=True),
            ),
        ),
        Payload(
            "notification",
            (
                Field("aps", "aps", ValueType("object")),
                Field("custom", "custom", ValueType("string", payloads=("ext",), is_text=True), default=""),
                Field("ext", "ext", ValueType("string", payloads=("ext",), is_text=True), default=""),
                Field("entity", "entity", ValueType("object", payloads=("entity",))),
                Field("timPushFeatures", "timPushFeatures", ValueType("object", payloads=("tim-push-features",))),
            ),
            at_least_one=("custom", "ext", "entity"),
        ),
        Payload(
            "offline-push-info",
            (
                Field("title", "title", ValueType("string"), default="", hidden=True),
                Field("desc", "desc", ValueType("string"), default="", hidden=True),
                Field("ext", "ext", ValueType("string", payloads=("ext",), is_text=True), default="", hidden=True),
                Field("iOSSound", "ios_sound", ValueType("string"), default=""),
                Field("AndroidOPPOChannelID", "android_oppo_channel_id", ValueType("string"), default=""),
                Field("disablePush", "disable_push", ValueType("boolean"), default=False),
                Field("ignoreIOSBadge", "ignore_ios_badge", ValueType("boolean"), default=False),
                Field(
                    "AndroidVIVOClassification",
                    "android_vivo_classification",
                    ValueType("integer", minimum=0, maximum=1, allowed=(0, 1)),
                    default=0,
                ),
            ),
        ),
        Payload(
            "signaling-content",
            (
                Field("action", "action", ValueType("integer", minimum=1, maximum=5, allowed=(1, 2, 3, 4, 5)), required=True),
                Field("call_id", "call_id", ValueType("string"), required=True),
                Field("call_type", "call_type", ValueType("integer", minimum=1, maximum=2, allowed=(1, 2)), required=True),
                Field(
                    "invited_list",
                    "invited_list",
                    ValueType("array", least=1, items=ValueType("string", least=1)),
                    required=True,
                ),
                Field("room_id", "room_id", ValueType("integer", minimum=1, maximum=2147483647), required=True),
                Field("group_id", "group_id", ValueType("string"), default=""),
                Field("timeout", "timeout", ValueType("integer", minimum=0, maximum=2147483647), required=True),
                Field("version", "version", ValueType("integer", minimum=1, maximum=2147483647), required=True),
                Field("code", "code", ValueType("integer", minimum=-2147483648, maximum=2147483647), default=0),
                Field("duration", "duration", ValueType("integer", minimum=-2147483648, maximum=2147483647), default=0),
                Field(
                    "timestamp",
                    "timestamp",
                    ValueType("integer", minimum=-9223372036854775808, maximum=9223372036854775807),
                    default=0,
                ),
                Field("sender", "sender", ValueType("string"), default=""),
                Field("data", "data", ValueType("string"), default="", hidden=True),
            ),
        ),
        Payload(
            "signaling-data",
            (
                Field("room_id", "room_id", ValueType("integer", minimum=1, maximum=2147483647), required=True),
                Field("version", "version", ValueType("integer", minimum=1, maximum=2147483647), required=True),
                Field("call_type", "call_type", ValueType("integer", minimum=1, maximum=2, allowed=(1, 2)), required=True),
            ),
        ),
        Payload(
            "tim-push-features",
            (
                Field("fcmPushType", "fcm_push_type", ValueType("integer", minimum=-2147483648, maximum=2147483647), default=0),
                Field(
                    "fcmNotificationType",
                    "fcm_notification_type",
                    ValueType("integer", minimum=-2147483648, maximum=2147483647),
                    default=0,
                ),
            ),
        ),
    )
}
"""The payloads by name: the names of the schemas, and those of objects inside them."""

WIRE_NAMES: Final = MappingProxyType(
    {
        "chat_type": "chatType",
        "face_url": "faceUrl",
        "send_time": "sendTime",
        "custom_data": "customData",
        "tim_push_features": "timPushFeatures",
        "ios_sound": "iOSSound",
        "android_oppo_channel_id": "AndroidOPPOChannelID",
        "disable_push": "disablePush",
        "ignore_ios_badge": "ignoreIOSBadge",
        "android_vivo_classification": "AndroidVIVOClassification",
        "fcm_push_type": "fcmPushType",
        "fcm_notification_type": "fcmNotificationType",
    }
)
"""Attribute and wire key, where they differ."""


def wire_name(attribute: str) -> str:
    """The wire key of a Python attribute: `wire_name("chat_type") == "chatType"`."""
    return WIRE_NAMES.get(attribute, attribute)
