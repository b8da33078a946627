"""NDJSON as a stream: lines do not depend on the chunks, empty lines are skipped, long lines are cut, memory is bounded."""

from __future__ import annotations

import io
import itertools
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushcodec import fast
from pushcodec.ndjson import CHUNK, SPACE, Line, Part, check_source, filled_lines, lines_within, pieces

MOST = 5
TOKENS = st.sampled_from(
    [b"\n", b"\n\n\n", b" ", b"\t", b"\r", b"\r\n", b"a", b"{}", b"12345", b"123456", b"x" * 20, b" " * 20, b"\x0b"]
)
BLOBS = st.lists(TOKENS, max_size=30).map(b"".join)


def expected_lines(blob: bytes) -> list[Line]:
    """The lines that are not empty, found by `bytes.split`."""
    found = []
    offset = 0
    for number, text in enumerate(blob.split(b"\n"), 1):
        if text.strip(SPACE):
            found.append(Line(number, offset, text[: MOST + 1]))
        offset += len(text) + 1
    return found


@given(BLOBS, st.lists(st.integers(0, 300), max_size=8))
def test_lines_do_not_depend_on_the_chunks(blob: bytes, cuts: list[int]) -> None:
    """The lines, numbers and offsets are the same for any cuts, and the pieces concatenate to the source."""
    edges = [0, *sorted(min(cut, len(blob)) for cut in cuts), len(blob)]
    chunks = [blob[start:end] for start, end in itertools.pairwise(edges)]
    for source in (blob, chunks, io.BytesIO(blob), OnlyLines(blob)):
        assert list(lines_within(source, MOST)) == expected_lines(blob)  # type: ignore[arg-type]
    found = list(pieces(iter(chunks), MOST))
    assert b"".join(piece.data for piece in found) == blob
    for piece in found:
        assert piece.number == blob.count(b"\n", 0, piece.offset) + 1
        assert piece.part is not Part.LINE or len(piece.data.rstrip(b"\n")) <= MOST
    assert (
        filled_lines(blob) == [line for line in blob.splitlines(keepends=True) if line.strip(SPACE)]
        or b"\r" in blob
        or b"\x0b" in blob
    )


class OnlyLines:
    """A source with `readline` only."""

    def __init__(self, data: bytes) -> None:
        self._lines = io.BytesIO(data)

    def readline(self, size: int = -1) -> bytes:
        return self._lines.readline(size)


@pytest.mark.parametrize("line", [b"\n", b" \t\r\n", b"\r\n"])
def test_empty_lines_yield_nothing_anywhere(line: bytes) -> None:
    """No value and no route, trusted or not, for any number of empty lines."""
    for count in (1, 3, 2 * CHUNK // len(line)):
        blob = line * count
        for decoder in (fast.Decoder(), fast.Decoder(trusted=True)):
            assert list(decoder.decode_lines(blob)) == []
            assert list(decoder.route_lines(blob, now=0)) == []
            [bad] = decoder.decode_lines(blob + b"[]")
            assert isinstance(bad, fast.BadLine)
            assert (bad.line_number, bad.byte_offset) == (count + 1, len(blob))
            assert len(list(decoder.route_lines(blob + b'{"entity":{}}\n' + blob, now=0))) == 1


def test_a_long_line_is_not_kept_in_memory() -> None:
    """A line of 64 MiB takes the memory of some chunks, as a line, as pieces, and if it is white space."""
    for filling, kept in ((b"x", 1), (b" ", 0)):
        tracemalloc.start()
        lines = list(lines_within(iter([filling * CHUNK] * 256 + [b"\n{}"]), 1000))
        size = sum(len(piece.data) for piece in pieces(iter([filling * CHUNK] * 256), 1000))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert [line.number for line in lines] == [1, 2][1 - kept :]
        assert size == 256 * CHUNK
        assert peak < 16 * CHUNK


def test_a_long_line_that_begins_with_white_space_is_a_line() -> None:
    """With white space over the limit and then a text, the line is yielded, and it is too long."""
    blob = b" " * 20 + b"x\n" + b" " * 20 + b"\ny"
    assert [(line.number, line.text) for line in lines_within(blob, MOST)] == [(1, b"      "), (3, b"y")]


@pytest.mark.parametrize(
    "source", ["path", io.StringIO("x"), bytearray(b"x"), memoryview(b"x"), None, 5], ids=lambda source: type(source).__name__
)
def test_other_types_are_a_type_error(source: Any) -> None:
    """Raised by the call, not by the first iteration."""
    message = "source must be bytes, a binary file or chunks of bytes, not "
    for decoder in (fast.Decoder(), fast.Decoder(trusted=True)):
        with pytest.raises(TypeError, match=message):
            decoder.decode_lines(source)
        with pytest.raises(TypeError, match=message):
            decoder.route_lines(source, now=0)
    with pytest.raises(TypeError, match=message):
        check_source(source)
    with pytest.raises(TypeError, match="chunks must be bytes, not str"):
        list(lines_within(["text"], MOST))  # type: ignore[list-item]
