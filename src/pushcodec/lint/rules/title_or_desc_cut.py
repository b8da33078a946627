"""PC706: a title or desc that some vendor cuts."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.documents import value_at
from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import LONG, push_info
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="Vendors cut a title or desc that is longer than they show, with `...` at the end, and count UTF-16 units. The "
        "smallest limit of all vendors counts: 32 for a title (Meizu) and 50 for a desc (OPPO), or 100 with `PushStyle` 1, "
        "where OPPO shows 128. Source: Tencent IM, OfflinePushInfo.",
        bad=push_info(desc=LONG[:60]),
        good=push_info(),
    )


_TITLE, _DESC, _DESC_IN_BIG_STYLE = 32, 50, 100


def check(document: Document, _: Config) -> Iterator[Finding]:
    """The titles and descs of a form that are longer than the smallest limit."""
    if not document.is_first:
        return
    desc = _DESC_IN_BIG_STYLE if _has_big_style(document) else _DESC
    for subject, paths, limit in (("title", document.form.titles, _TITLE), ("desc", document.form.texts, desc)):
        for path in paths:
            for node in document.nodes_at(path):
                units = len(node.value.encode("utf-16-le", "surrogatepass")) // 2 if isinstance(node.value, str) else 0
                if units > limit:
                    yield Finding(f"the {subject} has {units} UTF-16 units, and some vendor shows only {limit}", at_value(node))


def _has_big_style(document: Document) -> bool:
    root = document.top.value
    settings = document.form.settings
    return value_at(root, f"{settings}/AndroidInfo/PushStyle" if settings else "AndroidInfo/PushStyle") == 1


RULE = Rule(Code.TITLE_OR_DESC_CUT, Severity.WARNING, page, check)
