"""Fuzzes every target: `fuzz_all.py 500000` makes 500,000 executions in total, one target on each core at a time.

New texts of a run and its findings are written to `work/<target>`; the next run starts from them. The committed corpus is only
read. The run fails if a target has a finding.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from fuzz_corpus import HERE, MAX_LEN, WORK, read, unpack

# Percent of the executions: one of lint costs ten times one of the strict reader. The target that takes longest starts first.
SHARES = {"strict": 56, "routing": 16, "lint": 2, "fast": 8, "codec": 10, "documents": 8}
_OPTIONS = (
    f"-max_len={MAX_LEN}",
    "-timeout=20",
    "-rss_limit_mb=2048",
    f"-dict={HERE / 'payloads.dict'}",
)


def main() -> int:
    """Runs the targets and prints the result and the time of each; returns 1 if there is a finding, else 0."""
    total = int(sys.argv[1])
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as cores:
        seeds = Path(folder, "seeds")
        unpack(read(), seeds)
        runs = {target: total * share // 100 for target, share in SHARES.items()}
        failed = [target for target in cores.map(partial(fuzz, seeds), *zip(*runs.items(), strict=True)) if target]
    told = f"findings in {', '.join(failed)}" if failed else "no finding"
    print(f"fuzz: {total} executions, {told}, {time.monotonic() - started:.0f} s")
    return 1 if failed else 0


def fuzz(seeds: Path, target: str, runs: int) -> str | None:
    """Runs one target; returns its name if it fails, else None."""
    work = WORK / target
    work.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    # libFuzzer includes the seeds in its number of runs.
    command = (sys.executable, str(HERE / "fuzz_run.py"), target, f"-runs={runs}", f"-artifact_prefix={work}/finding-", *_OPTIONS)
    done = subprocess.run((*command, str(work), str(seeds)), check=False, capture_output=True)
    told = done.stderr.decode("utf-8", "replace")
    end = re.search(r"^#(\d+)\s+DONE\s+cov: (\d+) ft: (\d+) corp: (\d+)", told, re.MULTILINE)
    if done.returncode or not end:
        print(told[-5000:], file=sys.stderr)
        return target
    executed, edges, features, kept = end.groups()
    seen = f"{edges} edges, {features} features, {kept} texts that differ"
    print(f"fuzz: {target}: {executed} executions in {time.monotonic() - started:.0f} s, {seen}", flush=True)
    return None


if __name__ == "__main__":
    sys.exit(main())
