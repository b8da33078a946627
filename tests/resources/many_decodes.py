"""Measures the memory that many decodes leave behind: the first argument is the number of valid texts, a tenth as many are invalid.

A separate program, so that nothing else enlarges the process. Prints by how many resident KiB each half enlarged it, after a
warm-up.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path

from payloads import c2c_call, c2c_chat, compact, ext, group_call, group_chat, group_content

import pushcodec as pc

DECODER = pc.fast.Decoder()
VALID = [
    compact(ext(entity))
    for entity in (c2c_chat(), group_chat(x=[1.5, {}]), c2c_call(), group_call(), group_call(group_content(y=0)))
]
INVALID = [
    "",
    "{",
    "[" * 100,
    compact(ext(c2c_chat(action="1", version=2))),
    compact(ext(c2c_chat())).replace('"version"', '"action"'),
    compact(ext(group_call(group_content(timeout="30", invited_list=[""])))),
    compact(ext(c2c_chat(customData=[128] * 9))),
]
KIB_PER_PAGE = os.sysconf("SC_PAGE_SIZE") // 1024


def resident() -> int:
    """The resident memory of this process in KiB."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * KIB_PER_PAGE


def decode(texts: Iterable[str]) -> None:
    for text in texts:
        for verb in (pc.decode_ext, DECODER.decode):
            with suppress(pc.DecodeError):
                verb(text)


def growth(texts: list[str], count: int, work: Callable[[Iterable[str]], None] = decode) -> int:
    """The KiB that decoding `count` texts leaves behind, after a tenth as many have filled the caches."""
    endless = cycle(texts)
    work(islice(endless, count // 10))
    before = resident()
    work(islice(endless, count))
    return resident() - before


def main() -> None:
    count = int(sys.argv[1])
    sys.stdout.write(f"valid | {growth(VALID, count)}\ninvalid | {growth(INVALID, count // 10)}\n")


if __name__ == "__main__":
    main()
