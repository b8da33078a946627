"""How a client comes to its decision: the steps that it took and the values that it saw, and their tree as text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from pushcodec import jsontext
from pushcodec.cli.taps import TappedExt
from pushcodec.clients.client import Client
from pushcodec.clients.outcomes import Outcome
from pushcodec.clients.table import REFERENCE
from pushcodec.display import shown
from pushcodec.documents import Carrier
from pushcodec.documents.marks import has_entity
from pushcodec.jsontext.values import ABSENT, Maybe

_WIDEST = 72  # characters of a value that are shown


class Taken(NamedTuple):
    """A step that the client took: its name, its condition, the value that it saw, and whether the condition was met."""

    step: str
    condition: str
    value: Maybe
    met: bool

    @property
    def function(self) -> str:
        """The first word of the name: the client's function that takes the step."""
        return self.step.partition(" ")[0]

    @property
    def number(self) -> str:
        """The number of the step there, `-` where it has none."""
        return self.step.partition(" ")[2] or "-"

    @property
    def answer(self) -> str:
        """The answer to the condition. An `else` has no condition, so it has no answer."""
        is_the_rest = self.condition.startswith("else") or self.condition.endswith("else")
        return "" if is_the_rest else "? yes" if self.met else "? no"

    def to_dict(self) -> dict[str, Any]:
        """`{"step", "condition", "met", "value"}`, without `value` if it is absent."""
        seen = {} if self.value is ABSENT else {"value": self.value}
        return {"step": self.step, "condition": self.condition, "met": self.met, **seen}


class Explanation(NamedTuple):
    """The steps that a client took with an ext, in order, and their outcome.

    `way` leads from the document to what the client decides by: `REST sendmsg body -> /OfflinePushInfo/Ext -> entity`.
    """

    client: Client
    way: str
    steps: tuple[Taken, ...]
    outcome: Outcome


def explain(ext: TappedExt, *, now: int, client: Client = REFERENCE, logged_in: bool = True, ios10: bool = True) -> Explanation:
    """How a client decides on an ext: see `TappedExt.tap`."""
    seen: list[tuple[str, Maybe]] = []
    outcome = ext.outcome(client, now=now, logged_in=logged_in, ios10=ios10, trace=lambda step, value: seen.append((step, value)))
    words, last = client.steps, len(seen) - 1
    steps = (Taken(name, words[name].condition, value, at == last or words[name].goes_on) for at, (name, value) in enumerate(seen))
    return Explanation(client, f"{ext.way} -> entity" if _has_entity(ext) else ext.way, tuple(steps), outcome)


def _has_entity(ext: TappedExt) -> bool:
    """Whether the ext, which may be broken, has an entity, and is not the entity itself."""
    return ext.form.name != Carrier.ENTITY and isinstance(ext.ext, str) and has_entity(ext.ext)


# The tree as text


def parts(found: Explanation) -> Iterator[tuple[str, list[Taken]]]:
    """The client's functions that were called, in order, each with the steps that it took."""
    headings = found.client.functions
    for heading, steps in groupby(found.steps, key=lambda taken: headings.get(taken.function, taken.function)):
        yield heading, list(steps)


def seen(value: Maybe) -> str:
    """A value on one line: a long object by its keys only, characters that can't be printed as escapes."""
    if value is ABSENT:
        return "nil"
    text = shown(jsontext.dump_deep(value))
    if len(text) > _WIDEST and isinstance(value, dict):
        text = f"{{{', '.join(map(shown, value))}}}"
    return text if len(text) <= _WIDEST else f"{text[:_WIDEST]}..."


def plain_tree(name: str, found: Explanation) -> Iterator[str]:
    """The lines of the tree. All but the payload's values is ASCII."""
    yield name
    for heading, steps in parts(found):
        yield f"|-- {heading}"
        for taken in steps:
            yield f"|   |-- {taken.number:>2}  {taken.condition}{taken.answer}: {seen(taken.value)}"
    yield f"`-- {found.client.describe(found.outcome)}"
