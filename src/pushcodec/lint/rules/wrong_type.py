"""PC301: a value of the wrong JSON type."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.clients.ios.foundation import int_value
from pushcodec.errors import Code
from pushcodec.lint.analyses.violations import finding, violations
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CHAT, chat, ext
from pushcodec.lint.findings import Change, Finding, ProposedFix
from pushcodec.lint.marks import Mark
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="The iOS client coerces some types and crashes on others. Android drops the payload, or crashes. Where the value "
        'is an integer in another form, such as `"1"` or `1.0`, the fix writes that integer.',
        bad=ext(chat(chatType="1")),
        good=CHAT,
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """The values of another type than the contract says."""
    for found in document.once(violations).get(Code.WRONG_TYPE, ()) if document.is_first else ():
        fix = _integer(document, Mark(found.paths)) if found.wanted == "integer" else None
        yield finding(found)._replace(fix=fix)


def _integer(document: Document, mark: Mark) -> ProposedFix | None:
    """Writes the integer that the client reads, if the value is that integer in another form."""
    value = document.value_at(mark.paths)
    number = int_value(value) if isinstance(value, bool | str) or (isinstance(value, float) and value.is_integer()) else None
    if number is None or (isinstance(value, str) and value.strip() != str(number)):
        return None
    return ProposedFix(f"write the integer {number}", safe=False, changes=(Change(mark, str(number)),))


RULE = Rule(Code.WRONG_TYPE, Severity.ERROR, page, check)
