"""`pushcodec decode`: each payload as JSON, with the signaling content of a call as an object."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any

from pushcodec.cli.arguments import FileOptions, add_files, carrier_name
from pushcodec.cli.files import Answer, Files, for_each, json_line
from pushcodec.cli.status import GOOD
from pushcodec.cli.streams import write_json_text, write_machine
from pushcodec.display import readable
from pushcodec.documents import Carrier, find_ext
from pushcodec.errors import DecodeError
from pushcodec.jsontext import ascii_only

if TYPE_CHECKING:
    from pushcodec.models import Ext


class Options(FileOptions, frozen=True, kw_only=True):
    """The options of `decode`."""

    carrier: str | None


def add_options(parser: ArgumentParser) -> None:
    """The destinations of `Options`."""
    add_files(parser)
    text = f"where the ext is: {', '.join(Carrier)} (default: found by looking)"
    parser.add_argument("--carrier", type=carrier_name, metavar="NAME", help=text)


def run(options: Options) -> int:
    """Decodes each document; returns the exit status."""
    from pushcodec.codec import decode_ext  # pydantic is loaded only where it is used

    def decode(name: str, data: bytes) -> Answer:
        carried = find_ext(data, carrier=options.carrier)
        try:
            ext = unfold(decode_ext(carried.ext))
        except DecodeError as error:
            raise DecodeError(map(carried.locate, error.violations)) from None
        if options.json:
            return Answer(GOOD, json_line({"file": readable(name), "carrier": carried.form, "ext": ext}), write_machine)
        return Answer(GOOD, pretty(ext) + "\n", write_json_text)

    return for_each(Files.of(options, is_form_named=options.carrier is not None), decode)


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
