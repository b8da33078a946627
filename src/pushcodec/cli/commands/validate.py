"""`pushcodec validate`: every violation of each document and of the texts that are embedded in it."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from pushcodec import jsontext
from pushcodec.cli.arguments import FileOptions, add_files, add_kind
from pushcodec.cli.files import Answer, Files, for_each, json_line, violation_lines
from pushcodec.cli.origins import without_payload
from pushcodec.cli.status import BAD, GOOD
from pushcodec.cli.streams import write_machine
from pushcodec.display import readable, shown_name
from pushcodec.documents import FORMS, Found, exts_of, recognise
from pushcodec.jsontext import Readings, pointer
from pushcodec.schemafiles import NAMES


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
        violations = list(document_violations(reading, readings, forms))
        if not forms:
            violations = list(map(without_payload, violations))
        status = BAD if violations else GOOD
        if options.json:
            verdict = {"valid": not violations, "violations": [violation.to_dict() for violation in violations]}
            return Answer(status, json_line({"file": readable(name), **_origin(forms), **verdict}), write_machine)
        return Answer(status, "".join(violation_lines(name, violations)) or f"{shown_name(name)}: {_praise(forms, options.kind)}\n")

    return for_each(Files.of(options, is_form_named=options.kind is not None), validate)


def _origin(forms: list[Found]) -> dict[str, Any]:
    """What a document is, for programs: its schemas and forms, null if unknown, and the pointers to each ext in it."""
    schemas = ", ".join(dict.fromkeys(found.form.schema for found in forms))
    names = ", ".join(dict.fromkeys(str(found.form.name) for found in forms))
    exts = [list(map(pointer, ext.paths)) for found in forms for ext in exts_of(found)]
    return {"kind": schemas or None, "form": names or None, "exts": exts}


def _praise(forms: list[Found], kind: str | None) -> str:
    """What a valid document is: `a valid REST sendmsg body`, or its forms, each with their number; or the schema that was named."""
    if kind in NAMES and kind not in FORMS:
        return f"a valid {kind}"
    has_place = any(found.form.places for found in forms)
    without = ", without an ext" if has_place and not any(map(exts_of, forms)) else ""
    counts = Counter(found.form.title for found in forms)
    if len(forms) == 1:
        return f"a valid {forms[0].form.title}{without}"
    return f"all valid: {', '.join(f'{count} x {title}' for title, count in counts.items())}{without}"
