"""From the values of a batch to its arrays, with one conversion for each column.

Arrays are built for the texts that decode, then moved to their rows: the columns of calls have a null for each chat, all columns
have one for each refused text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from pushcodec.arrow.schema import SCHEMA, SIGNALING
from pushcodec.clients.ios.outcomes import (
    ClientCrash,
    DeferredC2CCall,
    ExpiredCall,
    JoinGroupCall,
    OpenC2CChat,
    OpenGroupChat,
    Route,
    UnroutedChat,
)
from pushcodec.clients.outcomes import Ignored
from pushcodec.enums import Action, ChatType
from pushcodec.errors import DecodeError, Violation
from pushcodec.fast.batches import DEFAULTS, Batch

Clock: TypeAlias = "pa.Scalar | pa.Array | None"
"""The phone's clock in unix seconds: an int64 for all rows or one for each, null if unknown; None for no routes at all."""

# The outcomes of valid payloads, by the number that `_outcomes` computes.
_OUTCOMES: Final = pa.array(
    [route.outcome for route in (OpenC2CChat, OpenGroupChat, DeferredC2CCall, JoinGroupCall, ExpiredCall)], pa.string()
)
_ROUTED = ("outcome", "reason", "crash_step")


Locate: TypeAlias = "Callable[[int, Violation], Violation]"
"""Returns a violation of the text at an index as one of the document that contains the text."""


def struct_of(
    batch: Batch, count: int, clock: Clock, route_at: Callable[[int], Route | None], locate: Locate | None = None
) -> pa.StructArray:
    """The rows of a batch of so many texts. `route_at` returns the route of the text at an index, None without a clock.

    `locate` is given for texts that are in documents.
    """
    found = _values(batch)
    if batch.refused:
        gaps = _gaps(batch.places, count)
        found = {name: values.take(gaps) for name, values in found.items()}
        found |= _refused([_first(place, error, locate) for place, error in batch.refused], count)
    if clock is not None:
        found |= {"outcome": _outcomes(found, clock)} if batch.at_once else _routes(map(route_at, range(count)))
    found["valid"] = pc.is_valid(found["action"])
    columns = [found[field.name] if field.name in found else pa.nulls(count, field.type) for field in SCHEMA]
    return pa.StructArray.from_arrays(columns, fields=list(SCHEMA))


def _gaps(places: Iterable[int], count: int) -> pa.Array:
    """For each of so many rows the index of its value, null for a row without one."""
    indices: list[int | None] = [None] * count
    for index, place in enumerate(places):
        indices[place] = index
    return pa.array(indices, pa.int32())


# Values of the texts


def _values(batch: Batch) -> dict[str, pa.Array]:
    calls = _bytes(batch.calls).cast(pa.bool_())
    texts = {name: _filled(name, batch.entities[name], pa.string()) for name in ("sender", "nickname", "face_url")}
    return {
        "action": pc.if_else(calls, *(pa.scalar(action, pa.int8()) for action in (Action.CALL, Action.CHAT))),
        "chat_type": _bytes(batch.entities["chat_type"]),
        **texts,
        "content": _content(batch, calls),
        "version": _constant("version", pa.int8(), len(calls)),  # the contract allows only this one
        "send_time": _filled("send_time", batch.entities["send_time"], pa.int64()),
        "signaling": _signaling(batch, calls),
    }


def _content(batch: Batch, calls: pa.Array) -> pa.Array:
    """The contents of chats. Those of calls are in `signaling`."""
    contents = pa.array(batch.entities["content"], pa.string())
    if contents.null_count == len(batch.contents["action"]):
        return contents
    return pc.if_else(calls, None, pc.fill_null(contents, DEFAULTS["content"]))


