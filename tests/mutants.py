"""Seeded mutants of real payloads: texts with none, one or a few faults, in the outer or the embedded text."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from payloads import c2c_call, c2c_chat, compact, group_call, group_chat, group_content

from pushcodec.documents import find_ext

SAMPLES = Path(__file__).parents[1] / "samples" / "valid"

_NUMBERS = (
    "0 1 2 3 -1 -0 1.0 1e0 1.5 30 2147483648 4294967297 9007199254740992 9223372036854775808 18446744073709551616 1e400 1e-400"
)
_TOKENS = (
    *_NUMBERS.split(),
    *("true", "false", "null", '""', '"1"', '" 2x"', '"a\\"b"', '"a\\u0022b"', '"\\ud83d\\ude00"', '"\\ud800"', '"\\/"', '"😀"'),
    *("[]", "{}", "[1]", '["a"]', '["a",""]', "[1,]", '{"a":1,"a":2}', "[" * 20 + "]" * 20, "NaN", "nul", "01", "'a'", ""),
)
_KEYS = (
    "action",
    "chatType",
    "sender",
    "content",
    "nickname",
    "faceUrl",
    "version",
    "sendTime",
    "customData",
    "entity",
    "userData",
)
_CONTENT_KEYS = ("action", "call_id", "call_type", "invited_list", "room_id", "group_id", "timeout", "version", "code", "data")
_BYTES = (
    b"\xff",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b'"',
    b"\\",
    b",",
    b"{",
    b"}",
    b"]",
    b" ",
    b"\n",
    b"\x00",
    b"1",
    b"\\u0022",
    b"e5",
    b".",
)


def originals() -> list[bytes]:
    """Real ext texts: the samples, and payloads of every kind as each sender writes them."""
    sampled = [find_ext(file.read_bytes()).ext for file in sorted(SAMPLES.iterdir())]
    optional: dict[str, Any] = {"sendTime": 0, "customData": [1, -1]}
    content = group_content(code=0, duration=0, timestamp=0, sender="a", data="x", businessID="av_call")
    built: list[Any] = [
        {"entity": c2c_chat()},
        {"entity": group_chat(**optional), "timPushFeatures": {"fcmPushType": 0}},
        {"entity": c2c_chat(content='say "hi"', extra=[1, {"a": None}]), "userData": 0.5},
        {"entity": c2c_call()},
        {"entity": group_call(**optional)},
        {"entity": group_call(content)},
        {"entity": group_call(nickname='"q"')},
    ]
    written = [write(value) for value in built for write in (compact, json.dumps, _ios)]
    return [text.encode() for text in (*sampled, *written)]


def _ios(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, separators=(",", " : ")).replace("/", "\\/")


def mutants(count: int, seed: int) -> Iterator[bytes]:
    """`count` mutants, the same ones for the same seed; one in twenty is unchanged."""
    draw = random.Random(seed)
    texts = originals()
    for _ in range(count):
        text = draw.choice(texts)
        for _ in range(draw.choice((0, 1, 1, 1, 1, 1, 2, 2, 3)) if draw.random() < 0.95 else 0):
            text = mutate(text, draw)
        yield text


def mutate(text: bytes, draw: random.Random) -> bytes:
    """The text with one change, in the outer or the embedded text; some changes have no effect."""
    return draw.choice(_MUTATIONS)(text, draw)


# Mutations of a text


def _change_bytes(text: bytes, draw: random.Random) -> bytes:
    start = draw.randrange(len(text) + 1)
    end = min(len(text), start + draw.choice((0, 0, 1, 1, 2, 8)))
    return text[:start] + draw.choice((b"", *_BYTES)) + text[end:]


def _change_value(text: bytes, draw: random.Random) -> bytes:
    """Replaces the value of some key by another token."""
    key = draw.choice(_KEYS)
    return _at_value(text, f'"{key}"', lambda _: draw.choice(_TOKENS))


def _add_member(text: bytes, draw: random.Random) -> bytes:
    """Adds a member to some object, often with a key that it has already, sometimes with an escape in the key."""
    key = draw.choice((*_KEYS, "k", ""))
    written = key if draw.random() < 0.7 or not key else f"\\u{ord(key[0]):04x}{key[1:]}"
    member = f'"{written}":{draw.choice(_TOKENS)}'.encode()
    places = [at for at, byte in enumerate(text) if byte in b"{}"]
    if not places:
        return text
    at = draw.choice(places)
    if text[at : at + 1] == b"{":
        return text[: at + 1] + member + b"," + text[at + 1 :]
    return text[:at] + b"," + member + text[at:]


def _rename_key(text: bytes, draw: random.Random) -> bytes:
    old, new = draw.choice(_KEYS), draw.choice((*_KEYS, "nickName", "k"))
    return text.replace(f'"{old}"'.encode(), f'"{new}"'.encode(), 1)


def _change_content(text: bytes, draw: random.Random) -> bytes:
    """Mutates the JSON text inside `content` and writes it into the outer text again."""
    try:
        value = json.loads(text)
        content = value["entity"]["content"]
        json.loads(content)
    except (ValueError, KeyError, TypeError, RecursionError):
        return text
    key = draw.choice(_CONTENT_KEYS)
    token = draw.choice(_TOKENS)
    changed = draw.choice(
        (
            lambda: _at_value(content.encode("utf-8", "replace"), f'"{key}"', lambda _: token).decode(errors="replace"),
            lambda: content[:-1] + f',"{key}":{token}}}',
            lambda: "{" + f'"{key}":{token},' + content[1:],
            lambda: content.replace(f'"{key}"', f'"{key}x"'),
            lambda: content.replace(f'"{key}"', f'"\\u{ord(key[0]):04x}{key[1:]}"'),
            lambda: content[: draw.randrange(len(content) + 1)],
            lambda: json.dumps(json.loads(content), indent=1),
        )
    )()
    value["entity"]["content"] = changed
    return json.dumps(value, ensure_ascii=draw.random() < 0.5).encode("utf-8", "surrogatepass")


def _at_value(text: bytes, key: str, change: Callable[[bytes], str]) -> bytes:
    start = text.find(key.encode())
    colon = text.find(b":", start)
    if start < 0 or colon < 0:
        return text
    end = min((at for at in (text.find(b",", colon), text.find(b"}", colon)) if at >= 0), default=len(text))
    return text[: colon + 1] + change(text[colon + 1 : end]).encode("utf-8", "surrogatepass") + text[end:]


def _lengthen_number(text: bytes, draw: random.Random) -> bytes:
    """Makes some number longer: leading zeros, more digits, a long fraction or a long exponent."""
    numbers = list(re.finditer(rb"[0-9]+", text))
    if not numbers:
        return text
    found = draw.choice(numbers)
    return text[: found.start()] + long_number(found[0].decode(), draw).encode() + text[found.end() :]


def long_number(digits: str, draw: random.Random) -> str:
    """A text of the number, or of a larger one, that has a long run of digits."""
    count = draw.choice(LENGTHS)
    zeros = draw.choice("00000٠") * count
    return draw.choice(
        (
            zeros + digits,
            digits + zeros,
            digits + draw.choice("123456789٣") * count,
            f"{digits}.{zeros}",
            f"{digits}.{zeros}1",
            f"{digits}e{zeros}",
            f"{digits}e-{zeros}1",
            f"{digits}e{digits * count}"[: count + 2],
            f"{digits}{'0' * count}e-{count}",
            f"0.{'0' * count}{digits}e{count + len(digits)}",
            f"0x{zeros}{digits}.{zeros}p0",
        )
    )


LENGTHS = (2, 17, 19, 20, 40, 310, 640, 1023, 1024, 4299, 4300, 4301)
"""Lengths of runs of digits at which the behaviour of some reader changes."""

_MUTATIONS = (
    *(_change_bytes, _change_value, _change_value, _add_member, _add_member, _rename_key, _change_content, _change_content),
    _lengthen_number,
)
