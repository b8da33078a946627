"""`pushcodec explain`: how the client comes to its decision, as a tree of the steps that it took and of the values that it saw."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import groupby
from typing import Any, Final, NamedTuple

from pushcodec import jsontext
from pushcodec.cli.existing import PICTURE
from pushcodec.cli.files import Answer, Files, for_each, json_line
from pushcodec.cli.status import BAD, COULD_NOT_RUN, GOOD, complain
from pushcodec.cli.streams import wants_color, write_machine
from pushcodec.cli.taps import MAX_FILE, check_size, describe, is_lost, note_on, tap, to_record
from pushcodec.cli.targets import check_output
from pushcodec.cli.writing import descriptor_of, write_output
from pushcodec.clients.outcomes import Outcome
from pushcodec.clients.table import CLIENTS
from pushcodec.display import readable, shown, shown_name
from pushcodec.jsontext.values import ABSENT, Maybe

FUNCTIONS: Final = {
    "receive": "receive: the notification is tapped",
    "route": "route: onReceiveOfflinePushEntity",
    "android": "redirect: OfflineMessageDispatcher",
}
"""The functions of the clients, as `docs/contract.md` calls them."""

_MOST_DRAWN = 1000  # documents in a picture
_WIDEST = 72  # characters of a value that are shown


class Taken(NamedTuple):
    """A step that the client took: its name, what it asks, the value that it saw, and whether what the step asks was so."""

    step: str
    condition: str
    value: Maybe
    met: bool

    @property
    def function(self) -> str:
        """Which of the client's functions takes the step; what is pinned comes between two steps of the first."""
        return "receive" if self.step == "pinned" else self.step.partition(" ")[0]

    @property
    def number(self) -> str:
        """The number of the step there; what is pinned has none."""
        return self.step.partition(" ")[2] or "-"

    @property
    def answer(self) -> str:
        """Whether that was so; what is left for all others is not asked."""
        is_the_rest = self.condition.startswith("else") or self.condition.endswith("else")
        return "" if is_the_rest else "? yes" if self.met else "? no"

    def to_dict(self) -> dict[str, Any]:
        """`{"step", "condition", "met", "value"}`, without value for what is absent."""
        seen = {} if self.value is ABSENT else {"value": self.value}
        return {"step": self.step, "condition": self.condition, "met": self.met, **seen}


class Explanation(NamedTuple):
    """The steps that the client took with a file, in order, and where they led."""

    steps: tuple[Taken, ...]
    outcome: Outcome


def run_explain(arguments: argparse.Namespace) -> int:
    """Explains each file; gives the exit status, as `route` does: 1 where the client crashes or does nothing."""
    now = int(time.time()) if arguments.now is None else arguments.now
    has_rich = find_spec("rich") is not None
    if arguments.svg and not has_rich:
        complain("--svg draws with rich, which is not installed: pip install 'pushcodec[cli]'")
        return COULD_NOT_RUN
    files = Files(arguments)
    if arguments.svg:
        check_output(arguments.svg, PICTURE, files.names, force=arguments.force)
    is_drawn_only = arguments.svg and descriptor_of(arguments.svg) == 1
    explained: list[tuple[str, Explanation]] = []

    def explain_one(name: str, data: bytes) -> Answer:
        check_size(data)
        found = explain(data, client=arguments.client, now=now, logged_in=not arguments.logged_out, ios10=not arguments.ios9)
        title = shown_name(name) + note_on(data, client=arguments.client, ios10=not arguments.ios9)
        if arguments.svg and len(explained) <= _MOST_DRAWN:
            explained.append((title, found))
        status = BAD if is_lost(found.outcome) else GOOD
        if is_drawn_only:
            return Answer(status, "")
        if arguments.json:
            steps = [taken.to_dict() for taken in found.steps]
            return Answer(status, json_line({"file": readable(name), "steps": steps, **to_record(found.outcome)}), write_machine)
        if has_rich and wants_color("auto"):
            from pushcodec.cli.pictures import draw_tree  # rich is loaded only where it is used

            return Answer(status, draw_tree(title, found))
        return Answer(status, "".join(f"{line}\n" for line in plain_tree(title, found)))

    status = for_each(files, explain_one, most=MAX_FILE)
    if arguments.svg:
        _draw(arguments.svg, explained)
    return status


def explain(data: bytes, *, now: int, client: str = "ios-6.0", logged_in: bool = True, ios10: bool = True) -> Explanation:
    """How a client decides on whatever a file holds: a notification as it is, an ext as TPNS would carry it, a bare entity."""
    seen: list[tuple[str, Maybe]] = []
    outcome = tap(
        data, client=client, now=now, logged_in=logged_in, ios10=ios10, trace=lambda step, value: seen.append((step, value))
    )
    words, last = CLIENTS[client].steps, len(seen) - 1
    steps = (Taken(name, words[name].condition, value, at == last or words[name].goes_on) for at, (name, value) in enumerate(seen))
    return Explanation(tuple(steps), outcome)


def _draw(file: str, explained: Sequence[tuple[str, Explanation]]) -> None:
    from pushcodec.cli.pictures import draw_svg

    if len(explained) > _MOST_DRAWN:
        complain(f"only the first {_MOST_DRAWN} documents are drawn")
    write_output(file, draw_svg(explained[:_MOST_DRAWN]).encode("utf-8", "backslashreplace"))


# Words and lines


def parts(found: Explanation) -> Iterator[tuple[str, list[Taken]]]:
    """The client's functions that were called, in order, each with the steps that it took."""
    for function, steps in groupby(found.steps, key=lambda taken: taken.function):
        yield FUNCTIONS.get(function, function), list(steps)


def seen(value: Maybe) -> str:
    """A value for a person: one line, a long object by its keys, everything that can't be printed escaped."""
    if value is ABSENT:
        return "nil"
    text = shown(jsontext.dump_deep(value))
    if len(text) > _WIDEST and isinstance(value, dict):
        text = f"{{{', '.join(map(shown, value))}}}"
    return text if len(text) <= _WIDEST else f"{text[:_WIDEST]}..."


def plain_tree(name: str, found: Explanation) -> Iterator[str]:
    """The lines of the tree, in ASCII but for what the payload holds."""
    yield name
    for heading, steps in parts(found):
        yield f"|-- {heading}"
        for taken in steps:
            yield f"|   |-- {taken.number:>2}  {taken.condition}{taken.answer}: {seen(taken.value)}"
    yield f"`-- {describe(found.outcome)}"
