"""Mends: the edits of diagnostics made in the text, again and again until nothing is left to mend."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pushcodec.lint.config import DEFAULT_CONFIG, Config
from pushcodec.lint.diagnostics import Edit, Fix
from pushcodec.lint.linter import lint_text

_MOST_PASSES = 10  # mends that stand in each other's way wait for the next pass


class Mended(NamedTuple):
    """A document after its mends, and how many findings were mended."""

    data: bytes
    mends: int


def fix_document(data: bytes, *, filename: str = "<text>", config: Config = DEFAULT_CONFIG, unsafe: bool = False) -> Mended:
    """One document with every mend made that can be; with `unsafe` also those that change what the client does.

    Reads the bytes of one JSON document. What can't be mended stays as it is, byte for byte.
    """
    mended = 0
    for _ in range(_MOST_PASSES):
        fixes = [each.fix for each in lint_text(data, filename=filename, config=config) if each.fix and (each.fix.safe or unsafe)]
        if not fixes:
            break
        data, mends = _apply(data, fixes)
        mended += mends
    return Mended(data, mended)


def _apply(data: bytes, fixes: Iterable[Fix]) -> Mended:
    """Makes all edits of a fix or none; one that touches what another has changed waits."""
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
    return Mended(b"".join([*pieces, data[end:]]), count)
