"""The clients, by name. A new family is one line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pushcodec.arguments import check_type
from pushcodec.clients.android.releases import CLIENTS as ANDROID
from pushcodec.clients.client import Client
from pushcodec.clients.ios.releases import CLIENTS as IOS
from pushcodec.suggest import did_you_mean

_TABLE: Final[dict[str, Client]] = {
    **{client.name: client for client in IOS},
    **{client.name: client for client in ANDROID},
}

CLIENTS: Final[Mapping[str, Client]] = MappingProxyType(_TABLE)
"""The clients that are known, by name. A release represents all up to the next one that differs."""

REFERENCE: Final = IOS[0]
"""The reference client: the one that `receive` and `route` mirror."""


def client_named(name: str) -> Client:
    """The client of a name. Raises ValueError for an unknown one, TypeError for what is not a name."""
    check_type("client", name, str, "a str")
    if name not in CLIENTS:
        raise ValueError(f"no client is {name!a}: expected one of {', '.join(CLIENTS)}{did_you_mean(name, CLIENTS)}")
    return CLIENTS[name]
