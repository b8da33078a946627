"""The checks of an output before a command begins its work, so that it overwrites no file by mistake.

An output that is also an input is refused, and so is a file that contains a payload: a glob may put an input in the place of the
output, as in `pushcodec columns *.ndjson` with two logs. Any other file that is not of the kind to be written is overwritten only
with `--force`.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress

from pushcodec.cli.outputs.kinds import PARQUET, Kind, look_into
from pushcodec.cli.outputs.sinks import STDOUT, descriptor_of
from pushcodec.cli.outputs.temporary import leftovers
from pushcodec.cli.status import write_message
from pushcodec.cli.streams import OutputError, takes_bytes
from pushcodec.display import shown_name


def check_output(name: str, kind: Kind, inputs: Iterable[str], *, force: bool) -> None:
    """Raises OutputError if the output can't or must not be written. Reports temporary files that killed runs have left."""
    if "\0" in name:
        raise OutputError(name, "no file has such a name")
    descriptor = descriptor_of(name)
    if descriptor == 1 and kind is PARQUET and not takes_bytes(sys.stdout):
        raise OutputError(name, "a terminal or a stream of text, where a Parquet file is expected")
    found = _state(name, descriptor)
    if found is not None:
        _check_overwriting(name, found, kind, inputs, is_open=descriptor is not None, force=force)
    elif descriptor is None:
        _check_folder(name)
    if descriptor is None:
        report_leftovers(name)


def check_distinct(names: Iterable[str | None]) -> None:
    """Raises OutputError if two outputs of a run are one file. None stands for an output that is not written."""
    seen: set[str] = set()
    for name in names:
        if name is not None:
            real = STDOUT if descriptor_of(name) == 1 else os.path.realpath(name)
            if real in seen:
                raise OutputError(name, "named for two outputs")
            seen.add(real)


def report_leftovers(name: str) -> None:
    """Reports on standard error the temporary files that killed runs have left beside a file."""
    for each in leftovers(name):
        write_message(f"{shown_name(each)}: left by an earlier run, which was killed; it can be deleted")


def _state(name: str, descriptor: int | None) -> os.stat_result | None:
    """The status of the file that the name stands for, None if it does not exist. Raises OutputError."""
    try:
        return os.stat(name) if descriptor is None else os.fstat(descriptor)
    except FileNotFoundError:
        return None
    except OSError as error:
        if descriptor == 1:
            return None  # closed, or without a descriptor as in a notebook
        raise OutputError(name, error) from None


def _check_folder(name: str) -> None:
    """Raises OutputError if a new file of this name can't be created."""
    folder = os.path.dirname(os.path.realpath(name))
    try:
        os.stat(folder)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(13, "Permission denied")
    except OSError as error:
        raise OutputError(name, error) from None


def _check_overwriting(name: str, found: os.stat_result, kind: Kind, inputs: Iterable[str], *, is_open: bool, force: bool) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise OutputError(name, "a folder, where a file is expected")
    if not stat.S_ISREG(found.st_mode):
        return
    if any(os.path.samestat(found, each) for each in _states(inputs)):
        raise OutputError(name, "is also an input, and is not overwritten")
    if not found.st_size or is_open:  # the shell has opened it for this command
        return
    look = look_into(name, kind)
    if look.has_payload:
        raise OutputError(name, "contains a payload, and is not overwritten")
    if not (look.is_of_kind or force):
        raise OutputError(name, f"exists and is not {kind.title}; --force overwrites it")


def _states(names: Iterable[str]) -> Iterator[os.stat_result]:
    """The status of each input. One that can't be found is reported where it is read."""
    for name in names:
        with suppress(OSError, ValueError):
            yield os.fstat(0) if name == "-" else os.stat(name)
