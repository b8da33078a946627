"""Positions in a file: lines, columns and byte offsets, for a whole file or for one line of a file."""

from __future__ import annotations

import pytest

from pushcodec.jsontext.positions import EmbeddedText, SourceText
from pushcodec.jsontext.scanner import find_spans
from pushcodec.jsontext.values import Position, Span


@pytest.mark.parametrize(
    ("at", "place"),
    [
        (0, Position(1, 1, 0)),
        (1, Position(1, 2, 2)),
        (3, Position(2, 1, 6)),
        (6, Position(3, 1, 9)),
        (8, Position(4, 1, 11)),
        (9, Position(5, 1, 12)),
        (11, Position(5, 3, 17)),
    ],
)
def test_lf_crlf_and_cr_end_a_line_and_columns_count_characters(at: int, place: Position) -> None:
    """Lines end with LF, CRLF or CR; columns count code points, offsets bytes."""
    assert SourceText("é中\nx\r\ny\r\rz😀".encode()).position(at) == place


def test_positions_in_a_line_of_a_file_are_those_of_the_file() -> None:
    """A CR does not end a line of NDJSON, and offsets count from the start of the file."""
    line = SourceText(b'{"a":\r1}', start=Position(7, 1, 100), one_line=True)
    assert line.position(6) == Position(7, 7, 106)
    assert SourceText(b"\n1", start=Position(7, 3, 100)).position(1) == Position(8, 1, 101)
    assert SourceText(b"1", start=Position(7, 3, 100)).position(1) == Position(7, 4, 101)


def test_a_byte_that_is_not_utf8_is_one_character() -> None:
    """Each byte that is not UTF-8 counts as one character and one byte."""
    assert SourceText(b'"\xff\xfe"').position(3) == Position(1, 4, 3)


def test_a_lone_surrogate_counts_as_three_bytes() -> None:
    """A `str` with half of a surrogate pair has positions, too."""
    assert SourceText('"\ud800\udc80"').position(3) == Position(1, 4, 7)


@pytest.mark.parametrize(
    ("token", "text", "outer"),
    [
        ('"ab"', "ab", [1, 2, 3]),
        (r'"a\"b\\"', 'a"b\\', [1, 2, 4, 5, 7]),
        (r'"\u00e9\ud83d\ude00x"', "é😀x", [1, 7, 19, 20]),
        (r'"\ud83d\ud83d\ude00"', "\ud83d😀", [1, 7, 19]),
        (r'"\ude00\uD83D"', "\ude00\ud83d", [1, 7, 13]),
        ('"😀\\n"', "😀\n", [1, 2, 4]),
        ('""', "", [1]),
    ],
)
def test_an_escape_is_one_character(token: str, text: str, outer: list[int]) -> None:
    """A character is at the start of its escape, two escapes of a surrogate pair are one, the end is at the closing quote."""
    embedded = EmbeddedText(token, Span(0, len(token)))
    assert embedded.text == text
    assert [embedded.outer(at) for at in range(len(text) + 1)] == outer


def test_only_the_first_of_duplicate_keys_has_spans() -> None:
    """The value of a repeated key has no spans at any depth, because the object has the first value."""
    spans = find_spans('{"a":[1],"a":[2,3]}', max_depth=16, max_items=9)
    assert spans.values == {("a", 0): Span(6, 7), ("a",): Span(5, 8), (): Span(0, 19)}
    assert spans.keys == {("a",): Span(1, 4)}


def test_spans_end_at_the_deepest_level() -> None:
    """Deeper values are not read."""
    assert find_spans("[1,[2]]", max_depth=2, max_items=9).values.keys() == {(0,), (1, 0), (1,), ()}
    assert find_spans("[1,[2]]", max_depth=1, max_items=9).values.keys() == {(0,)}


def test_spans_end_at_the_first_fault_that_ends_the_reading() -> None:
    """A text that is not JSON has the spans of the values before that fault."""
    spans = find_spans('{"a":1,"b":[{},[],', max_depth=16, max_items=9)
    assert list(spans.values.values()) == [Span(5, 6), Span(12, 14), Span(15, 17)]
