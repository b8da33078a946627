"""The strict reader: the texts that it accepts, every fault, and each limit; and the writers."""

from __future__ import annotations

import copy
import json
import time
from typing import Any, NamedTuple

import pytest
from support import PICKLE_PROTOCOLS, through_pickle

from pushcodec.errors import MAX_VIOLATIONS, Code, DecodeError
from pushcodec.jsontext import (
    DEFAULT_LIMITS,
    MAX_INT,
    MIN_INT,
    Fault,
    JSONValue,
    Limits,
    Readings,
    ascii_only,
    dump,
    dump_deep,
    parse,
    pointer,
    read,
    read_embedded,
)
from pushcodec.jsontext import reading as reading_module
from pushcodec.jsontext.reading import Reading, certain_value, explain
from pushcodec.jsontext.scanner import scan
from pushcodec.jsontext.values import ABSENT, Span, read_number, replace_lone_surrogates

WIDE = Limits(max_bytes=2_000_000, max_depth=128, max_items=200_000)


class Finding(NamedTuple):
    """A violation without its embedded pointers: the strict reader reads one text."""

    code: Code
    pointer: str
    message: str


def findings(text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> list[Finding]:
    """The violations of a text that is refused, in their order."""
    with pytest.raises(DecodeError) as caught:
        parse(text, limits)
    assert all(violation.embedded == () for violation in caught.value.violations)
    return [Finding(violation.code, violation.pointer, violation.message) for violation in caught.value.violations]


def codes(text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> list[Code]:
    return [finding.code for finding in findings(text, limits)]


def accepted(text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> bool:
    """Whether the strict reader accepts a text. `parse` and `explain` must agree on it and on its value."""
    found = explain(text, limits)
    if found.faults:
        with pytest.raises(DecodeError):
            parse(text, limits)
        return False
    assert repr(parse(text, limits)) == repr(found.value)
    return True


# Valid texts


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("null", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-0", 0),
        ("-12", -12),
        ('""', ""),
        ("[]", []),
        ("{}", {}),
        ("[ ]", []),
        ("{\t}", {}),
        ('{"a":[1,{"b":null}],"c":"d"}', {"a": [1, {"b": None}], "c": "d"}),
        (r'"\"\\\/\b\f\n\r\tA"', '"\\/\b\f\n\r\tA'),
        (r'"\u4e2d"', "中"),
        ('"\x7f\u2028\ufeff\uffff"', "\x7f\u2028\ufeff\uffff"),
        (r'"\ud83d\ude00"', "\U0001f600"),
        (r'"\u0000"', "\0"),
        ('{"":{"":0}}', {"": {"": 0}}),
    ],
    ids=ascii,
)
def test_json_is_read(text: str, value: JSONValue) -> None:
    """`str` and `bytes` have the same value, which `parse` and `explain` return."""
    for written in (text, text.encode()):
        assert accepted(written)
        assert repr(parse(written)) == repr(value)


@pytest.mark.parametrize("space", [" ", "\t", "\n", "\r", "\r\n", " \t\r\n "])
def test_white_space_is_allowed_around_every_token(space: str) -> None:
    """Before, after and between all tokens, the four white-space characters of JSON."""
    text = space.join(["", "{", '"a"', ":", "[", "1", ",", "2", "]", ",", '"b"', ":", "{", "}", "}", ""])
    assert accepted(text)
    assert parse(text) == {"a": [1, 2], "b": {}}


@pytest.mark.parametrize("space", ["\v", "\f", "\xa0", "\u2028", "\u3000", "\x85", "\0", "\ufeff"], ids=ascii)
@pytest.mark.parametrize("place", ["{}%s", " %s{}", "{%s}", "[1,%s2]"])
def test_other_white_space_is_refused(space: str, place: str) -> None:
    """A character that is white space in other languages is a fault."""
    assert codes(place % space) == [Code.NOT_JSON]


@pytest.mark.parametrize("text", [None, 1, {}, [b"1"], bytearray(b"1"), memoryview(b"1")], ids=lambda text: type(text).__name__)
def test_only_str_and_bytes_are_texts(text: Any) -> None:
    """Another type raises TypeError and is no violation."""
    with pytest.raises(TypeError, match=f"expected a text as str or bytes, got {type(text).__name__}"):
        parse(text)


# Texts with one fault

NOT_ASCII = "é中😀"

ONE_FAULT = {
    "empty": ("", Code.NOT_JSON, "", "expected a JSON value (line 1, column 1)"),
    "only-space": (" \n ", Code.NOT_JSON, "", "expected a JSON value (line 2, column 2)"),
    "word": ("nope", Code.NOT_JSON, "", "expected a JSON value (line 1, column 1)"),
    "cut-literal": ("[tru]", Code.NOT_JSON, "", "expected a JSON value (line 1, column 2)"),
    "capital-literal": ("True", Code.NOT_JSON, "", "expected a JSON value (line 1, column 1)"),
    "single-quotes": ("['a']", Code.NOT_JSON, "", "expected a JSON value (line 1, column 2)"),
    "key-without-quotes": ("{a:1}", Code.NOT_JSON, "", "expected a key in double quotes (line 1, column 2)"),
    "key-a-number": ("{1:1}", Code.NOT_JSON, "", "expected a key in double quotes (line 1, column 2)"),
    "only-a-comma-in-object": ("{,}", Code.NOT_JSON, "", "expected a key in double quotes (line 1, column 2)"),
    "only-a-comma-in-array": ("[,]", Code.NOT_JSON, "", "expected a JSON value (line 1, column 2)"),
    "two-commas": ("[1,,2]", Code.NOT_JSON, "", "expected a JSON value (line 1, column 4)"),
    "no-colon": ('{"a" 1}', Code.NOT_JSON, "", "expected ':' after the key (line 1, column 6)"),
    "no-value": ('{"a":}', Code.NOT_JSON, "", "expected a JSON value (line 1, column 6)"),
    "no-comma-in-object": ('{"a":1 "b":2}', Code.NOT_JSON, "", "expected ',' or '}' (line 1, column 8)"),
    "no-comma-in-array": ("[1 2]", Code.NOT_JSON, "", "expected ',' or ']' (line 1, column 4)"),
    "wrong-bracket": ("[1}", Code.NOT_JSON, "", "expected ',' or ']' (line 1, column 3)"),
    "wrong-bracket-after-comma": ("[1,}", Code.NOT_JSON, "", "expected a JSON value (line 1, column 4)"),
    "open-array": ("[1", Code.NOT_JSON, "", "expected ',' or ']' (line 1, column 3)"),
    "open-array-after-comma": ("[1,", Code.NOT_JSON, "", "expected a JSON value (line 1, column 4)"),
    "open-object": ("{", Code.NOT_JSON, "", "expected a key in double quotes (line 1, column 2)"),
    "open-string": ('["a', Code.NOT_JSON, "", "expected a string with its closing quote (line 1, column 2)"),
    "open-string-after-backslash": (
        '"a\\',
        Code.NOT_JSON,
        "",
        r"expected an escape out of \" \\ \/ \b \f \n \r \t \uXXXX (line 1, column 3)",
    ),
    "unknown-escape": (
        r'["\x41"]',
        Code.NOT_JSON,
        "",
        r"expected an escape out of \" \\ \/ \b \f \n \r \t \uXXXX (line 1, column 3)",
    ),
    "short-unicode-escape": (
        r'"ab\u12"',
        Code.NOT_JSON,
        "",
        r"expected an escape out of \" \\ \/ \b \f \n \r \t \uXXXX (line 1, column 4)",
    ),
    "unicode-escape-with-sign": (
        r'"\u+123"',
        Code.NOT_JSON,
        "",
        r"expected an escape out of \" \\ \/ \b \f \n \r \t \uXXXX (line 1, column 2)",
    ),
    "raw-line-feed": ('["a\nb"]', Code.NOT_JSON, "", "expected control characters in a string to be escaped (line 1, column 4)"),
    "raw-carriage-return": (
        '"\r\n"',
        Code.NOT_JSON,
        "",
        "expected control characters in a string to be escaped (line 1, column 2)",
    ),
    "raw-nul-in-key": (
        '{"\0":1}',
        Code.NOT_JSON,
        "",
        "expected control characters in a string to be escaped (line 1, column 3)",
    ),
    "after-the-value": ('{"a":1}}', Code.NOT_JSON, "", "expected the end of the text after the value (line 1, column 8)"),
    "second-value": ("1 2", Code.NOT_JSON, "", "expected the end of the text after the value (line 1, column 3)"),
    "nan": ("[NaN]", Code.NOT_JSON, "", "expected a JSON value; NaN and Infinity are none (line 1, column 2)"),
    "infinity": ("Infinity", Code.NOT_JSON, "", "expected a JSON value; NaN and Infinity are none (line 1, column 1)"),
    "minus-infinity": ("-Infinity", Code.NOT_JSON, "", "expected a JSON value; NaN and Infinity are none (line 1, column 1)"),
    "comment": ("[1]// one", Code.NOT_JSON, "", "expected the end of the text after the value (line 1, column 4)"),
    "after-lf": ('{\n"a":1,\n x}', Code.NOT_JSON, "", "expected a key in double quotes (line 3, column 2)"),
    "after-crlf": ('{\r\n"a":1,\r\n x}', Code.NOT_JSON, "", "expected a key in double quotes (line 3, column 2)"),
    "after-cr": ('{\r"a":1,\r x}', Code.NOT_JSON, "", "expected a key in double quotes (line 3, column 2)"),
    "after-empty-lines": ("\n\r\n\r\r x", Code.NOT_JSON, "", "expected a JSON value (line 5, column 2)"),
    "columns-in-characters": (f'["{NOT_ASCII}"x]', Code.NOT_JSON, "", "expected ',' or ']' (line 1, column 7)"),
    "comma-before-bracket": (
        '{"a":[1 ,\n]}',
        Code.TRAILING_COMMA,
        "/a",
        "expected another item between ',' and ']' (line 1, column 9)",
    ),
    "comma-before-brace": ('{"a":1,}', Code.TRAILING_COMMA, "", "expected another item between ',' and '}' (line 1, column 7)"),
    "not-utf8": (b'["a\xff"]', Code.INVALID_UTF8, "", "expected UTF-8, got another byte at offset 3 (line 1, column 4)"),
    "not-utf8-after-wide": (
        b'"\xe4\xb8\xad\n\xff',
        Code.INVALID_UTF8,
        "",
        "expected UTF-8, got another byte at offset 5 (line 2, column 1)",
    ),
    "bom": ("\ufeff{}", Code.BYTE_ORDER_MARK, "", "expected a JSON value, got a byte order mark before it (line 1, column 1)"),
    "bom-in-bytes": (
        b"\xef\xbb\xbf{}",
        Code.BYTE_ORDER_MARK,
        "",
        "expected a JSON value, got a byte order mark before it (line 1, column 1)",
    ),
    "key-twice": (
        '{"a":1,\n "a":2}',
        Code.DUPLICATE_KEY,
        "/a",
        "expected each key once in an object, got this one again (line 2, column 2)",
    ),
    "key-twice-by-escape": (
        r'[{"a":1,"\u0061":1}]',
        Code.DUPLICATE_KEY,
        "/0/a",
        "expected each key once in an object, got this one again (line 1, column 9)",
    ),
    "key-twice-by-escaped-slash": (
        r'{"a/b":1,"a\/b":1}',
        Code.DUPLICATE_KEY,
        "/a~1b",
        "expected each key once in an object, got this one again (line 1, column 10)",
    ),
    "lone-surrogate": (
        r'{"a":["x\ud800"]}',
        Code.LONE_SURROGATE,
        "/a/0",
        "expected surrogates in pairs only, got one alone in the string (line 1, column 7)",
    ),
    "integer-too-great": (
        '{"a":18446744073709551616}',
        Code.INTEGER_BEYOND_64_BITS,
        "/a",
        "expected an integer from -2^63 to 2^64-1 (line 1, column 6)",
    ),
    "overflow": ("[0,1e309]", Code.NUMBER_BEYOND_DOUBLE, "/1", "expected a number within the range of a double (line 1, column 4)"),
    "too-deep": (
        '{"a":' + "[" * 16 + "]" * 16 + "}",
        Code.TOO_DEEP,
        "/a" + "/0" * 15,
        "expected at most 16 levels of nesting (line 1, column 21)",
    ),
    "too-large": (b" " * 65535 + b"{}", Code.TOO_LARGE, "", "expected at most 65536 bytes (line 1, column 1)"),
    "too-many-elements": (
        "[" + "0," * 1000 + "0]",
        Code.TOO_MANY_ITEMS,
        "/1000",
        "expected at most 1000 items in one array or object (line 1, column 2002)",
    ),
}


@pytest.mark.parametrize(("text", "code", "place", "message"), ONE_FAULT.values(), ids=ONE_FAULT)
def test_one_fault_is_one_violation_with_its_position(text: str | bytes, code: Code, place: str, message: str) -> None:
    """It has the code, the pointer, what was expected, line and column."""
    assert findings(text) == [(code, place, message)]


def test_every_code_of_the_text_has_a_case() -> None:
    """The table has every code PC1xx but `MORE_VIOLATIONS`, which is never the only one."""
    assert {code for _, code, _, _ in ONE_FAULT.values()} == {code for code in Code if code.startswith("PC1")} - {
        Code.MORE_VIOLATIONS
    }


def test_too_many_members_are_reported_at_the_first_beyond_the_limit() -> None:
    """Once for each object."""
    text = json.dumps({f"k{number}": number for number in range(5)})
    assert [finding[:2] for finding in findings(text, Limits(max_items=3))] == [(Code.TOO_MANY_ITEMS, "/k3")]


HOSTILE = {
    "wide-keys": json.dumps({"中" * 2000: {"\x07" * 500: 1}}, ensure_ascii=False).replace(": 1}", ': 1, "a": 2,}'),
    "wide-key-twice": '{"' + "é" * 9000 + '":1,"' + "é" * 9000 + '":2}',
    "surrogates": "[" + ",".join(['"\ud800"'] * 50) + "]",
    "escape-codes": '{"\x1b[31m":1}',
}


@pytest.mark.parametrize("text", [*(row[0] for row in ONE_FAULT.values()), *HOSTILE.values()], ids=[*ONE_FAULT, *HOSTILE])
def test_errors_are_short_and_printable(text: str | bytes) -> None:
    """Messages and the exception as text are printable ASCII of at most 512 characters, for any text."""
    with pytest.raises(DecodeError) as caught:
        parse(text)
    for shown in (str(caught.value), *(violation.message for violation in caught.value.violations)):
        assert shown.isascii()
        assert shown.isprintable()
        assert 0 < len(shown) <= 512


@pytest.mark.parametrize(("text", "code", "place", "message"), ONE_FAULT.values(), ids=ONE_FAULT)
def test_the_exception_as_text_is_its_violation(text: str | bytes, code: Code, place: str, message: str) -> None:
    """Code, name, place and message."""
    with pytest.raises(DecodeError) as caught:
        parse(text)
    assert str(caught.value) == f"{code.value} {code.rule} at {place or '(document)'}: {message}"


@pytest.mark.parametrize("protocol", PICKLE_PROTOCOLS)
def test_errors_pickle(protocol: int) -> None:
    """An error is equal after pickling."""
    with pytest.raises(DecodeError) as caught:
        parse('{"a":1,"a":"\ud800",}')
    again = through_pickle(caught.value, protocol)
    assert type(again) is DecodeError
    assert again.violations == caught.value.violations
    assert str(again) == str(caught.value)


def test_errors_copy() -> None:
    """A shallow and a deep copy of an error are equal to it."""
    with pytest.raises(DecodeError) as caught:
        parse("[1,]")
    for again in (copy.copy(caught.value), copy.deepcopy(caught.value)):
        assert type(again) is DecodeError
        assert again.violations == caught.value.violations


# Texts with several faults

SEVERAL_FAULTS = {
    "all-that-do-not-end-the-reading": (
        '\ufeff{"a":[1e400,],"a":"\ud800","b":-9223372036854775809,}',
        [
            (Code.BYTE_ORDER_MARK, ""),
            (Code.NUMBER_BEYOND_DOUBLE, "/a/0"),
            (Code.TRAILING_COMMA, "/a"),
            (Code.DUPLICATE_KEY, "/a"),
            (Code.LONE_SURROGATE, "/a"),
            (Code.INTEGER_BEYOND_64_BITS, "/b"),
            (Code.TRAILING_COMMA, ""),
        ],
    ),
    "the-last-ends-the-reading": ('{"a":1,"a":2,"b":nil,"a":3}', [(Code.DUPLICATE_KEY, "/a"), (Code.NOT_JSON, "")]),
    "depth-ends-the-reading": (
        '{"a":1,"a":2,"b":' + "[" * 20 + "]" * 20 + ',"a":3}',
        [(Code.DUPLICATE_KEY, "/a"), (Code.TOO_DEEP, "/b" + "/0" * 15)],
    ),
    "key-three-times": ('{"a":1,"a":2,"a":3}', [(Code.DUPLICATE_KEY, "/a"), (Code.DUPLICATE_KEY, "/a")]),
    "faults-in-a-dropped-value": (
        '{"a":{},"a":{"b":1,"b":2,"c":1e999}}',
        [(Code.DUPLICATE_KEY, "/a"), (Code.DUPLICATE_KEY, "/a/b"), (Code.NUMBER_BEYOND_DOUBLE, "/a/c")],
    ),
    "lone-surrogate-in-key-and-value": (
        r'{"\udc00":"\udc00\ud800"}',
        [(Code.LONE_SURROGATE, "/\udc00"), (Code.LONE_SURROGATE, "/\udc00")],
    ),
    "bom-and-nothing": ("\ufeff", [(Code.BYTE_ORDER_MARK, ""), (Code.NOT_JSON, "")]),
    "not-utf8-and-duplicate": (
        b'{"a":"\xc3","b":1,"b":2}',
        [(Code.INVALID_UTF8, ""), (Code.DUPLICATE_KEY, "/b")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), SEVERAL_FAULTS.values(), ids=SEVERAL_FAULTS)
def test_all_faults_are_listed_in_the_order_of_the_text(text: str | bytes, expected: list[tuple[Code, str]]) -> None:
    """Up to the fault that ends the reading."""
    assert [finding[:2] for finding in findings(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b'{"a":1,"a":2,"b":"\xff"}', id="bytes-after-a-duplicate"),
        pytest.param('{"a":1,"\ud800":2}', id="member-too-many-with-surrogate"),
    ],
)
def test_faults_are_in_the_order_of_their_offsets(text: str | bytes) -> None:
    """Also if the scanner finds them in another order."""
    offsets = [fault.offset for fault in explain(text, Limits(max_items=1 if isinstance(text, str) else 9)).faults]
    assert len(offsets) == 2
    assert offsets == sorted(offsets)


NOT_UTF8 = {
    "lone-continuation": b'"\x80"',
    "overlong": b'"\xc0\xaf"',
    "surrogate": b'"\xed\xa0\x80"',
    "beyond-unicode": b'"\xf4\x90\x80\x80"',
    "cut": b'["\xe4\xb8',
    "latin-1": '{"a":"é"}'.encode("latin-1"),
    "utf-16": '{"a":1}'.encode("utf-16"),
    "utf-32": '{"a":1}'.encode("utf-32"),
    "outside-of-strings": b"{\xff}",
    "every-byte": bytes(range(256)),
    "several-places": b'["\xff","\xfe",\xfd]',
    "two-keys-that-differ": b'{"\xfe":1,"\xff":2}',
}


@pytest.mark.parametrize("text", NOT_UTF8.values(), ids=NOT_UTF8)
def test_bytes_that_are_not_utf8_are_one_fault(text: bytes) -> None:
    """No fault is reported that only follows from the bytes."""
    assert codes(text) == [Code.INVALID_UTF8]


@pytest.mark.parametrize("count", [MAX_VIOLATIONS, MAX_VIOLATIONS + 1, MAX_VIOLATIONS + 50])
def test_at_most_a_thousand_violations_are_listed(count: int) -> None:
    """If there are more, one more violation says so."""
    found = findings("[" + ",".join(["1e999"] * count) + "]", Limits(max_items=5000))
    assert [finding.pointer for finding in found[:MAX_VIOLATIONS]] == [f"/{index}" for index in range(MAX_VIOLATIONS)]
    more = Finding(Code.MORE_VIOLATIONS, "", "expected at most 1000 violations to list; there are more after these")
    assert found[MAX_VIOLATIONS:] == ([] if count == MAX_VIOLATIONS else [more])


def test_a_reading_keeps_few_faults() -> None:
    """One more than the list has, whatever the number of faults."""
    text = "[" + ",".join(["1e999"] * 5000) + "]"
    assert len(explain(text, Limits(max_items=5000)).faults) == MAX_VIOLATIONS + 1


def test_more_violations_are_counted_with_bytes_that_are_not_utf8() -> None:
    """The fault of the bytes is one of the thousand."""
    found = codes(b"[" + b",".join([b"1e999"] * MAX_VIOLATIONS) + b',"\xff"]', Limits(max_items=5000))
    assert len(found) == MAX_VIOLATIONS + 1
    assert found[-1] is Code.MORE_VIOLATIONS


# The value beside the faults


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a":1,"a":2}', {"a": 1}),
        ('{"a":1,"a":{"b":[3]},"c":4}', {"a": 1, "c": 4}),
        ("[1,]", [1]),
        ('{"a":1,}', {"a": 1}),
        ("\ufeff[]", []),
        ("[18446744073709551616]", [18446744073709551616.0]),
        ('["\\ud800"]', ["\ud800"]),
    ],
    ids=ascii,
)
def test_a_text_with_a_fault_that_leaves_the_meaning_clear_has_a_value(text: str, value: JSONValue) -> None:
    """Of a repeated key the value has the first."""
    found = explain(text)
    assert len(found.faults) == 1
    assert repr(found.value) == repr(value)


