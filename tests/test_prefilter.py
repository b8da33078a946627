"""The filter before reading: it never refuses a text with a form, and refuses most texts of other products."""

from __future__ import annotations

import copy
import json
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from json_texts import json_values
from payloads import GOOD, c2c_chat, compact

from pushcodec import jsontext
from pushcodec.documents import is_payload
from pushcodec.documents.forms import Marks
from pushcodec.documents.marks import form_of, outermost_form_of
from pushcodec.documents.prefilter import may_contain_payload
from pushcodec.documents.table import FORMS, LATE_MARKS, OUTERMOST_MARKS
from pushcodec.lint import Config, lint_text
from pushcodec.lint.linter import lint_document

ROOT = Path(__file__).parents[1]
EVERY_MARKS = [
    *chain(*(form.marks for form in FORMS.values())),
    *(marks for _, marks in (*LATE_MARKS, *OUTERMOST_MARKS) if marks.certain),
]
KEYS = sorted({key for marks in EVERY_MARKS for mark in (*marks.all, *marks.some) for key in mark.path.split("/")} - {"*"})
CHAT = {"entity": c2c_chat()}


def contains(text: str | bytes) -> bool:
    """Whether a text contains a form, found by reading it."""
    reading = jsontext.read(text)
    return is_payload(reading, jsontext.Readings(jsontext.DEFAULT_LIMITS))


# Documents that the table describes

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "any": json_values,
    "object": st.just({"x": 1}),
    "array": st.just([1]),
    "string": st.sampled_from(["x", "", "\\", '"']),
    "number": st.sampled_from([1, 1.5, -2]),
    "object text": st.sampled_from(["{}", '{"x":1}', " {"]),
    "entity": st.sampled_from([CHAT, compact(CHAT), "{entity:", "{'entity':1}", "{\u3000entity : 1", '{\n"entity" \n:']),
    "entity text": st.sampled_from([compact(CHAT), "{entity:", "{\nentity:", '{"entity"', "{'entity' "]),
    "any entity text": st.sampled_from(
        [
            compact(CHAT),
            compact(c2c_chat()),
            "{\nentity:",
            '{"faceUrl":"","nickname":',
            '{"action":1,"sender" ',
            "'action':1,'sender'\u3000:",
        ]
    ),
    "likely entity": st.sampled_from([{"action": 1}, '{"sender":', {"x": 1, "chatType": None}]),
    "certain entity": st.sampled_from([c2c_chat(), compact(c2c_chat()), '{"action":1,"sender"']),
    "custom element": st.just([{"MsgType": "TIMCustomElem", "MsgContent": {"Desc": ""}}]),
}


@st.composite
def marked(draw: st.DrawFn, marks: Marks) -> Any:
    """An object that has some marks."""
    value: dict[str, Any] = {}
    for mark in sorted((*marks.all, *draw(st.permutations(marks.some))[: marks.least]), key=lambda mark: mark.path.count("/")):
        *way, last = mark.path.split("/")
        inner = value
        for key in way:
            if key != "*":
                inner = inner.setdefault(key, {})
        inner[last.replace("*", "ext")] = copy.deepcopy(draw(VALUES[mark.type]))  # a mark inside it is added to it
        if "*" in way:
            value = {way[0]: [value[way[0]]]}
    return value


@st.composite
def written(draw: st.DrawFn, value: Any) -> str:
    """The text of a value, or of one that contains it, also as texts inside texts, in one of many ways to write them."""
    for _ in range(draw(st.integers(0, 3))):
        around = draw(st.sampled_from(["object", "array", "text", "text in an object"]))
        if around.startswith("text"):
            value = _dumped(draw, value)
        value = {"x": value, "y": [0]} if around.endswith("object") else [0, value] if around == "array" else value
    return _dumped(draw, value)


def _dumped(draw: st.DrawFn, value: Any) -> str:
    text = json.dumps(value, ensure_ascii=draw(st.booleans()), indent=draw(st.sampled_from([None, 1, "\t"])))
    for character in draw(st.sets(st.sampled_from("ea_\"'\\:. {"), max_size=1)):
        text = _escaped(text, character)
    return text


def _escaped(text: str, character: str) -> str:
    """A text in whose strings a character is written as an escape."""
    outside = text.replace("\\\\", "\\u005c").replace('\\"', "\\u0022").split('"')
    inside = [part.replace(character, f"\\u{ord(character):04X}") if at % 2 else part for at, part in enumerate(outside)]
    return '"'.join(inside)


