"""The tests once more, outside the checkout and against the wheel: `python tools/outside.py [--python PYTHON] [--oldest] [-k …]`.

The sdist is unpacked into a folder of its own and loses its `src`; the wheel is installed in an environment of its own. So what the
tests find is what a user gets, and the sdist has all that they need. `--oldest` installs the lower bound of each dependency.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from release import ROOT, build, last_commit_time

_BOUND = re.compile(r"([A-Za-z0-9._-]+)(\[[a-z,]+\])?>=([0-9.]+)(,<[0-9.]+)?")


def lower_bounds(requirements: Iterable[str]) -> list[str]:
    """The constraints that take each requirement at its oldest: `rich>=13` gives `rich==13`."""
    found = (_BOUND.fullmatch(requirement) for requirement in requirements)
    return [f"{bound[1]}=={bound[3]}" for bound in found if bound]


def oldest_of(project: Path) -> list[str]:
    """The lower bounds of what users install: the dependencies, and the extras of features."""
    table = tomllib.loads(project.read_text("utf-8"))["project"]
    extras = table["optional-dependencies"]
    return lower_bounds([*table["dependencies"], *extras["cli"], *extras["arrow"]])


def run(*command: str | Path, cwd: Path) -> str:
    """Runs a command, shows what it prints, and gives the last line of that; ends with its failure."""
    defaults = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PUSHCODEC_SHARED": str(ROOT.parent / "shared")}
    environment = defaults | os.environ
    line = ""
    with subprocess.Popen(list(map(str, command)), cwd=cwd, env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
    if process.returncode:
        sys.exit(process.returncode)
    return line.strip("= \n")


def main() -> None:
    parser = argparse.ArgumentParser(description="Run the tests outside the checkout, against the wheel.")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--oldest", action="store_true")
    arguments, for_pytest = parser.parse_known_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        wheel, sdist = build(ROOT, folder / "dist", last_commit_time(ROOT))
        with tarfile.open(sdist) as archive:
            archive.extractall(folder, filter="data")
        unpacked = folder / sdist.name.removesuffix(".tar.gz")
        shutil.rmtree(unpacked / "src")
        constraints = folder / "constraints.txt"
        constraints.write_text("\n".join(oldest_of(ROOT / "pyproject.toml") if arguments.oldest else []))
        run(arguments.python, "-m", "venv", "environment", cwd=folder)
        python = folder / "environment" / "bin" / "python"
        run(python, "-m", "pip", "install", "--quiet", "--constraint", constraints, f"{wheel}[dev]", cwd=folder)
        version = run(python, "--version", cwd=folder)
        passed = run(python, "-m", "pytest", "-q", *for_pytest, cwd=unpacked)
    print(f"wheel: {version}, {'oldest' if arguments.oldest else 'newest'} dependencies: {passed}")


if __name__ == "__main__":
    main()