@pytest.mark.parametrize("text", ["[1", "[1]]", "{}{}", "[" * 17 + "]" * 17, '"\\q"', " " * 70000])
def test_a_text_with_a_fault_that_ends_the_reading_has_no_value(text: str) -> None:
    """It is not JSON, too deep or too large."""
    assert explain(text).value is ABSENT


def test_tolerated_faults_are_not_listed() -> None:
    """`scan` continues after the faults that its caller tolerates, and lists the others."""
    text = '{"a":1,"a":2,"b":1e999,}'
    _, faults = scan(text, max_depth=9, max_items=9, tolerated=frozenset({Code.DUPLICATE_KEY, Code.TRAILING_COMMA}))
    assert [fault.code for fault in faults] == [Code.NUMBER_BEYOND_DOUBLE]
    _, faults = scan(text, max_depth=9, max_items=9)
    assert faults[0] == Fault(Code.DUPLICATE_KEY, ("a",), 7, "expected each key once in an object, got this one again", end=10)


@pytest.mark.parametrize(
    ("offset", "place"),
    [
        (0, "line 1, column 1"),
        (2, "line 1, column 3"),
        (3, "line 2, column 1"),
        (6, "line 3, column 1"),
        (8, "line 4, column 1"),
        (9, "line 5, column 1"),
        (10, "line 5, column 2"),
    ],
)
def test_lf_crlf_and_cr_end_a_line(offset: int, place: str) -> None:
    """Lines end with LF, CRLF or CR; columns count characters."""
    fault = Fault(Code.NOT_JSON, (), offset, "expected x", offset)
    assert Reading("é中\nx\r\ny\r\rzz", DEFAULT_LIMITS, ABSENT).message(fault) == f"expected x ({place})"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((), ""),
        (("",), "/"),
        (("a", 0, "b"), "/a/0/b"),
        (("a/b", "c~d"), "/a~1b/c~0d"),
        (("~1", "/0"), "/~01/~10"),
        (("中", " "), "/中/ "),
    ],
)
def test_pointers_are_those_of_rfc_6901(path: tuple[str | int, ...], expected: str) -> None:
    """`~` becomes `~0`, then `/` becomes `~1`; all other characters remain."""
    assert pointer(path) == expected


