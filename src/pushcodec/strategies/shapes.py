"""What is valid, as data: the known keys of every object, and strategies for the values that they may have.

Restates `docs/contract.md`, "What is valid", by hand: a strategy made from a schema shrinks badly, and could not tell one fault
from two. The tests hold it against the codec.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple, TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from pushcodec.contract import wire_name
from pushcodec.documents import Carrier
from pushcodec.errors import Code
from pushcodec.jsontext import MAX_INT, MIN_INT, JSONValue, dump
from pushcodec.models import CallEntity, ChatEntity, Ext, OfflinePushInfo, SignalingContent, TimPushFeatures

Wire: TypeAlias = dict[str, Any]
"""An object as the wire has it, known keys and unknown ones."""

# Rules


class Integer(NamedTuple):
    """A JSON integer within bounds."""

    low: int
    high: int


class String(NamedTuple):
    """A string of so many characters at least."""

    least: int = 0


class Array(NamedTuple):
    """An array of so many items at least."""

    items: Integer | String
    least: int = 0


class Object(NamedTuple):
    """An object with the keys that it must and may have; those of `fixed` have the one value that makes it what it is."""

    required: dict[str, Rule]
    optional: dict[str, Rule]
    fixed: dict[str, int] = {}
    missing: Code = Code.MISSING_KEY


class Text(NamedTuple):
    """A string that holds the JSON text of an object."""

    of: Object


class Free(NamedTuple):
    """A value that nobody looks at."""

    values: SearchStrategy[Any]


Rule: TypeAlias = Integer | String | Array | Object | Text | Free

INT32 = Integer(-(2**31), 2**31 - 1)
POSITIVE_INT32 = Integer(1, 2**31 - 1)
SECONDS = Integer(0, 2**53 - 1)
NAME = String(1)

_SIGNALING_REQUIRED: dict[str, Rule] = {
    "action": Integer(1, 5),
    "call_id": String(),
    "call_type": Integer(1, 2),
    "invited_list": Array(NAME, 1),
    "room_id": POSITIVE_INT32,
    "timeout": Integer(0, 2**31 - 1),
    "version": POSITIVE_INT32,
}
_SIGNALING_OPTIONAL: dict[str, Rule] = {
    "code": INT32,
    "duration": INT32,
    "timestamp": Integer(-(2**63), 2**63 - 1),
    "sender": String(),
    "data": String(),
}
C2C_CONTENT = Object(_SIGNALING_REQUIRED, {"group_id": String(), **_SIGNALING_OPTIONAL})
GROUP_CONTENT = Object({**_SIGNALING_REQUIRED, "call_id": NAME, "group_id": NAME}, _SIGNALING_OPTIONAL)

_ENTITY_REQUIRED: dict[str, Rule] = {"action": Integer(1, 2), "chatType": Integer(1, 2), "sender": NAME}
_ENTITY_OPTIONAL: dict[str, Rule] = {
    "nickname": String(),
    "faceUrl": String(),
    "version": Integer(1, 1),
    "customData": Array(Integer(-128, 127)),
}


def _call(chat_type: int, content: Object) -> Object:
    required: dict[str, Rule] = {**_ENTITY_REQUIRED, "content": Text(content), "sendTime": SECONDS}
    return Object(required, _ENTITY_OPTIONAL, {"action": 2, "chatType": chat_type})


CHAT = Object(_ENTITY_REQUIRED, {**_ENTITY_OPTIONAL, "content": String(), "sendTime": SECONDS}, {"action": 1})
C2C_CALL = _call(1, C2C_CONTENT)
GROUP_CALL = _call(2, GROUP_CONTENT)
ENTITIES = (CHAT, C2C_CALL, GROUP_CALL)

FEATURES = Object({}, {"fcmPushType": INT32, "fcmNotificationType": INT32})


EXTS = tuple(Object({"entity": entity}, {"timPushFeatures": FEATURES}) for entity in ENTITIES)

_PUSH_INFO: dict[str, Rule] = {
    "title": String(),
    "desc": String(),
    "iOSSound": String(),
    "AndroidOPPOChannelID": String(),
    "disablePush": Free(st.booleans()),
    "ignoreIOSBadge": Free(st.booleans()),
    "AndroidVIVOClassification": Integer(0, 1),
}
PUSH_INFOS = tuple(Object({}, {**_PUSH_INFO, "ext": Text(ext)}) for ext in EXTS)

# Free values and keys

_SCALARS: SearchStrategy[JSONValue] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(MIN_INT, MAX_INT),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
)


def _containers(items: SearchStrategy[JSONValue]) -> SearchStrategy[JSONValue]:
    return st.lists(items, max_size=3) | st.dictionaries(st.text(max_size=8), items, max_size=3)


JSON_VALUES: SearchStrategy[JSONValue] = st.recursive(_SCALARS, _containers, max_leaves=6)

_MODELS = (Ext, TimPushFeatures, ChatEntity, CallEntity, SignalingContent, OfflinePushInfo)
KNOWN_KEYS = frozenset({"aps", "custom", "ext"} | {wire_name(name) for model in _MODELS for name in model.model_fields})
"""Every key that means something somewhere: in an ext, in what it contains, in a carrier or in a push info."""

# What a sender or a developer could take for a known key, at any level.
_LOOKALIKES = st.sampled_from(
    ["", "nickName", "chat_type", "face_url", "send_time", "custom_data", "tim_push_features", "fcm_push_type", "model_extra"]
)
UNKNOWN_KEYS: SearchStrategy[str] = st.text(max_size=8).filter(lambda key: key not in KNOWN_KEYS) | _LOOKALIKES
_UNKNOWN = st.dictionaries(UNKNOWN_KEYS, JSON_VALUES, max_size=3)

# Carriers

_APPLE: dict[str, Rule] = {"aps": Free(st.dictionaries(st.sampled_from(["alert", "badge", "sound"]), JSON_VALUES, max_size=2))}


def _carried(key: str) -> tuple[Object, ...]:
    return tuple(Object({key: Text(ext)}, _APPLE, missing=Code.NO_PAYLOAD) for ext in EXTS)


NOTIFICATIONS = {
    Carrier.TPNS: _carried("custom"),
    Carrier.APNS: _carried("ext"),
    Carrier.LEGACY: tuple(Object(ext.required, {**_APPLE, **ext.optional}, missing=Code.NO_PAYLOAD) for ext in EXTS),
}
"""The notifications of each carrier."""

# Values that a rule allows


def values(rule: Rule) -> SearchStrategy[Any]:
    """The values that a rule allows; of an object with unknown keys too."""
    match rule:
        case Integer(low, high):
            return st.integers(low, high)
        case String(least):
            return st.text(min_size=least, max_size=8)
        case Array(items, least):
            return st.lists(values(items), min_size=least, max_size=3)
        case Text(of):
            return texts(of)
        case Free(free):
            return free
    return objects(rule)


def objects(rule: Object) -> SearchStrategy[Wire]:
    """The objects that a rule allows, unknown keys behind the known ones or before them, or everything in reverse."""
    required = {key: st.just(rule.fixed[key]) if key in rule.fixed else values(of) for key, of in rule.required.items()}
    optional = {key: values(of) for key, of in rule.optional.items()}
    return st.builds(_arranged, st.fixed_dictionaries(required, optional=optional), _UNKNOWN, st.integers(0, 2))


def texts(rule: Object) -> SearchStrategy[str]:
    """The JSON texts of the objects that a rule allows."""
    return objects(rule).flatmap(spelt)


def _arranged(known: Wire, unknown: Wire, arrangement: int) -> Wire:
    members = {**unknown, **known} if arrangement == 1 else {**known, **unknown}
    return dict(reversed(members.items())) if arrangement == 2 else members


# Spellings


def spell_ascii(value: object) -> str:
    """With white space, everything that is not ASCII as `\\uXXXX`."""
    return json.dumps(value)


def spell_ios(value: object) -> str:
    """As NSJSONSerialization prints it: two spaces of indent, `"key" : value`, `/` as `\\/`."""
    return json.dumps(value, ensure_ascii=False, indent=2, separators=(",", " : ")).replace("/", "\\/")


def spell_gson(value: object) -> str:
    """As Gson writes it on Android: compact, `< > & = '` as `\\u00xx`."""
    return dump(value).translate({ord(character): f"\\u{ord(character):04x}" for character in "<>&='"})


SPELLINGS = (dump, spell_gson, spell_ascii, spell_ios)


def spelt(value: object) -> SearchStrategy[str]:
    """The JSON texts by which senders say one value; the compact one is the simplest."""
    return st.sampled_from(SPELLINGS).map(lambda spell: spell(value))
