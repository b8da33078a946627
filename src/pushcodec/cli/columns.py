"""`pushcodec columns`: a file of payloads read, decoded to columns, and written as Parquet, in constant memory."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import Any

from pushcodec.cli.existing import PARQUET
from pushcodec.cli.opening import SourceError
from pushcodec.cli.progress import Progress
from pushcodec.cli.status import BAD, COULD_NOT_RUN, GOOD, complain
from pushcodec.cli.streams import write_error, write_text
from pushcodec.cli.tables import arrow, read_batches
from pushcodec.cli.targets import check_output
from pushcodec.cli.writing import descriptor_of, open_output
from pushcodec.display import readable, shown_name


def run_columns(arguments: argparse.Namespace) -> int:
    """Writes the file with a column more; the exit status is 1 when a text in it is not a valid payload."""
    check_output(arguments.target, PARQUET, [arguments.source], force=arguments.force)
    progress = Progress([arguments.source], quiet=arguments.quiet)
    counts = Counts()
    try:
        _write(arguments.target, counts.counted(_decoded(arguments, progress)))
    except SourceError as error:
        progress.clear()
        complain(shown_name(str(error)))
        return COULD_NOT_RUN
    finally:
        progress.clear()
    if not arguments.quiet:
        write = write_error if descriptor_of(arguments.target) == 1 else write_text
        write(f"{counts}\n")
    return BAD if counts.bad and not arguments.exit_zero else GOOD


class Counts:
    """How many rows went by, how many of their texts are valid, and how many are not."""

    def __init__(self) -> None:
        self.rows = self.valid = self.bad = 0

    def counted(self, batches: Iterable[Any]) -> Iterator[Any]:
        """The batches, counted as they go by. The column decoded is the last."""
        for batch in batches:
            valid = batch.column(batch.num_columns - 1).field("valid")
            self.rows += len(valid)
            self.valid += valid.true_count
            self.bad += valid.false_count
            yield batch

    def __str__(self) -> str:
        none = self.rows - self.valid - self.bad
        return f"{self.rows} rows: {self.valid} valid, {self.bad} not valid" + (f", {none} null" if none else "")


def _decoded(arguments: argparse.Namespace, progress: Progress) -> Iterator[Any]:
    now = arguments.now if arguments.now_column is None else arguments.now_column
    name = readable(arguments.source)
    batches = read_batches(arguments.source, arguments.column, progress, stdin_filename=arguments.stdin_filename)

    def decode(batch: Any) -> Any:
        return arrow().decode_batch(batch, arguments.column, into=arguments.into, now=now, trusted=arguments.trusted)

    while True:
        try:
            batch = next(batches, None)
        except SourceError as error:
            raise SourceError(f"{name}: {error}") from None
        if batch is None:
            return
        try:
            decode(_without_texts(batch, arguments.column))
        except (KeyError, TypeError, ValueError) as error:  # columns that are not there, of other types, or there already
            raise SourceError(f"{name}: {error.args[0]}") from None
        yield decode(batch)


def _without_texts(batch: Any, column: str) -> Any:
    """The batch with nulls in the place of its texts: of that only the arguments are checked."""
    import pyarrow as pa

    at = batch.schema.get_field_index(column)
    return batch.set_column(at, column, pa.nulls(len(batch), batch.schema.field(at).type))


def _write(name: str, batches: Iterator[Any]) -> None:
    """Writes batches as a Parquet file, whole or not at all."""
    arrow()
    import pyarrow.parquet as pq

    first = next(batches)
    with open_output(name) as target, pq.ParquetWriter(target, first.schema, compression="zstd") as writer:
        writer.write_batch(first)
        for batch in batches:
            writer.write_batch(batch)
