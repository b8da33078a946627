"""PC512: a payload with which clients do different things."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.clients.comparison import Comparison
from pushcodec.clients.effects import Effect, EffectKind
from pushcodec.clients.steps import Step
from pushcodec.clients.table import CLIENTS
from pushcodec.errors import Code
from pushcodec.lint.analyses.comparison import comparison, titles
from pushcodec.lint.analyses.decisions import decided_at
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document, Node
from pushcodec.lint.examples import CHAT, chat, ext
from pushcodec.lint.findings import Finding, at_value
from pushcodec.lint.rules.rule import Page, Rule
from pushcodec.lint.severity import Severity


def page() -> Page:
    """The page of this rule."""
    return Page(
        why="What a tap does depends on the phone. The message has what each client does, and why. What no payload can avoid is "
        "not reported: that iOS leaves one-to-one calls to its call kit, that releases from 6.1 have no branch for calls, and "
        "that a call as old as its timeout has expired on Android only. The clients are those of the setting `clients`.",
        bad=ext(chat(version=2)),
        good=CHAT,
    )


def check(document: Document, config: Config) -> Iterator[Finding]:
    """The effects of the configured clients, in the second of sending, where the clients disagree."""
    found = comparison(document, config)
    if found is None or found.agree or _is_reported_elsewhere(found):
        return
    clients: dict[str, list[str]] = {}
    for name, effect in found.effects.items():
        clients.setdefault(_words(name, effect), []).append(name)
    listed = "; ".join(f"{titles(names)}: {words}" for words, names in clients.items())
    differs = "" if len({effect.kind for effect in found.effects.values()}) > 1 else ", of other ids"
    yield Finding(f"clients disagree: {listed}{differs}", at_value(_disagreed_at(document, found)))


def _words(name: str, effect: Effect) -> str:
    return f"{effect.kind} ({_step(name, effect).why})" if effect.kind in CLIENTS[name].lost_effects else effect.kind


def _is_reported_elsewhere(found: Comparison) -> bool:
    """Whether some clients ring, the others do nothing, and a rule of its own reports why one of these does nothing."""
    kinds = {effect.kind for effect in found.effects.values()} - {EffectKind.NOTHING}
    return kinds == {EffectKind.RINGS} and any(_step(name, effect).rule is not None for name, effect in found.effects.items())


def _disagreed_at(document: Document, found: Comparison) -> Node:
    """The value on which a client lost the payload while it read its text; without one the entity, or what is around it."""
    for name, effect in found.effects.items():
        if effect.kind is not EffectKind.CRASH and _step(name, effect).binds:
            return decided_at(document, _step(name, effect))
    return document.entity or document.ext or document.top


def _step(name: str, effect: Effect) -> Step:
    """The step of a client that decided."""
    return CLIENTS[name].steps[effect.step]


RULE = Rule(Code.CLIENTS_DISAGREE, Severity.WARNING, page, check)
