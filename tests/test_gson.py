"""Gson's lenient reader and its bound fields, by the tables of the contract."""

from __future__ import annotations

from string import ascii_letters
from typing import Any

import pytest

from pushcodec.clients.android.gson import (
    Field,
    GsonError,
    Reader,
    Token,
    object_of,
    read_bytes,
    read_document,
    read_int,
    read_long,
    read_string,
    read_strings,
)
from pushcodec.clients.android.java_numbers import whole_number

FIELDS = {
    "i": Field(7, read_int),
    "l": Field(7, read_long),
    "s": Field("", read_string),
    "list": Field(None, read_strings),
    "bytes": Field(None, read_bytes),
}


def bound(text: str) -> Any:
    """The bound values that differ from their defaults; None for null."""
    read = read_document(text, object_of(FIELDS))
    return None if read is None else {name: value for name, value in read.items() if value != FIELDS[name].default}


READ: dict[str, tuple[str, Any]] = {
    "standard": ('{"i":1,"l":-2,"s":"x","list":["a"],"bytes":[1]}', {"i": 1, "l": -2, "s": "x", "list": ["a"], "bytes": [1]}),
    "byte-order-mark": ('\ufeff{"i":1}', {"i": 1}),
    "prefix": (")]}'\n{'i':1}", {"i": 1}),
    "prefix-after-space": ("  )]}'\n{'i':1}", {"i": 1}),
    "single-quotes": ("{'i':1,'s':'it\\'s'}", {"i": 1, "s": "it's"}),
    "bare-names-and-values": ("{i:1,s:hello}", {"i": 1, "s": "hello"}),
    "bare-swallows-quotes": ('{s:7","i":"2"}', {"s": '7"', "i": 2}),
    "equals-and-arrows": ("{i=1,s=>x;l:2}", {"i": 1, "s": "x", "l": 2}),
    "comments": ("// a\n{/* b */i:1,# c\r s:x// d\n}", {"i": 1, "s": "x"}),
    "comments-one-after-the-other": ("/**//*/*/{/* a */i:1/* b */}", {"i": 1}),
    "comment-that-ends-the-text": ("{i:1}  ", {"i": 1}),
    "duplicates-last": ("{i:1,i:2}", {"i": 2}),
    "null-keeps-the-earlier": ("{i:1,i:null,l:null}", {"i": 1}),
    "null-string": ("{s:null}", {"s": None}),
    "keywords-in-any-case": ("{s:TRUE,i:NuLL,list:[FALSE]}", {"s": "true", "list": ["false"]}),
    "long-saturates": ("{l:9223372036854775808}", {"l": 2**63 - 1}),
    "number-as-string": ("{s:1e0,list:[1.50,-0,true]}", {"s": "1e0", "list": ["1.50", "-0", "true"]}),
    "holes": ("{list:[a,,b,],bytes:null}", {"list": ["a", None, "b", None]}),
    "hole-first": ("{list:[,]}", {"list": [None, None]}),
    "empty-array": ("{list:[],bytes:[ ]}", {"list": [], "bytes": []}),
    "array-with-semicolons": ("{list:[a;b]}", {"list": ["a", "b"]}),
    "bytes-are-cut": ("{bytes:[127,128,255,256,-129,'1']}", {"bytes": [127, -128, -1, 0, 127, 1]}),
    "unknown-is-skipped": ("{k:{a:[1,{b:null}],c:'}'},i:1}", {"i": 1}),
    "unknown-empty": ("{k:{},m:[],i:1}", {"i": 1}),
    "escapes": (r'{s:"\t\b\n\r\f\"\\\/\u0041\u00e9"}', {"s": '\t\b\n\r\f"\\/Aé'}),
    "escaped-line-end": ('{s:"a\\\nb"}', {"s": "a\nb"}),
    "surrogate-pair": (r'{s:"\ud83d\ude00"}', {"s": "😀"}),
    "lone-surrogate": (r'{s:"\ud83d"}', {"s": "\ud83d"}),
    "raw-control": ('{s:"a\nb\x00"}', {"s": "a\nb\x00"}),
    "space-after": ("{i:1} \t\r\n", {"i": 1}),
    "empty": ("", None),
    "white-space": (" \n", None),
    "only-comments": ("# nothing\n/* at all */", None),
    "null": ("null", None),
    "null-and-rubbish": ("NULL }}}", None),
    "empty-object": ("{}", {}),
    "empty-name": ("{'':1,i:1}", {"i": 1}),
}


@pytest.mark.parametrize(("text", "values"), READ.values(), ids=READ)
def test_gson_reads_lenient_texts(text: str, values: Any) -> None:
    """Each text gives the values of the table."""
    assert bound(text) == values


