"""A report for a terminal: plain text without control characters."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.report.tables import Row, Table, headline, share, sizes_line, tables
from pushcodec.report.tally import Tally

_BAR = 20


def write_text(tally: Tally) -> Iterator[str]:
    """The report, line by line."""
    yield f"{headline(tally)}\n{sizes_line(tally)}\n"
    for table in tables(tally):
        yield f"\n{table.title}\n"
        yield from _lines(table)


def _lines(table: Table) -> Iterator[str]:
    if not table.rows:
        yield f"  {table.empty}\n"
        return
    names, counts = max(len(row.name) for row in table.rows), max(len(f"{row.number:,}") for row in table.rows)
    for row in table.rows:
        yield f"  {row.name:<{names}}  {row.number:>{counts},}  {share(row.number, table):>6}  {_note(row, table)}".rstrip() + "\n"


def _note(row: Row, table: Table) -> str:
    return row.note or "#" * round(_BAR * row.number / table.total)
