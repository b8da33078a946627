"""`pushcodec decode`: each payload as JSON, with the signaling content of a call as an object."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pushcodec.cli.arguments import CarrierOptions, add_carrier
from pushcodec.cli.files import Answer, Files, for_each, json_line, violation_lines
from pushcodec.cli.origins import form_named, origin_of, way_to
from pushcodec.cli.status import BAD, GOOD, write_message
from pushcodec.cli.streams import write_error, write_json_text, write_machine
from pushcodec.display import readable, shown_name
from pushcodec.documents import FORMS, Carried, Carrier, find_ext, find_exts
from pushcodec.errors import DecodeError
from pushcodec.jsontext import ascii_only

if TYPE_CHECKING:
    from pushcodec.models import Ext


class Options(CarrierOptions, frozen=True, kw_only=True):
    """The options of `decode`."""


add_options = add_carrier


def run(options: Options) -> int:
    """Decodes each ext of each document; returns the exit status. Standard error names the forms that exts were found in."""
    from pushcodec.codec import decode_ext  # pydantic is loaded only where it is used

    files = Files.of(options, is_form_named=options.carrier is not None)

    def decode(name: str, data: bytes) -> Answer:
        carrier = form_named(options.carrier, data)
        found = find_exts(data, carrier=carrier) or [find_ext(data, carrier=carrier)]  # raises the reason why there is none
        answers = [decode_one(name, carried) for carried in found]
        return Answer(max(each.status for each in answers), "".join(each.text for each in answers), answers[0].write)

    def decode_one(name: str, carried: Carried) -> Answer:
        origin = {"file": readable(name), **origin_of(FORMS[carried.form], carried.pointers)}
        try:
            ext = unfold(decode_ext(carried.ext))
        except DecodeError as error:
            violations = [carried.locate(violation) for violation in error.violations]
            if options.json:
                return Answer(BAD, json_line({**origin, "violations": [each.to_dict() for each in violations]}), write_machine)
            files.progress.clear()
            write_error("".join(violation_lines(name, violations)))
            return Answer(BAD, "", write_json_text)
        if options.json:
            return Answer(GOOD, json_line({**origin, "ext": ext}), write_machine)
        if (carried.form, carried.pointers) != (Carrier.EXT, ("",)):
            files.progress.clear()
            write_message(f"{shown_name(name)}: found in {way_to(FORMS[carried.form], carried.pointers)}")
        return Answer(GOOD, pretty(ext) + "\n", write_json_text)

    return for_each(files, decode)


def unfold(ext: Ext) -> dict[str, Any]:
    """The JSON of an ext, with the signaling content of a call as an object instead of its text. `encode.fold` is the inverse."""
    from pushcodec.models import CallEntity, to_wire

    wire = to_wire(ext)
    if isinstance(ext.entity, CallEntity):
        wire["entity"] = {**wire["entity"], "content": to_wire(ext.entity.content)}
    return wire


def pretty(value: object) -> str:
    """Indented JSON. Characters that can be printed are written as they are, all others as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return "".join(c if c.isprintable() or c == "\n" else ascii_only(c) for c in text)
