"""PC511: an integer that a double cannot represent exactly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import chat, ext
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="A web client, and every reader that has doubles only, reads another integer. Write ids as strings.",
        bad=ext(chat(), traceId=2**53 + 1),
        good=ext(chat(), traceId=str(2**53 + 1)),
    )


_LARGEST_EXACT: Final = 2**53


def check(document: Document, _: Config) -> Iterator[Finding]:
    """The integers of more than 53 bits, in all texts."""
    if not document.texts.may_contain_large_integers:
        return
    for node in document.nodes():
        if type(node.value) is int and abs(node.value) > _LARGEST_EXACT:
            yield Finding("readers that have only doubles read another integer", at_value(node))


RULE = Rule(Code.INTEGER_BEYOND_53_BITS, Severity.WARNING, page, check)
