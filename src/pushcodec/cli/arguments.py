"""Options that several commands have, and the types of arguments.

The definitions that an argument is checked with are loaded only if the argument is given.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser, ArgumentTypeError, _ActionsContainer
from collections.abc import Collection
from functools import partial

from msgspec import Struct

from pushcodec.cli.placeholders import CARRIER_NAMES, CLIENT_NAMES, FAMILY_NAMES, KIND_NAMES
from pushcodec.suggest import did_you_mean


class FileOptions(Struct, frozen=True, kw_only=True):
    """The options of a command that works on each document of some files."""

    files: list[str]
    stdin_filename: str | None
    json: bool


class CarrierOptions(FileOptions, frozen=True, kw_only=True):
    """The options of a command that works on each ext of some files."""

    carrier: str | None


class ClientOptions(CarrierOptions, frozen=True, kw_only=True):
    """The options of a command that shows what one client does with each ext."""

    now: int | None
    client: str
    logged_out: bool
    ios9: bool


def clock(now: int | None) -> int:
    """The phone's clock in unix seconds: `--now`, or without it this machine's clock."""
    return int(time.time()) if now is None else now


# Options


def add_files(parser: ArgumentParser) -> None:
    """The destinations of `FileOptions`."""
    text = "a file, a folder, a glob, or - for standard input (the default)"
    parser.add_argument("files", nargs="*", default=["-"], metavar="FILE", help=text)
    add_stdin_filename(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def add_carrier(parser: ArgumentParser) -> None:
    """The destinations of `CarrierOptions`."""
    add_files(parser)
    text = f"the form of each document: {CARRIER_NAMES}, or a family of forms: {FAMILY_NAMES} (default: found by looking)"
    parser.add_argument("--carrier", type=carrier_name, metavar="NAME", help=text)


def add_client(parser: ArgumentParser) -> None:
    """The destinations of `ClientOptions`."""
    add_carrier(parser)
    add_clock(parser)
    parser.add_argument("--client", type=client_name, default="ios-6.0", metavar="NAME", help=f"{CLIENT_NAMES} (default: ios-6.0)")
    parser.add_argument("--logged-out", action="store_true", help="no user is logged in")
    parser.add_argument("--ios9", action="store_true", help="below iOS 10: the notification is the dictionary itself")


def add_stdin_filename(parser: _ActionsContainer) -> None:
    """`--stdin-filename`."""
    text = "the name of what comes on standard input, such as log.ndjson.gz (default: found by looking)"
    parser.add_argument("--stdin-filename", metavar="NAME", help=text)


def add_kind(parser: _ActionsContainer) -> None:
    """`--kind`."""
    text = f"what each document is: {KIND_NAMES} (default: found by looking)"
    parser.add_argument("--kind", type=kind_name, metavar="NAME", help=text)


def add_clock(parser: ArgumentParser) -> None:
    """`--now`, without which this machine's clock is used."""
    parser.add_argument("--now", type=unix_seconds, help="the phone's clock in unix seconds (default: this machine's)")


def add_force(parser: _ActionsContainer) -> None:
    """`--force`."""
    text = "overwrite an existing file of another kind, but never one that contains a payload"
    parser.add_argument("--force", action="store_true", help=text)


def add_choice(parser: _ActionsContainer, option: str, choices: tuple[str, ...], default: str, text: str) -> None:
    """An option that is one of a few names. An error names the closest of them."""
    parser.add_argument(option, type=partial(_one_of, names=choices), choices=choices, default=default, help=text)


# Types of arguments


def comma_separated(text: str) -> list[str]:
    """The parts of a text between commas that are not blank."""
    return [part.strip() for part in text.split(",") if part.strip()]


def file_name(text: str) -> str:
    """A name that is not empty: an empty one comes from an unset variable of the shell, and does not ask for no output."""
    if not text:
        raise ArgumentTypeError("expected the name of a file, got an empty one")
    return text


def unix_seconds(text: str) -> int:
    """A clock in unix seconds."""
    if not (text.isascii() and text.isdigit() and len(text) <= 20):
        raise ArgumentTypeError("expected unix seconds, a non-negative integer")
    return int(text)


def kind_name(name: str) -> str:
    """The name of a form of document, of a family of forms, or of a schema."""
    from pushcodec.inspection import KINDS

    return _one_of(name, KINDS)


def carrier_name(name: str) -> str:
    """The name of a form of document, or of a family of forms."""
    from pushcodec.cli.origins import FAMILIES
    from pushcodec.documents import Carrier

    return _one_of(name, (*Carrier, *FAMILIES))


def target_name(name: str) -> str:
    """The name of a form that `convert` writes."""
    from pushcodec.conversion import Target

    return _one_of(name, tuple(Target))


def source_name(name: str) -> str:
    """The name of a form, or of a family of forms, that `convert` reads."""
    from pushcodec.conversion import SOURCES

    return _one_of(name, SOURCES)


def form_name(name: str) -> str:
    """The name of a form of document, or `auto`."""
    from pushcodec.documents import Carrier

    return _one_of(name, (*Carrier, "auto"))


def client_name(name: str) -> str:
    """The name of a client."""
    from pushcodec.clients.table import CLIENTS

    return _one_of(name, tuple(CLIENTS))


def client_names(text: str) -> tuple[str, ...]:
    """The names of one or more clients, separated by commas."""
    names = tuple(map(client_name, comma_separated(text)))
    if not names:
        raise ArgumentTypeError("expected the name of one client at least")
    return names


def _one_of(name: str, names: Collection[str]) -> str:
    if name not in names:
        raise ArgumentTypeError(f"invalid choice: {name!a} (choose from {', '.join(names)}){did_you_mean(name, names)}")
    return name