# Surrogates


@pytest.mark.parametrize("text", [r'"\uD83D\uDE00"', r'"\ud800\udc00"', r'"\udbff\udfff"', r'"\\ud800"', '"😀"', r'"\ud7ff\ue000"'])
def test_surrogate_pairs_are_accepted(text: str) -> None:
    """A pair of escapes is one character; an escaped backslash does not begin an escape."""
    assert accepted(text)
    assert parse(text) == json.loads(text)


LONE = {
    "escaped-high": r"\ud800",
    "escaped-low": r"\udfff",
    "pair-the-wrong-way": r"\ude00\ud83d",
    "high-then-letter": r"\ud83dx",
    "high-then-high": r"\ud83d\ud83d\ude00",
    "raw-high": "\ud83d",
    "raw-pair": "\ud83d\ude00",
    "raw-high-escaped-low": "\ud83d\\ude00",
}


@pytest.mark.parametrize("lone", LONE.values(), ids=LONE)
@pytest.mark.parametrize("text", ['"%s"', '["", "x%sx"]', '{"%s":0}', '{"a":"%s"}'])
def test_a_lone_surrogate_is_refused(lone: str, text: str) -> None:
    """Escaped or raw, in values and in keys, once for each string."""
    assert not accepted(text % lone)
    assert codes(text % lone) == [Code.LONE_SURROGATE]


# Numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-0", 0),
        ("0.0", 0.0),
        ("-0.0", -0.0),
        ("0e5", 0.0),
        ("0E-999", 0.0),
        ("-0.000e+999", -0.0),
        ("1.0", 1.0),
        ("1e0", 1.0),
        ("1E+2", 100.0),
        ("123456789012345678", 123456789012345678),
        ("-123456789012345678", -123456789012345678),
        (str(MAX_INT), 2**64 - 1),
        (str(MIN_INT), -(2**63)),
        ("18446744073709551616.0", 2.0**64),
        ("1.7976931348623157e308", 1.7976931348623157e308),
        ("5e-324", 5e-324),
        ("2.5e-324", 5e-324),
        ("0." + "0" * 300 + "1", 1e-301),
        ("1." + "0" * 5000, 1.0),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_numbers_keep_value_and_type(text: str, value: float) -> None:
    """A number without fraction and exponent is an int, any other a float; the limits themselves are in range."""
    for written in (text, f"[{text}]", f'{{"a":{text}}}'):
        assert accepted(written)
    assert repr(parse(text)) == repr(value)


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [
        (str(MAX_INT + 1), Code.INTEGER_BEYOND_64_BITS, 2.0**64),
        (str(MIN_INT - 1), Code.INTEGER_BEYOND_64_BITS, -(2.0**63)),
        ("1" + "0" * 22, Code.INTEGER_BEYOND_64_BITS, 1e22),
        ("9" * 5000, Code.NUMBER_BEYOND_DOUBLE, float("inf")),
        ("-" + "9" * 5000, Code.NUMBER_BEYOND_DOUBLE, float("-inf")),
        ("1e309", Code.NUMBER_BEYOND_DOUBLE, float("inf")),
        ("-1.8e308", Code.NUMBER_BEYOND_DOUBLE, float("-inf")),
        ("1e-400", Code.NUMBER_BEYOND_DOUBLE, 0.0),
        ("-0.01e-999999999999999999", Code.NUMBER_BEYOND_DOUBLE, -0.0),
        ("2e-324", Code.NUMBER_BEYOND_DOUBLE, 0.0),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_numbers_out_of_range_are_refused(text: str, code: Code, value: float) -> None:
    """An integer beyond 64 bits, an overflow and an underflow; the reading has the value as a double."""
    for written, place in ((text, ""), (f"[0,{text}]", "/1"), (f'{{"a":{text}}}', "/a")):
        assert [finding[:2] for finding in findings(written)] == [(code, place)]
    assert repr(read_number(text)) == repr((value, code))


@pytest.mark.parametrize(
    "text", ["-", "+1", "01", "-01", "00", ".5", "1.", "1.e1", "1e", "1e+", "1e1.5", "0x1f", "1_000", "١", "１", "--1", "1-", "-a"]
)
def test_numbers_of_other_languages_are_not_json(text: str) -> None:
    """Signs, leading zeros, bare points and digits of other scripts."""
    for written in (text, f"[{text}]"):
        assert not accepted(written)
        assert codes(written) == [Code.NOT_JSON]


# Limits


@pytest.mark.parametrize(
    "text",
    [
        '"' + "a" * 18 + '"',
        '"' + "é" * 9 + '"',
        '"' + "中" * 6 + '"',
        '"' + "😀" * 4 + '" ',
        b'"' + "中".encode() * 6 + b'"',
        '"\\u4e2d\\u4e2dabc" ',
    ],
    ids=ascii,
)
def test_max_bytes_counts_utf8_bytes(text: str | bytes) -> None:
    """A text of exactly `max_bytes` UTF-8 bytes is accepted, one of one byte more refused, as `str` and as `bytes`."""
    size = len(text.encode() if isinstance(text, str) else text)
    assert accepted(text, Limits(max_bytes=size))
    assert findings(text, Limits(max_bytes=size - 1)) == [
        (Code.TOO_LARGE, "", f"expected at most {size - 1} bytes (line 1, column 1)")
    ]


def test_a_lone_surrogate_counts_three_bytes() -> None:
    """The size counts characters that UTF-8 cannot represent, too."""
    assert codes('"\ud800"', Limits(max_bytes=5)) == [Code.LONE_SURROGATE]
    assert codes('"\ud800"', Limits(max_bytes=4)) == [Code.TOO_LARGE]


@pytest.mark.parametrize("depth", [1, 2, 16, 31, 32, 33, 127, 128])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")], ids=["arrays", "objects", "mixed"])
def test_max_depth_is_exact(depth: int, opening: str, closing: str) -> None:
    """Nesting of exactly `max_depth` is accepted, one level more refused; the outermost value is level 1."""
    step = opening.count("{") + opening.count("[")
    levels = depth - depth % step
    text = opening * (levels // step) + "0" + closing * (levels // step)
    if levels:
        assert accepted(text, Limits(max_depth=levels))
    assert accepted("[[0],[1],{}]", Limits(max_depth=2))
    deeper = "[" * (depth + 1) + "]" * (depth + 1)
    assert [finding[:2] for finding in findings(deeper, Limits(max_depth=depth))] == [(Code.TOO_DEEP, "/0" * depth)]


@pytest.mark.parametrize("items", [1, 2, 1000])
def test_max_items_is_exact(items: int) -> None:
    """Exactly `max_items` elements or members of a container are accepted, one more refused."""
    limits = Limits(max_items=items)
    full: list[JSONValue] = list(range(items))
    members: dict[str, JSONValue] = {str(number): number for number in range(items)}
    for value in (full, members, [full] * min(items, 3)):
        assert accepted(dump(value), Limits(max_bytes=10_000_000, max_items=items))
    assert codes(dump([*full, 0]), limits) == [Code.TOO_MANY_ITEMS]
    assert codes(dump({**members, "more": 0}), limits) == [Code.TOO_MANY_ITEMS]
    assert codes(dump([*full, *full, 0]), limits) == [Code.TOO_MANY_ITEMS]


def test_a_repeated_key_is_not_another_item() -> None:
    """Members with the same key count once."""
    assert codes('{"a":1,"a":2,"a":3}', Limits(max_items=1)) == [Code.DUPLICATE_KEY] * 2


@pytest.mark.parametrize(
    "string", ["[{" * 200, "," * 2000, '\\"[' * 200, "\\\\" * 300 + "[" * 40], ids=["brackets", "commas", "quotes", "backslashes"]
)
def test_characters_in_strings_do_not_count(string: str) -> None:
    """Brackets and commas in strings, also after escaped quotes, are neither nesting nor items."""
    for text in (f'["{string}"]', f'{{"{string}":0}}'):
        assert accepted(text, Limits(max_depth=1, max_items=1))


def test_a_text_of_many_containers_is_not_deep() -> None:
    """Containers beside each other do not add to the depth."""
    assert accepted("[" + "{}," * 500 + "[]]", Limits(max_depth=2))


@pytest.mark.parametrize("depth", [2, 16, 32])
def test_brackets_beside_each_other_need_no_scanner(depth: int) -> None:
    """CPython's scanner reads texts that are not too deep, however many brackets they have; it never sees one that is."""
    arrays = "[" * (depth - 1) + '"[{"' + "]" * (depth - 1)
    objects = '{"\\"}":' * (depth - 1) + "0" + "}" * (depth - 1)
    for text in (f"[{arrays},{objects}" + ",[]" * 90 + "]", f'{{"]":{objects},"x":{arrays}}}'):
        assert certain_value(text, Limits(max_depth=depth)) == json.loads(text)
        assert certain_value(text, Limits(max_depth=depth - 1)) is ABSENT
    for text in ("[" * depth, "[}" * depth, "]" * depth + "[" * depth, "[" * 20_000 + "]" * 20_000):
        assert certain_value(text, Limits(max_depth=depth)) is ABSENT


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"max_bytes": 0}, ValueError, "max_bytes must be at least 1"),
        ({"max_bytes": -1}, ValueError, "max_bytes must be at least 1"),
        ({"max_depth": 0}, ValueError, "max_depth must be at least 1 and at most 128"),
        ({"max_depth": 129}, ValueError, "max_depth must be at least 1 and at most 128"),
        ({"max_items": 0}, ValueError, "max_items must be at least 1"),
        ({"max_bytes": 1.0}, TypeError, "max_bytes must be an int, not float"),
        ({"max_depth": True}, TypeError, "max_depth must be an int, not bool"),
        ({"max_items": "9"}, TypeError, "max_items must be an int, not str"),
        ({"max_items": None}, TypeError, "max_items must be an int, not NoneType"),
    ],
)
def test_limits_are_positive_integers(arguments: dict[str, Any], error: type[Exception], message: str) -> None:
    """A limit that is no int raises TypeError, one out of range ValueError."""
    with pytest.raises(error) as caught:
        Limits(**arguments)
    assert str(caught.value) == message


