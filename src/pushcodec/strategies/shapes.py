"""What is valid, as data: the known keys of every object, and strategies for the values that they may have.

The rules of payloads are made from the field table (`pushcodec.contract`), those of forms of documents in `envelopes`. A strategy
made from the schemas without rules shrinks badly and cannot distinguish one fault from two. The tests compare them with the codec.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from pushcodec.contract import PAYLOADS, ValueType
from pushcodec.documents import Carrier
from pushcodec.documents.marks import KEYS
from pushcodec.errors import Code
from pushcodec.jsontext import MAX_INT, MIN_INT, JSONValue, dump
from pushcodec.schemafiles import FORMS, schema

Wire: TypeAlias = dict[str, Any]
"""An object as the wire has it, known keys and unknown ones."""

# Rules


class Integer(NamedTuple):
    """A JSON integer within bounds."""

    low: int
    high: int


class String(NamedTuple):
    """A string of at least so many characters."""

    least: int = 0


class Boolean(NamedTuple):
    """True or false."""


class Word(NamedTuple):
    """One of some integers or strings."""

    allowed: tuple[int | str, ...]


class Array(NamedTuple):
    """An array of at least and at most so many items. Where `sure` is given, one item fulfils that rule."""

    items: Rule
    least: int = 0
    most: int | None = None
    sure: Rule | None = None


class Object(NamedTuple):
    """An object with required and optional keys. Those in `fixed` have the one value that makes it this kind of payload.

    The required keys in `kept` are needed for another reason than validity; it is no fault if they are absent.
    """

    required: dict[str, Rule]
    optional: dict[str, Rule]
    fixed: dict[str, int] = {}
    missing: Code = Code.MISSING_KEY
    kept: frozenset[str] = frozenset()


class Text(NamedTuple):
    """A string that contains the JSON text of an object."""

    of: Object


class Written(NamedTuple):
    """A value that contains texts in another way than a string does: `wire_type`, and the values that `write` makes of a text."""

    of: Either
    wire_type: type
    write: Callable[[str], SearchStrategy[Any]]


class Nullable(NamedTuple):
    """A value or null."""

    of: Rule


class Present(NamedTuple):
    """A value that is not null, although null would be no fault."""

    of: Rule


class Either(NamedTuple):
    """A value by one of some rules."""

    rules: tuple[Rule, ...]


class Kept(NamedTuple):
    """A value whose type near misses leave as it is; they change only what is in it."""

    of: Rule


class Free(NamedTuple):
    """A value that no rule restricts; near misses leave it as it is."""

    values: SearchStrategy[Any]


Rule: TypeAlias = Integer | String | Boolean | Word | Array | Object | Text | Written | Nullable | Present | Either | Kept | Free

# Rules from the field table


def _rule(value: ValueType) -> Rule:
    """The rule of a type, for all but objects and texts of objects."""
    match value.json_type:
        case "integer":
            return Integer(*_bounds(value))
        case "boolean":
            return Boolean()
        case "array":
            assert value.items is not None
            return Array(_item(value.items), value.least)
    return String(value.least)


def _bounds(value: ValueType) -> tuple[int, int]:
    assert value.minimum is not None
    assert value.maximum is not None
    return value.minimum, value.maximum


def _item(value: ValueType) -> Rule:
    return Integer(*_bounds(value)) if value.json_type == "integer" else String(value.least)


def _object(name: str, base: str | None = None, **others: Rule) -> Object:
    """The object of a payload. `others` has rules by key that the table alone does not give.

    Of a kind of payload that is a `base` with some integers fixed, the rule of these is that of the base: to a reader, another
    value is another kind of payload, and no fault.
    """
    required: dict[str, Rule] = {}
    optional: dict[str, Rule] = {}
    fixed = {}
    for field in PAYLOADS[name].fields:
        general = PAYLOADS[base or name].field(field.key).type
        if field.required and len(field.type.allowed) == 1 and general != field.type:
            fixed[field.key] = field.type.allowed[0]
            rule = _rule(general)
        else:
            rule = others[field.key] if field.key in others else _rule(field.type)
        (required if field.required else optional)[field.key] = rule
    return Object(required, optional, fixed)


C2C_CONTENT = _object("signaling-content")
GROUP_CONTENT = _object("group-signaling-content")
CHAT = _object("chat-entity", "entity")
C2C_CALL = _object("c2c-call-entity", "entity", content=Text(C2C_CONTENT))
GROUP_CALL = _object("group-call-entity", "entity", content=Text(GROUP_CONTENT))
ENTITIES = (CHAT, C2C_CALL, GROUP_CALL)
FEATURES = _object("tim-push-features")
EXTS = tuple(_object("ext", entity=entity, timPushFeatures=FEATURES) for entity in ENTITIES)
PUSH_INFOS = tuple(_object("offline-push-info", ext=Text(ext)) for ext in EXTS)

# Free values and keys

SCALARS: SearchStrategy[JSONValue] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(MIN_INT, MAX_INT),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
)


def _containers(items: SearchStrategy[JSONValue]) -> SearchStrategy[JSONValue]:
    return st.lists(items, max_size=3) | st.dictionaries(st.text(max_size=8), items, max_size=3)


JSON_VALUES: SearchStrategy[JSONValue] = st.recursive(SCALARS, _containers, max_leaves=6)

_WITH_KEYS = ("chat-entity", "ext", "notification", "offline-push-info", "signaling-content", "tim-push-features")
KNOWN_KEYS = frozenset(key for name in _WITH_KEYS for key in PAYLOADS[name].keys)
"""Every key that has a meaning somewhere: in an ext, in what it contains, in a notification or in a push info."""


def _keys_in(rule: Any) -> Iterator[str]:
    """The keys that a schema describes, at every level."""
    if isinstance(rule, dict):
        yield from rule.get("properties", ())
    for part in rule.values() if isinstance(rule, dict) else rule if isinstance(rule, list) else ():
        yield from _keys_in(part)


RESERVED_KEYS = KNOWN_KEYS | KEYS | {key for name in FORMS for key in _keys_in(schema(name))}
"""Every key that has a meaning in a payload, in a form of document, or for the recognition of one."""

# Unknown keys, at any level, that a sender or a developer could take for known ones.
_LOOKALIKES = st.sampled_from(
    ["", "nickName", "chat_type", "face_url", "send_time", "custom_data", "tim_push_features", "fcm_push_type", "model_extra"]
)
UNKNOWN_KEYS: SearchStrategy[str] = st.text(max_size=8).filter(lambda key: key not in RESERVED_KEYS) | _LOOKALIKES
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
        case Boolean():
            return st.booleans()
        case Word(allowed):
            return st.sampled_from(allowed)
        case Array():
            return _arrays(rule)
        case Text(of):
            return texts(of)
        case Written(contained, _, write):
            return values(contained).flatmap(write)
        case Nullable(inner):
            return values(inner) | st.none()
        case Either(rules):
            return st.one_of(*map(values, rules))
        case Present(inner) | Kept(inner):
            return values(inner)
        case Free(free):
            return free
    return objects(rule)


def _arrays(rule: Array) -> SearchStrategy[list[Any]]:
    most = 3 if rule.most is None else min(3, rule.most)
    if rule.sure is None:
        return st.lists(values(rule.items), min_size=rule.least, max_size=most)
    others = st.lists(values(rule.items) | values(rule.sure), max_size=most - 1)
    return st.builds(inserted, others, values(rule.sure))


def inserted(items: list[Any], item: Any) -> list[Any]:
    """The items with one more, not always at an end."""
    return [*items[1:], item, *items[:1]]


def objects(rule: Object) -> SearchStrategy[Wire]:
    """The objects that a rule allows, unknown keys behind the known ones or before them, or everything in reverse."""
    return st.deferred(lambda: _objects(rule))


def _objects(rule: Object) -> SearchStrategy[Wire]:
    required = {key: st.just(rule.fixed[key]) if key in rule.fixed else values(of) for key, of in rule.required.items()}
    optional = {key: values(of) for key, of in rule.optional.items()}
    return st.builds(_arranged, st.fixed_dictionaries(required, optional=optional), _UNKNOWN, st.integers(0, 2))


def texts(rule: Object) -> SearchStrategy[str]:
    """The JSON texts of the objects that a rule allows."""
    return objects(rule).flatmap(written)


def _arranged(known: Wire, unknown: Wire, arrangement: int) -> Wire:
    members = {**unknown, **known} if arrangement == 1 else {**known, **unknown}
    return dict(reversed(members.items())) if arrangement == 2 else members


# Ways to write a text


def write_ascii(value: object) -> str:
    """With white space; every character that is not ASCII as `\\uXXXX`."""
    return json.dumps(value)


def write_ios(value: object) -> str:
    """As NSJSONSerialization prints it: two spaces of indent, `"key" : value`, `/` as `\\/`."""
    return json.dumps(value, ensure_ascii=False, indent=2, separators=(",", " : ")).replace("/", "\\/")


def write_gson(value: object) -> str:
    """As Gson writes it on Android: compact, `< > & = '` as `\\u00xx`."""
    return dump(value).translate({ord(character): f"\\u{ord(character):04x}" for character in "<>&='"})


WRITERS = (dump, write_gson, write_ascii, write_ios)


def written(value: object) -> SearchStrategy[str]:
    """The JSON texts that senders write for one value; the compact one is the simplest."""
    return st.sampled_from(WRITERS).map(lambda write: write(value))
