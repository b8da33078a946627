"""The decoder: values and routes of texts, one at a time or line by line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from msgspec import UNSET, MsgspecError, Struct, ValidationError, convert

from pushcodec import jsontext
from pushcodec.arguments import check_type, plain_text
from pushcodec.clients.clock import check_now
from pushcodec.clients.ios.outcomes import (
    DeferredC2CCall,
    ExpiredCall,
    JoinGroupCall,
    OpenC2CChat,
    OpenGroupChat,
    Route,
    SignalingInfo,
)
from pushcodec.clients.ios.routing import receive
from pushcodec.clients.outcomes import Ignored
from pushcodec.contract import PAYLOADS
from pushcodec.enums import ChatType
from pushcodec.errors import DecodeError
from pushcodec.fast import shapes
from pushcodec.fast.building import call_entity, chat_entity, signaling_content
from pushcodec.fast.payloads import Entity, entity_from_model
from pushcodec.fast.repeats import (
    call_repeats_no_key,
    chat_repeats_no_key,
    content_repeats_no_key,
    count_quotes,
    is_too_short_to_repeat,
    notification_repeats_no_key,
)
from pushcodec.fast.shapes import MOST_LEVELS, is_shallow
from pushcodec.fast.unknown_keys import (
    CALL_KEYS,
    CHAT_KEYS,
    CONTENT_KEYS,
    DoubtfulError,
    as_content,
    as_ext,
    extras,
    read_value,
    read_value_within,
)
from pushcodec.jsontext import DEFAULT_LIMITS, Limits, check_limits
from pushcodec.ndjson import SPACE, Line, Source, are_objects, blocks, check_source, filled_lines, lines_within, stream

TRUSTED_DIFFERENCES: Final = {
    "duplicate-key": "the last of repeated keys counts; the contract refuses the text, and the client takes the first",
    "skipped-utf8": "`route` and `receive` do not see invalid UTF-8 in what the client never reads",
    "skipped-number": "`route` and `receive` do not see numbers beyond the range of a double in what the client never reads",
    "skipped-depth": "`route` and `receive` do not see nesting that is too deep for a reader in what the client never reads",
}
"""All that `trusted=True` changes: for each rule, what is not checked."""

REFUSED = (MsgspecError, UnicodeError, RecursionError, OverflowError, DoubtfulError)
"""What msgspec raises for a text, its own exceptions and others, and what `read_value` raises."""

_read_ext = shapes.decoder(shapes.Ext).decode
_read_content = shapes.decoder(shapes.Content).decode
_read_notification = shapes.decoder(shapes.Notification).decode
_client_decoder = shapes.decoder(shapes.ClientExt)
_read_client_ext, _read_client_exts = _client_decoder.decode, _client_decoder.decode_lines
_read_client_content = shapes.decoder(shapes.ClientContent).decode
_read_client_notification = shapes.decoder(shapes.ClientNotification).decode

# The most levels and members of a text with known keys only. Under lower limits every text goes to the codec.
_DEPTH, _MEMBERS = 5, max(len(payload.fields) for payload in PAYLOADS.values())


class BadLine(Struct, frozen=True, gc=False):
    """A line that does not decode: its number from 1, the offset of its first byte, and the error."""

    line_number: int
    byte_offset: int
    error: DecodeError


class Decoder:
    """Decodes and routes queues of payloads. A decoder can be used again, and threads may share it.

    By default it returns and raises what `decode_ext` and `receive` do. With `trusted=True`, for texts from one's own servers, it
    leaves out some checks: `TRUSTED_DIFFERENCES` lists what that changes. `limits` apply to `decode` and to the outer text of
    `receive`, never to `route`.
    """

    __slots__ = ("_limits", "_trusted", "most_bytes")

    def __init__(self, *, limits: Limits = DEFAULT_LIMITS, trusted: bool = False) -> None:
        check_limits(limits)
        check_type("trusted", trusted, bool, "a bool")  # any text is true, also "false"
        self._limits = limits
        self._trusted = trusted
        wide = limits.max_depth >= _DEPTH and limits.max_items >= _MEMBERS
        self.most_bytes = limits.max_bytes if wide else -1

    # Values

    def decode(self, raw: bytes | str) -> Entity:
        """The entity of an ext's text, equal to `decode_ext(raw).entity`. Raises DecodeError as `decode_ext` does."""
        if type(raw) is not bytes and type(raw) is not str:
            raw = plain_text(raw)
        entity = self._decode_known(raw) or self._decode_open(raw)
        if entity is not None:
            return entity
        from pushcodec.codec import decode_ext  # pydantic and jsonschema are loaded only where they are used

        return entity_from_model(decode_ext(raw, limits=self._limits).entity)

    def is_certainly_valid(self, raw: bytes | str) -> bool:
        """Whether a text is certainly valid and has known keys only. False means unknown."""
        return self._decode_known(plain_text(raw)) is not None

    def decode_lines(self, source: Source) -> Iterator[Entity | BadLine]:
        """One result for each line of NDJSON that is not empty, in order: the entity, or a `BadLine`, which affects no other line.

        Reads bytes, a binary file or chunks of bytes in constant memory; a line over the limit is not kept in memory. Raises
        TypeError for any other source.
        """
        return map(self._decode_line, lines_within(source, self._limits.max_bytes))

    def _decode_line(self, line: Line) -> Entity | BadLine:
        try:
            return self.decode(line.text)
        except DecodeError as error:
            return BadLine(line.number, line.offset, error)

    def _fits(self, raw: bytes | str) -> bool:
        return len(raw) * (1 if type(raw) is bytes else 4) <= self.most_bytes and is_shallow(raw)

    def _decode_known(self, raw: bytes | str) -> Entity | None:
        """The entity of a text that has known keys only and is certainly valid; None for every other text."""
        if not self._fits(raw):
            return None
        try:
            ext = _read_ext(raw)
            entity = ext.entity
            if isinstance(entity, shapes.Chat):
                single = self._trusted or chat_repeats_no_key(ext, raw, count_quotes(raw))
                return chat_entity(entity) if single and shapes.chat_has_few_items(entity, self._limits.max_items) else None
            quotes = 0 if self._trusted else entity.content.count('"')
            if not (self._trusted or is_too_short_to_repeat(ext, raw) or call_repeats_no_key(ext, raw, count_quotes(raw), quotes)):
                return None
            content = _read_content(entity.content)
            if not (self._trusted or content_repeats_no_key(content, entity.content, quotes)):
                return None
            return call_entity(entity, signaling_content(content)) if self._is_complete(entity, content) else None
        except REFUSED:
            return None

    def _decode_open(self, raw: bytes | str) -> Entity | None:
        """The entity of a text that may have unknown keys and is certainly valid; None for every other text."""
        if not self._fits(raw):
            return None
        try:
            value = read_value_within(raw, self._limits, trusted=self._trusted)
            entity, found = as_ext(value).entity, value["entity"]
            if isinstance(entity, shapes.Chat):
                return chat_entity(entity, extras(found, CHAT_KEYS))
            inside = read_value_within(entity.content, self._limits, trusted=self._trusted)
            content = as_content(inside)
            if not self._is_complete(entity, content):
                return None
            return call_entity(entity, signaling_content(content, extras(inside, CONTENT_KEYS)), extras(found, CALL_KEYS))
        except REFUSED:
            return None

    def _is_complete(self, call: shapes.Call, content: shapes.Content) -> bool:
        """Whether a group call has what it needs, and no array has too many items."""
        if call.chat_type == ChatType.GROUP and not shapes.is_joinable(content):
            return False
        most = self._limits.max_items
        return shapes.call_has_few_items(call, most) and shapes.content_has_few_items(content, most)

    # Routes

    def route(self, raw: bytes | str, *, now: int, logged_in: bool = True) -> Route:
        """What `receive({"custom": text}, now=now, logged_in=logged_in)` returns for the text of an ext.

        Returns `Ignored("custom_not_a_json_object")` for bytes that are not UTF-8. Never raises because of the text; raises
        TypeError or ValueError if `now` is not a non-negative int.
        """
        if type(now) is not int or now < 0:
            check_now(now)
        if type(raw) is not bytes and type(raw) is not str:
            raw = plain_text(raw)
        if len(raw) > MOST_LEVELS and not is_shallow(raw):
            return _ask_mirror(raw, now, logged_in)
        # Most payloads are chats. A function of their own would add a tenth to the time.
        try:
            if self._trusted:
                entity = _read_client_ext(raw).entity
                if type(entity) is _ClientCall:
                    return _route_call(entity, now, logged_in)
                # route 6
                return (OpenC2CChat if entity.chat_type == 1 else OpenGroupChat)(entity.sender, logged_in)
            ext = _read_ext(raw)
            strict = ext.entity
            if type(strict) is _Call:
                return _route_strict_call(ext, strict, raw, now, logged_in)
            if chat_repeats_no_key(ext, raw, raw.count(b'"') if type(raw) is bytes else raw.count('"')):  # type: ignore[arg-type]
                # route 6
                return (OpenC2CChat if strict.chat_type == 1 else OpenGroupChat)(strict.sender, logged_in)
        except ValidationError:
            if not self._trusted:
                return _route_open(raw, now, logged_in)
        except REFUSED:
            pass
        return _ask_mirror(raw, now, logged_in)

    def receive(self, raw: bytes | str, *, now: int, logged_in: bool = True, ios10: bool = True) -> Route:
        """What `receive` returns for the JSON text of a whole notification.

        Raises DecodeError for an outer text that the strict reader refuses, which no client parses; never because of what is
        inside.
        """
        if type(now) is not int or now < 0:
            check_now(now)
        if type(raw) is not bytes and type(raw) is not str:
            raw = plain_text(raw)
        if ios10 and self._fits(raw):
            custom = _custom_trusted(raw) if self._trusted else _custom_strict(raw, self._limits)
            if custom is not None:
                return self.route(custom, now=now, logged_in=logged_in)
        user_info = jsontext.parse(raw, self._limits)
        if ios10 and isinstance(user_info, dict) and isinstance(carried := user_info.get("custom"), str):
            return self.route(carried, now=now, logged_in=logged_in)
        return receive(user_info, now=now, logged_in=logged_in, ios10=ios10)

    def route_lines(self, source: Source, *, now: int, logged_in: bool = True) -> Iterator[Route]:
        """One Route for each line of NDJSON that is not empty, in order, as `route` returns it.

        Reads bytes, a binary file or chunks of bytes; memory grows only with the longest line. Raises TypeError for any other
        source, TypeError or ValueError if `now` is not a non-negative int.
        """
        if type(now) is not int or now < 0:
            check_now(now)
        check_source(source)
        if self._trusted:
            return chain.from_iterable(self._route_block(block, now, logged_in) for block in blocks(source))
        lines = chain.from_iterable(map(filled_lines, blocks(source)))
        return (self.route(line, now=now, logged_in=logged_in) for line in lines)

    def _route_block(self, block: bytes, now: int, logged_in: bool) -> list[Route]:
        """The routes of a block of trusted lines, read by one call of msgspec if it can read them all."""
        lines = stream(block).readlines()  # twice as fast as counting the line feeds
        if len(block) < len(lines) * _SHORTEST_LINE:
            lines = filled_lines(block)
            block = b"".join(lines)
            if not lines:
                return []
        try:
            shallow = max(map(len, lines), default=0) <= MOST_LEVELS or all(map(is_shallow, lines))
            entities = [ext.entity for ext in _read_client_exts(block)] if shallow else []
            if len(entities) == len(lines) and are_objects(lines):
                return [
                    _route_call(entity, now, logged_in)
                    if type(entity) is _ClientCall
                    # route 6
                    else (OpenC2CChat if entity.chat_type == 1 else OpenGroupChat)(entity.sender, logged_in)
                    for entity in entities
                ]
        except REFUSED:
            pass
        return [self.route(line, now=now, logged_in=logged_in) for line in lines if line.strip(SPACE)]


