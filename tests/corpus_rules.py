"""What documents a rule allows and forbids: the values of the corpus, generated.

A rule says in a few words what the contract allows for a value. `goods` gives values that it allows, `faults` values with exactly
one fault, each with the code and the pointers of that fault. The rules themselves are in `payloads` and `form_documents`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias

from pushcodec.errors import Code

Payload: TypeAlias = dict[str, Any]


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def without(payload: Payload, key: str) -> Payload:
    return {other: value for other, value in payload.items() if other != key}


# Rules: what the contract allows for a value


@dataclass(frozen=True)
class Integer:
    """The allowed integers, and the nearest forbidden ones."""

    good: tuple[int, ...]
    bad: tuple[int, ...]


@dataclass(frozen=True)
class String:
    may_be_empty: bool = True


@dataclass(frozen=True)
class Base64:
    """Base64 of at least one byte."""


@dataclass(frozen=True)
class Word:
    """One of these strings."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Boolean:
    pass


@dataclass(frozen=True)
class Array:
    items: Rule
    may_be_empty: bool = True
    most: int | None = None


@dataclass(frozen=True)
class Object:
    required: dict[str, Rule]
    optional: dict[str, Rule]
    missing: Code = Code.MISSING_KEY


@dataclass(frozen=True)
class Text:
    """A string that contains the JSON text of an object."""

    of: Object


@dataclass(frozen=True)
class Nullable:
    """As another rule, or null."""

    of: Rule


@dataclass(frozen=True)
class Anything:
    """Any value."""


Rule: TypeAlias = Integer | String | Word | Base64 | Boolean | Array | Object | Text | Nullable | Anything


def one_of(*members: int) -> Integer:
    return Integer(members, (min(members) - 1, max(members) + 1))


def from_to(low: int, high: int) -> Integer:
    return Integer((low, high), (low - 1, high + 1))


INT32 = from_to(-(2**31), 2**31 - 1)
INT = Integer((0, -7, 86400), ())
NAME = String(may_be_empty=False)
TEXT = String()

# Documents from a rule

# Why another schema engine accepts a bad document; None where it refuses it.
INTEGRAL_FLOAT = "integral float"
EMBEDDED_TEXT = "embedded text"
BEYOND_DOUBLE_PRECISION = "integer beyond the precision of a double"


@dataclass(frozen=True)
class Fault:
    """A value with one fault: its code, and where it is, one pointer for each layer, the outermost first."""

    value: Any
    code: Code
    pointers: tuple[str, ...]
    label: str
    divergence: str | None = None


_OF_EACH_TYPE: dict[str, Any] = {"null": None, "bool": True, "int": 1, "float": 1.5, "string": "1", "list": [], "dict": {}}
_OWN_TYPE = {
    Integer: "int",
    String: "string",
    Base64: "string",
    Word: "string",
    Boolean: "bool",
    Array: "list",
    Object: "dict",
    Text: "string",
}

# The value of a key that the sample does not have.
_FILLINGS: dict[type[Rule], Any] = {Integer: 0, String: "", Boolean: True, Array: [], Object: {}}


def sample_of(rule: Rule) -> Any:
    """A value that a rule allows, with all keys."""
    match rule:
        case Nullable():
            return sample_of(rule.of)
        case Array():
            return [sample_of(rule.items)]
        case Object():
            return {key: sample_of(value_rule) for key, value_rule in (rule.required | rule.optional).items()}
        case Text():
            return compact(sample_of(rule.of))
    return next(goods(rule, None))


def faults(rule: Rule, sample: Any) -> Iterator[Fault]:
    """The sample with one fault, once for each fault that the rule forbids."""
    if isinstance(rule, Anything):
        return
    if isinstance(rule, Nullable):
        yield from (fault for fault in faults(rule.of, sample) if fault.value is not None)
        return
    for name, value in _OF_EACH_TYPE.items():
        if name != _OWN_TYPE[type(rule)]:
            yield Fault(value, Code.WRONG_TYPE, ("",), name)
    match rule:
        case Integer():
            yield Fault(float(_between(rule.good)), Code.WRONG_TYPE, ("",), "integral float", INTEGRAL_FLOAT)
            for number in rule.bad:
                yield _out_of_bounds(number)
        case String():
            if not rule.may_be_empty:
                yield Fault("", Code.EMPTY_STRING, ("",), "empty")
        case Word():
            first, last = rule.words[0], rule.words[-1]
            for word in (f"{first}x", "", f" {first}", last.swapcase() if last.isalpha() else f"{last}0"):
                yield Fault(word, Code.VALUE_NOT_ALLOWED, ("",), ascii(word))
        case Base64():
            yield Fault("", Code.EMPTY_STRING, ("",), "empty")
            for token in ("a", "MDFh=", "MD-_", "MDFh\n", "=MDFh", "MD Fh", "MDF=MDFh", "====", "ＭＤＦｈ"):
                yield Fault(token, Code.VALUE_NOT_ALLOWED, ("",), ascii(token))
        case Array():
            yield from _array_faults(rule, sample)
        case Object():
            yield from _object_faults(rule, sample)
        case Text():
            yield from _text_faults(rule, sample)


def _between(good: tuple[int, ...]) -> int:
    """An allowed integer that a double is exact for: between two bounds, or a member of a list."""
    return (good[0] + good[1]) // 2 if len(good) == 2 else good[len(good) // 2]


def _out_of_bounds(number: int) -> Fault:
    if number < -(2**63):
        return Fault(number, Code.INTEGER_BEYOND_64_BITS, ("",), str(number), BEYOND_DOUBLE_PRECISION)
    divergence = BEYOND_DOUBLE_PRECISION if number == 2**63 else None
    return Fault(number, Code.VALUE_NOT_ALLOWED, ("",), str(number), divergence)


