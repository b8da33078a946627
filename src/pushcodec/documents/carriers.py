"""From a document to the texts of its exts."""

from __future__ import annotations

from types import NoneType
from typing import Final, NamedTuple

from pushcodec import jsontext
from pushcodec.arguments import check_type, plain_text
from pushcodec.documents.forms import Carrier, Storage, values_at
from pushcodec.documents.places import Ext, exts_of, places_of
from pushcodec.documents.recognition import Found, Paths, recognise
from pushcodec.documents.unknown import unknown_document
from pushcodec.errors import Code, DecodeError, SeveralExtsError, Violation
from pushcodec.jsontext import ABSENT, DEFAULT_LIMITS, JSONValue, Limits, Reading, Readings, pointer
from pushcodec.jsontext.values import json_type


class Carried(NamedTuple):
    """An ext in a document. The ext itself is not validated.

    - `form`: the form that contains it
    - `pointers`: the RFC 6901 pointers to it, one for each text on the way, as in a `Violation`; `("",)` for the document itself
    - `ext`: the text of the ext
    - `storage`: what is at the pointers: the text, the ext as an object, or another form of it
    """

    form: Carrier
    pointers: tuple[str, ...]
    ext: str
    storage: Storage

    @property
    def carrier(self) -> Carrier:
        """The form."""
        return self.form

    def locate(self, violation: Violation) -> Violation:
        """A violation of the ext as one of the document: `/entity/sender` becomes `/custom -> /entity/sender` in a TPNS one."""
        inner = (violation.pointer, *violation.embedded)
        if self.storage in (Storage.ENTITY, Storage.ENTITY_TEXT):
            inner = (violation.pointer.removeprefix("/entity"), *violation.embedded)
        if self.storage in (Storage.ITSELF, Storage.ENTITY):
            inner = (self.pointers[-1] + inner[0], *inner[1:])
            outer, *embedded = (*self.pointers[:-1], *inner)
        else:
            outer, *embedded = (*self.pointers, *inner)
        return Violation(violation.code, outer, violation.message, tuple(embedded))


def find_exts(document: str | bytes, *, carrier: Carrier | str | None = None, limits: Limits = DEFAULT_LIMITS) -> list[Carried]:
    """Every ext in a document; `[]` for a document without one, and for an unknown document.

    The exts are in the order of the forms in the document, and in one form in the order of its places in `documents.table`.

    Reads a JSON text in any form of `documents.table`, as `str` or UTF-8 `bytes`; forms are also found in arrays, in other objects
    and in JSON texts inside strings. `carrier` is the form of the document, which then needs no marks. Raises DecodeError if the
    text is not JSON (`PC1xx`), ValueError for an unknown form's name.
    """
    _, reading, readings = _read(document, carrier, limits)
    return [each for found in _forms(reading, readings, carrier) for each in carried(found, reading, readings)]


def find_ext(document: str | bytes, *, carrier: Carrier | str | None = None, limits: Limits = DEFAULT_LIMITS) -> Carried:
    """The only ext in a document; see `find_exts`.

    Raises SeveralExtsError for a document with several exts, and DecodeError if the text is not JSON (`PC1xx`), is of no known form
    (`PC402`), or has no ext in the place of its form (`PC401`, or `PC301` if another value is there).
    """
    value, reading, readings = _read(document, carrier, limits)
    forms = _forms(reading, readings, carrier)
    exts = [each for found in forms for each in carried(found, reading, readings)]
    if len(exts) > 1:
        raise SeveralExtsError([_several(len(exts), exts[1])])
    if exts:
        return exts[0]
    if carrier is None and not isinstance(value, dict | list):
        raise _refused(Code.WRONG_TYPE, ((),), f"expected an object, got {json_type(value)}")
    raise DecodeError([no_ext(forms[0]) if forms else unknown_document(value)])


