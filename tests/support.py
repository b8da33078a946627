"""Functions that several tests share: a nearly full stack, pickling, separate processes, tools of the system."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import pytest

T = TypeVar("T")
Vector: TypeAlias = dict[str, Any]

PICKLE_PROTOCOLS = range(2, pickle.HIGHEST_PROTOCOL + 1)


def needs_tool(name: str) -> pytest.MarkDecorator:
    """Skips a test if the system does not have the program."""
    return pytest.mark.skipif(shutil.which(name) is None, reason=f"no {name} on this system")


def through_pickle(value: T, protocol: int) -> T:
    """The value, pickled and unpickled."""
    copied: T = pickle.loads(pickle.dumps(value, protocol))  # noqa: S301  # our own bytes
    return copied


def with_little_stack(call: Callable[[], T], spare: int = 40) -> T:
    """The result of the call with only `spare` frames left below Python's recursion limit."""
    return _descend(_frames_left() - spare, call)


def _frames_left() -> int:
    try:
        return _frames_left() + 1
    except RecursionError:
        return 1


def _descend(frames: int, call: Callable[[], T]) -> T:
    return _descend(frames - 1, call) if frames > 0 else call()


def over_batches(work: Callable[[int], T], count: int, size: int) -> list[T]:
    """The results of `work` for the seed of each batch of `size` out of `count`; ten batches or more use all cores."""
    seeds = range(-(-count // size))
    if len(seeds) < 10:
        return list(map(work, seeds))
    with ProcessPoolExecutor() as pool:
        return list(pool.map(work, seeds))


def as_text(value: dict[str, Any]) -> str:
    """The JSON text of the value, in which 1, 1.0 and true differ, which are equal Python values."""
    return json.dumps(value, sort_keys=True)


def wrong_answers(vectors: Iterable[Vector], answer: Callable[[Vector], Vector], expected: Callable[[Vector], Vector]) -> Vector:
    """For each vector with a wrong answer: its id, the answer and the expected answer."""
    pairs = ((vector["id"], as_text(answer(vector)), as_text(expected(vector))) for vector in vectors)
    return {name: (got, wanted) for name, got, wanted in pairs if got != wanted}


def untraced(program: str, data: bytes) -> list[float]:
    """The numbers that a Python program prints when it reads the data from standard input; coverage does not slow it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run([sys.executable, "-c", program], input=data, stdout=subprocess.PIPE, env=environment, check=True)
    return list(map(float, done.stdout.split()))


def run_program(name: str, *arguments: object) -> list[tuple[str, ...]]:
    """The rows that a program in `tests/resources` prints; warnings are errors in it, and coverage is not measured."""
    here = Path(__file__).parent
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    path = os.pathsep.join(filter(None, (str(here), environment.get("PYTHONPATH"))))
    environment |= {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-W", "error", str(here / "resources" / name), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    rows = [tuple(line.split(" | ")) for line in done.stdout.splitlines()]
    assert done.returncode == 0, f"exit status {done.returncode} after {rows[-1:]}: {done.stderr}"
    return rows
