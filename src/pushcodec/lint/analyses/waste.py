"""Characters of a text that have a shorter form."""

from __future__ import annotations

from typing import NamedTuple

from pushcodec.jsontext.values import Span
from pushcodec.lint.document import Node
from pushcodec.lint.findings import Change, Finding, ProposedFix, at_value
from pushcodec.lint.marks import Mark, Paths


class Waste(NamedTuple):
    """Characters of a text, and shorter ones that mean the same."""

    span: Span
    shorter: str


def wasted(subject: str, advice: str, inside: Node, wastes: list[Waste]) -> Finding:
    """The finding of a text that can be shorter, with a safe fix. `inside` is the value of the text."""
    text: Paths = (*inside.paths[:-1], ())
    changes = tuple(Change(Mark(text, characters=waste.span), waste.shorter) for waste in wastes)
    saved = sum(waste.span.end - waste.span.start - len(waste.shorter.encode()) for waste in wastes)
    return Finding(f"{subject} {saved} bytes of this text", at_value(inside), ProposedFix(advice, safe=True, changes=changes))
