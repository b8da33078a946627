"""Measurements that need a process of their own: the memory of a contender, and the growth of a process over a long stream.

`run.py` starts this file and writes the texts to its standard input, one a line, so that this process loads little beside what it
measures. Prints one JSON object.

Usage: python alone.py memory CONTENDER | python alone.py stream COUNT ...
"""

from __future__ import annotations

import gc
import itertools
import json
import resource
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, TypeAlias

from contenders import BASELINE, CONTENDERS, NOW

_Stream: TypeAlias = Callable[[IO[bytes]], Iterable[Any]]

_STEP = 1000  # lines of one stream before the next stream takes its turn
_FEWEST = 20_000  # lines that each time is measured over, at least
_STATUS = Path("/proc/self/status")


def memory(name: str, texts: Sequence[str]) -> dict[str, int]:
    """The memory that a contender takes: `{"process_mib": peak of the process in MiB, "answer_bytes": bytes of one answer}`."""
    (contender,) = (contender for contender in CONTENDERS if contender.name == name)
    loop = contender.ready().loop
    raw = [text.encode() for text in texts]
    loop(raw)
    process = _peak_mib()
    tracemalloc.start()
    answers = loop(raw)
    held, _ = tracemalloc.get_traced_memory()
    return {"process_mib": round(process), "answer_bytes": held // len(answers)}


def stream(lines: Sequence[str], counts: Sequence[int]) -> dict[str, Any]:
    """The time of a line as a ratio to the baseline, for each count of lines, and the growth of the process after the first count.

    Returns `{"lines": {count: {stream: ratio}}, "growth_mib": MiB}`.
    """
    from orjson import loads

    from pushcodec import fast

    trusted, default = fast.Decoder(trusted=True), fast.Decoder()
    streams: dict[str, _Stream] = {
        BASELINE: lambda source: (loads(line) for line in source),
        "route_lines, trusted": lambda source: trusted.route_lines(source, now=NOW),
        "route_lines": lambda source: default.route_lines(source, now=NOW),
        "decode_lines": default.decode_lines,
    }
    blob = "".join(line + "\n" for line in lines).encode()
    gc.disable()
    before, ratios = 0.0, {}
    for count in counts:
        seconds = dict.fromkeys(streams, 0.0)
        for _ in range(max(1, _FEWEST // count)):
            _run_in_step(streams, blob, count // len(lines), seconds)
        ratios[str(count)] = {name: round(taken / seconds[BASELINE], 2) for name, taken in seconds.items() if name != BASELINE}
        before = before or _peak_mib()
    return {"lines": ratios, "growth_mib": round(_peak_mib() - before, 1)}


def _run_in_step(streams: dict[str, _Stream], blob: bytes, times: int, seconds: dict[str, float]) -> None:
    """Reads all streams to their ends, some lines of each in turn, so that a slow moment of the machine affects all of them.

    Adds the seconds that each stream took to `seconds`.
    """
    from pushcodec.ndjson import stream as open_stream

    results = {name: iter(read(open_stream(_chunks(blob, times)))) for name, read in streams.items()}
    while results:
        for name, each in list(results.items()):
            start = time.perf_counter()
            found = sum(1 for _ in itertools.islice(each, _STEP))
            seconds[name] += time.perf_counter() - start
            if found < _STEP:
                del results[name]


def _chunks(blob: bytes, times: int) -> Iterator[bytes]:
    """The blob `times` times, in chunks that end anywhere in a line."""
    third = len(blob) // 3
    parts = (blob[:third], blob[third : 2 * third], blob[2 * third :])
    return itertools.chain.from_iterable(itertools.repeat(parts, times))


def _peak_mib() -> float:
    """The peak memory of this process so far, in MiB. `ru_maxrss` would include the peak of the parent, which Linux inherits."""
    if _STATUS.exists():
        (line,) = (line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


def ask(arguments: Sequence[str], texts: Sequence[str]) -> dict[str, Any]:
    """The JSON object that this file prints in a process of its own for these arguments and texts."""
    command = [sys.executable, __file__, *arguments]
    done = subprocess.run(command, input="\n".join(texts).encode(), stdout=subprocess.PIPE, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def main() -> None:
    """Measures what the arguments name, and prints it as JSON."""
    what, *arguments = sys.argv[1:]
    texts = sys.stdin.read().split("\n")
    print(json.dumps(memory(arguments[0], texts) if what == "memory" else stream(texts, [int(count) for count in arguments])))


if __name__ == "__main__":
    main()
