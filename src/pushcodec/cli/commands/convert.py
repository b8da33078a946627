"""`pushcodec convert`: the same push in another form of document, and what that form cannot express."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from typing import Any

from pushcodec.cli.arguments import FileOptions, add_files, add_force, file_name, source_name, target_name
from pushcodec.cli.commands.decode import pretty
from pushcodec.cli.files import Answer, Files, for_each, json_line
from pushcodec.cli.outputs.checks import check_output
from pushcodec.cli.outputs.kinds import CONVERTED
from pushcodec.cli.outputs.sinks import STDOUT, descriptor_of, write_output
from pushcodec.cli.status import BAD, GOOD
from pushcodec.cli.streams import write_error, write_json_text, write_machine
from pushcodec.conversion import SOURCES, Converted, Target, convert_all
from pushcodec.display import readable, shown_name
from pushcodec.errors import printable


class Options(FileOptions, frozen=True, kw_only=True):
    """The options of `convert`."""

    to: str
    from_: str | None
    output_file: str | None
    force: bool


def add_options(parser: ArgumentParser) -> None:
    """The destinations of `Options`."""
    add_files(parser)
    parser.add_argument("--to", type=target_name, required=True, metavar="FORM", help=f"the form to write: {', '.join(Target)}")
    text = f"the form of the documents: {', '.join(SOURCES)} (default: found by looking)"
    parser.add_argument("--from", dest="from_", type=source_name, metavar="FORM", help=text)
    parser.add_argument("--output-file", type=file_name, metavar="FILE", help="write there instead of to standard output")
    add_force(parser)


def run(options: Options) -> int:
    """Converts each document; returns the exit status, 1 if the other form lacks something."""
    files = Files.of(options, is_form_named=options.from_ is not None)
    output = options.output_file or STDOUT
    if options.output_file is not None:
        check_output(output, CONVERTED, files.names, force=options.force)
    is_file = descriptor_of(output) != 1
    pieces: list[str] = []

    def convert(name: str, data: bytes) -> Answer:
        found = convert_all(data, to=options.to, from_=options.from_)
        text = "".join(_records(name, found)) if options.json else _documents(found)
        notes = "" if options.json else "".join(_notes(name, found))

        def write(text: str) -> None:
            if is_file:
                pieces.append(text)
            else:
                (write_machine if options.json else write_json_text)(text)
            write_error(notes)

        return Answer(BAD if any(each.losses for each in found) else GOOD, text, write)

    status = for_each(files, convert)
    if is_file and pieces:
        write_output(output, "".join(pieces).encode())
    return status


def _documents(found: Sequence[Converted]) -> str:
    """The push as indented JSON; several as an array."""
    documents = [json.loads(each.text) for each in found]
    return pretty(documents[0] if len(documents) == 1 else documents) + "\n"


def _records(name: str, found: Sequence[Converted]) -> Iterator[str]:
    """A line for each push, for programs."""
    for each in found:
        losses = [{"pointers": list(loss.pointers), "reason": loss.reason} for loss in each.losses]
        record: dict[str, Any] = {
            "file": readable(name),
            "form": str(each.form),
            "pointers": list(each.pointers),
            "to": str(each.to),
            "document": json.loads(each.text),
            "losses": losses,
            "placeholders": list(each.placeholders),
            "left_out": list(each.left_out),
        }
        yield json_line(record)


def _notes(name: str, found: Sequence[Converted]) -> Iterator[str]:
    """A line for each thing that is lost, for the placeholders and for what does not belong to the push."""
    for number, each in enumerate(found):
        title = shown_name(name) if len(found) == 1 else f"{shown_name(name)} push {number}"
        for loss in each.losses:
            yield f"{title}: lost {loss}\n"
        if each.placeholders:
            yield f"{title}: to be replaced before it is sent: {', '.join(each.placeholders)}\n"
        if each.left_out:
            yield f"{title}: not part of the push, left out: {printable(', '.join(each.left_out), 200)}\n"
