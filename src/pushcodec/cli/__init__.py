"""The command line: the only room that touches the world (files, standard streams, the clock).

Exit status: 0 good, 1 a bad payload, 2 could not run. Nothing that a payload or a file name holds reaches the terminal but as
printable text; a traceback never does. What a command needs is loaded when it runs: starting is most of what a small file costs.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import Any, Final, NamedTuple, NoReturn

from pushcodec.cli.process import discard_unwritten, end_by_signal, occupy_closed_descriptors
from pushcodec.cli.status import COULD_NOT_RUN, GOOD, complain, internal_error
from pushcodec.cli.streams import OutputError, ReaderGoneError, flush_output, write_error, write_text
from pushcodec.suggest import did_you_mean
from pushcodec.version import __version__


def main(argv: list[str] | None = None) -> int:
    """Runs one command; returns the exit status, also for `--help` and for a wrong command line.

    Leaves the process as it was: the streams, the signal handlers, the garbage collector.
    """
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except (ReaderGoneError, KeyboardInterrupt):
        return COULD_NOT_RUN


def run_program() -> NoReturn:
    """Runs the command of the process's arguments and ends the process.

    It ends by SIGPIPE when the reader of its output has gone, and by SIGINT on Ctrl-C, as a shell expects of programs: a pipeline
    sees that the command did not finish, and a loop stops.
    """
    occupy_closed_descriptors()
    try:
        status = _run(sys.argv[1:])
    except ReaderGoneError:
        status = end_by_signal("SIGPIPE")
    except KeyboardInterrupt:
        status = end_by_signal("SIGINT")
    discard_unwritten()
    sys.exit(status)


def _run(words: list[str]) -> int:
    """Runs one command; returns the exit status. Raises ReaderGoneError and KeyboardInterrupt."""
    try:
        status = _run_command(words)
        flush_output()
        return status
    except ReaderGoneError:
        raise
    except OutputError as error:
        complain(_shown(str(error)))
    except MemoryError:
        complain("out of memory")
    except Exception as error:
        complain(internal_error(error))
    return COULD_NOT_RUN


def _run_command(words: list[str]) -> int:
    try:
        with _without_collector():
            arguments = _parsed(words)
            module, name = arguments.run
            run: Callable[[argparse.Namespace], int] = getattr(import_module(f"pushcodec.cli.{module}"), name)
    except SystemExit as stop:  # argparse has printed the help, or what is wrong
        return COULD_NOT_RUN if stop.code else GOOD
    return run(arguments)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Nothing that is loaded is garbage: to look for some takes a twentieth of a start."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _parsed(words: list[str]) -> argparse.Namespace:
    """The arguments of a command line. Raises SystemExit for a wrong one."""
    parser, command = _parsers(words)
    arguments, unknown = parser.parse_known_args(words)
    if unknown:
        option = unknown[0].partition("=")[0]
        hint = did_you_mean(option, command._option_string_actions) if option.startswith("--") else ""
        command.error(f"unrecognized arguments: {' '.join(unknown)}{hint}")
    return arguments


def _parsers(words: list[str]) -> tuple[argparse.ArgumentParser, argparse.ArgumentParser]:
    """The parser of a command line and that of the command that is named there, which alone has its options."""
    parser = _Parser(
        prog="pushcodec",
        description="Codec, linter and validator for Tencent IM offline-push payloads, with a mirror of the client.",
        epilog="Exit status: 0 good, 1 a bad payload, 2 could not run.",
        formatter_class=_formatter,
    )
    parser.add_argument("--version", action="version", version=f"pushcodec {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", prog="pushcodec")
    named = next((word for word in words if not word.startswith("-")), None)
    if named is not None and named not in _COMMANDS and words[0] == named:
        parser.error(f"no command is {named!a}: expected one of {', '.join(_COMMANDS)}{did_you_mean(named, _COMMANDS)}")
    found: argparse.ArgumentParser = parser
    for name, (module, text, add_options) in _COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text, formatter_class=_formatter)
        command.set_defaults(run=(module, f"run_{name}"))
        if name == named:
            add_options(command)
            found = command
    return parser, found


def _without_colors(of: Any) -> dict[str, Any]:
    """The option of a class of argparse against colours, in Pythons that have it. There argparse asks whether standard output is a
    terminal, and that may be closed, or no file."""
    return {"color": False} if "color" in of.__init__.__code__.co_varnames else {}


class _Parser(argparse.ArgumentParser):
    """A parser that prints as the commands do."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, **_without_colors(argparse.ArgumentParser)})

    def _print_message(self, message: str, file: Any = None) -> None:
        if file is sys.stdout:
            write_text(message)
        else:
            write_error("".join(f"{_shown(line)}\n" for line in message.splitlines()))


