"""The options of `pushcodec lint`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Final

from msgspec import Struct

from pushcodec.cli.arguments import (
    add_choice,
    add_force,
    add_kind,
    add_stdin_filename,
    client_names,
    comma_separated,
    file_name,
    unix_seconds,
)
from pushcodec.cli.placeholders import CLIENT_NAMES
from pushcodec.lint.output import FORMATS

_COLORS: Final = ("auto", "always", "never")


class Options(Struct, frozen=True, kw_only=True):
    """The options of `lint`, in the groups of its help."""

    files: list[str]
    # what is read
    kind: str | None
    exclude: list[str]
    no_respect_gitignore: bool
    as_found: bool
    show_files: bool
    show_settings: bool
    stdin_filename: str | None
    # what is looked for
    select: list[str] | None
    extend_select: list[str]
    ignore: list[str]
    now: int | None
    clients: tuple[str, ...] | None
    voip: bool
    custom_message: bool
    own_router: bool
    config: str | None
    isolated: bool
    # known findings
    baseline: str | None
    write_baseline: str | None
    # fixes
    fix: bool
    unsafe_fixes: bool
    diff: bool
    # output
    output_format: str
    output_file: str | None
    force: bool
    statistics: bool
    quiet: bool
    color: str
    exit_zero: bool


def add_options(parser: ArgumentParser) -> None:
    """The destinations of `Options`."""
    parser.add_argument("files", nargs="*", default=["."], metavar="FILE", help="a file, a folder, a glob, or - (default: .)")
    _add_sources(parser)
    _add_rules(parser)
    known = parser.add_argument_group("known findings")
    known.add_argument("--baseline", type=file_name, metavar="FILE", help="findings that are known, and not reported")
    known.add_argument("--write-baseline", type=file_name, metavar="FILE", help="write all findings as a baseline, and report none")
    fixes = parser.add_argument_group("fixes")
    fixes.add_argument("--fix", action="store_true", help="fix what can be fixed without changing what the client does")
    fixes.add_argument("--unsafe-fixes", action="store_true", help="with --fix or --diff, also fixes that repair the payload")
    fixes.add_argument("--diff", action="store_true", help="show the fixes as a diff, and write nothing")
    _add_output(parser)


def _add_sources(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("what is read")
    add_kind(group)
    text = "files and folders to pass over"
    group.add_argument("--exclude", type=comma_separated, action="extend", default=[], metavar="GLOBS", help=text)
    group.add_argument("--no-respect-gitignore", action="store_true", help="read files that git ignores, too")
    group.add_argument("--as-found", action="store_true", help="treat files that are named as if they were found in a folder")
    shown = group.add_mutually_exclusive_group()
    shown.add_argument("--show-files", action="store_true", help="list the files that would be read, and lint nothing")
    shown.add_argument("--show-settings", action="store_true", help="show the configuration and where it is from, and lint nothing")
    add_stdin_filename(group)


def _add_rules(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("what is looked for: codes, prefixes such as PC3, names, or ALL, with commas between them")
    group.add_argument("--select", type=comma_separated, action="extend", metavar="RULES", help="only these")
    group.add_argument("--extend-select", type=comma_separated, action="extend", default=[], metavar="RULES", help="these too")
    group.add_argument("--ignore", type=comma_separated, action="extend", default=[], metavar="RULES", help="none of these")
    group.add_argument("--now", type=unix_seconds, help="the phone's clock in unix seconds, to find calls sent ahead of it")
    text = f"the clients that one ships to: {CLIENT_NAMES}, separated by commas"
    group.add_argument("--clients", type=client_names, metavar="NAMES", help=text)
    group.add_argument("--voip", action="store_true", help="notifications are VoIP pushes, of at most 5120 bytes")
    group.add_argument("--custom-message", action="store_true", help="push infos belong to custom messages, which need a desc")
    text = "the app's own router reads the ext, not TUIKit: no rules of the entity and of the clients"
    group.add_argument("--own-router", action="store_true", help=text)
    text = "a pushcodec.toml or pyproject.toml (default: the nearest one upwards)"
    group.add_argument("--config", type=file_name, metavar="FILE", help=text)
    group.add_argument("--isolated", action="store_true", help="read no configuration")


def _add_output(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("output")
    add_choice(group, "--output-format", FORMATS, "text", "default: text")
    group.add_argument("--output-file", type=file_name, metavar="FILE", help="write there instead of to standard output")
    add_force(group)
    group.add_argument("--statistics", action="store_true", help="only how many findings each rule has")
    group.add_argument("-q", "--quiet", action="store_true", help="findings only: no summary, no progress")
    add_choice(group, "--color", _COLORS, "auto", "default: auto, on a terminal only")
    group.add_argument("--exit-zero", action="store_true", help="exit 0 even if there are findings")
