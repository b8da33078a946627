"""Many texts at once: what `Decoder.decode` returns for each of them, as columns of values instead of objects.

One call of msgspec reads a batch of lines, and one proof excludes repeated keys in all of them (`repeats`). If the result is
uncertain for any text, the decoder reads the batch again, text by text. So neither the size of a batch nor an invalid text in it
changes the answer for another text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from operator import attrgetter
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.structs import astuple, fields

from pushcodec.contract import PAYLOADS
from pushcodec.enums import ChatType
from pushcodec.errors import DecodeError
from pushcodec.fast import shapes
from pushcodec.fast.decoder import REFUSED, Decoder
from pushcodec.fast.payloads import CallEntity
from pushcodec.fast.repeats import Columns, contents_repeat_no_key, exts_repeat_no_key
from pushcodec.jsontext import DEFAULT_LIMITS, Limits

ENTITY_KEYS: Final = tuple(field.attribute for field in PAYLOADS["chat-entity"].fields if field.key != "action")
"""The attributes of an entity that have a column, all but `action`."""

CONTENT_KEYS: Final = tuple(field.attribute for field in PAYLOADS["signaling-content"].fields)
"""The attributes of a signaling content that have a column."""

DEFAULTS: Final = {
    field.attribute: field.default
    for name in ("signaling-content", "chat-entity")
    for field in PAYLOADS[name].fields
    if not field.required
}
"""What an absent key reads as, by attribute."""


class Lines(NamedTuple):
    """The texts of a batch in the forms in which they are read.

    `joined` is a buffer with a line feed between the texts, `packed` has them end to end. `total` is their number, `longest` the
    size of the longest in bytes. `objects` is True if each begins and ends as a JSON object does.
    """

    joined: Any
    packed: bytes
    total: int
    longest: int
    objects: bool


class Batch(NamedTuple):
    """The texts of a batch that decode, as columns, and the errors of the others.

    `places` are the indices of the texts that decode. For each of these, `calls` has True for a call, and each column of `entities`
    a value; the content of a call is None there, and in the columns of `contents`, which have a value for each call. `at_once` is
    True if msgspec read all texts at once: then the values alone decide what the client does.
    """

    places: Sequence[int]
    calls: Sequence[bool]
    entities: Columns
    contents: Columns
    refused: Sequence[tuple[int, DecodeError]]
    at_once: bool


class Batches:
    """Reads batches of texts. The arguments are those of `Decoder`; `decoder` reads single texts."""

    __slots__ = ("_limits", "_trusted", "decoder")

    def __init__(self, *, limits: Limits = DEFAULT_LIMITS, trusted: bool = False) -> None:
        self.decoder = Decoder(limits=limits, trusted=trusted)
        self._limits = limits
        self._trusted = trusted

    def read(self, lines: Lines, texts: Callable[[], Sequence[bytes]]) -> Batch:
        """The columns of a batch. `texts` returns the single texts; it is called only if the batch has to be read text by text."""
        shallow = lines.longest <= shapes.MOST_LEVELS or all(map(shapes.is_shallow, texts()))
        batch = self._read_at_once(lines) if shallow and lines.longest <= self.decoder.most_bytes else None
        return self._read_each(texts()) if batch is None else batch

    # All at once

    def _read_at_once(self, lines: Lines) -> Batch | None:
        """The columns of a batch, or None if the answer for any of its texts is uncertain."""
        # If there are as many values as lines and none spans two lines, each line has one: `ndjson.are_objects` explains it.
        if not lines.objects or lines.packed.find(b"\n") >= 0:
            return None
        try:
            exts = _read_exts(lines.joined)
            if len(exts) != lines.total:
                return None
            read = [ext.entity for ext in exts]
            calls = [type(entity) is _Call for entity in read]
            entities = _columns(ENTITY_KEYS, map(astuple, read))
            texts = list(compress(entities["content"], calls))
            contents = list(map(_read_content, texts))
        except REFUSED:
            return None
        in_groups = map(ChatType.GROUP.__eq__, compress(entities["chat_type"], calls))
        if not all(map(shapes.is_joinable, compress(contents, in_groups))):
            return None
        content_columns = _columns(CONTENT_KEYS, map(astuple, contents))
        if not self._few(entities, content_columns, lines.longest):
            return None
        entities["content"] = _of_chats(entities["content"], calls)
        if not self._trusted:
            features = [ext.tim_push_features for ext in exts]
            if not (contents_repeat_no_key(texts, content_columns) and exts_repeat_no_key(lines.packed, entities, texts, features)):
                return None
        return Batch(range(lines.total), calls, entities, content_columns, (), at_once=True)

    def _few(self, entities: Columns, contents: Columns, longest: int) -> bool:
        """Whether no array has too many items. A short text cannot have one."""
        most = self._limits.max_items
        if longest < most * _SHORTEST_ITEM:
            return True
        columns = (entities[name] if name in entities else contents[name] for name in _ARRAYS)
        return max((len(array) for column in columns for array in column if array), default=0) <= most

    # One by one

    def _read_each(self, texts: Iterable[bytes]) -> Batch:
        places, calls = [], []
        entities, contents = [], []
        refused = []
        for place, text in enumerate(texts):
            try:
                entity = self.decoder.decode(text)
            except DecodeError as error:
                refused.append((place, error))
                continue
            places.append(place)
            call = isinstance(entity, CallEntity)
            calls.append(call)
            entities.append(_entity_of(entity))
            if call:
                contents.append(_content_of(entity.content))
        columns = _columns(ENTITY_KEYS, entities)
        columns["content"] = _of_chats(columns["content"], calls)
        return Batch(places, calls, columns, _columns(CONTENT_KEYS, contents), refused, at_once=False)


_SHORTEST_ITEM = len("0,")
_ARRAYS: Final = [
    field.attribute
    for name in ("chat-entity", "signaling-content")
    for field in PAYLOADS[name].fields
    if field.type.json_type == "array"
]
_entity_of, _content_of = attrgetter(*ENTITY_KEYS), attrgetter(*CONTENT_KEYS)


def _of_chats(contents: Sequence[Any], calls: Sequence[bool]) -> Sequence[Any]:
    return [None if call else content for call, content in zip(calls, contents, strict=True)]


def _columns(keys: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> dict[str, Sequence[Any]]:
    """The columns of rows; empty columns if there is no row."""
    transposed = list(zip(*rows, strict=True))
    return dict(zip(keys, transposed or [()] * len(keys), strict=True))


# The structs of `shapes` with None for absent keys, because columns take None as it is. Explicit nulls are still refused: no type
# allows them.


def _with_none(shape: type[Struct], order: Sequence[str], **types: Any) -> Any:
    """A struct with its members in this order, and other types for some of them."""
    by_name = {field.name: field for field in fields(shape)}
    members = []
    for name in order:
        field = by_name[name]
        default = NODEFAULT if field.required else None
        members.append((name, types.get(name, field.type), msgspec.field(name=field.encode_name, default=default)))
    config = shape.__struct_config__
    return msgspec.defstruct(
        shape.__name__,
        members,
        tag=config.tag,
        tag_field=config.tag_field,
        kw_only=True,
        gc=False,
        forbid_unknown_fields=True,
    )


_Chat, _Call = (_with_none(shape, ENTITY_KEYS) for shape in (shapes.Chat, shapes.Call))
_read_exts = shapes.decoder(_with_none(shapes.Ext, shapes.Ext.__struct_fields__, entity=_Chat | _Call)).decode_lines
_read_content = shapes.decoder(_with_none(shapes.Content, CONTENT_KEYS)).decode