def _array_faults(rule: Array, sample: list[Any]) -> Iterator[Fault]:
    if not rule.may_be_empty:
        yield Fault([], Code.EMPTY_LIST, ("",), "empty")
    first = sample_of(rule.items)
    if rule.most is not None:
        yield Fault([first] * (rule.most + 1), Code.VALUE_NOT_ALLOWED, ("",), "too many")
    for fault in faults(rule.items, first):
        yield _within("0", fault, [fault.value, *sample])
    for fault in list(faults(rule.items, first))[:1]:
        yield _within("1", fault, [first, fault.value, first])


def _object_faults(rule: Object, sample: Payload) -> Iterator[Fault]:
    for key in rule.required:
        yield Fault(without(sample, key), rule.missing, ("",), f"without {key}")
    for key, value_rule in (rule.required | rule.optional).items():
        for fault in faults(value_rule, sample.get(key, _FILLINGS.get(type(value_rule)))):
            yield _within(key, fault, {**sample, key: fault.value})


def _within(key: str, fault: Fault, value: Any) -> Fault:
    outer, *inner = fault.pointers
    return Fault(value, fault.code, (f"/{key}{outer}", *inner), fault.label, fault.divergence)


def _text_faults(rule: Text, sample: str) -> Iterator[Fault]:
    sound = sample.removesuffix("}")
    too_deep = "[" * 16 + "]" * 16
    texts = (
        ("", Code.NOT_JSON, ""),
        ("hi", Code.NOT_JSON, ""),
        (sound, Code.NOT_JSON, ""),
        (sample + "}", Code.NOT_JSON, ""),
        (sound + ',"x":NaN}', Code.NOT_JSON, ""),
        (sample.replace('"', "'"), Code.NOT_JSON, ""),
        (sound + ",}", Code.TRAILING_COMMA, ""),
        (sound + ',"x":1,"\\u0078":2}', Code.DUPLICATE_KEY, "/x"),
        (sound + f',"x":{too_deep}}}', Code.TOO_DEEP, "/x" + "/0" * 15),
        (sound + ',"x":"\\udc00"}', Code.LONE_SURROGATE, "/x"),
        (sound + ',"x":18446744073709551616}', Code.INTEGER_BEYOND_64_BITS, "/x"),
        (sound + ',"x":1e999}', Code.NUMBER_BEYOND_DOUBLE, "/x"),
        ("\ufeff" + sample, Code.BYTE_ORDER_MARK, ""),
    )
    for text, code, pointer in texts:
        yield Fault(text, code, ("", pointer), code.rule, EMBEDDED_TEXT)
    for fault in faults(rule.of, json.loads(sample)):
        yield Fault(compact(fault.value), fault.code, ("", *fault.pointers), fault.label, EMBEDDED_TEXT)


_UNKNOWN = {"x": {"deep": [None, True, 1, 2.5, "", "\x7f€"]}, "chat_type": "1", "": 0, "a/b~c": []}


def goods(rule: Rule, sample: Any) -> Iterator[Any]:
    """Values that the rule allows: variants of the sample, and the value at every bound."""
    match rule:
        case Integer():
            yield from rule.good
        case String():
            yield from ("x", "名字😀", 'a"b\\c\n', "{}")
            yield from [""] if rule.may_be_empty else []
        case Word():
            yield from rule.words
        case Nullable():
            yield None
            yield from goods(rule.of, sample)
        case Anything():
            yield from _OF_EACH_TYPE.values()
        case Base64():
            yield from ("MDFh", "MDE=", "MA==", "+/+/", "MDFh" * 64)
        case Boolean():
            yield from (True, False)
        case Array():
            items = list(goods(rule.items, sample_of(rule.items)))
            yield from ([items[0]], items if rule.most is None else [items[0]] * rule.most)
            yield from [[]] if rule.may_be_empty else []
        case Object():
            yield from _good_objects(rule, sample)
        case Text():
            inner = json.loads(sample)
            yield f" {json.dumps(inner, indent=2)}\n"
            yield from map(compact, goods(rule.of, inner))


def _good_objects(rule: Object, sample: Payload) -> Iterator[Payload]:
    yield sample
    yield {key: sample[key] for key in rule.required}
    yield {**_UNKNOWN, **sample}
    for key in sample:
        if key not in rule.required:
            yield without(sample, key)
    for key, value_rule in (rule.required | rule.optional).items():
        for value in goods(value_rule, sample.get(key, _FILLINGS.get(type(value_rule)))):
            yield {**sample, key: value}


# A document of the corpus


@dataclass(frozen=True)
class Good:
    kind: str
    document: Any


@dataclass(frozen=True)
class Bad:
    kind: str
    document: Any
    code: Code
    pointers: tuple[str, ...]
    label: str
    divergence: str | None = None

    def __str__(self) -> str:
        return ascii(f"{self.kind} {' -> '.join(self.pointers)} {self.label}")[1:-1]


def first_and_last_of_each(found: Iterator[Fault]) -> Iterator[Fault]:
    """At most two faults for each place and code; for an integer, both bounds. Each missing key is a place."""
    in_order = sorted(found, key=_place_and_code)
    for _, group in groupby(in_order, key=_place_and_code):
        first, *others = group
        yield first
        yield from others[-1:]


def _place_and_code(fault: Fault) -> tuple[tuple[str, ...], Code, str]:
    return fault.pointers, fault.code, fault.label if fault.code is Code.MISSING_KEY else ""
