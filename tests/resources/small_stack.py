"""Runs the fuzzer's targets over its corpus and over nested texts, in a thread whose stack has the KiB of the first argument.

A separate program (`test_resources` runs it), because an overflow of the stack ends the process. A target raises if the library
raises an exception that is not its own, and if answers differ. Prints a row for each target with the names of what it raised.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "fuzz"))

import fuzz_corpus  # only now: its folder is on the path
from deep_texts import CHAT, CONTENT, call, nested
from fuzz_targets import TARGETS

DEPTHS = (14, 15, 16, 31, 32, 33, 127, 128, 129, 500, 5000)


def deep_texts() -> Iterator[str]:
    """Nested values at each place that a reader reads or skips."""
    for levels in DEPTHS:
        for value in (nested(levels), nested(levels, '{"a":', "}")):
            yield value
            yield CHAT % value
            yield call(CONTENT % value)
            yield f'{{"entity":{value}}}'
            yield f'{{"custom":{value}}}'
            yield f'{{"aps":{{}},"ext":{json.dumps(CHAT % value)}}}'
            yield f'{{"action":{value},"chatType":1,"sender":{value}}}'


def raised(target: str, text: bytes) -> str:
    """The name of the exception that the target raises for the text, or an empty string."""
    try:
        TARGETS[target](text)
    except Exception as error:
        return type(error).__name__
    return ""


def main() -> None:
    texts = [*fuzz_corpus.read(), *(text.encode() for text in deep_texts())]

    def work() -> None:
        for target in TARGETS:
            found = {name for text in texts if (name := raised(target, text))}
            sys.stdout.write(f"{target} | {len(texts)} | {', '.join(sorted(found))}\n")

    for target in TARGETS:  # imports at the first use need more stack
        raised(target, (CHAT % "1,").encode())
    threading.stack_size(int(sys.argv[1]) * 1024)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


if __name__ == "__main__":
    main()
