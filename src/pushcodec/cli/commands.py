"""The commands on one payload a file: decode, encode, validate, route, schema."""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

from pushcodec import jsontext, schemafiles
from pushcodec.cli.files import Answer, Files, attempt, documents_of, for_each, json_line, violation_lines
from pushcodec.cli.opening import Document, SourceError
from pushcodec.cli.status import BAD, COULD_NOT_RUN, GOOD, complain
from pushcodec.cli.streams import write_json_text, write_machine
from pushcodec.cli.taps import MAX_FILE, check_size, describe, is_lost, note_on, tap, to_record
from pushcodec.clients import vectors
from pushcodec.display import readable, shown, shown_name
from pushcodec.documents import find_ext, look_kind
from pushcodec.errors import DecodeError, EncodeError
from pushcodec.jsontext import JSONValue

# Commands


def run_decode(arguments: argparse.Namespace) -> int:
    from pushcodec.codec import decode_ext  # pydantic is loaded only where it is used

    def decode(name: str, data: bytes) -> Answer:
        carried = find_ext(data, carrier=arguments.carrier)
        try:
            ext = unfold(decode_ext(carried.ext))
        except DecodeError as error:
            raise DecodeError(map(carried.locate, error.violations)) from None
        if arguments.json:
            return Answer(GOOD, json_line({"file": readable(name), "carrier": carried.carrier, "ext": ext}), write_machine)
        return Answer(GOOD, pretty(ext) + "\n", write_json_text)

    return for_each(Files(arguments), decode)


def run_encode(arguments: argparse.Namespace) -> int:
    from pushcodec.codec import decode_ext, encode_ext

    def encode(name: str, data: bytes) -> Answer:
        try:
            text = encode_ext(decode_ext(fold(jsontext.parse(data))))
        except DecodeError as error:
            raise EncodeError(error.violations) from None
        if arguments.json:
            return Answer(GOOD, json_line({"file": readable(name), "text": text}), write_machine)
        return Answer(GOOD, text + "\n", write_json_text)

    return for_each(Files(arguments), encode)


def run_validate(arguments: argparse.Namespace) -> int:
    from pushcodec.validation import iter_violations  # jsonschema is loaded only where it is used

    def validate(name: str, data: bytes) -> Answer:
        kind = arguments.kind or _kind_of(data)
        violations = list(iter_violations(data, kind=kind))
        status = BAD if violations else GOOD
        if arguments.json:
            found = [violation.to_dict() for violation in violations]
            verdict = {"file": readable(name), "kind": kind, "valid": not found, "violations": found}
            return Answer(status, json_line(verdict), write_machine)
        return Answer(status, "".join(violation_lines(name, violations)) or f"{shown_name(name)}: a valid {kind}\n")

    return for_each(Files(arguments), validate)


def run_route(arguments: argparse.Namespace) -> int:
    if arguments.cases is not None:
        return _answer_cases(arguments.cases, arguments.client)
    now = int(time.time()) if arguments.now is None else arguments.now

    def describe_route(name: str, data: bytes) -> Answer:
        check_size(data)
        taken = tap(data, client=arguments.client, now=now, logged_in=not arguments.logged_out, ios10=not arguments.ios9)
        status = BAD if is_lost(taken) else GOOD
        if arguments.json:
            return Answer(status, json_line({"file": readable(name), **to_record(taken)}), write_machine)
        note = note_on(data, client=arguments.client, ios10=not arguments.ios9)
        return Answer(status, f"{shown_name(name)}: {describe(taken)}{note}\n")

    return for_each(Files(arguments), describe_route, most=MAX_FILE)


def run_schema(arguments: argparse.Namespace) -> int:
    if arguments.bundle and not arguments.name:
        complain("--bundle needs the name of a schema; `pushcodec schema` lists them")
        return COULD_NOT_RUN
    write_json_text(_schema_text(arguments.name, arguments.bundle))
    return GOOD


def _schema_text(name: str | None, bundle: bool) -> str:
    if name is None:
        return "".join(f"{each}\n" for each in schemafiles.NAMES)
    if not bundle:
        return schemafiles.schema_text(name)
    return json.dumps(schemafiles.schema(name, bundle=True), ensure_ascii=False, indent=2) + "\n"


def _answer_cases(name: str, client: str) -> int:
    """Prints the answer to each case; a line that is no case is reported with its number, and the others are still answered."""
    status = GOOD

    def refuse(name: str, reason: str) -> None:
        nonlocal status
        status = COULD_NOT_RUN
        complain(f"{shown_name(name)}: {shown(reason)}")

    def answer(document: Document) -> str:
        try:
            return vectors.answer(document.data.decode(), client)
        except UnicodeDecodeError:
            raise SourceError("expected UTF-8") from None
        except vectors.CaseError as error:
            raise SourceError(str(error)) from None

    for document in documents_of(name, MAX_FILE, refuse, has_lines=True):
        answered = attempt(document, answer, refuse)
        if answered is not None:
            write_machine(answered + "\n")
    return status


def _kind_of(data: bytes) -> str:
    value = jsontext.read(data).value
    return "ext" if value is jsontext.ABSENT else look_kind(value)


# What `decode` shows, and `encode` reads: the signaling content of a call as an object


def unfold(ext: Any) -> dict[str, Any]:
    """The wire's value of an ext, with the signaling content of a call as an object."""
    from pushcodec.models import CallEntity, to_wire

    wire = to_wire(ext)
    if isinstance(ext.entity, CallEntity):
        wire["entity"] = {**wire["entity"], "content": to_wire(ext.entity.content)}
    return wire


def fold(value: JSONValue) -> str:
    """The text of an ext from the value that `unfold` gives; any other value as it is."""
    if isinstance(value, dict) and isinstance(entity := value.get("entity"), dict) and isinstance(entity.get("content"), dict):
        value = {**value, "entity": {**entity, "content": jsontext.dump(entity["content"])}}
    return jsontext.dump(value)


# Printing


def pretty(value: object) -> str:
    """JSON for people: indented, non-ASCII raw where it can be printed, everything else escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return "".join(c if c.isprintable() or c == "\n" else jsontext.ascii_only(c) for c in text)
