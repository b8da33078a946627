"""Where an ext was found in a document, in words and for programs; and what to say where there is none."""

from __future__ import annotations

from typing import Any, Final

from pushcodec import jsontext
from pushcodec.documents import FORMS, Form, recognise
from pushcodec.errors import MAX_TEXT, Violation, printable
from pushcodec.jsontext import Readings

FAMILIES: Final = tuple(dict.fromkeys(form.family for form in FORMS.values() if form.family not in FORMS))
"""The families of forms that are no names of forms."""


def form_named(name: str | None, document: bytes) -> str | None:
    """The name of a form: of a family, of the member that fits a document best. None for None."""
    if name not in FAMILIES:
        return name
    (found,) = recognise(jsontext.read(document).value, Readings().embedded, kind=name)
    return str(found.form.name)


def way_to(form: Form, pointers: tuple[str, ...]) -> str:
    """A form by its title, and the pointers to a place in it, in printable ASCII: `REST sendmsg body -> /OfflinePushInfo/Ext`.

    The document itself, `("",)`, needs no pointer.
    """
    steps = [] if pointers == ("",) else [each or "(text)" for each in pointers]
    return " -> ".join([form.title, *map(printable, steps)])


def origin_of(form: Form, pointers: tuple[str, ...]) -> dict[str, Any]:
    """The name of a form, and the pointers to a place in it, one for each text on the way: `{"form", "pointers"}`."""
    return {"form": str(form.name), "pointers": list(pointers)}


def without_payload(why: Violation) -> Violation:
    """The reason why there is no ext in a document, with words that say so first."""
    return why._replace(message=f"no payload: {why.message}"[:MAX_TEXT])
