"""Objective-C's Foundation: conversions by the table of the contract, and the client's JSON reader and writer."""

from __future__ import annotations

import copy
import json
import math
from typing import Any

import pytest
from support import PICKLE_PROTOCOLS, through_pickle, with_little_stack

from pushcodec.clients.integers import saturate, wrap_signed, wrap_unsigned
from pushcodec.clients.ios import foundation
from pushcodec.clients.ios.foundation import (
    MAX_DEPTH,
    int_value,
    integer_value,
    read_object,
    write_json,
)
from pushcodec.jsontext import MAX_INT, MIN_INT, JSONValue
from pushcodec.jsontext.values import ABSENT, Maybe, type_name

INT32_MIN, INT32_MAX = -(2**31), 2**31 - 1
INT64_MIN, INT64_MAX = -(2**63), 2**63 - 1


# Types


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (ABSENT, "nil"),
        (None, "null"),
        (True, "bool"),
        (False, "bool"),
        (0, "int"),
        (MIN_INT, "int"),
        (MAX_INT, "int"),
        (MIN_INT - 1, "float"),
        (MAX_INT + 1, "float"),
        (10**400, "float"),
        (1.0, "float"),
        (math.nan, "float"),
        ("", "string"),
        ([], "list"),
        ({}, "dict"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_type_name(value: Maybe, name: str) -> None:
    """Each JSON type has a name; an absent key is nil, an integer beyond 64 bits is a double."""
    assert type_name(value) == name


@pytest.mark.parametrize("value", [b"", (), set(), 1j, object()], ids=lambda value: type(value).__name__)
def test_a_type_that_is_no_json_has_no_name(value: Any) -> None:
    """A value that no JSON parser returns is a TypeError."""
    with pytest.raises(TypeError, match=f"expected a JSON value, got {type(value).__name__}"):
        type_name(value)


def test_absent_is_a_single_false_object() -> None:
    """`ABSENT` is not None, its repr is its name, and its copies are the same object."""
    assert not ABSENT
    assert ABSENT is not None
    assert repr(ABSENT) == "ABSENT"
    assert copy.copy(ABSENT) is copy.deepcopy(ABSENT) is ABSENT


@pytest.mark.parametrize("protocol", PICKLE_PROTOCOLS)
def test_absent_unpickles_as_the_same_object(protocol: int) -> None:
    """By every protocol."""
    assert through_pickle(ABSENT, protocol) is ABSENT


# Coercions

# value: intValue, integerValue
COERCIONS: dict[str, tuple[Maybe, int, int]] = {
    "nil": (ABSENT, 0, 0),
    "true": (True, 1, 1),
    "false": (False, 0, 0),
    "zero": (0, 0, 0),
    "int32-max": (INT32_MAX, INT32_MAX, INT32_MAX),
    "int32-max+1": (INT32_MAX + 1, INT32_MIN, INT32_MAX + 1),
    "int32-min": (INT32_MIN, INT32_MIN, INT32_MIN),
    "int32-min-1": (INT32_MIN - 1, INT32_MAX, INT32_MIN - 1),
    "low-32-bits": (4294967297, 1, 4294967297),
    "low-32-bits-of-negative": (-4294967298, -2, -4294967298),
    "int64-max": (INT64_MAX, -1, INT64_MAX),
    "int64-max+1": (INT64_MAX + 1, 0, INT64_MIN),
    "int64-min": (INT64_MIN, 0, INT64_MIN),
    "uint64-max": (MAX_INT, -1, -1),
    "beyond-64-bits": (MAX_INT + 1, INT32_MAX, INT64_MAX),
    "below-64-bits": (MIN_INT - 1, INT32_MIN, INT64_MIN),
    "beyond-a-double": (10**400, INT32_MAX, INT64_MAX),
    "below-a-double": (-(10**400), INT32_MIN, INT64_MIN),
    "fraction": (1.9, 1, 1),
    "negative-fraction": (-1.5, -1, -1),
    "near-zero": (-0.9, 0, 0),
    "minus-zero": (-0.0, 0, 0),
    "smallest-double": (5e-324, 0, 0),
    "double-beyond-int32": (4294967297.0, INT32_MAX, 4294967297),
    "double-below-int32": (-4294967297.5, INT32_MIN, -4294967297),
    "double-beyond-int64": (1e19, INT32_MAX, INT64_MAX),
    "double-below-int64": (-1e300, INT32_MIN, INT64_MIN),
    "nan": (math.nan, 0, 0),
    "infinity": (math.inf, INT32_MAX, INT64_MAX),
    "minus-infinity": (-math.inf, INT32_MIN, INT64_MIN),
    "string": ("42", 42, 42),
    "string-empty": ("", 0, 0),
    "string-space-before": (" 7", 7, 7),
    "string-space-behind": ("7 ", 7, 7),
    "string-only-space": (" \t", 0, 0),
    "string-plus": ("+2", 2, 2),
    "string-minus": ("-2", -2, -2),
    "string-two-signs": ("+-2", 0, 0),
    "string-sign-alone": ("-", 0, 0),
    "string-space-after-sign": ("- 2", 0, 0),
    "string-letters-behind": ("1abc", 1, 1),
    "string-letters-before": ("abc1", 0, 0),
    "string-hexadecimal": ("0x1f", 0, 0),
    "string-exponent": ("1e3", 1, 1),
    "string-fraction": ("1.9", 1, 1),
    "string-leading-zeros": ("000000000000000000000000000000000000007", 7, 7),
    "string-minus-leading-zeros": ("-" + "0" * 40 + "7", -7, -7),
    "string-long-space-before": (" " * 40 + "-7", -7, -7),
    "string-thousands": ("1,000", 1, 1),
    "string-underscore": ("1_0", 1, 1),
    "string-true": ("true", 0, 0),
    "string-int32-max": ("2147483647", INT32_MAX, 2147483647),
    "string-int32-max+1": ("2147483648", INT32_MAX, 2147483648),
    "string-int32-min": ("-2147483648", INT32_MIN, -2147483648),
    "string-int32-min-1": ("-2147483649", INT32_MIN, -2147483649),
    "string-saturates": ("4294967297", INT32_MAX, 4294967297),
    "string-int64-max": ("9223372036854775807", INT32_MAX, INT64_MAX),
    "string-int64-max+1": ("9223372036854775808", INT32_MAX, INT64_MAX),
    "string-int64-min-1": ("-9223372036854775809", INT32_MIN, INT64_MIN),
    "string-10000-digits": ("9" * 10_000, INT32_MAX, INT64_MAX),
    "string-minus-10000-digits": (" -" + "1" * 10_000 + "x", INT32_MIN, INT64_MIN),
    "string-10000-zeros": ("0" * 10_000 + "5", 5, 5),
    "string-arabic-digit": ("١", 0, 0),
    "string-fullwidth-digit": ("1１", 1, 1),
    "string-nul": ("\x001", 0, 0),
}


@pytest.mark.parametrize(("value", "narrow", "wide"), COERCIONS.values(), ids=COERCIONS)
def test_coercions(value: Maybe, narrow: int, wide: int) -> None:
    """`intValue` and `integerValue` of each kind of value: integers wrap at 32 bits, fractions and strings saturate."""
    assert repr((int_value(value), integer_value(value))) == repr((narrow, wide))


@pytest.mark.parametrize("space", [" ", "\t", "\r", "\n", "\v", "\f", " \t\r\n\v\f"], ids=ascii)
def test_white_space_before_digits_is_skipped(space: str) -> None:
    """Any number of spaces, tabs, CRs, LFs, VTs and FFs before a number is skipped."""
    for coerce in (int_value, integer_value):
        assert coerce(f"{space}-12") == -12
        assert coerce(f"1{space}2") == 1


@pytest.mark.parametrize("space", ["\xa0", "\x85", "\u2003", "\u3000", "\u2028", "\ufeff", "\x1c", "\b"], ids=ascii)
def test_other_white_space_is_not_skipped(space: str) -> None:
    """Any other character before the digits gives 0, also other white space of Unicode."""
    assert (int_value(f"{space}12"), integer_value(f"{space}12")) == (0, 0)


@pytest.mark.parametrize("value", [None, [], [1], {}, {"a": 1}], ids=repr)
def test_null_arrays_and_objects_have_no_number(value: JSONValue) -> None:
    """Their classes do not have the selector."""
    assert int_value(value) is None
    assert integer_value(value) is None


@pytest.mark.parametrize(
    ("value", "signed", "unsigned", "saturated"),
    [
        (127, 127, 127, 127),
        (128, -128, 128, 127),
        (255, -1, 255, 127),
        (256, 0, 0, 127),
        (-1, -1, 255, -1),
        (-128, -128, 128, -128),
        (-129, 127, 127, -128),
    ],
)
def test_integers_of_eight_bits(value: int, signed: int, unsigned: int, saturated: int) -> None:
    """Wrapping keeps the low bits, signed or unsigned; saturating gives the nearest integer in range."""
    assert (wrap_signed(value, 8), wrap_unsigned(value, 8), saturate(value, 8)) == (signed, unsigned, saturated)


# Reading


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{}", {}),
        (' \t\r\n{ "a" : [ ] }\n', {"a": []}),
        ('{"a":{"b":[1,-2.5,true,false,null,"c"]}}', {"a": {"b": [1, -2.5, True, False, None, "c"]}}),
        (r'{"\u0061\ud83d\ude00":"\/\n"}', {"a😀": "/\n"}),
        ('{"a":1,}', {"a": 1}),
        ('{"a":1 , \n}', {"a": 1}),
        ('{"a":[1,],}', {"a": [1]}),
        ('{"a":[[],],"b":{"c":{},},}', {"a": [[]], "b": {"c": {}}}),
        ('{"a":",]",}', {"a": ",]"}),
        ('{"a":1,"a":2}', {"a": 1}),
        ('{"a":1,"b":2,"\\u0061":3,"b":4}', {"a": 1, "b": 2}),
        ('{"a":{"x":1,"x":2},"a":3,}', {"a": {"x": 1}}),
        ('{"a":null,"a":2}', {"a": None}),
        ('{"a":1.0,"b":1e2,"c":0.0e9}', {"a": 1.0, "b": 100.0, "c": 0.0}),
        ('{"a":18446744073709551615}', {"a": MAX_INT}),
        ('{"a":-9223372036854775808}', {"a": MIN_INT}),
        ('{"a":18446744073709551616}', {"a": 2.0**64}),
        ('{"a":-9223372036854775809,}', {"a": -(2.0**63)}),
        ('{"a":1' + "0" * 308 + "}", {"a": 1e308}),
        ('{"a":5e-324,"b":1.7976931348623157e308}', {"a": 5e-324, "b": 1.7976931348623157e308}),
        ('{"a":"[[[{{{' + "[{" * 600 + '"}', {"a": "[[[{{{" + "[{" * 600}),
        ('{"\u2028\x7f":"\ufeff"}', {"\u2028\x7f": "\ufeff"}),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_foundation_reads_objects(text: str, value: JSONValue) -> None:
    """JSON objects, also with a trailing comma; of duplicate keys it takes the first; large integers are doubles."""
    assert repr(read_object(text)) == repr(value)


REFUSED = {
    "empty": "",
    "space": " ",
    "null": "null",
    "array": "[]",
    "string": '"{}"',
    "number": "1",
    "only-a-comma-in-object": "{,}",
    "only-a-comma-in-array": '{"a":[,]}',
    "two-commas": '{"a":1,,}',
    "two-commas-in-array": '{"a":[1,,]}',
    "comma-first": '{,"a":1}',
    "comma-after-all": '{"a":1},',
    "comma-and-wrong-bracket": '{"a":[1,}}',
    "comma-and-other-fault": '{"a":01,}',
    "open": '{"a":1',
    "open-after-comma": '{"a":1,',
    "after-the-value": "{}{}",
    "nul-behind": "{}\0",
    "leading-zero": '{"a":01}',
    "plus": '{"a":+1}',
    "bare-point": '{"a":1.}',
    "hexadecimal": '{"a":0x1}',
    "nan": '{"a":NaN}',
    "infinity": '{"a":-Infinity}',
    "nan-and-comma": '{"a":NaN,}',
    "overflow": '{"a":1e309}',
    "underflow": '{"a":1e-400}',
    "overflow-of-an-integer": '{"a":1' + "0" * 309 + "}",
    "overflow-of-5000-digits": '{"a":' + "9" * 5000 + "}",
    "overflow-and-comma": '{"a":-1e309,}',
    "overflow-under-a-repeated-key": '{"a":1,"a":1e309}',
    "comment": '{"a":1/* one */}',
    "line-comment": '{"a":1} // one',
    "single-quotes": "{'a':1}",
    "no-quotes": "{a:1}",
    "raw-line-feed": '{"a":"\n"}',
    "raw-tab-in-key": '{"\t":1}',
    "unknown-escape": r'{"a":"\x"}',
    "short-escape": r'{"a":"\u12"}',
    "no-break-space": '{\xa0"a":1}',
    "vertical-tab": "\v{}",
    "byte-order-mark": "\ufeff{}",
    "byte-order-mark-and-comma": '\ufeff{"a":1,}',
    "capital-literal": '{"a":True}',
    "lone-surrogate-escaped": r'{"a":"\ud800"}',
    "lone-surrogate-escaped-in-key": r'{"\udfff":1}',
    "lone-surrogate-and-comma": r'{"a":"\ude00\ud83d",}',
    "lone-surrogate-under-a-repeated-key": r'{"a":1,"a":"\ud800"}',
    "lone-surrogate-raw": '{"a":"\ud800"}',
    "surrogates-raw-in-a-pair": '{"a":"\ud83d\ude00"}',
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_foundation_refuses_other_texts(text: str) -> None:
    """Texts that are not JSON, and texts that are no object."""
    assert read_object(text) is None


# Refused only as a whole text; as the value of a key they are read.
READ_FURTHER_IN = {"null", "array", "string", "number", "comma-after-all"}


@pytest.mark.parametrize(("name", "text"), REFUSED.items(), ids=REFUSED)
def test_a_refused_text_is_also_refused_as_a_value(name: str, text: str) -> None:
    """Unless it is a JSON text but no object, or ends with a comma, which is then a trailing comma."""
    assert (read_object(f'{{"k":{text}}}') is not None) == (name in READ_FURTHER_IN)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("[", "]"), ('{"a":', "}"), ('{"]":"\\"[[{{","a":', "}")],
    ids=["arrays", "objects", "brackets-in-strings"],
)
@pytest.mark.parametrize("depth", [1, 31, 32, 33, 511, 512])
def test_at_most_512_levels_are_read(depth: int, opening: str, closing: str) -> None:
    """The outermost object is level 1; level 512 is read, level 513 is refused; brackets in strings do not count."""
    text = '{"k":' + opening * (depth - 1) + "1" + closing * (depth - 1) + "}"
    assert read_object(text) is not None
    assert MAX_DEPTH == 512
    too_deep = '{"k":' + opening * 512 + "1" + closing * 512 + "}"
    assert read_object(too_deep) is None
    assert read_object(too_deep.replace("1", '"[{"')) is None


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
def test_the_reader_does_not_recurse(opening: str) -> None:
    """100,000 levels are refused without an error."""
    assert read_object(opening * 100_000) is None
    assert read_object('{"k":' + "[" * 100_000 + "]" * 100_000 + "}") is None