# Routes: this module routes what is certainly valid, the mirror every other text.


def _route_call(call: shapes.ClientCall, now: int, logged_in: bool) -> Route:
    # route 8
    if call.chat_type == 1:
        return _DEFERRED
    if len(call.content) > MOST_LEVELS and not is_shallow(call.content):  # the outer text may write brackets as `\u007b`
        raise DoubtfulError
    return _route_group_call(call, _read_client_content(call.content), now, logged_in)


def _route_strict_call(ext: shapes.Ext, call: shapes.Call, raw: bytes | str, now: int, logged_in: bool) -> Route:
    text = call.content
    quotes = text.count('"')
    if is_too_short_to_repeat(ext, raw) or call_repeats_no_key(ext, raw, count_quotes(raw), quotes):
        # route 8
        if call.chat_type == 1:
            return _DEFERRED
        content = _read_content(text)
        if content_repeats_no_key(content, text, quotes) and content.group_id is not UNSET:
            return _route_group_call(call, content, now, logged_in)
    return _ask_mirror(raw, now, logged_in)


def _route_open(raw: bytes | str, now: int, logged_in: bool) -> Route:
    """The route of a text with unknown keys. This module reads it if the values that the client reads have the usual types."""
    try:
        entity = convert(read_value(raw, trusted=False), shapes.ClientExt).entity
        if not isinstance(entity, shapes.ClientCall):
            # route 6
            return (OpenC2CChat if entity.chat_type == 1 else OpenGroupChat)(entity.sender, logged_in)
        # route 8
        if entity.chat_type == 1:
            return _DEFERRED
        content = convert(read_value(entity.content, trusted=False), shapes.ClientContent)
        return _route_group_call(entity, content, now, logged_in)
    except REFUSED:
        return _ask_mirror(raw, now, logged_in)


