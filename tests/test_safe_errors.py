"""Errors about hostile input: their texts are short printable ASCII without values of the payload.

20,000 seeded inputs in every run, 100,000 where CI is set, or as many as PUSHCODEC_HOSTILE says.
"""

from __future__ import annotations

import json
import os
import re
import traceback
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

from payloads import Payload, apns, c2c_call, c2c_chat, c2c_content, ext, group_call, group_content, legacy, tpns

from pushcodec import fast
from pushcodec.codec import decode_ext, encode_ext
from pushcodec.documents import find_ext
from pushcodec.errors import Code, PushCodecError
from pushcodec.models import ChatEntity, Ext

INPUTS = int(os.environ.get("PUSHCODEC_HOSTILE") or (100_000 if os.environ.get("CI") else 20_000))

# Texts that no message may contain: nothing from a value, and a key only escaped, in the pointer.
VALUE, KEY, DIGITS = "CANARY", "KEYBIRD", "27182818284590"
HOSTILE = (
    *("\x1b[31m", "\x1b]0;x\x07", "\r\n", "\x00", "\x7f", "\u202e", "\u2028", "\ufeff", "\ud800", "\udfff", "é", "名字", "😀"),
    *("/", "~", "~1", '"', "'", "\\", "{}", "%s", "{0}", "${x}", "<b>", "[", "x" * 600, "\x00" * 600),
)
BAD_TOKENS = (VALUE, f"'{VALUE}'", f'"{VALUE}', f"-{DIGITS * 3}", f"{DIGITS}e999", f"{DIGITS}x", f"[{DIGITS},]", f'["{VALUE}\\x"]')
ENTITIES: tuple[Callable[[], Payload], ...] = (c2c_chat, c2c_call, group_call)


def hostile_text(draw: Random, canary: str) -> str:
    return "".join((*draw.choices(HOSTILE, k=draw.randint(0, 3)), canary, draw.choice(HOSTILE)))


def hostile_value(draw: Random) -> Any:
    text = hostile_text(draw, VALUE)
    if draw.random() < 0.002:  # rarely, because it takes as long as many others
        return [text] * 1001
    numbers = (int(DIGITS), -int(DIGITS), float(DIGITS) + 0.5, int(DIGITS * 3))
    return draw.choice((text, text, [text], {hostile_text(draw, KEY): text}, *numbers))


def with_hostile_member(members: Payload, draw: Random) -> Payload:
    """The object with a hostile value under one of its keys, or with that key replaced by a hostile key and value."""
    key = draw.choice(list(members))
    if draw.random() < 0.7:
        return {**members, key: hostile_value(draw)}
    return {hostile_text(draw, KEY): hostile_value(draw), **{other: value for other, value in members.items() if other != key}}


def hostile_ext(draw: Random) -> Payload:
    """An ext with a hostile key or value, in its entity or in the embedded text."""
    if draw.random() < 0.3:
        content = with_hostile_member(draw.choice((c2c_content, group_content))(), draw)
        return ext(group_call(content))
    entity = draw.choice(ENTITIES)()
    return ext(with_hostile_member(entity, draw)) if draw.random() < 0.9 else with_hostile_member(ext(entity), draw)


def written(value: Any, draw: Random) -> str | bytes:
    """A JSON text of a value, sometimes with a bad token, as `str` or as bytes, which may be invalid UTF-8."""
    text = json.dumps(value, ensure_ascii=draw.random() < 0.5)
    if draw.random() < 0.3:
        at = draw.choice([place.end() for place in re.finditer(":", text)])
        key = json.dumps(hostile_text(draw, KEY))
        text = text[:at] + draw.choice((draw.choice(BAD_TOKENS), f"{{{key}:1,{key}:{DIGITS}}}", "[" * 20, ",")) + text[at:]
    return text.encode("utf-8", "surrogatepass") if draw.random() < 0.5 else text


def read_ext(draw: Random) -> object:
    return draw.choice((decode_ext, fast.Decoder().decode))(written(hostile_ext(draw), draw))


def read_notification(draw: Random) -> object:
    notification = draw.choice((tpns, apns, legacy))(hostile_ext(draw))
    if draw.random() < 0.1:
        return find_ext(written([notification, tpns(hostile_ext(draw))], draw))
    if draw.random() < 0.3:
        notification = with_hostile_member(notification, draw)
    return decode_ext(find_ext(written(notification, draw)).ext)


def write_ext(draw: Random) -> object:
    """Encodes a model with a hostile value that was built without validation."""
    hostile = draw.choice((hostile_value(draw), {VALUE}, VALUE.encode()))
    fields: dict[str, Any] = {
        "action": 1,
        "chat_type": 1,
        "sender": "10457",
        draw.choice(["sender", "content", "version"]): hostile,
    }
    return encode_ext(Ext.model_construct(entity=ChatEntity.model_construct(**fields)))


def refusal(draw: Random) -> PushCodecError | None:
    """The error for some hostile input; None if it is accepted."""
    try:
        draw.choice((read_ext, read_ext, read_notification, write_ext))(draw)
    except PushCodecError as error:
        return error
    return None


def complaint(error: PushCodecError) -> str | None:
    """What is wrong with the texts of an error; None if nothing is."""
    messages = [violation.message for violation in error.violations]
    for text in (str(error), *map(str, error.violations), *messages):
        if not re.fullmatch(r"[ -~]{1,512}", text):
            return f"not a short printable text: {text!a}"
    for text in messages:
        if VALUE in text or DIGITS[:6] in text or KEY in text:
            return f"a message with a value or a key of the payload: {text!a}"
    if error.__context__ and not error.__suppress_context__:
        return f"an error with another one as its context: {error.__context__!a}"
    if any(VALUE in text or DIGITS in text for text in (str(error), *map(str, error.violations))):
        return f"an error with a value of the payload: {error}"
    return None


def test_errors_contain_no_value_and_no_control_character(report_figure: Callable[[str], None]) -> None:
    """Every text of an error is printable, at most 512 characters long and without values; only pointers contain keys."""
    draw = Random(7)
    codes: Counter[Code] = Counter()
    refused = 0
    for _ in range(INPUTS):
        error = refusal(draw)
        if error is not None:
            assert complaint(error) is None
            codes.update({violation.code for violation in error.violations})
            refused += 1
            if refused % 100 == 0:
                assert VALUE not in "".join(traceback.format_exception(error))
    report_figure(f"safe errors: {INPUTS} hostile inputs, {refused} refused for {len(codes)} codes, no message with a value")
    assert refused > INPUTS * 0.8
    out_of_reach = {Code.TOO_LARGE, Code.MORE_VIOLATIONS, Code.EMPTY_STRING, Code.EMPTY_LIST, Code.MISSPELLED_KEY}
    assert codes.keys() >= {code for code in Code if code < "PC5"} - out_of_reach
