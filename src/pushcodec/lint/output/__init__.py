"""The linter's findings as text for people and for machines: pure, from reports to pieces of text, in constant memory.

Whatever a payload or a file name holds, control characters reach no terminal: they are escaped, each format in its own way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Final, TypeAlias

from pushcodec.lint.diagnostics import Report
from pushcodec.lint.output.style import Style as Style

Render: TypeAlias = Callable[[Iterable[Report], Style], Iterator[str]]

# Each format's module, loaded only when it is asked for.
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
    """The reports in a format, piece by piece; each report is read once, in order."""
    home = import_module(f"pushcodec.lint.output.{_HOMES[output_format]}")
    write: Render = getattr(home, f"write_{output_format.replace('-', '_')}")
    return write(reports, style)