def test_limits_have_their_documented_values() -> None:
    """By default 65,536 bytes, depth 16, 1,000 items; the ends of the ranges are allowed."""
    assert Limits() == DEFAULT_LIMITS == Limits(max_bytes=65536, max_depth=16, max_items=1000)
    assert Limits(max_bytes=1, max_depth=1, max_items=1).max_depth == 1
    assert Limits(max_bytes=10**12, max_depth=128, max_items=10**12).max_depth == 128


# Hostile texts


@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")], ids=["arrays", "objects"])
@pytest.mark.parametrize("limits", [Limits(max_bytes=10**6), WIDE], ids=["depth-16", "depth-128"])
def test_a_hundred_thousand_levels_are_an_error(limits: Limits, opening: str, closing: str, closed: bool) -> None:
    """At any depth the error is a violation, never a RecursionError."""
    text = opening * 100_000 + ("0" + closing * 100_000 if closed else "")
    assert codes(text, limits) == [Code.TOO_DEEP]
    assert codes(text.encode(), limits) == [Code.TOO_DEEP]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 40 + '"' + '\\"' * 30_000,
        "[" * 40 + '"' * 60_000,
        "[" * 40 + '"' + "\\\\" * 30_000,
        '["' + '\\"' * 30_000 + '"]',
        "," * 60_000,
        "-" * 60_000,
        "[" + "1" * 60_000,
        '{"a":' + " " * 60_000,
        '{"' + "a" * 30_000 + '":{' + '"a":1,' * 5_000 + "}}",
    ],
    ids=lambda text: f"{text[:3]}...{text[-3:]}",
)
def test_a_text_takes_linear_time(text: str) -> None:
    """On a text of the largest size quadratic time would take longer than this allows."""
    start = time.process_time()
    explain(text)
    accepted(text)
    assert time.process_time() - start < 3


