"""Runs the tests outside the checkout, against the wheel: `python tools/outside.py [--python PYTHON] [--oldest] [-k …]`.

The sdist is unpacked into a new folder, without its `src`; the wheel is installed in a new environment. So the tests run over what
a user installs, and show that the sdist is complete. `--oldest` installs the lower bound of each dependency. Other options are
pytest's. A Python that the system does not have runs in a chroot (`chroot.py`). With `--or-skip`, a Python that cannot be installed
there is skipped: the reason is printed, and the exit status is 0. A failed test is a failure in any case.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import chroot
from release import ROOT, build, last_commit_time

SHARED = Path(os.environ.get("PUSHCODEC_SHARED") or ROOT.parent / "shared").absolute()

Before: TypeAlias = Callable[[Path], list[str]]
"""The arguments that must precede a command that runs in a folder: none on this system, else those that enter the chroot."""

_BOUND = re.compile(r"([A-Za-z0-9._-]+)(\[[a-z,]+\])?>=([0-9.]+)(,<[0-9.]+)?")


def lower_bounds(requirements: Iterable[str]) -> list[str]:
    """The constraints to the lower bound of each requirement: `rich>=13` gives `rich==13`."""
    found = (_BOUND.fullmatch(requirement) for requirement in requirements)
    return [f"{bound[1]}=={bound[3]}" for bound in found if bound]


def oldest_of(project: Path) -> list[str]:
    """The lower bounds of the dependencies, and of the extras that the tests need."""
    table = tomllib.loads(project.read_text("utf-8"))["project"]
    extras = table["optional-dependencies"]
    return lower_bounds([*table["dependencies"], *extras["cli"], *extras["arrow"]])


def on_this_system(folder: Path) -> list[str]:
    return []


def words_before(python: str, folder: Path) -> Before:
    """The arguments before a command for that Python, with access to the folder. Raises chroot.UnavailableError."""
    with contextlib.suppress(OSError):
        if not subprocess.run([python, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode:
            return on_this_system
    chroot.prepare(python)
    links = map(Path, os.environ.get("PIP_FIND_LINKS", "").split())
    return lambda cwd: chroot.enter(cwd, [folder], [SHARED, *links])


def run(*command: str | Path, cwd: Path, before: Before) -> str:
    """Runs a command, shows its output, and returns the last line of it. Raises CalledProcessError if the command fails."""
    outer = dict(os.environ) if before is on_this_system else chroot.environment(os.environ)
    environment = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", **outer, "PUSHCODEC_SHARED": str(SHARED)}
    words = [*before(cwd), *map(str, command)]
    line = ""
    with subprocess.Popen(words, cwd=cwd, env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words)
    return line.strip("= \n")


def install(python: str, wheel: Path, constraints: Path, before: Before) -> Path:
    """The Python of a new environment in the folder of the constraints, with the wheel and the dependencies of its tests."""
    folder = constraints.parent
    run(python, "-m", "venv", "environment", cwd=folder, before=before)
    found = folder / "environment" / "bin" / "python"
    run(found, "-m", "pip", "install", "--quiet", "--constraint", constraints, f"{wheel}[dev]", cwd=folder, before=before)
    return found


def prepare(python: str, oldest: bool, folder: Path) -> tuple[Before, Path, Path]:
    """The arguments before a command, the Python that has the wheel, and the folder with the tests.

    Raises chroot.UnavailableError.
    """
    before = words_before(python, folder)
    wheel, sdist = build(ROOT, folder / "dist", last_commit_time(ROOT))
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    unpacked = folder / sdist.name.removesuffix(".tar.gz")
    shutil.rmtree(unpacked / "src")
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(oldest_of(ROOT / "pyproject.toml") if oldest else []))
    try:
        return before, install(python, wheel, constraints, before), unpacked
    except subprocess.CalledProcessError as error:
        if before is on_this_system:
            raise
        raise chroot.UnavailableError(f"the wheel cannot be installed in the chroot: exit status {error.returncode}") from error


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the tests outside the checkout, against the wheel.")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--oldest", action="store_true")
    parser.add_argument("--or-skip", action="store_true")
    arguments, for_pytest = parser.parse_known_args()
    with TemporaryDirectory() as name:
        try:
            before, python, unpacked = prepare(arguments.python, arguments.oldest, Path(name))
            version = run(python, "--version", cwd=unpacked, before=before)
            passed = run(python, "-m", "pytest", "-q", *for_pytest, cwd=unpacked, before=before)
        except chroot.UnavailableError as why:
            print(f"wheel: {arguments.python}: skipped: {why}")
            return 0 if arguments.or_skip else 2
        except subprocess.CalledProcessError as error:
            return error.returncode
    print(f"wheel: {version}, {'oldest' if arguments.oldest else 'newest'} dependencies: {passed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
