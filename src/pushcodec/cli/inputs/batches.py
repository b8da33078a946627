"""Batches of texts from a file, in constant memory: NDJSON with a text a line, or a column of a Parquet file.

A file with the suffix `.parquet` or `.pq` is Parquet, any other is NDJSON. A `.json` file is one text unless it begins as NDJSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import IO, TYPE_CHECKING, Final

from pushcodec.cli.inputs.sources import Source, SourceError, open_source
from pushcodec.cli.progress import Progress
from pushcodec.extras import MissingExtraError
from pushcodec.jsontext import DEFAULT_LIMITS

if TYPE_CHECKING:
    import pyarrow as pa

ROWS: Final = 16_384
"""The maximum number of rows in a batch."""

_BYTES = 2**24  # of the lines in a batch; the last line may exceed it
_SUFFIXES = (".parquet", ".pq")


def arrow() -> ModuleType:
    """`pushcodec.arrow`, loaded only where it is used. Raises SourceError where pyarrow is not installed."""
    try:
        from pushcodec import arrow
    except MissingExtraError as error:
        raise SourceError(str(error)) from None
    return arrow


def is_table(name: str) -> bool:
    """Whether the name of a file is that of a Parquet file."""
    return name.lower().endswith(_SUFFIXES)


def read_batches(
    name: str, column: str, progress: Progress, *, stdin_filename: str | None = None, only: bool = False
) -> Iterator[pa.RecordBatch]:
    """The batches of a file, at least one, with the texts in the column `column`. With `only` they have no other columns.

    Of a line over the limit the first bytes are kept, one more than the limit, so that it is refused. Raises SourceError while the
    batches are iterated.
    """
    progress.at(name)
    with open_source(name, stdin_filename) as source:
        if not is_table(source.title):
            yield from _of_lines(source, column, progress)
        elif source.raw.seekable():
            yield from _of_table(source.raw, column, progress, only)
        else:
            raise SourceError("a Parquet file can't be read from a pipe")


def _of_lines(source: Source, column: str, progress: Progress) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    def batch() -> pa.RecordBatch:
        return pa.record_batch({column: pa.array(texts, pa.binary())})

    texts: list[bytes] = []
    size = 0
    empty = True
    for document in source.documents(DEFAULT_LIMITS.max_bytes, progress.add, has_lines=source.is_log):
        texts.append(document.data)
        size += len(document.data)
        if len(texts) == ROWS or size >= _BYTES:
            yield batch()
            texts, size, empty = [], 0, False
    if texts or empty:
        yield batch()


def _of_table(source: IO[bytes], column: str, progress: Progress, only: bool) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(source)
        if column not in table.schema_arrow.names:
            raise SourceError(f"no column {column!a}, expected one of {', '.join(map(ascii, table.schema_arrow.names))}")
        wanted = [column] if only else table.schema_arrow.names
        if not table.metadata.num_rows:
            yield pa.RecordBatch.from_pylist([], pa.schema([table.schema_arrow.field(name) for name in wanted]))
        size = source.seek(0, 2)
        for batch in table.iter_batches(ROWS, columns=wanted, use_threads=False):
            progress.add(size * len(batch) // table.metadata.num_rows)
            yield batch
    except (pa.ArrowException, OSError) as error:
        raise SourceError(getattr(error, "strerror", None) or "not a whole Parquet file") from None
