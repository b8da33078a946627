"""`make demo` prints every sample decoded, and what the reference client does when its notification is tapped.

A call is tapped 9 seconds after its `sendTime`, if it has one. Usage: python examples/demo.py FOLDER
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pushcodec as pc
from pushcodec.cli.taps import tapped_exts
from pushcodec.clients.ios.foundation import integer_value, read_object
from pushcodec.clients.table import REFERENCE

RING_AFTER = 9


def decoded(data: bytes) -> tuple[pc.Ext | None, list[str]]:
    """The decoded ext and a summary of one line, or None and the violations."""
    try:
        carried = pc.find_ext(data)
    except pc.DecodeError as error:
        return None, [str(violation) for violation in error.violations]
    try:
        ext = pc.decode_ext(carried.ext)
    except pc.DecodeError as error:
        return None, [str(carried.locate(violation)) for violation in error.violations]
    return ext, [f"{carried.carrier}, {summary(ext.entity)}"]


def sent(data: bytes) -> int:
    """The `sendTime` as the client reads it, also from an invalid payload, in unix seconds; the current time if there is none."""
    try:
        entity = (read_object(pc.find_ext(data).ext) or {}).get("entity")
    except pc.DecodeError:
        entity = None
    says = isinstance(entity, dict) and integer_value(entity.get("sendTime"))
    return says or int(time.time())


def taps(data: bytes, now: int) -> list[str]:
    """What the reference client does with each ext of a document, in words; why there is none, if there is none."""
    try:
        return [REFERENCE.describe(ext.outcome(REFERENCE, now=now)) for ext in tapped_exts(data)]
    except pc.DecodeError as error:
        return [f"nothing: {error}"]


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
        ext, lines = decoded(data)
        now = sent(data) + RING_AFTER
        print(f"\n{file}")
        for line in lines:
            print(f"  {'decoded' if ext else 'refused'}  {line}")
        for line in taps(data, now):
            print(f"  on tap   {line}")
    print(f"\n{len(files)} samples")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
