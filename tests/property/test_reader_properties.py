"""Properties of the strict reader and of the Foundation reader, for every text."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st
from json_texts import json_like, json_values

from pushcodec.clients.ios.foundation import _read_tolerantly, read_object, write_json
from pushcodec.errors import DecodeError
from pushcodec.jsontext import DEFAULT_LIMITS, JSONValue, Limits, dump, dump_deep, parse
from pushcodec.jsontext.reading import explain
from pushcodec.jsontext.values import ABSENT

limits = st.one_of(
    st.just(DEFAULT_LIMITS),
    st.builds(Limits, max_bytes=st.integers(1, 60), max_depth=st.integers(1, 3), max_items=st.integers(1, 3)),
    # All three are given: Hypothesis would otherwise draw an int for a field of the named tuple that has a default.
    st.builds(Limits, max_bytes=st.just(DEFAULT_LIMITS.max_bytes), max_depth=st.integers(30, 128), max_items=st.integers(1, 4)),
)


def is_text_or_bytes(text: str, as_bytes: bool) -> str | bytes:
    """The text, or its bytes; the bytes of a lone surrogate are not UTF-8."""
    return text.encode("utf-8", "surrogatepass") if as_bytes else text


texts = st.one_of(
    st.builds(is_text_or_bytes, json_like, st.booleans()),
    st.text(st.characters(), max_size=40),
    st.binary(max_size=40),
)


def outcome(text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> JSONValue | DecodeError:
    """The value that `parse` returns, or the error that it raises."""
    try:
        return parse(text, limits)
    except DecodeError as error:
        return error


def same(one: object, other: object) -> bool:
    """True if the values are equal; 1, 1.0 and true differ."""
    return repr(one) == repr(other)


@given(texts, limits)
@example('"\ud800"', DEFAULT_LIMITS)
@example("[" * 100, Limits(max_depth=128))
@example(b'"\xed\xa0\x80"', DEFAULT_LIMITS)
def test_every_text_gives_a_value_or_a_decode_error(text: str | bytes, limits: Limits) -> None:
    """For `str` and `bytes`, valid or not; the DecodeError has violations."""
    found = outcome(text, limits)
    if isinstance(found, DecodeError):
        assert found.violations
        assert str(found).isascii()
        assert len(str(found)) <= 512
    else:
        assert dump(found)


@given(texts, limits)
@example('{"a":1,"\\u0061":2}', DEFAULT_LIMITS)
@example('{"a":"[[[[","b":1}', Limits(max_depth=1))
@example("1e-400", DEFAULT_LIMITS)
def test_parse_accepts_exactly_the_texts_without_a_fault(text: str | bytes, limits: Limits) -> None:
    """The quick reader and the scanner, which lists the faults, agree on every text and on its value."""
    explained, found = explain(text, limits), outcome(text, limits)
    if isinstance(found, DecodeError):
        assert explained.faults
        assert [violation.code for violation in found.violations] == [fault.code for fault in explained.faults]
    else:
        assert explained.faults == ()
        assert same(found, explained.value)


@given(texts, limits)
@example('{"a":1,"\ud800":2}', Limits(max_items=1))
@example(b'{"a":1,"a":2,"b":"\xff"}', DEFAULT_LIMITS)
def test_faults_are_in_the_order_of_the_text(text: str | bytes, limits: Limits) -> None:
    """Each fault has an offset within the text, and the offsets ascend."""
    offsets = [fault.offset for fault in explain(text, limits).faults]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= len(text) for offset in offsets)


@given(texts)
def test_a_reading_without_a_value_has_a_fault(text: str | bytes) -> None:
    """A reading has a value or at least one fault."""
    found = explain(text)
    assert found.faults or found.value is not ABSENT


@given(json_values)
def test_parsing_undoes_dumping(value: JSONValue) -> None:
    """Parsing the text of a value within the limits gives that value, with its types; both writers give the same text."""
    assert same(parse(dump(value)), value)
    assert same(parse(dump(value).encode()), value)
    assert dump_deep(value) == dump(value)


@given(json_values, st.booleans(), st.sampled_from([None, 0, 2]))
def test_escapes_and_white_space_change_no_value(value: JSONValue, ascii_only: bool, indent: int | None) -> None:
    """A value parses the same with and without escapes and indentation."""
    assert same(parse(json.dumps(value, ensure_ascii=ascii_only, indent=indent)), value)


@given(texts)
def test_parse_agrees_with_json_loads_on_texts_that_it_accepts(text: str | bytes) -> None:
    """`json.loads` gives the same value for every text that the strict reader accepts."""
    value = outcome(text)
    assert isinstance(value, DecodeError) or same(value, json.loads(text))


@given(json_like)
@example('{"a":1,"a":"\\ud800"}')
@example('{"a":1,"a":1e999}')
@example('{"a":[1,],}')
@example('{"a":18446744073709551616}')
@example('{"a":1 ,\r\n}\t')
@example('{"a":"\ud800"}')
@example("\ufeff{}")
def test_the_foundation_reader_agrees_with_its_slow_path(text: str) -> None:
    """The reader that uses CPython's scanner and the reader without recursion give the same value."""
    assert same(read_object(text), _read_tolerantly(text))


@given(json_like)
def test_foundation_reads_every_object_that_the_strict_reader_accepts(text: str) -> None:
    """It gives the same value for an object, and no value for anything else."""
    value = outcome(text)
    assert isinstance(value, DecodeError) or same(read_object(text), value if isinstance(value, dict) else None)


@given(st.dictionaries(st.text(max_size=6), json_values, max_size=4))
def test_foundation_reads_what_it_writes(value: dict[str, JSONValue]) -> None:
    """The client's writer keeps every value, except that an integral double becomes an integer."""
    written = write_json(value)
    read = read_object(written)
    assert read == value
    assert read is not None
    assert write_json(read) == written


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_foundation_writes_doubles_without_loss(value: float) -> None:
    """The client's writer and reader keep every bit of a double, except for the sign of zero."""
    read = read_object(f'{{"a":{write_json(value)}}}')
    assert read is not None
    assert read["a"] == value
