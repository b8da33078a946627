"""What is valid in each form of document, as rules: from its schema, its marks and the places of its exts.

A document of a form has the marks of one of the ways to recognise it, and an ext in one or several of its places. The keys by which
it would have an earlier form are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations
from typing import Any, Final
from urllib.parse import quote

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from pushcodec.documents import FORMS, Carrier, Form, Storage
from pushcodec.documents.forms import SEPARATOR, Mark, Marks, Place
from pushcodec.documents.table import LATE_MARKS
from pushcodec.jsontext import DEFAULT_LIMITS, MAX_INT, MIN_INT
from pushcodec.schemafiles import schema
from pushcodec.strategies import shapes
from pushcodec.strategies.faults import types_of
from pushcodec.strategies.parts import Parts, bare, part_at, with_part, without_part
from pushcodec.strategies.shapes import (
    JSON_VALUES,
    Array,
    Boolean,
    Either,
    Free,
    Integer,
    Kept,
    Nullable,
    Object,
    Rule,
    String,
    Text,
    Word,
    Written,
    values,
)

# Rules from schemas

_EXT: Final = Either(shapes.EXTS)
_ENTITY: Final = Either(shapes.ENTITIES)
_EXT_TEXT: Final = Either(tuple(map(Text, shapes.EXTS)))
_ENTITY_TEXT: Final = Either(tuple(map(Text, shapes.ENTITIES)))
_PAYLOADS: Final[dict[str, Rule]] = {
    "ext.json": _EXT,
    "entity.json": _ENTITY,
    "ext.json#/properties/timPushFeatures": shapes.FEATURES,
}
_TEXTS: Final[dict[str, Rule]] = {"ext.json": _EXT_TEXT, "entity.json": _ENTITY_TEXT}


def rule_of(described: dict[str, Any]) -> Rule:
    """The rule of a schema, for the keywords that the schemas of forms have."""
    match described:
        case {"$ref": name}:
            return _PAYLOADS[name] if name in _PAYLOADS else rule_of(_referred(name))
        case {"if": _, "then": one, "else": other}:
            return Either((rule_of(one), rule_of(other)))
        case {"if": _, "then": unless_null}:
            return Nullable(rule_of(unless_null))
        case {"type": [name, "null"], **others}:
            return Nullable(rule_of({"type": name, **others}))
        case {"enum": allowed}:
            return Word(tuple(value for value in allowed if value is not None))
        case {"contentSchema": {"$ref": name}}:
            return _TEXTS[name]
        case {"type": str(name)}:
            return _BY_TYPE[name](described)
    return Free(JSON_VALUES)


def _referred(reference: str) -> dict[str, Any]:
    """The schema that a reference names: a file of `schemas/`, or a part of one."""
    name, _, path = reference.partition(".json")
    target = schema(name)
    for key in path.removeprefix("#").split("/")[1:]:
        target = target[key]
    return target


def _object(described: dict[str, Any]) -> Object:
    rules = {key: rule_of(rule) for key, rule in described.get("properties", {}).items()}
    required = described.get("required", ())
    optional = {key: rule for key, rule in rules.items() if key not in required}
    return Object({key: rules[key] for key in required}, optional)


def _array(described: dict[str, Any]) -> Array:
    return Array(rule_of(described.get("items", {})), described.get("minItems", 0), described.get("maxItems"))


_BY_TYPE: Final[dict[str, Callable[[dict[str, Any]], Rule]]] = {
    "object": _object,
    "array": _array,
    "string": lambda _: String(),
    "boolean": lambda _: Boolean(),
    "integer": lambda described: Integer(described.get("minimum", MIN_INT), described.get("maximum", MAX_INT)),
}

# What is at the places of exts


def _signed_bytes(text: str) -> SearchStrategy[list[int]]:
    """The UTF-8 bytes of a text as Java has them; none of a text with more bytes than an array may have items."""
    signed = [byte - 256 if byte > 127 else byte for byte in text.encode()]
    return st.just(signed).filter(lambda found: len(found) <= DEFAULT_LIMITS.max_items)


def _links(text: str) -> SearchStrategy[str]:
    escaped = quote(text, safe="")
    return st.sampled_from((f"intent:#Intent;S.ext={escaped};end", f"xgscheme://a/b?c=d&customContent={escaped}"))


_PLACED: Final[dict[Storage, Rule]] = {
    Storage.TEXT: _EXT_TEXT,
    Storage.ENTITY_TEXT: _ENTITY_TEXT,
    Storage.ANY_TEXT: Either((*_EXT_TEXT.rules, *_ENTITY_TEXT.rules)),
    Storage.BYTES: Written(_EXT_TEXT, list, _signed_bytes),
    Storage.LINK: Written(_EXT_TEXT, str, _links),
}

# The documents of a form


@dataclass(frozen=True, eq=False)
class Envelope:
    """A rule for documents of a form, all of which are recognised by the same marks and have their exts in the same places."""

    form: Form
    rule: Rule
    places: tuple[Place, ...]

    @cached_property
    def values(self) -> SearchStrategy[Any]:
        """The values that the rule allows. The strategy is made once, because that takes longer than to draw from it."""
        return values(self.rule)


@st.composite
def envelopes(draw: DrawFn, carrier: Carrier) -> Envelope:
    """The rules of a form: every way to recognise it, with every combination of places of its exts."""
    marks = draw(st.sampled_from(ways(carrier)))
    some = draw(st.sampled_from(list(combinations(marks.some, marks.least)))) if marks.some else ()
    return draw(st.sampled_from(_envelopes(carrier, marks, some)))


@cache
def ways(carrier: Carrier) -> tuple[Marks, ...]:
    """The ways to recognise a form by something valid. One that allows no unknown key is left out; another one includes it."""
    late = (marks for name, marks in LATE_MARKS if name is carrier)
    return tuple(marks for marks in (*FORMS[carrier].marks, *late) if not marks.only) or (Marks(),)


@cache
def _envelopes(carrier: Carrier, marks: Marks, some: tuple[Mark, ...]) -> tuple[Envelope, ...]:
    form = FORMS[carrier]
    found = []
    for root in _roots(form):
        possible = [place for place in form.places if part_at(root, _parts(place.path)).rule is not None]
        for count in range(min(1, len(possible)), len(possible) + 1):
            for places in combinations(possible, count):
                rule = _narrowed(root, form, marks, some, places)
                found += [Envelope(form, bare(rule), places)] if rule is not None else []
    return tuple(found)


def _roots(form: Form) -> tuple[Rule, ...]:
    """The rules of a form's object, before its marks and places are considered."""
    match form.name:
        case Carrier.EXT:
            return shapes.EXTS
        case Carrier.ENTITY:
            return shapes.ENTITIES
        case Carrier.SIGNALING_CONTENT:
            return shapes.C2C_CONTENT, shapes.GROUP_CONTENT
        case Carrier.LEGACY:
            return shapes.NOTIFICATIONS[Carrier.LEGACY]
    return (rule_of(schema(form.schema)),)