def _shown(text: str) -> str:
    """A message, in which there may be words of the command line, as a terminal may have it."""
    from pushcodec.display import shown_name  # loaded only where something is wrong

    return shown_name(text)


def _formatter(prog: str) -> argparse.HelpFormatter:
    """As wide as the terminal. By itself argparse would load shutil for that, and three packers with it."""
    try:
        width = os.get_terminal_size().columns
    except OSError:
        width = 80
    return _Formatter(prog, width=width - 2, **_without_colors(argparse.HelpFormatter))


class _Formatter(argparse.HelpFormatter):
    """A formatter that breaks no name at a hyphen."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        import textwrap  # loaded only where help is printed

        return textwrap.wrap(" ".join(text.split()), width, break_on_hyphens=False)


# The options of each command. Names are written here too, and a test compares them with their definitions: those take longer to
# load than a file takes to lint.

_COLORS: Final = ("auto", "always", "never")
_CLIENT_NAMES: Final = "ios-6.0, ios-6.1, android-6.0, android-6.1, android-7.9"
_CARRIER_NAMES: Final = "tpns, apns, legacy, ext, entity"
_KIND_NAMES: Final = (
    "account-binding, apns-config, c2c-entity, call-entity, chat-entity, entity, ext, group-entity, group-signaling-content,"
    " notification, offline-push-info, signaling-content, signaling-data"
)


def _add_files(command: argparse.ArgumentParser) -> None:
    text = "a file, a folder, a glob, or - for standard input (the default)"
    command.add_argument("files", nargs="*", default=["-"], metavar="FILE", help=text)
    _add_stdin_filename(command)
    command.add_argument("--json", action="store_true", help="one JSON object a line")


def _add_stdin_filename(command: Any) -> None:
    text = "the name of what comes on standard input, such as log.ndjson.gz (default: found by looking)"
    command.add_argument("--stdin-filename", metavar="NAME", help=text)


def _add_kind(command: argparse._ActionsContainer) -> None:
    text = f"what each document is: {_KIND_NAMES} (default: found by looking)"
    command.add_argument("--kind", type=_kind, metavar="NAME", help=text)


def _add_clock(command: argparse.ArgumentParser) -> None:
    command.add_argument("--now", type=_unix_seconds, help="the phone's clock in unix seconds (default: this machine's)")


def _add_force(command: argparse._ActionsContainer) -> None:
    text = "overwrite an existing file of another kind, but never one that contains a payload"
    command.add_argument("--force", action="store_true", help=text)


def _add_phone(command: argparse.ArgumentParser) -> None:
    _add_files(command)
    _add_clock(command)
    command.add_argument("--client", type=_client, default="ios-6.0", metavar="NAME", help=f"{_CLIENT_NAMES} (default: ios-6.0)")
    command.add_argument("--logged-out", action="store_true", help="nobody is logged in")
    command.add_argument("--ios9", action="store_true", help="below iOS 10: the notification is the dictionary itself")


def _add_rule(rule: argparse.ArgumentParser) -> None:
    rule.add_argument("rules", nargs="*", metavar="RULE", help="PC301, or wrong-type")
    rule.add_argument("--all", action="store_true", help="all rules")
    rule.add_argument("--json", action="store_true", help="one JSON object a line")


def _add_decode(decode: argparse.ArgumentParser) -> None:
    _add_files(decode)
    text = f"where the ext is: {_CARRIER_NAMES} (default: found by looking)"
    decode.add_argument("--carrier", type=_carrier, metavar="NAME", help=text)


def _add_validate(validate: argparse.ArgumentParser) -> None:
    _add_files(validate)
    _add_kind(validate)


def _add_route(route: argparse.ArgumentParser) -> None:
    _add_phone(route)
    text = 'answer NDJSON cases such as {"id":1,"user_info":{"custom":"..."},"now":0} instead, one answer a line; see docs/cases.md'
    route.add_argument("--cases", type=_file_name, metavar="FILE", help=text)


def _add_compare(compare: argparse.ArgumentParser) -> None:
    _add_files(compare)
    _add_clock(compare)
    compare.add_argument("--clients", type=_clients, metavar="NAMES", help=f"{_CLIENT_NAMES}, separated by commas (default: all)")


def _add_explain(explain: argparse.ArgumentParser) -> None:
    _add_phone(explain)
    explain.add_argument(
        "--svg", type=_file_name, metavar="FILE", help="draw the picture there, too; - draws it on standard output instead"
    )
    _add_force(explain)


def _add_schema(schema: argparse.ArgumentParser) -> None:
    schema.add_argument("name", nargs="?", type=_kind, metavar="NAME", help=_KIND_NAMES)
    schema.add_argument("--bundle", action="store_true", help="one self-contained schema: every reference leads inside it")


def _add_lint(lint: argparse.ArgumentParser) -> None:
    from pushcodec.lint.output import FORMATS

    lint.add_argument("files", nargs="*", default=["."], metavar="FILE", help="a file, a folder, a glob, or - (default: .)")
    what = lint.add_argument_group("what is read")
    _add_kind(what)
    what.add_argument(
        "--exclude", type=_listed, action="append", default=[], metavar="GLOBS", help="files and folders to pass over"
    )
    what.add_argument("--no-respect-gitignore", action="store_true", help="read files that git ignores, too")
    what.add_argument("--as-found", action="store_true", help="treat files that are named as if they were found in a folder")
    shown = what.add_mutually_exclusive_group()
    shown.add_argument("--show-files", action="store_true", help="list the files that would be read, and lint nothing")
    shown.add_argument("--show-settings", action="store_true", help="show the configuration and where it is from, and lint nothing")
    _add_stdin_filename(what)
    rules = lint.add_argument_group("what is looked for: codes, prefixes such as PC3, names, or ALL, with commas between them")
    rules.add_argument("--select", type=_listed, action="append", metavar="RULES", help="only these")
    rules.add_argument("--extend-select", type=_listed, action="append", default=[], metavar="RULES", help="these too")
    rules.add_argument("--ignore", type=_listed, action="append", default=[], metavar="RULES", help="none of these")
    rules.add_argument("--now", type=_unix_seconds, help="the phone's clock in unix seconds, to find calls sent ahead of it")
    text = f"the clients that one ships to: {_CLIENT_NAMES}, separated by commas"
    rules.add_argument("--clients", type=_clients, metavar="NAMES", help=text)
    rules.add_argument("--voip", action="store_true", help="notifications are VoIP pushes, of at most 5120 bytes")
    rules.add_argument("--custom-message", action="store_true", help="push infos belong to custom messages, which need a desc")
    rules.add_argument(
        "--config", type=_file_name, metavar="FILE", help="a pushcodec.toml or pyproject.toml (default: the nearest one upwards)"
    )
    rules.add_argument("--isolated", action="store_true", help="read no configuration")
    known = lint.add_argument_group("known findings")
    known.add_argument("--baseline", type=_file_name, metavar="FILE", help="findings that are known, and not reported")
    known.add_argument(
        "--write-baseline", type=_file_name, metavar="FILE", help="write all findings as a baseline, and report none"
    )
    mend = lint.add_argument_group("mends")
    mend.add_argument("--fix", action="store_true", help="mend what can be mended without changing what the client does")
    mend.add_argument("--unsafe-fixes", action="store_true", help="with --fix or --diff, also mends that repair the payload")
    mend.add_argument("--diff", action="store_true", help="show the mends as a diff, and write nothing")
    out = lint.add_argument_group("output")
    out.add_argument("--output-format", type=partial(_one_of, names=FORMATS), choices=FORMATS, default="text", help="default: text")
    out.add_argument("--output-file", type=_file_name, metavar="FILE", help="write there instead of to standard output")
    _add_force(out)
    out.add_argument("--statistics", action="store_true", help="only how many findings each rule has")
    out.add_argument("-q", "--quiet", action="store_true", help="findings only: no summary, no progress")
    color = partial(_one_of, names=_COLORS)
    out.add_argument("--color", type=color, choices=_COLORS, default="auto", help="default: auto, on a terminal only")
    out.add_argument("--exit-zero", action="store_true", help="exit 0 even if there are findings")


def _add_columns(columns: argparse.ArgumentParser) -> None:
    columns.add_argument("source", metavar="IN", help="a Parquet file, or NDJSON with a payload a line; - for standard input")
    _add_stdin_filename(columns)
    columns.add_argument("target", type=_file_name, metavar="OUT", help="the Parquet file to write; - for standard output")
    _add_force(columns)
    columns.add_argument("--column", default="ext", metavar="NAME", help="the column of the texts (default: ext)")
    columns.add_argument("--into", default="decoded", metavar="NAME", help="the column to add (default: decoded)")
    now = columns.add_mutually_exclusive_group()
    now.add_argument("--now", type=_unix_seconds, help="the phone's clock in unix seconds, to tell what the client does")
    now.add_argument("--now-column", metavar="NAME", help="a column of such clocks")
    columns.add_argument("--trusted", action="store_true", help="leave checks out, for texts from one's own servers")
    columns.add_argument("-q", "--quiet", action="store_true", help="no summary, no progress")
    columns.add_argument("--exit-zero", action="store_true", help="exit 0 even if there are payloads that are not valid")


def _add_report(report: argparse.ArgumentParser) -> None:
    report.add_argument("files", nargs="+", metavar="FILE", help="NDJSON, a Parquet file, a folder, a glob, or -")
    _add_stdin_filename(report)
    report.add_argument("--column", default="ext", metavar="NAME", help="the column of the texts in Parquet files (default: ext)")
    report.add_argument("--now", type=_unix_seconds, help="the phone's clock in unix seconds (default: this machine's)")
    report.add_argument(
        "--html", type=_file_name, metavar="OUT", help="write a page with plots, too; - writes it to standard output instead"
    )
    _add_force(report)
    report.add_argument("-q", "--quiet", action="store_true", help="no progress")


class _Command(NamedTuple):
    module: str
    text: str
    add_options: Callable[[argparse.ArgumentParser], None]


_COMMANDS: Final = {
    "lint": _Command("lint", "Lint sample payloads: what is wrong, where, why, and how to mend it.", _add_lint),
    "rule": _Command("rule", "Explain rules of the linter, by code or by name.", _add_rule),
    "decode": _Command("commands", "Decode payloads; the signaling content of a call is shown as an object.", _add_decode),
    "encode": _Command("commands", "Encode what `decode` shows to the compact text of an ext.", _add_files),
    "validate": _Command("commands", "List every violation, of the document and of the texts inside it.", _add_validate),
    "route": _Command("commands", "Tell what a client does when the notification is tapped.", _add_route),
    "compare": _Command("compare", "Compare what a tap comes to on every client.", _add_compare),
    "columns": _Command("columns", "Write payloads with their verdicts and values in columns, as Parquet.", _add_columns),
    "report": _Command("report", "Count payloads by outcome, violation, sender's fault and size.", _add_report),
    "explain": _Command("explain", "Explain how a client decides: each step, and the value that it saw.", _add_explain),
    "schema": _Command("commands", "Print a schema; without a name, list them.", _add_schema),
}


# Types of options; what they need is loaded only where one is given


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _file_name(text: str) -> str:
    """A name that is not empty: an unset variable of the shell is no wish for no output."""
    if not text:
        raise argparse.ArgumentTypeError("expected the name of a file, got an empty one")
    return text


def _unix_seconds(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 20):
        raise argparse.ArgumentTypeError("expected unix seconds, a non-negative integer")
    return int(text)


def _kind(name: str) -> str:
    from pushcodec.schemafiles import NAMES

    return _one_of(name, NAMES)


def _carrier(name: str) -> str:
    from pushcodec.documents import Carrier

    return _one_of(name, tuple(Carrier))


def _client(name: str) -> str:
    from pushcodec.clients.table import CLIENTS

    return _one_of(name, tuple(CLIENTS))


def _clients(text: str) -> tuple[str, ...]:
    names = tuple(map(_client, _listed(text)))
    if not names:
        raise argparse.ArgumentTypeError("expected the name of one client at least")
    return names


def _one_of(name: str, names: tuple[str, ...]) -> str:
    if name not in names:
        raise argparse.ArgumentTypeError(f"invalid choice: {name!a} (choose from {', '.join(names)}){did_you_mean(name, names)}")
    return name
