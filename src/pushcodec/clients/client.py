"""What every client has: its name, its reader, its steps, what it does with a payload, and the words for it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from pushcodec.clients.case import Case
from pushcodec.clients.effects import Effect, EffectKind
from pushcodec.clients.outcomes import Ignored, Outcome
from pushcodec.clients.steps import Step, Trace, untraced
from pushcodec.clients.words import OUTCOMES, details
from pushcodec.errors import Code
from pushcodec.jsontext import Readings
from pushcodec.jsontext.values import ABSENT, Maybe


class Reader(NamedTuple):
    """How clients read the text of an ext: a name for people, and a function that does not raise.

    Clients with the same reader share its results: see `Readings.by`.
    """

    name: str
    read: Callable[[str], Any]


class BoundField(NamedTuple):
    """A field of a client's class: the object that it is in, its key, its type, and the JSON text of its default."""

    place: str
    key: str
    type: str
    default: str


class Tap(NamedTuple):
    """A tap on a notification: what the app gets, and the state of the phone.

    - `ext`: the text of the ext; most clients get nothing else
    - `now`: the client's clock, in unix seconds
    - `notification`: all of the notification, for clients that get it; `ABSENT` where the ext is by itself
    - `entity`: the value of an entity that is by itself, else `ABSENT`
    - `logged_in`: whether a user is logged in
    - `ios10`: whether iOS is 10 or later
    """

    ext: str | bytes
    now: int
    notification: Maybe = ABSENT
    entity: Maybe = ABSENT
    logged_in: bool = True
    ios10: bool = True


class Client(ABC):
    """A client of one release, and everything that is said about it.

    Commands, rules, reports and pages take all they need from here. A family of clients is a subclass, with what its releases have
    in common; `clients.table` lists the clients.
    """

    family: ClassVar[str]
    """The name of the family, the first part of the client's name: "ios"."""
    system: ClassVar[str]
    """The family for people: "iOS"."""
    steps: Mapping[str, Step]
    """Every step that `simulate` and `tap` trace, in the order of the contract."""
    functions: ClassVar[Mapping[str, str]]
    """The functions of the client in words, by the first word of their steps' names: headings of `pushcodec explain`."""
    outcomes: ClassVar[Mapping[str, str]] = OUTCOMES
    """What the client does, in words, by the name of the outcome."""
    reasons: ClassVar[Mapping[str, str]] = {}
    """Why the client does nothing or crashes, in words, by the name that its outcome has for it."""
    crash_code: ClassVar[Code]
    """The rule of the linter that reports the crashes of the client."""
    lost: ClassVar[frozenset[str]] = frozenset({"ignored", "crash"})
    """The names of the outcomes that count as lost: the client crashes, or opens nothing whenever the notification is tapped."""
    lost_effects: ClassVar[frozenset[EffectKind]] = frozenset({EffectKind.NOTHING, EffectKind.CRASH, EffectKind.TOAST})
    """The effects that count as lost: the user does not get to a chat, a call or the main screen."""
    fields: ClassVar[Sequence[BoundField]] = ()
    """The fields into which the client reads values, for a client whose reader needs them."""
    conversions: ClassVar[Mapping[str, Callable[[str], str]]] = {}
    """What the client makes of a value, in words, from its JSON text; by the name of the type that the client needs."""
    gets_notification: ClassVar[bool] = False
    """Whether the client gets all of the notification (`Tap.notification`), and not only the text of the ext."""

    def __init__(self, name: str, title: str, releases: str, reader: Reader) -> None:
        """`name` is the key in `CLIENTS`, `title` the name for people, `releases` those of the SDK that the client represents."""
        self.name = name
        self.title = title
        self.releases = releases
        self.reader = reader

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"

    @abstractmethod
    def simulate(self, ext: str | bytes, *, now: int, readings: Readings | None = None, trace: Trace = untraced) -> Effect:
        """The effect of a tap, from the text of the ext; a user is logged in.

        Reads any text. `now` is in unix seconds. `readings` keeps what the client's reader reads, so that other clients need not
        read it again. `trace` is called at each step. Never raises for what the text contains.
        """

    def tap(self, tap: Tap, *, readings: Readings | None = None, trace: Trace = untraced) -> Outcome:
        """The outcome of a tap; of the state of the phone, a client uses what it knows."""
        return self.simulate(tap.ext, now=tap.now, readings=readings, trace=trace).outcome

    @abstractmethod
    def take(self, case: Case) -> Outcome:
        """The outcome of an NDJSON case (`docs/cases.md`). Raises CaseError for a case that lacks what the client needs."""

    # Words

    def describe(self, outcome: Outcome) -> str:
        """An outcome in one printable line: `c2c_chat: opens the chat with "alice"`."""
        return f"{outcome.outcome}: {self.words(outcome)}"

    def words(self, outcome: Outcome) -> str:
        """The words of `describe` after the name of the outcome."""
        if isinstance(outcome, Ignored):
            return self.reason(outcome.reason)
        return details(outcome)

    def reason(self, name: str) -> str:
        """Why the client does nothing or crashes, by the name that its outcome has for it; without words, that name."""
        return self.reasons.get(name, name)

    def is_lost(self, outcome: Outcome) -> bool:
        """Whether the outcome counts as lost."""
        return outcome.outcome in self.lost
