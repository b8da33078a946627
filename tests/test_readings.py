"""How often a text is read: once by the strict reader, and once more by each different client reader that is asked for.

The readings are counted at the readers themselves, by what the interpreter reports of calls, so that no way to import a reader
escapes. What is counted:

| reader | functions |
|---|---|
| strict | the scanner of CPython that `jsontext` has configured |
| faults | `jsontext.scanner.scan`, which reads a text once more that the first one did not accept, to find every fault |
| spans | `jsontext.scanner.find_spans`, the places of values and keys |
| Foundation | `clients.ios.foundation.read_object` |
| Gson | `clients.android.gson.read_document`, once for each set of classes that it reads into |
| msgspec | the decoders of `fast` |
| json | `json.loads` and the like, but for the schemas of the package |
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from types import FrameType
from typing import Any, Final, NamedTuple

import msgspec
import pytest

import pushcodec as pc
from pushcodec import lint
from pushcodec.clients.android import gson
from pushcodec.clients.ios import foundation
from pushcodec.clients.table import CLIENTS
from pushcodec.fast import Decoder
from pushcodec.jsontext import scanner


class Reading(NamedTuple):
    """A text that was read: by which reader, into which classes if there are several, and its first characters."""

    reader: str
    classes: object
    text: str


_READERS: Final = {
    scanner.scan.__code__: "faults",
    scanner.find_spans.__code__: "spans",
    foundation.read_object.__code__: "Foundation",
    gson.read_document.__code__: "Gson",
    json.JSONDecoder.decode.__code__: "json",
}
_SCANNER: Final = type(json.JSONDecoder().scan_once)  # type: ignore[attr-defined]  # typeshed leaves it out


def readings_of(call: Callable[[], object]) -> list[Reading]:
    """Every reading of a text during a call, whatever the call raises as PushCodecError."""
    found: list[Reading] = []

    def profile(frame: FrameType, event: str, called: Any) -> None:
        code = frame.f_code
        if event == "call" and code in _READERS and not _is_part_of_foundation(frame):
            text = frame.f_locals[code.co_varnames[code.co_varnames[0] == "self"]]
            found.append(Reading(_READERS[code], frame.f_locals.get("read"), _characters(text)))
        elif event == "c_call" and isinstance(getattr(called, "__self__", None), msgspec.json.Decoder):
            found.append(Reading("msgspec", called.__self__, ""))

    with _counted_scanners(found), suppress(pc.PushCodecError):
        sys.setprofile(profile)
        try:
            call()
        finally:
            sys.setprofile(None)
    return [each for each in found if '"$schema"' not in each.text]


def _is_part_of_foundation(frame: FrameType) -> bool:
    """Whether Foundation's reader calls another reader, which is part of its own reading."""
    return frame.f_back is not None and frame.f_back.f_code.co_filename == foundation.__file__


@contextmanager
def _counted_scanners(found: list[Reading]) -> Iterator[None]:
    """Counts the calls of CPython's scanners, which the interpreter does not report."""

    def counting(scan: Callable[..., Any]) -> Callable[..., Any]:
        def scan_once(text: str, index: int) -> Any:
            found.append(Reading("strict", None, _characters(text)))
            return scan(text, index)

        return scan_once

    with pytest.MonkeyPatch.context() as patch:
        for module in [module for name, module in sys.modules.items() if name.startswith("pushcodec.")]:
            for name, value in list(vars(module).items()):
                if isinstance(value, _SCANNER):
                    patch.setattr(module, name, counting(value))
        yield


def _characters(text: str | bytes) -> str:
    return (text if isinstance(text, str) else text.decode("utf-8", "surrogateescape")).strip()


def shown(readings: Iterable[Reading]) -> str:
    """The number of readings and its parts: `3 (strict 2, spans 1)`."""
    parts = Counter(each.reader for each in readings)
    return f"{parts.total()} ({', '.join(f'{reader} {count}' for reader, count in parts.items()) or 'none'})"


# Documents, each with one thing that is special about it


def _text(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=(",", ":") if indent is None else None)


CONTENT: Final = {
    "action": 1,
    "call_id": "1441-1",
    "call_type": 2,
    "invited_list": ["bob"],
    "room_id": 7,
    "group_id": "@TGS#2WALRUSX",
    "timeout": 30,
    "version": 4,
}
CHAT: Final = {"action": 1, "chatType": 1, "sender": "alice", "content": "hi"}
SENT: Final = 1706601600


def _call(content: object = CONTENT, **changes: object) -> str:
    text = content if isinstance(content, str) else _text(content)
    return _text({"entity": {"action": 2, "chatType": 2, "sender": "alice", "content": text, "sendTime": SENT, **changes}})


