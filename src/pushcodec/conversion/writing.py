"""From a push to a document of another form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from pushcodec.conversion.dialects import Dialect, Keys
from pushcodec.conversion.push import Given, Lost, Push
from pushcodec.conversion.settings import is_default
from pushcodec.conversion.sources import TARGET_FORMS, TARGETS, Target
from pushcodec.documents import FORMS, Found
from pushcodec.documents.marks import form_of
from pushcodec.jsontext import ABSENT, JSONValue, dump_deep, pointer

Document = dict[str, JSONValue]


class Written(NamedTuple):
    """A document, what of the push it does not have, and what `Converted` has under the same names."""

    document: Document
    losses: list[Lost]
    placeholders: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def write(found: Found, push: Push, to: Target) -> Written:
    """The document of a push in a form. Settings that are in this form already are written as they are."""
    dialect = TARGETS[to]
    if push.dialect is dialect:
        return _unchanged(found, push, to)
    document: Document = {}
    losses = [*push.losses, *_put_settings(push, dialect, document, to), *_inexpressible(push, dialect, to)]
    for key in dialect.texts & document.keys():
        document[key] = dump_deep(document[key])
    if to is Target.TPNS_PUSH:
        return _request(document, losses, push.left_out)
    return Written(_marked(document, to), losses, left_out=push.left_out)


def _unchanged(found: Found, push: Push, to: Target) -> Written:
    """The object that has the settings; for TPNS the whole request, which has it."""
    is_whole = to is Target.TPNS_PUSH
    original = found.value if is_whole else push.original
    assert isinstance(original, dict)
    return Written(_marked(dict(original), to), [], left_out=() if is_whole else push.left_out)


def _put_settings(push: Push, dialect: Dialect, document: Document, to: Target) -> Iterator[Lost]:
    """Puts the settings into a document, in the order of the dialect; yields those that it cannot have."""
    for line in dialect.lines:
        given = push.settings.get(line.setting) if line.is_written else None
        if given is None:
            continue
        value = line.codec.write(given.value)
        if value is ABSENT:
            yield from _lost(given, f"{to} has only {line.codec.expected} under {line.keys[-1]}")
        elif not _put(document, line.keys, value):
            yield from _lost(given, f"{to} has one key for this and another setting, which is there: {line.keys[-1]}")


def _put(document: Document, keys: Keys, value: JSONValue) -> bool:
    """Puts a value into a document; returns whether nothing was there."""
    *groups, last = keys
    members = document
    for group in groups:
        inner = members.setdefault(group, {})
        assert isinstance(inner, dict)  # no dialect has a value and a group at the same place
        members = inner
    if last in members:
        return False
    members[last] = value
    return True


def _inexpressible(push: Push, dialect: Dialect, to: Target) -> Iterator[Lost]:
    """The settings for which a form has no key. One with its default value has the same effect there."""
    for setting, given in push.settings.items():
        if setting not in dialect.written and not is_default(setting, given.value):
            yield from _lost(given, f"{to} has no key for it: {setting}")


def _lost(given: Given, reason: str) -> Iterator[Lost]:
    return (Lost(paths, reason) for paths in given.places)


def _marked(document: Document, to: Target) -> Document:
    """The document with as many fillers as its form needs to be recognised."""
    form = FORMS[TARGET_FORMS[to]]
    for filler in TARGETS[to].fillers:
        if form_of(document) is form:
            break
        document.setdefault(filler.key, filler.value)
    return document


# The request of TPNS

_REQUIRED: Final[Document] = {
    "audience_type": "token_list",
    "token_list": ["<token>"],
    "message_type": "notify",
    "environment": "dev",
}
"""What the push API requires beside the message. No device has this token."""


def _request(message: Document, losses: list[Lost], left_out: tuple[str, ...]) -> Written:
    """The request that pushes a message, with placeholders for what it requires and the push does not have."""
    missing = [key for key in ("title", "content") if key not in message]
    request: Document = {**_REQUIRED, "message": {**dict.fromkeys(missing, ""), **message}}
    placeholders = (*((key,) for key in _REQUIRED), *(("message", key) for key in missing))
    return Written(request, losses, tuple(map(pointer, placeholders)), left_out)
