"""PC702: a push info over the advised size."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.documents import Carrier
from pushcodec.errors import Code
from pushcodec.lint.analyses.push_texts import sent_texts
from pushcodec.lint.analyses.sizes import PUSH_INFO_ADVISED, is_counted, most_bytes, over, size
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import LONG, push_info
from pushcodec.lint.findings import Finding
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="Title, desc and ext of a message together should have at most 3,072 bytes, in any form. "
        "Source: Tencent IM offline-push guide.",
        bad=push_info(desc=LONG * 3),
        good=push_info(),
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """Title, desc and ext, counted as Tencent counts them: together, each as text."""
    form = document.form
    if most_bytes(document) <= PUSH_INFO_ADVISED:
        return
    if document.root is None or not form.texts or form.name == Carrier.TPNS_PUSH or not is_counted(document):
        return
    ext = document.place.text if document.place else None
    together = sum(size(text) for text in (*sent_texts(document), ext) if text)
    if together > PUSH_INFO_ADVISED:
        settings = next(document.nodes_at(form.settings), document.root)
        subject = "title, desc and ext together have"
        yield over(subject, together, PUSH_INFO_ADVISED, marked=settings, weighed=settings, advised=True)


RULE = Rule(Code.OVERSIZED_PUSH_INFO, Severity.WARNING, page, check)
