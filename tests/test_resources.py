"""What a text may cost: limits to the byte, stack, time, memory, and what is left after threads and interruptions.

The shape of values is the business of other tests; here stands what a stranger's text, or a busy process, could do to ours.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from deep_texts import TEXTS, VERBS

HERE = Path(__file__).parent


def run_program(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A program of the tests in a process of its own, warnings being errors there too."""
    path = os.pathsep.join([str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-W", "error", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path}, check=False)


# Stack

REFUSED = {text for text in TEXTS if not text.endswith("may be")}


@pytest.mark.parametrize("kib", [64, 128, 256, 512])
def test_no_depth_overflows_a_small_stack(kib: int) -> None:
    """100,000 levels, and as many as the limits allow, are answered in threads with little stack; no signal ends the program."""
    done = run_program(str(HERE / "deep_texts.py"), str(kib))
    assert done.returncode == 0, f"ended by {done.returncode} in {done.stdout.splitlines()[-1]!r} {done.stderr}"
    answers = {(verb, text): said for verb, text, said in (line.split(" | ") for line in done.stdout.splitlines())}
    assert answers.keys() == {(verb, text) for verb in VERBS for text in TEXTS}
    for verb in ("decode_ext", "fast decode", "trusted decode"):
        assert {text for text in TEXTS if answers[verb, text] in ("PC109", "PC301")} == REFUSED | {"known key as deep as may be"}
    for verb in ("fast route", "fast receive, wrapped", "trusted route", "trusted receive", "trusted lines"):
        assert [answers[verb, text] for text in TEXTS] == [answers["receive", text] for text in TEXTS]
