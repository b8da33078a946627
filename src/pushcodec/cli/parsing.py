"""The command line as argparse reads it: the commands, and the options object of the command that is named.

Each command is a module of `pushcodec.cli.commands` with three names: `Options`, a frozen struct with a field for each destination
of its parser, `add_options(parser)`, and `run(options)`, which returns the exit status. Only the module of the named command is
loaded. `argparse.Namespace` is used in this module only.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any, Final, TypeVar

from pushcodec.cli.placeholders import with_names
from pushcodec.cli.streams import write_error, write_text
from pushcodec.display import shown_name
from pushcodec.suggest import did_you_mean
from pushcodec.version import __version__

COMMANDS: Final = {
    "lint": "Lint sample payloads: what is wrong, where, why, and how to fix it.",
    "rule": "Explain rules of the linter, by code or by name.",
    "decode": "Decode payloads; the signaling content of a call is shown as an object.",
    "encode": "Encode what `decode` shows to the compact text of an ext.",
    "convert": "Write the same push in another form, and report what that form cannot express.",
    "validate": "List every violation, of the document and of the texts inside it.",
    "route": "Show what a client does when the notification is tapped.",
    "compare": "Compare what a tap does on every client.",
    "columns": "Write payloads with their verdicts and values in columns, as Parquet.",
    "report": "Count payloads by outcome, violation, sender's fault and size.",
    "explain": "Explain how a client decides: each step, and the value that it saw.",
    "schema": "Print a schema; without a name, list them.",
}
"""The commands, which are the modules of `pushcodec.cli.commands`, and the help of each."""

_Options = TypeVar("_Options")


def parse(words: list[str]) -> Callable[[], int]:
    """The command of a command line with its options, as a function that runs it and returns the exit status.

    Raises SystemExit for a wrong command line, and for one that asks for help or for the version.
    """
    parser = _Parser(
        prog="pushcodec",
        description="Codec, linter and validator for Tencent IM offline-push payloads, with a mirror of the client.",
        epilog="Exit status: 0 good, 1 a bad payload, 2 could not run.",
        formatter_class=_formatter,
    )
    parser.add_argument("--version", action="version", version=f"pushcodec {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", prog="pushcodec")
    named = next((word for word in words if not word.startswith("-")), None)
    if named is not None and named not in COMMANDS and words[0] == named:
        parser.error(f"no command is {named!a}: expected one of {', '.join(COMMANDS)}{did_you_mean(named, COMMANDS)}")
    command, module = parser, None
    for name, text in COMMANDS.items():
        added = commands.add_parser(name, help=text, description=text, formatter_class=_formatter)
        if name == named:
            command, module = added, command_module(name)
            module.add_options(added)
    arguments, unknown = parser.parse_known_args(words)
    if unknown:
        option = unknown[0].partition("=")[0]
        hint = did_you_mean(option, command._option_string_actions) if option.startswith("--") else ""
        command.error(f"unrecognized arguments: {' '.join(unknown)}{hint}")
    assert module is not None  # without a command argparse raises SystemExit
    return partial(module.run, options_from(arguments, module.Options))


def command_module(name: str) -> ModuleType:
    """The module of a command."""
    return import_module(f"pushcodec.cli.commands.{name}")


def options_from(arguments: argparse.Namespace, kind: type[_Options]) -> _Options:
    """The options object of a command. Its class has exactly the destinations of the command's parser."""
    return kind(**vars(arguments))


def _without_colors(kind: Any) -> dict[str, bool]:
    """The option of a class of argparse that turns colours off, in the Pythons that have it.

    With colours argparse asks whether standard output is a terminal, but that may be closed, or have no descriptor.
    """
    return {"color": False} if "color" in kind.__init__.__code__.co_varnames else {}


class _Parser(argparse.ArgumentParser):
    """A parser that writes its help and its errors as the commands write theirs."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, **_without_colors(argparse.ArgumentParser)})

    def _print_message(self, message: str, file: Any = None) -> None:
        if file is sys.stdout:
            write_text(message)
        else:
            write_error("".join(f"{shown_name(line)}\n" for line in message.splitlines()))


def _formatter(prog: str) -> argparse.HelpFormatter:
    """A formatter as wide as the terminal. Without a width argparse loads shutil, which loads three compression modules."""
    try:
        width = os.get_terminal_size().columns
    except OSError:
        width = 80
    return _Formatter(prog, width=width - 2, **_without_colors(argparse.HelpFormatter))


class _Formatter(argparse.HelpFormatter):
    """A formatter that inserts the names of clients and kinds, and does not break names at hyphens."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        import textwrap  # loaded only when help is printed

        return textwrap.wrap(" ".join(with_names(text).split()), width, break_on_hyphens=False)
