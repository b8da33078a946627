"""What one reading of each text gains: another checkout against this one, for the functions that read a text several times.

Usage: python benchmarks/readings.py OTHER_CHECKOUT [--rounds N]

Each checkout runs in a process of its own. The processes take turns: the parent writes the name of a task to one of them, waits for
its line with the processor seconds and the answer, then asks the other one, so that a slow moment of the machine affects both.
Prints for each task the median of the ratios other/this: more than 1 means that this checkout is faster. Fails if answers differ.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

ROOT = Path(__file__).parents[1]
NOW: Final = 1706601609
_SECONDS: Final = 0.02  # that a turn takes, about
_CONTENT: Final = {
    "action": 1,
    "call_id": "1441-1",
    "call_type": 2,
    "invited_list": ["bob"],
    "room_id": 7,
    "group_id": "@TGS#2WALRUSX",
    "timeout": 30,
    "version": 4,
}
_CHAT: Final = {"action": 1, "chatType": 1, "sender": "alice", "nickname": "Alice", "content": "hi"}


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _call(content: Mapping[str, object]) -> str:
    return _text({"entity": {"action": 2, "chatType": 2, "sender": "alice", "content": _text(content), "sendTime": NOW - 9}})


CHAT, CALL = _text({"entity": _CHAT}), _call(_CONTENT)
FAULTY_CHAT, FAULTY_CALL = _text({"entity": {**_CHAT, "sender": 12}}), _call({**_CONTENT, "room_id": "7"})


class Task(NamedTuple):
    """A call to time, and what of its result both checkouts must have alike."""

    call: Callable[[], Any]
    shown: Callable[[Any], Any]


def tasks() -> dict[str, Task]:
    """The tasks by name."""
    import pushcodec as pc
    from pushcodec.lint import lint_text

    def decoded(text: str) -> object:
        try:
            return pc.decode_ext(text)
        except pc.DecodeError as error:
            return error

    def linting(text: str) -> Task:
        return Task(partial(lint_text, text), lambda found: [(*_place(each), each.start.offset, each.end.offset) for each in found])

    def comparing(text: str) -> Task:
        return Task(partial(pc.compare, text, now=NOW), lambda found: found.to_dict())

    def decoding(text: str) -> Task:
        return Task(partial(decoded, text), lambda found: list(map(_place, getattr(found, "violations", ()))) or repr(found))

    notification = _text({"aps": {"alert": "hi"}, "custom": CALL})
    return {
        "lint_text, call with a wrong type in its content": linting(FAULTY_CALL),
        "lint_text, chat with a wrong type": linting(FAULTY_CHAT),
        "lint_text, call cut": linting(CALL[:-9]),
        "lint_text, valid call": linting(CALL),
        "lint_text, valid chat": linting(CHAT),
        "lint_text, valid TPNS notification": linting(notification),
        "compare, valid call": comparing(CALL),
        "compare, valid chat": comparing(CHAT),
        "compare, call with a wrong type in its content": comparing(FAULTY_CALL),
        "compare, call cut": comparing(CALL[:-9]),
        "decode_ext, valid call": decoding(CALL),
        "decode_ext, valid chat": decoding(CHAT),
        "decode_ext, call with a wrong type in its content": decoding(FAULTY_CALL),
        "decode_ext, chat with a wrong type": decoding(FAULTY_CHAT),
    }


def _place(found: Any) -> tuple[Any, ...]:
    """What a violation or a diagnostic names, apart from its words."""
    return found.code, found.pointer, found.embedded


def answer_turns() -> None:
    """Runs the task that each line of standard input names, and writes the seconds of one call and what is shown of its result."""
    gc.disable()
    named = tasks()
    counts: dict[str, int] = {}
    for line in sys.stdin:
        task = named[name := line.strip()]
        if name not in counts:
            task.call()  # what is loaded and built once is not timed
            counts[name] = max(1, round(_SECONDS / _seconds(task.call, 3)))
        print(json.dumps([_seconds(task.call, counts[name]), task.shown(task.call())]), flush=True)
        gc.collect()


def _seconds(call: Callable[[], object], count: int) -> float:
    """The processor time of one call: other processes take none of it."""
    start = time.process_time()
    for _ in range(count):
        call()
    return (time.process_time() - start) / count


class _Checkout:
    """A process that answers the turns with the package of a checkout."""

    def __init__(self, checkout: Path) -> None:
        command = [sys.executable, __file__, "--answer"]
        environment = {**os.environ, "PYTHONPATH": str(checkout / "src")}
        self._process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, name: str) -> tuple[float, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{name}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            sys.exit(f"no answer to {name!r}")
        seconds, answer = json.loads(line)
        return seconds, answer

    def close(self) -> None:
        self._process.communicate()


def main() -> int:
    """Compares the checkouts, or answers turns in a process of one of them."""
    parser = argparse.ArgumentParser(description="Compare another checkout with this one.")
    parser.add_argument("other", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--answer", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.answer:
        answer_turns()
        return 0
    if arguments.other is None:
        parser.error("expected the folder of another checkout")
    checkouts = _Checkout(arguments.other), _Checkout(ROOT)
    differing = [name for name in tasks() if not _compare(name, checkouts, arguments.rounds)]
    for checkout in checkouts:
        checkout.close()
    if differing:
        print(f"readings: the answers differ: {', '.join(differing)}", file=sys.stderr)
    return int(bool(differing))


def _compare(name: str, checkouts: tuple[_Checkout, _Checkout], rounds: int) -> bool:
    """Prints the times of a task; whether both checkouts give the same answer."""
    turns = [(checkouts[0].ask(name), checkouts[1].ask(name)) for _ in range(rounds)]
    others, these = ([turn[index][0] for turn in turns] for index in (0, 1))
    ratio = statistics.median(other / this for other, this in zip(others, these, strict=True))
    times = " -> ".join(f"{statistics.median(each) * 1e6:.0f}" for each in (others, these))
    print(f"readings: {name}: {ratio:.2f} times as fast ({times} us)", flush=True)
    other, this = (answer for _, answer in turns[0])
    return bool(other == this)


if __name__ == "__main__":
    sys.exit(main())
