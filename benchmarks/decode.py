"""What `decode_ext` costs: its time as a multiple of `orjson.loads` of the same texts, both interleaved in one run.

A time means nothing on a shared machine; a ratio within one round does, and the median of many rounds more. Every answer is
compared with the one known before, while it is timed. Usage: python benchmarks/decode.py [--rounds N] [--ceiling RATIO]
"""

from __future__ import annotations

import argparse
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version

import orjson
from corpus import SHARES, exts

import pushcodec as pc


def seconds(decode: Callable[[bytes], object], texts: Sequence[bytes], answers: Sequence[object]) -> float:
    """How long it takes to decode all the texts and to see that the answers are right."""
    start = time.perf_counter()
    got = [decode(text) for text in texts]
    taken = time.perf_counter() - start
    assert got == answers
    return taken


def ratio(texts: Sequence[bytes], rounds: int) -> float:
    """The median over the rounds of `decode_ext` to `orjson.loads`."""
    parsed = [orjson.loads(text) for text in texts]
    models = [pc.decode_ext(text) for text in texts]
    return statistics.median(seconds(pc.decode_ext, texts, models) / seconds(orjson.loads, texts, parsed) for _ in range(rounds))


def main() -> int:
    """Prints a line for each class and for the mix; 1 when the mix is over the ceiling."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--ceiling", type=float, default=20)
    arguments = parser.parse_args()
    names = ("orjson", "pydantic", "msgspec", "jsonschema")
    print(f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in names), sep=", ")
    corpus = [(kind, text.encode()) for kind, text in exts(1000)]
    for name, _ in SHARES:
        print(f"{name:12} {ratio([text for kind, text in corpus if kind == name], arguments.rounds):5.1f} x orjson.loads")
    mixed = ratio([text for _, text in corpus], arguments.rounds)
    print(f"{'mixed':12} {mixed:5.1f} x orjson.loads, ceiling {arguments.ceiling:g}")
    return int(mixed > arguments.ceiling)


if __name__ == "__main__":
    sys.exit(main())
