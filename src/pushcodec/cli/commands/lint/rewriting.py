"""`pushcodec lint --fix` and `--diff`: fixes written into the files, or shown as a patch."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pushcodec.cli.commands.lint.patches import Piece, path_in_patch, unified_diff
from pushcodec.cli.inputs.sources import Source, SourceError, open_source
from pushcodec.cli.inputs.walk import STDIN
from pushcodec.cli.outputs.checks import report_leftovers
from pushcodec.cli.outputs.sinks import write_output
from pushcodec.cli.status import BAD, COULD_NOT_RUN, GOOD, internal_error
from pushcodec.cli.streams import OutputError, is_terminal, write_bytes, write_text
from pushcodec.display import shown
from pushcodec.jsontext import DEFAULT_LIMITS
from pushcodec.lint.fixes import fix_document
from pushcodec.ndjson import Part, pieces

if TYPE_CHECKING:
    from pushcodec.cli.commands.lint.runs import Run


class _NothingToFixError(Exception):
    """The file stays as it is."""


def fix_files(run: Run) -> None:
    """Writes the fixes into all files; each file is the old one or the new one at any time."""
    for name in {os.path.dirname(os.path.realpath(name)): name for name in run.files if name != STDIN}.values():
        report_leftovers(name)
    for name in run.files:
        run.progress.at(name)
        try:
            if name == STDIN:
                raise SourceError("standard input can't be fixed in place; see --diff")
            if os.path.exists(name) and not os.path.isfile(name):
                raise SourceError("only a regular file can be fixed in place; see --diff")
            with open_source(name) as source:
                write_output(name, _fixed(run, name, source))
        except _NothingToFixError:
            pass
        except SourceError as error:
            run.report_problem(run.display_name(name), str(error))
        except OutputError as error:
            run.report_problem(run.display_name(name), error.reason)
    run.progress.restart()


def show_diff(run: Run) -> int:
    """Writes the fixes of all files as one patch; the exit status is 1 if there are any."""
    any_fixed = False
    for name in run.files:
        try:
            with open_source(name, run.display_name(STDIN)) as source:
                for chunk in unified_diff(_name_in_patch(run, name), _checked(run, name, source)):
                    any_fixed = True
                    run.progress.clear()
                    _write(chunk)
        except SourceError as error:
            run.report_problem(run.display_name(name), str(error))
    return COULD_NOT_RUN if run.failed else BAD if any_fixed and not run.options.exit_zero else GOOD


def _write(chunk: bytes) -> None:
    """Writes a chunk of a patch: as it is into a file or a pipe, and with control characters escaped on a terminal."""
    if is_terminal(sys.stdout):
        text = chunk.decode("utf-8", "backslashreplace")
        write_text("\n".join(map(shown, text.split("\n"))))
    else:
        write_bytes(chunk)


def _name_in_patch(run: Run, name: str) -> str:
    path = run.options.stdin_filename if name == STDIN else name
    return path_in_patch(path.replace(os.sep, "/")) if path else run.display_name(name)


def _fixed(run: Run, name: str, source: Source) -> Iterator[bytes]:
    """The new content of a file. Nothing is written if it is the old one, or if the file has changed since it was opened."""
    before = _state(os.fstat(source.raw.fileno()))
    changed = False
    for piece in _checked(run, name, source):
        changed |= piece.before != piece.after
        yield piece.after
    if not changed:
        raise _NothingToFixError
    if _state(os.stat(name)) != before:
        raise SourceError("changed while it was fixed")


def _state(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_size, found.st_mtime_ns


def _checked(run: Run, name: str, source: Source) -> Iterator[Piece]:
    """The pieces of a file. Raises SourceError if one of a packed file changes: no patch and no edit applies to it."""
    for piece in _pieces(run, name, source):
        if source.is_packed and piece.before != piece.after:
            raise SourceError("packed files can't be fixed; unpack it first")
        yield piece


def _pieces(run: Run, name: str, source: Source) -> Iterator[Piece]:
    """The documents of a file and what is between them; concatenated they equal the file.

    Of a document over the limits nothing is changed: of a whole file there is no piece, of NDJSON the line comes in parts.
    """
    config, unsafe = run.config_for(name), run.options.unsafe_fixes

    def fixed(document: bytes, number: int | None = None) -> bytes:
        try:
            return fix_document(document, config=config, unsafe=unsafe).data
        except Exception as error:  # it stays as it is, and the others are fixed
            title = run.display_name(name)
            run.report_problem(title if number is None else f"{title}:{number}", internal_error(error))
            return document

    most = DEFAULT_LIMITS.max_bytes
    if not source.has_lines:
        whole = source.read(most + 1)
        if len(whole) <= most:
            yield Piece(whole, fixed(whole))
        return
    for piece in pieces(source.chunks(run.progress.add), most + 1):  # with a carriage return
        text = piece.data.rstrip(b"\r\n")
        is_fixable = piece.part is Part.LINE and len(text) <= most
        after = fixed(text, piece.number) + piece.data[len(text) :] if is_fixable else piece.data
        yield Piece(piece.data, after)