def _signaling(batch: Batch, calls: pa.Array) -> pa.StructArray:
    """The contents of the calls, each in its row."""
    count = len(calls)
    if not batch.contents["action"]:
        return pa.nulls(count, SIGNALING)
    number = pc.subtract(pc.cumulative_sum(calls.cast(pa.int32())), 1)
    places = pc.if_else(calls, number, None)
    children = [_child(field, batch.contents[field.name], places) for field in SIGNALING]
    return pa.StructArray.from_arrays(children, fields=list(SIGNALING), mask=pc.invert(calls))


def _child(field: pa.Field, values: Sequence[Any], places: pa.Array) -> pa.Array:
    if values.count(None) == len(values):  # no text has the key: no conversion
        return _constant(field.name, field.type, len(places))
    array = _bytes(values) if field.type == pa.int8() else _filled(field.name, values, field.type)
    return array.take(places)


def _filled(name: str, values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """The values, with the default for absent keys."""
    array = pa.array(values, kind)
    return pc.fill_null(array, pa.scalar(DEFAULTS[name], kind)) if array.null_count else array


def _constant(name: str, kind: pa.DataType, count: int) -> pa.Array:
    return pa.repeat(pa.scalar(DEFAULTS[name], kind), count)


def _bytes(values: Sequence[int]) -> pa.Array:
    """Small numbers without a null, four times as fast as `pa.array`."""
    return pa.Array.from_buffers(pa.int8(), len(values), [None, pa.py_buffer(bytes(values))])


# What the client does


def _outcomes(found: dict[str, pa.Array], now: Clock) -> pa.Array:
    """The outcomes of valid payloads. Their values decide alone: the client converts none of them."""
    is_call = pc.equal(found["action"], Action.CALL)
    is_group = pc.equal(found["chat_type"], ChatType.GROUP)
    # route 14
    elapsed = pc.subtract(now, found["send_time"])
    timeout = pc.fill_null(pc.struct_field(found["signaling"], "timeout"), 0)
    late = pc.or_(pc.less(elapsed, 0), pc.greater(elapsed, timeout))
    # route 6, route 8, route 17
    number = pc.add(pc.multiply(pc.cast(is_call, pa.int8()), 2), pc.cast(is_group, pa.int8()))
    expired = pc.and_(pc.and_(is_call, is_group), late)
    return _OUTCOMES.take(pc.add(number, pc.cast(expired, pa.int8())))


def _routes(routes: Iterable[Route | None]) -> dict[str, pa.Array]:
    """The columns of routes, null for rows without one."""
    rows = [_route_row(route) for route in routes]
    return {name: pa.array(values, pa.string()) for name, values in zip(_ROUTED, zip(*rows, strict=True), strict=True)}


def _route_row(route: Route | None) -> tuple[str | None, str | None, str | None]:
    if route is None:
        return None, None, None
    reason = route.reason if isinstance(route, Ignored | UnroutedChat) else None
    return route.outcome, reason, route.step if isinstance(route, ClientCrash) else None


# Refused texts


def refused_rows(violations: Sequence[Violation]) -> pa.StructArray:
    """A row for each violation: that of a document without an ext, which no client gets."""
    count = len(violations)
    found = {"valid": pa.repeat(pa.scalar(False), count), **_refused(list(enumerate(violations)), count)}
    columns = [found[field.name] if field.name in found else pa.nulls(count, field.type) for field in SCHEMA]
    return pa.StructArray.from_arrays(columns, fields=list(SCHEMA))


def _first(place: int, error: DecodeError, locate: Locate | None) -> tuple[int, Violation]:
    first = error.violations[0]
    return place, first if locate is None else locate(place, first)


def _refused(refused: Sequence[tuple[int, Violation]], count: int) -> dict[str, pa.Array]:
    codes: list[str | None] = [None] * count
    pointers: list[str | None] = [None] * count
    for place, first in refused:
        codes[place], pointers[place] = str(first.code), first.location
    return {"error_code": pa.array(codes, pa.string()), "error_pointer": pa.array(pointers, pa.string())}
