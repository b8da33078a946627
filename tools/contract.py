"""The field table of the payloads, made from `schemas/`: one `Payload` for each kind of JSON object.

`load_schemas` reads the files. `table_of` is pure: it resolves references, `allOf` and conditions, so that the table of
`group-call-entity` contains what the schemas together require of a group call. A writer (`table_writers`) turns a `Table` into
source text: `python_module` writes `src/pushcodec/contract.py`, `rust_module` the same table for a native core.

What the schemas do not contain is in this module, and nowhere else: the attribute names that do not follow from the keys
(`ATTRIBUTES`), the texts that `repr` hides (`HIDDEN`), and the combinations of schemas that have a table of their own
(`COMBINATIONS`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from pushcodec.errors import Code
from pushcodec.schemafiles import PAYLOADS

Schemas: TypeAlias = Mapping[str, Any]
"""JSON Schemas by name: `ext` is the content of `schemas/ext.json`."""

ATTRIBUTES: Final = {"iOSSound": "ios_sound"}
"""Attributes in Python that `snake_case` of the key does not give."""

DICTIONARIES: Final = frozenset({"account-binding", "apns-config", "notification", "signaling-data"})
"""Payloads without a Python class: their attributes are their keys."""

HIDDEN: Final = {
    "entity": {"content", "nickname"},
    "signaling-content": {"data"},
    "offline-push-info": {"title", "desc", "ext"},
}
"""Keys with texts that people wrote: `repr` shows only their length."""

COMBINATIONS: Final = {
    "c2c-call-entity": ("call-entity", "c2c-entity"),
    "group-call-entity": ("call-entity", "group-entity"),
}
"""Tables for objects that are valid under two schemas at once."""


class ValueType(NamedTuple):
    """The JSON values that a key allows.

    `json_type` is the name of a JSON type. `minimum` and `maximum` bound an integer; `allowed` lists its values where the schema
    lists them. `least` and `most` bound the characters of a string or the items of an array, `items` is the type of the items.
    `encoding` is `base64` for a string that contains bytes.
    `payloads` names the tables of an object, or, where `is_text`, of the object whose JSON text a string contains: one of them.
    """

    json_type: str
    minimum: int | None = None
    maximum: int | None = None
    allowed: tuple[int, ...] = ()
    least: int = 0
    most: int | None = None
    items: ValueType | None = None
    encoding: str = ""
    payloads: tuple[str, ...] = ()
    is_text: bool = False


class Field(NamedTuple):
    """A key of a payload: its name on the wire, its attribute in Python, and its values.

    `default` is what an absent key reads as; None for a required key, and for an object, which reads as one without keys.
    `hidden` says that `repr` shows only the length of the value.
    """

    key: str
    attribute: str
    type: ValueType
    required: bool = False
    default: str | int | tuple[()] | None = None
    hidden: bool = False


class Payload(NamedTuple):
    """A kind of JSON object: its known keys in the order in which they are written. Of `at_least_one` one key must be present."""

    name: str
    fields: tuple[Field, ...]
    at_least_one: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The known keys, as the wire has them."""
        return tuple(field.key for field in self.fields)

    def field(self, key: str) -> Field:
        """The field of a key. Raises KeyError for an unknown one."""
        return {field.key: field for field in self.fields}[key]


class Table(NamedTuple):
    """All payloads, and the codes of the violations for which one is refused."""

    payloads: tuple[Payload, ...]
    codes: tuple[tuple[str, str], ...]

    @property
    def hash(self) -> str:
        """SHA-256 of all entries, in hexadecimal. Two writers' outputs with the same hash contain the same table."""
        return hashlib.sha256(json.dumps(self, separators=(",", ":")).encode()).hexdigest()

    def payload(self, name: str) -> Payload:
        """The payload of a name. Raises KeyError for an unknown one."""
        return {payload.name: payload for payload in self.payloads}[name]


def load_schemas(folder: Path) -> Schemas:
    """The schemas of the payloads in a folder, by name. Those of other documents make no table."""
    return {name: json.loads((folder / f"{name}.json").read_text("utf-8")) for name in PAYLOADS}


