"""PC606: the content of a call as an object."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec import jsontext
from pushcodec.enums import Action
from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document, Node
from pushcodec.lint.examples import CALL, call, content, ext
from pushcodec.lint.findings import Change, Finding, ProposedFix, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="The client asks the content for its UTF-8 bytes, which an object does not have: the app crashes (`route 10`).",
        bad=ext(call() | {"content": content()}),
        good=CALL,
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """A call whose `content` is not the text of an object but the object."""
    found = document.content_text
    if document.action == Action.CALL and found and isinstance(found.value, dict):
        fix = _as_text(found) if document.is_sound(found.paths[:-1]) else None
        yield Finding("the content of a call as an object crashes the client: expected its JSON text", at_value(found), fix)


def _as_text(node: Node) -> ProposedFix:
    """Replaces an object with its text."""
    change = Change(at_value(node), jsontext.dump(jsontext.dump(node.value)))
    return ProposedFix("write the object as JSON text", safe=False, changes=(change,))


RULE = Rule(Code.CALL_CONTENT_AS_OBJECT, Severity.WARNING, page, check)
