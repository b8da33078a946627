"""Ratios to a baseline that noise changes little: the median over many rounds of the ratio within each round.

On a shared machine a time alone is not comparable. A ratio of two times from the same round is, and its median over many rounds
more so. All cases take their turn in every round, so that a slow moment affects each of them. Garbage collection is off during the
measurement. Every answer is kept, and compared with the expected one after the measurement.
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
    """The input of a case, a list of texts or a blob of lines, with the baseline and its expected answer."""

    texts: Any
    baseline: Loop
    parsed: list[Any]


class Case(NamedTuple):
    """A contender on an input; `key` names table, row and contender of its ratio in the results."""

    key: tuple[str, str, str]
    input: Input
    loop: Loop
    expected: list[Any]
    common: Callable[[Any], Any] = same
    every: int = 1


def medians(cases: Sequence[Case], rounds: int) -> dict[tuple[str, str, str], float]:
    """For each case the median over the rounds of its time divided by the baseline's."""
    ratios: dict[tuple[str, str, str], list[float]] = {case.key: [] for case in cases}
    for turn in progress(rounds):
        for case in cases:
            if turn % case.every == 0:
                ratios[case.key].append(_ratio(case, baseline_first=turn % (2 * case.every) == 0))
    return {key: statistics.median(each) for key, each in ratios.items()}


class WrongAnswerError(Exception):
    """A contender gave another answer than the expected one; its time is not comparable."""


def _ratio(case: Case, *, baseline_first: bool) -> float:
    """The ratio of one round; the caller alternates who runs first."""
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

    An unmeasured pass comes first: code, texts and memory are then in the state that they have in a busy worker. Without it, the
    second of two loops would find the texts in the cache, and the baseline, whose answers are the largest, would pay most for new
    memory.
    """
    gc.disable()
    loop(texts)
    start = time.perf_counter()
    answers = loop(texts)
    taken = time.perf_counter() - start
    gc.enable()
    return taken, answers


def progress(rounds: int) -> Iterator[int]:
    """The numbers of the rounds; on a terminal a line on standard error shows the progress."""
    shown = sys.stderr.isatty()
    for turn in range(rounds):
        if shown:
            print(f"\rround {turn + 1} of {rounds}", end="", file=sys.stderr, flush=True)
        yield turn
    if shown:
        print("\r\033[K", end="", file=sys.stderr, flush=True)


# Around `orjson.loads`


def loads_or_none(texts: Sequence[bytes]) -> list[Any]:
    """The baseline for texts of which some are not JSON; the answer for such a text is None."""
    loads, refused = orjson.loads, orjson.JSONDecodeError
    answers = []
    for text in texts:
        try:
            answers.append(loads(text))
        except refused:
            answers.append(None)
    return answers


def unwrapping(loop: Loop) -> Loop:
    """A loop over notifications that gives the ext's text of each to another loop."""

    def unwrapped(texts: Sequence[bytes]) -> list[Any]:
        loads = orjson.loads
        return loop([loads(text)["custom"] for text in texts])

    return unwrapped
