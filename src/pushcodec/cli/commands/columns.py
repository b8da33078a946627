"""`pushcodec columns`: a file of payloads read, decoded to columns, and written as Parquet, in constant memory."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from pushcodec.cli.arguments import add_force, add_stdin_filename, file_name, form_name, unix_seconds
from pushcodec.cli.inputs.batches import arrow, read_batches
from pushcodec.cli.inputs.sources import SourceError, until_unreadable
from pushcodec.cli.outputs.checks import check_output
from pushcodec.cli.outputs.kinds import PARQUET
from pushcodec.cli.outputs.sinks import descriptor_of, open_output
from pushcodec.cli.placeholders import CARRIER_NAMES
from pushcodec.cli.progress import Progress
from pushcodec.cli.status import BAD, COULD_NOT_RUN, GOOD, write_message
from pushcodec.cli.streams import write_error, write_text
from pushcodec.display import readable, shown_name

if TYPE_CHECKING:
    import pyarrow as pa


class Options(Struct, frozen=True, kw_only=True):
    """The options of `columns`."""

    source: str
    stdin_filename: str | None
    target: str
    force: bool
    column: str
    form: str
    into: str
    now: int | None
    now_column: str | None
    trusted: bool
    quiet: bool
    exit_zero: bool


def add_options(parser: ArgumentParser) -> None:
    """The destinations of `Options`."""
    parser.add_argument("source", metavar="IN", help="a Parquet file, or NDJSON with a document a line; - for standard input")
    add_stdin_filename(parser)
    parser.add_argument("target", type=file_name, metavar="OUT", help="the Parquet file to write; - for standard output")
    add_force(parser)
    parser.add_argument("--column", default="ext", metavar="NAME", help="the column of the texts (default: ext)")
    text = f"what each text is: {CARRIER_NAMES}, or auto to recognise each (default: ext)"
    parser.add_argument("--form", type=form_name, default="ext", metavar="NAME", help=text)
    parser.add_argument("--into", default="decoded", metavar="NAME", help="the column to add (default: decoded)")
    now = parser.add_mutually_exclusive_group()
    now.add_argument("--now", type=unix_seconds, help="the phone's clock in unix seconds, to show what the client does")
    now.add_argument("--now-column", metavar="NAME", help="a column of such clocks")
    parser.add_argument("--trusted", action="store_true", help="leave checks out, for texts from one's own servers")
    parser.add_argument("-q", "--quiet", action="store_true", help="no summary, no progress")
    parser.add_argument("--exit-zero", action="store_true", help="exit 0 even if there are payloads that are not valid")


def run(options: Options) -> int:
    """Writes the file with one more column; returns the exit status, 1 if a text in it is not a valid payload."""
    check_output(options.target, PARQUET, [options.source], force=options.force)
    progress = Progress([options.source], quiet=options.quiet)
    counts = Counts()
    try:
        _write(options.target, counts.counted(_decoded(options, progress)))
    except SourceError as error:
        progress.clear()
        write_message(shown_name(str(error)))
        return COULD_NOT_RUN
    finally:
        progress.clear()
    if not options.quiet:
        write = write_error if descriptor_of(options.target) == 1 else write_text
        write(f"{counts}\n")
    return BAD if counts.bad and not options.exit_zero else GOOD


class Counts:
    """The number of rows so far, of valid texts and of texts that are not valid."""

    def __init__(self) -> None:
        self.rows = self.valid = self.bad = 0

    def counted(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The same batches, each counted before it is yielded. The decoded column is the last one."""
        for batch in batches:
            valid = batch.column(batch.num_columns - 1).field("valid")
            self.rows += len(valid)
            self.valid += valid.true_count
            self.bad += valid.false_count
            yield batch

    def __str__(self) -> str:
        none = self.rows - self.valid - self.bad
        return f"{self.rows} rows: {self.valid} valid, {self.bad} not valid" + (f", {none} null" if none else "")


def _decoded(options: Options, progress: Progress) -> Iterator[pa.RecordBatch]:
    now = options.now if options.now_column is None else options.now_column

    def decode(batch: pa.RecordBatch) -> pa.RecordBatch:
        return arrow().decode_batch(batch, options.column, into=options.into, kind=options.form, now=now, trusted=options.trusted)

    def fail(reason: str) -> None:
        raise SourceError(f"{readable(options.source)}: {reason}")

    batches = read_batches(options.source, options.column, progress, stdin_filename=options.stdin_filename)
    for batch in until_unreadable(batches, fail):
        try:
            decode(_without_texts(batch, options.column))
        except (KeyError, TypeError, ValueError) as error:  # a column is missing, has another type, or exists already
            fail(error.args[0])
        yield decode(batch)


def _without_texts(batch: pa.RecordBatch, column: str) -> pa.RecordBatch:
    """The batch with nulls instead of its texts: decoding it checks the arguments only."""
    import pyarrow as pa

    at = batch.schema.get_field_index(column)
    return batch.set_column(at, column, pa.nulls(len(batch), batch.schema.field(at).type))


def _write(name: str, batches: Iterator[pa.RecordBatch]) -> None:
    """Writes batches as a Parquet file, whole or not at all."""
    arrow()
    import pyarrow.parquet as pq

    first = next(batches)
    with open_output(name) as target, pq.ParquetWriter(target, first.schema, compression="zstd") as writer:
        writer.write_batch(first)
        for batch in batches:
            writer.write_batch(batch)
