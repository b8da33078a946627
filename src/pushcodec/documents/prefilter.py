"""Whether a text can contain a document of a known form, judged by the keys in it, without reading it as JSON.

Most files of a folder are documents of other products. Each way to recognise a form needs some keys (`documents.table`). A text
that lacks one of them for every way contains no form, so it need not be read. The answer is for the whole text: keys in different
objects of it, and in texts inside its strings, count like keys of one object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, product
from typing import Final, NamedTuple

from pushcodec.documents.forms import SEPARATOR, Mark, Marks
from pushcodec.documents.marks import ENTITY_KEYS, OUTERMOST_KEYS, UNQUOTED_KEYS
from pushcodec.documents.recognition import LINK_PARAMETERS, LINK_SCHEMES
from pushcodec.documents.table import FORMS, LATE_MARKS, OUTERMOST_MARKS


def may_contain_payload(text: str | bytes) -> bool:
    """Whether a text may contain a form, or mention one as `mentions_payload` says. False is certain, True is not.

    Bytes can have any encoding that extends ASCII, or UTF-16.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if b"\0" in data:
        data = data.replace(b"\0", b"")  # of UTF-16
    if b"\\u00" in data and _ESCAPED(data):
        return True
    if _has_any(_LINK_PARAMETERS, data) and _has_any(_LINK_SCHEMES, data):
        return True
    if any(key in data and is_unquoted(data) for key, is_unquoted in _UNQUOTED):
        return True
    needs = _met(_words_in(data))
    return bool(needs) and _have_types(needs, data)


class _Need(NamedTuple):
    """What a text has if an object in it has some marks.

    - `words`: all of these words
    - `groups`: so many words of each group
    - `types`: keys, each with the characters of which one begins its value
    """

    words: frozenset[str] = frozenset()
    groups: tuple[tuple[tuple[str, ...], int], ...] = ()
    types: tuple[tuple[bytes, bytes], ...] = ()


def _has_any(parts: tuple[bytes, ...], data: bytes) -> bool:
    return any(part in data for part in parts)


def _words_in(data: bytes) -> frozenset[str]:
    """The words of the needs that are in a text."""
    keys = _WORDS.keys() & _DOUBLE_QUOTED(data)
    if b"'" in data:
        keys |= _WORDS.keys() & _SINGLE_QUOTED(data)
    found = [_WORDS[key] for key in keys]
    found += [word for beginning, word in _BEGINNINGS if beginning in data]
    if b"entity" in data and _ENTITY_WORD(data):
        found.append(_ENTITY)
    return frozenset(found)


@lru_cache(maxsize=1024)  # files of one folder are often alike
def _met(words: frozenset[str]) -> tuple[_Need, ...]:
    """The needs that some words meet, apart from the types."""
    return tuple(need for need in _NEEDS if need.words <= words and all(_has_enough(words, *group) for group in need.groups))


def _has_enough(words: frozenset[str], group: tuple[str, ...], least: int) -> bool:
    return sum(word in words for word in group) >= least


def _have_types(needs: tuple[_Need, ...], data: bytes) -> bool:
    """Whether one of some needs is met by the types of the values, too. A value of unknown type can have any."""
    if not all(need.types for need in needs):
        return True
    begun: dict[bytes, set[bytes]] = {}
    for key, beginning in _TYPED(data):
        begun.setdefault(key, set()).add(beginning)
    unknown = {b""}
    return any(all(any(each in beginnings for each in begun.get(key, unknown)) for key, beginnings in need.types) for need in needs)


# What marks need

_ENTITY: Final = "an entity"
"""The word `entity` by itself: a key, or in the text of an object that may be broken."""

_TWO_ENTITY_KEYS: Final = _Need(groups=((tuple(sorted(ENTITY_KEYS)), 2),))
_NEEDS_OF_TYPES: Final[dict[str, tuple[_Need, ...]]] = {
    "entity": (_Need(frozenset({_ENTITY})),),
    "entity text": (_Need(frozenset({_ENTITY})),),
    "any entity text": (_Need(frozenset({_ENTITY})), _TWO_ENTITY_KEYS),
    "certain entity": (_TWO_ENTITY_KEYS,),
    "likely entity": (_Need(groups=((_TWO_ENTITY_KEYS.groups[0][0], 1),)),),
    "custom element": (_Need(frozenset({"MsgType", "MsgContent"}), ((("Desc", "Ext"), 1),)),),
}
"""What the types of marks need; of several needs one must be met. Other types need nothing."""

