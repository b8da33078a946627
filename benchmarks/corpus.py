"""Seeded payloads for the benchmarks: 70 % chats, 20 % group calls, 10 % one-to-one calls, as servers write them."""

from __future__ import annotations

import json
import random

import pushcodec as pc

CHAT, GROUP_CALL, C2C_CALL = "chat", "group call", "C2C call"
SHARES = ((CHAT, 70), (GROUP_CALL, 20), (C2C_CALL, 10))
_WORDS = ("lunch", "at noon", "周末", "去爬山", "吗", "the build is green", "写代码", "see you there", "好的", "🏔", "release notes")


def exts(count: int, seed: int = 1) -> list[tuple[str, str]]:
    """As many texts, each with its class, the same ones for the same seed."""
    draw = random.Random(seed)
    kinds = draw.choices([kind for kind, _ in SHARES], [share for _, share in SHARES], k=count)
    return [(kind, pc.encode_ext(_ext(draw, kind))) for kind in kinds]


def _ext(draw: random.Random, kind: str) -> pc.Ext:
    if kind == CHAT:
        content = " ".join(draw.choices(_WORDS, k=draw.randint(1, 12)))
        face = f"https://cdn.example.com/{_user(draw)}.png"
        if draw.random() < 0.5:
            return pc.compose.group_chat(group_id=_group(draw), title=_user(draw), content=content, face_url=face)
        return pc.compose.c2c_chat(sender=_user(draw), nickname=_user(draw), content=content, face_url=face)
    group = kind == GROUP_CALL
    return pc.compose.call(
        inviter=_user(draw),
        invited_list=[_user(draw) for _ in range(draw.randint(1, 6) if group else 1)],
        room_id=draw.randint(1, 2**31 - 1),
        call_type=draw.choice(list(pc.CallType)),
        send_time=draw.randint(1_700_000_000, 1_800_000_000),
        call_id=f"{draw.randint(10**17, 10**18)}-{draw.randint(10**9, 2 * 10**9)}" if group else "",
        group_id=_group(draw) if group else "",
    )


def _user(draw: random.Random) -> str:
    return f"user{draw.randint(1, 10**6)}"


def _group(draw: random.Random) -> str:
    return f"@TGS#{draw.randint(10**6, 10**9):X}"


def pretty(text: str) -> str:
    """An ext as iOS spells it: indented, a space before the colon, slashes escaped, non-ASCII raw."""
    return json.dumps(json.loads(text), ensure_ascii=False, indent=2, separators=(",", " : ")).replace("/", "\\/")


def escaped(text: str) -> str:
    """An ext with all non-ASCII as `\\uXXXX`."""
    return json.dumps(json.loads(text), separators=(",", ":"))


def wrapped(text: str) -> str:
    """A TPNS notification that carries the ext."""
    aps = {"alert": {"title": "t", "body": "b"}, "badge": 1, "sound": "default", "mutable-content": 1}
    notification = {"aps": aps, "custom": text, "xg": {"msgid": 12345, "msgtype": 1}}
    return json.dumps(notification, ensure_ascii=False, separators=(",", ":"))
