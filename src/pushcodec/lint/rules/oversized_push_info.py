"""PC702: a push info over the advised size."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.errors import Code
from pushcodec.lint.analyses.sizes import PUSH_INFO_ADVISED, is_counted, over, size
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import LONG, push_info
from pushcodec.lint.findings import Finding
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="Title, desc and ext together should have at most 3,072 bytes. Source: Tencent IM offline-push guide.",
        bad=push_info(desc=LONG * 3),
        good=push_info(),
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """Title, desc and ext, counted as Tencent counts them: together, each as text."""
    info = document.root
    if document.kind != "offline-push-info" or info is None or not is_counted(document):
        return
    parts = (info.get(key) for key in ("title", "desc", "ext"))
    together = sum(size(part.value) for part in parts if part and isinstance(part.value, str))
    if together > PUSH_INFO_ADVISED:
        subject = "title, desc and ext together have"
        yield over(subject, together, PUSH_INFO_ADVISED, marked=info, weighed=info, advised=True)


RULE = Rule(Code.OVERSIZED_PUSH_INFO, Severity.WARNING, page, check)
