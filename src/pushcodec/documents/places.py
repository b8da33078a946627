"""The exts in a form: where each is, and its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from pushcodec.documents.forms import Place, Storage, value_at, values_at
from pushcodec.documents.marks import is_bare_entity_text
from pushcodec.documents.recognition import Found, Paths
from pushcodec.jsontext.values import ABSENT, JSONValue, Span


class Ext(NamedTuple):
    """The place of an ext in a document, and what is there.

    - `paths`: those of the string, array or object, one for each text on the way
    - `storage`: what is at the place, never `ANY_TEXT`
    - `value`: the value there, which may have another type than a place of this kind needs
    - `in_schema`: whether the form's schema has the schema of the text
    - `text`: the text at the place: the ext's, or for `ENTITY_TEXT` the entity's. None for `ITSELF` and `ENTITY`, where it
      is the text of the object itself, and for a value of another type.
    """

    paths: Paths
    storage: Storage
    value: JSONValue
    text: str | None
    in_schema: bool = True

    @property
    def is_entity(self) -> bool:
        """Whether the entity alone is there, which is put under `entity`."""
        return self.storage in (Storage.ENTITY, Storage.ENTITY_TEXT)

    @property
    def is_object(self) -> bool:
        """Whether the object itself is the ext, or its entity."""
        return self.storage in (Storage.ITSELF, Storage.ENTITY)


def places_of(found: Found) -> list[Ext]:
    """The places of a form at which something is, in the order of its row; a null is nothing."""
    value = found.value
    if value is ABSENT:
        return []
    *around, last = found.paths
    return [
        _ext((*around, (*last, *path)), place, there)
        for place in found.form.places
        if place.unless is None or value_at(value, place.unless) is ABSENT
        for path, there in values_at(value, place.path)
        if there is not None or not path
    ]


class SchemaTarget(NamedTuple):
    """A value of a document, and the name of its schema: the value at the paths, or that of a text there in another form."""

    schema: str
    paths: Paths
    text: str | None = None


def targets_of(found: Found) -> Iterator[SchemaTarget]:
    """The object of a form with its schema, and each text of an ext that this schema does not include."""
    yield SchemaTarget(found.form.schema, found.paths)
    for ext in places_of(found):
        if ext.text is not None and not ext.in_schema:
            yield SchemaTarget("entity" if ext.is_entity else "ext", ext.paths, ext.text)


def exts_of(found: Found) -> list[Ext]:
    """The places of a form at which there is an ext, whatever its text."""
    return [each for each in places_of(found) if each.text is not None or (each.is_object and not _lacks_entity(each))]


def _lacks_entity(ext: Ext) -> bool:
    """Whether an object that should be an ext has none of its keys."""
    return ext.storage is Storage.ITSELF and not (isinstance(ext.value, dict) and _EXT_KEYS & ext.value.keys())


_EXT_KEYS: Final = frozenset({"entity", "timPushFeatures"})


def _ext(paths: Paths, place: Place, value: JSONValue) -> Ext:
    storage = place.storage
    if storage is Storage.ANY_TEXT:
        storage = Storage.ENTITY_TEXT if is_bare_entity_text(value) else Storage.TEXT
    return Ext(paths, storage, value, _READERS[storage](value) if storage in _READERS else None, place.in_schema)


# The texts of the places


def _string(value: JSONValue) -> str | None:
    return value if isinstance(value, str) else None


def _of_bytes(value: JSONValue) -> str | None:
    """The text of an array of signed bytes, in UTF-8; a byte that is not UTF-8 is replaced, as Java does it."""
    if not isinstance(value, list) or not all(type(each) is int and -128 <= each <= 127 for each in value):
        return None
    data = bytes(each & 0xFF for each in value if isinstance(each, int))
    return data.decode("utf-8", "replace")


_PARAMETER: Final = re.compile(r"(?:[;#]S\.ext=|[?&]customContent=)([^;&#]*+)")


def link_parameter(link: str) -> Span | None:
    """Where the percent-encoded ext is in a link, None if it has none."""
    match = _PARAMETER.search(link)
    return Span(*match.span(1)) if match else None


def _of_link(value: JSONValue) -> str | None:
    if not isinstance(value, str):
        return None
    found = link_parameter(value)
    return unescape(value[found.start : found.end]) if found else None


_ESCAPES: Final = re.compile(r"(?:%[0-9a-fA-F]{2})+")


def unescape(text: str) -> str:
    """A text without its percent-encoding, which is of UTF-8; a byte that is not UTF-8 is replaced."""
    return _ESCAPES.sub(lambda match: bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace"), text)


_READERS: Final[dict[Storage, Callable[[JSONValue], str | None]]] = {
    Storage.TEXT: _string,
    Storage.ENTITY_TEXT: _string,
    Storage.BYTES: _of_bytes,
    Storage.LINK: _of_link,
}
