"""What a walk over files without a payload costs, against reading and `json.loads` of the same files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support import run_program

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "walk.py"
MOST, ATTEMPTS = 2, 3


def measured(files: int, rounds: int) -> dict[str, str]:
    """The figures that the benchmark prints, by name."""
    rows = run_program(str(BENCHMARK), "--files", files, "--rounds", rounds)
    return {row[0]: row[1] for row in rows}


def test_a_walk_over_other_files_ends_with_one_line() -> None:
    """And writes nothing else."""
    figures = measured(500, 1)
    assert figures["output"] == "status 0, '500 files contain no payload.'"


@pytest.mark.slow
def test_a_walk_takes_at_most_twice_the_time_of_reading(report_figure: Callable[[str], None]) -> None:
    """5,000 files. The least times of several rounds, in which both take turns; load can only add to a time."""
    ratios: list[float] = []
    while len(ratios) < ATTEMPTS and min(ratios, default=MOST + 1) > MOST:
        figures = measured(5000, 9)
        ratios.append(float(figures["ratio of the least times"]))
    report_figure(f"lint: a walk over 5000 files without a payload, {min(ratios):.2f} times reading and json.loads, of {MOST}")
    assert figures["output"] == "status 0, '5000 files contain no payload.'"
    assert min(ratios) <= MOST
