"""What the commands on one payload a file share: each file read and worked on, and lines printed."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO

from pushcodec.cli.status import BAD, COULD_NOT_RUN, GOOD, complain
from pushcodec.cli.streams import input_bytes, write_error, write_machine, write_text
from pushcodec.errors import PushCodecError, Violation, printable
from pushcodec.jsontext import DEFAULT_LIMITS


def for_each(arguments: argparse.Namespace, work: Callable[[str, bytes], int], most: int = DEFAULT_LIMITS.max_bytes + 1) -> int:
    """Does the work on every file; a file that can't be read or is bad stops no other. The worst status counts."""
    status = GOOD
    for name in arguments.files:
        data = read_file(name, most)
        if data is None:
            status = COULD_NOT_RUN
            continue
        try:
            status = max(status, work(name, data))
        except PushCodecError as error:
            if arguments.json:
                print_json({"file": name, "violations": [violation.to_dict() for violation in error.violations]})
            else:
                print_violations(name, error.violations, write_error)
            status = max(status, BAD)
    return status


def read_file(name: str, most: int) -> bytes | None:
    try:
        with open_named(name) as source:
            return source.read(most)
    except OSError as error:
        complain(f"{printable(name)}: {error.strerror}")
        return None


def open_named(name: str) -> AbstractContextManager[IO[bytes]]:
    return nullcontext(input_bytes()) if name == "-" else Path(name).open("rb")


def print_line(text: str) -> None:
    write_text(text + "\n")


def print_json(value: object) -> None:
    write_machine(json.dumps(value) + "\n")


def print_violations(name: str, violations: Iterable[Violation], write: Callable[[str], None]) -> None:
    for violation in violations:
        write(f"{printable(name)}: {violation}\n")
