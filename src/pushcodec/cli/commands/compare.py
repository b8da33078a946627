"""`pushcodec compare`: what a tap does on each client, as a table with a row for each payload, and the reasons for differences."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from pushcodec.cli.arguments import FileOptions, add_clock, add_files, client_names, clock
from pushcodec.cli.files import Answer, Files, for_each, json_line
from pushcodec.cli.placeholders import CLIENT_NAMES
from pushcodec.cli.status import BAD, GOOD
from pushcodec.cli.streams import write_machine, write_text
from pushcodec.cli.taps import MAX_FILE, TappedExt, answer_each
from pushcodec.clients.comparison import Comparison, compare
from pushcodec.clients.effects import EffectKind
from pushcodec.clients.table import CLIENTS
from pushcodec.display import columns, readable, shown_name

_WIDEST_FILE = 60
_WIDTH = max(map(len, EffectKind))


class Options(FileOptions, frozen=True, kw_only=True):
    """The options of `compare`."""

    now: int | None
    clients: tuple[str, ...] | None


def add_options(parser: ArgumentParser) -> None:
    """The destinations of `Options`."""
    add_files(parser)
    add_clock(parser)
    text = f"{CLIENT_NAMES}, separated by commas (default: all)"
    parser.add_argument("--clients", type=client_names, metavar="NAMES", help=text)


def run(options: Options) -> int:
    """Compares each document; returns the exit status, 1 if a client crashes or the clients disagree."""
    now = clock(options.now)
    clients = options.clients or tuple(CLIENTS)
    files = Files.of(options)
    names = min(_WIDEST_FILE, max((columns(shown_name(name)) for name in files.names), default=0))
    if not options.json:
        write_text(_row("", [CLIENTS[client].title for client in clients], "agree", names) + "\n")

    def compare_one(name: str, ext: TappedExt) -> Answer:
        found = compare(ext.ext, now=now, clients=clients, readings=ext.readings)
        status = GOOD if found.agree and not found.crashes else BAD
        if options.json:
            return Answer(status, json_line({"file": readable(name), **ext.origin, **_record(found)}), write_machine)
        return Answer(status, "".join(f"{line}\n" for line in _lines(name, found, names)))

    return for_each(files, lambda name, data: answer_each(name, data, compare_one), most=MAX_FILE)


def _record(found: Comparison) -> dict[str, Any]:
    """As `Comparison.to_dict`, with a message for each outcome."""
    record = found.to_dict()
    clients = {
        name: {**effect, "message": CLIENTS[name].describe(found.effects[name].outcome)}
        for name, effect in record["clients"].items()
    }
    return {**record, "clients": clients}


def _lines(name: str, found: Comparison, names: int) -> Iterator[str]:
    """The row of a payload. If clients crash or disagree, a line follows for each outcome with the clients that have it."""
    why = f" ({'; '.join(each.why for each in found.unavoidable)})" if found.agree and found.unavoidable else ""
    yield _row(shown_name(name), [effect.kind for effect in found.effects.values()], f"{_AGREE[found.agree]}{why}", names)
    if found.agree and not found.crashes:
        return
    reasons: dict[str, list[str]] = {}
    for client, effect in found.effects.items():
        reasons.setdefault(CLIENTS[client].describe(effect.outcome), []).append(CLIENTS[client].title)
    for reason, titles in reasons.items():
        yield f"  {', '.join(titles)}: {reason}"


_AGREE = {True: "yes", False: "no"}


def _row(name: str, cells: list[str], agree: str, names: int) -> str:
    return " ".join([name + " " * (names - columns(name)), *(f"{cell:<{_WIDTH}}" for cell in cells), agree])
