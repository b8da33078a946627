"""PC705: escapes of characters that need none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from pushcodec import jsontext
from pushcodec.errors import Code
from pushcodec.jsontext.values import Span
from pushcodec.lint.analyses.waste import Waste, wasted
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import chat, ext
from pushcodec.lint.findings import Finding
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="`\\u4e2d` takes six bytes, `中` three; `\\/` two, `/` one.",
        bad=json.dumps({"entity": chat(content="中午吃饭吗")}, separators=(",", ":")),
        good=ext(chat(content="中午吃饭吗")),
    )


_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")


def check(document: Document, _: Config) -> Iterator[Finding]:
    """The escapes in each text that has no fault, where they are longer than their characters."""
    for inside, text in document.sound_texts:
        if escapes := _escapes(text):
            yield wasted("needless escapes waste", "write the characters themselves", inside, escapes)


def _escapes(text: str) -> list[Waste]:
    """The escapes in a text that have a shorter form."""
    if "\\u" not in text and "\\/" not in text:
        return []
    found = []
    for escape in _ESCAPE.finditer(text):
        shorter = _shortest(escape[0])
        if len(shorter.encode()) < len(escape[0]):
            found.append(Waste(Span(*escape.span()), shorter))
    return found


def _shortest(escape: str) -> str:
    """The shortest form of the character that an escape stands for, in a string of JSON."""
    return jsontext.dump(jsontext.parse(f'"{escape}"'))[1:-1]


RULE = Rule(Code.NEEDLESS_ESCAPES, Severity.INFO, page, check)
