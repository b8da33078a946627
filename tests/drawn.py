"""Values that strategies draw, the same ones in every run, for tests of what the strategies reach."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")

PLAIN = settings(
    max_examples=100,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


def hundred(strategy: SearchStrategy[T], number: int) -> list[T]:
    """A hundred values of a strategy; the same ones for the same number."""
    found: list[T] = []

    def collect(value: T) -> None:
        found.append(value)

    seed(number)(PLAIN(given(strategy)(collect)))()
    return found


def generated(strategy: SearchStrategy[T], hundreds: int) -> list[T]:
    """Hundreds of values. Each hundred has its own seed, because the values of one run resemble each other."""
    return [value for number in range(hundreds) for value in hundred(strategy, number)]


def not_reached(strategy: SearchStrategy[T], kinds_of: Callable[[T], Iterable[object]], kinds: Iterable[object]) -> set[object]:
    """The kinds that are missing among 10,000 values, each of which can be of several; stops when none is missing."""
    missing = set(kinds)
    for number in range(100):
        missing.difference_update(*(kinds_of(value) for value in hundred(strategy, number)) if missing else ())
    return missing
