"""Hypothesis strategies for documents: they draw every form, in every way that is documented, and shrink well.

tests/property shows that they draw nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from drawn import PLAIN, generated, not_reached
from hypothesis import find, settings

from pushcodec import strategies
from pushcodec.documents import FORMS, Carrier, Form, values_at
from pushcodec.documents.marks import has_marks
from pushcodec.errors import Code
from pushcodec.inspection import iter_violations
from pushcodec.schemafiles import schema
from pushcodec.strategies import DrawnDocument, NearMiss
from pushcodec.strategies.envelopes import envelopes
from pushcodec.strategies.misses import sites_of_document
from pushcodec.strategies.parts import part_at, without_part
from pushcodec.strategies.shapes import Array, Object, String

RECOGNISED = [carrier for carrier in Carrier if carrier != "oppo-bundle"]

OF_OTHER_FORMS = {
    "rest-request": {"To_Account"},
    "timpush-push": {"MsgBody"},
    "apns": {"custom"},
    "legacy": {"custom", "ext"},
}
"""Keys by which a document would be of a more specific form."""

KEYLESS = ("click-intent", "entity", "signaling-content")
"""Forms whose documents are a string, or the payloads of other strategies."""


# Forms


def described(form: Form) -> set[str]:
    """The keys of a form's schema, but for those by which a document would be of another form."""
    known = schema(form.schema).get("properties", {})
    return known.keys() - OF_OTHER_FORMS.get(form.name, set()) if form.name not in KEYLESS else set()


def places_of(form: Form) -> list[str]:
    """The places of an ext for which the form's schema has a key."""
    return [place.path for place in form.places if "MsgBody" not in place.path or "MsgBody" in described(form)]


def parts(form: Form, drawn: DrawnDocument) -> Iterator[object]:
    """What one document shows of its form: ways to recognise it, keys, and places of exts."""
    value = json.loads(drawn.text)
    keys = value.keys() if isinstance(value, dict) else set()
    yield from keys & described(form)
    if keys - described(form):
        yield "an unknown key"
    yield from (number for number, marks in enumerate(form.marks) if has_marks(value, marks))
    yield from (("at", path) for path in places_of(form) if any(values_at(value, path)))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_documents_of_a_form_reach_all_of_it(form: Form) -> None:
    """Every combination of marks by which it is recognised, every key of its schema, unknown keys, every place of an ext."""
    ways = range(len(form.marks))
    at = {("at", path) for path in places_of(form)}
    unknown = {"an unknown key"} if form.name != "click-intent" else set()
    assert (
        not_reached(
            strategies.documents(form.name, wrapped=False),
            lambda drawn: parts(form, drawn),
            {*ways, *described(form), *at, *unknown},
        )
        == set()
    )


def test_the_parts_of_forms_are_counted(report_figure: Callable[[str], None]) -> None:
    """The numbers of forms, of combinations of marks, of keys and of places."""
    ways = sum(len(form.marks) for form in FORMS.values())
    keys, places = (sum(len(each(form)) for form in FORMS.values()) for each in (described, places_of))
    report_figure(
        f"strategies: documents reach {len(FORMS)} forms, {ways} ways to recognise one, {keys} keys, {places} places of exts"
    )


def layers(drawn: DrawnDocument) -> Iterator[object]:
    """What a document shows of the ways to wrap one."""
    value = json.loads(drawn.text)
    yield type(value).__name__
    yield len(drawn.forms)
    if drawn.pointers:
        yield "texts", len(drawn.pointers[0])
    if len(set(drawn.forms)) > 1:
        yield "several forms"
    if len(drawn.pointers) > len(drawn.forms):
        yield "several exts in one form"


def test_documents_reach_every_wrapping(report_figure: Callable[[str], None]) -> None:
    """One to three documents, the same form and several, in an array and in a record, in none to four texts."""
    wrappings = ["list", "dict", 1, 2, 3, *(("texts", count) for count in range(1, 6)), "several forms", "several exts in one form"]
    assert not_reached(strategies.documents(), layers, wrappings) == set()
    report_figure(f"strategies: documents reach {len(wrappings)} of {len(wrappings)} wrappings")


def test_documents_without_a_wrapping_are_of_one_form() -> None:
    """Of one after another, and one pointer leads straight to the ext."""
    drawn = generated(strategies.documents(wrapped=False), 2)
    assert len({form for each in drawn for form in each.forms}) > len(RECOGNISED) / 2
    assert {len(each.forms) for each in drawn} == {1}
    assert {len(pointers) for each in drawn for pointers in each.pointers} == {1}


def test_an_oppo_bundle_is_drawn_only_if_it_is_named() -> None:
    """And is never wrapped."""
    drawn = generated(strategies.documents("oppo-bundle"), 1)
    assert {each.forms for each in drawn} == {(Carrier.OPPO_BUNDLE,)}
    assert {each.pointers for each in drawn} == {(("/entity",),)}
    assert all("oppo-bundle" not in each.forms for each in generated(strategies.documents(), 1))