WRONG_TYPE: Final = _call({**CONTENT, "room_id": "7"})
EXTS: Final = {
    "chat": _text({"entity": CHAT}),
    "chat with a wrong type": _text({"entity": {**CHAT, "sender": 12}}),
    "chat with an unknown key": _text({"entity": {**CHAT, "other": [1]}}),
    "chat with an unknown action": _text({"entity": {**CHAT, "action": 3}}),
    "chat with a repeated key": _text({"entity": CHAT}).replace('"sender"', '"sender":"bob","sender"'),
    "call": _call(),
    "call with a wrong type in its content": WRONG_TYPE,
    "call with an array for a number": _call({**CONTENT, "call_type": []}),
    "call with a number that no field takes": _call({**CONTENT, "duration": 1e300}),
    "entity with an object for a string": _call(nickname={}),
    "call with two faults": _call({**CONTENT, "room_id": "7", "timeout": None}, sender=12),
    "pretty call with a wrong type": _text(json.loads(WRONG_TYPE), indent=2),
    "call with a trailing comma in its content": _call(_text(CONTENT).replace("}", ",}")),
    "call with cut content": _call(_text(CONTENT)[:-9]),
    "call with empty content": _call(""),
    "C2C call": _call({**CONTENT, "group_id": "", "call_id": ""}, chatType=1),
    "cut call": WRONG_TYPE[:-9],
    "call with half of a surrogate pair": _call({**CONTENT, "call_id": "x"}).replace('\\"x', '\\"\\ud800'),
    "integers of 16 digits": _call(sendTime=SENT * 10**6),
}
DOCUMENTS: Final = {
    **EXTS,
    "TPNS notification": _text({"aps": {"alert": "hi"}, "custom": _call()}),
    "TPNS notification with a wrong type in its content": _text({"aps": {"alert": "hi"}, "custom": WRONG_TYPE}),
    "APNs notification with a cut ext": _text({"aps": {"alert": "hi"}, "ext": WRONG_TYPE[:-9]}),
    "legacy notification": _text({"aps": {}, **json.loads(WRONG_TYPE)}),
    "push info": _text({"title": "Alice", "desc": "hi", "iOSSound": "x", "ext": WRONG_TYPE}),
    "bare entity": _text(CHAT),
    "bare content": _text({**CONTENT, "room_id": "7"}),
    "nothing known": "[]",
}


def test_the_counter_sees_every_reader() -> None:
    """Readings that are there are counted, so that the bounds below mean something."""
    assert shown(readings_of(lambda: pc.decode_ext(EXTS["chat"]))) == "1 (strict 1)"
    assert shown(readings_of(lambda: pc.receive({"custom": EXTS["chat"]}, now=SENT))) == "1 (Foundation 1)"
    assert shown(readings_of(lambda: pc.simulate(EXTS["call"], "android-6.0", now=SENT))) == "2 (Gson 2)"
    assert shown(readings_of(lambda: Decoder().decode(EXTS["call"]))) == "2 (msgspec 2)"
    assert shown(readings_of(lambda: scanner.find_spans("[]", max_depth=1, max_items=1))) == "1 (spans 1)"
    assert shown(readings_of(lambda: json.loads("[]"))) == "1 (json 1)"
    assert shown(readings_of(lambda: scanner.scan("[,]", max_depth=1, max_items=1))) == "1 (faults 1)"


def test_the_linter_reads_each_text_once_with_each_reader(report_figure: Callable[[str], None]) -> None:
    """The strict reader, for its faults the scanner, for positions the scanner, and the reader of each client."""
    found = {name: readings_of(partial(lint.lint_text, text)) for name, text in DOCUMENTS.items()}
    report_figure(f"readings: lint_text: {_counts(found)}")
    assert _repeated(found) == {}
    assert _readers(found) <= {"strict", "faults", "spans", "Foundation", "Gson"}
    for name, readings in found.items():  # and no text that is not in the document
        assert len({each.text for each in readings}) <= 3, name


def test_the_linter_reads_a_call_at_most_eight_times(report_figure: Callable[[str], None]) -> None:
    """Two texts: each by the strict reader, by the readers of two clients, and for positions."""
    found = readings_of(lambda: lint.lint_text(WRONG_TYPE))
    report_figure(f"readings: lint_text of a call with a wrong type in its content: {shown(found)}, at most 8")
    assert Counter(each.reader for each in found) <= Counter({"strict": 2, "spans": 2, "Foundation": 2, "Gson": 2})


def test_the_codec_reads_each_text_once(report_figure: Callable[[str], None]) -> None:
    """It decodes and explains from one reading; a text with a fault is read once more for all its faults."""
    found = {name: readings_of(partial(pc.decode_ext, text)) for name, text in EXTS.items()}
    report_figure(f"readings: decode_ext: {_counts(found)}")
    assert _repeated(found) == {}
    assert _readers(found) <= {"strict", "faults"}


def test_the_codec_reads_a_call_twice(report_figure: Callable[[str], None]) -> None:
    """The ext once, and the content in it once."""
    found = readings_of(lambda: pc.decode_ext(WRONG_TYPE))
    report_figure(f"readings: decode_ext of a call with a wrong type in its content: {shown(found)}, at most 2")
    assert Counter(each.reader for each in found) == {"strict": 2}


def test_clients_read_each_text_once_with_each_reader(report_figure: Callable[[str], None]) -> None:
    """Foundation once, and Gson once into the classes of 6.0 and once into those of 7.9: releases share a reading."""
    found = {name: readings_of(partial(pc.compare, text, now=SENT)) for name, text in EXTS.items()}
    report_figure(f"readings: compare of {len(CLIENTS)} clients: {_counts(found)}")
    report_figure(f"readings: compare of {len(CLIENTS)} clients on a call: {shown(found['call'])}")
    assert _repeated(found) == {}
    assert _readers(found) == {"Foundation", "Gson"}
    for readings in found.values():
        by_text = Counter((each.reader, each.text) for each in readings)
        assert all(count <= {"Foundation": 1, "Gson": 2}[reader] for (reader, _), count in by_text.items())


def _counts(found: Mapping[str, list[Reading]]) -> str:
    return ", ".join(f"{name} {len(readings)}" for name, readings in found.items())


def _readers(found: Mapping[str, list[Reading]]) -> set[str]:
    return {each.reader for readings in found.values() for each in readings}


def _repeated(found: Mapping[str, list[Reading]]) -> dict[str, str]:
    """For each document with readings that were made more than once, these readings."""
    more = {name: [each for each, count in Counter(readings).items() if count > 1] for name, readings in found.items()}
    return {name: shown(readings) for name, readings in more.items() if readings}
