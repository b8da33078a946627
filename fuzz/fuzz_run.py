"""Fuzzes one target with atheris, guided by the coverage of pushcodec alone: `fuzz_run.py gate -runs=100000`.

What follows the target's name is libFuzzer's. A finding is written to the working directory as `crash-…`, and the run fails. Every
other mutation is libFuzzer's; the others know the payloads' two layers (`tests/mutants.py`), for bytes alone seldom make a member.
"""

from __future__ import annotations

import importlib
import pkgutil
import random
import sys
from contextlib import suppress
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

with atheris.instrument_imports(include=["pushcodec"]):
    from fuzz_targets import TARGETS

    import pushcodec

    # Much is loaded only where it is needed; what is loaded later would not be seen.
    for _module in pkgutil.walk_packages(pushcodec.__path__, "pushcodec."):
        if not _module.name.startswith(("pushcodec.cli", "pushcodec.__main__")):
            with suppress(ImportError):  # of a module whose extra is not installed
                importlib.import_module(_module.name)

    from mutants import mutate


def change(data: bytes, max_size: int, seed: int) -> bytes:
    """A mutation of the data that is no longer than `max_size`, the same one for the same seed."""
    draw = random.Random(seed)
    try:
        changed = mutate(data, draw) if data and draw.random() < 0.5 else b""
    except RecursionError:  # nested deeper than the mutations of the inner layer reach
        changed = b""
    return changed if 0 < len(changed) <= max_size else bytes(atheris.Mutate(data, max_size))


def main() -> None:
    """Runs the target that the first argument names until libFuzzer's options say that it is enough."""
    name, *options = sys.argv[1:]
    # libFuzzer's merge starts the program again through a shell.
    program = f"{sys.executable} {__file__} {name}"
    atheris.Setup([program, *options], TARGETS[name], custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
