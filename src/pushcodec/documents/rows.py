"""Marks that several forms share, and functions that make rows which have much in common."""

from __future__ import annotations

from typing import Final

from pushcodec.documents.forms import Carrier, Form, Mark, Marks, Place, Setting, Storage

# Marks

LOWER_ANDROID: Final = tuple(
    Mark(f"android{name}")
    for name in (
        *("Sound", "OPPOChannelID", "OPPOCategory", "OPPONotifyLevel", "VIVOCategory", "VIVOClassification", "FCMChannelID"),
        *("FCMImage", "XiaoMiChannelID", "HuaWeiCategory", "HuaWeiImage", "HonorImage", "HonorImportance", "MeizuNotifyType"),
    )
)
REST: Final = Mark("OfflinePushInfo", "object")
ELEMENT: Final = Mark("MsgBody", "custom element")
ONE_TARGET, TARGETS, GROUP = Mark("To_Account", "string"), Mark("To_Account", "array"), Mark("GroupId")
BODY: Final = Mark("MsgBody")
TEXTS: Final = (Mark("title", "string"), Mark("desc", "string"))
OPENIM: Final = ("ex", "iOSPushSound", "iOSBadgeCount")
"""Keys of the push info of another product, OpenIM."""
OPENIM_INSIDE: Final = tuple(f"offlinePushInfo/{key}" for key in OPENIM)
NATIVE: Final = (
    Mark("AndroidOPPOChannelID", "string"),
    Mark("AndroidVIVOClassification"),
    Mark("disablePush"),
    Mark("ignoreIOSBadge"),
    Mark("iOSSound", "string"),
    Mark("vendorParams", "string"),
)
PUSH_INFO_KEYS: Final = frozenset({"ext", *(mark.path for mark in (*TEXTS, *NATIVE))})
EXT_KEYS: Final = frozenset({"entity", "aps", "custom", "ext", "xg", "timPushFeatures", "conversationID", "userData"})
SIGNALING: Final = tuple(map(Mark, ("call_id", "call_type", "invited_list", "room_id")))
VENDOR_PARAMS: Final = tuple(map(Mark, ("fcmPriority", "oppoTemplateId", "oppoTitleParam", "oppoContentParam", "vivoNotifyType")))

# Rows that have much in common


def rest(carrier: Carrier, title: str, *marks: Marks, at: str = "OfflinePushInfo") -> Form:
    """A request with the push settings of the REST API under a key, or these settings by themselves."""
    inside = f"{at}/" if at else ""
    elements = (Place("MsgBody/*/MsgContent/Ext", unless="OfflinePushInfo", in_schema=False),) if at == "OfflinePushInfo" else ()
    return Form(
        carrier,
        title,
        family="rest",
        schema=carrier,
        marks=marks,
        places=(Place(f"{inside}Ext"), *elements),
        titles=(f"{inside}Title",),
        texts=(f"{inside}Desc",),
        oppo_channels=(f"{inside}AndroidInfo/OPPOChannelID",),
        phones=at,
        switched_off=(Setting(f"{inside}PushFlag", 1),),
        settings=at,
    )


def c_api(carrier: Carrier, title: str, *marks: Marks, at: tuple[str, ...] = ("",)) -> Form:
    """A message of the C API with its push settings under one of some keys, or these settings by themselves."""
    inside = [f"{key}/offline_push_config_" if key else "offline_push_config_" for key in at]
    channel = "android_config/android_offline_push_config_oppo_channel_id"
    return Form(
        carrier,
        title,
        family="c-api",
        schema=carrier,
        marks=marks,
        places=tuple(Place(f"{each}ext") for each in inside),
        titles=tuple(f"{each}title" for each in inside),
        texts=tuple(f"{each}desc" for each in inside),
        oppo_channels=tuple(each + channel for each in inside),
        switched_off=tuple(Setting(f"{each}flag", 1) for each in inside),
        settings=at[0],
    )


OFF: Final = Setting("disablePush", True)
"""The setting that switches a push off in most SDKs."""


def push_info(
    carrier: Carrier,
    title: str,
    family: str,
    *marks: Marks,
    at: str = "",
    ext: str | None,
    text: str,
    channels: tuple[str, ...],
    off: Setting = OFF,
    storage: Storage = Storage.TEXT,
) -> Form:
    """The push settings of an SDK or a wrapper, under a key or by themselves."""
    inside = f"{at}/" if at else ""
    return Form(
        carrier,
        title,
        family=family,
        schema=carrier,
        marks=marks,
        places=() if ext is None else (Place(inside + ext, storage, in_schema=storage is Storage.TEXT),),
        titles=(f"{inside}title",),
        texts=(inside + text,),
        oppo_channels=tuple(inside + channel for channel in channels),
        switched_off=(Setting(inside + off.path, off.value),),
        settings=at,
    )


WEB_SETTINGS: Final = tuple(map(Mark, ("disablePush", "ignoreIOSBadge", "iOSSound", "iOSPushType")))
WEB_CHANNELS: Final = ("androidOPPOChannelID", "androidInfo/OPPOChannelID")
DUMP_FLAG: Final = Setting("pushFlag", 1)
