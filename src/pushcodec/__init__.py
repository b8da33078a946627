"""The codec and validator for the notification payloads of Tencent Cloud IM offline push, with a mirror of the client.

Five verbs: `decode_…` / `encode_…` (is this a valid payload, and what does it say?), `receive` / `route` (what would the
reference client do with it?), `iter_violations` (what is wrong, and where?), `compose` (what should a sender send?), `find_ext`
(which carrier is this?).

Names are resolved on first use: `import pushcodec` loads no third-party package.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from pushcodec.version import __version__ as __version__

if TYPE_CHECKING:
    from pushcodec import arrow as arrow
    from pushcodec import compose as compose
    from pushcodec import fast as fast
    from pushcodec import lint as lint
    from pushcodec import report as report
    from pushcodec import spark as spark
    from pushcodec import strategies as strategies
    from pushcodec.clients.comparison import Comparison as Comparison
    from pushcodec.clients.comparison import compare as compare
    from pushcodec.clients.comparison import simulate as simulate
    from pushcodec.clients.effects import Effect as Effect
    from pushcodec.clients.effects import EffectKind as EffectKind
    from pushcodec.clients.effects import Unavoidable as Unavoidable
    from pushcodec.clients.ios.outcomes import ClientCrash as ClientCrash
    from pushcodec.clients.ios.outcomes import DeferredC2CCall as DeferredC2CCall
    from pushcodec.clients.ios.outcomes import ExpiredCall as ExpiredCall
    from pushcodec.clients.ios.outcomes import JoinGroupCall as JoinGroupCall
    from pushcodec.clients.ios.outcomes import OpenC2CChat as OpenC2CChat
    from pushcodec.clients.ios.outcomes import OpenGroupChat as OpenGroupChat
    from pushcodec.clients.ios.outcomes import Route as Route
    from pushcodec.clients.ios.outcomes import SignalingInfo as SignalingInfo
    from pushcodec.clients.ios.outcomes import UnreadableCall as UnreadableCall
    from pushcodec.clients.ios.outcomes import UnroutedChat as UnroutedChat
    from pushcodec.clients.ios.routing import receive as receive
    from pushcodec.clients.ios.routing import route as route
    from pushcodec.clients.outcomes import Ignored as Ignored
    from pushcodec.clients.table import CLIENTS as CLIENTS
    from pushcodec.codec import decode_entity as decode_entity
    from pushcodec.codec import decode_ext as decode_ext
    from pushcodec.codec import decode_push_info as decode_push_info
    from pushcodec.codec import decode_signaling_content as decode_signaling_content
    from pushcodec.codec import encode_entity as encode_entity
    from pushcodec.codec import encode_ext as encode_ext
    from pushcodec.codec import encode_push_info as encode_push_info
    from pushcodec.codec import encode_signaling_content as encode_signaling_content
    from pushcodec.conversion import Converted as Converted
    from pushcodec.conversion import Loss as Loss
    from pushcodec.conversion import convert as convert
    from pushcodec.conversion import convert_all as convert_all
    from pushcodec.documents import Carried as Carried
    from pushcodec.documents import Carrier as Carrier
    from pushcodec.documents import find_ext as find_ext
    from pushcodec.documents import find_exts as find_exts
    from pushcodec.enums import Action as Action
    from pushcodec.enums import CallType as CallType
    from pushcodec.enums import ChatType as ChatType
    from pushcodec.enums import SignalingAction as SignalingAction
    from pushcodec.errors import Code as Code
    from pushcodec.errors import DecodeError as DecodeError
    from pushcodec.errors import EncodeError as EncodeError
    from pushcodec.errors import OversizedError as OversizedError
    from pushcodec.errors import PushCodecError as PushCodecError
    from pushcodec.errors import SeveralExtsError as SeveralExtsError
    from pushcodec.errors import Violation as Violation
    from pushcodec.inspection import iter_violations as iter_violations
    from pushcodec.jsontext import ABSENT as ABSENT
    from pushcodec.jsontext import Absent as Absent
    from pushcodec.jsontext import JSONValue as JSONValue
    from pushcodec.jsontext import Limits as Limits
    from pushcodec.models import AndroidInfo as AndroidInfo
    from pushcodec.models import ApnsInfo as ApnsInfo
    from pushcodec.models import CallEntity as CallEntity
    from pushcodec.models import ChatEntity as ChatEntity
    from pushcodec.models import Entity as Entity
    from pushcodec.models import Ext as Ext
    from pushcodec.models import HarmonyInfo as HarmonyInfo
    from pushcodec.models import LiveActivity as LiveActivity
    from pushcodec.models import MultiLanguageContent as MultiLanguageContent
    from pushcodec.models import OfflinePushInfo as OfflinePushInfo
    from pushcodec.models import RestPushInfo as RestPushInfo
    from pushcodec.models import SignalingContent as SignalingContent
    from pushcodec.models import TimPushFeatures as TimPushFeatures
    from pushcodec.models import to_wire as to_wire
    from pushcodec.schemafiles import schema as schema
    from pushcodec.sizes import SizeReport as SizeReport
    from pushcodec.sizes import size_report as size_report


# Where each public name lives.
_HOMES = {
    "clients.comparison": ("Comparison", "compare", "simulate"),
    "clients.effects": ("Effect", "EffectKind", "Unavoidable"),
    "clients.ios.outcomes": (
        "ClientCrash",
        "DeferredC2CCall",
        "ExpiredCall",
        "JoinGroupCall",
        "OpenC2CChat",
        "OpenGroupChat",
        "Route",
        "SignalingInfo",
        "UnreadableCall",
        "UnroutedChat",
    ),
    "clients.ios.routing": ("receive", "route"),
    "clients.outcomes": ("Ignored",),
    "clients.table": ("CLIENTS",),
    "codec": (
        "decode_entity",
        "decode_ext",
        "decode_push_info",
        "decode_signaling_content",
        "encode_entity",
        "encode_ext",
        "encode_push_info",
        "encode_signaling_content",
    ),
    "conversion": ("Converted", "Loss", "convert", "convert_all"),
    "documents": ("Carried", "Carrier", "find_ext", "find_exts"),
    "enums": ("Action", "CallType", "ChatType", "SignalingAction"),
    "errors": ("Code", "DecodeError", "EncodeError", "OversizedError", "PushCodecError", "SeveralExtsError", "Violation"),
    "jsontext": ("ABSENT", "Absent", "JSONValue", "Limits"),
    "models": (
        "AndroidInfo",
        "ApnsInfo",
        "CallEntity",
        "ChatEntity",
        "Entity",
        "Ext",
        "HarmonyInfo",
        "LiveActivity",
        "MultiLanguageContent",
        "OfflinePushInfo",
        "RestPushInfo",
        "SignalingContent",
        "TimPushFeatures",
        "to_wire",
    ),
    "schemafiles": ("schema",),
    "sizes": ("SizeReport", "size_report"),
    "inspection": ("iter_violations",),
}
_MODULES = ("compose", "fast", "lint")
# Modules that need an extra, and its package. Without it their import raises an ImportError that names the extra. They are not in
# `__all__`: `from pushcodec import *` works without any extra.
_EXTRA_MODULES = {"arrow": "pyarrow", "report": "pyarrow", "spark": "pyspark", "strategies": "hypothesis"}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = ["__version__", *_MODULES, *_HOME_OF]  # names of strings, built from the table above


def __getattr__(name: str) -> object:
    if name in _MODULES or name in _EXTRA_MODULES:
        return import_module(f"pushcodec.{name}")
    if name not in _HOME_OF:
        raise AttributeError(f"module 'pushcodec' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"pushcodec.{_HOME_OF[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, *(name for name, package in _EXTRA_MODULES.items() if _is_installed(package))])


def _is_installed(package: str) -> bool:
    from importlib.util import find_spec  # loaded only where it is used

    return sys.modules.get(package) is not None or find_spec(package) is not None  # `find_spec` raises for a module without one
