"""The Android mirror gives the answers of the vectors, which the real Gson gave on a JVM, by the steps of the contract."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from mutants import mutants
from payloads import c2c_chat, compact, group_call, group_content
from support import over_batches, wrong_answers

from pushcodec.clients.android import effects as android_effects
from pushcodec.clients.android.classes import CARRIERS, ENTITY, RELEASES, read_entity
from pushcodec.clients.android.outcomes import (
    AndroidC2CChat,
    AndroidCrash,
    AndroidExpiredCall,
    AndroidGroupCall,
    AndroidNoSender,
    AndroidRoute,
)
from pushcodec.clients.android.redirect import redirect
from pushcodec.clients.android.steps import STEPS
from pushcodec.clients.effects import EffectKind
from pushcodec.clients.outcomes import Ignored
from pushcodec.clients.steps import Unreadable

VECTORS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "vectors" / "android.ndjson").read_bytes().splitlines()
]
FAMILIES = sorted({vector["family"] for vector in VECTORS})
INFORMATIVE = {"exception", "cause", "where", "follow_up", "notes"}
MUTANTS = int(os.environ.get("PUSHCODEC_MUTANTS", "5000"))
BATCH = 1000
NOW = 1595234240


def taken(vector: dict[str, Any], **options: Any) -> AndroidRoute:
    at = vector["server_time"]
    return redirect(vector["ext"], server_time=at, release=vector["profile"], carrier=vector["carrier"], **options)


def answer(vector: dict[str, Any]) -> dict[str, Any]:
    return taken(vector).to_dict()


def expected(vector: dict[str, Any]) -> dict[str, Any]:
    detail = {key: value for key, value in vector["expect"]["detail"].items() if key not in INFORMATIVE}
    return {"outcome": vector["expect"]["outcome"], "detail": detail}


@pytest.mark.parametrize("family", FAMILIES)
def test_the_mirror_gives_the_answers_of_the_family(family: str) -> None:
    """Each text gives the outcome and the detail of its vector, with the same types."""
    assert wrong_answers((vector for vector in VECTORS if vector["family"] == family), answer, expected) == {}


def test_all_vectors_are_there(report_figure: Callable[[str], None]) -> None:
    """The file contains 3,056 vectors of all releases and carriers. Prints for how many the mirror gives the answer."""
    met = len(VECTORS) - len(wrong_answers(VECTORS, answer, expected))
    report_figure(f"vectors, Android: {met} of {len(VECTORS)} met, {len(FAMILIES)} families")
    assert len(VECTORS) == 3056
    assert {vector["profile"] for vector in VECTORS} == set(RELEASES)
    assert {vector["carrier"] for vector in VECTORS} == set(CARRIERS)


def test_every_outcome_and_step_decides_some_vector() -> None:
    """The vectors have every outcome of the union, and each step is the last one for some vector."""
    assert {vector["expect"]["outcome"] for vector in VECTORS} == {kind.outcome for kind in get_args(AndroidRoute)}
    last = set()
    for vector in VECTORS:
        steps: list[str] = []
        taken(vector, trace=lambda step, _, steps=steps: steps.append(step))
        last.add(steps[-1])
        assert steps == sorted(steps, key=list(STEPS).index)
    assert last == set(STEPS)


# Steps


def test_each_step_is_traced_with_the_value_that_it_reads() -> None:
    """For all steps of a call that rings, and for the last steps of a chat."""
    text = compact({"entity": group_call(group_content(call_id="c"), sendTime=NOW - 3)})
    traced: dict[str, Any] = {}
    redirect(text, server_time=NOW, trace=traced.__setitem__)
    entity, call = traced["android 4"], traced["android 11"]
    assert (entity["chatType"], call["call_id"], call["timeout"]) == (2, "c", 30)
    assert list(traced.items()) == [
        ("android 1", text),
        ("android 2", text),
        ("android 3", {"entity": entity}),
        ("android 4", entity),
        ("android 5", {"version": 1, "action": 2}),
        ("android 8", "6.0"),
        ("android 9", entity["content"]),
        ("android 10", entity["content"]),
        ("android 11", call),
        ("android 12", {"server_time": NOW, "elapsed": 3, "timeout": 30}),
        ("android 13", call["group_id"]),
        ("android 14", call["group_id"]),
    ]
    traced.clear()
    redirect(compact({"entity": c2c_chat(sender="s")}), server_time=NOW, trace=traced.__setitem__)
    assert list(traced.items())[5:] == [("android 6", "s"), ("android 7", 1)]


def test_no_text_is_ignored() -> None:
    """An absent and an empty text are ignored."""
    assert redirect(None, server_time=NOW) == redirect("", server_time=NOW) == Ignored("empty_ext")


@pytest.mark.parametrize(("age", "rings"), [(29, True), (30, False), (-(10**9), True), (2**63, True), (2**63 - 1, False)])
def test_the_time_check_is_signed_and_wraps(age: int, rings: bool) -> None:
    """A call expires when its age reaches the timeout; a call with a later time of sending has not expired."""
    text = compact({"entity": group_call(group_content(timeout=30), sendTime=0)})
    assert isinstance(redirect(text, server_time=age), AndroidGroupCall if rings else AndroidExpiredCall)


def test_an_absent_entity_has_defaults_from_7_9() -> None:
    """6.0 ignores a text without `entity`, 7.9 reads a chat without a sender."""
    assert redirect("{}", server_time=NOW) == Ignored("no_entity")
    assert redirect("{}", server_time=NOW, release="7.9").to_dict()["detail"] == {"reason": "sender_empty"}


def test_an_entity_is_read_alone() -> None:
    """The fields of releases before 7.9, with their defaults."""
    defaults = {name: field.default for name, field in ENTITY.items()}
    assert read_entity('{"chatType":"2","customData":[1]}') == {**defaults, "chatType": 2}
    assert read_entity("null") is None
    assert read_entity("[]") == Unreadable(())
    assert read_entity('{"chatType":1,"sender":[]}') == Unreadable(("sender",))


def test_the_default_release_of_an_effect_is_6_0() -> None:
    """Only 6.0 rings for a group call."""
    text = compact({"entity": group_call()})
    assert android_effects.simulate(text, now=NOW) == android_effects.simulate(text, now=NOW, release="6.0")
    assert android_effects.simulate(text, now=NOW).kind is EffectKind.RINGS


def test_the_entity_alone_crashes_before_7_9() -> None:
    """Releases before 7.9 read the text of OPPO outside of the try block."""
    seen = [redirect("[", server_time=NOW, release=release, carrier="oppo_entity") for release in RELEASES]
    assert seen == [AndroidCrash("entity_parse"), AndroidCrash("entity_parse"), Ignored("not_parsable")]


@pytest.mark.parametrize("option", [{"release": "5.0"}, {"carrier": "xiaomi"}])
def test_an_unknown_release_or_carrier_is_refused(option: dict[str, Any]) -> None:
    """The error lists the known ones."""
    with pytest.raises(ValueError, match=r"expected a release out of 6.0, 6.1, 7.9 and a carrier out of bundle_ext, oppo_entity"):
        redirect("{}", server_time=NOW, **option)


def test_a_chats_repr_hides_what_people_wrote() -> None:
    """The repr has the length of the nickname, and ids and types in full."""
    chat = redirect(compact({"entity": c2c_chat(nickname="小明")}), server_time=NOW)
    assert repr(chat) == "AndroidC2CChat(chat_id='10457', chat_name=<2 characters>, chat_type=1)"
    nameless = redirect(compact({"entity": c2c_chat(nickname=None)}), server_time=NOW)
    assert "chat_name=None" in repr(nameless)


@pytest.mark.parametrize(
    ("text", "clock", "message"),
    [
        (1, 0, "the text must be a str or None, not int"),
        (b"{}", 0, "the text must be a str or None, not bytes"),
        ("{}", "1", "server_time must be an int of unix seconds, not str"),
        ("{}", True, "server_time must be an int of unix seconds, not bool"),
    ],
)
def test_a_text_or_clock_of_another_type_is_a_type_error(text: Any, clock: Any, message: str) -> None:
    """The text must be a str or None."""
    with pytest.raises(TypeError, match=f"^{message}$"):
        redirect(text, server_time=clock)


# Any text


def run_batch(seed: int) -> set[str]:
    """The outcomes of a batch of mutants in every release, with the bytes decoded as Java decodes them."""
    texts = [text.decode("utf-8", "replace") for text in mutants(BATCH, seed)]
    return {redirect(text, server_time=1706601609, release=release).outcome for text in texts for release in RELEASES}


def test_the_mirror_is_total(report_figure: Callable[[str], None]) -> None:
    """Mutants of real payloads give an outcome in every release and never raise; `make proof` uses 1,000,000."""
    results = over_batches(run_batch, MUTANTS, BATCH)
    outcomes = set().union(*results)
    report_figure(f"Android mirror: {len(results) * BATCH} mutants in {len(RELEASES)} releases, no exception")
    assert outcomes == {kind.outcome for kind in get_args(AndroidRoute)}


HUGE = {
    "arrays": "[" * 100_000,
    "objects": '{"a":' * 100_000,
    "skipped": '{"entity":{"k":' + "[" * 100_000 + "]" * 100_000 + "}}",
    "comments": "/**/" * 100_000,
    "escapes": "'" + "\\'" * 100_000,
}


@pytest.mark.parametrize("kib", [64, 256])
@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_deep_and_long_texts_take_no_stack(text: str, kib: int) -> None:
    """100,000 levels have an outcome, also on a small stack."""
    found: list[AndroidRoute] = []
    before = threading.stack_size(kib * 1024)
    try:
        thread = threading.Thread(target=lambda: found.append(redirect(text, server_time=NOW)))
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    assert isinstance(found[0], AndroidNoSender if "entity" in text else Ignored)


def test_a_deep_unknown_key_is_skipped() -> None:
    """Skipping needs no stack, and the keys after it are read."""
    deep = "[" * 100_000 + "]" * 100_000
    text = compact({"entity": c2c_chat()}).replace('{"entity":{', f'{{"k":{deep},"entity":{{"k":{deep},', 1)
    assert isinstance(redirect(text, server_time=NOW), AndroidC2CChat)
