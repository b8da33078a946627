"""The settings of a push, independent of a form, and how forms write their values.

A setting has one type of value: a `str`, a `bool`, an `int` or an object. Forms write it in different ways: the REST API has 0
and 1 where SDKs have booleans, and some numbers are strings of digits. A codec converts between the two.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from pushcodec.jsontext import ABSENT, JSONValue, Maybe


class Setting(StrEnum):
    """What a push can be given, whatever form it has."""

    SWITCHED_OFF = "switched off"
    TITLE = "title"
    TEXT = "text"
    EXT = "ext"
    BADGE = "number of the badge"

    IOS_TITLE = "title on iOS"
    IOS_SUBTITLE = "subtitle on iOS"
    IOS_SOUND = "sound on iOS"
    IOS_IMAGE = "picture on iOS"
    IOS_BADGE_IGNORED = "not counted for the badge on iOS"
    IOS_VOIP = "VoIP push on iOS"
    IOS_MUTABLE = "mutable content on iOS"
    IOS_BACKGROUND = "content available on iOS"
    IOS_INTERRUPTION = "interruption level on iOS"

    ANDROID_TITLE = "title on Android"
    ANDROID_SOUND = "sound on Android"
    ANDROID_NOTIFY_MODE = "notify mode on Android"
    OPPO_CHANNEL = "OPPO channel"
    OPPO_CATEGORY = "OPPO category"
    OPPO_LEVEL = "OPPO notify level"
    OPPO_STYLE = "OPPO push style"
    OPPO_TEMPLATE = "OPPO template"
    OPPO_TITLE_VALUES = "values of the OPPO template's title"
    OPPO_TEXT_VALUES = "values of the OPPO template's text"
    XIAOMI_CHANNEL = "Xiaomi channel"
    VIVO_CLASS = "vivo classification"
    VIVO_CATEGORY = "vivo category"
    VIVO_NOTIFY_TYPE = "vivo notify type"
    HUAWEI_CHANNEL = "Huawei channel"
    HUAWEI_CATEGORY = "Huawei category"
    HUAWEI_IMPORTANCE = "Huawei importance"
    HUAWEI_IMAGE = "Huawei picture"
    HUAWEI_EXT_AS_PARAMETER = "ext as a parameter of Huawei's intent"
    HONOR_IMPORTANCE = "Honor importance"
    HONOR_IMAGE = "Honor picture"
    FCM_CHANNEL = "FCM channel"
    FCM_IMAGE = "FCM picture"
    FCM_PRIORITY = "FCM priority"
    MEIZU_NOTIFY_TYPE = "Meizu notify type"

    HARMONY_TITLE = "title on HarmonyOS"
    HARMONY_CATEGORY = "category on HarmonyOS"
    HARMONY_IMAGE = "picture on HarmonyOS"
    HARMONY_SOUND = "sound on HarmonyOS"
    HARMONY_SOUND_SECONDS = "duration of the sound on HarmonyOS"
    HARMONY_BADGE_IGNORED = "not counted for the badge on HarmonyOS"


_DEFAULTS: Final = MappingProxyType(
    {
        Setting.SWITCHED_OFF: False,
        Setting.IOS_VOIP: False,
        Setting.IOS_MUTABLE: False,
        Setting.IOS_BACKGROUND: False,
        Setting.ANDROID_NOTIFY_MODE: 0,
        Setting.OPPO_STYLE: 0,
        Setting.VIVO_CLASS: 1,
        Setting.VIVO_NOTIFY_TYPE: 4,
        Setting.HARMONY_BADGE_IGNORED: False,
    }
)


def is_default(setting: Setting, value: JSONValue) -> bool:
    """Whether a setting with this value has the effect of one that is absent: its default, or an empty text that is not an ext."""
    if isinstance(value, str):
        return not value and setting is not Setting.EXT
    return setting in _DEFAULTS and value == _DEFAULTS[setting]


class Codec(NamedTuple):
    """How a form writes the values of a setting.

    - `read`: the setting's value for a value of the form, `ABSENT` for one that no setting can have
    - `write`: the value of the form, `ABSENT` if the form has none for this one
    - `expected`: the values that are read, in words
    """

    read: Callable[[JSONValue], Maybe]
    write: Callable[[JSONValue], Maybe]
    expected: str


def _checked(expected: str, accepts: Callable[[JSONValue], bool]) -> Codec:
    """A codec for values that the form writes as the setting has them."""

    def checked(value: JSONValue) -> Maybe:
        return value if accepts(value) else ABSENT

    return Codec(checked, checked, expected)


Scalar: TypeAlias = "bool | int | str"


def _mapped(expected: str, values: dict[tuple[type, Scalar], Scalar]) -> Codec:
    """A codec for a few values of the form, each with its type; of those for one value of the setting the first one is written."""
    inverse = {inner: wire for (_, wire), inner in reversed(values.items())}

    def read(value: JSONValue) -> Maybe:
        return values.get((type(value), value), ABSENT) if isinstance(value, bool | int | str) else ABSENT

    def write(value: JSONValue) -> Maybe:
        return inverse.get(value, ABSENT) if isinstance(value, bool | int | str) else ABSENT

    return Codec(read, write, expected)


TEXT: Final = _checked("a string", lambda value: isinstance(value, str))
OBJECT: Final = _checked("an object", lambda value: isinstance(value, dict))
INTEGER: Final = _checked("an integer", lambda value: type(value) is int)
BOOLEAN: Final = _checked("a boolean", lambda value: isinstance(value, bool))
INVERSE: Final = Codec(
    lambda value: not value if isinstance(value, bool) else ABSENT,
    lambda value: not value,
    "a boolean",
)
ZERO_OR_ONE: Final = _mapped("0 or 1", {(int, 0): False, (int, 1): True})
FLAG: Final = _mapped("a boolean, 0 or 1", {(int, 0): False, (int, 1): True, (bool, False): False, (bool, True): True})
"""For keys whose type no document gives."""

TPNS_BADGE: Final = _mapped("-1 or -2", {(int, -1): True, (int, -2): False})
"""TPNS leaves the badge as it is (-1) or adds 1 to it (-2)."""


def words(*allowed: str) -> Codec:
    """A codec for one of a few strings."""
    return _checked(f"one of {', '.join(allowed)}", lambda value: value in allowed if isinstance(value, str) else False)


def numbers(*allowed: int) -> Codec:
    """A codec for one of a few integers."""
    return _checked(f"one of {', '.join(map(str, allowed))}", lambda value: type(value) is int and value in allowed)


def between(low: int, high: int) -> Codec:
    """A codec for an integer in a range."""
    return _checked(f"an integer from {low} to {high}", lambda value: type(value) is int and low <= value <= high)


def digits(*allowed: int) -> Codec:
    """A codec for one of a few integers that the form writes as strings."""
    values: dict[tuple[type, Scalar], Scalar] = {(str, str(each)): each for each in allowed}
    return _mapped(f"a string, one of {', '.join(map(str, allowed))}", values)
