"""PC402: a document of no known form."""

from __future__ import annotations

from collections.abc import Iterable

from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CHAT, text
from pushcodec.lint.findings import Finding
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="No ext can be found in a document without the marks of a form, so nothing in it is checked. The message has the two "
        "closest forms and the keys that are missing. Name the form with `--kind` or in the table `kinds` of the configuration if "
        "the document has one. A walk of a folder does not report such files; it counts them.",
        bad=text({"title": "Alice", "message": "Lunch at noon?"}),
        good=text({"title": "Alice", "desc": "Lunch at noon?", "ext": CHAT, "AndroidOPPOChannelID": "tuikit"}),
    )


def check(_: Document, __: Config) -> Iterable[Finding]:
    """None in a document that has a form. `rules.check_unknown` reports any other."""
    return ()


RULE = Rule(Code.UNKNOWN_DOCUMENT, Severity.ERROR, page, check)
