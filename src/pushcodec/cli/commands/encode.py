"""`pushcodec encode`: the compact text of an ext, from what `pushcodec decode` writes."""

from __future__ import annotations

from pushcodec import jsontext
from pushcodec.cli.arguments import FileOptions, add_files
from pushcodec.cli.files import Answer, Files, for_each, json_line
from pushcodec.cli.status import GOOD
from pushcodec.cli.streams import write_json_text, write_machine
from pushcodec.display import readable
from pushcodec.errors import DecodeError, EncodeError
from pushcodec.jsontext import JSONValue


class Options(FileOptions, frozen=True, kw_only=True):
    """The options of `encode`."""


add_options = add_files


def run(options: Options) -> int:
    """Encodes each document; returns the exit status."""
    from pushcodec.codec import decode_ext, encode_ext  # pydantic is loaded only where it is used

    def encode(name: str, data: bytes) -> Answer:
        try:
            text = encode_ext(decode_ext(fold(jsontext.parse(data))))
        except DecodeError as error:
            raise EncodeError(error.violations) from None
        if options.json:
            return Answer(GOOD, json_line({"file": readable(name), "text": text}), write_machine)
        return Answer(GOOD, text + "\n", write_json_text)

    return for_each(Files.of(options), encode)


def fold(value: JSONValue) -> str:
    """The text of an ext, from the JSON that `decode.unfold` returns; the text of any other value as it is."""
    if isinstance(value, dict) and isinstance(entity := value.get("entity"), dict) and isinstance(entity.get("content"), dict):
        value = {**value, "entity": {**entity, "content": jsontext.dump(entity["content"])}}
    return jsontext.dump(value)
