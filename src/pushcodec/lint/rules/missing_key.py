"""PC302: a required key that is missing."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.errors import Code, printable
from pushcodec.lint.analyses.misspellings import misspellings
from pushcodec.lint.analyses.violations import finding, violations
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CHAT, chat, ext, without
from pushcodec.lint.findings import Finding
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="The client has no defaults. It ignores a payload without `action` or `chatType`. A call without `sendTime` or "
        "`timeout` has expired, and one without `room_id` crashes the app.",
        bad=ext(without(chat(), "sender")),
        good=CHAT,
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """The required keys that are missing, each with the key that looks like a misspelling of it.

    A misspelled key of the form itself is the finding of `misspelled-key`.
    """
    if not document.is_first:
        return
    misspelled = {place: each for sibling in document.siblings for place, each in sibling.once(misspellings).items()}
    for found in document.once(violations).get(Code.MISSING_KEY, ()):
        missing = finding(found)
        misspelling = misspelled.get((found.paths, found.lacking or ""))
        if misspelling is None:
            yield missing
        elif not misspelling.in_form:
            message = f"{missing.message}; '{printable(misspelling.key, 64)}' looks like a misspelling of it"
            yield missing._replace(message=message, fix=misspelling.fix)


RULE = Rule(Code.MISSING_KEY, Severity.ERROR, page, check)
