"""The payloads' vocabulary: the numbers that carry a meaning, and the wire's names for what Python spells in snake_case."""

from __future__ import annotations

from enum import IntEnum
from types import MappingProxyType


class Action(IntEnum):
    """What a tap does; entity key `action`.

    Source: `REDIRECT_ACTION_CHAT`, `REDIRECT_ACTION_CALL` (Android), `APNs_Business_NormalMsg`, `APNs_Business_Call` (iOS),
    TIMSDK@6.0.1975.
    """

    CHAT = 1
    CALL = 2


class ChatType(IntEnum):
    """Whom a message goes to; entity key `chatType`. Source: `V2TIM_C2C`, `V2TIM_GROUP`, TIMSDK@6.0.1975."""

    C2C = 1
    GROUP = 2


class SignalingAction(IntEnum):
    """What a signaling content tells the callee; key `action`. Source: `SignalingActionType`, TIMSDK@6.0.1975."""

    INVITE = 1
    CANCEL = 2
    ACCEPT = 3
    REJECT = 4
    TIMEOUT = 5


class CallType(IntEnum):
    """What kind of call rings; signaling key `call_type`. Source: `CallType` of the call kit, TIMSDK@6.0.1975."""

    AUDIO = 1
    VIDEO = 2


# The one alias map: attribute -> wire key, for every key whose two spellings differ. Signaling keys are snake_case on the wire.
WIRE_NAMES = MappingProxyType(
    {
        "chat_type": "chatType",
        "face_url": "faceUrl",
        "send_time": "sendTime",
        "custom_data": "customData",
        "tim_push_features": "timPushFeatures",
        "fcm_push_type": "fcmPushType",
        "fcm_notification_type": "fcmNotificationType",
        "ios_sound": "iOSSound",
        "android_oppo_channel_id": "AndroidOPPOChannelID",
        "android_vivo_classification": "AndroidVIVOClassification",
        "disable_push": "disablePush",
        "ignore_ios_badge": "ignoreIOSBadge",
    }
)


def wire_name(attribute: str) -> str:
    """The wire key of a Python attribute: `wire_name("chat_type") == "chatType"`."""
    return WIRE_NAMES.get(attribute, attribute)
