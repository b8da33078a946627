"""Every violation of a document: of its texts, of its form and of the exts in it."""

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType

from pushcodec import jsontext
from pushcodec.arguments import check_text, check_type
from pushcodec.documents import FORMS, Found, limit_faults, recognise, targets_of, unknown_document
from pushcodec.errors import Violation, listed
from pushcodec.jsontext import ABSENT, DEFAULT_LIMITS, Limits, Reading, Readings, check_limits, pointer
from pushcodec.schemafiles import NAMES
from pushcodec.validation import Target, find

KINDS = tuple(sorted({*FORMS, *(form.family for form in FORMS.values()), *NAMES}))
"""What a caller can name a document: the names of forms, of families of forms and of schemas."""


def iter_violations(text: str | bytes, *, kind: str | None = "ext", limits: Limits = DEFAULT_LIMITS) -> Iterator[Violation]:
    """Every violation of a JSON text and of the texts embedded in it; none if it is valid.

    Reads `str` or UTF-8 `bytes`. `kind` is the name of a schema (`schemafiles.NAMES`), or of a form of document or a family of
    forms; with None the forms are looked for, and `PC402` is the violation of an unknown document. A text that can be read in spite
    of a fault is still compared with the schema. At most 1,000 violations are listed, and 1 MiB of pointers; then `PC112` says that
    there are more. Raises ValueError for an unknown kind, TypeError for arguments of another type, and nothing for the contents of
    the text.
    """
    check_text(text)
    check_limits(limits)
    check_type("kind", kind, (str, NoneType), "a str or None")
    if kind is not None and kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}, expected one of {', '.join(KINDS)}")
    reading = jsontext.read(text, limits)
    readings = Readings(limits)
    forms = recognise(reading.value, readings.embedded, kind=kind)
    return document_violations(reading, readings, forms)


def unknown_violations(reading: Reading) -> Iterator[Violation]:
    """Those of a document of no known form: `PC402`, or the limits that ended its reading early."""
    assert reading.value is not ABSENT  # a text without a value counts as an ext
    limits = [Violation(fault.code, pointer(fault.path), reading.message(fault)) for fault in limit_faults(reading)]
    return listed(limits or [unknown_document(reading.value)])


def document_violations(reading: Reading, readings: Readings, forms: list[Found]) -> Iterator[Violation]:
    """As `iter_violations`, for a text that has been read, with its forms. `readings` are those of the texts embedded in it."""
    if not forms:
        return unknown_violations(reading)
    targets = (Target(*target) for form in forms for target in targets_of(form))
    return listed(found.violation for found in find(reading, readings, targets))
