"""`pushcodec schema`: the text of a schema, or the names of all."""

from __future__ import annotations

import json
from argparse import ArgumentParser

from msgspec import Struct

from pushcodec import schemafiles
from pushcodec.cli.arguments import kind_name
from pushcodec.cli.placeholders import KIND_NAMES
from pushcodec.cli.status import COULD_NOT_RUN, GOOD, write_message
from pushcodec.cli.streams import write_json_text


class Options(Struct, frozen=True, kw_only=True):
    """The options of `schema`."""

    name: str | None
    bundle: bool


def add_options(parser: ArgumentParser) -> None:
    """The destinations of `Options`."""
    parser.add_argument("name", nargs="?", type=kind_name, metavar="NAME", help=KIND_NAMES)
    parser.add_argument("--bundle", action="store_true", help="one self-contained schema: every reference leads inside it")


def run(options: Options) -> int:
    """Writes the schema; returns the exit status."""
    if options.bundle and not options.name:
        write_message("--bundle needs the name of a schema; `pushcodec schema` lists them")
        return COULD_NOT_RUN
    write_json_text(_text(options.name, options.bundle))
    return GOOD


def _text(name: str | None, bundle: bool) -> str:
    if name is None:
        return "".join(f"{each}\n" for each in schemafiles.NAMES)
    if not bundle:
        return schemafiles.schema_text(name)
    return json.dumps(schemafiles.schema(name, bundle=True), ensure_ascii=False, indent=2) + "\n"
