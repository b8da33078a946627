"""The keys of the forms that SDKs and their wrappers read.

Sources: the documents named in the schemas' descriptions (`schemas/`). Where a form has several keys for a setting, one is written
and the others are only read. The values of `vendorParams` are in a JSON text of their own.
"""

from __future__ import annotations

from typing import Final

from pushcodec.conversion.dialects import (
    CLASS,
    IMPORTANCE,
    LEVELS,
    OPPO_LEVEL,
    PRIORITY,
    Dialect,
    Filler,
    Keys,
    Line,
    at,
    only_read,
)
from pushcodec.conversion.server_dialects import rest_android
from pushcodec.conversion.settings import BOOLEAN, FLAG, INTEGER, INVERSE, OBJECT, ZERO_OR_ONE, Setting, numbers

# SDKs and their wrappers


def _flags(off: str = "disablePush") -> tuple[Line, ...]:
    return (
        at(Setting.SWITCHED_OFF, off, BOOLEAN),
        at(Setting.IOS_BADGE_IGNORED, "ignoreIOSBadge", BOOLEAN),
        at(Setting.IOS_SOUND, "iOSSound"),
        at(Setting.IOS_VOIP, "iOSPushType", ZERO_OR_ONE),
    )


def _first_androids(android: str) -> tuple[Line, ...]:
    """The keys for Android that all SDKs and call kits have."""
    return (
        at(Setting.ANDROID_SOUND, f"{android}Sound"),
        at(Setting.OPPO_CHANNEL, f"{android}OPPOChannelID"),
        at(Setting.FCM_CHANNEL, f"{android}FCMChannelID"),
        at(Setting.XIAOMI_CHANNEL, f"{android}XiaoMiChannelID"),
        at(Setting.VIVO_CLASS, f"{android}VIVOClassification", CLASS),
        at(Setting.HUAWEI_CATEGORY, f"{android}HuaWeiCategory"),
    )


def _native(android: str, harmony: str) -> tuple[Line, ...]:
    """The keys of the native push info, whose spelling differs between the SDK and its wrappers."""
    return (
        *_flags(),
        at(Setting.IOS_IMAGE, "iOSImage"),
        at(Setting.IOS_INTERRUPTION, "iOSInterruptionLevel", LEVELS),
        at(Setting.IOS_BACKGROUND, "enableIOSBackgroundNotification", BOOLEAN),
        *_first_androids(android),
        at(Setting.OPPO_CATEGORY, f"{android}OPPOCategory"),
        at(Setting.OPPO_LEVEL, f"{android}OPPONotifyLevel", OPPO_LEVEL),
        at(Setting.VIVO_CATEGORY, f"{android}VIVOCategory"),
        at(Setting.HUAWEI_IMAGE, f"{android}HuaWeiImage"),
        at(Setting.HONOR_IMAGE, f"{android}HonorImage"),
        at(Setting.HONOR_IMPORTANCE, f"{android}HonorImportance", IMPORTANCE),
        at(Setting.FCM_IMAGE, f"{android}FCMImage"),
        at(Setting.MEIZU_NOTIFY_TYPE, f"{android}MeizuNotifyType", CLASS),
        at(Setting.HARMONY_IMAGE, f"{harmony}Image"),
        at(Setting.HARMONY_CATEGORY, f"{harmony}Category"),
        at(Setting.HARMONY_BADGE_IGNORED, "ignoreHarmonyBadge", BOOLEAN),
    )


def _vendor_params(group: str) -> tuple[Line, ...]:
    return (
        at(Setting.FCM_PRIORITY, f"{group}/fcmPriority", PRIORITY),
        at(Setting.VIVO_NOTIFY_TYPE, f"{group}/vivoNotifyType", numbers(1, 2, 3, 4)),
        at(Setting.OPPO_TEMPLATE, f"{group}/oppoTemplateId"),
        at(Setting.OPPO_TITLE_VALUES, f"{group}/oppoTitleParam", OBJECT),
        at(Setting.OPPO_TEXT_VALUES, f"{group}/oppoContentParam", OBJECT),
    )


def _shown(text: str, ext: str) -> tuple[Line, ...]:
    return at(Setting.TITLE, "title"), at(Setting.TEXT, text), at(Setting.EXT, ext)


