"""Calls all functions under an audit hook and prints the events of input and output that the interpreter raises.

A separate program, because an audit hook cannot be removed. Each row has a phase, an event and its argument. `import` is the
import of the package, `first` the first call of each function, which imports what it needs, `again` the second call, `reference`
a schema with a reference out of the package; `refused` rows contain the result of that.
"""

from __future__ import annotations

import sys
from typing import Any

RECORDED = ("open", "socket.", "subprocess.", "os.", "shutil.", "tempfile.", "urllib.", "http.", "mmap.", "ctypes.", "pty.")
PHASE = ["import"]


def hook(event: str, arguments: tuple[Any, ...]) -> None:
    if PHASE and event.startswith(RECORDED):
        words = [str(argument) for argument in arguments[:2]]
        EVENTS.append((PHASE[0], event, *words))


EVENTS: list[tuple[str, ...]] = []
sys.addaudithook(hook)

import pushcodec as pc  # noqa: E402  # only now: the hook records the import

PHASE.clear()

from unittest import mock  # noqa: E402

from payloads import c2c_call, c2c_chat, compact, ext, group_call, group_content, tpns  # noqa: E402

from pushcodec import schemafiles  # noqa: E402

schemafiles.schema_text.cache_clear()  # the payloads of the tests have read some

TEXTS = [
    compact(ext(entity))
    for entity in (c2c_chat(), c2c_call(), group_call(), group_call(group_content(timeout="30")), c2c_chat(x=[1e9]), {"action": 1})
] + ["{", "[" * 99, '{"entity":{},"entity":{}}', '"\\ud800"']


def use_everything() -> None:
    decoder = pc.fast.Decoder()
    for text in TEXTS:
        notification = compact(tpns({})).replace('"{}"', compact(text))
        for verb in (
            lambda text: pc.encode_ext(pc.decode_ext(text)),
            decoder.decode,
            pc.find_ext,
            lambda text: pc.encode_push_info(pc.decode_push_info(compact({"Ext": text}), form="rest-push-info")),
            pc.size_report,
            pc.decode_entity,
            pc.decode_signaling_content,
        ):
            try:
                verb(text)
            except pc.PushCodecError as error:
                str(error)
        decoder.route(text, now=0)
        decoder.receive(notification, now=0)
        pc.receive({"custom": text}, now=0).to_dict()
        pc.lint.lint_text(text)
        list(decoder.decode_lines(text.encode()))
    for kind in schemafiles.NAMES:
        for example in schemafiles.schema(kind)["examples"]:
            assert list(pc.iter_violations(compact(example), kind=kind)) == []
    pc.compose.offline_push_info(pc.compose.group_chat(group_id="@TGS#1"), title="t", desc="d")


def refer_elsewhere(address: str) -> str:
    """The error of a validation by a schema that refers to the address."""
    from pushcodec import validation  # not before the phase `first`

    validation._validator.cache_clear()
    with mock.patch.object(validation, "schema", lambda name: {**schemafiles.schema(name), "$ref": address}):
        try:
            list(pc.iter_violations("{}", kind="signaling-data"))
        except ValueError as error:
            return repr(error)
    return "taken"


def main() -> None:
    for phase in ("first", "again"):
        PHASE[:] = [phase]
        use_everything()
    PHASE[:] = ["reference"]
    refused = [
        (address, refer_elsewhere(address))
        for address in ("http://example.com/x.json", "https://json-schema.org/draft-07/schema", "file:///x", "x.json")
    ]
    PHASE.clear()
    for row in EVENTS:
        sys.stdout.write(" | ".join(row) + "\n")
    for address, outcome in refused:
        sys.stdout.write(f"refused | {address} | {outcome}\n")


if __name__ == "__main__":
    main()
