"""`pushcodec compare`: what a tap does on each client, as a table with a row for each payload, and the reasons for differences."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from pushcodec.cli.arguments import CarrierOptions, add_carrier, add_clock, client_names, clock
from pushcodec.cli.files import Answer, json_line
from pushcodec.cli.placeholders import CLIENT_NAMES
from pushcodec.cli.status import BAD, GOOD
from pushcodec.cli.streams import write_machine
from pushcodec.cli.taps import TappedExt, files_of, for_each_ext
from pushcodec.clients.comparison import Comparison, compare
from pushcodec.clients.effects import EffectKind
from pushcodec.clients.table import CLIENTS
from pushcodec.display import columns, readable, shown_name

_WIDEST_FILE = 60
_WIDTH = max(map(len, EffectKind))


class Options(CarrierOptions, frozen=True, kw_only=True):
    """The options of `compare`."""

    now: int | None
    clients: tuple[str, ...] | None


def add_options(parser: ArgumentParser) -> None:
    """The destinations of `Options`."""
    add_carrier(parser)
    add_clock(parser)
    text = f"{CLIENT_NAMES}, separated by commas (default: all)"
    parser.add_argument("--clients", type=client_names, metavar="NAMES", help=text)


def run(options: Options) -> int:
    """Compares the clients on each ext; returns the exit status.

    It is 1 if the clients disagree, if one crashes, and if all of them lose the payload for a reason that it could avoid.
    """
    now = clock(options.now)
    clients = options.clients or tuple(CLIENTS)
    files = files_of(options)
    names = min(_WIDEST_FILE, max((columns(shown_name(name)) for name in files.names), default=0))
    head = [_row("", [CLIENTS[client].title for client in clients], "agree", "ext in", names)]

    def compare_one(name: str, ext: TappedExt) -> Answer:
        found = compare(ext.ext, now=now, clients=clients, readings=ext.readings)
        note = next(filter(None, map(ext.note, (CLIENTS[client] for client in clients))), "")
        status = GOOD if _is_good(found) else BAD
        if options.json:
            return Answer(status, json_line({"file": readable(name), **ext.origin, **_record(found, note)}), write_machine)
        lines = [*head, *_lines(name, ext.way, note, found, names)]
        head.clear()  # it is written once, above the first row
        return Answer(status, "".join(f"{line}\n" for line in lines))

    return for_each_ext(options, files, compare_one)


def _is_good(found: Comparison) -> bool:
    return found.agree and not found.crashes and not found.is_lost


def _record(found: Comparison, note: str) -> dict[str, Any]:
    """As `Comparison.to_dict`, with a message for each outcome, and with a note if there is one."""
    record = found.to_dict()
    clients = {
        name: {**effect, "message": CLIENTS[name].describe(found.effects[name].outcome)}
        for name, effect in record["clients"].items()
    }
    return {**record, **({"note": note} if note else {}), "clients": clients}


def _lines(name: str, way: str, note: str, found: Comparison, names: int) -> Iterator[str]:
    """The row of an ext, with the way to it, and lines with the reasons.

    If clients disagree or crash, or all lose the payload, there is one for each outcome with the clients that have it.
    """
    yield _row(shown_name(name), [effect.kind for effect in found.effects.values()], _AGREE[found.agree], way, names)
    if note:
        yield f"  {note}"
    if found.agree:
        yield from (f"  {each.why}" for each in found.unavoidable)
    if _is_good(found):
        return
    reasons: dict[str, list[str]] = {}
    for client, effect in found.effects.items():
        reasons.setdefault(CLIENTS[client].describe(effect.outcome), []).append(CLIENTS[client].title)
    for reason, titles in reasons.items():
        yield f"  {', '.join(titles)}: {reason}"


_AGREE = {True: "yes", False: "no"}


def _row(name: str, cells: list[str], agree: str, way: str, names: int) -> str:
    return " ".join([name + " " * (names - columns(name)), *(f"{cell:<{_WIDTH}}" for cell in cells), f"{agree:<5}", way])