# Writing


def test_dump_is_compact() -> None:
    """No white space, non-ASCII and `/` unescaped, keys in the order of the mapping."""
    value = {"b": [1, 1.0, None, True], "a": "é中😀/\u2028", "": {}}
    assert dump(value) == '{"b":[1,1.0,null,true],"a":"é中😀/\u2028","":{}}'


@pytest.mark.parametrize(
    ("value", "error"), [(float("nan"), ValueError), (float("inf"), ValueError), (object(), TypeError), ({1j: 1}, TypeError)]
)
def test_dump_refuses_values_that_json_cannot_represent(value: object, error: type[Exception]) -> None:
    """NaN, infinities and other types raise an error of Python, which the caller reports."""
    with pytest.raises(error):
        dump([value])


@pytest.mark.parametrize("value", [None, 1, "a", [], {}, [[], {}, [1, "é"]], {"a": {"b": [1.5, {}]}, 'c"': [None, True]}], ids=repr)
def test_dump_deep_writes_what_dump_writes(value: JSONValue) -> None:
    """The writer without recursion returns the same text."""
    assert dump_deep(value) == dump(value)


def test_dump_deep_writes_any_depth() -> None:
    """Here 100,000 levels."""
    value: JSONValue = []
    for _ in range(99_999):
        value = [value]
    assert dump_deep(value) == "[" * 100_000 + "]" * 100_000


