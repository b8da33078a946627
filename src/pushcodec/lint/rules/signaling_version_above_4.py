"""PC510: a call of a version that the call kit of iOS drops."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CALL, call, content, ext
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="The call kit of iOS drops the call after all other steps went well.",
        bad=ext(call(content(version=5))),
        good=CALL,
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """A `version` above 4 in the content of a call."""
    version = document.content and document.content.get("version")
    if version and type(version.value) is int and version.value > 4:
        yield Finding("the call kit of iOS drops calls of this version: expected at most 4", at_value(version))


RULE = Rule(Code.SIGNALING_VERSION_ABOVE_4, Severity.WARNING, page, check)
