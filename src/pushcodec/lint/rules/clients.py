"""Rules of all clients: a payload that crashes another one than iOS, and one that clients take for different things.

Loaded only where a payload may part them, for a start would be dearer with all clients.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pushcodec.clients.android.redirect import read_call, read_entity
from pushcodec.clients.comparison import Comparison, compare
from pushcodec.clients.effects import Effect, EffectKind, Unavoidable
from pushcodec.clients.reasons import why_crashed
from pushcodec.clients.table import CLIENTS
from pushcodec.errors import Code
from pushcodec.jsontext import dump_deep
from pushcodec.lint.document import Document, Node
from pushcodec.lint.marks import Place
from pushcodec.lint.rules.findings import Finding, at_value


def compare_clients(document: Document, clients: tuple[str, ...]) -> Iterator[Finding]:
    """What the clients do with the ext, when it arrives in the second of sending."""
    sent = document.text_as_sent
    if sent is None:
        return
    found = compare(sent, now=document.arrival, clients=clients)
    if crashing := [name for name in found.crashes if not name.startswith("ios")]:
        yield _crash(document, found, crashing)
    if not found.agree and not _is_named_elsewhere(found):
        yield _disagreement(document, found)


def _crash(document: Document, found: Comparison, crashing: list[str]) -> Finding:
    effect = found.effects[crashing[0]]
    detail = effect.outcome.to_dict()["detail"]
    message = f"the app crashes on {_titles(crashing)}: {why_crashed(detail['step'])}"
    return Finding(Code.CRASHES_ANDROID, message, _decided_at(document, effect))


def _disagreement(document: Document, found: Comparison) -> Finding:
    effects: dict[str, list[str]] = {}
    for name, effect in found.effects.items():
        why = f" ({CLIENTS[name].steps[effect.step].why})" if effect.kind in _LOST else ""
        effects.setdefault(f"{effect.kind}{why}", []).append(name)
    told = "; ".join(f"{_titles(names)}: {effect}" for effect, names in effects.items())
    differs = "" if len({effect.kind for effect in found.effects.values()}) > 1 else ", of other ids"
    lost = next((effect for name, effect in found.effects.items() if effect.step == "android 2"), None)
    place = _decided_at(document, lost) if lost else at_value(document.entity or document.ext or document.top)
    return Finding(Code.CLIENTS_DISAGREE, f"clients disagree: {told}{differs}", place)


_LOST = (EffectKind.NOTHING, EffectKind.CRASH, EffectKind.TOAST)


def _titles(names: list[str]) -> str:
    return ", ".join(CLIENTS[name].title for name in names)


def _is_named_elsewhere(found: Comparison) -> bool:
    """Whether a rule of its own names the difference: a C2C call with a group id, or a call that only iOS takes for expired."""
    others = {effect.kind for effect in found.effects.values() if effect.kind is not EffectKind.NOTHING}
    steps = {effect.step for effect in found.effects.values()}
    is_c2c = any(effect.unavoidable is Unavoidable.C2C_CALL for effect in found.effects.values())
    return others == {EffectKind.RINGS} and (is_c2c or "route 14" in steps)


# Places


def _decided_at(document: Document, effect: Effect) -> Place:
    """The value that Gson throws on, or the innermost one around it that is there."""
    if effect.step == "android 10":
        found = _misfit(document.content, read_call) or document.content or document.content_text
    else:
        found = _misfit(document.entity, read_entity) or document.ext_text
    return at_value(found or document.entity or document.top)


def _misfit(node: Node | None, is_read: Callable[[str], object]) -> Node | None:
    """The first member of an object that its field can't hold; the object itself where it is none."""
    if node is None or not isinstance(node.value, dict):
        return node
    for key, value in node.value.items():
        try:
            is_read(dump_deep({key: value}))
        except ValueError:  # GsonError, or a number that has no text
            return node.child(key)
    return None
