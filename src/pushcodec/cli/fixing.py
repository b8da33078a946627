"""`pushcodec lint --fix` and `--diff`: mends made in the files, or shown."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, NamedTuple

from pushcodec.cli.sources import STDIN, SourceError, chunks, open_file, read_document
from pushcodec.cli.status import BAD, COULD_NOT_RUN, GOOD
from pushcodec.cli.writing import write_atomically
from pushcodec.fast.lines import stream
from pushcodec.jsontext import DEFAULT_LIMITS
from pushcodec.lint.fixes import mend_document
from pushcodec.lint.linter import holds_lines
from pushcodec.lint.output.style import shown

if TYPE_CHECKING:
    from pushcodec.cli.lint import Run


class _Piece(NamedTuple):
    """A document in a file, before and after its mends, and the line that it begins at."""

    line: int
    before: bytes
    after: bytes


class _NothingToFixError(Exception):
    """The file stays as it is."""


def fix_files(run: Run) -> None:
    """Makes the mends in all files; each file is the old one or the new one at any time."""
    for name in run.files:
        run.progress.at(name)
        try:
            if name == STDIN:
                raise SourceError("only files are mended; see --diff")
            _fix_file(run, name)
        except _NothingToFixError:
            pass
        except SourceError as error:
            run.complain(run.display_name(name), str(error))
    run.progress.restart()


def show_diff(run: Run) -> int:
    """Writes the mends of all files as a unified diff; the exit status is 1 when there are any."""
    any_mended = False
    for name in run.files:
        shown_name = run.display_name(name)
        try:
            with open_file(name) as source:
                for piece in _pieces(run, name, source):
                    if piece.before != piece.after:
                        any_mended = True
                        sys.stdout.writelines(_diff(shown_name, piece))
        except SourceError as error:
            run.complain(shown_name, str(error))
    return COULD_NOT_RUN if run.failed else BAD if any_mended and not run.arguments.exit_zero else GOOD


def _fix_file(run: Run, name: str) -> None:
    if name.endswith(".gz"):
        raise SourceError("packed files are not mended")
    with open_file(name) as source:
        write_atomically(name, _fixed(run, name, source))


def _fixed(run: Run, name: str, source: IO[bytes]) -> Iterator[bytes]:
    """The new content of a file; where there is none, or somebody else wrote one, nothing is written."""
    before = _state(os.fstat(source.fileno()))
    changed = False
    for piece in _pieces(run, name, source):
        changed |= piece.before != piece.after
        yield piece.after
    if not changed:
        raise _NothingToFixError
    if _state(os.stat(name)) != before:
        raise SourceError("changed while it was mended")


def _state(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_size, found.st_mtime_ns


def _pieces(run: Run, name: str, source: IO[bytes]) -> Iterator[_Piece]:
    """The documents of a file with what stands between them, so that all of them are the file."""
    shown_name = run.display_name(name)
    config, unsafe = run.config, run.arguments.unsafe_fixes
    config = config.for_file(shown_name)
    if not holds_lines(shown_name):
        whole = read_document(source)
        if len(whole) > DEFAULT_LIMITS.max_bytes:
            return  # too large to be mended, and found so by the linter
        yield _Piece(1, whole, mend_document(whole, config=config, unsafe=unsafe).data)
        return
    for number, line in enumerate(stream(chunks(name, source, run.progress.add)), 1):
        text = line.rstrip(b"\r\n")
        mended = text
        if text and len(text) <= DEFAULT_LIMITS.max_bytes:
            mended = mend_document(text, config=config, unsafe=unsafe).data
        yield _Piece(number, line, mended + line[len(text) :])


def _diff(name: str, piece: _Piece) -> Iterator[str]:
    """A unified diff; what can't be printed is escaped."""
    before, after = (data.decode("utf-8", "backslashreplace").splitlines() for data in (piece.before, piece.after))
    yield f"--- {shown(name)}\n+++ {shown(name)}\n"
    for group in difflib.SequenceMatcher(None, before, after).get_grouped_opcodes(3):
        first, last = group[0], group[-1]
        old, new = first[1] + piece.line, first[3] + piece.line
        yield f"@@ -{old},{last[2] - first[1]} +{new},{last[4] - first[3]} @@\n"
        for what, i1, i2, j1, j2 in group:
            if what == "equal":
                yield from (f" {shown(line)}\n" for line in before[i1:i2])
            else:
                yield from (f"-{shown(line)}\n" for line in before[i1:i2])
                yield from (f"+{shown(line)}\n" for line in after[j1:j2])
