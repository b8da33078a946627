"""PC112: more findings than are listed."""

from __future__ import annotations

from collections.abc import Iterable

from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CHAT, chat, text
from pushcodec.lint.findings import Finding
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="At most 1,000 findings of a document are listed. Fix those to see the rest.",
        bad=f'{{"entity":{text(chat())},"ratios":[{",".join(["1e999"] * 1001)}]}}',
        good=CHAT,
    )


def check(_: Document, __: Config) -> Iterable[Finding]:
    """No findings: `assembly.assemble` adds this one where it leaves out others."""
    return ()


RULE = Rule(Code.MORE_VIOLATIONS, Severity.ERROR, page, check)
