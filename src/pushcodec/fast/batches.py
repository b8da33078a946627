"""Many texts at once: what `Decoder.decode` says of each of them, as columns of values instead of objects.

A batch of lines is read by one call of msgspec, and whether anything stands twice is told for all of them together: no text has
fewer quotes than its values need, so where the sums agree, each text agrees. A batch in doubt is read again text by text, by the
decoder itself; so neither the size of a batch nor a bad neighbour changes an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, compress
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
    """The texts of a batch in the forms that they are looked at in.

    `joined` is a buffer of them with a line feed between each two, `packed` has them end to end; `longest` is the size of the
    longest; `objects` says whether each of them begins and ends as a JSON object does.
    """

    joined: Any
    packed: bytes
    total: int
    longest: int
    objects: bool


class Batch(NamedTuple):
    """The texts of a batch that decode, column by column, and those that do not.

    `places` are the indices of those that do. `calls` says of each whether it is a call, and each column of `entities` has a value
    for it, where the content of a call is left out: the columns of `contents` have it, with a value for each call. `at_once` says
    that none of the texts was in doubt, so that its values alone decide what the client does.
    """

    places: Sequence[int]
    calls: Sequence[bool]
    entities: Columns
    contents: Columns
    refused: Sequence[tuple[int, DecodeError]]
    at_once: bool


class Batches:
    """Reads batches of texts, under limits and as trusting as a `Decoder`, which it has for texts one by one."""

    __slots__ = ("_limits", "_trusted", "decoder")

    def __init__(self, *, limits: Limits = DEFAULT_LIMITS, trusted: bool = False) -> None:
        self.decoder = Decoder(limits=limits, trusted=trusted)
        self._limits = limits
        self._trusted = trusted

    def read(self, lines: Lines, texts: Callable[[], Sequence[bytes]]) -> Batch:
        """What the texts of a batch say; `texts` gives them one by one, and is called for a batch in doubt."""
        shallow = lines.longest <= shapes.MOST_LEVELS or all(map(shapes.is_shallow, texts()))
        batch = self._read_at_once(lines) if shallow and lines.longest <= self.decoder.most_bytes else None
        return self._read_each(texts()) if batch is None else batch

    # All at once

    def _read_at_once(self, lines: Lines) -> Batch | None:
        """The batch, or None where any of its texts is in doubt."""
        # As many values as lines, where none goes on in the next line, are one on each: `lines.are_objects` says why.
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
        said = _columns(CONTENT_KEYS, map(astuple, contents))
        if not self._few(entities, said, lines.longest):
            return None
        entities["content"] = _of_chats(entities["content"], calls)
        if not self._trusted:
            features = [ext.tim_push_features for ext in exts]
            if not (contents_repeat_no_key(texts, said) and exts_repeat_no_key(lines.packed, entities, texts, features)):
                return None
        return Batch(range(lines.total), calls, entities, said, (), at_once=True)

    def _few(self, entities: Columns, contents: Columns, longest: int) -> bool:
        """Whether no array holds too many items; a text that is too short for so many can't hold one."""
        most = self._limits.max_items
        if longest < most * _SHORTEST_ITEM:
            return True
        arrays = chain(filter(None, entities["custom_data"]), contents["invited_list"])
        return max(map(len, arrays), default=0) <= most

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
_entity_of, _content_of = attrgetter(*ENTITY_KEYS), attrgetter(*CONTENT_KEYS)


def _of_chats(contents: Sequence[Any], calls: Sequence[bool]) -> Sequence[Any]:
    return [None if call else content for call, content in zip(calls, contents, strict=True)]


def _columns(keys: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> dict[str, Sequence[Any]]:
    """The columns of rows; empty ones where there is no row."""
    transposed = list(zip(*rows, strict=True))
    return dict(zip(keys, transposed or [()] * len(keys), strict=True))


# The shapes of `wire`, with None for what is absent: columns take it as it is. An explicit null is refused as ever, since no type
# allows it.


def _with_none(shape: type[Struct], order: Sequence[str], **types: Any) -> Any:
    """A shape with its members in this order, some of them with types of their own."""
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
