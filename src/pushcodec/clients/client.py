"""What is known of a client."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from pushcodec.clients.effects import Effect
from pushcodec.clients.steps import Step

Simulate: TypeAlias = Callable[..., Effect]
"""`(ext, *, now, trace) -> Effect`"""


class Client(NamedTuple):
    """A client of a release: how it is called, its steps in words, and what a tap comes to on it."""

    title: str
    steps: Mapping[str, Step]
    simulate: Simulate
