"""A report as one self-contained HTML page: a style, plots as SVG, no script and no reference to another file.

All text is escaped. A content security policy in the page forbids it to load anything, in case the escaping has a defect.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from pushcodec.report.tables import Row, Table, headline, share, sizes_line, tables
from pushcodec.report.tally import LIMITS, OPEN_BIN, STEP, Tally

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --line: #d8dee6; --bar: #3b73c4; --limit: #c43b3b; --paper:
#fff; } @media (prefers-color-scheme: dark) {
  :root { --ink: #e4e9f0; --soft: #9aa6b5; --line: #37414e; --bar: #6f9fe0; --limit: #ef7d7d; --paper: #151a21; }
}
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 60rem; margin: 2rem auto;
  padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: baseline; }
th { font-weight: 400; font-family: ui-monospace, monospace; font-size: .85rem; white-space: pre; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.note, p { color: var(--soft); }
td.plot { width: 30%; }
svg { display: block; width: 100%; }
svg text { font: 11px system-ui, sans-serif; fill: var(--soft); }
rect { fill: var(--bar); } line.limit { stroke: var(--limit); stroke-dasharray: 4 3; } line.axis { stroke: var(--line); }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write_page(tally: Tally, *, title: str, version: str) -> Iterator[str]:
    """The page in pieces. `title` names the files that were read."""
    yield "<!doctype html>\n"
    yield '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield f"<title>{escape(title)} - pushcodec report</title>\n<style>{_STYLE}</style></head>\n<body>\n"
    yield f"<h1>{escape(title)}</h1>\n<p>{escape(headline(tally))}</p>\n"
    for table in tables(tally):
        yield from _table(table)
    yield f"<h2>Sizes</h2>\n<p>{escape(sizes_line(tally))}</p>\n"
    yield from _histogram(tally)
    yield f"<p>pushcodec {escape(version)}</p>\n</body></html>\n"


# Tables


def _table(table: Table) -> Iterator[str]:
    yield f"<h2>{escape(table.title)}</h2>\n"
    if not table.rows:
        yield f"<p>{escape(table.empty)}</p>\n"
        return
    most = max(row.number for row in table.rows)
    yield "<table>\n"
    for row in table.rows:
        yield from _row(row, most, table)
    yield "</table>\n"


def _row(row: Row, most: int, table: Table) -> Iterator[str]:
    yield f'<tr><th scope="row">{escape(row.name)}</th><td class="number">{row.number:,}</td>'
    yield f'<td class="number">{share(row.number, table)}</td><td class="plot">{_bar(row.number, most)}</td>'
    yield f'<td class="note">{escape(row.note)}</td></tr>\n'


def _bar(count: int, most: int) -> str:
    """A bar whose length is proportional to the count; the bar of `most` has the full length."""
    width = 100 * count / most if most else 0
    bar = f'<rect width="{width:.1f}" height="8"/>'
    return f'<svg viewBox="0 0 100 8" height="12" preserveAspectRatio="none" aria-hidden="true">{bar}</svg>'


# The histogram of sizes

_WIDTH, _HEIGHT, _LABELS = 820, 200, 20  # of the plot, and the height of the text under it
_BIN = _WIDTH / (OPEN_BIN + 1)


def _histogram(tally: Tally) -> Iterator[str]:
    """The number of payloads in each bin of sizes, with a line at each limit that is on the axis."""
    most = max(tally.sizes.values(), default=1)
    yield f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT + _LABELS}" role="img" aria-label="How many payloads have how many bytes">\n'
    for index, count in sorted(tally.sizes.items()):
        height = max(1, (_HEIGHT - 20) * count / most)
        until = f"{(index + 1) * STEP - 1}" if index < OPEN_BIN else "more"
        yield f'<rect x="{index * _BIN + 1:.1f}" y="{_HEIGHT - height:.1f}" width="{_BIN - 2:.1f}" height="{height:.1f}">'
        yield f"<title>{index * STEP} to {until} bytes: {count:,}</title></rect>\n"
    yield f'<line class="axis" x1="0" y1="{_HEIGHT}" x2="{_WIDTH}" y2="{_HEIGHT}"/>\n'
    for kib in range(OPEN_BIN * STEP // 1024):
        yield f'<text x="{_at(kib * 1024):.1f}" y="{_HEIGHT + 16}">{kib} KiB</text>\n'
    for limit in LIMITS:
        if limit.size < OPEN_BIN * STEP:
            x = _at(limit.size)
            yield f'<line class="limit" x1="{x:.1f}" y1="14" x2="{x:.1f}" y2="{_HEIGHT}"/>\n'
            yield f'<text x="{x + 4:.1f}" y="24">{limit.size}<title>{escape(limit.name)}</title></text>\n'
    yield "</svg>\n"


def _at(size: int) -> float:
    """The x coordinate of a size in bytes."""
    return size / STEP * _BIN