def table_of(schemas: Schemas) -> Table:
    """The table of the schemas. Raises ValueError for a schema with a keyword that this module does not know."""
    roots = {name: [{"$ref": f"{name}.json"}] for name in schemas}
    roots |= {name: [{"$ref": f"{part}.json"} for part in parts] for name, parts in COMBINATIONS.items()}
    for reference, rule in _inline_objects(schemas):
        roots[_payload_name(reference)] = [rule]
    payloads = tuple(_payload(name, rules, schemas) for name, rules in sorted(roots.items()))
    codes = tuple((code.name, str(code)) for code in Code if code.startswith(("PC1", "PC3", "PC4")))
    return Table(payloads, codes)


def snake_case(key: str) -> str:
    """`chatType` → `chat_type`, `AndroidOPPOChannelID` → `android_oppo_channel_id`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", key).lower()


# Resolving


class _Object:
    """What the rules for one object add up to, so far."""

    def __init__(self, schemas: Schemas) -> None:
        self.schemas = schemas
        self.types: dict[str, ValueType] = {}
        self.defaults: dict[str, Any] = {}
        self.required: set[str] = set()
        self.at_least_one: tuple[str, ...] = ()
        self.undecided: list[dict[str, Any]] = []

    def add(self, rule: Any) -> None:
        """Adds a schema: its keys, and those of what it refers to."""
        _check_keywords(rule)
        if "$ref" in rule:
            self.add(_target(rule["$ref"], self.schemas))
        for part in rule.get("allOf", ()):
            self.add(part)
        for key, value in rule.get("properties", {}).items():
            if value is not True:
                self._narrow(key, _type_of(value, self.schemas))
                self.defaults |= {key: value["default"]} if "default" in value else {}
        self.required.update(rule.get("required", ()))
        self.at_least_one += tuple(each["required"][0] for each in rule.get("anyOf", ()))
        if "if" in rule:
            self.undecided.append(rule)

    def decide(self) -> None:
        """Adds the branches of the conditions that are decided by now, and at last what both branches of the others agree on."""
        while decided := [(rule, truth) for rule in self.undecided if (truth := self._is_true(rule["if"])) is not None]:
            for rule, truth in decided:
                self.undecided.remove(rule)
                self.add(rule.get("then" if truth else "else", {}))
        for rule in self.undecided:
            if "then" in rule and "else" in rule:
                one, other = (self._alone(rule[branch]) for branch in ("then", "else"))
                for key in one.types.keys() & other.types.keys():
                    self._narrow(key, _either(one.types[key], other.types[key]))
                self.required |= one.required & other.required

    def _alone(self, rule: Any) -> _Object:
        branch = _Object(self.schemas)
        branch.add(rule)
        return branch

    def _narrow(self, key: str, value: ValueType) -> None:
        self.types[key] = _both(self.types[key], value) if key in self.types else value

    def _is_true(self, condition: dict[str, Any]) -> bool | None:
        """Whether every valid object fulfils a condition; False if none does, None if that depends on the object."""
        if "not" in condition:
            inner = self._is_true(condition["not"])
            return None if inner is None else not inner
        if "required" not in condition:
            return bool(condition["type"] == "object")
        (key,) = condition["required"]
        wanted, allowed = condition["properties"][key]["const"], self.types[key].allowed
        if not allowed:
            return None
        return wanted in allowed if wanted not in allowed or (len(allowed) == 1 and key in self.required) else None


_KNOWN_KEYWORDS: Final = frozenset(
    {
        *("$ref", "allOf", "anyOf", "if", "then", "else", "type", "properties", "required", "items", "contentSchema"),
        *("enum", "const", "minimum", "maximum", "minLength", "minItems", "maxItems", "contentEncoding", "default"),
        *("pattern", "contentMediaType"),  # `pattern` states `contentEncoding`, `contentMediaType` goes with `contentSchema`
        *("$schema", "title", "description", "examples"),
    }
)


def _check_keywords(rule: dict[str, Any]) -> None:
    if unknown := rule.keys() - _KNOWN_KEYWORDS:
        raise ValueError(f"tools/contract.py does not know the keyword {min(unknown)}")


def _target(reference: str, schemas: Schemas) -> Any:
    """What a reference refers to."""
    file, _, pointer = reference.partition("#")
    target = schemas[file.removesuffix(".json")]
    for key in pointer.split("/")[1:]:
        target = target[key]
    return target


def _payload_name(reference: str) -> str:
    """The table that a reference names: `entity.json` → `entity`, `ext.json#/properties/timPushFeatures` → `tim-push-features`."""
    return snake_case(reference.rpartition("/")[2].removesuffix(".json")).replace("_", "-")


def _inline_objects(schemas: Schemas) -> Iterator[tuple[str, Any]]:
    """The objects with known keys that are written inside another schema, each with the reference to it."""
    for name, schema in schemas.items():
        for key, rule in schema.get("properties", {}).items():
            if rule is not True and "properties" in rule:
                yield f"{name}.json#/properties/{key}", rule


def _type_of(rule: dict[str, Any], schemas: Schemas) -> ValueType:
    _check_keywords(rule)
    if "$ref" in rule:
        return ValueType("object", payloads=(_payload_name(rule["$ref"]),))
    if "contentSchema" in rule:
        return ValueType("string", payloads=(_payload_name(rule["contentSchema"]["$ref"]),), is_text=True)
    if "properties" in rule:
        found = next(reference for reference, inline in _inline_objects(schemas) if inline is rule)
        return ValueType("object", payloads=(_payload_name(found),))
    allowed = tuple(rule["enum"]) if "enum" in rule else (rule["const"],) if "const" in rule else ()
    return ValueType(
        rule["type"],
        minimum=rule.get("minimum", min(allowed, default=None)),
        maximum=rule.get("maximum", max(allowed, default=None)),
        allowed=allowed,
        least=rule.get("minLength", rule.get("minItems", 0)),
        most=rule.get("maxItems"),
        items=_type_of(rule["items"], schemas) if "items" in rule else None,
        encoding=rule.get("contentEncoding", ""),
    )


def _both(one: ValueType, other: ValueType) -> ValueType:
    """The values that both types allow. Raises ValueError for two JSON types."""
    if one.json_type != other.json_type:
        raise ValueError(f"a key cannot be both {one.json_type} and {other.json_type}")
    return ValueType(
        one.json_type,
        minimum=max((each.minimum for each in (one, other) if each.minimum is not None), default=None),
        maximum=min((each.maximum for each in (one, other) if each.maximum is not None), default=None),
        allowed=tuple(sorted({*one.allowed} & {*other.allowed})) if one.allowed and other.allowed else one.allowed or other.allowed,
        least=max(one.least, other.least),
        most=min((each.most for each in (one, other) if each.most is not None), default=None),
        items=_both(one.items, other.items) if one.items and other.items else one.items or other.items,
        encoding=one.encoding or other.encoding,
        payloads=other.payloads or one.payloads,
        is_text=one.is_text or other.is_text,
    )


def _either(one: ValueType, other: ValueType) -> ValueType:
    """The values that one of two types allows. Raises ValueError where they differ in more than the payloads."""
    if one._replace(payloads=()) != other._replace(payloads=()):
        raise ValueError("both branches of a condition must have the same type for a key")
    return one._replace(payloads=tuple(sorted({*one.payloads, *other.payloads})))


# Fields


def _payload(name: str, rules: list[Any], schemas: Schemas) -> Payload:
    found = _Object(schemas)
    for rule in rules:
        found.add(rule)
    found.decide()
    family = next((base for base in HIDDEN if name.endswith(base)), "")
    fields = []
    for key, value in found.types.items():
        required = key in found.required
        hidden = key in HIDDEN.get(family, ()) and not (value.is_text and family == "entity")
        default = None if required else found.defaults.get(key, _default(value))
        attribute = key if name in DICTIONARIES else ATTRIBUTES.get(key, snake_case(key))
        fields.append(Field(key, attribute, value, required, default, hidden))
    return Payload(name, tuple(fields), found.at_least_one)


def _default(value: ValueType) -> str | int | tuple[()] | None:
    """What an absent key reads as if its schema has no `default`: an empty value, or the allowed integer that is nearest to 0."""
    match value.json_type:
        case "string":
            return ""
        case "boolean":
            return False
        case "array":
            return ()
        case "integer":
            return sorted((value.minimum or 0, 0, value.maximum or 0))[1]
    return None
