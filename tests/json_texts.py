"""Hypothesis strategies for JSON values, for texts that are nearly JSON, and for changes to both."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from pushcodec.jsontext import MAX_INT, MIN_INT, JSONValue

# Values

scalars: SearchStrategy[JSONValue] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(MIN_INT, MAX_INT),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
)


def _containers(children: SearchStrategy[JSONValue]) -> SearchStrategy[JSONValue]:
    return st.one_of(st.lists(children, max_size=5), st.dictionaries(st.text(max_size=8), children, max_size=5))


json_values: SearchStrategy[JSONValue] = st.recursive(scalars, _containers, max_leaves=20)

# Texts: valid JSON in all ways of writing it, and pieces that are nearly valid

_SPACE = st.sampled_from(["", "", "", " ", "\n", "\r\n", "\t ", "\r"])
_EDGES = st.sampled_from(["", "", "", " ", "\n", "\ufeff", "\x00", "//", ",", "}", "\x0b", "\xa0"])
_PIECES = st.sampled_from(
    [
        *("null", "true", "false", "0", "-0", "1", "-1.5", "0.0", "0e5", "1E+2", "[]", "{}", '""'),
        *("18446744073709551615", "18446744073709551616", "-9223372036854775808", "-9223372036854775809", "9" * 400),
        *("1e308", "1e309", "-1e999", "5e-324", "1e-400", "123456789012345678", "1234567890123456789", "0.1e1"),
        *("01", "1.", "+1", ".5", "0x1", "NaN", "Infinity", "-Infinity", "nul", "True", "'a'", "", "[,]", "{,}", "[1,,]"),
        *(r'"\ud83d\ude00"', r'"\ud800"', r'"\ude00\ud83d"', r'"\u0061\/\n"', r'"\\ud800"', r'"\x"', r'"\u12"', '"\\"'),
        *('"😀é"', '"\ud800"', '"\ud83d\ude00"', '"\n"', '"[{,"', '"a', '"\u2028\x7f"', "[" * 20 + "]" * 20, "[" * 600),
    ]
)
_KEYS = st.sampled_from(['"a"', '"a"', r'"\u0061"', '"b"', '""', '"a/b~"', r'"\ud800"', '"é"', "a", '"[{"'])
_COMMA_TOO_MANY = st.sampled_from(["", "", "", "", ",", " ,\n"])


@st.composite
def _arrays(draw: DrawFn, children: SearchStrategy[str]) -> str:
    comma = draw(_SPACE) + "," + draw(_SPACE)
    return "[" + draw(_SPACE) + comma.join(draw(st.lists(children, max_size=4))) + draw(_COMMA_TOO_MANY) + draw(_SPACE) + "]"


@st.composite
def _objects(draw: DrawFn, children: SearchStrategy[str]) -> str:
    members = draw(st.lists(st.tuples(_KEYS, children), max_size=4))
    comma, colon = draw(_SPACE) + "," + draw(_SPACE), draw(_SPACE) + ":" + draw(_SPACE)
    return "{" + comma.join(f"{key}{colon}{child}" for key, child in members) + draw(_COMMA_TOO_MANY) + draw(_SPACE) + "}"


_valid_texts = st.builds(json.dumps, json_values, ensure_ascii=st.booleans(), indent=st.sampled_from([None, None, 1]))
_bodies = st.recursive(st.one_of(_PIECES, _valid_texts), lambda texts: st.one_of(_arrays(texts), _objects(texts)), max_leaves=8)
_built_texts = st.builds(lambda before, body, behind: before + body + behind, _EDGES, _bodies, _EDGES)

_CHARACTERS = st.sampled_from([*'{}[]:,"\\/bfnrtu0123456789+-.eE \n\r\t', "\ufeff", "\ud800", "\udc00", "\x00", "é", "N", "a"])


@st.composite
def mutated(draw: DrawFn, texts: SearchStrategy[str], changes: int = 3) -> str:
    """A text with a few characters deleted, inserted or replaced."""
    text = draw(texts)
    for _ in range(draw(st.integers(1, changes))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 2)))
        text = text[:start] + draw(st.one_of(st.just(""), _CHARACTERS, st.text(_CHARACTERS, max_size=3))) + text[end:]
    return text


json_like: SearchStrategy[str] = st.one_of(_built_texts, _valid_texts, mutated(_valid_texts), mutated(_built_texts))
"""JSON texts and texts that are nearly JSON; some contain lone surrogates."""


@st.composite
def changed(draw: DrawFn, values: SearchStrategy[JSONValue], replacements: SearchStrategy[JSONValue] = json_values) -> JSONValue:
    """A JSON value in which up to three values, at any depth, are replaced or dropped."""
    value = copy.deepcopy(draw(values))
    for _ in range(draw(st.integers(0, 3))):
        value = _change_once(draw, value, replacements)
    return value


def _change_once(draw: DrawFn, value: JSONValue, replacements: SearchStrategy[JSONValue]) -> JSONValue:
    container: Any = value
    keys = list(container) if isinstance(container, dict) else list(range(len(container))) if isinstance(container, list) else []
    if not keys or draw(st.integers(0, 9)) == 0:
        return draw(replacements)
    key = draw(st.sampled_from(keys))
    if draw(st.integers(0, 3)) == 0:
        del container[key]
    else:
        container[key] = _change_once(draw, container[key], replacements)
    return value
