"""What only a process of its own can tell: how much memory a contender takes, and how a long stream grows it.

`run.py` starts this file; the texts come on standard input, a line each, so little is loaded beside what is measured. Usage:
python alone.py memory CONTENDER | python alone.py stream COUNT ...
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

_STEP = 1000  # lines of each stream in turn
_FEWEST = 20_000  # lines that any time is taken over
_STATUS = Path("/proc/self/status")


def memory(name: str, texts: Sequence[str]) -> dict[str, int]:
    """The most MiB that a process ever held which set up a contender and let it answer, and how many bytes an answer takes."""
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
    """For each count the time of a line as a ratio to the baseline, and how many MiB the process grew after the first count."""
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
    """Reads all streams to their ends, some lines of each in turn, so that a slow spell of the machine hits them all."""
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
    """The blob as often, in chunks that end anywhere."""
    third = len(blob) // 3
    parts = (blob[:third], blob[third : 2 * third], blob[2 * third :])
    return itertools.chain.from_iterable(itertools.repeat(parts, times))


def _peak_mib() -> float:
    """The most memory that this process held so far. `ru_maxrss` would count the parent's too: it is inherited."""
    if _STATUS.exists():
        (line,) = (line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


def ask(arguments: Sequence[str], texts: Sequence[str]) -> dict[str, Any]:
    """What this file answers in a process of its own."""
    command = [sys.executable, __file__, *arguments]
    done = subprocess.run(command, input="\n".join(texts).encode(), stdout=subprocess.PIPE, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def main() -> None:
    """Prints the answer as JSON."""
    what, *arguments = sys.argv[1:]
    texts = sys.stdin.read().split("\n")
    print(json.dumps(memory(arguments[0], texts) if what == "memory" else stream(texts, [int(count) for count in arguments])))


if __name__ == "__main__":
    main()
