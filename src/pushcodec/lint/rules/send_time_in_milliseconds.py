"""PC605: a sendTime in milliseconds."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import chat, ext
from pushcodec.lint.findings import Change, Finding, ProposedFix, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity
from pushcodec.lint.units import MILLISECONDS


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="`sendTime` is in seconds. In milliseconds a group call has expired before it was sent.",
        bad=ext(chat(sendTime=1706601600000)),
        good=ext(chat(sendTime=1706601600)),
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """A `sendTime` that is too large for seconds."""
    found = document.entity and document.entity.get("sendTime")
    if found and type(found.value) is int and found.value >= MILLISECONDS:
        seconds = Change(at_value(found), str(found.value // 1000))
        fix = ProposedFix("write seconds", safe=False, changes=(seconds,))
        yield Finding("expected seconds, this looks like milliseconds", at_value(found), fix)


RULE = Rule(Code.SEND_TIME_IN_MILLISECONDS, Severity.WARNING, page, check)
