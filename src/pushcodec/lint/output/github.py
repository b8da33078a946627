"""For GitHub Actions: workflow commands, which annotate the files of a pull request.

Source: docs.github.com, "Workflow commands for GitHub Actions"; escapes as in actions/toolkit, `command.ts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pushcodec.lint.diagnostics import Diagnostic, Report, Severity
from pushcodec.lint.output.style import Style, message_with_location, shown_name

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write_github(reports: Iterable[Report], _: Style) -> Iterator[str]:
    """`::error file=chat.json,line=1,endLine=1,col=9,endColumn=12,title=PC301 wrong-type::expected a string, got number
    [/entity/nickname]`, on one line."""
    return (_command(each) for report in reports for each in report.diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    start, end = diagnostic.start, diagnostic.end
    properties = {
        "file": shown_name(diagnostic.file),
        "line": str(start.line),
        "endLine": str(end.line),
        "title": f"{diagnostic.code} {diagnostic.name}",
    }
    if start.line == end.line:  # GitHub takes no columns over several lines; `endColumn` is inclusive
        properties |= {"col": str(start.column), "endColumn": str(max(start.column, end.column - 1))}
    listed = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::{_escape(message_with_location(diagnostic))}\n"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
