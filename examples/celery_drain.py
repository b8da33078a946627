"""A Celery task that drains a log of payloads, a line each. Usage: python examples/celery_drain.py FILE.ndjson...

The message carries the name of the file, not its payloads, and the task takes as much memory for a long file as for a short one.
Broker and worker live in this process here; a real queue has another `broker`, and workers of its own.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from celery import Celery
from celery.contrib.testing.worker import start_worker

from pushcodec import fast

app = Celery("drain", broker="memory://", backend="cache+memory://")
DECODER = fast.Decoder()  # one for all tasks: it is safe to share


@app.task
def drain(path: str) -> dict[str, int]:
    """How many lines hold a chat, a call, or a fault of which code."""
    with Path(path).open("rb") as lines:
        return dict(Counter(map(kind, DECODER.decode_lines(lines))))


def kind(result: fast.Entity | fast.BadLine) -> str:
    if isinstance(result, fast.BadLine):
        return str(result.error.violations[0].code)
    return result.action.name


def main(paths: list[str]) -> None:
    with start_worker(app, pool="solo", perform_ping_check=False):
        for path, result in [(path, drain.delay(path)) for path in paths]:
            print(path, result.get(timeout=60))


if __name__ == "__main__":
    main(sys.argv[1:])
