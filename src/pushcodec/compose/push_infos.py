"""The push settings of a message, which contain the text of the ext."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pushcodec.arguments import check_type
from pushcodec.codec import decode_push_info, encode_ext
from pushcodec.compose.building import decoded, refuse
from pushcodec.compose.keywords import named
from pushcodec.contract import wire_name
from pushcodec.errors import Code, Violation, printable
from pushcodec.jsontext import JSONValue
from pushcodec.models import (
    AndroidInfo,
    ApnsInfo,
    Ext,
    HarmonyInfo,
    MultiLanguageContent,
    OfflinePushInfo,
    Payload,
    RestPushInfo,
    to_wire,
)

OPPO_CHANNEL = "tuikit"
"""The OPPO channel of the guide; without a channel OPPO shows nothing."""

_ON_OPPO: Final = AndroidInfo(oppo_channel_id=OPPO_CHANNEL)


@named
def offline_push_info(
    ext: Ext,
    *,
    title: str = "",
    desc: str = "",
    custom_message: bool = False,
    ios_sound: str | None = None,
    android_oppo_channel_id: str = OPPO_CHANNEL,
    disable_push: bool | None = None,
    ignore_ios_badge: bool | None = None,
    android_vivo_classification: int | None = None,
    extra: Mapping[str, JSONValue] | None = None,
) -> OfflinePushInfo:
    """The push settings of a message: `{"title": …, "desc": …, "ext": "<JSON text>", "AndroidOPPOChannelID": "tuikit"}`.

    An attribute that is None is omitted. `extra` has members that this library does not know, under their wire names:
    `{"AndroidSound": "ring"}`. A custom message is pushed only if `desc` is set, so one without it is an error (`PC801`). Raises
    EncodeError for values that no client accepts, TypeError for an unknown keyword, ValueError for a known key in `extra`.
    """
    known = {
        "title": title,
        "desc": desc,
        "ext": encode_ext(ext),
        "ios_sound": ios_sound,
        "android_oppo_channel_id": android_oppo_channel_id,
        "disable_push": disable_push,
        "ignore_ios_badge": ignore_ios_badge,
        "android_vivo_classification": android_vivo_classification,
    }
    wire = {wire_name(name): value for name, value in known.items() if value is not None}
    info = decoded(wire | _unknown(extra, OfflinePushInfo), decode_push_info)
    refuse(push_info_violations(info, custom_message=custom_message))
    return info


@named
def rest_push_info(
    ext: Ext | str,
    *,
    title: str | None = None,
    desc: str | None = None,
    custom_message: bool = False,
    push_flag: int | None = None,
    multi_language_content: Sequence[MultiLanguageContent] | None = None,
    badge_add_num: int | None = None,
    badge_set_num: int | None = None,
    push_template_id: str | None = None,
    push_template_param: Mapping[str, JSONValue] | None = None,
    android_info: AndroidInfo | None = _ON_OPPO,
    apns_info: ApnsInfo | None = None,
    harmony_info: HarmonyInfo | None = None,
    extra: Mapping[str, JSONValue] | None = None,
) -> RestPushInfo:
    """The push settings of a message for the REST API: `{"Title": …, "Desc": …, "Ext": "<JSON text>", "AndroidInfo": {…}}`.

    `ext` is a model, or its text, which is not changed. An attribute that is None is omitted; the default `android_info` has the
    OPPO channel of the guide. `extra` has members that this library does not know, under their wire names. A custom message is
    pushed only if `desc` is set, so one without it is an error (`PC801`). Raises EncodeError for values that the API does not
    accept, TypeError for an unknown keyword, ValueError for a known key in `extra` or among the unknown keys of a part.
    """
    known = {
        "push_flag": push_flag,
        "title": title,
        "desc": desc,
        "ext": ext if isinstance(ext, str) else encode_ext(ext),
        "multi_language_content": _languages("multi_language_content", multi_language_content),
        "badge_add_num": badge_add_num,
        "badge_set_num": badge_set_num,
        "push_template_id": push_template_id,
        "push_template_param": _members("push_template_param", push_template_param),
        "android_info": _part("android_info", android_info, AndroidInfo),
        "apns_info": _part("apns_info", apns_info, ApnsInfo),
        "harmony_info": _part("harmony_info", harmony_info, HarmonyInfo, "a"),
    }
    keys = {name: str(field.alias) for name, field in RestPushInfo.model_fields.items()}
    wire = {keys[name]: value for name, value in known.items() if value is not None}
    info = decoded(wire | _unknown(extra, RestPushInfo), lambda text: decode_push_info(text, form="rest-push-info"))
    refuse(push_info_violations(info, custom_message=custom_message))
    return info


def _part(name: str, part: Payload | None, model: type[Payload], article: str = "an") -> JSONValue:
    """A part of a push info as a JSON value. Raises ValueError for an unknown key that is another spelling of a known one."""
    if part is None:
        return None
    check_type(name, part, model, f"{article} {model.__name__}")
    _unknown(part.model_extra, model, name)
    for attribute, value in part:
        if isinstance(value, Payload):
            _unknown(value.model_extra, type(value), attribute)
    return to_wire(part)


def _languages(name: str, contents: Sequence[MultiLanguageContent] | None) -> JSONValue:
    if contents is None:
        return None
    check_type(name, contents, Sequence, "a sequence of MultiLanguageContent")
    return [_part(f"an item of {name}", content, MultiLanguageContent, "a") for content in contents]


def _members(name: str, members: Mapping[str, JSONValue] | None) -> JSONValue:
    if members is None:
        return None
    check_type(name, members, Mapping, "a mapping")
    return dict(members)


def _unknown(extra: Mapping[str, JSONValue] | None, model: type[Payload], argument: str = "extra") -> dict[str, JSONValue]:
    """The members of an argument that are unknown to a model. Raises ValueError for a known key or another spelling of one."""
    if extra is None:
        return {}
    check_type(argument, extra, Mapping, "a mapping of wire names")
    known = {_folded(name): name for name in model.model_fields}
    for key in extra:
        check_type(f"a key of {argument}", key, str, "a str")
        if (name := known.get(_folded(key))) is not None:
            raise ValueError(f"{argument} has the key {printable(key, 80)!r}, which is the keyword {name!r}")
    return dict(extra)


def _folded(name: str) -> str:
    """A name without the differences between its spellings: `disablePush`, `disable_push` and `DisablePush` are one."""
    return name.replace("_", "").replace("-", "").lower()


@named
def push_info_violations(info: OfflinePushInfo | RestPushInfo, *, custom_message: bool) -> list[Violation]:
    """The violations of a push info for this kind of message, each value of which is valid by itself."""
    check_type("info", info, (OfflinePushInfo, RestPushInfo), "an OfflinePushInfo or a RestPushInfo")
    check_type("custom_message", custom_message, bool, "a bool")
    if custom_message and not info.desc:
        return [Violation(Code.CUSTOM_MESSAGE_WITHOUT_DESC, "", "expected desc to be set: a custom message is pushed only then")]
    return []
