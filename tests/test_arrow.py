"""Columns of verdicts: each row equals the answer of the fast path for its text, independently of other rows."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pytest
from expected_rows import expected_row
from hypothesis import given
from hypothesis import strategies as st
from mutants import mutants, originals
from payloads import c2c_call, c2c_chat, compact, group_call, group_chat, group_content

from pushcodec import arrow, fast
from pushcodec.arrow import decoding
from pushcodec.arrow.schema import decoded_field
from pushcodec.jsontext import Limits

NOW = 1595234240
BOTH = pytest.mark.parametrize("trusted", [False, True], ids=["default", "trusted"])


def ext(entity: Any, **beside: Any) -> bytes:
    """The text of an ext."""
    return compact({"entity": entity, **beside}).encode()


PLAIN = [
    ext(c2c_chat()),
    ext(group_chat(sendTime=5, customData=[1, -1], nickname=""), timPushFeatures={"fcmPushType": 1}),
    ext({"action": 1, "chatType": 2, "sender": "g"}),
    ext(c2c_call()),
    ext(group_call(sendTime=NOW)),
    ext(group_call(group_content(code=-1, duration=2, timestamp=-3, sender="a", data="x", group_id="你"), sendTime=NOW - 31)),
]
QUOTED = [ext(c2c_chat(content='say "hi"')), ext(group_call(group_content(call_id='"')))]
DOUBTFUL = [
    b"",
    b" ",
    b"{",
    b"\xff",
    b'{"entity":1}',
    PLAIN[0] + b" " + PLAIN[1],
    PLAIN[0] + b"\n" + PLAIN[1],
    PLAIN[0] + b'{"entity":',
    PLAIN[0][len(b'{"entity":') :],
    b"\xef\xbb\xbf" + PLAIN[0],
    PLAIN[0].replace(b"action", b"acti\\u006fn"),
    PLAIN[0].replace(b'"entity"', b'"x":"\n","entity"'),
    PLAIN[0].replace(b'"sender"', b'"chatType":1,"sender"'),
    PLAIN[3].replace(b"{\\", b'{\\"room_id\\":1,\\'),
    PLAIN[3].replace(b"{\\", b'{\\"data\\":\\"\\\\\\"\\",\\'),
    PLAIN[3].replace(b"{\\", b'{\\"data\\":\\"\\\\u005cu0022\\",\\'),
    QUOTED[0].replace(b'\\"', b"\\u0022"),
    ext(c2c_chat(traceId="x")),
    ext(c2c_chat(nickname=None)),
    ext(c2c_chat(chatType=3)),
    ext(group_call(content=None)),
    ext(group_call(group_content(call_id=""))),
    ext({**group_call(), "content": "{}"}),
    ext(c2c_chat(customData=[1] * 1001)),
    ext(c2c_chat(content="x" * 70000)),
    ext(group_call(group_content(invited_list=["a"] * 1001))),
]


def rows(decoded: pa.StructArray) -> list[Any]:
    """The rows as dictionaries, after a full validation of the array."""
    decoded.validate(full=True)
    assert decoded.type == arrow.DECODED
    found: list[Any] = decoded.to_pylist()
    return found


def expected(texts: Sequence[bytes | None], trusted: bool, limits: Limits = Limits(), now: int | None = NOW) -> list[Any]:  # noqa: B008
    """The expected rows, computed one text at a time."""
    decoder = fast.Decoder(trusted=trusted, limits=limits)
    return [expected_row(decoder, text, now) for text in texts]


@BOTH
def test_rows_equal_the_answers_of_the_fast_path(trusted: bool) -> None:
    """Values, verdict and route of each row equal those of the text alone."""
    for texts in (PLAIN, PLAIN + QUOTED, [*PLAIN, None, *DOUBTFUL]):
        array = pa.array(texts, pa.binary())
        assert rows(arrow.decode_array(array, now=NOW, trusted=trusted)) == expected(texts, trusted)
        assert rows(arrow.decode_array(array, trusted=trusted)) == expected(texts, trusted, now=None)


@BOTH
@pytest.mark.parametrize("doubtful", DOUBTFUL, ids=range(len(DOUBTFUL)))
def test_a_bad_row_changes_no_other_row(trusted: bool, doubtful: bytes) -> None:
    """Also if the bad text occurs twice or beside an empty one."""
    for texts in ([*PLAIN, doubtful, *PLAIN], [PLAIN[0], doubtful, b"", doubtful], [doubtful, *QUOTED]):
        decoded = arrow.decode_array(pa.array(texts, pa.binary()), now=NOW, trusted=trusted)
        assert rows(decoded) == expected(texts, trusted)


@BOTH
def test_a_text_of_several_lines_is_one_text(trusted: bool) -> None:
    """A row with line feeds inside or around its text is one text."""
    texts = [text.replace(b",", b" ,\n ") for text in PLAIN] + [b" \n" + PLAIN[0] + b"\r\n"]
    assert rows(arrow.decode_array(pa.array(texts, pa.binary()), now=NOW, trusted=trusted)) == expected(texts, trusted)


@BOTH
@pytest.mark.parametrize("limits", [Limits(max_bytes=100), Limits(max_depth=2), Limits(max_items=13), Limits(max_items=5)])
def test_limits_are_those_of_the_fast_path(trusted: bool, limits: Limits) -> None:
    """A column has the same refusals as single texts with the same limits."""
    texts = [*PLAIN, ext(c2c_chat(customData=[1] * 13)), ext(c2c_chat(customData=[1] * 14))]
    decoded = arrow.decode_array(pa.array(texts, pa.binary()), now=NOW, limits=limits, trusted=trusted)
    assert rows(decoded) == expected(texts, trusted, limits)


@BOTH
def test_rows_of_mutants_equal_the_answers_of_the_fast_path(trusted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """2,000 seeded mutants between originals, in batches of several sizes."""
    draw = random.Random(5)
    texts: list[bytes | None] = [draw.choice((text, draw.choice(originals()), None)) for text in mutants(2000, seed=7)]
    answers = expected(texts, trusted)
    for size in (1, 2, 7, 100, 4096):
        monkeypatch.setattr(decoding, "_ROWS", size)
        assert rows(arrow.decode_array(pa.array(texts, pa.binary()), now=NOW, trusted=trusted)) == answers


@given(st.lists(st.sampled_from([*PLAIN, *QUOTED, *DOUBTFUL[:23], None]), max_size=12), st.booleans(), st.integers(0, 2**63))
def test_any_column_equals_its_rows(texts: list[bytes | None], trusted: bool, now: int) -> None:
    """Any texts in any order, with any clock, give the rows of the fast path."""
    decoded = arrow.decode_array(pa.array(texts, pa.binary()), now=now, trusted=trusted)
    assert rows(decoded) == expected(texts, trusted, now=now)


# Types


@pytest.mark.parametrize("kind", decoding._TYPES, ids=str)
@pytest.mark.parametrize("shape", [lambda array: array, lambda array: pa.chunked_array([array[:2], array[2:2], array[2:]])])
def test_texts_of_every_type_are_read(kind: pa.DataType, shape: Callable[[Any], Any]) -> None:
    """Binary and string arrays, large, views, sliced and in chunks give the same rows; nulls stay null."""
    texts = [*PLAIN, None, DOUBTFUL[5]]
    values = texts if "binary" in str(kind) else [text and text.decode() for text in texts]
    array = pa.array([None, *values, None], kind)[1:-1]
    assert rows(arrow.decode_array(shape(array), now=NOW)) == expected(texts, trusted=False)


def test_empty_columns_give_empty_columns() -> None:
    """Columns without rows or without chunks; a column of nulls gives nulls."""
    for empty in (pa.array([], pa.string()), pa.chunked_array([], pa.string())):
        assert rows(arrow.decode_array(empty)) == []
    assert rows(arrow.decode_array(pa.nulls(3, pa.string()), now=NOW)) == [None] * 3


def test_columns_of_other_types_are_type_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the accepted types. Values that are no arrays and columns that are too large are errors, too."""
    with pytest.raises(TypeError, match=r"expected a column of binary, large_binary, .* or string_view, not int64"):
        arrow.decode_array(pa.array([1]))
    with pytest.raises(TypeError, match="expected a pyarrow Array or ChunkedArray of texts, not list"):
        arrow.decode_array(["{}"])
    with pytest.raises(ValueError, match="unknown kind 'exts', expected one of ext, auto, "):
        arrow.decode_array(pa.array([""]), kind="exts")
    monkeypatch.setattr(decoding, "_MOST_BYTES", 5)
    with pytest.raises(ValueError, match="2 GiB"):
        arrow.decode_array(pa.array(["x" * 10]))


