"""`pushcodec validate`: every violation of each document and of the texts that are embedded in it."""

from __future__ import annotations

from argparse import ArgumentParser

from pushcodec import jsontext
from pushcodec.cli.arguments import FileOptions, add_files, add_kind
from pushcodec.cli.files import Answer, Files, for_each, json_line, violation_lines
from pushcodec.cli.status import BAD, GOOD
from pushcodec.cli.streams import write_machine
from pushcodec.display import readable, shown_name
from pushcodec.documents import recognise
from pushcodec.jsontext import Readings


class Options(FileOptions, frozen=True, kw_only=True):
    """The options of `validate`."""

    kind: str | None


def add_options(parser: ArgumentParser) -> None:
    """The destinations of `Options`."""
    add_files(parser)
    add_kind(parser)


def run(options: Options) -> int:
    """Validates each document; returns the exit status."""
    from pushcodec.inspection import document_violations  # jsonschema is loaded only where it is used

    def validate(name: str, data: bytes) -> Answer:
        reading = jsontext.read(data)
        readings = Readings()
        forms = recognise(reading.value, readings.embedded, kind=options.kind)
        kind = ", ".join(dict.fromkeys(found.form.schema for found in forms)) or "document"
        violations = list(document_violations(reading, readings, forms))
        status = BAD if violations else GOOD
        if options.json:
            found = [violation.to_dict() for violation in violations]
            verdict = {"file": readable(name), "kind": kind, "valid": not found, "violations": found}
            return Answer(status, json_line(verdict), write_machine)
        return Answer(status, "".join(violation_lines(name, violations)) or f"{shown_name(name)}: a valid {kind}\n")

    return for_each(Files.of(options, is_form_named=options.kind is not None), validate)