def _narrowed(root: Rule, form: Form, way: Marks, some: tuple[Mark, ...], places: tuple[Place, ...]) -> Rule | None:
    """The rule with the marks of a way, of its optional ones only some, and only these places; None if they exclude each other."""
    rule = root
    for place in places:
        if place.storage in _PLACED:
            rule = with_part(rule, _parts(place.path), lambda _, storage=place.storage: _PLACED[storage])  # type: ignore[misc]
    for mark in (*way.all, *some):
        rule = _with_mark(rule, mark)
    for path in (*way.none, *_paths_left_out(rule, form, places)):
        if part_at(rule, _parts(path)).is_certain:
            return None
        rule = without_part(rule, _parts(path))
    for key in _keys_of_earlier_forms(rule, form, way):
        rule = without_part(rule, (key,))
    return rule


def _paths_left_out(rule: Rule, form: Form, places: tuple[Place, ...]) -> list[str]:
    """The paths at which nothing may be, so that only these places have an ext."""
    found = [place.unless for place in places if place.unless is not None]
    for place in form.places:
        if place not in places and (place.unless is None or not part_at(rule, _parts(place.unless)).is_certain):
            found.append(place.path)
    return found


def _parts(path: str) -> Parts:
    return tuple(path.split(SEPARATOR)) if path else ()


# Marks


def _with_mark(rule: Rule, mark: Mark) -> Rule:
    """The rule, so that its values have a mark."""
    parts = _parts(mark.path)
    if mark.type == "custom element":
        rule = with_part(rule, (*parts, "*", "MsgType"), lambda _: Kept(Word(("TIMCustomElem",))), keep=True)
        return with_part(rule, (*parts, "*", "MsgContent", "Desc"), lambda of: of, keep=True)
    if mark.path.endswith("*"):
        return rule  # any key with a beginning; that of the ext has it
    if mark.type == "any":
        return with_part(rule, parts, lambda of: of, keep=True)
    return with_part(rule, parts, lambda of: Kept(bare(of) if types_of(of) else String()), keep=True)


_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "array": (list,),
    "custom element": (list,),
    "object": (dict,),
    "number": (int,),
    "string": (str,),
    "object text": (str,),
    "entity text": (str,),
    "any entity text": (str,),
    "entity": (str, dict),
    "certain entity": (str, dict),
    "likely entity": (str, dict),
}
"""The types that the value of a mark can have, as Python has them."""


def _keys_of_earlier_forms(rule: Rule, form: Form, way: Marks) -> Iterator[str]:
    """The optional keys with which an object of a form could have the marks of an earlier one."""
    for other, marks in _before(form, way):
        needed = [mark for mark in marks.all if not _has(rule, mark)]
        some = [mark for mark in marks.some if not _has(rule, mark)]
        lacking = max(0, marks.least - (len(marks.some) - len(some))) if marks.some else 0
        if (
            other is form
            or not all(_can_have(rule, mark) for mark in needed)
            or sum(_can_have(rule, mark) for mark in some) < lacking
            or any(part_at(rule, _parts(path)).is_certain for path in marks.none)
        ):
            continue
        left_out = needed[-1:] or [mark for mark in some if _can_have(rule, mark)]
        yield from (_parts(mark.path)[0] for mark in left_out)


def _before(form: Form, way: Marks) -> Iterator[tuple[Form, Marks]]:
    """The ways to recognise forms that come before one way to recognise a form."""
    late = [(FORMS[name], marks) for name, marks in LATE_MARKS]
    for carrier, other in FORMS.items():
        for each in (*(late if carrier is Carrier.EXT else ()), *((other, marks) for marks in other.marks)):
            if each == (form, way):
                return
            yield each


def _has(rule: Rule, mark: Mark) -> bool:
    """Whether every value of a rule has a mark."""
    return part_at(rule, _parts(mark.path)).is_certain and _can_have(rule, mark)


def _can_have(rule: Rule, mark: Mark) -> bool:
    """Whether a value of a rule can have a mark, as far as types say it."""
    of = part_at(rule, _parts(mark.path)).rule
    if of is None or mark.type == "any":
        return of is not None
    return not types_of(of) or not types_of(of).isdisjoint(_TYPES[mark.type])