NEAR_THE_END_OF_THE_STACK = {
    "flat": ('{"a":1}', True),
    "flat-and-comma": ('{"a":[1,],}', True),
    "30-deep": ('{"a":' * 30 + "1" + "}" * 30, True),
    "30-deep-refused": ('{"a":' * 30 + "x" + "}" * 30, False),
    "500-deep": ('{"a":' * 500 + "1" + "}" * 500, True),
    "600-deep": ('{"a":' * 600 + "1" + "}" * 600, False),
    "500-deep-surrogate": ('{"a":' * 500 + r'"\ud83d\ude00"' + "}" * 500, True),
}


@pytest.mark.parametrize("spare", [16, 24, 40, 80])
@pytest.mark.parametrize(("text", "read"), NEAR_THE_END_OF_THE_STACK.values(), ids=NEAR_THE_END_OF_THE_STACK)
def test_the_reader_needs_little_stack(text: str, read: bool, spare: int) -> None:
    """With a nearly full stack of Python, the same texts are read and refused."""
    assert with_little_stack(lambda: read_object(text) is not None, spare) is read


def test_a_recursion_error_of_cpythons_scanner_is_handled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader without recursion then reads the text."""

    def give_up(text: str) -> object:
        raise RecursionError

    monkeypatch.setattr(foundation, "read_shallow", give_up)
    assert read_object('{"a":[1,{"b":2}]}') == {"a": [1, {"b": 2}]}
    assert read_object('{"a":') is None


# Writing


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (1, "1"),
        (MAX_INT, "18446744073709551615"),
        (1.0, "1"),
        (-1.0, "-1"),
        (1e15, "1000000000000000"),
        (-(2.0**63), "-9223372036854775808"),
        (2.0**64, "1.8446744073709552e+19"),
        (1e300, "1e+300"),
        (1.5, "1.5"),
        (5e-324, "5e-324"),
        ('é/"\\\n😀', '"é/\\"\\\\\\n😀"'),
        ([], "[]"),
        ({}, "{}"),
        ([1.0, [2.0, {}], []], "[1,[2,{}],[]]"),
        (
            {"room_id": 804544637.0, "version": 4, "call_type": {"b": [1.25, None]}},
            '{"room_id":804544637,"version":4,"call_type":{"b":[1.25,null]}}',
        ),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_write_json(value: JSONValue, text: str) -> None:
    """Compact JSON; an integral double within 64 bits is written as an integer."""
    assert write_json(value) == text


def test_write_json_does_not_recurse() -> None:
    """A value of 510 levels is written with a nearly full stack."""
    text = '{"a":' * 510 + '[1,"b"]' + "}" * 510
    value = read_object(text)
    assert with_little_stack(lambda: write_json(value)) == text


@pytest.mark.parametrize(
    "text",
    ['{"a":[1,-2.5,true,null,"é😀\\n\\u0001"],"b":{"":{}}}', '{"a":1.7976931348623157e308,"b":5e-324,"c":0.1}', "{}"],
)
def test_foundation_reads_the_values_that_it_wrote(text: str) -> None:
    """For these values, Python's reader agrees."""
    value = read_object(text)
    assert value == json.loads(text)
    assert read_object(write_json(value)) == value