SDK: Final = Dialect(
    *_shown("desc", "ext"),
    *_native("Android", "Harmony"),
    *_vendor_params("vendorParams"),
    texts=("vendorParams",),
    fillers=(Filler("disablePush", False), Filler("title", "")),
)
FLUTTER: Final = Dialect(
    *_shown("desc", "ext"),
    *_native("android", "harmony"),
    at(Setting.OPPO_CHANNEL, "AndroidOPPOChannelID"),
    *_vendor_params("vendorParams"),
    texts=("vendorParams",),
)
ATOMICX: Final = Dialect(
    *_shown("description", "extensionInfo/ext"),
    *(line._replace(keys=("extensionInfo", *line.keys)) for line in _native("Android", "Harmony")),
)
V2TIM: Final = Dialect(*_shown("desc", "clickPayload"), *_vendor_params("notification"), texts=("notification",))
CALLKIT: Final = Dialect(
    at(Setting.TITLE, "title"), at(Setting.TEXT, "desc"), *_flags("isDisablePush"), *_first_androids("android")
)
WEB: Final = Dialect(
    at(Setting.SWITCHED_OFF, "disablePush", BOOLEAN),
    at(Setting.IOS_VOIP, "disableVoipPush", INVERSE),
    *_shown("description", "extension"),
    at(Setting.IOS_BADGE_IGNORED, "ignoreIOSBadge", BOOLEAN),
    at(Setting.OPPO_CHANNEL, "androidOPPOChannelID"),
    at(Setting.FCM_CHANNEL, "androidFCMChannelID"),
    *(
        line._replace(is_written=line.setting not in (Setting.OPPO_CHANNEL, Setting.FCM_CHANNEL))
        for line in rest_android("androidInfo", sound="sound")
    ),
    at(Setting.IOS_SOUND, "apnsInfo/sound"),
    at(Setting.IOS_IMAGE, "apnsInfo/image"),
    at(Setting.IOS_INTERRUPTION, "apnsInfo/interruptionLevel", LEVELS),
    at(Setting.IOS_BACKGROUND, "apnsInfo/contentAvailable", FLAG),
    *only_read(
        at(Setting.IOS_SOUND, "iOSSound"),
        at(Setting.IOS_VOIP, "iOSPushType", ZERO_OR_ONE),
        at(Setting.IOS_VOIP, "apnsInfo/isVoipPush", FLAG),
        at(Setting.IOS_VOIP, "apnsInfo/disableVoipPush", INVERSE),
        at(Setting.IOS_BADGE_IGNORED, "apnsInfo/badgeMode", FLAG),
        at(Setting.IOS_BADGE_IGNORED, "apnsInfo/ignoreIOSBadge", BOOLEAN),
        at(Setting.ANDROID_SOUND, "androidSound"),
        at(Setting.XIAOMI_CHANNEL, "androidXiaoMiChannelID"),
        at(Setting.HUAWEI_CATEGORY, "androidHuaWeiCategory"),
        at(Setting.VIVO_CATEGORY, "androidVIVOCategory"),
        at(Setting.VIVO_CLASS, "androidVIVOClassification", CLASS),
        at(Setting.FCM_CHANNEL, "androidInfo/FCMChannelID"),
    ),
    fillers=(Filler("disablePush", False), Filler("androidInfo", {})),
)
SDK_DUMP: Final = Dialect(
    *_shown("description", "extension"),
    at(Setting.SWITCHED_OFF, "pushFlag", ZERO_OR_ONE),
    at(Setting.ANDROID_TITLE, "androidConfig/title"),
    at(Setting.ANDROID_SOUND, "androidConfig/soundFilePath"),
    at(Setting.ANDROID_NOTIFY_MODE, "androidConfig/notifyMode", INTEGER),
    at(Setting.OPPO_CHANNEL, "androidConfig/oppoChannelID"),
    at(Setting.VIVO_CLASS, "androidConfig/vivoClassification", CLASS),
    at(Setting.IOS_TITLE, "apnsConfig/title"),
    at(Setting.IOS_SOUND, "apnsConfig/soundFilePath"),
    at(Setting.IOS_BADGE_IGNORED, "apnsConfig/badgeMode", ZERO_OR_ONE),
    at(Setting.IOS_VOIP, "apnsConfig/iOSPushType", ZERO_OR_ONE),
)

# The C API


def _c_api(*lines: Line) -> tuple[Line, ...]:
    """The lines with the prefixes that the C API repeats in front of each key."""
    return tuple(line._replace(keys=_prefixed(*line.keys)) for line in lines)


def _prefixed(first: str, *rest: str) -> Keys:
    prefix = "offline_push_config_"
    return (prefix + first, *(f"{first.removesuffix('config')}{prefix}{key}" for key in rest))


C_API: Final = Dialect(
    *_c_api(
        at(Setting.TITLE, "title"),
        at(Setting.TEXT, "desc"),
        at(Setting.EXT, "ext"),
        at(Setting.SWITCHED_OFF, "flag", ZERO_OR_ONE),
        at(Setting.IOS_TITLE, "ios_config/title"),
        at(Setting.IOS_SOUND, "ios_config/sound"),
        at(Setting.IOS_BADGE_IGNORED, "ios_config/ignore_badge", BOOLEAN),
        at(Setting.IOS_VOIP, "ios_config/push_type", ZERO_OR_ONE),
        at(Setting.IOS_IMAGE, "ios_config/image"),
        at(Setting.ANDROID_TITLE, "android_config/title"),
        at(Setting.ANDROID_SOUND, "android_config/sound"),
        at(Setting.ANDROID_NOTIFY_MODE, "android_config/notify_mode", INTEGER),
        at(Setting.OPPO_CHANNEL, "android_config/oppo_channel_id"),
        at(Setting.VIVO_CLASS, "android_config/vivo_classification", CLASS),
        at(Setting.VIVO_CATEGORY, "android_config/vivo_category"),
        at(Setting.XIAOMI_CHANNEL, "android_config/xiaomi_channel_id"),
        at(Setting.FCM_CHANNEL, "android_config/fcm_channel_id"),
        at(Setting.HUAWEI_CATEGORY, "android_config/huawei_category"),
    ),
    fillers=(Filler("offline_push_config_flag", 0),),
)
