"""The page of the clients side by side, docs/clients.md: every cell is an answer of the code."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, Final

from pushcodec.clients.client import BoundField, Client
from pushcodec.clients.comparison import compare
from pushcodec.clients.effects import Unavoidable
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


def clients_page() -> str:
    """The page, as Markdown."""
    families = [next(members) for _, members in groupby(CLIENTS.values(), key=lambda client: client.family)]
    types = {f"{client.system} {name}": convert for client in families for name, convert in client.conversions.items()}
    parts = [
        "# Clients",
        "Generated from the code by `make generate`: every cell is the answer of a mirror, and the steps are those of the "
        "[contract](contract.md). `pushcodec compare` and `pc.compare` give the answers for any other text.",
        _table(["name", "client", "releases of the SDK", "reader"], map(_client, CLIENTS.values())),
        "A release represents all up to the next one that differs. Clients with the same reader read a text in the same way.",
        "## The effect of a tap",
        "Each text is tapped 9 seconds after its `sendTime`. The step that decides is in brackets. On a text in bold the "
        "clients disagree.",
        _table(["text", *(client.title for client in CLIENTS.values()), "agree"], map(_effects, EXAMPLES.items())),
        "What no payload can avoid counts as agreement, by name:",
        _table(["name", "why"], ((f"`{each}`", each.why) for each in Unavoidable)),
        "## Conversions of a value",
        'What a client makes of a value, by the type that it needs. "throws" loses the payload or crashes the app: see the steps. '
        '"refuses" means that the reader does not accept the text.',
        _table(["token", *types], ([f"`{token}`", *(convert(token) for convert in types.values())] for token in TOKENS)),
    ]
    for client in families:
        if client.fields:
            parts += [
                f"## The fields of {client.system}",
                "An absent key has the default; a key that is not here is skipped. Every field is read, used or not.",
                _table(["of", "key", "type", "default"], map(_field, client.fields)),
            ]
    for client in families:
        parts += [f"## The steps of {client.system}", _steps(client.steps)]
    return "\n\n".join(parts) + "\n"


def _client(client: Client) -> list[str]:
    return [f"`{client.name}`", client.title, client.releases, client.reader.name]


def _field(field: BoundField) -> list[str]:
    return [field.place, f"`{field.key}`", field.type, f"`{field.default}`"]


def _effects(example: tuple[str, str]) -> list[str]:
    name, text = example
    found = compare(text, now=NOW)
    by = f" ({', '.join(found.unavoidable)})" if found.agree and found.unavoidable else ""
    cells = [f"{effect.kind} ({effect.step})" for effect in found.effects.values()]
    return [name if found.agree else f"**{name}**", *cells, f"yes{by}" if found.agree else "no"]


def _steps(steps: Mapping[str, Step]) -> str:
    return _table(["step", "condition", "reads"], ((f"`{name}`", step.condition, _reads(step)) for name, step in steps.items()))


def _reads(step: Step) -> str:
    return ", ".join(f"`{'.'.join(map(str, path))}`" for path in step.reads)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
