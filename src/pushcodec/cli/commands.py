"""The commands on one payload a file: decode, encode, validate, route, schema."""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

from pushcodec import cases, jsontext, registry
from pushcodec.carriers import find_ext, look_kind
from pushcodec.cli.files import for_each, open_named, print_json, print_line, print_violations
from pushcodec.cli.phones import MAX_FILE, describe, is_lost, tap
from pushcodec.cli.status import BAD, COULD_NOT_RUN, GOOD, complain
from pushcodec.cli.streams import write_json_text, write_machine, write_text
from pushcodec.errors import DecodeError, EncodeError, printable
from pushcodec.jsontext import JSONValue

# Commands


def run_decode(arguments: argparse.Namespace) -> int:
    from pushcodec.codec import decode_ext  # pydantic is loaded only where it is used

    def decode(name: str, data: bytes) -> int:
        carried = find_ext(data, carrier=arguments.carrier)
        try:
            ext = unfold(decode_ext(carried.ext))
        except DecodeError as error:
            raise DecodeError(map(carried.locate, error.violations)) from None
        if arguments.json:
            print_json({"file": name, "carrier": carried.carrier, "ext": ext})
        else:
            write_json_text(pretty(ext) + "\n")
        return GOOD

    return for_each(arguments, decode)


def run_encode(arguments: argparse.Namespace) -> int:
    from pushcodec.codec import decode_ext, encode_ext

    def encode(name: str, data: bytes) -> int:
        try:
            text = encode_ext(decode_ext(fold(jsontext.parse(data))))
        except DecodeError as error:
            raise EncodeError(error.violations) from None
        if arguments.json:
            print_json({"file": name, "text": text})
        else:
            write_json_text(text + "\n")
        return GOOD

    return for_each(arguments, encode)


def run_validate(arguments: argparse.Namespace) -> int:
    from pushcodec.validation import iter_violations  # jsonschema is loaded only where it is used

    def validate(name: str, data: bytes) -> int:
        kind = arguments.kind or _kind_of(data)
        violations = list(iter_violations(data, kind=kind))
        if arguments.json:
            found = [violation.to_dict() for violation in violations]
            print_json({"file": name, "kind": kind, "valid": not found, "violations": found})
        elif violations:
            print_violations(name, violations, write_text)
        else:
            print_line(f"{printable(name)}: a valid {kind}")
        return BAD if violations else GOOD

    return for_each(arguments, validate)


def run_route(arguments: argparse.Namespace) -> int:
    if arguments.cases is not None:
        return _answer_cases(arguments.cases, arguments.client)
    now = int(time.time()) if arguments.now is None else arguments.now

    def tell_route(name: str, data: bytes) -> int:
        taken = tap(data, client=arguments.client, now=now, logged_in=not arguments.logged_out, ios10=not arguments.ios9)
        if arguments.json:
            print_json({"file": name, **taken.to_dict()})
        else:
            print_line(f"{printable(name)}: {describe(taken)}")
        return BAD if is_lost(taken) else GOOD

    return for_each(arguments, tell_route, most=MAX_FILE)


def run_schema(arguments: argparse.Namespace) -> int:
    if arguments.bundle and not arguments.name:
        complain("--bundle needs the name of a schema; `pushcodec schema` lists them")
        return COULD_NOT_RUN
    write_json_text(_schema_text(arguments.name, arguments.bundle))
    return GOOD


def _schema_text(name: str | None, bundle: bool) -> str:
    if name is None:
        return "".join(f"{each}\n" for each in registry.NAMES)
    if not bundle:
        return registry.schema_text(name)
    return json.dumps(registry.schema(name, bundle=True), ensure_ascii=False, indent=2) + "\n"


def _answer_cases(name: str, client: str) -> int:
    status = GOOD
    try:
        with open_named(name) as source:
            for number, line in enumerate(source, 1):
                if not line.strip():
                    continue
                try:
                    write_machine(cases.answer(line.decode(), client) + "\n")
                except (cases.CaseError, UnicodeDecodeError) as error:
                    reason = "expected UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
                    complain(f"{printable(name)}:{number}: {reason}")
                    status = COULD_NOT_RUN
    except BrokenPipeError:
        raise
    except OSError as error:
        complain(f"{printable(name)}: {error.strerror}")
        return COULD_NOT_RUN
    return status


def _kind_of(data: bytes) -> str:
    value = jsontext.scan_text(data).value
    return "ext" if value is jsontext.MISSING else look_kind(value)


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
