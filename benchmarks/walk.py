"""The cost of a walk over files without a payload: `pushcodec lint FOLDER` against reading and `json.loads` of the same files.

`make bench-walk`, or python benchmarks/walk.py [--files N] [--rounds N] [--seed N] [--profile]

Both run in this process, in turns, after an unmeasured turn of each that loads modules and files. Prints `name | value` lines: the
least seconds of each, the least and the median ratio within a round, and what the command wrote. On a busy machine the least times
are the truest, because load only adds time.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import io
import json
import os
import pstats
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import unrelated

from pushcodec.cli import main as pushcodec


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profile", action="store_true", help="print where the command spends its time")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        unrelated.write(Path(folder), given.files, given.seed)
        if given.profile:
            profile(folder)
        else:
            compare(folder, given.rounds)
    return 0


def read_all(folder: str) -> list[Any]:
    """The values of all files of a folder and of its subfolders."""
    values: list[Any] = []
    pending = [folder]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    pending.append(entry.path)
                else:
                    with open(entry.path, "rb") as file:  # noqa: PTH123  # a Path would cost the baseline more
                        values.append(json.loads(file.read()))
    return values


def lint(folder: str) -> str:
    """What the command writes for a folder."""
    with redirect_stdout(io.StringIO()) as output:
        status = pushcodec(["lint", "--isolated", folder])
    return f"status {status}, {output.getvalue().rstrip()[-200:]!r}"


def compare(folder: str, rounds: int) -> None:
    """Prints the times of both."""
    read_all(folder)
    written = lint(folder)
    turns: list[tuple[float, float]] = []
    for turn in range(rounds):
        if turn % 2:
            linted = seconds(lint, folder)
            turns.append((seconds(read_all, folder), linted))
        else:
            turns.append((seconds(read_all, folder), seconds(lint, folder)))
    ratios = [linted / read for read, linted in turns]
    least_read, least_linted = map(min, zip(*turns, strict=True))
    print(f"read | {least_read:.3f}")
    print(f"lint | {least_linted:.3f}")
    print(f"ratio of the least times | {least_linted / least_read:.2f}")
    print(f"least ratio | {min(ratios):.2f}")
    print(f"median ratio | {statistics.median(ratios):.2f}")
    print(f"output | {written}")


def seconds(work: Callable[[str], object], folder: str) -> float:
    """The seconds that some work on a folder takes, without those of the garbage collector."""
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    work(folder)
    taken = time.perf_counter() - start
    gc.enable()
    return taken


def profile(folder: str) -> None:
    """Prints the functions in which the command spends most of its time."""
    lint(folder)
    profiler = cProfile.Profile()
    profiler.runcall(lint, folder)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(40)


if __name__ == "__main__":
    sys.exit(main())
