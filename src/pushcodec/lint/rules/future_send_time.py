"""PC505: a group call sent ahead of the phone's clock."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.errors import Code
from pushcodec.lint.analyses.times import at_send_time, is_in_time
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CALL, call, ext
from pushcodec.lint.findings import Finding
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="The difference of the times wraps below zero (`route 14`): a call sent one second ahead of the phone's clock has "
        "expired. The rule needs the time of the clock, from the configuration or `--now`.",
        bad=CALL,
        good=ext(call(sendTime=1706601500)),
        options={"now": 1706601590},
    )


def check(document: Document, config: Config) -> Iterator[Finding]:
    """A `sendTime` after the clock of the configuration."""
    if config.now is not None and config.now < document.send_time and document.once(is_in_time):
        message = "the phone's clock is before sendTime, which the client treats as expired"
        yield Finding(message, at_send_time(document))


RULE = Rule(Code.FUTURE_SEND_TIME, Severity.ERROR, page, check)
