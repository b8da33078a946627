"""Whether the value of a form certainly fits its schema, by types of msgspec that are made of the schema once.

The exts in the form are strings here. `clear` looks at what they contain.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Final, Literal, Union

from msgspec import UNSET, Meta, ValidationError, convert, defstruct, field

from pushcodec.jsontext import JSONValue
from pushcodec.schemafiles import target


def fits(value: JSONValue, schema: str, *, known_only: bool) -> bool:
    """Whether a value certainly fits the schema with a name, and under `known_only` has known keys only. False if unknown."""
    found = _type_of(schema, known_only)
    if found is None:
        return False
    try:
        convert(value, found)
    except ValidationError:
        return False
    return True


class _NoTypeError(Exception):
    """A schema has a keyword that no type of msgspec has."""


@cache
def _type_of(schema: str, known_only: bool) -> Any:
    """The type of a schema, None if there is none."""
    try:
        return _type({"$ref": f"{schema}.json"}, known_only)
    except _NoTypeError:
        return None


_IGNORED: Final = frozenset({"$schema", "title", "description", "examples", "contentMediaType"})
_NOT_NULL: Final = {"not": {"type": "null"}}
_EXTS: Final = ({"$ref": "ext.json"}, {"$ref": "entity.json"})


def _type(rule: Any, known_only: bool) -> Any:
    if rule is True:
        return Any
    parts = {key: part for key, part in rule.items() if key not in _IGNORED}
    if parts.keys() == {"$ref"}:
        return _type(target(parts["$ref"]), known_only)
    if parts.keys() == {"if", "then"} and parts["if"] == _NOT_NULL:
        return _type(parts["then"], known_only) | None
    if parts.keys() == {"if", "then", "else"} and parts["if"].keys() == {"type"}:
        return Union[_type(parts["then"], known_only), _type(parts["else"], known_only)]  # noqa: UP007  # also of what is no class
    if not parts:
        return Any
    names = parts.pop("type", "")  # a schema without types has none that is known
    each = (_of_one_type(name, parts, known_only) for name in (names if isinstance(names, list) else [names]))
    return Union[tuple(each)]  # noqa: UP007


def _of_one_type(name: str, rule: Mapping[str, Any], known_only: bool) -> Any:
    """The type of values with one JSON type that a schema allows."""
    if "enum" in rule:
        return None if name == "null" else Literal[tuple(each for each in rule["enum"] if each is not None)]
    if name not in _TYPES or not rule.keys() <= _KEYWORDS or rule.get("contentSchema", _EXTS[0]) not in _EXTS:
        raise _NoTypeError
    if name == "object":
        return _object(rule, known_only) if "properties" in rule else dict[str, Any]
    if name == "array":
        items = _type(rule.get("items", True), known_only)
        return Annotated[list[items], _meta(rule, min_length="minItems", max_length="maxItems")]  # type: ignore[valid-type]
    if name == "string":
        return Annotated[str, _meta(rule, min_length="minLength", pattern="pattern")]
    if name == "integer":
        return Annotated[int, _meta(rule, ge="minimum", le="maximum")]
    return _TYPES[name]


_TYPES: Final[Mapping[str, Any]] = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": None}
_KEYWORDS: Final = frozenset(
    {"properties", "required", "items", "minItems", "maxItems", "minLength", "pattern", "minimum", "maximum", "contentSchema"}
)


def _meta(rule: Mapping[str, Any], **keywords: str) -> Meta:
    return Meta(**{name: rule[keyword] for name, keyword in keywords.items() if keyword in rule})


def _object(rule: Mapping[str, Any], known_only: bool) -> Any:
    """A class with the keys of an object; those that are not required may be absent."""
    required = rule.get("required", ())
    fields = [
        (f"key_{at}", _type(each, known_only), field(name=key) if key in required else field(default=UNSET, name=key))
        for at, (key, each) in enumerate(rule["properties"].items())
    ]
    return defstruct("Form", fields, forbid_unknown_fields=known_only, kw_only=True)
