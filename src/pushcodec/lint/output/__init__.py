"""The output formats of the linter: from reports to pieces of text, in constant memory.

Control characters of payloads and file names are escaped in every format, so that none reaches a terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Final, TypeAlias

from pushcodec.lint.diagnostics import Report
from pushcodec.lint.output.style import Style as Style

Render: TypeAlias = Callable[[Iterable[Report], Style], Iterator[str]]

# The module of each format. It is loaded only for that format.
_HOMES: Final = {
    "text": "text",
    "concise": "text",
    "json": "records",
    "json-lines": "records",
    "sarif": "sarif",
    "github": "github",
    "junit": "junit",
}
FORMATS: Final = tuple(_HOMES)


def render(reports: Iterable[Report], output_format: str, style: Style) -> Iterator[str]:
    """The reports in a format, in pieces. Each report is read once, in order."""
    home = import_module(f"pushcodec.lint.output.{_HOMES[output_format]}")
    write: Render = getattr(home, f"write_{output_format.replace('-', '_')}")
    return write(reports, style)
