"""Fuzzes every target: `fuzz_all.py 500000` executions in total, split so that no target takes most of the time.

What a run learns is kept in `work/<target>` for the next one, and findings there too; the corpus that is committed is only read.
The run fails with the first finding.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
# Of a hundred executions: an execution of lint costs ten times one of the codec.
SHARES = {"gate": 34, "codec": 10, "fast": 12, "routing": 40, "lint": 4}
_OPTIONS = (
    "-max_len=2048",
    "-timeout=20",
    "-rss_limit_mb=2048",
    "-print_final_stats=1",
    "-verbosity=0",
    f"-dict={HERE / 'payloads.dict'}",
)


def main() -> int:
    """Runs the targets one after another, and says what each took."""
    total = int(sys.argv[1])
    started = time.monotonic()
    for target, share in SHARES.items():
        status = fuzz(target, total * share // 100)
        if status:
            print(f"fuzz: {target} failed; its finding is in fuzz/work/{target}", file=sys.stderr)
            return status
    print(f"fuzz: {total} executions, no finding, {time.monotonic() - started:.0f} s")
    return 0


def fuzz(target: str, runs: int) -> int:
    """Runs one target, and gives the exit status of its process."""
    work = HERE / "work" / target
    work.mkdir(parents=True, exist_ok=True)
    # libFuzzer counts the seeds among its runs.
    folders = (str(work), str(HERE / "corpus" / target))
    started = time.monotonic()
    command = (sys.executable, str(HERE / "fuzz_run.py"), target, f"-runs={runs}", f"-artifact_prefix={work}/finding-", *_OPTIONS)
    status = subprocess.run((*command, *folders), check=False).returncode
    print(f"fuzz: {target}: {runs} executions in {time.monotonic() - started:.0f} s", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
