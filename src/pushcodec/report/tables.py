"""The tables of a report, which are the same on a terminal and on a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pushcodec.clients.table import REFERENCE
from pushcodec.report.tally import LIMITS, Tally


class Row(NamedTuple):
    """What is counted, how often it occurs, and a note."""

    name: str
    number: int
    note: str = ""


class Table(NamedTuple):
    """Rows under a title; `empty` is written if there are no rows. `total` is the number that counts as 100 %."""

    title: str
    rows: tuple[Row, ...]
    total: int
    empty: str = "none"


def tables(tally: Tally) -> Iterator[Table]:
    """The tables, in order. In each the most frequent row is the first; the limits are in the order of their sizes."""
    yield Table("Forms of the documents", _forms(tally), tally.texts, "no documents")
    yield Table("What the client does", _outcomes(tally), tally.payloads, "no payloads")
    violations = (Row(code, count, f"{code.rule}: {code.summary}") for code, count in tally.violations.items())
    yield Table("Violations of the contract", _by_count(violations), tally.texts)
    faults = (Row(code, count, f"{code.rule}: {code.summary}") for code, count in tally.faults.items())
    yield Table("Faults that senders are known for", _by_count(faults), tally.texts)
    over = tuple(Row(f"{limit.size} bytes", tally.over[limit], limit.name) for limit in LIMITS)
    yield Table("Payloads over a limit", over, tally.payloads)


def headline(tally: Tally) -> str:
    """The number of payloads, of valid ones and of others, in one line."""
    empty = tally.nulls + tally.without
    without = f", {_many(empty, 'row')} without" if empty else ""
    return f"{_many(tally.payloads, 'payload')}: {tally.valid:,} valid, {tally.refused:,} not{without}"


def share(count: int, table: Table) -> str:
    """A count as a share of what a table counts."""
    return f"{count / table.total:.1%}" if table.total else "-"


def sizes_line(tally: Tally) -> str:
    """The average and the largest size, in one line."""
    if not tally.payloads:
        return "no payloads"
    return f"{tally.bytes / tally.payloads:,.0f} bytes on average, {tally.largest:,} the largest"


def _forms(tally: Tally) -> tuple[Row, ...]:
    unknown = (Row("no known form", tally.unknown),) if tally.unknown else ()
    return _by_count([*(Row(title, count) for title, count in tally.forms.items()), *unknown])


def _outcomes(tally: Tally) -> tuple[Row, ...]:
    """A row for each outcome, followed by one for each of its reasons."""
    rows: list[Row] = []
    for name, number in sorted(tally.outcomes.items(), key=lambda item: (-item[1], item[0])):
        reasons = (Row(f"  {REFERENCE.reason(why)}", count) for (outcome, why), count in tally.reasons.items() if outcome == name)
        rows += [Row(REFERENCE.outcomes[name], number), *_by_count(reasons)]
    return tuple(rows)


def _by_count(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: (-row.number, row.name)))


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' if count != 1 else ''}"
