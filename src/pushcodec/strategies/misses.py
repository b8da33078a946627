"""Near misses: a valid payload or document with exactly one fault, in any of its layers, and the code that names it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from pushcodec import jsontext
from pushcodec.documents import Carrier, Form, recognise
from pushcodec.documents.forms import SEPARATOR
from pushcodec.documents.marks import BEGINNINGS, KEYS
from pushcodec.errors import Code
from pushcodec.jsontext import ABSENT, DEFAULT_LIMITS, Readings
from pushcodec.strategies import shapes
from pushcodec.strategies.envelopes import Envelope, envelopes
from pushcodec.strategies.faults import Site, sites, sites_in_text, sites_inside, written_texts
from pushcodec.strategies.shapes import Object, objects, written
from pushcodec.strategies.wrapping import RECOGNISED


class NearMiss(NamedTuple):
    """A text with one fault, and the code of the violation for which it is refused."""

    text: str | bytes
    code: Code


def _with_aps(rule: Object) -> Object:
    """The rule of a notification that has `aps`, by which it is known also if its ext is absent or no text."""
    aps = {"aps": rule.optional["aps"]}
    others = {key: of for key, of in rule.optional.items() if key not in aps}
    return rule._replace(required={**aps, **rule.required}, optional=others, kept=frozenset(aps))


_RULES: Final = {
    "ext": shapes.EXTS,
    "entity": shapes.ENTITIES,
    "signaling-content": (shapes.C2C_CONTENT,),
    "notification": tuple(_with_aps(rule) for rules in shapes.NOTIFICATIONS.values() for rule in rules),
}


def near_misses(kind: Carrier | str = "ext") -> SearchStrategy[NearMiss]:
    """Texts of a kind that are refused for exactly one fault, each with its code (`PC1xx`, `PC3xx`, `PC4xx`).

    `kind` is `ext`, `entity`, `signaling-content`, `notification`, or the name of another form of document. A notification is
    refused by `find_ext`, or its ext by `decode_ext`. A document of another form is still recognised: its code is the only one of
    `iter_violations(text, kind=None)`, for an `oppo-bundle` with its kind; with `PC402` the document lacks what identifies it.
    Texts are `str`, and `bytes` where they are not UTF-8. The limits are the default ones. Raises ValueError for another kind.
    """
    if isinstance(kind, str) and kind in _RULES:
        return _near_misses(kind)
    if isinstance(kind, str) and kind in _FORMS:
        return _near_documents(Carrier(kind))
    raise ValueError(f"no near misses of kind {kind!r}, expected one of {', '.join((*_RULES, *_FORMS))}")


_FORMS: Final = tuple(carrier for carrier in Carrier if carrier not in _RULES)


@st.composite
def _near_misses(draw: DrawFn, kind: str) -> NearMiss:
    by_code = _sites_of_payload(kind)
    code = draw(st.sampled_from(sorted(by_code)))
    return NearMiss(_encoded(code, draw(draw(st.sampled_from(by_code[code])).broken)), code)


@st.composite
def _near_documents(draw: DrawFn, carrier: Carrier) -> NearMiss:
    by_code = sites_of_document(draw(envelopes(carrier)))
    code = draw(st.sampled_from(sorted(by_code)))
    texts = draw(st.sampled_from(by_code[code])).broken.map(lambda text: _encoded(code, text))
    return NearMiss(draw(texts.filter(lambda text: _is_recognised(text, carrier, code))), code)


def _encoded(code: Code, text: str) -> str | bytes:
    return text.encode("utf-8", "surrogateescape") if code is Code.INVALID_UTF8 else text


def _by_code(found: Iterator[Site]) -> dict[Code, list[Site]]:
    by_code: dict[Code, list[Site]] = {}
    for site in found:
        by_code.setdefault(site.code, []).append(site)
    return by_code


@lru_cache
def _sites_of_payload(kind: str) -> dict[Code, list[Site]]:
    return _by_code(site for rule in _RULES[kind] for site in (*sites_in_text(rule), *written_texts(sites(rule))))


# Documents


@lru_cache
def sites_of_document(envelope: Envelope) -> dict[Code, list[Site]]:
    """The ways in which the text of a document can have a fault, by code."""
    return _by_code(_sites(envelope))


def _sites(envelope: Envelope) -> Iterator[Site]:
    rule = envelope.rule
    yield from written_texts(sites_inside(rule))
    if isinstance(rule, Object):
        yield from sites_in_text(rule)
        if envelope.form.name in RECOGNISED:
            yield Site(Code.UNKNOWN_DOCUMENT, objects(_without_marks(envelope.form, rule)).flatmap(written))


def _without_marks(form: Form, rule: Object) -> Object:
    """The rule without the keys by which forms are recognised, and those with exts. Another product may have the other keys."""
    placed = {place.path.split(SEPARATOR)[0] for place in form.places}
    required, optional = (
        {key: of for key, of in rules.items() if key not in KEYS | placed and not key.startswith(BEGINNINGS)}
        for rules in (rule.required, rule.optional)
    )
    return rule._replace(required=required, optional=optional)


def _is_recognised(text: str | bytes, carrier: Carrier, code: Code) -> bool:
    """Whether a document with a fault is of its form, or of no form if that is the fault; true of a text without a value."""
    reading = jsontext.read(text)
    if reading.value is ABSENT or carrier not in RECOGNISED:
        return True
    found = [found.form.name for found in recognise(reading.value, Readings(DEFAULT_LIMITS).embedded)]
    return found == ([] if code is Code.UNKNOWN_DOCUMENT else [carrier])
