"""The keys of the forms that a server reads or delivers: the REST API, TPNS, and Apple's part of a notification.

Sources: the documents named in the schemas' descriptions (`schemas/`).
"""

from __future__ import annotations

from typing import Final

from pushcodec.conversion.dialects import CLASS, IMPORTANCE, LEVELS, OPPO_LEVEL, PRIORITY, Dialect, Filler, Line, at
from pushcodec.conversion.settings import OBJECT, TPNS_BADGE, ZERO_OR_ONE, Setting, between, digits

# REST


def rest_android(group: str, sound: str = "Sound") -> tuple[Line, ...]:
    """The keys of AndroidInfo."""
    return (
        at(Setting.ANDROID_SOUND, f"{group}/{sound}"),
        at(Setting.OPPO_STYLE, f"{group}/PushStyle", CLASS),
        at(Setting.XIAOMI_CHANNEL, f"{group}/XiaoMiChannelID"),
        at(Setting.OPPO_CHANNEL, f"{group}/OPPOChannelID"),
        at(Setting.OPPO_CATEGORY, f"{group}/OPPOCategory"),
        at(Setting.OPPO_LEVEL, f"{group}/OPPONotifyLevel", OPPO_LEVEL),
        at(Setting.OPPO_TEMPLATE, f"{group}/OPPOPrivateMsgTemplateId"),
        at(Setting.OPPO_TITLE_VALUES, f"{group}/OPPOPrivateTitleParameters", OBJECT),
        at(Setting.OPPO_TEXT_VALUES, f"{group}/OPPOPrivateContentParameters", OBJECT),
        at(Setting.VIVO_CLASS, f"{group}/VIVOClassification", CLASS),
        at(Setting.VIVO_CATEGORY, f"{group}/VIVOCategory"),
        at(Setting.VIVO_NOTIFY_TYPE, f"{group}/VIVONotifyType", digits(1, 2, 3, 4)),
        at(Setting.HUAWEI_IMPORTANCE, f"{group}/HuaWeiImportance", IMPORTANCE),
        at(Setting.HUAWEI_CATEGORY, f"{group}/HuaWeiCategory"),
        at(Setting.HUAWEI_IMAGE, f"{group}/HuaWeiImage"),
        at(Setting.HUAWEI_CHANNEL, f"{group}/HuaWeiChannelID"),
        at(Setting.HUAWEI_EXT_AS_PARAMETER, f"{group}/ExtAsHuaweiIntentParam", ZERO_OR_ONE),
        at(Setting.HONOR_IMPORTANCE, f"{group}/HonorImportance", IMPORTANCE),
        at(Setting.HONOR_IMAGE, f"{group}/HonorImage"),
        at(Setting.FCM_IMAGE, f"{group}/GoogleImage"),
        at(Setting.FCM_PRIORITY, f"{group}/GooglePriority", PRIORITY),
        at(Setting.FCM_CHANNEL, f"{group}/GoogleChannelID"),
        at(Setting.MEIZU_NOTIFY_TYPE, f"{group}/MeiZuNoticeMsgType", CLASS),
    )


REST: Final = Dialect(
    at(Setting.SWITCHED_OFF, "PushFlag", ZERO_OR_ONE),
    at(Setting.TITLE, "Title"),
    at(Setting.TEXT, "Desc"),
    at(Setting.EXT, "Ext"),
    at(Setting.BADGE, "BadgeSetNum", between(0, 999)),
    *rest_android("AndroidInfo"),
    at(Setting.IOS_SOUND, "ApnsInfo/Sound"),
    at(Setting.IOS_BADGE_IGNORED, "ApnsInfo/BadgeMode", ZERO_OR_ONE),
    at(Setting.IOS_TITLE, "ApnsInfo/Title"),
    at(Setting.IOS_SUBTITLE, "ApnsInfo/SubTitle"),
    at(Setting.IOS_IMAGE, "ApnsInfo/Image"),
    at(Setting.IOS_MUTABLE, "ApnsInfo/MutableContent", ZERO_OR_ONE),
    at(Setting.IOS_INTERRUPTION, "ApnsInfo/InterruptionLevel", LEVELS),
    at(Setting.IOS_BACKGROUND, "ApnsInfo/ContentAvailable", ZERO_OR_ONE),
    at(Setting.IOS_VOIP, "ApnsInfo/IsVoipPush", ZERO_OR_ONE),
    at(Setting.HARMONY_TITLE, "HarmonyInfo/Title"),
    at(Setting.HARMONY_CATEGORY, "HarmonyInfo/Category"),
    at(Setting.HARMONY_IMAGE, "HarmonyInfo/Image"),
    at(Setting.HARMONY_SOUND, "HarmonyInfo/Sound"),
    at(Setting.HARMONY_SOUND_SECONDS, "HarmonyInfo/SoundDuration", between(1, 60)),
    fillers=(Filler("PushFlag", 0),),
)

WEB_INFO: Final = Dialect(at(Setting.TITLE, "Title"), at(Setting.TEXT, "Desc"), at(Setting.EXT, "Ext"))

ELEMENT: Final = Dialect(
    at(Setting.TEXT, "Desc"),
    at(Setting.EXT, "Ext"),
    at(Setting.IOS_SOUND, "Sound"),
    others=("Data",),
)
"""The settings of a custom element, which count where there is no OfflinePushInfo."""

# TPNS, Apple and OPPO

TPNS_PUSH: Final = Dialect(
    at(Setting.TITLE, "title"),
    at(Setting.TEXT, "content"),
    at(Setting.EXT, "android/custom_content"),
    at(Setting.OPPO_CHANNEL, "android/oppo_ch_id"),
    at(Setting.XIAOMI_CHANNEL, "android/xm_ch_id"),
    at(Setting.HUAWEI_CHANNEL, "android/hw_ch_id"),
    at(Setting.VIVO_CLASS, "android/vivo_ch_id", digits(0, 1)),
    at(Setting.ANDROID_SOUND, "android/ring_raw"),
    at(Setting.BADGE, "android/badge_type", between(0, 99)),
    at(Setting.EXT, "ios/custom_content"),
    at(Setting.IOS_SUBTITLE, "ios/aps/alert/subtitle"),
    at(Setting.IOS_SOUND, "ios/aps/sound"),
    at(Setting.BADGE, "ios/aps/badge_type", between(0, 999)),
    at(Setting.IOS_BADGE_IGNORED, "ios/aps/badge_type", TPNS_BADGE),
    at(Setting.IOS_MUTABLE, "ios/aps/mutable-content", ZERO_OR_ONE),
)

APS: Final = Dialect(
    at(Setting.TITLE, "alert/title"),
    at(Setting.IOS_SUBTITLE, "alert/subtitle"),
    at(Setting.TEXT, "alert/body"),
    at(Setting.TEXT, "alert"),
    at(Setting.IOS_SOUND, "sound"),
    at(Setting.BADGE, "badge", between(0, 999)),
    at(Setting.IOS_MUTABLE, "mutable-content", ZERO_OR_ONE),
    at(Setting.IOS_BACKGROUND, "content-available", ZERO_OR_ONE),
    at(Setting.IOS_INTERRUPTION, "interruption-level", LEVELS),
)
"""Apple's part of a notification."""

BUNDLE: Final = Dialect()
"""What OPPO hands over beside the entity: keys of the ext, none of which is a setting."""
