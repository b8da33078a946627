"""A step of a client in words: what all clients' tables are made of."""

from __future__ import annotations

from typing import NamedTuple


class Step(NamedTuple):
    """What a step asks, and whether the client goes on where it is so; at any other step that ends the matter."""

    condition: str
    goes_on: bool = False