def _route_group_call(
    call: shapes.Call | shapes.ClientCall, content: shapes.Content | shapes.ClientContent, now: int, logged_in: bool
) -> Route:
    # route 14
    elapsed = now - call.send_time & _UINT64
    if elapsed > content.timeout:
        return ExpiredCall(call.send_time, content.timeout, elapsed)
    # route 17
    data = f'{{"room_id":{content.room_id},"version":{content.version},"call_type":{content.call_type}}}'
    signaling = SignalingInfo(
        content.action,
        content.call_id,
        call.sender,
        content.invited_list,  # type: ignore[arg-type]  # lists are invariant
        content.group_id,  # type: ignore[arg-type]  # the callers pass a content that has one
        content.timeout,
        data,
    )
    return JoinGroupCall(signaling, logged_in)


# The ext's text in a notification that is certainly valid; None for every other notification.


def _custom_trusted(raw: bytes | str) -> str | None:
    try:
        return _read_client_notification(raw).custom
    except REFUSED:
        return None


def _custom_strict(raw: bytes | str, limits: Limits) -> str | None:
    try:
        notification = _read_notification(raw)
        custom = notification.custom
        if is_too_short_to_repeat(notification, raw):
            return custom
        notification.custom = ""
        return custom if notification_repeats_no_key(notification, raw, custom.count('"')) else None
    except ValidationError:
        pass  # it may have rare keys
    except REFUSED:
        return None
    try:
        return convert(read_value_within(raw, limits, trusted=False), shapes.ClientNotification).custom
    except REFUSED:
        return None


# Used in every call: globals of this module cost a third less than attributes of another.
_Call, _ClientCall = shapes.Call, shapes.ClientCall
_UINT64 = 2**64 - 1
_SHORTEST_LINE = 16  # bytes that the lines of a block have on average, unless many are empty
_DEFERRED = DeferredC2CCall()


def _ask_mirror(raw: bytes | str, now: int, logged_in: bool) -> Route:
    try:
        text = raw if isinstance(raw, str) else raw.decode()
    except UnicodeDecodeError:
        return Ignored("custom_not_a_json_object")
    return receive({"custom": text}, now=now, logged_in=logged_in)
