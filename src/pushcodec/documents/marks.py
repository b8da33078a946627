"""Which form the marks of an object are those of, and which marks an object without a form lacks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from pushcodec.documents.forms import SEPARATOR, Carrier, Form, Mark, Marks, value_at, values_at
from pushcodec.documents.table import FORMS, LATE_MARKS, OUTERMOST_MARKS
from pushcodec.jsontext.values import ABSENT, WHITE_SPACE, JSONValue, Maybe, json_type

Object = dict[str, JSONValue]


class _Rule(NamedTuple):
    """One way to recognise a form."""

    form: Form
    marks: Marks


def _in_order() -> Iterator[_Rule]:
    """Every way to recognise a form; of several that apply, the first one counts."""
    late = [_Rule(FORMS[carrier], marks) for carrier, marks in LATE_MARKS]
    for carrier, form in FORMS.items():
        if carrier is Carrier.EXT:
            yield from late
        yield from (_Rule(form, marks) for marks in form.marks)


_RULES: Final = tuple(_in_order())
_OUTERMOST_RULES: Final = tuple(_Rule(FORMS[carrier], marks) for carrier, marks in OUTERMOST_MARKS)


def _needed(marks: Marks) -> tuple[Mark, ...]:
    """Marks of which an object must have one, so that these marks can be fulfilled."""
    return marks.all[:1] or marks.some


def _first_key(mark: Mark) -> str:
    return mark.path.split(SEPARATOR)[0]


def _by_key() -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for at, rule in enumerate(_RULES):
        for key in {_first_key(mark) for mark in _needed(rule.marks)}:
            found[key] = (*found.get(key, ()), at)
    return found


_BY_KEY: Final = _by_key()
_BEGINNINGS: Final = tuple(key[:-1] for key in _BY_KEY if key.endswith("*"))
_KEYS: Final = frozenset(_BY_KEY)
_BEGINS: Final = re.compile("|".join(map(re.escape, _BEGINNINGS))).match

KEYS: Final = frozenset(key for key in _KEYS if not key.endswith("*"))
"""An object that has none of these keys, and none with one of the `BEGINNINGS`, has no form."""

BEGINNINGS: Final = _BEGINNINGS
"""Beginnings of keys; see `KEYS`."""


def form_of(value: Object) -> Form | None:
    """The form whose marks an object has; None if it has those of no form."""
    has_beginning = any(map(_BEGINS, value))
    if not has_beginning and _KEYS.isdisjoint(value):
        return None
    for form, marks in _candidates(frozenset(_KEYS & value.keys()), has_beginning):
        if has_marks(value, marks):
            return form
    return None


@lru_cache(maxsize=256)
def _candidates(keys: frozenset[str], has_beginning: bool) -> tuple[_Rule, ...]:
    """The ways to recognise a form that an object with some keys may fulfil, in their order."""
    found = {at for key in keys for at in _BY_KEY[key]}
    if has_beginning:
        found |= {at for beginning in _BEGINNINGS for at in _BY_KEY[f"{beginning}*"]}
    return tuple(_RULES[at] for at in sorted(found))


class Outermost(NamedTuple):
    """The form of the outermost object of a document, and whether its marks are certain."""

    form: Form
    is_certain: bool


def outermost_form_of(value: Object) -> Outermost | None:
    """The form of the outermost object of a document, by marks that do not suffice for other objects."""
    rules = (rule for rule in _OUTERMOST_RULES if has_marks(value, rule.marks))
    return next((Outermost(form, marks.certain) for form, marks in rules), None)


def has_marks(value: Object, marks: Marks) -> bool:
    """Whether an object fulfils every part of some marks."""
    for mark in marks.all:  # a loop, because this runs for every object of a document
        if not has_mark(value, mark):
            return False
    if marks.some and sum(has_mark(value, mark) for mark in marks.some) < marks.least:
        return False
    if marks.none and any(value_at(value, path) is not ABSENT for path in marks.none):
        return False
    return not marks.only or value.keys() <= marks.only


def has_mark(value: Object, mark: Mark) -> bool:
    """Whether an object has a mark."""
    if SEPARATOR not in mark.path and not mark.path.endswith("*"):
        return mark.path in value and _has_type(value[mark.path], mark.type)
    return any(_has_type(found, mark.type) for _, found in values_at(value, mark.path))


class Near(NamedTuple):
    """A form that an object does not have, and the marks that are missing, in words."""

    form: Form
    missing: tuple[str, ...]


def closest(value: JSONValue, count: int = 2) -> list[Near]:
    """The forms of which an object has most marks, relative to those that are needed; the best one first.

    Of an object without any mark these are the ext and the request with the fewest.
    """
    members = value if isinstance(value, dict) else {}
    best: dict[str, tuple[float, int, Near]] = {}
    for rule in (*_OUTERMOST_RULES, *_RULES):
        missing, lacking, needed = _missing(members, rule.marks)
        ranked = (lacking / needed, lacking, Near(rule.form, missing))
        if rule.form.name not in best or ranked[:2] < best[rule.form.name][:2]:
            best[rule.form.name] = ranked
    return [near for _, _, near in sorted(best.values(), key=lambda each: each[:2])[:count]]


def _missing(value: Object, marks: Marks) -> tuple[tuple[str, ...], int, int]:
    """The marks that an object lacks, in words; how many of them it needs; how many are needed at all.

    Keys that it must not have count as one more mark.
    """
    words = [mark.words for mark in marks.all if not has_mark(value, mark)]
    others = [mark for mark in marks.some if not has_mark(value, mark)]
    some = max(0, marks.least - (len(marks.some) - len(others))) if marks.some else 0
    lacking = len(words) + some
    if some:
        names = ", ".join(mark.words for mark in others[:_NAMED])
        number = "one" if some == 1 else str(some)
        words.append(names if len(others) == 1 else f"{number} of {names}{', ...' if len(others) > _NAMED else ''}")
    unwanted = _unwanted(value, marks)
    needed = len(marks.all) + (marks.least if marks.some else 0)
    return (*words, *unwanted), lacking + bool(unwanted), needed + bool(unwanted)


def _unwanted(value: Object, marks: Marks) -> list[str]:
    """What an object has, and must not have to have a form, in words."""
    unwanted = [f"no {path.replace(SEPARATOR, '.')}" for path in marks.none if value_at(value, path) is not ABSENT]
    return unwanted if not marks.only or value.keys() <= marks.only else [*unwanted, "no other keys"]


_NAMED: Final = 3
"""So many of several possible marks are named."""


# The types of marks


def _has_type(value: JSONValue, name: str) -> bool:
    return name == "any" or (_TYPES[name](value) if name in _TYPES else json_type(value) == name)


def has_entity(value: Maybe) -> bool:
    """Whether an object, or the text of one that may be broken, has the key `entity`."""
    if isinstance(value, str):
        return re.search(_ENTITY_MARK, value) is not None
    return isinstance(value, dict) and "entity" in value


def _is_entity_text(value: JSONValue) -> bool:
    return isinstance(value, str) and has_entity(value)


def is_bare_entity_text(value: JSONValue) -> bool:
    """Whether a string has two keys of an entity and not the key `entity`."""
    return isinstance(value, str) and not has_entity(value) and _is_certain_entity(value)


def _is_any_entity_text(value: JSONValue) -> bool:
    return _is_entity_text(value) or is_bare_entity_text(value)


def _is_certain_entity(value: JSONValue) -> bool:
    """Whether an object, or the text of one, has two keys that are typical of an entity."""
    return len(_typical_keys(value)) > 1


def _is_likely_entity(value: JSONValue) -> bool:
    """Whether an object, or the text of one, has a key that is typical of an entity."""
    return len(_typical_keys(value)) > 0


def _typical_keys(value: JSONValue) -> frozenset[str]:
    keys = set(re.findall(_ENTITY_KEY, value)) if isinstance(value, str) else value.keys() if isinstance(value, dict) else set()
    return ENTITY_KEYS & keys


def _is_custom_element_list(value: JSONValue) -> bool:
    return isinstance(value, list) and any(map(is_custom_element, value))


def is_custom_element(value: JSONValue) -> bool:
    """Whether an element of a message is a `TIMCustomElem` with settings of the push."""
    if not isinstance(value, dict) or value.get("MsgType") != "TIMCustomElem":
        return False
    content = value.get("MsgContent")
    return isinstance(content, dict) and ("Desc" in content or "Ext" in content)


def _is_object_text(value: JSONValue) -> bool:
    return isinstance(value, str) and value.lstrip(WHITE_SPACE).startswith("{")


_TYPES: Final[dict[str, Callable[[JSONValue], bool]]] = {
    "object text": _is_object_text,
    "entity": has_entity,
    "entity text": _is_entity_text,
    "any entity text": _is_any_entity_text,
    "certain entity": _is_certain_entity,
    "likely entity": _is_likely_entity,
    "custom element": _is_custom_element_list,
}
ENTITY_KEYS: Final = frozenset({"action", "chatType", "faceUrl", "nickname", "sendTime", "sender"})
"""Two of these keys are typical of an entity."""

# The patterns are texts that are compiled when they are used, because most documents need none. In a text inside a text,
# backslashes precede a quote. No pattern begins with a repetition, so that each takes linear time.
QUOTED: Final = r"""["'](%s)\\*["']\s*(?::|\Z)"""
"""A key in quotes, in a text that may be broken or inside another text."""
_ENTITY_KEY = QUOTED % "|".join(sorted(ENTITY_KEYS))
_ENTITY_MARK = QUOTED % "entity" + r"|[{,]\s*entity\s*:"

# Texts that cannot be read

UNQUOTED_KEYS: Final = ("chatType", "entity")
"""Keys of an ext that mark a text even without quotes."""

STRONG_KEYS: Final = frozenset(UNQUOTED_KEYS) | {
    mark.path.split(SEPARATOR)[0].removesuffix("*")
    for form in FORMS.values()
    for marks in form.marks
    if len(marks.all) + (marks.least if marks.some else 0) == 1
    for mark in (*marks.all, *marks.some)
    if mark.type in ("any", "object")
}
"""Keys that suffice to mark a form, and two keys of an ext."""

OUTERMOST_KEYS: Final = STRONG_KEYS | {"aps"}
"""Keys that mark a text beyond the limits, where only its outermost keys count."""
