"""From findings to diagnostics: each placed in its file, with the lines to show and the edits that mend it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from pushcodec.errors import Code, limited, printable
from pushcodec.jsontext.positions import SourceText
from pushcodec.jsontext.values import Position
from pushcodec.lint.catalogue import SEVERITIES
from pushcodec.lint.diagnostics import Diagnostic, Edit, Fix
from pushcodec.lint.document import Document
from pushcodec.lint.layers import Places
from pushcodec.lint.marks import Place
from pushcodec.lint.rules.findings import Change, Finding, Mend


def placed(
    found: Sequence[Finding], document: Document, filename: str, start: Position, *, one_line: bool, fixable: bool
) -> list[Diagnostic]:
    """The findings in a document, which begins at `start` in its file, as diagnostics in the order of the file.

    Where the document is not `fixable` they have no fixes.
    """
    places = Places(SourceText(document.text, start=start, one_line=one_line), document.limits)
    findings = found if fixable else [finding._replace(mend=None) for finding in found]
    return sorted(_diagnostics(findings, places, filename), key=_in_order)


def _diagnostics(found: Iterable[Finding], places: Places, filename: str) -> Iterator[Diagnostic]:
    for finding in limited(found, lambda finding: finding.place.pointers, _more):
        yield _diagnostic(finding, places, filename)


def _more(message: str) -> Finding:
    return Finding(Code.MORE_VIOLATIONS, message, Place(((),)))


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
    from hashlib import sha256  # loads OpenSSL, which a clean file has no need of

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
