"""The violations of the contract in a document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pushcodec.documents import targets_of
from pushcodec.errors import Code
from pushcodec.jsontext.values import Span
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.findings import Check, Finding
from pushcodec.lint.marks import Mark

if TYPE_CHECKING:
    from pushcodec.validation import Found


def violations(document: Document) -> dict[Code, list[Found]]:
    """Every violation of the text rules and of the schemas in all texts of a document's form, by code."""
    if document is not document.first:
        return document.first.once(violations)
    from pushcodec.validation import Target, find  # loads jsonschema, which a valid document does not need

    by_code: dict[Code, list[Found]] = {}
    targets = (Target(*target) for target in targets_of(document.found))
    for each in find(document.texts.reading, document.readings, targets, document.texts.reported):
        by_code.setdefault(each.violation.code, []).append(each)
    return by_code


def violations_of(code: Code) -> Check:
    """The check of a rule that reports the violations with a code."""

    def check(document: Document, _: Config) -> Iterable[Finding]:
        return map(finding, document.once(violations).get(code, ()) if document.is_first else ())

    return check


def finding(found: Found) -> Finding:
    """A violation as a finding. A fault of a text is marked by its characters."""
    message, fault = found.violation.message, found.fault
    if fault is None:
        return Finding(message, Mark(found.paths))
    # The position in the outermost text is that of the finding itself, so its message has none.
    message = fault.message if len(found.paths) == 1 else message
    return Finding(message, Mark(found.paths, characters=Span(fault.offset, fault.end)))
