"""PC805: a push that a setting switches off."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.documents import exts_of
from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import push_info
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="With `PushFlag` 1, `disablePush` true or `offline_push_config_flag` 1 no phone gets an offline push, so the "
        "ext beside it is not delivered.",
        bad=push_info(disablePush=True),
        good=push_info(),
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """The setting that switches the push off, in a form with an ext."""
    if not document.is_first or not exts_of(document.found):
        return
    for setting in document.form.switched_off:
        for node in document.nodes_at(setting.path):
            if node.value == setting.value and type(node.value) is type(setting.value):
                yield Finding("this setting switches the push off, so the ext is not delivered", at_value(node))


RULE = Rule(Code.PUSH_SWITCHED_OFF, Severity.WARNING, page, check)
