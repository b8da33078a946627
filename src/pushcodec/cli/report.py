"""`pushcodec report`: many payloads counted, as tables in the terminal and, if asked for, as a page with plots."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from pushcodec import __version__
from pushcodec.cli.existing import PAGE
from pushcodec.cli.progress import Progress
from pushcodec.cli.sources import SourceError
from pushcodec.cli.status import BAD, COULD_NOT_RUN, GOOD, complain
from pushcodec.cli.streams import write_text
from pushcodec.cli.tables import arrow, read_batches
from pushcodec.cli.targets import check_output
from pushcodec.cli.writing import descriptor_of, write_output
from pushcodec.lint.output.style import shown

if TYPE_CHECKING:
    from pushcodec.report import Tally


def run_report(arguments: argparse.Namespace) -> int:
    """Counts the payloads of all files; the exit status is 1 when one of them is not valid, 2 when a file can't be read."""
    if arguments.html:
        check_output(arguments.html, PAGE, arguments.files, force=arguments.force)
    progress = Progress(arguments.files, quiet=arguments.quiet)
    try:
        arrow()
        from pushcodec.report import Tally, write_page
        from pushcodec.report import write_text as lines_of

        tally = Tally()
        now = int(time.time()) if arguments.now is None else arguments.now
        failed = [name for name in arguments.files if not _count(tally, name, arguments.column, now, progress)]
        progress.clear()
        if not arguments.html or descriptor_of(arguments.html) != 1:
            write_text("".join(lines_of(tally)))
        if arguments.html:
            title = ", ".join(map(shown, arguments.files))
            page = "".join(write_page(tally, title=title, version=__version__))
            write_output(arguments.html, page.encode("utf-8", "backslashreplace"))
    except SourceError as error:
        complain(shown(str(error)))
        return COULD_NOT_RUN
    return COULD_NOT_RUN if failed else BAD if tally.refused else GOOD


def _count(tally: Tally, name: str, column: str, now: int, progress: Progress) -> bool:
    """Counts a file, and says whether that went to its end; where not, the reason is told and the others go on."""
    try:
        for batch in read_batches(name, column, progress, only=True):
            tally.add(batch.column(column), now=now)
    except (SourceError, TypeError) as error:
        progress.clear()
        complain(f"{shown(name)}: {shown(str(error))}")
        return False
    return True
