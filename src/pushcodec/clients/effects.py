"""The effect of a tap on the notification, in one vocabulary for all clients."""

from __future__ import annotations

from enum import StrEnum
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


_CALLS: Final = frozenset({EffectKind.RINGS, EffectKind.MAIN_SCREEN, EffectKind.NOTHING})


class Unavoidable(StrEnum):
    """Why a client does what it does, where no payload could make it do what the others do.

    `why` says it in words. `compatible` are the effects that the other clients may have on such a payload and still agree.
    """

    why: str
    compatible: frozenset[EffectKind]

    def __new__(cls, value: str, why: str, compatible: frozenset[EffectKind]) -> Unavoidable:
        member = str.__new__(cls, value)
        member._value_ = value
        member.why = why
        member.compatible = compatible
        return member

    CALL_FROM_6_1 = "call-from-6.1", "from 6.1 there is no branch for calls: a tap does nothing", _CALLS
    C2C_CALL = (
        "c2c-call",
        "iOS leaves a one-to-one call to its call kit, and a tap does nothing; Android opens the main screen",
        _CALLS - {EffectKind.RINGS},
    )
    TIMEOUT_EDGE = "timeout-edge", "a call as old as its timeout still rings on iOS, and has expired on Android", _CALLS


class Effect(Struct, frozen=True, gc=False):
    """The effect of a tap on one client.

    - `kind`: what the user sees
    - `step`: the name of the step of `docs/contract.md` that decided
    - `outcome`: the outcome of the client's mirror
    - `chat_id`: the chat that opens, or the group whose call rings; None where there is none
    - `call_id`: the id of the call that rings; None where there is none
    - `unavoidable`: why no payload could make this client do what others do; None where a payload could
    """

    kind: EffectKind
    step: str
    outcome: Outcome
    chat_id: str | None = None
    call_id: str | None = None
    unavoidable: Unavoidable | None = None

    @property
    def seen(self) -> tuple[EffectKind, str | None, str | None]:
        """What has to be the same on two clients that agree: what the user sees, and of which chat or call."""
        return self.kind, self.chat_id, self.call_id

    def to_dict(self) -> dict[str, Any]:
        """`{"effect", "step", "outcome", "detail"}` and, where there are some, `"chat_id"` and `"call_id"`."""
        ids = {"chat_id": self.chat_id, "call_id": self.call_id}
        given = {name: value for name, value in ids.items() if value is not None}
        return {"effect": str(self.kind), **given, "step": self.step, **self.outcome.to_dict()}


class LastStep:
    """A trace that keeps the name of the last step and the value that it looked at, and calls another trace."""

    def __init__(self, trace: Trace = untraced) -> None:
        self.name = ""
        self.value: Any = None
        self._trace = trace

    def __call__(self, step: str, value: Any) -> None:
        self.name, self.value = step, value
        self._trace(step, value)
