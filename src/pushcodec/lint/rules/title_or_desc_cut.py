"""PC706: a title or desc that some vendor cuts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pushcodec.errors import Code
from pushcodec.lint.analyses.push_texts import shown_descs, shown_titles
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document, Node
from pushcodec.lint.examples import LONG, push_info
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity
from pushcodec.sizes import Subject, limits_of, utf16_size


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="Vendors cut a title or desc that is longer than they show, with `...` at the end, and count UTF-16 units. The "
        "smallest limit of all vendors counts: 32 for a title (Meizu) and 50 for a desc (OPPO), or 100 with `PushStyle` 1, "
        "where OPPO shows 128. Source: Tencent IM, OfflinePushInfo.",
        bad=push_info(desc=LONG[:60]),
        good=push_info(),
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """The titles and descs of a form that are longer than the smallest limit."""
    if not document.is_first:
        return
    yield from _cut("title", shown_titles(document), 0)
    yield from _cut("desc", shown_descs(document), 1 if _has_big_style(document) else 0)


def _cut(subject: Subject, nodes: Iterator[Node], push_style: int) -> Iterator[Finding]:
    limit = _shown(subject, push_style)
    for node in nodes:
        units = utf16_size(node.value) if isinstance(node.value, str) else 0
        if units > limit:
            yield Finding(f"the {subject} has {units} UTF-16 units, and some vendor shows only {limit}", at_value(node))


@cache
def _shown(subject: Subject, push_style: int) -> int:
    """The UTF-16 units that every vendor shows."""
    return min(limit.most for limit in limits_of(subject, push_style=push_style))


def _has_big_style(document: Document) -> bool:
    """Whether the settings for Android have `PushStyle` 1, in the REST API or in the Web SDK."""
    settings = document.form.settings
    paths = (f"{settings}/{key}/PushStyle" if settings else f"{key}/PushStyle" for key in ("AndroidInfo", "androidInfo"))
    return any(type(node.value) is int and node.value == 1 for path in paths for node in document.nodes_at(path))


RULE = Rule(Code.TITLE_OR_DESC_CUT, Severity.WARNING, page, check)