# Clocks


@BOTH
@pytest.mark.parametrize("kind", [pa.int64(), pa.int32(), pa.uint64()], ids=str)
def test_a_clock_for_each_row(trusted: bool, kind: pa.DataType) -> None:
    """A column of clocks, also in chunks, with null for an unknown time."""
    texts = [*PLAIN, None, *PLAIN, *DOUBTFUL]
    clocks = [(NOW, None, 0)[at % 3] for at in range(len(texts))]
    decoder = fast.Decoder(trusted=trusted)
    answers = [expected_row(decoder, text, now) for text, now in zip(texts, clocks, strict=True)]
    column = pa.array(clocks, kind)
    for now in (column, pa.chunked_array([column[:4], column[4:]])):
        assert rows(arrow.decode_array(pa.array(texts, pa.binary()), now=now, trusted=trusted)) == answers
    good = [text for text in texts[:6] if text]
    assert rows(arrow.decode_array(pa.array(good), now=column[:6], trusted=trusted)) == answers[:6]


def test_a_clock_beyond_63_bits() -> None:
    """It is later than any call."""
    texts = [PLAIN[4]]
    for now in (2**63 - 1, 2**63, 2**64 - 1):
        assert rows(arrow.decode_array(pa.array(texts), now=now)) == expected(texts, trusted=False, now=now)
        assert rows(arrow.decode_array(pa.array(texts), now=pa.array([now], pa.uint64()))) == expected(
            texts, trusted=False, now=now
        )