def test_ascii_only_keeps_the_meaning() -> None:
    """It escapes everything but printable ASCII and line feeds, also DEL and C1 controls; the value is the same."""
    text = '{\n "é😀\x7f\x9b\u2028": "a/b"\n}'
    written = ascii_only(text)
    assert written == '{\n "\\u00e9\\ud83d\\ude00\\u007f\\u009b\\u2028": "a/b"\n}'
    assert parse(written) == parse(text)


# Readings


@pytest.mark.parametrize("text", ['{"a":[1]}', b" 1 ", "", '{"a":1,"a":2}', "[[[1]]]", '"\\ud800"'])
@pytest.mark.parametrize("limits", [DEFAULT_LIMITS, Limits(max_depth=2), Limits(max_bytes=5)])
def test_read_and_explain_agree(text: str | bytes, limits: Limits) -> None:
    """On value and faults, whether the text is certainly valid or in doubt."""
    found = read(text, limits)
    explained = explain(text, limits)
    assert (found.value, found.faults) == (explained.value, explained.faults)


def test_a_valid_text_has_a_value_and_no_faults() -> None:
    """`Reading` also has the text."""
    found = read('{"a":[1]}')
    assert (found.text, found.value, found.faults) == ('{"a":[1]}', {"a": [1]}, ())


