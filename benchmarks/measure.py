"""Ratios that noise moves little: each case is timed next to the baseline on the same input, and the median over the rounds counts.

A time means nothing on a shared machine; a ratio within one round does, and the median over many rounds more. All cases take their
turn in every round, so a slow spell hits each of them. Garbage collection is off while the clock runs; every answer is kept, and
compared with the expected one outside the clock, in every round.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import orjson
from contenders import Loop, same


class Input(NamedTuple):
    """What is answered, a list of texts or a blob of lines, and what the baseline answers."""

    texts: Any
    baseline: Loop
    parsed: list[Any]


class Case(NamedTuple):
    """A contender on an input; `key` is where its ratio is reported: table, row, contender."""

    key: tuple[str, str, str]
    input: Input
    loop: Loop
    expected: list[Any]
    common: Callable[[Any], Any] = same
    every: int = 1


def medians(cases: Sequence[Case], rounds: int) -> dict[tuple[str, str, str], float]:
    """Of each case the median over the rounds of its time to the baseline's."""
    ratios: dict[tuple[str, str, str], list[float]] = {case.key: [] for case in cases}
    for turn in progress(rounds):
        for case in cases:
            if turn % case.every == 0:
                ratios[case.key].append(_ratio(case, baseline_first=turn % (2 * case.every) == 0))
    return {key: statistics.median(each) for key, each in ratios.items()}


class WrongAnswerError(Exception):
    """A contender did not answer as expected, so its time means nothing."""


def _ratio(case: Case, *, baseline_first: bool) -> float:
    """Who goes first changes from round to round."""
    if baseline_first:
        base = _baseline_seconds(case)
        return _seconds(case) / base
    taken = _seconds(case)
    return taken / _baseline_seconds(case)


def _seconds(case: Case) -> float:
    taken, answers = timed(case.loop, case.input.texts)
    if [case.common(answer) for answer in answers] != case.expected:
        raise WrongAnswerError(", ".join(case.key))
    return taken


def _baseline_seconds(case: Case) -> float:
    taken, answers = timed(case.input.baseline, case.input.texts)
    if answers != case.input.parsed:
        raise WrongAnswerError(f"baseline of {', '.join(case.key)}")
    return taken


def timed(loop: Loop, texts: Any) -> tuple[float, list[Any]]:
    """The seconds that a loop takes, and its answers.

    A pass without a clock goes before, so that each finds its code, its texts and its memory as a worker in full swing does:
    without it, whoever comes second would find the texts in the cache, and the baseline, whose answers are the largest, would
    pay for fresh memory most.
    """
    gc.disable()
    loop(texts)
    start = time.perf_counter()
    answers = loop(texts)
    taken = time.perf_counter() - start
    gc.enable()
    return taken, answers


def progress(rounds: int) -> Iterator[int]:
    """The rounds; on a terminal with a line that says how far they are."""
    shown = sys.stderr.isatty()
    for turn in range(rounds):
        if shown:
            print(f"\rround {turn + 1} of {rounds}", end="", file=sys.stderr, flush=True)
        yield turn
    if shown:
        print("\r\033[K", end="", file=sys.stderr, flush=True)


# Around `orjson.loads`


def loads_or_none(texts: Sequence[bytes]) -> list[Any]:
    """The baseline where a text may not be JSON: None for such a one."""
    loads, refused = orjson.loads, orjson.JSONDecodeError
    answers = []
    for text in texts:
        try:
            answers.append(loads(text))
        except refused:
            answers.append(None)
    return answers


def unwrapping(loop: Loop) -> Loop:
    """The loop on what notifications carry."""

    def unwrapped(texts: Sequence[bytes]) -> list[Any]:
        loads = orjson.loads
        return loop([loads(text)["custom"] for text in texts])

    return unwrapped
