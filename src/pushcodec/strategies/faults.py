"""The ways to break a rule: values and texts with exactly one fault, in any of their layers, and the code that names it.

No fault has `PC112`, which is not one, or `PC306`, which only the linter reports.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from types import NoneType
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from pushcodec.errors import Code
from pushcodec.jsontext import DEFAULT_LIMITS, MAX_INT, MIN_INT, dump
from pushcodec.strategies.shapes import (
    JSON_VALUES,
    UNKNOWN_KEYS,
    Array,
    Boolean,
    Either,
    Free,
    Integer,
    Kept,
    Nullable,
    Object,
    Present,
    Rule,
    String,
    Text,
    Wire,
    Word,
    Written,
    inserted,
    objects,
    texts,
    values,
    written,
)


class Site(NamedTuple):
    """A way to break a rule: the code, and a strategy for values or texts with this one fault."""

    code: Code
    broken: SearchStrategy[Any]


# Values that break a rule

_OWN_TYPE: dict[type[Rule], type] = {Integer: int, String: str, Boolean: bool, Text: str, Array: list, Object: dict}
_SHALLOW = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(0, 2),
    st.sampled_from([1.0, 2.0, 0.5]),
    st.sampled_from(["", "1", "{}"]),
    st.builds(list),
    st.builds(dict),
)


def types_of(rule: Rule) -> frozenset[type]:
    """The types of the values that a rule allows, as Python has them; none if it allows every type."""
    match rule:
        case Free():
            return frozenset()
        case Word(allowed):
            return frozenset(map(type, allowed))
        case Written(_, wire_type):
            return frozenset((wire_type,))
        case Nullable(of) | Present(of):
            return types_of(of) | {NoneType} if types_of(of) else frozenset()
        case Either(rules):
            return frozenset().union(*map(types_of, rules))
        case Kept(of):
            return types_of(of)
    return frozenset((_OWN_TYPE[type(rule)],))


def sites(rule: Rule) -> Iterator[Site]:
    """The ways in which a value can break a rule, those of texts inside it too."""
    types = types_of(rule)
    if types and not isinstance(rule, Kept):
        yield Site(Code.WRONG_TYPE, _SHALLOW.filter(lambda value: type(value) not in types))
    yield from sites_inside(rule)


def sites_inside(rule: Rule) -> Iterator[Site]:
    """The ways in which a value of the right type can break a rule."""
    match rule:
        case Integer(low, high):
            if high < MAX_INT:
                yield Site(Code.VALUE_NOT_ALLOWED, st.integers(high + 1, MAX_INT))
            if low > MIN_INT:
                yield Site(Code.VALUE_NOT_ALLOWED, st.integers(MIN_INT, low - 1))
        case Word(allowed):
            of_type = st.integers(-1, 99) if isinstance(allowed[0], int) else st.text(max_size=8)
            yield Site(Code.VALUE_NOT_ALLOWED, of_type.filter(lambda value: value not in allowed))
        case String(1):
            yield Site(Code.EMPTY_STRING, st.just(""))
        case Array():
            yield from _sites_in_array(rule)
        case Text(of):
            yield from sites_in_text(of, embedded=True)
            yield from written_texts(sites(of))
        case Written(of, _, write):
            yield from (Site(code, text.flatmap(write)) for code, text in sites_inside(of) if code is not Code.TOO_MANY_ITEMS)
        case Nullable(of) | Present(of) | Kept(of):
            yield from sites_inside(of)
        case Either(rules):
            for each in rules:
                yield from sites_inside(each)
        case Object():
            yield from _sites_in_object(rule)


def written_texts(found: Iterable[Site]) -> Iterator[Site]:
    """The sites of values as those of their texts."""
    return (Site(code, value.flatmap(written)) for code, value in found)


def _sites_in_array(rule: Array) -> Iterator[Site]:
    if rule.least:
        yield Site(Code.EMPTY_LIST, st.builds(list))
    if rule.most is not None and rule.most < DEFAULT_LIMITS.max_items:
        too_many = rule.most + 1
        yield Site(Code.VALUE_NOT_ALLOWED, values(rule.items).map(lambda item: [item] * too_many))
    for code, item in sites(rule.items):
        yield Site(code, st.builds(inserted, values(rule), item))
    if rule.sure is not None:
        for code, item in sites_inside(rule.sure):
            yield Site(code, st.builds(inserted, st.lists(values(rule.items), max_size=2), item))


def _sites_in_object(rule: Object) -> Iterator[Site]:
    for key in rule.required:
        if key not in rule.kept:
            yield Site(rule.missing, without(rule, key))
    for key, of in (rule.required | rule.optional).items():
        for code, value in sites(of):
            yield Site(code, with_value(rule, key, value))


def without(rule: Object, key: str) -> SearchStrategy[Wire]:
    """The objects that a rule allows, with one key left out."""
    required, optional = ({other: of for other, of in rules.items() if other != key} for rules in (rule.required, rule.optional))
    return objects(rule._replace(required=required, optional=optional))


def with_value(rule: Object, key: str, value: SearchStrategy[Any]) -> SearchStrategy[Wire]:
    """The objects that a rule allows, with another value under one key."""
    optional = {other: of for other, of in rule.optional.items() if other != key}
    fixed = {other: number for other, number in rule.fixed.items() if other != key}
    return objects(rule._replace(required={**rule.required, key: Free(value)}, optional=optional, fixed=fixed))


# Texts that break the rules of texts

_NO_LITERALS = ("nul", "True", "undefined", "NaN", "-Infinity", "01", "+1", ".5", "1.", "0x1")
_NO_VALUES = (*_NO_LITERALS, "", "'a'", '"\t"', '"\\x"', "//", "[1 2]", "]")
_REPEATED_KEYS = ('{"":0,"":0}', '{"a":0,"\\u0061":1}', '{"a":1,"b":2,"a":{}}')
_TOO_MANY = "[" + ",".join("0" * (DEFAULT_LIMITS.max_items + 1)) + "]"
_TOO_DEEP = "[" * DEFAULT_LIMITS.max_depth + "]" * DEFAULT_LIMITS.max_depth  # and one more: the object around

# JSON tokens that no text may contain.
_BAD_TOKENS: tuple[tuple[Code, SearchStrategy[str]], ...] = (
    (Code.NOT_JSON, st.sampled_from(_NO_VALUES)),
    (Code.TRAILING_COMMA, st.sampled_from(("[0,]", '{"a":0,}', "[[],]"))),
    (Code.DUPLICATE_KEY, st.sampled_from(_REPEATED_KEYS)),
    (Code.LONE_SURROGATE, st.sampled_from(('"\\ud800"', '"\\udc00"', '"\\ud800\\u0030"', '{"\\udfff":0}'))),
    (Code.INTEGER_BEYOND_64_BITS, st.integers(MAX_INT + 1, 10**40).map(str)),
    (Code.INTEGER_BEYOND_64_BITS, st.integers(-(10**40), MIN_INT - 1).map(str)),
    (Code.NUMBER_BEYOND_DOUBLE, st.sampled_from(("1e309", "-1e999", "1e-400", "0.1e-999"))),
    (Code.TOO_DEEP, st.just(_TOO_DEEP)),
    (Code.TOO_MANY_ITEMS, st.just(_TOO_MANY)),
)
# Bytes that are not UTF-8, as the characters that `surrogateescape` maps them to.
_NOT_UTF8 = st.sampled_from(('"\udcff"', '"\udcc0\udcaf"', '"\udced\udca0\udc80"', '"\udce4\udcbd"'))


def sites_in_text(rule: Object, *, embedded: bool = False) -> Iterator[Site]:
    """The ways in which the text of an object can break the rules of texts: at its ends, or in a value under an unknown key."""
    sound = texts(rule)
    yield Site(Code.NOT_JSON, st.sampled_from(("", "hi")))
    yield Site(Code.NOT_JSON, sound.map(lambda text: text[:-1]))
    yield Site(Code.NOT_JSON, sound.map(lambda text: text + "}"))
    yield Site(Code.TRAILING_COMMA, sound.map(lambda text: text[:-1] + ",}"))
    yield Site(Code.BYTE_ORDER_MARK, sound.map(lambda text: "\ufeff" + text))
    yield Site(Code.DUPLICATE_KEY, _with_key_again(rule))
    bad_tokens = _BAD_TOKENS
    if not embedded:
        yield Site(Code.TOO_LARGE, sound.map(_too_large))
        bad_tokens += ((Code.INVALID_UTF8, _NOT_UTF8),)
    for code, tokens in bad_tokens:
        yield Site(code, _with_bad_value(rule, tokens))
        if isinstance(entity := rule.required.get("entity"), Object):
            yield Site(code, _with_bad_value_in_entity(rule, entity, tokens))


def _too_large(text: str) -> str:
    return text + " " * (DEFAULT_LIMITS.max_bytes + 1 - len(text.encode()))


@st.composite
def _with_key_again(draw: DrawFn, rule: Object) -> str:
    """A text that repeats a required key, sometimes written with an escape. The first value is valid."""
    key = draw(st.sampled_from(list(rule.required)))
    token = draw(st.sampled_from((f'"{key}"', f'"\\u{ord(key[0]):04x}{key[1:]}"')))
    return _with_member(draw(texts(rule)), token, dump(draw(JSON_VALUES)))


@st.composite
def _with_bad_value(draw: DrawFn, rule: Object, tokens: SearchStrategy[str]) -> str:
    return _with_unknown(draw, draw(objects(rule)), draw(tokens))


@st.composite
def _with_bad_value_in_entity(draw: DrawFn, rule: Object, entity: Object, tokens: SearchStrategy[str]) -> str:
    around = draw(without(rule, "entity").flatmap(written))
    return _with_member(around, '"entity"', _with_unknown(draw, draw(objects(entity)), draw(tokens)))


def _with_unknown(draw: DrawFn, members: Wire, token: str) -> str:
    """The text of an object with one more member, whose value need not be JSON, under a key that it does not have."""
    key = draw(UNKNOWN_KEYS.filter(lambda key: key not in members))
    return _with_member(draw(written(members)), json.dumps(key), token)


def _with_member(text: str, key: str, token: str) -> str:
    before = text[:-1].rstrip()
    return f"{before}{'' if before == '{' else ','}{key}:{token}}}"