def no_ext(found: Found) -> Violation:
    """The violation of a form without an ext: `PC301` if a place of the ext contains another value, else `PC401`."""
    for each in places_of(found):
        if each.is_object:
            return _violation(Code.NO_PAYLOAD, each.paths, f"expected the key 'entity' in the form {found.form.name}")
        return _violation(Code.WRONG_TYPE, each.paths, f"expected {_WORDS[each.storage]}, got {_got(each)}")
    null = _null_of(found) if found.form.family in _SENT_BY_SERVERS else None
    if null is not None:
        return _violation(Code.WRONG_TYPE, null, f"expected {_WORDS[Storage.TEXT]}, got null")
    places = " or ".join(f"'{place.path}'" for place in found.form.places)
    expected = f"expected the ext's text under {places} in the form {found.form.name}" if places else _NO_PLACE
    return _violation(Code.NO_PAYLOAD, found.paths, expected)


def _got(ext: Ext) -> str:
    """The type of a value that is no ext; of the right type, what it lacks."""
    has_type = json_type(ext.value) == ("array" if ext.storage is Storage.BYTES else "string")
    return f"another {json_type(ext.value)}" if has_type else json_type(ext.value)


_SENT_BY_SERVERS: Final = frozenset({"rest", "tpns-push", "notification"})
"""The families of forms in which a null is a value of the wrong type. In other forms it means that a key is unset."""


def _null_of(found: Found) -> Paths | None:
    """The paths of the null in a place for the ext's text, in a form that has no other value there; None if it has none."""
    *around, last = found.paths
    value = None if found.value is ABSENT else found.value
    places = [place.path for place in found.form.places if place.unless is None]
    return next(((*around, (*last, *path)) for place in places for path, _ in values_at(value, place)), None)


_WORDS: Final = {
    Storage.TEXT: "the ext as JSON text",
    Storage.ENTITY_TEXT: "the entity as JSON text",
    Storage.BYTES: "the ext's text as an array of signed bytes",
    Storage.LINK: "a link with the ext as a parameter",
}
_NO_PLACE: Final = "expected a document with an ext; this form has none"


def carried(found: Found, reading: Reading, readings: Readings) -> list[Carried]:
    """The exts of a form. `reading` is that of the document, `readings` are those of the texts in it."""
    return [
        Carried(Carrier(found.form.name), tuple(map(pointer, ext.paths)), ext_text(ext, reading, readings), ext.storage)
        for ext in exts_of(found)
    ]


def ext_text(ext: Ext, reading: Reading, readings: Readings) -> str:
    """The text of an ext: of an object its characters in the text that contains it; an entity is put under `entity`."""
    text = ext.text
    if text is None:
        around = text_around(ext.paths, reading, readings)
        path = ext.paths[-1]
        text = around.characters[slice(*around.spans.values[path])] if path else around.characters
    return f'{{"entity":{text}}}' if ext.is_entity else text


def text_around(paths: Paths, reading: Reading, readings: Readings) -> Reading:
    """The reading of the text in which the last of some paths leads to a value."""
    for path in paths[:-1]:
        value: JSONValue | object = reading.value
        for part in path:
            value = value[part]  # type: ignore[index]
        assert isinstance(value, str)
        reading = readings.embedded(value)
    return reading


def _read(document: str | bytes, carrier: str | None, limits: Limits) -> tuple[JSONValue, Reading, Readings]:
    check_type("carrier", carrier, (str, NoneType), "a Carrier or its name")
    if carrier is not None:
        Carrier(carrier)
    reading = jsontext.read(plain_text(document), limits)
    return reading.valid_value(), reading, Readings(limits)


def _forms(reading: Reading, readings: Readings, carrier: str | None) -> list[Found]:
    """The forms of a document. Without a name, a scalar has none."""
    found = recognise(reading.value, readings.embedded, kind=carrier)
    return [each for each in found if each.is_certain or carrier is not None or isinstance(each.value, dict)]


def _several(count: int, second: Carried) -> Violation:
    message = f"expected one ext, found {count}; find_exts returns all of them"
    return Violation(Code.SEVERAL_EXTS, second.pointers[0], message, second.pointers[1:])


def _refused(code: Code, paths: Paths, message: str) -> DecodeError:
    return DecodeError([_violation(code, paths, message)])


def _violation(code: Code, paths: Paths, message: str) -> Violation:
    outer, *embedded = map(pointer, paths)
    return Violation(code, outer, message, tuple(embedded))
