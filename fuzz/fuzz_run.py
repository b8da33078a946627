"""Fuzzes one target with atheris, guided by the coverage of pushcodec alone: `fuzz_run.py gate -runs=100000 corpus/gate`.

What follows the target's name is libFuzzer's. A finding is written to the working directory as `crash-…`, and the run fails.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import atheris

with atheris.instrument_imports(include=["pushcodec"]):
    from fuzz_targets import TARGETS

    import pushcodec

    # Much is loaded only where it is needed; what is loaded later would not be seen.
    for _module in pkgutil.walk_packages(pushcodec.__path__, "pushcodec."):
        if not _module.name.startswith(("pushcodec.cli", "pushcodec.__main__")):
            importlib.import_module(_module.name)


def main() -> None:
    """Runs the target that the first argument names until libFuzzer's options say that it is enough."""
    name, *options = sys.argv[1:]
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
