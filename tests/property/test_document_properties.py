"""Properties of documents that contain exts: what recognition finds in drawn documents, near misses and any JSON value."""

from __future__ import annotations

import contextlib
import json
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from json_texts import json_like, json_values

from pushcodec import strategies
from pushcodec.codec import decode_ext
from pushcodec.documents import FORMS, Carrier, Form, contains_payload, find_exts, recognise
from pushcodec.documents.marks import form_of, has_marks
from pushcodec.documents.prefilter import may_contain_payload
from pushcodec.documents.table import LATE_MARKS
from pushcodec.errors import Code, DecodeError
from pushcodec.inspection import iter_violations
from pushcodec.jsontext import DEFAULT_LIMITS, Readings
from pushcodec.strategies import DrawnDocument, NearMiss
from pushcodec.strategies.shapes import WRITERS

FEW = settings(max_examples=settings().max_examples // 4)
"""For a test that runs for each of 40 forms."""

FORM_NAMES = [form for form in Carrier if form not in ("ext", "entity", "signaling-content")]


def forms_in(text: str) -> tuple[str, ...]:
    """The names of the forms that are recognised in a text, in its order."""
    return tuple(found.form.name for found in recognise(json.loads(text), Readings(DEFAULT_LIMITS).embedded))


# Valid documents


@given(strategies.documents())
def test_a_document_is_of_its_forms_and_has_no_violation(drawn: DrawnDocument) -> None:
    """Its forms are recognised in their order, and never another one; the exts are found at their pointers and decode."""
    assert forms_in(drawn.text) == drawn.forms
    exts = find_exts(drawn.text)
    assert tuple(ext.pointers for ext in exts) == drawn.pointers
    assert {ext.form for ext in exts} <= set(drawn.forms)
    for ext in exts:
        decode_ext(ext.ext)
    assert list(iter_violations(drawn.text, kind=None)) == []
    assert contains_payload(drawn.text, certainly=True)
    assert may_contain_payload(drawn.text)
    assert may_contain_payload(drawn.text.encode())


@pytest.mark.parametrize("form", Carrier)
@FEW
@given(data=st.data())
def test_a_document_is_valid_by_its_name(form: Carrier, data: st.DataObject) -> None:
    """With its form named it has the same exts, and no violation."""
    drawn = data.draw(strategies.documents(form, wrapped=False))
    exts = find_exts(drawn.text, carrier=form)
    assert tuple(ext.pointers for ext in exts) == drawn.pointers
    assert {ext.form for ext in exts} <= {form}
    assert list(iter_violations(drawn.text, kind=form)) == []


@given(strategies.documents(), st.sampled_from(WRITERS))
def test_recognition_does_not_depend_on_how_a_document_is_written(drawn: DrawnDocument, write: Any) -> None:
    """As `str` and as bytes, and by each sender's way to write a text, the same exts are at the same pointers."""
    found = find_exts(drawn.text)
    assert find_exts(drawn.text.encode()) == found
    again = find_exts(write(json.loads(drawn.text)))
    assert [(ext.form, ext.pointers, ext.storage) for ext in again] == [(ext.form, ext.pointers, ext.storage) for ext in found]


# Near misses


@pytest.mark.parametrize("form", FORM_NAMES)
@FEW
@given(data=st.data())
def test_a_near_miss_of_a_document_has_its_code_alone(form: Carrier, data: st.DataObject) -> None:
    """With its form named, and without a name but for an OPPO bundle."""
    text, code = data.draw(strategies.near_misses(form))
    if form != "oppo-bundle":
        assert [violation.code for violation in iter_violations(text, kind=None)] == [code]
    if code is not Code.UNKNOWN_DOCUMENT:
        assert [violation.code for violation in iter_violations(text, kind=form)] == [code]


@given(st.sampled_from(FORM_NAMES).flatmap(strategies.near_misses))
def test_a_near_miss_of_a_document_gives_exts_or_a_decode_error(found: NearMiss) -> None:
    """`find_exts` raises nothing but DecodeError; an unknown document has no ext and contains no payload."""
    with contextlib.suppress(DecodeError):
        exts = find_exts(found.text)
        assert not (exts and found.code is Code.UNKNOWN_DOCUMENT)
    assert contains_payload(found.text) or found.code.startswith(("PC1", "PC402"))


# Precedence


WAYS = [
    *((form, marks) for form in list(FORMS.values())[: list(FORMS).index(Carrier.EXT)] for marks in form.marks),
    *((FORMS[name], marks) for name, marks in LATE_MARKS),
    *((form, marks) for form in list(FORMS.values())[list(FORMS).index(Carrier.EXT) :] for marks in form.marks),
]
"""Every way to recognise a form, in the order in which they are looked for."""


def first_form_of(value: dict[str, Any]) -> Form | None:
    """The form of an object, by trying one way after another."""
    return next((form for form, marks in WAYS if has_marks(value, marks)), None)


OBJECTS = (
    strategies.documents(wrapped=False).map(lambda drawn: json.loads(drawn.text)).filter(lambda value: isinstance(value, dict))
)
KEYS = sorted({mark.path.split("/")[0].removesuffix("*") for _, marks in WAYS for mark in chain(marks.all, marks.some)})


@given(OBJECTS, OBJECTS)
def test_of_the_marks_of_two_forms_the_first_way_counts(one: dict[str, Any], other: dict[str, Any]) -> None:
    """An object with the members of two documents has the form of the first way in the table that applies to it."""
    for value in ({**one, **other}, {**other, **one}):
        assert form_of(value) == first_form_of(value)


@given(st.dictionaries(st.sampled_from(KEYS), json_values, max_size=8))
def test_of_any_marks_the_first_way_counts(value: dict[str, Any]) -> None:
    """The same for an object with any values under the keys of marks."""
    assert form_of(value) == first_form_of(value)


# Any text


@given(json_like | strategies.hostile() | json_values.map(json.dumps))
def test_any_text_has_exts_or_a_decode_error(text: str | bytes) -> None:
    """No other exception is raised. A document that has an ext is not unknown, and contains a payload unless its marks are weak."""
    try:
        exts = find_exts(text)
    except DecodeError:
        exts = []
    codes = {violation.code for violation in iter_violations(text, kind=None)}
    if exts:
        assert contains_payload(text) or {ext.form for ext in exts} <= {Carrier.EXT, Carrier.OFFLINE_PUSH_INFO}  # by weak marks
        assert Code.UNKNOWN_DOCUMENT not in codes
    assert isinstance(contains_payload(text), bool)
    assert not codes or all(len(violation.message) <= 512 for violation in iter_violations(text, kind=None))
