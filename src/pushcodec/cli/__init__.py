"""The command line: the only part of the package that opens files and standard streams and reads the clock.

Exit status: 0 good, 1 a bad payload, 2 could not run. Text of payloads and file names reaches the terminal in printable characters
only, and a traceback never does. The modules of a command are loaded when it runs: with a small file, start-up is most of its time.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from pushcodec.cli.parsing import parse
from pushcodec.cli.process import discard_unwritten, end_by_signal, occupy_closed_descriptors
from pushcodec.cli.status import COULD_NOT_RUN, GOOD, internal_error, write_message
from pushcodec.cli.streams import OutputError, ReaderGoneError, flush_output
from pushcodec.display import shown_name


def main(argv: list[str] | None = None) -> int:
    """Runs one command; returns the exit status, also for `--help` and for a wrong command line.

    The process's streams, signal handlers and garbage collector are as before when it returns.
    """
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except (ReaderGoneError, KeyboardInterrupt):
        return COULD_NOT_RUN


def run_program() -> NoReturn:
    """Runs the command of the process's arguments and ends the process.

    It ends by SIGPIPE when the reader of its output has closed it, and by SIGINT on Ctrl-C, as a shell expects of programs: a
    pipeline sees that the command did not finish, and a loop stops.
    """
    occupy_closed_descriptors()
    try:
        status = _run(sys.argv[1:])
    except ReaderGoneError:
        status = end_by_signal("SIGPIPE")
    except KeyboardInterrupt:
        status = end_by_signal("SIGINT")
    discard_unwritten()
    sys.exit(status)


def _run(words: list[str]) -> int:
    """Runs one command; returns the exit status. Raises ReaderGoneError and KeyboardInterrupt."""
    try:
        status = _run_command(words)
        flush_output()
        return status
    except ReaderGoneError:
        raise
    except OutputError as error:
        write_message(shown_name(str(error)))
    except MemoryError:
        write_message("out of memory")
    except Exception as error:
        write_message(internal_error(error))
    return COULD_NOT_RUN


def _run_command(words: list[str]) -> int:
    try:
        with _without_collector():
            run = parse(words)
    except SystemExit as stop:  # argparse has printed the help, or what is wrong
        return COULD_NOT_RUN if stop.code else GOOD
    return run()


@contextmanager
def _without_collector() -> Iterator[None]:
    """Stops the garbage collector while modules are loaded: it takes a twentieth of the start-up and finds no garbage."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
