"""Valid documents of every form: by themselves, and inside arrays, records and texts."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from pushcodec.documents import FORMS, Carrier, Paths, values_at
from pushcodec.documents.recognition import MOST_TEXTS
from pushcodec.jsontext import pointer
from pushcodec.strategies.envelopes import envelopes
from pushcodec.strategies.shapes import RESERVED_KEYS, SCALARS, UNKNOWN_KEYS, written


class DrawnDocument(NamedTuple):
    """A JSON text with documents of some forms, and where the exts in them are.

    - `text`: the text
    - `forms`: the form of each document, in the order of the text
    - `pointers`: those of each ext, in the order of the forms, and of the places of a form: what `find_exts` returns
    """

    text: str
    forms: tuple[Carrier, ...]
    pointers: tuple[tuple[str, ...], ...]


RECOGNISED: Final = tuple(carrier for carrier in sorted(FORMS) if carrier is not Carrier.OPPO_BUNDLE)
"""The forms that are recognised without being named. No mark distinguishes an OPPO bundle from a broken ext."""


def documents(form: Carrier | str | None = None, *, wrapped: bool = True) -> SearchStrategy[DrawnDocument]:
    """Valid documents that contain exts, of one form or of any.

    JSON: a request, an options object, a dump, … (`documents.FORMS`), with one valid ext or several where the form has a place for
    it. With `wrapped` also up to three such documents, in arrays, in records, and in up to four texts inside texts. The form of an
    `oppo-bundle` must be named to a function that reads it, so that one is drawn only if it is named here, and never wrapped.
    Raises ValueError for an unknown form.
    """
    if form is None:
        return _documents(RECOGNISED, wrapped=wrapped)
    carrier = Carrier(form)
    return _documents((carrier,), wrapped=wrapped and carrier in RECOGNISED)


@st.composite
def _documents(draw: DrawFn, carriers: tuple[Carrier, ...], *, wrapped: bool) -> DrawnDocument:
    found = draw(_wrapped(carriers)) if wrapped else draw(_one_of(carriers))
    return DrawnDocument(draw(written(found.value)), found.forms, tuple(tuple(map(pointer, paths)) for paths in found.exts))


class _Placed(NamedTuple):
    """A value, the forms in it, and the paths of each ext in it."""

    value: Any
    forms: tuple[Carrier, ...]
    exts: tuple[Paths, ...]


@st.composite
def _one_of(draw: DrawFn, carriers: tuple[Carrier, ...]) -> _Placed:
    carrier = draw(st.sampled_from(carriers))
    envelope = draw(envelopes(carrier))
    value = draw(envelope.values)
    return _Placed(value, (carrier,), tuple((path,) for place in envelope.places for path, _ in values_at(value, place.path)))


# What is around a document

_MOST_CHARACTERS: Final = 6000
"""Of the text of a value that is put into another text, so that the whole stays within the limits."""


@st.composite
def _wrapped(draw: DrawFn, carriers: tuple[Carrier, ...]) -> _Placed:
    inside = draw(st.lists(_one_of(carriers), min_size=1, max_size=3))
    found = inside[0] if len(inside) == 1 else _around(draw, inside)
    for as_text in draw(st.lists(st.booleans(), max_size=MOST_TEXTS)):
        found = _around(draw, [_in_text(draw, found) if as_text else found])
    return found


def _in_text(draw: DrawFn, found: _Placed) -> _Placed:
    """The text of an object or array that is not too long; any other value as it is."""
    text = draw(written(found.value))
    if isinstance(found.value, str) or len(text) > _MOST_CHARACTERS:
        return found
    return _Placed(text, found.forms, tuple(((), *paths) for paths in found.exts))


def _around(draw: DrawFn, inside: list[_Placed]) -> _Placed:
    """An array or an object that contains some values, with others between them."""
    others = draw(st.lists(_OTHERS, max_size=2))
    at = draw(st.integers(0, len(others)))
    before, behind = others[:at], others[at:]
    members = [*before, *(found.value for found in inside), *behind]
    value: Any = members
    keys: list[Any] = list(range(len(members)))
    if draw(st.booleans()):
        keys = draw(st.lists(_KEYS, min_size=len(members), max_size=len(members), unique=True))
        value = dict(zip(keys, members, strict=True))
    forms = tuple(form for found in inside for form in found.forms)
    here = zip(keys[len(before) :], inside, strict=False)
    return _Placed(value, forms, tuple(((key, *paths[0]), *paths[1:]) for key, found in here for paths in found.exts))


_RECORD_KEYS: Final = ("param", "payload", "requests", "json_msg_array", "msg", "rows")
_KEYS: Final = st.sampled_from(tuple(key for key in _RECORD_KEYS if key not in RESERVED_KEYS)) | UNKNOWN_KEYS
_OTHERS: Final[SearchStrategy[Any]] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(UNKNOWN_KEYS, inner, max_size=2), max_leaves=3
)
