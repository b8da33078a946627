"""`pushcodec rule`: the pages of the linter's rules."""

from __future__ import annotations

import json
from argparse import ArgumentParser

from msgspec import Struct

from pushcodec.cli.status import COULD_NOT_RUN, GOOD, write_message
from pushcodec.cli.streams import write_machine, write_text
from pushcodec.errors import Code
from pushcodec.lint.pages import SEVERITIES, page
from pushcodec.suggest import did_you_mean


class Options(Struct, frozen=True, kw_only=True):
    """The options of `rule`."""

    rules: list[str]
    all: bool
    json: bool


def add_options(parser: ArgumentParser) -> None:
    """The destinations of `Options`."""
    parser.add_argument("rules", nargs="*", metavar="RULE", help="PC301, or wrong-type")
    parser.add_argument("--all", action="store_true", help="all rules")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(options: Options) -> int:
    """Writes the pages of the rules that are named, by code or by name, or of all; without any, a list of them."""
    by_name = {name: code for code in SEVERITIES for name in (str(code), code.rule)}
    unknown = [name for name in options.rules if name not in by_name]
    for name in unknown:
        write_message(f"no rule is {name!a}{did_you_mean(name, by_name) or '; `pushcodec rule` lists them'}")
    if unknown:
        return COULD_NOT_RUN
    codes = list(SEVERITIES) if options.all or not options.rules else [by_name[name] for name in options.rules]
    listed = not (options.all or options.rules)
    for code in codes:
        if options.json:
            print_json(code)
        elif listed:
            write_text(f"{code}  {SEVERITIES[code]:7}  {code.rule}: {code.summary}\n")
        else:
            write_text(page(code) + "\n")
    return GOOD


def print_json(code: Code) -> None:
    """Writes one line: `{"code", "name", "severity", "summary", "page"}`."""
    record = {"code": str(code), "name": code.rule, "severity": str(SEVERITIES[code]), "summary": code.summary, "page": page(code)}
    write_machine(json.dumps(record) + "\n")
