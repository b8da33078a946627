"""Fuzzes every target: `fuzz_all.py 500000` executions in total, a target on each core.

What a run learns is kept in `work/<target>` for the next one, and findings there too; the corpus that is committed is only read.
The run fails with the first finding.
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

# Of a hundred executions: an execution of lint costs ten times one of the gate. What takes longest begins first.
SHARES = {"gate": 64, "routing": 16, "lint": 2, "fast": 8, "codec": 10}
_OPTIONS = (
    f"-max_len={MAX_LEN}",
    "-timeout=20",
    "-rss_limit_mb=2048",
    f"-dict={HERE / 'payloads.dict'}",
)


def main() -> int:
    """Runs the targets, and says what each took."""
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
    """Runs one target, and gives its name when it failed."""
    work = WORK / target
    work.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    # libFuzzer counts the seeds among its runs.
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
