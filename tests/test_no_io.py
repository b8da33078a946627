"""The library opens no file and no socket: an audit hook records what it asks the interpreter to do."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest
from support import run_program

from pushcodec import schemafiles

PACKAGE = Path(schemafiles.__file__).parent
PYTHON = [Path(sys.base_prefix), *(Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib"))]
PACKAGES = [PACKAGE.parent, *(Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")), Path(__file__).parent]
SCHEMAS = {str(schemafiles._folder().joinpath(f"{name}.json")) for name in schemafiles.NAMES}


@pytest.fixture(scope="module")
def audited() -> list[tuple[str, ...]]:
    """The rows of the audit hook: phase, event, argument, and the mode in which a file was opened."""
    return run_program("audited.py")


def is_in(folders: list[Path], path: str) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)


def test_imports_read_only_modules_and_schemas(audited: list[tuple[str, ...]], report_figure: Callable[[str], None]) -> None:
    """The import reads modules of Python and of the package, the first use of a function also other packages and the schemas.

    Nothing is written, no socket is opened, no process is started.
    """
    events = [row for row in audited if row[0] in ("import", "first")]
    assert {event for _, event, *_ in events} <= {"open", "os.listdir", "os.scandir"}  # the import lists folders
    assert {row[3] for row in events if row[1] == "open"} <= {"r", "rb"}
    read = {phase: {row[2] for row in events if row[0] == phase} for phase in ("import", "first")}
    assert [path for path in read["import"] if not is_in([*PYTHON, PACKAGE], path)] == []
    assert [path for path in read["first"] if not is_in([*PYTHON, *PACKAGES], path) and path not in SCHEMAS] == []
    assert read["first"] >= SCHEMAS  # the hook records events
    opened = ", ".join(f"{phase} opens {len(paths)} files" for phase, paths in read.items())
    report_figure(f"no I/O: {opened}, all of them modules and schemas; no socket, no process")


def test_a_second_call_opens_nothing(audited: list[tuple[str, ...]], report_figure: Callable[[str], None]) -> None:
    """Decoding, encoding, routing, validating, composing and linting cause no event once everything is imported."""
    in_use = [row for row in audited if row[0] == "again"]
    report_figure(f"no I/O: {len(in_use)} events in second calls")
    assert in_use == []


def test_a_reference_out_of_the_package_is_an_error(audited: list[tuple[str, ...]], report_figure: Callable[[str], None]) -> None:
    """A schema that refers to a URL or a file raises an error; nothing is fetched or opened."""
    outcomes = [row[1:] for row in audited if row[0] == "refused"]
    assert len(outcomes) == 4
    assert all(outcome.startswith('ValueError("no schema is named') for _, outcome in outcomes)
    assert [row for row in audited if row[0] == "reference"] == []
    report_figure(f"no I/O: {len(outcomes)} of {len(outcomes)} references out of the package raise an error and open nothing")
