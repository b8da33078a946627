"""PC610: a faceUrl from which no phone can load a picture."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.errors import Code
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document
from pushcodec.lint.examples import chat, ext
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity
from pushcodec.lint.urls import is_web_url


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="The client loads the avatar from this URL. With a path, an id, or an address without scheme or host, the notification "
        "has no avatar. An empty string means that there is none.",
        bad=ext(chat(faceUrl="//cdn.example.com/alice.png")),
        good=ext(chat(faceUrl="https://cdn.example.com/alice.png")),
    )


def check(document: Document, _: Config) -> Iterator[Finding]:
    """A `faceUrl` that is not empty and not a web URL."""
    found = document.entity and document.entity.get("faceUrl")
    if found and isinstance(found.value, str) and found.value and not is_web_url(found.value):
        yield Finding("expected an absolute http or https URL with a host, or an empty string", at_value(found))


RULE = Rule(Code.INVALID_FACE_URL, Severity.WARNING, page, check)
