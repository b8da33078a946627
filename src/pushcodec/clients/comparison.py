"""The effects of one tap on several clients, and whether the clients agree."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from msgspec import Struct

from pushcodec.arguments import check_text
from pushcodec.clients.clock import check_now
from pushcodec.clients.effects import Effect, EffectKind, Unavoidable
from pushcodec.clients.steps import Trace, untraced
from pushcodec.clients.table import CLIENTS, client_named
from pushcodec.hashing import hash_of
from pushcodec.jsontext import Readings


def simulate(ext: str | bytes, client: str, *, now: int, trace: Trace = untraced, readings: Readings | None = None) -> Effect:
    """The effect of a tap on the notification on one client, whose name is one of `CLIENTS`.

    Reads the text of an ext, `{"entity": {...}}`, or anything else: every text has an effect. `now` is the time of the tap in unix
    seconds; a user is logged in. `trace` is called at each step of the client. `readings` keeps what the client's reader reads, for
    other calls about the same document. Raises ValueError for an unknown client, TypeError for what is not a text, TypeError or
    ValueError when `now` is not a non-negative int. Source: TIMSDK of the client's release.
    """
    check_now(now)
    check_text(ext)
    return client_named(client).simulate(ext, now=now, readings=readings, trace=trace)


class Comparison(Struct, frozen=True):
    """The effects of a tap on several clients, by the clients' names."""

    effects: dict[str, Effect]

    def __hash__(self) -> int:
        return hash_of(type(self), (self.effects,))

    @property
    def agree(self) -> bool:
        """Whether all clients do the same with the same ids, apart from what no payload can avoid: see `unavoidable`."""
        plain = [effect for effect in self.effects.values() if effect.unavoidable is None]
        kinds = {effect.kind for effect in plain}
        return len({effect.seen for effect in plain}) <= 1 and all(kinds <= each.compatible for each in self.unavoidable)

    @property
    def unavoidable(self) -> tuple[Unavoidable, ...]:
        """Why clients differ where no payload could make them agree; empty where all do the same."""
        if len({effect.seen for effect in self.effects.values()}) == 1:
            return ()
        given = {effect.unavoidable for effect in self.effects.values()}
        return tuple(each for each in Unavoidable if each in given)

    @property
    def crashes(self) -> tuple[str, ...]:
        """The names of the clients that crash."""
        return tuple(name for name, effect in self.effects.items() if effect.kind is EffectKind.CRASH)

    @property
    def is_lost(self) -> bool:
        """Whether all clients lose the payload, one of them at least for a reason that the payload could avoid.

        A call that has expired, and what `unavoidable` names, are no such reasons.
        """
        effects = [(CLIENTS[name], effect) for name, effect in self.effects.items()]
        avoidable = (client.is_lost(effect.outcome) for client, effect in effects if effect.unavoidable is None)
        return all(effect.kind in client.lost_effects for client, effect in effects) and any(avoidable)

    def to_dict(self) -> dict[str, Any]:
        """`{"agree", "lost", "unavoidable": [...], "clients": {name: {"effect", "step", "outcome", "detail", ...}}}`."""
        effects = {name: effect.to_dict() for name, effect in self.effects.items()}
        return {
            "agree": self.agree,
            "lost": self.is_lost,
            "unavoidable": [str(each) for each in self.unavoidable],
            "clients": effects,
        }


def compare(ext: str | bytes, *, now: int, clients: Collection[str] = CLIENTS, readings: Readings | None = None) -> Comparison:
    """The effect of a tap on the notification on each client, in the order of `clients`; by default on all.

    Reads and raises what `simulate` does, and ValueError if `clients` names no client. Each reader of the clients reads each text
    once; `readings` keeps the results for other calls about the same document.
    """
    if isinstance(clients, str) or not isinstance(clients, Iterable):
        raise TypeError(f"clients must be a collection of names, not {type(clients).__name__}")
    clients = tuple(clients)
    if not clients:
        raise ValueError("expected the name of one client at least")
    check_now(now)
    check_text(ext)
    if readings is None:
        readings = Readings()
    text = _decoded(ext)
    return Comparison({name: client_named(name).simulate(text, now=now, readings=readings) for name in clients})


def _decoded(ext: str | bytes) -> str | bytes:
    """The text as `str`, so that the clients share it; bytes that are not UTF-8 stay, for each client reads them in its own way."""
    if isinstance(ext, str):
        return ext
    try:
        return ext.decode()
    except UnicodeDecodeError:
        return ext
