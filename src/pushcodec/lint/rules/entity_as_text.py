"""PC607: an entity as a string."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec import jsontext
from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import CHAT, chat, text
from pushcodec.lint.findings import Change, Finding, ProposedFix, at_value
from pushcodec.lint.marks import Mark
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="The client asks the entity for its keys, which a string does not have: the app crashes (`route 1`).",
        bad=text({"entity": text(chat())}),
        good=CHAT,
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """An `entity` that is a string."""
    entity = document.entity
    if entity and isinstance(entity.value, str):
        message = "an entity as a string crashes the client: expected the object itself"
        yield Finding(message, at_value(entity), _as_object(entity.value, at_value(entity)))


def _as_object(text: str, mark: Mark) -> ProposedFix | None:
    """Replaces a string with the object whose text it contains."""
    found = jsontext.read(text)
    if found.faults or not isinstance(found.value, dict):
        return None
    return ProposedFix("write the object itself", safe=False, changes=(Change(mark, jsontext.dump(found.value)),))


RULE = Rule(Code.ENTITY_AS_TEXT, Severity.WARNING, page, check)
