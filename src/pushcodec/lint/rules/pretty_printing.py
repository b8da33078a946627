"""PC704: white space between tokens."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from pushcodec.errors import Code
from pushcodec.jsontext.values import WHITE_SPACE, Span
from pushcodec.lint.analyses.waste import Waste, wasted
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CHAT, chat
from pushcodec.lint.findings import Finding
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="White space between tokens means nothing to the client and counts against every limit.",
        bad=json.dumps({"entity": chat()}, indent=2),
        good=CHAT,
    )


_STRING_OR_SPACE = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[ \t\n\r]+', re.DOTALL)


def check(document: Document, _: Config) -> Iterator[Finding]:
    """The white space in each text that has no fault."""
    for inside, text in document.sound_texts:
        if spaces := _white_space(text):
            yield wasted("white space between tokens wastes", "write compact JSON", inside, spaces)


def _white_space(text: str) -> list[Waste]:
    """The white space between the tokens of a text. White space around the value is not part of the payload."""
    if not any(map(text.__contains__, WHITE_SPACE)):
        return []
    last = len(text.rstrip(WHITE_SPACE))
    runs = (run for run in _STRING_OR_SPACE.finditer(text) if text[run.start()] != '"')
    return [Waste(Span(*run.span()), "") for run in runs if 0 < run.start() < last]


RULE = Rule(Code.PRETTY_PRINTING, Severity.INFO, page, check)
