"""Arrays of texts, decoded batch by batch: the memory needed besides the result does not grow with the array."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from pushcodec.arguments import check_type
from pushcodec.arrow.columns import Clock, Locate, refused_rows, struct_of
from pushcodec.arrow.documents import KINDS, unwrap
from pushcodec.arrow.schema import DECODED, check_version, decoded_field
from pushcodec.clients.clock import check_now
from pushcodec.clients.ios.outcomes import Route
from pushcodec.errors import printable
from pushcodec.fast.batches import Batches, Lines
from pushcodec.jsontext import DEFAULT_LIMITS, Limits
from pushcodec.jsontext.values import WHITE_SPACE

_TYPES: Final = (pa.binary(), pa.large_binary(), pa.binary_view(), pa.string(), pa.large_string(), pa.string_view())

_ROWS, _BYTES = 2048, 2**21
_SPACE = WHITE_SPACE.encode()
_MOST_BYTES = 2**31 - 1  # of a column with 32-bit offsets
_LATEST = 2**63 - 1

Texts: TypeAlias = "pa.Array | pa.ChunkedArray"
Now: TypeAlias = "int | pa.Array | pa.ChunkedArray | None"


def decode_array(
    texts: Texts,
    *,
    kind: str = "ext",
    now: Now = None,
    limits: Limits = DEFAULT_LIMITS,
    trusted: bool = False,
) -> pa.StructArray:
    """A row of `SCHEMA` for each text, null for a null.

    Reads UTF-8 texts in columns of type binary or string, large or not, or views. `kind` is one of `KINDS`: `ext` for texts of
    exts, the name of a form for documents of that form, `auto` for texts that are recognised one by one; an ext in a document is
    decoded, and a document without one, or with several, gives a row with the code and the pointer of the reason. `now` is the
    phone's clock in unix seconds, for all rows, or a column with one for each row; without it, or where it is null, the columns of
    the client's routes are null. `limits` and `trusted` are those of `fast.Decoder`. Never raises because of a text. Raises
    TypeError for columns of other types, ValueError for an unknown kind, for negative clocks, for another number of clocks than
    texts, and for more than 2 GiB of texts.
    """
    check_type("kind", kind, str, "a str")
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}, expected one of {', '.join(KINDS)}")
    _check_texts(texts)
    clock = _clock(now, len(texts))
    batches = Batches(limits=limits, trusted=trusted)
    decode = partial(_decode_present, batches) if kind == "ext" else partial(_decode_documents, batches, kind, limits)
    decoded = [_decode(decode, each, clock_of_each) for each, clock_of_each in _in_batches(texts, clock)]
    return pa.concat_arrays(decoded) if decoded else pa.array([], DECODED)


def decode_batch(
    batch: pa.RecordBatch,
    column: str,
    *,
    into: str = "decoded",
    kind: str = "ext",
    now: Now | str = None,
    limits: Limits = DEFAULT_LIMITS,
    trusted: bool = False,
) -> pa.RecordBatch:
    """The batch with one more column, `into`: what `decode_array` returns for the texts in one of its columns.

    The other arguments are those of `decode_array`; `now` may also be the name of a column of the batch. The new field has the
    version in its metadata. Raises KeyError for an unknown column, ValueError if the column `into` exists already.
    """
    check_type("batch", batch, pa.RecordBatch, "a pyarrow RecordBatch")
    check_type("into", into, str, "a str")
    if into in batch.schema.names:
        raise ValueError(f"the column {into!r} is there already")
    clock = batch.column(now) if isinstance(now, str) else now
    decoded = decode_array(batch.column(column), kind=kind, now=clock, limits=limits, trusted=trusted)
    return pa.RecordBatch.from_arrays([*batch.columns, decoded], schema=batch.schema.append(decoded_field(into)))


def decode_reader(
    batches: pa.RecordBatchReader,
    column: str,
    *,
    into: str = "decoded",
    kind: str = "ext",
    now: Now | str = None,
    limits: Limits = DEFAULT_LIMITS,
    trusted: bool = False,
) -> pa.RecordBatchReader:
    """A reader of the same batches, each as `decode_batch` returns it. Each is decoded when it is read."""
    check_type("batches", batches, pa.RecordBatchReader, "a pyarrow RecordBatchReader")
    check_type("into", into, str, "a str")
    decoded = partial(decode_batch, column=column, into=into, kind=kind, now=now, limits=limits, trusted=trusted)
    return pa.RecordBatchReader.from_batches(batches.schema.append(decoded_field(into)), map(decoded, batches))


def decoded_column(table: pa.Table | pa.RecordBatch, name: str = "decoded") -> pa.ChunkedArray | pa.StructArray:
    """The column that `decode_batch` added, also in a table that was written and read again.

    Raises SchemaVersionError for an unknown version, KeyError if there is no such column.
    """
    check_type("table", table, (pa.Table, pa.RecordBatch), "a pyarrow Table or RecordBatch")
    column = table.column(name)
    check_version(table.schema.field(name))
    return column


# The arguments


def _check_texts(texts: Texts) -> None:
    if not isinstance(texts, pa.Array | pa.ChunkedArray):
        raise TypeError(f"expected a pyarrow Array or ChunkedArray of texts, not {type(texts).__name__}")
    if texts.type not in _TYPES:
        raise TypeError(
            f"expected a column of {', '.join(map(str, _TYPES[:-1]))} or {_TYPES[-1]}, not {printable(str(texts.type), 80)}"
        )
    if _size(texts) > _MOST_BYTES:
        raise ValueError("expected at most 2 GiB of texts at once; decode a longer column in parts")


def _size(texts: Texts) -> int:
    """The size of texts in bytes; for views that of all their buffers, because older pyarrow has no other size for them."""
    views = pa.types.is_binary_view(texts.type) or pa.types.is_string_view(texts.type)
    size: int = texts.get_total_buffer_size() if views else texts.nbytes
    return size


def _clock(now: Now, count: int) -> Clock:
    """The clock as 64-bit integers. A later clock becomes the greatest of them, when every call has expired too."""
    if now is None:
        return None
    if not isinstance(now, pa.Array | pa.ChunkedArray):
        check_now(now)
        return pa.scalar(min(now, _LATEST), pa.int64())
    if not pa.types.is_integer(now.type):
        raise TypeError(f"expected a clock of unix seconds as integers, not {now.type}")
    if len(now) != count:
        raise ValueError(f"expected as many clocks as texts, {count}, not {len(now)}")
    whole = now.combine_chunks() if isinstance(now, pa.ChunkedArray) else now
    if whole.type == pa.uint64():
        whole = pc.min_element_wise(whole, pa.scalar(_LATEST, pa.uint64()), skip_nulls=False)
    clock = whole.cast(pa.int64())
    if (pc.min(clock).as_py() or 0) < 0:
        raise ValueError("now must not be negative")
    return clock


# Batches


def _in_batches(texts: Texts, clock: Clock) -> Iterator[tuple[pa.Array, Clock]]:
    """Slices of the texts, as binary, and of the clock, each small enough for the processor's caches."""
    start = 0
    for chunk in texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]:
        rows = max(1, min(_ROWS, _BYTES * len(chunk) // (_size(chunk) + 1)))
        for at in range(0, len(chunk), rows):
            piece = chunk.slice(at, rows).cast(pa.binary())
            yield piece, clock.slice(start, len(piece)) if isinstance(clock, pa.Array) else clock
            start += len(piece)


def _decode(decode: Callable[[pa.BinaryArray, Clock], pa.StructArray], texts: pa.BinaryArray, clock: Clock) -> pa.StructArray:
    """The rows of a slice. `decode` returns those of texts without a null."""
    if not texts.null_count:
        return decode(texts, clock)
    if texts.null_count == len(texts):
        return pa.nulls(len(texts), DECODED)
    present = pc.is_valid(texts)
    clock = clock.filter(present) if isinstance(clock, pa.Array) else clock
    decoded = decode(texts.drop_null(), clock)
    number = pc.subtract(pc.cumulative_sum(pc.cast(present, pa.int32())), 1)
    return decoded.take(pc.if_else(present, number, None))


def _decode_documents(batches: Batches, kind: str, limits: Limits, texts: pa.BinaryArray, clock: Clock) -> pa.StructArray:
    """The rows of documents: those of their exts, and those of the documents without one, in the order of the documents."""
    found = unwrap(texts.to_pylist(), kind, limits)
    rows = refused_rows([error.violations[0] for _, error in found.refused])
    places = [place for place, _ in found.refused]
    if found.exts:
        clock = clock.take(pa.array(found.places, pa.int32())) if isinstance(clock, pa.Array) else clock
        rows = pa.concat_arrays([rows, _decode_present(batches, pa.array(found.exts, pa.binary()), clock, found.locate)])
        places += found.places
    return rows.take(pc.sort_indices(pa.array(places, pa.int32())))


def _decode_present(batches: Batches, texts: pa.BinaryArray, clock: Clock, locate: Locate | None = None) -> pa.StructArray:
    count = len(texts)
    batch = batches.read(_lines(texts), texts.to_pylist)

    def route_at(place: int) -> Route | None:
        now = None if clock is None else (clock[place] if isinstance(clock, pa.Array) else clock).as_py()
        return None if now is None else batches.decoder.route(texts[place].as_py(), now=now)

    return struct_of(batch, count, clock, route_at, locate)


def _lines(texts: pa.BinaryArray) -> Lines:
    """The texts as lines, without white space around them; line feeds become carriage returns, which mean the same in JSON."""
    lines = _lines_of(texts)
    if lines.objects and lines.packed.find(b"\n") < 0:
        return lines
    return _lines_of(pa.array([text.strip(_SPACE).replace(b"\n", b"\r") for text in texts.to_pylist()], pa.binary()), lines.longest)


def _lines_of(texts: pa.BinaryArray, longest: int | None = None) -> Lines:
    opened, closed = pc.all(pc.starts_with(texts, b"{")), pc.all(pc.ends_with(texts, b"}"))
    if longest is None:
        longest = pc.max(pc.binary_length(texts)).as_py()
    packed = _joined(texts, b"").to_pybytes()
    return Lines(_joined(texts, b"\n"), packed, len(texts), longest, opened.as_py() and closed.as_py())


def _joined(texts: pa.BinaryArray, between: bytes) -> pa.Buffer:
    whole = pc.binary_join(pa.ListArray.from_arrays([0, len(texts)], texts), between)
    return whole.buffers()[2]
