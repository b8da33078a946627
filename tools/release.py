"""Builds wheel and sdist, with the same bytes each time and everywhere: `python tools/release.py FOLDER [--tag v0.1.0]`.

The time in the archives is that of the last commit; hatchling does the rest. With `--tag` it is an error if the version differs
from that of the tag, so that no release is published under a wrong version.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def last_commit_time(root: Path) -> str:
    """The time of the last commit, in unix seconds: SOURCE_DATE_EPOCH."""
    command = ["git", "log", "-1", "--format=%ct"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.strip()


def build(root: Path, folder: Path, epoch: str) -> tuple[Path, Path]:
    """The wheel and the sdist of a checkout, built into an empty folder."""
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(folder.resolve())]
    subprocess.run(command, cwd=root, env={**os.environ, "SOURCE_DATE_EPOCH": epoch}, check=True, stdout=subprocess.DEVNULL)
    [wheel], [sdist] = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, sdist


def version_of(wheel: Path) -> str:
    return wheel.name.split("-")[1]


def main() -> None:
    parser = argparse.ArgumentParser(description="Build wheel and sdist.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tag")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    if any(arguments.folder.iterdir()):
        sys.exit(f"{arguments.folder} is not empty")
    wheel, sdist = build(ROOT, arguments.folder, last_commit_time(ROOT))
    for path in (wheel, sdist):
        sys.stdout.write(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path}\n")
    if arguments.tag is not None and arguments.tag != f"v{version_of(wheel)}":
        sys.exit(f"the tag is {arguments.tag}, the version {version_of(wheel)}")


if __name__ == "__main__":
    main()
