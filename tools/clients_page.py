"""The page of the clients side by side, docs/clients.md: every cell is what the code answers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pushcodec.clients.android import redirect
from pushcodec.clients.android.gson import (
    Field,
    FieldReader,
    GsonError,
    object_of,
    read_bytes,
    read_document,
    read_int,
    read_long,
    read_string,
    read_strings,
)
from pushcodec.clients.comparison import compare
from pushcodec.clients.effects import Unavoidable
from pushcodec.clients.ios.foundation import int_value, integer_value, read_object
from pushcodec.clients.steps import Step
from pushcodec.clients.table import CLIENTS

SENT: Final = 1706601600
NOW: Final = SENT + 9


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _without(payload: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in payload.items() if key not in keys}


def _chat(**changes: Any) -> str:
    return _text({"entity": {**_CHAT, **changes}})


def _call(content: Any = None, **changes: Any) -> str:
    text = _text(_CONTENT if content is None else content)
    return _text({"entity": {"action": 2, "chatType": 2, "sender": "alice", "content": text, "sendTime": SENT, **changes}})


_CHAT: Final = {"action": 1, "chatType": 1, "sender": "alice", "content": "hi"}
_CONTENT: Final = {
    "action": 1,
    "call_id": "1441-1",
    "call_type": 2,
    "invited_list": ["bob"],
    "room_id": 7,
    "group_id": "@TGS#2WALRUSX",
    "timeout": 30,
    "version": 4,
}

# What is special about a text, and the text; all are tapped 9 seconds after SENT.
EXAMPLES: Final = {
    "a valid C2C chat": _chat(),
    "a valid group chat": _chat(chatType=2, sender="@TGS#2WALRUSX"),
    "a valid group call": _call(),
    "a valid C2C call": _call({**_CONTENT, "call_id": "", "group_id": ""}, chatType=1),
    "a C2C call with a `group_id`": _call(chatType=1),
    "`action` absent": _text({"entity": _without(_CHAT, "action")}),
    "`chatType` null": _chat(chatType=None),
    "`version` 2": _chat(version=2),
    "`action` true": _chat(action=True),
    '`action` "1"': _chat(action="1"),
    "`action` 1.0": _chat(action=1.0),
    "`action` 1.5": _chat(action=1.5),
    "`action` 4294967297": _chat(action=2**32 + 1),
    "`sender` a number": _chat(sender=12),
    "`sender` empty": _chat(sender=""),
    "`nickname` an array": _chat(nickname=[]),
    "`customData` a string": _chat(customData="x"),
    "an entity as a string": _text({"entity": _text(_CHAT)}),
    "no entity": "{}",
    "a trailing comma": _chat().replace("}}", ",}}"),
    "single quotes": _chat().replace('"', "'"),
    "a comment": "/* hi */" + _chat(),
    "a key twice": _chat().replace('"sender"', '"sender":"bob","sender"'),
    "content not JSON": _call(content="hi").replace('\\"', ""),
    "content an object": _text({"entity": {**_CHAT, "action": 2, "chatType": 2, "content": _CONTENT}}),
    "`room_id` absent": _call(_without(_CONTENT, "room_id")),
    "`room_id` 2147483648": _call({**_CONTENT, "room_id": 2**31}),
    "`duration` a string": _call({**_CONTENT, "duration": "long"}),
    "`call_id` absent": _call(_without(_CONTENT, "call_id")),
    "`timeout` absent": _call(_without(_CONTENT, "timeout")),
    "`timeout` -1": _call({**_CONTENT, "timeout": -1}),
    "as old as its `timeout`": _call({**_CONTENT, "timeout": 9}),
    "older than its `timeout`": _call({**_CONTENT, "timeout": 8}),
    "`sendTime` a second ahead": _call(sendTime=NOW + 1),
    "`sendTime` in milliseconds": _call(sendTime=SENT * 1000),
}

TOKENS: Final = (
    *("1", "1.0", "1e0", "1.5", "-1", "2147483648", "4294967297", "9223372036854775808", "1e19"),
    *('"1"', '" 1 "', '"+1"', '"1.0"', '"1abc"', '"0x1"', '"1e3"', '""', "true", "null", "[]", "{}", "01", "'1'", "NaN"),
)


_READINGS: Final = ("iOS intValue", "iOS integerValue", "Android int", "Android long", "Android String")


def clients_page() -> str:
    """The page, as Markdown."""
    parts = [
        "# Clients",
        "Made from the code by `make generate`: every cell is what the mirrors answer, and the steps are those of the "
        "[contract](contract.md). `pushcodec compare` and `pc.compare` tell it of any other text.",
        _table(["name", "client"], ((f"`{name}`", client.title) for name, client in CLIENTS.items())),
        "A release stands for all up to the next one that differs.",
        "## What a tap comes to",
        "Each text is tapped 9 seconds after its `sendTime`; the step that decides is in brackets. Bold are texts that clients "
        "take for different things.",
        _table(["text", *(client.title for client in CLIENTS.values()), "agree"], map(_effects, EXAMPLES.items())),
        "What no payload can avoid counts as agreement, by name:",
        _table(["name", "why"], ((f"`{each}`", each.why) for each in Unavoidable)),
        "## What a value is to a field",
        'iOS coerces what its reader read; Android reads tokens into fields. "throws" loses the payload or crashes the app: see '
        'the steps. "refuses" means that the reader takes no such text.',
        _table(["token", *_READINGS], map(_values, TOKENS)),
        "## What Android binds",
        "An absent key has the default; a key that is not here is skipped. Every field is read, whether the route uses it or not.",
        _table(["of", "key", "type", "default"], _fields()),
        "## The steps of iOS",
        _steps(CLIENTS["ios-6.0"].steps),
        "## The steps of Android",
        _steps(CLIENTS["android-6.0"].steps),
    ]
    return "\n\n".join(parts) + "\n"


def _effects(example: tuple[str, str]) -> list[str]:
    name, text = example
    found = compare(text, now=NOW)
    by = f" ({', '.join(found.unavoidable)})" if found.agree and found.unavoidable else ""
    cells = [f"{effect.kind} ({effect.step})" for effect in found.effects.values()]
    return [name if found.agree else f"**{name}**", *cells, f"yes{by}" if found.agree else "no"]


def _values(token: str) -> list[str]:
    value = read_object(f'{{"v":{token}}}')
    ios = ["refuses"] * 2 if value is None else [_shown(int_value(value["v"])), _shown(integer_value(value["v"]))]
    return [f"`{token}`", *ios, *(_bound(token, read) for read in (read_int, read_long, read_string))]


def _shown(number: int | None) -> str:
    return "throws" if number is None else str(number)


def _bound(token: str, read: FieldReader) -> str:
    try:
        value = read_document(f'{{"v":{token}}}', object_of({"v": Field(_DEFAULT, read)}))["v"]
    except GsonError:
        return "throws"
    return "the default" if value is _DEFAULT else "null" if value is None else f'"{value}"' if read is read_string else str(value)


_DEFAULT: Final = object()


def _fields() -> Iterable[list[str]]:
    later = {key: field for key, field in redirect.ENTITY_7_9.items() if key not in redirect.ENTITY}
    for of, fields in (
        ("entity", redirect.ENTITY),
        ("entity, from 7.9", later),
        ("`timPushFeatures` beside the entity, from 7.9", redirect.FEATURES),
        ("content of a call", redirect.CALL),
    ):
        for key, field in fields.items():
            yield [of, f"`{key}`", _TYPES[field.read], f"`{json.dumps(field.default)}`"]


_TYPES: Final[dict[FieldReader, str]] = {
    read_int: "int",
    read_long: "long",
    read_string: "String",
    read_strings: "array of String",
    read_bytes: "array of byte",
}


def _steps(steps: Mapping[str, Step]) -> str:
    return _table(["step", "condition"], ((f"`{name}`", step.condition) for name, step in steps.items()))


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
