"""The fuzzer's targets over its corpus and over nested texts, in a thread whose stack has as many KiB as the first argument says.

A program of its own (`test_resources` runs it), so that a stack that overflows ends it and not the tests. A target raises for an
exception that is not the library's, and for answers that differ. Prints a row for each target, or for what it raised.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "fuzz"))

import fuzz_corpus  # its folder is on the path only now
from deep_texts import CHAT, CONTENT, call, nested
from fuzz_targets import TARGETS

DEPTHS = (14, 15, 16, 31, 32, 33, 127, 128, 129, 500, 5000)


def deep_texts() -> Iterator[str]:
    """Nested values in each place that a reader enters or skips."""
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
    """The name of what the target raises for the text, or nothing."""
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

    for target in TARGETS:  # what is imported only when it is used takes a stack of its own
        raised(target, (CHAT % "1,").encode())
    threading.stack_size(int(sys.argv[1]) * 1024)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


if __name__ == "__main__":
    main()