_BEGINNINGS_OF_TYPES: Final = {
    "object": b"{",
    "array": b"[",
    "string": b'"',
    "number": b"-0123456789",
    "object text": b'"',
    "entity": b'"',
    "entity text": b'"',
    "any entity text": b'"',
    "certain entity": b'{"',
    "likely entity": b'{"',
    "custom element": b"[",
}
"""The characters with which a value of a type begins; other types begin with any. An object with the key `entity` needs no type,
because that key suffices."""


def _needs() -> Iterator[_Need]:
    """What every way to recognise a form certainly needs, and the keys that suffice in a text that cannot be read."""
    yield from (_Need(frozenset({key})) for key in OUTERMOST_KEYS)
    further = (marks for _, marks in (*LATE_MARKS, *OUTERMOST_MARKS) if marks.certain)
    for marks in chain(*(form.marks for form in FORMS.values()), further):
        yield from _needs_of(marks)


def _needs_of(marks: Marks) -> Iterator[_Need]:
    """What some marks need: one need for each combination of those of the types."""
    words = frozenset(chain(*map(_keys, marks.all)))
    group = ((tuple(_keys(mark)[-1] for mark in marks.some), marks.least),) if marks.some else ()
    types = tuple(
        (_keys(mark)[-1].encode(), _BEGINNINGS_OF_TYPES[mark.type]) for mark in marks.all if mark.type in _BEGINNINGS_OF_TYPES
    )
    for inner in product(*(_NEEDS_OF_TYPES[mark.type] for mark in marks.all if mark.type in _NEEDS_OF_TYPES)):
        yield _Need(words.union(*(need.words for need in inner)), (*group, *chain(*(need.groups for need in inner))), types)


def _keys(mark: Mark) -> list[str]:
    """The keys on the way to a mark."""
    return [key for key in mark.path.split(SEPARATOR) if key != "*"]


_NEEDS: Final = tuple(_needs())
_ALL_WORDS: Final = {word for need in _NEEDS for word in chain(need.words, *(group for group, _ in need.groups))}
_WORDS: Final = {word.encode(): word for word in _ALL_WORDS}
_BEGINNINGS: Final = tuple((word[:-1].encode(), word) for word in sorted(_ALL_WORDS) if word.endswith("*"))

# What a text has. No character of a key needs an escape, but any can be written as one, and so can the quotes around a key in a
# text inside a string. Writers that make texts safe for HTML escape `&`, `<`, `=` and `>`, which are in no key.

_ESCAPED: Final = re.compile(rb"\\u00(?!26|3[c-eC-E])[0-7]").search
_KEY: Final = rb"""(?=(\w++)\\*+["'](?!\s*+[,}\]])%s)"""
"""A string that may be a key, after its opening quote: an item and the value of a member are followed by `,`, `}` or `]`. In a text
inside a string, backslashes precede a quote."""
_DOUBLE_QUOTED: Final = re.compile(b'"' + _KEY % b"").findall
_SINGLE_QUOTED: Final = re.compile(b"'" + _KEY % b"").findall
_TYPED: Final = re.compile(b'"' + _KEY % rb'(?:\s*+:\s*+([-0-9"{\[ntf])|)').findall
"""As `_DOUBLE_QUOTED`, with the first character of the value, or nothing if another character is there."""
_ENTITY_WORD: Final = re.compile(rb"entity(?!\w)(?:(?<!\wentity)|(?<=\\[bfnrt]entity)|(?<=\\u[0-9a-fA-F]{4}entity))").search
_UNQUOTED: Final = tuple((key.encode(), re.compile(rf"[{{,]\s*+{key}\s*+:".encode()).search) for key in UNQUOTED_KEYS)
_LINK_SCHEMES: Final = tuple(scheme.encode() for scheme in LINK_SCHEMES)
_LINK_PARAMETERS: Final = tuple(parameter.rstrip("=").encode() for parameter in LINK_PARAMETERS)
