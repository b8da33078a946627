"""`pushcodec compare`: what a tap comes to on each client, as a table with a row a payload, and where they disagree, why."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator

from pushcodec.cli.files import print_json, print_line
from pushcodec.cli.phones import MAX_FILE, describe, ext_of
from pushcodec.cli.progress import Progress
from pushcodec.cli.sources import SourceError, chunks, open_file
from pushcodec.cli.status import BAD, COULD_NOT_RUN, GOOD, complain
from pushcodec.clients import CLIENTS, Comparison, compare
from pushcodec.lint.linter import holds_lines
from pushcodec.lint.output.style import columns, shown
from pushcodec.ndjson import lines_within
from pushcodec.routing.effects import EffectKind

_WIDEST_FILE = 60
_WIDTH = max(map(len, EffectKind))


def run_compare(arguments: argparse.Namespace) -> int:
    """Compares each payload, of which a file named `.ndjson` or `.jsonl` holds one a line.

    Gives the exit status: 1 where a client crashes or the clients disagree, 2 when a file can't be read.
    """
    now = int(time.time()) if arguments.now is None else arguments.now
    clients = arguments.clients or tuple(CLIENTS)
    progress = Progress(arguments.files)
    names = min(_WIDEST_FILE, max(columns(shown(name)) for name in arguments.files))
    if not arguments.json:
        print_line(_row("", [CLIENTS[client].title for client in clients], "agree", names))
    status = GOOD
    for file in arguments.files:
        try:
            for name, payload in _payloads(file, progress):
                found = compare(ext_of(payload), now=now, clients=clients)
                progress.clear()
                if arguments.json:
                    print_json({"file": name, **found.to_dict()})
                else:
                    _print_lines(name, found, names)
                status = max(status, GOOD if found.agree and not found.crashes else BAD)
        except SourceError as error:
            progress.clear()
            complain(f"{shown(file)}: {error}")
            status = COULD_NOT_RUN
    progress.clear()
    return status


def _payloads(file: str, progress: Progress) -> Iterator[tuple[str, bytes]]:
    """The payloads of a file and what to call them. Raises SourceError."""
    progress.at(file)
    with open_file(file) as source:
        read = chunks(file, source, progress.add)
        if not holds_lines(file):
            yield file, b"".join(_first(read))
            return
        for line in lines_within(read, MAX_FILE):
            yield f"{file}:{line.number}", line.text


def _first(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """As many chunks of a file as are read."""
    size = 0
    for chunk in chunks:
        yield chunk[: MAX_FILE - size]
        size += len(chunk)
        if size >= MAX_FILE:
            return


def _print_lines(name: str, found: Comparison, names: int) -> None:
    """The row of a payload and, where clients crash or disagree, a line for all that do the same for the same reason."""
    why = f" ({', '.join(found.unavoidable)})" if found.agree and found.unavoidable else ""
    print_line(_row(shown(name), [effect.kind for effect in found.effects.values()], f"{_AGREE[found.agree]}{why}", names))
    if found.agree and not found.crashes:
        return
    reasons: dict[str, list[str]] = {}
    for client, effect in found.effects.items():
        reasons.setdefault(describe(effect.outcome), []).append(CLIENTS[client].title)
    for reason, titles in reasons.items():
        print_line(f"  {', '.join(titles)}: {reason}")


_AGREE = {True: "yes", False: "no"}


def _row(name: str, cells: list[str], agree: str, names: int) -> str:
    return " ".join([name + " " * (names - columns(name)), *(f"{cell:<{_WIDTH}}" for cell in cells), agree])
