"""The program that `gate.py` runs under valgrind: one subject over all texts of a file, several times. It loads nothing else.

The file is NDJSON, one ext a line.

Usage: python counted.py SUBJECT TIMES FILE
"""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import orjson
from contenders import NOW

from pushcodec import fast


def loads(texts: Sequence[bytes]) -> None:
    """The baseline: parse only."""
    parse = orjson.loads
    for text in texts:
        parse(text)


def loads_lines(texts: Sequence[bytes]) -> None:
    """The baseline, line by line of a blob."""
    parse = orjson.loads
    for line in io.BytesIO(b"\n".join(texts)):
        parse(line)


def route(texts: Sequence[bytes]) -> None:
    """Bytes to Route."""
    take = fast.Decoder().route
    for text in texts:
        take(text, now=NOW)


def route_trusted(texts: Sequence[bytes]) -> None:
    """Bytes to Route, by a trusted decoder."""
    take = fast.Decoder(trusted=True).route
    for text in texts:
        take(text, now=NOW)


def decode(texts: Sequence[bytes]) -> None:
    """Bytes to an entity."""
    read = fast.Decoder().decode
    for text in texts:
        read(text)


def route_lines_trusted(texts: Sequence[bytes]) -> None:
    """Lines of a blob to Routes, by a trusted decoder."""
    for _ in fast.Decoder(trusted=True).route_lines(b"\n".join(texts), now=NOW):
        pass


SUBJECTS: dict[str, Callable[[Sequence[bytes]], None]] = {
    "loads": loads,
    "loads_lines": loads_lines,
    "route": route,
    "route_trusted": route_trusted,
    "decode": decode,
    "route_lines_trusted": route_lines_trusted,
}


def main() -> None:
    """Runs the subject that the arguments name."""
    subject, times, file = sys.argv[1:]
    texts = Path(file).read_bytes().splitlines()
    gc.disable()
    for _ in range(int(times)):
        SUBJECTS[subject](texts)


if __name__ == "__main__":
    main()
