"""The library opens nothing: told by the interpreter itself, through an audit hook, of all that it is asked to do."""

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
def heard() -> list[tuple[str, ...]]:
    """What the audit hook heard: phase, event, argument, and for a file how it was opened."""
    return run_program("audited.py")


def is_in(folders: list[Path], path: str) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)


def test_imports_read_packages_and_our_schemas_only(heard: list[tuple[str, ...]], report_figure: Callable[[str], None]) -> None:
    """The import reads Python's modules and ours, the first use of each verb other packages and our schemas: no other file.

    Nothing is written, no socket opened, no process started.
    """
    events = [row for row in heard if row[0] in ("import", "first")]
    assert {event for _, event, *_ in events} <= {"open", "os.listdir", "os.scandir"}  # folders are listed to find modules in them
    assert {row[3] for row in events if row[1] == "open"} <= {"r", "rb"}
    read = {phase: {row[2] for row in events if row[0] == phase} for phase in ("import", "first")}
    assert [path for path in read["import"] if not is_in([*PYTHON, PACKAGE], path)] == []
    assert [path for path in read["first"] if not is_in([*PYTHON, *PACKAGES], path) and path not in SCHEMAS] == []
    assert read["first"] >= SCHEMAS  # the hook does hear
    opened = ", ".join(f"{phase} opens {len(paths)} files" for phase, paths in read.items())
    report_figure(f"no I/O: {opened}, all of them modules and our schemas; no socket, no process")


def test_a_verb_in_use_opens_nothing(heard: list[tuple[str, ...]], report_figure: Callable[[str], None]) -> None:
    """Once imported, decoding, encoding, routing, validating, composing and linting ask nothing of the outside."""
    in_use = [row for row in heard if row[0] == "again"]
    report_figure(f"no I/O: {len(in_use)} events in use")
    assert in_use == []


def test_a_reference_out_of_the_package_leads_nowhere(heard: list[tuple[str, ...]], report_figure: Callable[[str], None]) -> None:
    """If a schema did refer to another place, nothing would be fetched or opened there: the reference fails."""
    outcomes = [row[1:] for row in heard if row[0] == "refused"]
    assert len(outcomes) == 4
    assert all(outcome.startswith('ValueError("no schema is named') for _, outcome in outcomes)
    assert [row for row in heard if row[0] == "reference"] == []
    report_figure(f"no I/O: {len(outcomes)} of {len(outcomes)} references out of the package raise, and open nothing")
