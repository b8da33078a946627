"""An ext that `decode_ext` accepts crashes no client, is ignored by none, and opens the same thing on all clients.

3,000 seeded mutants of real payloads in every run; `make differential` has 200,000, `make proof` 1,000,000 (PUSHCODEC_MUTANTS).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable

from mutants import mutants
from payloads import c2c_call, c2c_chat, c2c_content, compact, group_call, group_content
from support import over_batches

from pushcodec.clients.comparison import Comparison, compare
from pushcodec.clients.effects import EffectKind
from pushcodec.codec import decode_ext
from pushcodec.errors import DecodeError
from pushcodec.models import CallEntity, Ext

MUTANTS = int(os.environ.get("PUSHCODEC_MUTANTS", "3000"))
BATCH = 1000

C2C_CALL_WITH_GROUP_ID = "c2c-call-with-group-id"
"""A valid payload that the linter reports (PC509): Android rings the group call. `Unavoidable` has the other exceptions."""


def clocks(ext: Ext) -> dict[str, int]:
    """Times of the tap by name; for a call, the second of sending, the last second of its timeout, and the second after it."""
    if not isinstance(ext.entity, CallEntity):
        return {"sent": 1706601600}
    sent, timeout = ext.entity.send_time, ext.entity.content.timeout
    return {"sent": sent, "edge": sent + timeout, "after": sent + timeout + 1}


def rings_another_way(ext: Ext) -> bool:
    return isinstance(ext.entity, CallEntity) and ext.entity.chat_type == 1 and bool(ext.entity.content.group_id)


def complaints(ext: Ext, found: Comparison, when: str) -> list[str]:
    """Descriptions of what clients do with an accepted ext and must not do."""
    wrong = [f"{name} crashes" for name in found.crashes]
    for name, effect in found.effects.items():
        is_lost = effect.kind is EffectKind.TOAST or (effect.kind is EffectKind.NOTHING and when == "sent")
        if is_lost and effect.unavoidable is None:
            wrong.append(f"{name}: {effect.kind} at {effect.step}")
    if not found.agree and not rings_another_way(ext):
        wrong.append("clients disagree")
    return wrong


def run_batch(seed: int) -> tuple[Counter[str], list[tuple[str, str, bytes]]]:
    """The numbers of accepted texts and of texts for each exception, and the complaints."""
    counts: Counter[str] = Counter()
    found = []
    for raw in mutants(BATCH, seed):
        try:
            ext = decode_ext(raw)
        except DecodeError:
            continue
        counts["accepted"] += 1
        for when, now in clocks(ext).items():
            compared = compare(raw, now=now)
            counts.update(map(str, compared.unavoidable))
            counts[C2C_CALL_WITH_GROUP_ID] += not compared.agree
            found += [(what, when, raw) for what in complaints(ext, compared, when)]
    return counts, found


def test_accepted_payloads_do_the_same_on_all_clients(report_figure: Callable[[str], None]) -> None:
    """No client crashes on an accepted mutant or ignores it; clients differ only by the exceptions listed by name."""
    results = over_batches(run_batch, MUTANTS, BATCH)
    counts = sum((counted for counted, _ in results), Counter[str]())
    found = [each for _, wrong in results for each in wrong]
    assert found == []
    accepted = counts.pop("accepted")
    assert accepted > MUTANTS / 10
    named = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    report_figure(f"strictness: {len(results) * BATCH} mutants, {accepted} accepted, 0 lost; clients differ by name: {named}")


def test_refused_payloads_can_crash_and_can_be_ignored() -> None:
    """The property can fail: it fails for payloads that `decode_ext` refuses."""
    good = decode_ext(compact({"entity": c2c_chat()}))
    for changes, wrong in (
        ({"version": 2}, ["android-6.0: toast at android 5", "clients disagree"]),
        ({"sender": 1}, ["ios-6.0 crashes", "clients disagree"]),
        ({"action": None}, ["ios-6.0 crashes", "clients disagree"]),
        ({"chatType": 3}, ["ios-6.0: nothing at after 2", "android-6.0: nothing at android 7"]),
    ):
        text = compact({"entity": c2c_chat(**changes)})
        assert complaints(good, compare(text, now=0, clients=["ios-6.0", "android-6.0"]), "sent") == wrong


def test_each_exception_occurs() -> None:
    """Valid payloads on which clients differ, for each exception in the list and for no other."""
    group, c2c = compact({"entity": group_call()}), compact({"entity": c2c_call()})
    named = compact({"entity": c2c_call(c2c_content(group_id="@g"))})
    sent = clocks(decode_ext(group))
    assert compare(group, now=sent["sent"]).unavoidable == ("call-from-6.1",)
    assert compare(group, now=sent["edge"]).unavoidable == ("call-from-6.1", "timeout-edge")
    assert compare(group, now=sent["after"]).unavoidable == ()
    assert compare(c2c, now=sent["sent"]).unavoidable == ("call-from-6.1", "c2c-call")
    assert rings_another_way(decode_ext(named))
    assert not compare(named, now=sent["sent"]).agree
    assert group_content()["timeout"] == sent["edge"] - sent["sent"]
