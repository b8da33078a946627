"""All the clients that read one ext: what a tap comes to on each of them, and whether they agree.

A client is a module of `routing` with a `simulate`, and a line for each of its releases in `CLIENTS`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from msgspec import Struct

from pushcodec.arguments import check_text
from pushcodec.clients.clock import check_now
from pushcodec.clients.effects import COMPATIBLE, Effect, EffectKind, Unavoidable
from pushcodec.clients.steps import Trace, untraced
from pushcodec.clients.table import CLIENTS, client_named
from pushcodec.hashing import hash_of


def simulate(ext: str | bytes, client: str, *, now: int, trace: Trace = untraced) -> Effect:
    """What a tap on the notification comes to on one client, whose name is one of `CLIENTS`.

    Reads the text of an ext, `{"entity": {...}}`, or anything else: every text has an effect. `now` is the time of the tap in unix
    seconds; somebody is logged in. `trace` is told each step that the client takes. Raises ValueError for an unknown client,
    TypeError for what is no text, TypeError or ValueError when `now` is not a non-negative int.
    Source: TIMSDK of the client's release.
    """
    check_now(now)
    check_text(ext)
    return client_named(client).simulate(ext, now=now, trace=trace)


class Comparison(Struct, frozen=True):
    """What a tap comes to on each of some clients, by their names."""

    effects: dict[str, Effect]

    def __hash__(self) -> int:
        return hash_of(type(self), (self.effects,))

    @property
    def agree(self) -> bool:
        """Whether all clients do the same with the same ids, apart from what no payload can avoid: see `unavoidable`."""
        plain = [effect for effect in self.effects.values() if effect.unavoidable is None]
        kinds = {effect.kind for effect in plain}
        return len({effect.seen for effect in plain}) <= 1 and all(kinds <= COMPATIBLE[each] for each in self.unavoidable)

    @property
    def unavoidable(self) -> tuple[Unavoidable, ...]:
        """Why clients differ where no payload could make them agree; empty where all do the same."""
        if len({effect.seen for effect in self.effects.values()}) == 1:
            return ()
        given = {effect.unavoidable for effect in self.effects.values()}
        return tuple(each for each in Unavoidable if each in given)

    @property
    def crashes(self) -> tuple[str, ...]:
        """The clients that crash."""
        return tuple(name for name, effect in self.effects.items() if effect.kind is EffectKind.CRASH)

    def to_dict(self) -> dict[str, Any]:
        """`{"agree", "unavoidable": [...], "clients": {name: {"effect", "step", "outcome", "detail", ...}}}`."""
        told = {name: effect.to_dict() for name, effect in self.effects.items()}
        return {"agree": self.agree, "unavoidable": [str(each) for each in self.unavoidable], "clients": told}


def compare(ext: str | bytes, *, now: int, clients: Collection[str] = tuple(CLIENTS)) -> Comparison:
    """What a tap on the notification comes to on each client, in their order.

    Reads and raises what `simulate` does; `clients` names those that are asked, one at least, else ValueError.
    """
    if isinstance(clients, str) or not isinstance(clients, Iterable):
        raise TypeError(f"clients must be a collection of names, not {type(clients).__name__}")
    clients = tuple(clients)
    if not clients:
        raise ValueError("expected the name of one client at least")
    return Comparison({name: simulate(ext, name, now=now) for name in clients})