def test_each_lone_surrogate_has_its_own_replacement() -> None:
    """The first surrogate becomes U+10F000 and so on; all other characters remain."""
    assert replace_lone_surrogates("a\ud800\udbff\udfff\U0001f600") == "a\U0010f000\U0010f3ff\U0010f7ff\U0001f600"


def test_a_reading_of_bytes_has_characters_and_spans() -> None:
    """A byte that is not UTF-8 is one character, a lone surrogate; spans count characters."""
    reading = read(b'{"\xc3\xa9":"\xff","a":1}')
    assert reading.characters == '{"é":"\udcff","a":1}'
    assert reading.spans.values["a",] == Span(13, 14)
    assert [violation.code for violation in reading.violations()] == [Code.INVALID_UTF8]
    with pytest.raises(DecodeError, match="PC103"):
        reading.valid_value()


def test_a_lone_surrogate_of_an_embedded_text_is_replaced() -> None:
    """It is a fault of the text around, so the embedded text has none; the reading says that it was repaired."""
    inherited = read_embedded('{"a":"\ud800"}')
    assert (inherited.value, inherited.faults, inherited.repaired) == ({"a": "\U0010f000"}, (), True)
    escaped = read_embedded('{"a":"é\\ud800"}')
    assert ([fault.code for fault in escaped.faults], escaped.repaired) == ([Code.LONE_SURROGATE], False)


def test_readings_read_each_text_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the strict reader and by every other one."""
    strict: list[str | bytes] = []
    read_once = reading_module.read

    def spy(text: str | bytes, limits: Limits) -> Reading:
        strict.append(text)
        return read_once(text, limits)

    def upper(text: str) -> str:
        read_by.append(text)
        return text.upper()

    read_by: list[str] = []
    monkeypatch.setattr(reading_module, "read", spy)
    readings = Readings(Limits(max_depth=1))
    for _ in range(2):
        assert readings.embedded("[[1]]").faults[0].code is Code.TOO_DEEP
        assert readings.embedded("[]").value == []
        assert readings.by(upper, "[]") == "[]"
        assert readings.by(upper, "a") == "A"
        assert readings.by(len, "a") == 1
    assert strict == ["[[1]]", "[]"]
    assert read_by == ["[]", "a"]
    assert readings.embedded("[]") is readings.embedded("[]")
