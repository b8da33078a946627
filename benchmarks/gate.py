"""Instructions for each payload, as multiples of those of `orjson.loads`, against ceilings (`make bench-gate`).

valgrind counts the instructions of a whole process, which hardly differ from run to run. Each subject runs twice over the same
texts, a few times and many times. The difference is the cost of the payloads, without start, imports and warm-up. Exits 1 if a
ratio is over its ceiling in ceilings.json.

Usage: python benchmarks/gate.py [--update]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import corpus
from counted import SUBJECTS

HERE = Path(__file__).parent
CEILINGS = HERE / "ceilings.json"
PAYLOADS = 200
FEW, MANY = 5, 25  # passes over the texts; CPython has specialised its code by the fifth
MARGIN = 1.1  # ceiling / measured ratio
AGAINST = {"route_trusted": "loads", "route": "loads", "decode": "loads", "route_lines_trusted": "loads_lines"}


def main() -> int:
    """Counts, prints and compares with the ceilings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="write the measured ratios plus a tenth as the new ceilings")
    update = parser.parse_args().update
    if shutil.which("valgrind") is None:
        print("bench-gate needs valgrind: apt-get install valgrind")
        return int(os.environ.get("CI") == "true")
    counts = instructions()
    for subject, count in counts.items():
        print(f"{subject:20} {count:8.0f} instructions a payload")
    ratios = {subject: counts[subject] / counts[baseline] for subject, baseline in AGAINST.items()}
    if update:
        ceilings = {
            subject: {"measured": round(ratio, 3), "ceiling": round(ratio * MARGIN, 2)} for subject, ratio in ratios.items()
        }
        CEILINGS.write_text(json.dumps({"versions": _versions(), "ratios": ceilings}, indent=2) + "\n", "utf-8")
    return compare(ratios, json.loads(CEILINGS.read_text("utf-8")))


def compare(ratios: dict[str, float], committed: dict[str, Any]) -> int:
    """Prints each ratio beside its ceiling; returns 1 if one is over it, else 0."""
    over = 0
    for subject, ratio in ratios.items():
        ceiling = committed["ratios"][subject]["ceiling"]
        over += ratio > ceiling
        print(f"{subject:20} {ratio:8.3f} x {AGAINST[subject]}, ceiling {ceiling:g}{' EXCEEDED' if ratio > ceiling else ''}")
    if over and committed["versions"] != _versions():
        print(f"the ceilings were measured with {committed['versions']}, this run has {_versions()}")
    return int(over > 0)


def instructions() -> dict[str, float]:
    """The instructions for each payload, by subject."""
    with TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        texts = Path(folder, "texts.ndjson")
        texts.write_text("\n".join(text for _, text in corpus.exts(PAYLOADS)), "utf-8")
        runs = {(subject, times): pool.submit(_count, subject, times, texts) for subject in SUBJECTS for times in (FEW, MANY)}
        total = {key: run.result() for key, run in runs.items()}
    payloads = (MANY - FEW) * PAYLOADS
    return {subject: (total[subject, MANY] - total[subject, FEW]) / payloads for subject in SUBJECTS}


def _count(subject: str, times: int, texts: Path) -> int:
    """The instructions of one process."""
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    command = [*valgrind, sys.executable, str(HERE / "counted.py"), subject, str(times), str(texts)]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or found is None:
        raise RuntimeError(f"valgrind failed: {done.stderr[-2000:]}")
    return int(found[1])


def _versions() -> dict[str, str]:
    return {"Python": platform.python_version(), **{package: version(package) for package in ("orjson", "msgspec")}}


if __name__ == "__main__":
    sys.exit(main())
