"""Fuzzes one target with atheris, guided by the coverage of pushcodec only: `fuzz_run.py strict -runs=100000`.

The arguments after the name of the target are libFuzzer's options. A finding is written to the working directory as `crash-…`, and
the run fails. Half of the mutations are libFuzzer's. The other half change members in both layers of a payload
(`tests/mutants.py`), because changes of bytes seldom make a new member.
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

    # Modules that are loaded later would not be instrumented.
    for _module in pkgutil.walk_packages(pushcodec.__path__, "pushcodec."):
        if not _module.name.startswith(("pushcodec.cli", "pushcodec.__main__")):
            with suppress(ImportError):  # the extra of a module may not be installed
                importlib.import_module(_module.name)

    from mutants import mutate


def change(data: bytes, max_size: int, seed: int) -> bytes:
    """A mutation of the data of at most `max_size` bytes; the same seed gives the same mutation."""
    draw = random.Random(seed)
    try:
        changed = mutate(data, draw) if data and draw.random() < 0.5 else b""
    except RecursionError:  # the data nests deeper than `mutate` can recurse
        changed = b""
    return changed if 0 < len(changed) <= max_size else bytes(atheris.Mutate(data, max_size))


def main() -> None:
    """Runs the target that the first argument names, as long as libFuzzer's options say."""
    name, *options = sys.argv[1:]
    # For a merge, libFuzzer starts the program again, through a shell.
    program = f"{sys.executable} {__file__} {name}"
    atheris.Setup([program, *options], TARGETS[name], custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
