"""`pushcodec report`: many payloads counted, as tables in the terminal and, if asked for, as a page with plots."""

from __future__ import annotations

from argparse import ArgumentParser
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from pushcodec.cli.arguments import add_force, add_stdin_filename, clock, file_name, form_name, unix_seconds
from pushcodec.cli.files import Files
from pushcodec.cli.inputs.batches import arrow, read_batches
from pushcodec.cli.inputs.sources import SourceError, until_unreadable
from pushcodec.cli.outputs.checks import check_output
from pushcodec.cli.outputs.kinds import PAGE
from pushcodec.cli.outputs.sinks import descriptor_of, write_output
from pushcodec.cli.placeholders import CARRIER_NAMES
from pushcodec.cli.status import BAD, COULD_NOT_RUN, GOOD, ReportProblem, internal_error, write_message
from pushcodec.cli.streams import write_text
from pushcodec.display import shown_name
from pushcodec.version import __version__

if TYPE_CHECKING:
    import pyarrow as pa

    from pushcodec.report import Tally


class Options(Struct, frozen=True, kw_only=True):
    """The options of `report`."""

    files: list[str]
    stdin_filename: str | None
    column: str
    form: str
    now: int | None
    html: str | None
    force: bool
    quiet: bool


def add_options(parser: ArgumentParser) -> None:
    """The destinations of `Options`."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="NDJSON, a Parquet file, a folder, a glob, or -")
    add_stdin_filename(parser)
    parser.add_argument("--column", default="ext", metavar="NAME", help="the column of the texts in Parquet files (default: ext)")
    text = f"what each text is: {CARRIER_NAMES}, or auto to recognise each (default: auto)"
    parser.add_argument("--form", type=form_name, default="auto", metavar="NAME", help=text)
    parser.add_argument("--now", type=unix_seconds, help="the phone's clock in unix seconds (default: this machine's)")
    text = "write a page with plots, too; - writes it to standard output instead"
    parser.add_argument("--html", type=file_name, metavar="OUT", help=text)
    add_force(parser)
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress")


def run(options: Options) -> int:
    """Counts the payloads of all files; returns the exit status.

    It is 1 if a payload or a document is not valid, 2 if a file can't be read.
    """
    files = Files(options.files, stdin_filename=options.stdin_filename, quiet=options.quiet)
    if options.html:
        check_output(options.html, PAGE, files.names, force=options.force)
    try:
        arrow()
    except SourceError as error:
        write_message(shown_name(str(error)))
        return COULD_NOT_RUN
    tally = _tally(files, options, clock(options.now))
    files.progress.clear()
    _write(tally, options)
    return max(files.status, BAD if tally.refused or tally.invalid else GOOD)


def _tally(files: Files, options: Options, now: int) -> Tally:
    """The counts of all files. A file is counted as far as it can be read."""
    from pushcodec.report import Tally

    tally = Tally(options.form)
    for name in files.names:
        batches = read_batches(name, options.column, files.progress, stdin_filename=files.stdin_filename, only=True)
        for batch in until_unreadable(batches, partial(files.report_problem, name)):
            _count(tally, batch.column(options.column), now, name, files.report_problem)
    return tally


def _count(tally: Tally, texts: pa.Array, now: int, name: str, report_problem: ReportProblem) -> None:
    try:
        tally.add(texts.slice(0, 0), now=now)
    except TypeError as error:  # no column of texts
        report_problem(name, str(error))
        return
    try:
        tally.add(texts, now=now)
    except Exception as error:
        report_problem(name, internal_error(error))


def _write(tally: Tally, options: Options) -> None:
    from pushcodec.report import write_page
    from pushcodec.report import write_text as lines_of

    if not options.html or descriptor_of(options.html) != 1:
        write_text("".join(lines_of(tally)))
    if options.html:
        title = ", ".join(map(shown_name, options.files))
        page = "".join(write_page(tally, title=title, version=__version__))
        write_output(options.html, page.encode("utf-8", "backslashreplace"))
