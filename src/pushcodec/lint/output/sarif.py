"""For code scanning: SARIF 2.1.0, one run. Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0"."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import quote_from_bytes

from pushcodec.address import rule_page
from pushcodec.errors import Code
from pushcodec.jsontext.values import Position
from pushcodec.lint.diagnostics import Diagnostic, Edit, Report, Severity
from pushcodec.lint.output.style import Style, message_with_location
from pushcodec.lint.pages import SEVERITIES, page
from pushcodec.version import __version__

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_INDEX: Final = {code: index for index, code in enumerate(SEVERITIES)}


def write_sarif(reports: Iterable[Report], _: Style) -> Iterator[str]:
    """A log with one run: the rules with their pages, and a result for each finding, with region, fingerprint and fix."""
    rules = [_rule(code) for code in SEVERITIES]
    driver = {"name": "pushcodec", "semanticVersion": __version__, "rules": rules}
    head = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0"}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints"}
    yield f'{json.dumps(head)[:-1]}, "runs": [{json.dumps(run)[:-1]}, "results": ['
    before = "\n"
    for report in reports:
        for each in report.diagnostics:
            yield before + json.dumps(_result(each))
            before = ",\n"
    yield "\n]}]}\n"


def _rule(code: Code) -> dict[str, Any]:
    level = _LEVELS[SEVERITIES[code]]
    text = page(code)
    return {
        "id": str(code),
        "name": code.rule,
        "shortDescription": {"text": code.summary},
        "help": {"text": text, "markdown": text},
        "helpUri": rule_page(code),
        "defaultConfiguration": {"level": level},
    }


def _message(diagnostic: Diagnostic) -> str:
    """The message with its pointers. A key in a pointer may contain `](`, which viewers take for a part of a link."""
    return message_with_location(diagnostic).replace("](", "] (")


def _result(diagnostic: Diagnostic) -> dict[str, Any]:
    artifact = {"uri": _uri(diagnostic.file)}
    pointers = " -> ".join((diagnostic.pointer, *diagnostic.embedded))
    result: dict[str, Any] = {
        "ruleId": str(diagnostic.code),
        "ruleIndex": _INDEX[diagnostic.code],
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _message(diagnostic)},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": artifact, "region": _region(diagnostic.start, diagnostic.end)},
                "logicalLocations": [{"fullyQualifiedName": pointers, "kind": "value"}],
            }
        ],
        "partialFingerprints": {"pushcodec/v1": diagnostic.fingerprint},
    }
    if diagnostic.fix is not None:
        change = {"artifactLocation": artifact, "replacements": [_replacement(edit) for edit in diagnostic.fix.edits]}
        result["fixes"] = [{"description": {"text": diagnostic.fix.message}, "artifactChanges": [change]}]
    return result


def _uri(file: str) -> str:
    try:
        name = file.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # not the name of a file, but callers may pass any str
        name = file.encode("utf-8", "surrogatepass")
    return quote_from_bytes(name, safe="/")


def _region(start: Position, end: Position) -> dict[str, int]:
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "byteOffset": start.offset,
        "byteLength": end.offset - start.offset,
    }


def _replacement(edit: Edit) -> dict[str, Any]:
    return {"deletedRegion": _region(edit.start, edit.end), "insertedContent": {"text": edit.content}}
