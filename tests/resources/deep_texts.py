"""Calls every function with every deep text, in a thread whose stack has the number of KiB of the first argument.

A separate program (`test_resources` runs it), because an overflow of the stack ends the process. It prints each call before it
makes it, so that the last line names the call that ended it.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextlib import suppress

import pyarrow as pa
from payloads import compact

import pushcodec as pc
import pushcodec.arrow
from pushcodec.clients.ios.outcomes import Route

LEVELS = 100_000
LIMITS = pc.Limits(max_bytes=10**8, max_depth=128, max_items=10**6)
DECODER, TRUSTED = (pc.fast.Decoder(limits=LIMITS, trusted=trusted) for trusted in (False, True))
REST = '{"Ext":%s,"ApnsInfo":{"LiveActivity":{"ContentState":{"x":%s}}}}'
CHAT = '{"entity":{"action":1,"chatType":1,"sender":"a","x":%s}}'


def nested(levels: int, opening: str = "[", closing: str = "]") -> str:
    return opening * levels + "0" + closing * levels


def call(content: str) -> str:
    return compact({"entity": {"action": 2, "chatType": 2, "sender": "a", "sendTime": 0, "content": content}})


CONTENT = '{"action":1,"call_id":"1","call_type":1,"invited_list":["a"],"room_id":1,"group_id":"g","timeout":30,"version":4,"x":%s}'

TEXTS = {
    "open arrays": "[" * LEVELS,
    "closed arrays": nested(LEVELS),
    "closed objects": nested(LEVELS, '{"a":', "}"),
    "within the default size": "[" * 60_000,
    "entities": nested(LEVELS, '{"entity":', "}"),
    "unknown key": CHAT % nested(LEVELS),
    "embedded text": call(CONTENT % nested(LEVELS)),
    "embedded text, escaped": call(CONTENT % nested(LEVELS)).replace("[", r"\u005b"),
    "embedded text as deep as the client reads": call(CONTENT % nested(511)),
    "unknown key as deep as may be": CHAT % nested(126),
    "unknown object as deep as may be": CHAT % nested(126, '{"a":', "}"),
    "embedded text as deep as may be": call(CONTENT % nested(127)),
    "known key as deep as may be": (CHAT % nested(126)).replace('"x"', '"customData"'),
}


BUILT: list[object] = []
"""The values that were built. The main thread frees them at the end: CPython 3.13 recurses to free a value on any stack."""


def as_deep_as(text: str) -> list[object]:
    """A value built in Python with as many levels as the text has brackets."""
    deep: list[object] = []
    for _ in range(sum(map(text.count, "[{")) - 1):
        deep = [deep]
    BUILT.append(deep)
    return deep


def encode_built(text: str) -> str:
    ext = pc.decode_ext(CHAT % 0)
    assert ext.entity.model_extra is not None
    ext.entity.model_extra["x"] = as_deep_as(text)
    return pc.encode_ext(ext, limits=LIMITS)


def compose_built(text: str) -> object:
    return pc.compose.offline_push_info(pc.decode_ext(CHAT % 0), extra={"x": as_deep_as(text)})  # type: ignore[dict-item]


VERBS: dict[str, Callable[[str], object]] = {
    "decode_ext": lambda text: pc.decode_ext(text, limits=LIMITS),
    "encode_ext": lambda text: pc.encode_ext(pc.decode_ext(text, limits=LIMITS), limits=LIMITS),
    "decode_push_info": lambda text: pc.decode_push_info(compact({"ext": text}), limits=LIMITS),
    "decode_push_info of the REST API": lambda text: pc.decode_push_info(
        REST % (compact(text), text), form="rest-push-info", limits=LIMITS
    ),
    "encode_push_info": lambda text: pc.encode_push_info(pc.RestPushInfo(ext=text), limits=LIMITS),
    "fast decode": DECODER.decode,
    "to_model": lambda text: DECODER.decode(text).to_model(),
    "fast route": lambda text: DECODER.route(text, now=0),
    "fast receive": lambda text: DECODER.receive(text, now=0),
    "fast receive, wrapped": lambda text: DECODER.receive(compact({"custom": text}), now=0),
    "trusted decode": TRUSTED.decode,
    "trusted route": lambda text: TRUSTED.route(text, now=0),
    "trusted receive": lambda text: TRUSTED.receive(compact({"custom": text}), now=0),
    "trusted lines": lambda text: next(TRUSTED.route_lines(text.encode(), now=0)),
    "receive": lambda text: pc.receive({"custom": text}, now=0),
    "iter_violations": lambda text: list(pc.iter_violations(text, limits=LIMITS)),
    "find_ext": lambda text: pc.find_ext(text, limits=LIMITS),
    "size_report": lambda text: pc.size_report(text, limits=LIMITS),
    "size_report of a push info": lambda text: pc.size_report(REST % (compact(text), text), limits=LIMITS),
    "arrow": lambda text: pushcodec.arrow.decode_array(pa.array([text]), now=0, limits=LIMITS),
    "lint": pc.lint.lint_text,
    "compare": lambda text: pc.compare(text, now=0),
    "encode_ext of a built value": encode_built,
    "compose with a built value": compose_built,
}


def answer(verb: str, text: str) -> str:
    """The kind of answer in one word; only an exception of the library is an answer."""
    _print(f"{verb} | {text} | ")
    try:
        given = VERBS[verb](TEXTS[text])
    except pc.PushCodecError as error:
        return str(error.violations[0].code)
    return given.outcome if isinstance(given, Route) else type(given).__name__


def _print(words: str) -> None:
    sys.stdout.write(words)
    sys.stdout.flush()


def main() -> None:
    def work() -> None:
        for verb in VERBS:
            for text in TEXTS:
                _print(answer(verb, text) + "\n")

    for verb in VERBS.values():  # imports at the first use need more stack
        for text in (CHAT % 0, CHAT):
            with suppress(pc.PushCodecError):
                verb(text)
    threading.stack_size(int(sys.argv[1]) * 1024)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


if __name__ == "__main__":
    main()
