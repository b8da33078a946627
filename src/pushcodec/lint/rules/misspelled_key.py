"""PC306: an unknown key that looks like a known one, which is absent."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.errors import Code
from pushcodec.lint.analyses.misspellings import misspellings
from pushcodec.lint.analyses.violations import violations
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CHAT
from pushcodec.lint.findings import Finding, at_key
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="No client reads a key that it does not know, so its value is lost without an error. Senders have shipped `nickName` "
        "for `nickname`. In a form that contains an ext, each object has its own known keys: a server ignores `XiaomiChannelID` "
        "where it expects `XiaoMiChannelID`. Such a key differs from a known one, which is absent, in case or by at most two "
        "letters; a key of fewer than six letters only in case. A key that the documentation of the form uses is none.",
        bad=CHAT.replace("nickname", "nickName"),
        good=CHAT,
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """The misspelled keys. Of a required key of the payload the missing key is the finding."""
    found_keys = document.once(misspellings)
    if not found_keys:
        return  # and most documents need no schema for that
    missing = {(found.paths, found.lacking) for found in document.once(violations).get(Code.MISSING_KEY, ())}
    for place, each in found_keys.items():
        if place not in missing:
            yield Finding(f"did you mean '{each.meant}'?", at_key(each.node, each.key), each.fix)
        elif each.in_form:
            yield Finding(f"did you mean '{each.meant}', which is required?", at_key(each.node, each.key), each.fix)


RULE = Rule(Code.MISSPELLED_KEY, Severity.WARNING, page, check)