@pytest.mark.parametrize("form", ["", "rest", "notification", "chat-entity"])
def test_an_unknown_form_is_an_error(form: str) -> None:
    """Families of forms and schemas without a form are no forms."""
    with pytest.raises(ValueError, match="no form is named"):
        strategies.documents(form)


# Rules


def test_a_part_of_a_rule_is_left_out() -> None:
    """Of every item of an array; a rule that has no such part stays as it is."""
    item, rest = Object({}, {"a": String(), "b": String()}), Object({}, {"b": String()})
    assert without_part(Array(item), ("*", "a")) == Array(rest)
    assert without_part(Object({"c": Array(item, sure=item)}, {}), ("c", "*", "a")) == Object({"c": Array(rest, sure=rest)}, {})
    assert without_part(String(), ("a",)) == String()
    assert part_at(item, ("a", "b")).rule is None


# Near misses

OF_TEXTS = {code for code in Code if code.startswith("PC1")} - {Code.MORE_VIOLATIONS}
OF_AN_EXT = {Code.WRONG_TYPE, Code.MISSING_KEY, Code.VALUE_NOT_ALLOWED, Code.EMPTY_STRING, Code.EMPTY_LIST}
# A link is a string: only the ext in it can have faults.
OF_LINKS = OF_TEXTS - {Code.INVALID_UTF8, Code.TOO_LARGE, Code.TOO_MANY_ITEMS} | OF_AN_EXT


def codes_of(form: Carrier) -> set[Code]:
    """The codes that near misses of a form must reach."""
    if form == "click-intent":
        return OF_LINKS
    of_form = OF_AN_EXT if FORMS[form].places else {Code.WRONG_TYPE, Code.VALUE_NOT_ALLOWED}
    return OF_TEXTS | of_form | ({Code.UNKNOWN_DOCUMENT} if form in RECOGNISED else set())


NEARLY = [form for form in Carrier if form not in ("ext", "entity", "signaling-content")]


@pytest.mark.parametrize("form", NEARLY)
def test_near_misses_of_documents_have_every_code(form: Carrier) -> None:
    """Of the document's text, of the form's own keys, of the ext inside, and of what identifies the form; each is drawn equally."""
    found = {code for envelope in generated(envelopes(form), 1)[:10] for code in sites_of_document(envelope)}
    assert found >= codes_of(form)


@pytest.mark.parametrize("form", ["rest-sendmsg", "sdk-dump-message", "click-intent", "oppo-bundle"])
def test_near_misses_of_documents_reach_every_code(form: str, report_figure: Callable[[str], None]) -> None:
    """Of forms with the ext in a text, in bytes and in a link."""
    codes = codes_of(Carrier(form))
    assert not_reached(strategies.near_misses(form), lambda found: [found.code], codes) == set()
    report_figure(f"strategies: near misses of {form} reach {len(codes)} of {len(codes)} codes")


def test_near_misses_break_every_layer() -> None:
    """The request, the push settings in it, the ext in each of its places, and the content of the ext's entity."""
    layers = ["request", "settings", "ext of an element", "ext", "content"]

    def broken(found: NearMiss) -> list[str]:
        outer, *embedded = next(iter((each.pointer, *each.embedded) for each in iter_violations(found.text, kind=None)))
        if len(embedded) > 1:
            return ["content"]
        if embedded:
            return ["ext" if outer == "/OfflinePushInfo/Ext" else "ext of an element"]
        return ["settings" if outer.startswith("/OfflinePushInfo/") else "request"]

    assert not_reached(strategies.near_misses("rest-batchsendmsg"), broken, layers) == set()


@pytest.mark.parametrize("kind", ["rest-android-info", "rest", "chat-entity"])
def test_there_are_no_near_misses_of_parts_and_families(kind: str) -> None:
    """Only of the names of forms."""
    with pytest.raises(ValueError, match=f"no near misses of kind '{kind}'"):
        strategies.near_misses(kind)


# Shrinking


@pytest.mark.parametrize(
    ("form", "condition", "characters"),
    [
        (None, lambda drawn: True, 130),
        (None, lambda drawn: len(drawn.forms) == 2, 250),
        (None, lambda drawn: any(len(pointers) == 4 for pointers in drawn.pointers), 900),
        ("rest-sendmsg", lambda drawn: True, 130),
        ("rest-sendmsg", lambda drawn: "AndroidInfo" in drawn.text, 270),
        ("sdk-dump", lambda drawn: True, 260),
    ],
    ids=["any", "two", "four texts", "sendmsg", "with a key", "bytes"],
)
def test_failures_shrink_to_a_short_document(form: str | None, condition: Callable[[Any], bool], characters: int) -> None:
    """The example of a failure is about as long as the shortest document of its form."""
    found = find(strategies.documents(form), condition, settings=settings(PLAIN, max_examples=1000), random=Random(0))
    assert len(found.text) <= characters, found.text


def test_a_near_miss_shrinks_to_a_short_document() -> None:
    """A fault deep in the ext leaves nothing else in the document."""

    def is_deep(found: NearMiss) -> bool:
        return found.code == Code.EMPTY_STRING

    found = find(strategies.near_misses("web-options"), is_deep, settings=settings(PLAIN, max_examples=1000), random=Random(0))
    assert len(found.text) <= 120, found.text
