"""A Celery task that decodes a log with one payload on each line. Usage: python examples/celery_drain.py FILE.ndjson...

The message contains the name of the file, not its payloads. The task takes constant memory, whatever the length of the file. Here
the broker and the worker run in this process. A real queue has another `broker`, and its own workers.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from celery import Celery
from celery.contrib.testing.worker import start_worker

from pushcodec import fast

app = Celery("drain", broker="memory://", backend="cache+memory://")
DECODER = fast.Decoder()  # one for all tasks: threads can share it


@app.task
def drain(path: str) -> dict[str, int]:
    """The number of lines with a chat, with a call, and with a first fault of each code: `{"CHAT": 3, "PC101": 1}`."""
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
