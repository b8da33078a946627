"""What a tap on the notification comes to, in one vocabulary for all clients."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from msgspec import Struct

from pushcodec.clients.outcomes import Outcome
from pushcodec.clients.steps import Trace, untraced


class EffectKind(StrEnum):
    """What the user sees."""

    OPENS_C2C_CHAT = "opens C2C chat"
    OPENS_GROUP_CHAT = "opens group chat"
    RINGS = "rings"
    MAIN_SCREEN = "main screen"
    TOAST = "toast"
    NOTHING = "nothing"
    CRASH = "crash"


class Unavoidable(StrEnum):
    """Why a client does what it does, where no payload could make it do what the others do; `why` says it in words."""

    why: str

    def __new__(cls, value: str, why: str) -> Unavoidable:
        member = str.__new__(cls, value)
        member._value_ = value
        member.why = why
        return member

    CALL_FROM_6_1 = "call-from-6.1", "from 6.1 there is no branch for calls: a tap does nothing"
    C2C_CALL = "c2c-call", "iOS leaves a one-to-one call to its call kit, and a tap does nothing; Android opens the main screen"
    TIMEOUT_EDGE = "timeout-edge", "a call as old as its timeout still rings on iOS, and has expired on Android"


COMPATIBLE: Final[Mapping[Unavoidable, frozenset[EffectKind]]] = MappingProxyType(
    {
        Unavoidable.CALL_FROM_6_1: frozenset({EffectKind.RINGS, EffectKind.MAIN_SCREEN, EffectKind.NOTHING}),
        Unavoidable.C2C_CALL: frozenset({EffectKind.MAIN_SCREEN, EffectKind.NOTHING}),
        Unavoidable.TIMEOUT_EDGE: frozenset({EffectKind.RINGS, EffectKind.MAIN_SCREEN, EffectKind.NOTHING}),
    }
)
"""What the other clients may do with such a payload. Anything else, a crash first of all, is another matter."""


class Effect(Struct, frozen=True, gc=False):
    """What a tap comes to on one client.

    `step` is the step of `docs/contract.md` that decided, `outcome` what the client's mirror says. `chat_id` is the chat that
    opens, or the group whose call rings, `call_id` the id of that call; None where there is none. `unavoidable` says why no payload
    could make this client do what others do.
    """

    kind: EffectKind
    step: str
    outcome: Outcome
    chat_id: str | None = None
    call_id: str | None = None
    unavoidable: Unavoidable | None = None

    @property
    def seen(self) -> tuple[EffectKind, str | None, str | None]:
        """What two clients agree on when it is the same on both: what the user sees, and of which chat or call."""
        return self.kind, self.chat_id, self.call_id

    def to_dict(self) -> dict[str, Any]:
        """`{"effect", "step", "outcome", "detail"}` and, where there are some, `"chat_id"` and `"call_id"`."""
        ids = {"chat_id": self.chat_id, "call_id": self.call_id}
        given = {name: value for name, value in ids.items() if value is not None}
        return {"effect": str(self.kind), **given, "step": self.step, **self.outcome.to_dict()}


class LastStep:
    """A trace that keeps the name of the last step and what it looked at, and passes on what it is told."""

    def __init__(self, trace: Trace = untraced) -> None:
        self.name = ""
        self.value: Any = None
        self._trace = trace

    def __call__(self, step: str, value: Any) -> None:
        self.name, self.value = step, value
        self._trace(step, value)
