"""The push settings of a message, which contain the text of the ext."""

from __future__ import annotations

from collections.abc import Mapping

from pushcodec.arguments import check_type
from pushcodec.codec import decode_push_info, encode_ext
from pushcodec.compose.building import decoded, refuse
from pushcodec.compose.keywords import named
from pushcodec.contract import wire_name
from pushcodec.errors import Code, Violation, printable
from pushcodec.jsontext import JSONValue
from pushcodec.models import Ext, OfflinePushInfo

OPPO_CHANNEL = "tuikit"
"""The OPPO channel of the guide; without a channel OPPO shows nothing."""


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
    info = decoded(wire | _unknown(extra), decode_push_info)
    refuse(push_info_violations(info, custom_message=custom_message))
    return info


def _unknown(extra: Mapping[str, JSONValue] | None) -> dict[str, JSONValue]:
    """The members of `extra`. Raises ValueError for a key that is a known one or another spelling of one."""
    if extra is None:
        return {}
    check_type("extra", extra, Mapping, "a mapping of wire names")
    known = {_folded(name): name for name in OfflinePushInfo.model_fields}
    for key in extra:
        check_type("a key of extra", key, str, "a str")
        if (name := known.get(_folded(key))) is not None:
            raise ValueError(f"extra has the key {printable(key, 80)!r}, which is the keyword {name!r}")
    return dict(extra)


def _folded(name: str) -> str:
    """A name without the differences between its spellings: `disablePush`, `disable_push` and `DisablePush` are one."""
    return name.replace("_", "").replace("-", "").lower()


@named
def push_info_violations(info: OfflinePushInfo, *, custom_message: bool) -> list[Violation]:
    """The violations of a push info for this kind of message, each value of which is valid by itself."""
    check_type("info", info, OfflinePushInfo, "an OfflinePushInfo")
    check_type("custom_message", custom_message, bool, "a bool")
    if custom_message and not info.desc:
        return [Violation(Code.CUSTOM_MESSAGE_WITHOUT_DESC, "", "expected desc to be set: a custom message is pushed only then")]
    return []
