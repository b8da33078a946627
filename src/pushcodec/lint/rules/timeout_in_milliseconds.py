"""PC611: a timeout of a call in milliseconds."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import call, content, ext
from pushcodec.lint.findings import Change, Finding, ProposedFix, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity

_LONGEST_TIMEOUT = 1000
"""A timeout in seconds from here on is probably one in milliseconds: no phone rings for a quarter of an hour."""


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="`timeout` is in seconds, and usually 30. 30,000 seconds are more than eight hours: for so long a tap on the old "
        "notification joins a call that is over. The rule reports 1,000 seconds and more. The fix divides multiples of 1,000 below "
        "1,000,000.",
        bad=ext(call(content(timeout=30000))),
        good=ext(call(content(timeout=30))),
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """A `timeout` that is too long for seconds."""
    found = document.content and document.content.get("timeout")
    if found and type(found.value) is int and found.value >= _LONGEST_TIMEOUT:
        seconds, rest = divmod(found.value, 1000)
        is_certain = not rest and seconds < _LONGEST_TIMEOUT
        change = Change(at_value(found), str(seconds))
        fix = ProposedFix("write seconds", safe=False, changes=(change,)) if is_certain else None
        message = f"expected seconds, fewer than {_LONGEST_TIMEOUT}; this looks like milliseconds"
        yield Finding(message, at_value(found), fix)


RULE = Rule(Code.TIMEOUT_IN_MILLISECONDS, Severity.WARNING, page, check)