REFUSED = {
    "comma-at-the-end-of-an-object": "{i:1,}",
    "comma-first": "{,}",
    "semicolon-as-value": "{i:;}",
    "no-colon": "{i 1}",
    "no-value": "{i:}",
    "no-comma": "[1 2]",
    "not-closed": "{i:1",
    "array-not-closed": "{list:[a",
    "array-closed-as-object": "{list:[a}}",
    "string-not-closed": "{s:'a",
    "escape-not-ended": "{s:'a\\",
    "unknown-escape": r"{s:'\x41'}",
    "short-unicode-escape": r"{s:'\u41'}",
    "unicode-escape-of-other-digits": "{s:'\\u٠٠٤١'}",
    "comment-not-closed": "/* {i:1}",
    "comment-not-closed-inside": "{/*",
    "int-out-of-range": "{i:2147483648}",
    "slash": "/ {i:1}",
    "backslash-as-value": "{i:\\}",
    "rubbish-after": "{i:1} x",
    "comment-after": "{i:1} // x",
    "second-value": "{i:1}{i:2}",
    "fault-in-a-skipped-value": "{k:{a:'x},i:1}",
    "name-without-value-skipped": "{k}",
    "not-an-object": "[]",
    "bare-top": "hello",
    "bool-as-int": "{i:true}",
    "object-as-int": "{i:{}}",
    "array-as-string": "{s:[]}",
    "string-as-list": "{list:'a'}",
    "object-in-list": "{list:[{}]}",
    "object-as-bytes": "{bytes:{}}",
    "null-byte": "{bytes:[null]}",
    "hole-of-bytes": "{bytes:[1,]}",
    "string-as-byte": "{bytes:['a']}",
    "two-byte-order-marks": "\ufeff\ufeff{i:1}",
    "form-feed": "\f{i:1}",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_gson_refuses_other_texts(text: str) -> None:
    """Gson throws an exception for each text, for one reason."""
    with pytest.raises(GsonError):
        read_document(text, object_of(FIELDS))


# Tokens


def test_tokens_have_a_kind_and_a_text() -> None:
    """Names may be quoted or bare; other quoted tokens are strings; keywords have their own kinds."""
    reader = Reader("{a:1,'b':\"x\",c:[TRUE,Null,y]}")
    tokens: list[Token] = []
    while not tokens or reader.peek().kind != "}":
        tokens.append(reader.take())
    assert [token for token in tokens if token.kind not in ("{", "[", "]")] == [
        *(("name", "a"), ("bare", "1"), ("name", "b"), ("string", "x")),
        *(("name", "c"), ("boolean", "true"), ("null", ""), ("bare", "y")),
    ]


@pytest.mark.parametrize("letter", ascii_letters)
def test_letters_are_no_punctuation(letter: str) -> None:
    """Every letter can begin a bare name, value and element; none replaces a colon."""
    assert bound(f"{{{letter}_:0,s:{letter}1,list:[{letter}1]}}") == {"s": f"{letter}1", "list": [f"{letter}1"]}
    with pytest.raises(GsonError):
        bound(f"{{i {letter}1}}")


# Numbers

WHOLE = {
    **dict.fromkeys(
        (
            "1",
            "1.0",
            "1e0",
            "10e-1",
            "0.99999999999999999999",
            "01",
            "+1",
            "1.",
            "1f",
            "1F",
            "1d",
            "1D",
            " 1 ",
            "\n1",
            "\x011\x1f",
            "0x1p0",
        ),
        1,
    ),
    "-0": 0,
    "0": 0,
    "-1": -1,
    ".5e1": 5,
    "1e-400": 0,
    "٣": 3,
    "0x.8p1f": 1,
    "0" * 4300 + "1": 1,
    "-" + "0" * 9999 + "7": -7,
    "٠" * 4301 + "١": 1,
    "1." + "0" * 5000: 1,
    "1" + "0" * 5000 + "e-5000": 1,
    "0." + "0" * 5000 + "1e5001": 1,
    "0x" + "0" * 5000 + "1p0": 1,
    "2147483647": 2**31 - 1,
    "-2147483648": -(2**31),
}
NOT_WHOLE = (
    *(
        "",
        "abc",
        "1abc",
        "0x1",
        "1L",
        "NaN",
        "Infinity",
        "-Infinity",
        "1.5",
        "1e400",
        "1 2",
        "\xa01",
        "+",
        "-",
        ".",
        "e1",
        "1e",
        "1ff",
    ),
    *("2147483648", "-2147483649", "9223372036854775808", "1e10", "𝟙", "1_0", "0x1p", "0x1p99999", "--1", "9" * 5000),
    *("1e9999999999", "1" * 5000 + "x", "0x" + "f" * 5000 + "p0", "0." + "0" * 5000 + "1e5000", "٩" * 5000),
)


def short(value: object) -> str:
    """The id of a parameter: values may have thousands of characters."""
    return ascii(value)[:30]


@pytest.mark.parametrize(("text", "value"), WHOLE.items(), ids=short)
def test_tokens_that_are_ints(text: str, value: int) -> None:
    """Tokens that Java converts to an int."""
    assert (whole_number(text, 32), whole_number(text, 64)) == (value, value)


@pytest.mark.parametrize("text", NOT_WHOLE, ids=short)
def test_tokens_that_are_no_ints(text: str) -> None:
    """Tokens for which Java throws an exception."""
    assert whole_number(text, 32) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2147483648", 2**31),
        ("9223372036854775807", 2**63 - 1),
        ("-9223372036854775808", -(2**63)),
        ("9223372036854775808", 2**63 - 1),
        ("-9223372036854775809", -(2**63)),
        ("-9223372036854775807", 1 - 2**63),
        ("9223372036854775806", 2**63 - 2),
        ("-9007199254740993", -(2**53) - 1),
        ("0" * 50 + "9007199254740993", 2**53 + 1),
        ("1e18", 10**18),
    ],
)
def test_longs_are_exact_and_saturate_by_way_of_a_double(text: str, value: int) -> None:
    """Integers in range are exact; those just beyond 64 bits become the double 2^63 and saturate."""
    assert whole_number(text, 64) == value


def test_a_long_far_out_of_range_is_refused() -> None:
    """1e19 is an integer, but no long."""
    assert whole_number("1e19", 64) is None
