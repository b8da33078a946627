"""Raises a KeyboardInterrupt at many points of the work and checks that later answers are unchanged.

A separate program, because it replaces the trace function and a signal handler of the process. First it raises one at the n-th
step of Python, for as many n, spread over the whole work, as the first argument says, with empty caches; then it sends as many
signals at random times. Prints how many there were, how many were raised, and how often the answers were wrong afterwards.
"""

from __future__ import annotations

import math
import random
import signal
import sys
from collections.abc import Callable, Iterable
from functools import partial
from types import FrameType
from typing import Any, NoReturn

from payloads import c2c_chat, compact, ext, group_call, group_content

import pushcodec as pc
from pushcodec import schemafiles, validation

DECODER = pc.fast.Decoder()
TEXTS = [
    compact(ext(c2c_chat())),
    compact(ext(group_call(group_content(x=[0])))),
    compact(ext(group_call(group_content(timeout="30")))),
    compact(ext(c2c_chat(x=[1e9])))[:-2] + ',"x":0,}}',
]


def answer(verb: Callable[[str], Any], text: str) -> Any:
    try:
        return verb(text)
    except pc.PushCodecError as error:
        return error.violations


def work() -> list[Any]:
    """The answer of every function for every text."""
    verbs: tuple[Callable[[str], Any], ...] = (
        pc.decode_ext,
        DECODER.decode,
        lambda text: DECODER.route(text, now=0),
        lambda text: pc.receive({"custom": text}, now=0),
        lambda text: list(pc.iter_violations(text)),
        lambda text: pc.encode_ext(pc.decode_ext(text)),
        pc.lint.lint_text,
    )
    return [answer(verb, text) for verb in verbs for text in TEXTS]


def clear_caches() -> None:
    """Empties the caches, so that filling them is interrupted, too."""
    validation._validator.cache_clear()
    schemafiles.schema_text.cache_clear()


class Unraisable:
    """Counts the interrupts that Python drops because they occur while it closes a generator."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, unraisable: sys.UnraisableHookArgs) -> None:
        assert unraisable.exc_type is KeyboardInterrupt
        self.count += 1


UNRAISABLE = Unraisable()


class Countdown:
    """A trace function that raises a KeyboardInterrupt at the n-th step."""

    def __init__(self, last: float) -> None:
        self.last = last
        self.steps = 0

    def __call__(self, frame: FrameType, event: str, _: object) -> Any:
        self.steps += 1
        if self.steps == self.last:
            raise KeyboardInterrupt
        return self


def steps_of_work() -> int:
    countdown = Countdown(math.inf)
    clear_caches()
    sys.settrace(countdown)
    work()
    sys.settrace(None)
    return countdown.steps


def interrupted_at(step: int) -> bool:
    """True if the interrupt at the step was raised out of the work."""
    clear_caches()
    sys.settrace(Countdown(step))
    try:
        work()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(None)
    return False


def interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def work_on(dropped: int) -> None:
    """Works until an interrupt is raised, or one more was dropped."""
    while UNRAISABLE.count == dropped:
        work()


def interrupted_after(seconds: float) -> bool:
    """True if a signal that is sent after this time was raised out of the work."""
    clear_caches()
    before = UNRAISABLE.count
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        work_on(before)  # with a loop here, Python 3.13 would miss this handler at the jump back
    except KeyboardInterrupt:
        return True
    return False


def report(kind: str, interruptions: Iterable[Callable[[], bool]], expected: list[Any]) -> None:
    count = raised = wrong = 0
    for interruption in interruptions:
        count += 1
        raised += interruption()
        wrong += work() != expected
    sys.stdout.write(f"{kind} | {count} | {raised} | {wrong}\n")


def main() -> None:
    times = int(sys.argv[1])
    sys.unraisablehook = UNRAISABLE
    signal.signal(signal.SIGALRM, interrupt)
    expected = work()
    steps = steps_of_work()
    report("steps", (partial(interrupted_at, step) for step in range(1, steps, steps // times)), expected)
    dice = random.Random(0)
    report("signals", (partial(interrupted_after, dice.uniform(0.0001, 0.05)) for _ in range(times)), expected)
    sys.stdout.write(f"dropped | {UNRAISABLE.count}\n")


if __name__ == "__main__":
    main()
