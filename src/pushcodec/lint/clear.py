"""Whether a document certainly breaks no rule of the contract, so that most rules need not look at it."""

from __future__ import annotations

from typing import Final

from pushcodec.documents import FORMS, Carrier
from pushcodec.fast.values import is_valid
from pushcodec.lint.document import Document


def is_clear(document: Document) -> bool:
    """Whether a document certainly breaks no rule of the contract and has known keys only. False if that is unknown.

    For the first document of a form this is also true of the form itself and of its other exts.
    """
    if document.form.name == Carrier.EXT:
        return document.is_whole and document.is_sound(()) and _has_valid_payload(document)
    return _is_valid(document, known_only=True)


def is_clear_but_for_keys(document: Document) -> bool:
    """As `is_clear`, for a form that may have unknown keys; its ext has none."""
    return document.form.name not in (Carrier.EXT, Carrier.TPNS) and _is_valid(document, known_only=False)


def _is_valid(document: Document, *, known_only: bool) -> bool:
    if not _has_valid_payload(document):
        return False
    if not document.is_first:
        return True
    return _is_valid_form(document, known_only=known_only) and all(map(_has_valid_payload, document.others))


def _is_valid_form(document: Document, *, known_only: bool) -> bool:
    """Whether the object of a form, the texts on the way to it included, breaks no rule of the contract."""
    paths = document.found.paths
    if document.root is None or not all(document.is_sound(paths[:count]) for count in range(len(paths))):
        return False
    if document.form.name == Carrier.TPNS:
        around = document.root.value
        if document.ext is None:
            return False  # a notification needs an ext
        return isinstance(around, dict) and around.keys() <= _FREE_KEYS and isinstance(around.get("aps", {}), dict)
    if document.form.name not in FORMS or document.form.family in _PAYLOADS:
        return False
    from pushcodec.lint.form_values import fits  # makes a type of a schema

    return fits(document.root.value, document.kind, known_only=known_only)


_FREE_KEYS: Final = frozenset({"aps", "custom", "xg"})
_PAYLOADS: Final = frozenset({"notification", "ext", "entity", "signaling-content"})


def _has_valid_payload(document: Document) -> bool:
    """Whether the ext of a document breaks no rule of the contract. True for a form without an ext."""
    place = document.place
    if place is None:
        return True
    if not document.is_sound(place.paths[:-1] if place.text is None else place.paths):
        return False  # a text with a fault may have values that are no JSON
    if document.entity is None or (document.ext is None and not place.is_entity):
        return False
    ext = document.ext.value if document.ext else {"entity": document.entity.value}
    if document.content is None or document.content_text is None:
        return is_valid(ext)
    return document.is_sound(document.content_text.paths) and is_valid(ext, document.content.value)