@pytest.mark.parametrize("marks", EVERY_MARKS, ids=lambda marks: "+".join(mark.path for mark in (*marks.all, *marks.some[:2])))
def test_no_text_with_a_form_is_refused(marks: Marks) -> None:
    """Each way to recognise a form, written in any way, as bytes or text, and cut anywhere."""

    @given(st.data())
    def check(data: st.DataObject) -> None:
        value = data.draw(marked(marks))
        text = data.draw(written(value))
        if form_of(value) is not None:
            assert may_contain_payload(text)
            assert may_contain_payload(text.encode("utf-8", "surrogatepass"))
        cut = text[: data.draw(st.integers(0, len(text)))]
        for each in (cut, cut.encode("utf-8", "surrogatepass"), cut.encode("utf-16", "surrogatepass")):
            assert may_contain_payload(each) or not contains(each)
        recognised.append(form_of(value) is not None or outermost_form_of(value) is not None)

    recognised: list[bool] = []
    check()
    assert any(recognised)


def _around(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    objects = st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    return st.one_of(st.lists(inner, max_size=3), objects, inner.map(json.dumps))


@given(st.recursive(st.none() | st.integers() | st.sampled_from([*KEYS, "{entity:"]), _around, max_leaves=12))
def test_no_value_of_the_keys_of_forms_is_refused(value: Any) -> None:
    """Most of them have no form."""
    text = json.dumps(value)
    assert may_contain_payload(text) or not contains(text)


PIECES = [
    *KEYS,
    *"{}[]:,\"'\\ \n0-",
    "\0",
    '"',
    '"',
    '":',
    '","',
    "\\u0065",
    "\\u0022",
    "\\n",
    "\u3000",
    "é",
    "intent:",
    "S.ext=",
    '\\"',
]


@example(["{", "entity", ":"])
@example(["{'", "entity", "'"])
@example(['{"', "entity"])
@example(['{"', "aps", '":', "0"])
@example(['"', "intent:", "S.ext", "\\u003d", '"'])
@example(['"', "intent", "\\u003a", "S.ext=", '"'])
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_no_text_that_mentions_a_form_is_refused(pieces: list[str]) -> None:
    """Texts that can't be read, too."""
    text = "".join(pieces)
    for data in (text, text.encode(), text.encode("utf-16-le"), text.encode() + b" " * 66_000):
        assert may_contain_payload(data) or not contains(data)


def test_no_sample_and_no_valid_payload_is_refused() -> None:
    """Each line by itself as well."""
    texts = [compact(each.document) for each in GOOD]
    for file in (ROOT / "samples").rglob("*.*json*"):
        texts += [file.read_text("utf-8", "surrogateescape"), *file.read_text("utf-8", "surrogateescape").splitlines()]
    found = [text for text in texts if contains(text)]
    assert len(found) > 50
    assert [text for text in found if not may_contain_payload(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"name":"app","title":"t","custom":{"index":1},"description":"an entity","data":{"ext":[]}}',
        '{"action":"opened","sender":{"login":"alice"},"notification":{"title":"t","body":"{}"}}',
        '{"nameOfTheEntity":"chatType","aps ":"OfflinePushInfo","x":["entity","aps"],"y" : "entity" , "Ext":"x"}',
        '{"greeting":"Gr\\u00fc\\u00dfe \\u4f1a\\u8bdd \\u003cb\\u003e","items":[{"id":1,"room_id":2}]}',
        "// the entity: compiled\n{'compilerOptions': {'lib': ['custom'],},}",
    ],
)
def test_texts_of_other_products_are_refused(text: str) -> None:
    """Also with words of payloads that are no keys, that lack another key, or that have another type of value."""
    for data in (text, text.encode(), text.encode("utf-16"), json.dumps({"x": text})):
        assert not may_contain_payload(data)
        assert not contains(data)
    assert lint_document(text, filename="x", config=Config(only_payloads=True)) is None


def test_only_found_documents_are_refused() -> None:
    """A document that was named has findings."""
    assert not may_contain_payload("{}")
    assert lint_text("{}")
    assert lint_text("{}", config=Config(only_payloads=True)) == []
    assert lint_text("{}", filename="a.json", config=Config(only_payloads=True, kinds=(("a.json", "ext"),)))
