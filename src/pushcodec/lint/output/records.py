"""For programs, in ASCII: `json`, one array of diagnostics, and `json-lines`, one diagnostic on each line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from pushcodec.lint.diagnostics import Report
from pushcodec.lint.output.style import Style, readable


def write_json(reports: Iterable[Report], _: Style) -> Iterator[str]:
    """One array of `Diagnostic.to_dict()`, one on each line."""
    before = "[\n"
    for record in _records(reports):
        yield f"{before}{record}"
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def write_json_lines(reports: Iterable[Report], _: Style) -> Iterator[str]:
    """One `Diagnostic.to_dict()` on each line."""
    return (f"{record}\n" for record in _records(reports))


def _records(reports: Iterable[Report]) -> Iterator[str]:
    return (json.dumps({**each.to_dict(), "file": readable(each.file)}) for report in reports for each in report.diagnostics)
