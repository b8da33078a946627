"""Rules of all clients: a payload that crashes another one than iOS, and one that clients take for different things.

Loaded only where a payload may part them, for a start would be dearer with all clients.
"""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.clients.comparison import Comparison, compare
from pushcodec.clients.effects import EffectKind
from pushcodec.clients.table import CLIENTS, REFERENCE
from pushcodec.errors import Code
from pushcodec.lint.decisions import decided_at
from pushcodec.lint.document import Document
from pushcodec.lint.rules.findings import Finding, at_value


def compare_clients(document: Document, clients: tuple[str, ...]) -> Iterator[Finding]:
    """What the clients do with the ext, when it arrives in the second of sending."""
    sent = document.text_as_sent
    if sent is None:
        return
    found = compare(sent, now=document.arrival, clients=clients)
    # A rule of its own reports the crashes of the reference client, of which the others of its family have only some.
    crashing = [name for name in found.crashes if CLIENTS[name].family != REFERENCE.family]
    for code in dict.fromkeys(CLIENTS[name].crash_code for name in crashing):
        yield _crash(document, found, code, [name for name in crashing if CLIENTS[name].crash_code == code])
    if not found.agree and not _is_named_elsewhere(found):
        yield _disagreement(document, found)


def _crash(document: Document, found: Comparison, code: Code, crashing: list[str]) -> Finding:
    step = CLIENTS[crashing[0]].steps[found.effects[crashing[0]].step]
    return Finding(code, f"the app crashes on {_titles(crashing)}: {step.why}", at_value(decided_at(document, step)))


def _disagreement(document: Document, found: Comparison) -> Finding:
    effects: dict[str, list[str]] = {}
    for name, effect in found.effects.items():
        client = CLIENTS[name]
        why = f" ({client.steps[effect.step].why})" if effect.kind in client.lost_effects else ""
        effects.setdefault(f"{effect.kind}{why}", []).append(name)
    listed = "; ".join(f"{_titles(names)}: {effect}" for effect, names in effects.items())
    differs = "" if len({effect.kind for effect in found.effects.values()}) > 1 else ", of other ids"
    steps = (CLIENTS[name].steps[effect.step] for name, effect in found.effects.items() if effect.kind is not EffectKind.CRASH)
    refusing = next((step for step in steps if step.binds), None)
    around = document.entity or document.ext or document.top
    place = at_value(decided_at(document, refusing) if refusing else around)
    return Finding(Code.CLIENTS_DISAGREE, f"clients disagree: {listed}{differs}", place)


def _titles(names: list[str]) -> str:
    return ", ".join(CLIENTS[name].title for name in names)


def _is_named_elsewhere(found: Comparison) -> bool:
    """Whether some clients ring, others do nothing, and a rule of its own reports why one of these does nothing."""
    others = {effect.kind for effect in found.effects.values() if effect.kind is not EffectKind.NOTHING}
    steps = (CLIENTS[name].steps[effect.step] for name, effect in found.effects.items())
    return others == {EffectKind.RINGS} and any(step.rule is not None for step in steps)
