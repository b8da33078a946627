"""`make demo` prints every sample decoded, and what the reference client does when its notification is tapped.

A call is tapped 9 seconds after its `sendTime`, if it has one. Usage: python examples/demo.py FOLDER
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pushcodec as pc
from pushcodec.cli.taps import tapped_exts
from pushcodec.clients.ios.foundation import integer_value, read_object
from pushcodec.clients.table import REFERENCE

RING_AFTER = 9


def decoded(data: bytes) -> Iterator[str]:
    """A line for each ext of a document: its summary, or its violations. Without an ext, why there is none."""
    try:
        exts = pc.find_exts(data)
        if not exts:
            pc.find_ext(data)
        for carried in exts:
            yield from decoded_ext(carried)
    except pc.DecodeError as error:
        yield from (f"refused  {violation}" for violation in error.violations)


def decoded_ext(carried: pc.Carried) -> Iterator[str]:
    """The summary of an ext, or its violations."""
    try:
        ext = pc.decode_ext(carried.ext)
    except pc.DecodeError as error:
        yield from (f"refused  {carried.locate(violation)}" for violation in error.violations)
    else:
        yield f"decoded  {carried.form}, {summary(ext.entity)}"


def taps(data: bytes) -> Iterator[str]:
    """What a tap does with each ext of a document."""
    try:
        exts = tapped_exts(data)
    except pc.DecodeError:
        return
    for each in exts:
        yield f"on tap   {REFERENCE.describe(each.outcome(REFERENCE, now=sent(str(each.ext)) + RING_AFTER))}"


def sent(ext: str) -> int:
    """The `sendTime` as the client reads it, also from an invalid ext, in unix seconds; the current time if there is none."""
    entity = (read_object(ext) or {}).get("entity")
    says = isinstance(entity, dict) and integer_value(entity.get("sendTime"))
    return says or int(time.time())


def summary(entity: pc.Entity) -> str:
    """An entity in one line."""
    match entity:
        case pc.ChatEntity(chat_type=kind, sender=sender, nickname=nickname, content=text):
            return f'{kind.name} chat "{sender}" ({nickname or "-"}): {text or "-"}'
        case pc.CallEntity(chat_type=kind, sender=sender, content=call, send_time=sent):
            to = ", ".join(call.invited_list)
            return f'{kind.name} {call.call_type.name} call "{sender}" -> {to}, room {call.room_id}, {call.timeout} s from {sent}'


def main(folder: Path) -> None:
    """Prints a block for each sample under the folder."""
    files = sorted(folder.rglob("*.json"))
    for file in files:
        data = file.read_bytes()
        print(f"\n{file}")
        for line in (*decoded(data), *taps(data)):
            print(f"  {line}")
    print(f"\n{len(files)} samples")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
