"""PC608: an ext that is not a JSON object."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document, Node
from pushcodec.lint.examples import CHAT
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="Some senders write a word of their own. The client ignores a text that is not a JSON object (`receive 4`).",
        bad='"SignalingExt"',
        good=CHAT,
    )


_LOOKED_AT = 4096  # bytes of a text that cannot be read, to find its first character


def check(document: Document, _: Config) -> Iterator[Finding]:
    """An ext, the document itself or in a notification, that is a word or another value than an object."""
    message = "expected the JSON text of an object with the key entity, got a text of another kind"
    ext_text, place = document.ext_text, document.place
    if document.kind == "ext" and _is_plain(document.root, document.texts.text):
        yield Finding(message, at_value(document.top))
    if ext_text and place and place.text is not None and not place.is_entity and _is_plain(document.ext, place.text):
        yield Finding(message, at_value(ext_text))


def _is_plain(found: Node | None, text: str | bytes) -> bool:
    """Whether an ext is not an object, and not a broken text of one."""
    if found is not None:
        return not isinstance(found.value, dict)
    opening = (text if isinstance(text, str) else text[:_LOOKED_AT].decode("utf-8", "replace")).lstrip()[:1]
    return opening not in ("", "{", "[")


RULE = Rule(Code.EXT_AS_PLAIN_TEXT, Severity.WARNING, page, check)
