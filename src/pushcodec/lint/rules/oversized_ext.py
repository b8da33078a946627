"""PC703: an ext over the advised size."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.errors import Code
from pushcodec.lint.analyses.sizes import EXT_ADVISED, ext_node, ext_text, is_counted, most_bytes, over, size
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CHAT, LONG, chat, ext
from pushcodec.lint.findings import Finding
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="An ext should have at most 1,024 bytes, or vendors' channels may refuse it. Source: Tencent IM push guide, 2026.",
        bad=ext(chat(content=LONG)),
        good=CHAT,
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """The text of the ext."""
    text = ext_text(document) if most_bytes(document) > EXT_ADVISED and is_counted(document) else None
    if text is not None and (size_of_it := size(text)) > EXT_ADVISED:
        yield over("the ext has", size_of_it, EXT_ADVISED, marked=ext_node(document), weighed=document.ext, advised=True)


RULE = Rule(Code.OVERSIZED_EXT, Severity.WARNING, page, check)
