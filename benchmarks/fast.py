"""What the fast path costs, as a multiple of `orjson.loads` of the same outer texts, in one interleaved run.

Every contender's answers are compared with the mirror's in every round; garbage collection is off while the clock runs.
Usage: python benchmarks/fast.py [--rounds N]
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any, TypeAlias

import orjson
from corpus import escaped, exts, pretty, wrapped

import pushcodec as pc
from pushcodec import fast

NOW = 1750000000
STRICT, TRUSTED = fast.Decoder(), fast.Decoder(trusted=True)

Loop: TypeAlias = Callable[[Sequence[bytes]], list[Any]]


def loads(texts: Sequence[bytes]) -> list[Any]:
    """The baseline: parse only."""
    parse = orjson.loads
    return [parse(text) for text in texts]


def loads_lines(texts: Sequence[bytes]) -> list[Any]:
    """The baseline of `route_lines`: parse each line of the same blob, read the same way."""
    parse = orjson.loads
    return [parse(line) for line in io.BytesIO(b"\n".join(texts))]


def mirror(texts: Sequence[bytes]) -> list[Any]:
    """The mirror on the text of an ext."""
    return [pc.receive({"custom": text.decode()}, now=NOW) for text in texts]


def routes(decoder: fast.Decoder) -> Loop:
    """Bytes of an ext to Route."""

    def loop(texts: Sequence[bytes]) -> list[Any]:
        route = decoder.route
        return [route(text, now=NOW) for text in texts]

    return loop


def receives(decoder: fast.Decoder) -> Loop:
    """Bytes of a notification to Route."""

    def loop(texts: Sequence[bytes]) -> list[Any]:
        receive = decoder.receive
        return [receive(text, now=NOW) for text in texts]

    return loop


def lines(decoder: fast.Decoder) -> Loop:
    """A blob of NDJSON to Routes."""

    def loop(texts: Sequence[bytes]) -> list[Any]:
        return list(decoder.route_lines(b"\n".join(texts), now=NOW))

    return loop


def ratios(
    contenders: dict[str, Loop], baseline: Loop, texts: Sequence[bytes], expected: list[Any], rounds: int
) -> dict[str, float]:
    """The median over the rounds of each contender's time to the baseline's."""
    parsed = [orjson.loads(text) for text in texts]
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        base = seconds(baseline, texts, parsed)
        for name, loop in contenders.items():
            found[name].append(seconds(loop, texts, expected) / base)
    return {name: statistics.median(each) for name, each in found.items()}


def seconds(loop: Loop, texts: Sequence[bytes], expected: list[Any]) -> float:
    """The time of one pass, whose answers must be right."""
    gc.disable()
    start = time.perf_counter()
    answers = loop(texts)
    taken = time.perf_counter() - start
    gc.enable()
    assert answers == expected
    return taken


def main() -> None:
    """Prints a line for each form and contender, with the figure to reach where there is one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    print(f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in ("orjson", "msgspec")), sep=", ")
    compact = [text for _, text in exts(1000)]
    routers = {"trusted": routes(TRUSTED), "default": routes(STRICT)}
    goals = {"compact": (1.25, 2.3), "iOS pretty": (1.25, 2.3), "escaped": (1.6, 2.6), "TPNS-wrapped": (1.9, 3.2)}
    spellings: dict[str, Callable[[str], str]] = {"compact": str, "iOS pretty": pretty, "escaped": escaped, "TPNS-wrapped": wrapped}
    for form, spell in spellings.items():
        texts = [spell(text).encode() for text in compact]
        if form == "TPNS-wrapped":
            expected = [pc.receive(json.loads(text), now=NOW) for text in texts]
            found = ratios({"trusted": receives(TRUSTED), "default": receives(STRICT)}, loads, texts, expected, rounds)
        else:
            contenders = {**routers, "mirror": mirror} if form == "compact" else routers
            found = ratios(contenders, loads, texts, mirror(texts), rounds)
        show(form, found, dict(zip(("trusted", "default"), goals[form], strict=True)))
    texts = [text.encode() for text in compact]
    by_line = {"trusted": lines(TRUSTED), "default": lines(STRICT)}
    show("route_lines", ratios(by_line, loads_lines, texts, mirror(texts), rounds), {"trusted": 0.9})


def show(form: str, found: dict[str, float], goals: dict[str, float]) -> None:
    """One line a contender."""
    for name, ratio in found.items():
        goal = f", to reach: {goals[name]:g}" if name in goals else ""
        print(f"{form:13} {name:8} {ratio:5.2f} x orjson.loads{goal}")


if __name__ == "__main__":
    main()