def test_a_wrong_clock_is_an_error_of_the_caller() -> None:
    """Clocks must be non-negative integers, one for each text."""
    texts = pa.array(PLAIN)
    for now, error in ((-1, ValueError), (1.5, TypeError), (True, TypeError), (pa.array([1.5] * 6), TypeError)):
        with pytest.raises(error):
            arrow.decode_array(texts, now=now)
    with pytest.raises(ValueError, match="as many clocks as texts, 6, not 1"):
        arrow.decode_array(texts, now=pa.array([1]))
    with pytest.raises(ValueError, match="negative"):
        arrow.decode_array(texts, now=pa.array([1, 2, 3, 4, 5, -1]))


# Batches and versions


def test_decode_batch_adds_a_column() -> None:
    """The field of the column has the version; the clock may be a column of the batch."""
    batch = pa.record_batch({"id": [1, 2], "raw": [PLAIN[4], b"{"], "seen": [NOW, NOW]})
    found = arrow.decode_batch(batch, "raw", now="seen")
    assert found.schema.names == ["id", "raw", "seen", "decoded"]
    assert found.column("decoded").to_pylist() == expected([PLAIN[4], b"{"], trusted=False)
    assert found.drop_columns(["decoded"]) == batch
    assert arrow.decoded_column(found).equals(arrow.decode_array(batch.column("raw"), now=NOW))
    assert arrow.decode_batch(batch, "raw", into="x").schema.field("x") == decoded_field("x")
    with pytest.raises(ValueError, match="'decoded' is there already"):
        arrow.decode_batch(found, "raw")
    with pytest.raises(KeyError):
        arrow.decode_batch(batch, "text")


def test_an_unknown_version_is_refused() -> None:
    """`decoded_column` accepts only columns of a version that it knows."""
    arrow.check_version(arrow.SCHEMA)
    batch = arrow.decode_batch(pa.record_batch({"raw": [PLAIN[0]]}), "raw")
    for metadata, message in (({"pushcodec.schema": "2"}, "another"), ({}, "found none")):
        field = batch.schema.field("decoded").with_metadata(metadata)
        other = pa.RecordBatch.from_arrays(batch.columns, schema=batch.schema.set(1, field))
        with pytest.raises(arrow.SchemaVersionError, match=message):
            arrow.decoded_column(other)


def test_the_schema_is_pinned() -> None:
    """The columns of a version never change; changed columns need a new version."""
    columns = {field.name: str(field.type) for field in arrow.SCHEMA if field.name != "signaling"}
    assert (arrow.VERSION, columns) == (1, VERSION_1)
    assert {field.name: str(field.type) for field in arrow.SIGNALING} == SIGNALING_1


VERSION_1 = {
    "valid": "bool",
    "action": "int8",
    "chat_type": "int8",
    **dict.fromkeys(("sender", "content", "nickname", "face_url"), "string"),
    "version": "int8",
    "send_time": "int64",
    **dict.fromkeys(("outcome", "reason", "crash_step", "error_code", "error_pointer"), "string"),
}
SIGNALING_1 = {
    "action": "int8",
    "call_id": "string",
    "call_type": "int8",
    "invited_list": "list<item: string>",
    "room_id": "int32",
    "group_id": "string",
    **dict.fromkeys(("timeout", "version", "code", "duration"), "int32"),
    "timestamp": "int64",
    "sender": "string",
    "data": "string",
}


def test_a_reader_decodes_each_batch_on_demand() -> None:
    """Each batch gets the column `into`; the clock may be a column of the batch; an empty batch stays a batch."""
    batch = pa.RecordBatch.from_arrays([pa.array(["{}", None]), pa.array([NOW, NOW])], names=["ext", "at"])
    asked = []

    def batches() -> Iterator[pa.RecordBatch]:
        for each in (batch, batch.slice(0, 0), batch):
            asked.append(each.num_rows)
            yield each

    reader = arrow.decode_reader(pa.RecordBatchReader.from_batches(batch.schema, batches()), "ext", into="d", now="at")
    assert asked == []
    assert reader.schema.names == ["ext", "at", "d"]
    decoded = [each.column("d").to_pylist() for each in reader]
    assert asked == [2, 0, 2]
    rows = arrow.decode_array(batch.column("ext"), now=NOW).to_pylist()
    assert decoded == [rows, [], rows]
