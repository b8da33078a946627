"""From findings to diagnostics: positions in the file, the lines to show, and the edits of the fixes."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pushcodec.errors import Code, limited, printable
from pushcodec.jsontext.positions import SourceText
from pushcodec.jsontext.values import Position
from pushcodec.lint.diagnostics import Diagnostic, Edit, Fix
from pushcodec.lint.document import Texts
from pushcodec.lint.findings import Finding, ProposedFix
from pushcodec.lint.layers import Locator
from pushcodec.lint.marks import Mark
from pushcodec.lint.rules import Found, rule


def assemble(
    found: Sequence[Found], texts: Texts, filename: str, start: Position, *, one_line: bool, fixable: bool
) -> list[Diagnostic]:
    """The findings in a document as diagnostics, in the order of the file.

    The texts are those of the document, which begins at `start` in its file; with `one_line` it is a line of NDJSON. If it is not
    `fixable`, the diagnostics have no fixes.
    """
    locator = Locator(SourceText(texts.text, start=start, one_line=one_line), texts)
    findings = limited(found, lambda each: each.finding.mark.pointers, _more)
    return sorted((_diagnostic(each, locator, filename, fixable=fixable) for each in findings), key=_in_order)


def _more(message: str) -> Found:
    return Found(Code.MORE_VIOLATIONS, Finding(message, Mark(((),))))


def _in_order(diagnostic: Diagnostic) -> tuple[bool, int, int, str]:
    """By position in the file; the message that there are more findings is last."""
    return diagnostic.code is Code.MORE_VIOLATIONS, diagnostic.start.offset, diagnostic.end.offset, diagnostic.code


def _diagnostic(found: Found, locator: Locator, filename: str, *, fixable: bool) -> Diagnostic:
    code, finding = found
    located = locator.locate(finding.mark)
    pointers = finding.mark.pointers
    return Diagnostic(
        file=filename,
        code=code,
        severity=rule(code).severity,
        message=printable(finding.message),
        pointer=pointers[0],
        embedded=pointers[1:],
        start=located.start,
        end=located.end,
        fingerprint=_fingerprint(code, pointers, located.marked),
        fix=_fix(finding.fix, locator) if finding.fix and fixable else None,
        frames=located.frames,
    )


def _fingerprint(code: Code, pointers: tuple[str, ...], marked: str) -> str:
    """A hash of the rule, the pointers and the marked characters of the innermost text."""
    from hashlib import sha256  # loads OpenSSL, which a clean file does not need

    return sha256(json.dumps((code, *pointers, marked)).encode()).hexdigest()[:24]


def _fix(fix: ProposedFix, locator: Locator) -> Fix | None:
    """The fix as edits of the file; None if a change cannot be written in the form in which the document has the text."""
    edits: list[Edit] = []
    for change in fix.changes:
        content = locator.replaced(change.mark, change.characters)
        if content is None:
            return None
        edits.append(Edit(*locator.positions(change.mark), content))
    return Fix(fix.message, fix.safe, tuple(edits))
