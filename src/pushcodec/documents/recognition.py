"""Which forms a document contains, and where: objects, items of arrays, and texts in strings are searched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from pushcodec.documents.forms import Carrier, Form
from pushcodec.documents.marks import form_of, has_marks, outermost_form_of
from pushcodec.documents.table import FORMS, LATE_MARKS
from pushcodec.jsontext.reading import Reading
from pushcodec.jsontext.values import WHITE_SPACE, Absent, JSONValue, Maybe, Path

Paths: TypeAlias = "tuple[Path, ...]"
"""Paths to a value, one for each text on the way, the outermost first."""

MOST_TEXTS: Final = 4
"""So many texts inside texts are entered on the way to a form."""

LINK_SCHEMES: Final = ("intent:", "xgscheme:")
LINK_PARAMETERS: Final = ("S.ext=", "customContent=")
"""The link of a click that carries an ext begins with one of the schemes, and has one of the parameters."""


class Found(NamedTuple):
    """A form in a document: the paths of its object, and the object. A form that the caller named can have any value there.

    `is_certain` is false for a form that counts only because the document was named.
    """

    form: Form
    paths: Paths
    value: Maybe
    is_certain: bool = True


def recognise(value: Maybe, embedded: Callable[[str], Reading], *, kind: str | None = None) -> list[Found]:
    """The forms in a document, in its order; none in an unknown document.

    `value` is the document's, `embedded` reads the texts in its strings. With `kind`, the name of a form, of a family of forms or
    of a schema, the document is in that form. The outermost object with the marks of a form counts; the search does not enter it.
    A text that cannot be read, and a scalar, count as an ext, but not certainly: senders do put plain text there.
    """
    if kind is not None:
        return [Found(_named(kind, value), ((),), value)]
    if isinstance(value, dict) and (form := form_of(value)) is not None:
        return [Found(form, ((),), value)]
    if not isinstance(value, Absent) and (isinstance(value, dict | list) or is_link(value)):
        found = list(_search(value, embedded))
        if found or not isinstance(value, dict):
            return found
        outermost = outermost_form_of(value)
        return [Found(outermost.form, ((),), value, outermost.is_certain)] if outermost else []
    return [Found(FORMS[Carrier.EXT], ((),), value, is_certain=False)]


def is_link(value: Maybe) -> bool:
    """Whether a value is the link of a click that carries an ext."""
    return isinstance(value, str) and value.startswith(LINK_SCHEMES) and any(each in value for each in LINK_PARAMETERS)


# By name


def _named(kind: str, value: Maybe) -> Form:
    """The form with a name, of a family the one whose marks the value has, or else its last one."""
    if kind in FORMS:
        return FORMS[Carrier(kind)]
    family = _family(kind)
    if not family:
        return _form_of_schema(kind)
    if is_link(value) and FORMS[Carrier.CLICK_INTENT] in family:
        return FORMS[Carrier.CLICK_INTENT]
    members = value if isinstance(value, dict) else {}
    fitting = (form for form in family if any(has_marks(members, marks) for marks in form.marks))
    late = (FORMS[carrier] for carrier, marks in LATE_MARKS if FORMS[carrier] in family and has_marks(members, marks))
    return next(fitting, None) or next(late, None) or family[_DEFAULTS.get(kind, -1)]


_DEFAULTS: Final = {"notification": 0, "click": 0}
"""The member of a family that counts where no marks decide; the last one of any other family."""


@cache
def _family(name: str) -> tuple[Form, ...]:
    return tuple(form for form in FORMS.values() if form.family == name)


@cache
def _form_of_schema(name: str) -> Form:
    """The form of a kind that has a schema, and no row of its own."""
    if name in _ENTITIES:
        return FORMS[Carrier.ENTITY]._replace(schema=name)
    if name in _CONTENTS:
        return FORMS[Carrier.SIGNALING_CONTENT]._replace(schema=name)
    return Form(name, name, family=name, schema=name)


_ENTITIES: Final = frozenset({"chat-entity", "call-entity", "c2c-entity", "group-entity"})
_CONTENTS: Final = frozenset({"group-signaling-content"})


# The search


class _Entry(NamedTuple):
    """A value that is to be searched, and the way to it: the value around it, and its key there, None for the text in a string.

    `texts` counts the texts that were entered.
    """

    value: JSONValue
    around: _Entry | None
    key: str | int | None
    texts: int

    def paths(self) -> Paths:
        """The paths to this value."""
        found: list[Path] = []
        path: list[str | int] = []
        entry = self
        while entry.around is not None:
            if entry.key is None:
                found.append(tuple(reversed(path)))
                path = []
            else:
                path.append(entry.key)
            entry = entry.around
        return tuple(reversed([*found, tuple(reversed(path))]))


def _search(value: JSONValue, embedded: Callable[[str], Reading]) -> Iterator[Found]:
    """The outermost forms in a value, without recursion."""
    pending = [_Entry(value, None, None, 0)]
    while pending:
        entry = pending.pop()
        each = entry.value
        if isinstance(each, dict):
            form = form_of(each)
            if form is None:
                pending += [_Entry(inner, entry, key, entry.texts) for key, inner in reversed(each.items()) if _is_searched(inner)]
            else:
                yield Found(form, entry.paths(), each)
        elif isinstance(each, list):
            indexed = [_Entry(inner, entry, at, entry.texts) for at, inner in enumerate(each) if _is_searched(inner)]
            pending += reversed(indexed)
        elif is_link(each):
            yield Found(FORMS[Carrier.CLICK_INTENT], entry.paths(), each)
        elif entry.texts < MOST_TEXTS and isinstance(each, str):
            inside = embedded(each).value
            if isinstance(inside, dict | list):
                pending.append(_Entry(inside, entry, None, entry.texts + 1))


def _is_searched(value: JSONValue) -> bool:
    """Whether a form can be in a value: an object, an array, the text of one, or a link."""
    if isinstance(value, str):
        return value.lstrip(WHITE_SPACE).startswith(("{", "[")) or value.startswith(LINK_SCHEMES)
    return isinstance(value, dict | list)
