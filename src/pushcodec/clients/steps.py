"""The steps of a client: in words, as all clients' tables have them, and as its mirror tells of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias


class Step(NamedTuple):
    """What a step asks, in the words of the contract, and whether the client goes on where it is so; any other step decides then.

    `words` says for people why a step decided; by default that is the condition.
    """

    condition: str
    words: str = ""
    goes_on: bool = False

    @property
    def why(self) -> str:
        """Why the step decided."""
        return self.words or self.condition


Trace: TypeAlias = Callable[[str, Any], object]
"""Called at each step that is come to, in order, with its name and the value that it looks at; the last one decides."""


def untraced(_: str, __: object) -> None:
    """Nobody wants to know."""
