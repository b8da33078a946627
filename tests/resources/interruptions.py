"""A KeyboardInterrupt in the midst of everything, and whether what follows is answered as ever.

A program of its own, since it takes over the tracing and the signals of the process. First one is raised at the n-th step of
Python, for as many n as the first argument says, spread over the whole work, caches empty; then as many come as signals, anywhere.
Prints how many there were, how many came out, and how many times the answers were then wrong.
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
    """What every verb says of every text."""
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


def forget() -> None:
    """Empties what is kept between calls, so that its making is interrupted too."""
    validation._validator.cache_clear()
    schemafiles.schema_text.cache_clear()


class Unheard:
    """Counts the interrupts that Python itself drops, in generators that are being closed: nobody is there to hear of them."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, unraisable: sys.UnraisableHookArgs) -> None:
        assert unraisable.exc_type is KeyboardInterrupt
        self.count += 1


UNHEARD = Unheard()


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
    forget()
    sys.settrace(countdown)
    work()
    sys.settrace(None)
    return countdown.steps


def interrupted_at(step: int) -> bool:
    """Whether the interrupt at that step came out of the work."""
    forget()
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


def work_on(unheard: int) -> None:
    """Works until an interrupt comes, or one more was dropped."""
    while UNHEARD.count == unheard:
        work()


def interrupted_after(seconds: float) -> bool:
    """Whether a signal that comes after so long, wherever the work then is, came out of it."""
    forget()
    before = UNHEARD.count
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        work_on(before)  # a loop in here would lose this handler on its way back, in Python 3.13
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
    sys.unraisablehook = UNHEARD
    signal.signal(signal.SIGALRM, interrupt)
    expected = work()
    steps = steps_of_work()
    report("steps", (partial(interrupted_at, step) for step in range(1, steps, steps // times)), expected)
    dice = random.Random(0)
    report("signals", (partial(interrupted_after, dice.uniform(0.0001, 0.05)) for _ in range(times)), expected)
    sys.stdout.write(f"unheard | {UNHEARD.count}\n")


if __name__ == "__main__":
    main()
