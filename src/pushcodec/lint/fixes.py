"""Applies the fixes of diagnostics to a document, until no fix is left."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pushcodec.lint.config import DEFAULT_CONFIG, Config
from pushcodec.lint.diagnostics import Edit, Fix
from pushcodec.lint.linter import lint_text

_MOST_PASSES = 10  # of fixes that overlap, one waits for the next pass


class Fixed(NamedTuple):
    """A document after its fixes, and how many findings were fixed."""

    data: bytes
    fixes: int


def fix_document(data: bytes, *, filename: str = "<text>", config: Config = DEFAULT_CONFIG, unsafe: bool = False) -> Fixed:
    """One document with every fix applied; only with `unsafe` those that change what the client does.

    Reads the bytes of one JSON document. All bytes that no fix replaces remain as they are.
    """
    count = 0
    for _ in range(_MOST_PASSES):
        fixes = [each.fix for each in lint_text(data, filename=filename, config=config) if each.fix and (each.fix.safe or unsafe)]
        if not fixes:
            break
        data, applied = _apply(data, fixes)
        count += applied
    return Fixed(data, count)


def _apply(data: bytes, fixes: Iterable[Fix]) -> Fixed:
    """Applies all edits of a fix or none. A fix that overlaps one before it is left out."""
    touched = bytearray(len(data) + 1)
    edits: list[Edit] = []
    count = 0
    for fix in fixes:
        if any(any(touched[edit.start.offset : edit.end.offset]) for edit in fix.edits):
            continue
        for edit in fix.edits:
            touched[edit.start.offset : edit.end.offset] = b"\x01" * (edit.end.offset - edit.start.offset)
        edits += fix.edits
        count += 1
    pieces: list[bytes] = []
    end = 0
    for edit in sorted(edits, key=lambda edit: edit.start.offset):
        pieces += (data[end : edit.start.offset], edit.content.encode())
        end = edit.end.offset
    return Fixed(b"".join([*pieces, data[end:]]), count)
