"""A document in another form, with what that form cannot express."""

from __future__ import annotations

from types import NoneType
from typing import Final, NamedTuple

from pushcodec import jsontext
from pushcodec.arguments import check_type, plain_text
from pushcodec.conversion.gathering import gather
from pushcodec.conversion.push import Loss, Lost
from pushcodec.conversion.sources import TARGET_FORMS, Target
from pushcodec.conversion.writing import write
from pushcodec.documents import FORMS, Carrier, Found, Paths, no_ext, recognise, text_around, unknown_document
from pushcodec.errors import Code, DecodeError, SeveralExtsError, Violation, limited, listed, printable
from pushcodec.jsontext import DEFAULT_LIMITS, Limits, Reading, Readings, check_limits, dump_deep, pointer

SOURCES: Final = tuple(dict.fromkeys((*Target, *FORMS, *(form.family for form in FORMS.values()))))
"""What a caller can name a document that is converted: the forms that can be written, all forms, and families of forms."""


class Converted(NamedTuple):
    """A push in another form.

    - `form`: the form of the source, `pointers` the way to it in the document (see `Carried`)
    - `to`: the form of the text
    - `text`: the compact JSON text of the push in that form
    - `losses`: what of the push the text does not have
    - `placeholders`: pointers to values of the text that have to be replaced before it is sent
    - `left_out`: pointers from the source's object to its members that do not belong to the push, such as the receivers
    """

    form: Carrier
    pointers: tuple[str, ...]
    to: Target
    text: str
    losses: tuple[Loss, ...]
    placeholders: tuple[str, ...]
    left_out: tuple[str, ...]


def convert(
    document: str | bytes, *, to: Target | str, from_: Carrier | str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Converted:
    """The only push of a document in another form; see `convert_all`.

    Raises SeveralExtsError for a document with several pushes.
    """
    found = convert_all(document, to=to, from_=from_, limits=limits)
    if len(found) > 1:
        outer, *embedded = found[1].pointers
        message = f"expected one push, found {len(found)}; convert_all converts all of them"
        raise SeveralExtsError([Violation(Code.SEVERAL_EXTS, outer, message, tuple(embedded))])
    return found[0]


def convert_all(
    document: str | bytes, *, to: Target | str, from_: Carrier | str | None = None, limits: Limits = DEFAULT_LIMITS
) -> list[Converted]:
    """Every push of a document in another form, at least one, in the order of the document.

    Reads a JSON text in any form that `find_exts` reads, as `str` or UTF-8 `bytes`. Writes the form `to`: `rest`, the
    OfflinePushInfo of the REST API; `sdk`, that of the native SDKs; `web`, that of the Web SDK; `tpns-push`, the request of the
    TPNS push API; `c-api`, the offline push config of the C API. `from_` is the form of the document, one of `SOURCES`, which then
    needs no marks. The ext is the same text in all forms. A form without an ext and without a setting is not a push. Raises
    DecodeError if the document is not JSON (`PC1xx`), is of no known form (`PC402`), or has no push (`PC401`, or `PC301` if another
    value is in the place of the ext); ValueError for an unknown name.
    """
    target = _target(to)
    kind = _kind(from_)
    check_limits(limits)
    reading = jsontext.read(plain_text(document), limits)
    value = reading.valid_value()
    readings = Readings(limits)
    forms = [each for each in recognise(value, readings.embedded, kind=kind) if _counts(each, kind)]
    if not forms:
        raise DecodeError([unknown_document(value)])
    converted = [each for each in (_converted(found, reading, readings, target) for found in forms) if each is not None]
    if not converted:
        raise DecodeError([no_ext(forms[0])])
    return converted


def _converted(found: Found, reading: Reading, readings: Readings, to: Target) -> Converted | None:
    _check_texts(found.paths, reading, readings)
    push = gather(found, reading, readings)
    if not push.settings:
        return None
    written = write(found, push, to)
    return Converted(
        Carrier(found.form.name),
        _pointers(found.paths),
        to,
        dump_deep(written.document),
        tuple(limited(map(_loss, written.losses), lambda each: each.pointers, lambda message: Loss(("",), message))),
        written.placeholders,
        written.left_out,
    )


def _loss(lost: Lost) -> Loss:
    return Loss(_pointers(lost.paths), lost.reason)


def _pointers(paths: Paths) -> tuple[str, ...]:
    return tuple(map(pointer, paths))


def _counts(found: Found, kind: str | None) -> bool:
    """Whether a form counts: a scalar is an ext only if the caller says so."""
    return found.is_certain or kind is not None or isinstance(found.value, dict)


def _check_texts(paths: Paths, reading: Reading, readings: Readings) -> None:
    """Raises DecodeError if a text on the way to a form has a fault: a repeated key would be dropped."""
    for size in range(2, len(paths) + 1):
        inner = text_around(paths[:size], reading, readings)
        if inner.faults:
            outer, *embedded = _pointers(paths[: size - 1])
            raise DecodeError(
                listed(Violation(each.code, outer, inner.message(each), (*embedded, pointer(each.path))) for each in inner.faults)
            )


def _target(to: Target | str) -> Target:
    check_type("to", to, str, "a Target or its name")
    return Target(to)


def _kind(from_: str | None) -> str | None:
    """The name of a form or a family for the name of a source."""
    check_type("from_", from_, (str, NoneType), "a Carrier or its name")
    if from_ is None:
        return None
    if from_ not in SOURCES:
        raise ValueError(f"no form is named {printable(from_)!r}, expected one of {', '.join(SOURCES)}")
    return FORMS[TARGET_FORMS[Target.SDK]].family if from_ == Target.SDK else from_
