"""`pushcodec report`: many payloads counted, as tables in the terminal and, if asked for, as a page with plots."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pushcodec.cli.existing import PAGE
from pushcodec.cli.files import Refuse, expanded
from pushcodec.cli.opening import SourceError
from pushcodec.cli.progress import Progress
from pushcodec.cli.status import BAD, COULD_NOT_RUN, GOOD, complain, internal_error
from pushcodec.cli.streams import write_text
from pushcodec.cli.tables import arrow, read_batches
from pushcodec.cli.targets import check_output
from pushcodec.cli.writing import descriptor_of, write_output
from pushcodec.display import shown, shown_name
from pushcodec.version import __version__

if TYPE_CHECKING:
    from pushcodec.report import Tally


def run_report(arguments: argparse.Namespace) -> int:
    """Counts the payloads of all files; the exit status is 1 when one of them is not valid, 2 when a file can't be read."""
    progress = Progress(())
    failed = False

    def refuse(name: str, reason: str) -> None:
        nonlocal failed
        failed = True
        progress.clear()
        complain(f"{shown_name(name)}: {shown(reason)}")

    names = expanded(arguments.files, refuse)
    if arguments.html:
        check_output(arguments.html, PAGE, names, force=arguments.force)
    progress = Progress(names, quiet=arguments.quiet)
    try:
        arrow()
        from pushcodec.report import Tally, write_page
        from pushcodec.report import write_text as lines_of

        tally = Tally()
        now = int(time.time()) if arguments.now is None else arguments.now
        for name in names:
            for column in _columns(arguments, name, progress, refuse):
                _count(tally, column, now, name, refuse)
        progress.clear()
        if not arguments.html or descriptor_of(arguments.html) != 1:
            write_text("".join(lines_of(tally)))
        if arguments.html:
            title = ", ".join(map(shown_name, arguments.files))
            page = "".join(write_page(tally, title=title, version=__version__))
            write_output(arguments.html, page.encode("utf-8", "backslashreplace"))
    except SourceError as error:
        complain(shown_name(str(error)))
        return COULD_NOT_RUN
    return COULD_NOT_RUN if failed else BAD if tally.refused else GOOD


def _columns(arguments: argparse.Namespace, name: str, progress: Progress, refuse: Refuse) -> Iterator[Any]:
    """The texts of a file, column by column; where it can't be read on they end, and the reason is reported."""
    batches = read_batches(name, arguments.column, progress, stdin_filename=arguments.stdin_filename, only=True)
    while True:
        try:
            batch = next(batches, None)
        except SourceError as error:
            refuse(name, str(error))
            return
        if batch is None:
            return
        yield batch.column(arguments.column)


def _count(tally: Tally, column: Any, now: int, name: str, refuse: Refuse) -> None:
    try:
        tally.add(column.slice(0, 0), now=now)
    except TypeError as error:  # no column of texts
        refuse(name, str(error))
        return
    try:
        tally.add(column, now=now)
    except Exception as error:
        refuse(name, internal_error(error))
