"""PC513: a payload on which the Android client crashes."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.errors import Code
from pushcodec.lint.analyses.comparison import crashes
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CALL, call, content, ext
from pushcodec.lint.findings import Finding
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="Gson reads every bound field of a call, also those that nothing uses, and throws on a value that does not fit: the "
        "app crashes when the user taps the notification (`android 10`).",
        bad=ext(call(content(room_id=2**31))),
        good=CALL,
    )


def check(document: Document, config: Config) -> Iterator[Finding]:
    """A crash of the clients whose crashes have this code."""
    return crashes(document, config, Code.CRASHES_ANDROID)


RULE = Rule(Code.CRASHES_ANDROID, Severity.ERROR, page, check)
