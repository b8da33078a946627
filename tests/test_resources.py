"""What a text may cost: limits to the byte, stack, time, memory, and what is left after threads and interruptions.

The shape of values is the business of other tests; here stands what a stranger's text, or a busy process, could do to ours.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import slow_texts
from deep_texts import TEXTS, VERBS

HERE = Path(__file__).parent


def run_program(name: str, *arguments: object) -> list[tuple[str, ...]]:
    """The rows that a program of `tests/resources` prints; warnings are errors there too, and no coverage is measured, nor timed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    command = [sys.executable, "-W", "error", str(HERE / "resources" / name), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env={**environment, "PYTHONPATH": str(HERE)}, check=False)
    rows = [tuple(line.split(" | ")) for line in done.stdout.splitlines()]
    assert done.returncode == 0, f"ended by {done.returncode} after {rows[-1:]}: {done.stderr}"
    return rows


# Stack

REFUSED = {text for text in TEXTS if not text.endswith("may be")}


@pytest.mark.parametrize("kib", [64, 128, 256, 512])
def test_no_depth_overflows_a_small_stack(kib: int) -> None:
    """100,000 levels, and as many as the limits allow, are answered in threads with little stack; no signal ends the program."""
    answers = {(verb, text): said for verb, text, said in run_program("deep_texts.py", kib)}
    assert answers.keys() == {(verb, text) for verb in VERBS for text in TEXTS}
    for verb in ("decode_ext", "fast decode", "trusted decode"):
        assert {text for text in TEXTS if answers[verb, text] in ("PC109", "PC301")} == REFUSED | {"known key as deep as may be"}
    for verb in ("fast route", "fast receive, wrapped", "trusted route", "trusted receive", "trusted lines"):
        assert [answers[verb, text] for text in TEXTS] == [answers["receive", text] for text in TEXTS]


# Time

MOST_GROWTH = 2.6


def test_no_text_takes_more_than_its_length_in_time() -> None:
    """A text of twice the length takes about twice the time, whatever it is made of and whoever reads it."""
    grown = {(family, verb): float(times) for family, verb, times in run_program("slow_texts.py", MOST_GROWTH)}
    assert grown.keys() == {(family, verb) for family in slow_texts.FAMILIES for verb in slow_texts.VERBS}
    assert {what: times for what, times in grown.items() if times > MOST_GROWTH} == {}
