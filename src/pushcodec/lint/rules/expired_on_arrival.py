"""PC503: a group call that has expired before it can arrive."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.clients.ios.outcomes import ExpiredCall
from pushcodec.errors import Code
from pushcodec.lint.analyses.times import at_send_time, is_in_time
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CALL, call, ext, without
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity
from pushcodec.lint.units import MILLISECONDS


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="The client compares the phone's clock with `sendTime` in seconds, and the difference with `timeout` (`route 14`). An "
        "absent `sendTime` reads as 1970, milliseconds as the far future, an absent `timeout` as 0: nothing rings, ever.",
        bad=ext(without(call(), "sendTime")),
        good=CALL,
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """A call that has expired in the second of sending, or has no timeout."""
    if isinstance(document.route_on_arrival, ExpiredCall):
        yield Finding(f"the call has always expired: sendTime is {_reason(document)}", at_send_time(document))
    elif document.content and document.content.get("timeout") is None and document.once(is_in_time):
        message = "the call expires within a second: timeout is absent and reads as 0"
        yield Finding(message, at_value(document.content))


def _reason(document: Document) -> str:
    if document.entity and document.entity.get("sendTime") is None:
        return "absent and reads as 0"
    if document.send_time >= MILLISECONDS:
        return "far ahead of any clock in seconds, as milliseconds are"
    return "decades away from any phone's clock"


RULE = Rule(Code.EXPIRED_ON_ARRIVAL, Severity.ERROR, page, check)
