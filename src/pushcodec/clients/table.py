"""The clients, by name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from pushcodec.arguments import check_type
from pushcodec.clients.android import effects as android_effects
from pushcodec.clients.android import steps as android_steps
from pushcodec.clients.client import Client
from pushcodec.clients.ios import effects as ios_effects
from pushcodec.clients.ios import steps as ios_steps
from pushcodec.suggest import did_you_mean

CLIENTS: Final[Mapping[str, Client]] = MappingProxyType(
    {
        "ios-6.0": Client("iOS 6.0", ios_steps.STEPS, partial(ios_effects.simulate, release="6.0")),
        "ios-6.1": Client("iOS 6.1", ios_steps.STEPS, partial(ios_effects.simulate, release="6.1")),
        "android-6.0": Client("Android 6.0", android_steps.STEPS, partial(android_effects.simulate, release="6.0")),
        "android-6.1": Client("Android 6.1", android_steps.STEPS, partial(android_effects.simulate, release="6.1")),
        "android-7.9": Client("Android 7.9", android_steps.STEPS, partial(android_effects.simulate, release="7.9")),
    }
)
"""The clients that are known, by name. A release stands for all up to the next one that differs."""


def client_named(name: str) -> Client:
    """The client of a name. Raises ValueError for an unknown one, TypeError for what is no name."""
    check_type("client", name, str, "a str")
    if name not in CLIENTS:
        raise ValueError(f"no client is {name!a}: expected one of {', '.join(CLIENTS)}{did_you_mean(name, CLIENTS)}")
    return CLIENTS[name]
