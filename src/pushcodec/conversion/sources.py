"""Where each form has settings, and which forms can be written."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple, Never

from pushcodec.conversion.dialects import Dialect
from pushcodec.conversion.sdk_dialects import ATOMICX, C_API, CALLKIT, FLUTTER, SDK, SDK_DUMP, V2TIM, WEB
from pushcodec.conversion.server_dialects import APS, BUNDLE, ELEMENT, REST, TPNS_PUSH, WEB_INFO
from pushcodec.documents import Carrier, Form
from pushcodec.errors import printable
from pushcodec.jsontext import JSONValue
from pushcodec.jsontext.values import Path


class Target(StrEnum):
    """The forms that can be written."""

    REST = "rest"
    SDK = "sdk"
    WEB = "web"
    TPNS_PUSH = "tpns-push"
    C_API = "c-api"

    @classmethod
    def _missing_(cls, value: object) -> Never:
        raise ValueError(f"no form that can be written is named {printable(str(value))!r}, expected one of {', '.join(cls)}")


# The dialects of forms

TARGETS: Final = MappingProxyType(
    {Target.REST: REST, Target.SDK: SDK, Target.WEB: WEB, Target.TPNS_PUSH: TPNS_PUSH, Target.C_API: C_API}
)
"""The dialect of each form that can be written."""

TARGET_FORMS: Final = MappingProxyType(
    {
        Target.REST: Carrier.REST_PUSH_INFO,
        Target.SDK: Carrier.OFFLINE_PUSH_INFO,
        Target.WEB: Carrier.WEB_PUSH_INFO,
        Target.TPNS_PUSH: Carrier.TPNS_PUSH,
        Target.C_API: Carrier.C_API_PUSH_CONFIG,
    }
)
"""The form of each document that is written."""


class Source(NamedTuple):
    """Where a form has settings: the path from its object to the object with them, and its dialect."""

    path: Path
    dialect: Dialect


_FAMILIES: Final = MappingProxyType(
    {
        "rest": REST,
        "tpns-push": TPNS_PUSH,
        "c-api": C_API,
        "sdk-dump": SDK_DUMP,
        "flutter": FLUTTER,
        "callkit": CALLKIT,
        "web": WEB,
        "atomicx": ATOMICX,
        "v2tim": V2TIM,
        "offline-push-info": SDK,
    }
)
_OTHERS: Final = MappingProxyType(
    {
        Carrier.TIMPUSH_WEBPUSH: (Source(("WebInfo",), WEB_INFO),),
        Carrier.C_API_MESSAGE: (Source(("message_offline_push_config",), C_API), Source(("message_offlie_push_config",), C_API)),
        Carrier.TPNS: (Source(("aps",), APS),),
        Carrier.APNS: (Source(("aps",), APS),),
        Carrier.OPPO_BUNDLE: (Source((), BUNDLE),),
    }
)


def sources_of(form: Form, value: dict[str, JSONValue]) -> tuple[Source, ...]:
    """The objects with settings in an object of a form, the more important first; none in forms that carry only an ext."""
    if form.name in _OTHERS:
        return _OTHERS[Carrier(form.name)]
    if form.settings == "OfflinePushInfo" and "OfflinePushInfo" not in value:
        return _elements(value.get("MsgBody"))
    path = (form.settings,) if form.settings else ()
    return (Source(path, _FAMILIES[form.family]),) if form.family in _FAMILIES else ()


def _elements(body: JSONValue) -> tuple[Source, ...]:
    """The first custom element of a message."""
    elements = body if isinstance(body, list) else []
    at = (index for index, each in enumerate(elements) if isinstance(each, dict) and each.get("MsgType") == "TIMCustomElem")
    return tuple(Source(("MsgBody", index, "MsgContent"), ELEMENT) for index in [next(at, None)] if index is not None)
