"""From a text to its diagnostics: what the rules find, placed in the file. Pure: nothing is read but what is handed over."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import islice

from pushcodec.errors import MAX_VIOLATIONS, Code, printable
from pushcodec.fast.lines import Source, lines_within
from pushcodec.jsontext import DEFAULT_LIMITS
from pushcodec.lint.catalogue import SEVERITIES
from pushcodec.lint.config import DEFAULT_CONFIG, Config
from pushcodec.lint.diagnostics import Diagnostic, Edit, Fix
from pushcodec.lint.document import Document
from pushcodec.lint.places import Place, Places
from pushcodec.lint.rules import CHECKS
from pushcodec.lint.rules.findings import Change, Finding, Mend
from pushcodec.positions import START, Position, SourceText

_LINES = (".ndjson", ".jsonl")


def lint_text(data: str | bytes, *, filename: str = "<text>", config: Config = DEFAULT_CONFIG) -> list[Diagnostic]:
    """What is wrong with a file's content, in the order of the file.

    Reads one JSON document, or one a line where the file name ends in `.ndjson` or `.jsonl`. Never raises for what the text holds.
    """
    config = config.for_file(filename)
    if holds_lines(filename):
        lines = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        return list(_lint_lines(lines, filename, config))
    return _lint_document(data, filename, config, START, one_line=False)


def lint_lines(source: Source, *, filename: str = "<text>", config: Config = DEFAULT_CONFIG) -> Iterator[Diagnostic]:
    """What is wrong with each line of NDJSON, in constant memory; empty lines are passed over.

    Reads bytes, a binary file or chunks of bytes.
    """
    return _lint_lines(source, filename, config.for_file(filename))


def holds_lines(filename: str) -> bool:
    """Whether a file holds a document a line, by its name."""
    return filename.removesuffix(".gz").endswith(_LINES)


def _lint_lines(source: Source, filename: str, config: Config) -> Iterator[Diagnostic]:
    for number, (offset, line) in enumerate(lines_within(source, DEFAULT_LIMITS.max_bytes), 1):
        if line and not line.isspace():
            yield from _lint_document(line, filename, config, Position(number, 1, offset), one_line=True)


def _lint_document(data: str | bytes, filename: str, config: Config, start: Position, *, one_line: bool) -> list[Diagnostic]:
    document = Document(data, kind=config.kind)
    selected = config.selected
    found = [finding for check in CHECKS for finding in check(document, config) if finding.code in selected]
    if found and config.pointer_ignores:
        found = [finding for finding in found if not config.ignores(finding.code, finding.place.pointers)]
    if not found:
        return []
    places = Places(SourceText(data, start=start, one_line=one_line), document.limits)
    return sorted(_placed(found, places, filename), key=_in_order)


def _placed(found: Iterable[Finding], places: Places, filename: str) -> Iterator[Diagnostic]:
    findings = iter(found)
    for finding in islice(findings, MAX_VIOLATIONS):
        yield _diagnostic(finding, places, filename)
    if next(findings, None) is not None:
        message = f"expected at most {MAX_VIOLATIONS} findings in one document; there are more after these"
        yield _diagnostic(Finding(Code.MORE_VIOLATIONS, message, Place(((),))), places, filename)


def _in_order(diagnostic: Diagnostic) -> tuple[bool, int, int, str]:
    """By place in the file; that there is more comes last."""
    return diagnostic.code is Code.MORE_VIOLATIONS, diagnostic.start.offset, diagnostic.end.offset, diagnostic.code


def _diagnostic(finding: Finding, places: Places, filename: str) -> Diagnostic:
    start, end = places.positions(finding.place)
    pointer, *embedded = finding.place.pointers
    return Diagnostic(
        file=filename,
        code=finding.code,
        severity=SEVERITIES[finding.code],
        message=printable(finding.message),
        pointer=pointer,
        embedded=tuple(embedded),
        start=start,
        end=end,
        fingerprint=_fingerprint(finding, places),
        fix=finding.mend and _fix(finding.mend, places),
        frames=places.frames(finding.place),
    )


def _fingerprint(finding: Finding, places: Places) -> str:
    """Of rule, pointers and the characters marked, as the innermost text has them."""
    marked = places.marked(finding.place)
    parts = (finding.code, *finding.place.pointers, marked)
    return sha256(json.dumps(parts).encode()).hexdigest()[:24]


# Mends


def _fix(mend: Mend, places: Places) -> Fix:
    return Fix(mend.message, mend.safe, tuple(_edit(change, places) for change in mend.changes))


def _edit(change: Change, places: Places) -> Edit:
    """The change as an edit of the file: in embedded text its characters are escaped once for each string around them."""
    start, end = places.positions(change.place)
    content = change.characters
    for _ in change.place.paths[1:]:
        content = json.dumps(content, ensure_ascii=False)[1:-1]
    return Edit(start, end, content)
