"""Properties of positions, for every text: a span contains the text of the value at its path, through all embedded texts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, unquote

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from json_texts import json_like, json_values, scalars
from msgspec import structs

from pushcodec import strategies
from pushcodec.errors import Code
from pushcodec.jsontext import Limits
from pushcodec.jsontext.positions import EmbeddedText, SourceText
from pushcodec.jsontext.reading import explain
from pushcodec.jsontext.scanner import find_spans
from pushcodec.jsontext.values import Path, Position, Span
from pushcodec.lint import lint_text
from pushcodec.lint.config import Config
from pushcodec.lint.document import Texts, documents_of
from pushcodec.lint.layers import Locator
from pushcodec.lint.marks import Mark

LIMITS = Limits(max_depth=64, max_bytes=10**7)
_SPACE = st.sampled_from(["", "", "", " ", "\n", "\r\n", "\t ", "\r", "\n\r\n"])


@st.composite
def written(draw: DrawFn, value: object) -> str:
    """A JSON text of a value, with white space and escapes of all kinds."""
    match value:
        case str():
            return '"' + "".join(draw(_written_character(character)) for character in value) + '"'
        case list():
            items = [draw(_SPACE) + draw(written(item)) + draw(_SPACE) for item in value]
            return "[" + ",".join(items) + draw(_SPACE) * (not items) + "]"
        case dict():
            members = [
                draw(_SPACE) + draw(written(key)) + draw(_SPACE) + ":" + draw(_SPACE) + draw(written(item)) + draw(_SPACE)
                for key, item in value.items()
            ]
            return "{" + ",".join(members) + draw(_SPACE) * (not members) + "}"
    return json.dumps(value)


def _written_character(character: str) -> st.SearchStrategy[str]:
    by_number = json.dumps(character) if ord(character) > 0x7F else f'"\\u{ord(character):04X}"'
    spellings = [json.dumps(character, ensure_ascii=False)[1:-1], by_number[1:-1]]
    return st.sampled_from([*spellings, "\\/"] if character == "/" else spellings)


@st.composite
def nested_texts(draw: DrawFn) -> tuple[str, list[tuple[Path, ...]]]:
    """A text with embedded texts, and the paths that lead to each of them."""
    value = draw(st.one_of(json_values, scalars))
    text = draw(written(value))
    ways: list[tuple[Path, ...]] = [((),)]
    for _ in range(draw(st.integers(0, 2))):
        beside = draw(st.dictionaries(st.text(max_size=3), scalars, max_size=2))
        around = {**beside, "in/side": [text]}
        text = draw(_SPACE) + draw(written(around)) + draw(_SPACE)
        ways = [((),), *((("in/side", 0), *way) for way in ways)]
    return text, ways


def values_in(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """The value and every value inside it, with its path."""
    yield path, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from values_in(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from values_in(item, (*path, index))


def read_inside(text: str, way: tuple[Path, ...]) -> object:
    """The value of the text to which the paths lead."""
    value = json.loads(text)
    for path in way[:-1]:
        for part in path:
            value = value[part]
        value = json.loads(value)
    return value


def marked(data: bytes, locator: Locator, mark: Mark) -> object:
    """The value of the bytes that a mark covers, unescaped once for each string around them."""
    start, end = locator.positions(mark)
    return read_marked(data[start.offset : end.offset], len(mark.paths) - 1)


def read_marked(data: bytes, depth: int) -> object:
    """The value of a piece of a text that is embedded in `depth` strings."""
    piece = data.decode()
    for _ in range(depth):
        piece = json.loads(f'"{piece}"')
    return json.loads(piece)


@given(nested_texts())
@example(('"\\ud83d\\ude00"', [((),)]))
def test_a_span_contains_the_text_of_the_value_at_its_path(nested: tuple[str, list[tuple[Path, ...]]]) -> None:
    """The bytes of a span, unescaped once for each string around them, are the text of the value at the path, or of the key."""
    text, ways = nested
    data = text.encode()
    locator = Locator(SourceText(data), Texts(data, LIMITS))
    for way in ways:
        for path, value in values_in(read_inside(text, way)):
            assert repr(marked(data, locator, Mark((*way[:-1], path)))) == repr(value)
            if path and isinstance(path[-1], str):
                assert marked(data, locator, Mark((*way[:-1], path), key=True)) == path[-1]


STRUCTURE = Config(select=("PC3", "PC4", "PC5"))
OF_STRUCTURE = {code for code in Code if code.startswith(("PC3", "PC4"))}


@pytest.mark.parametrize("kind", ["ext", "notification"])
@given(data=st.data())
def test_a_diagnostic_marks_the_value_at_its_pointers(kind: str, data: st.DataObject) -> None:
    """A diagnostic about the structure marks the value or the key to which its pointers lead, also in embedded texts."""
    text, code = data.draw(strategies.near_misses(kind).filter(lambda found: found.code in OF_STRUCTURE))
    assert isinstance(text, str)
    file = text.encode()
    diagnostics = lint_text(file, config=structs.replace(STRUCTURE, kind=kind))
    assert code in {each.code for each in diagnostics}
    for each in diagnostics:
        pointers = (each.pointer, *each.embedded)
        marks = read_marked(file[each.start.offset : each.end.offset], len(each.embedded))
        key = pointers[-1].rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        assert repr(marks) in (repr(value_at(text, pointers)), repr(key))


def value_at(text: str, pointers: tuple[str, ...]) -> Any:
    """The value at the last pointer; each pointer before it leads to the string that contains the next text."""
    for pointer in pointers:
        value = json.loads(text)
        for part in pointer.split("/")[1:]:
            value = value[int(part) if isinstance(value, list) else part.replace("~1", "/").replace("~0", "~")]
        text = value
    return value


@given(st.text(st.sampled_from("a\n\r😀é\u2028"), max_size=20), st.integers(0, 20))
def test_lines_columns_and_bytes_are_those_of_the_text_before(text: str, at: int) -> None:
    """LF, CRLF and CR end a line. Columns count code points, offsets count bytes."""
    at = min(at, len(text))
    if text[at - 1 : at + 1] == "\r\n":
        at -= 1
    *lines, last = re.split("\r\n|\r|\n", text[:at])
    assert SourceText(text.encode()).position(at) == Position(len(lines) + 1, len(last) + 1, len(text[:at].encode()))


@given(json_like)
def test_spans_are_inside_any_text(text: str) -> None:
    """A text that is nearly JSON has spans as far as it can be read. All spans and the spans of faults are inside the text."""
    spans = find_spans(text, max_depth=16, max_items=1000)
    for span in (*spans.values.values(), *spans.keys.values()):
        assert 0 <= span.start < span.end <= len(text)
    for fault in explain(text).faults:
        assert 0 <= fault.offset <= fault.end <= max(len(text), fault.offset)


@given(st.text(max_size=20).flatmap(lambda text: st.tuples(st.just(text), written(text))))
def test_each_character_of_an_embedded_text_has_a_position_in_the_outer_text(texts: tuple[str, str]) -> None:
    """The outer text between the positions of two characters is the first character; the end is at the closing quote."""
    text, token = texts
    around = "[" + token + "]"
    embedded = EmbeddedText(around, Span(1, len(token) + 1))
    assert embedded.text == text
    for at, character in enumerate(text):
        assert json.loads(f'"{around[embedded.outer(at) : embedded.outer(at + 1)]}"') == character
    assert around[embedded.outer(len(text))] == '"'


def _as_bytes(text: str) -> str:
    numbers = (byte - 256 if byte > 127 else byte for byte in text.encode())
    return json.dumps({"extension": list(numbers), "androidConfig": {}, "title": "a"})


def _as_link(text: str) -> str:
    return json.dumps({"url": f"intent:#Intent;S.ext={quote(text, safe='')};end"})


def _read_bytes(piece: str) -> str:
    return bytes(number & 0xFF for number in json.loads(f"[{piece}]")).decode()


@pytest.mark.parametrize(
    ("write", "read", "path"),
    [(_as_bytes, _read_bytes, ("extension",)), (_as_link, unquote, ("url",))],
    ids=["bytes", "link"],
)
@given(nested=nested_texts())
def test_a_span_in_bytes_or_in_a_link_contains_the_text_of_the_value(
    write: Callable[[str], str], read: Callable[[str], str], path: Path, nested: tuple[str, list[tuple[Path, ...]]]
) -> None:
    """The marked numbers or escapes are those of the text of the value at the path, with the escapes of the texts around it."""
    inner, ways = nested
    assume(not _has_surrogate(inner))
    data = write(inner).encode()
    texts = Texts(data, LIMITS)
    assert documents_of(texts, kind=None)
    locator = Locator(SourceText(data), texts)
    for way in ways:
        for place, value in values_in(read_inside(inner, way)):
            start, end = locator.positions(Mark((path, *way[:-1], place)))
            piece = read(data[start.offset : end.offset].decode())
            assert repr(read_marked(piece.encode(), len(way) - 1)) == repr(value)


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= each <= "\udfff" for each in text)
