"""The cost of any text: exact limits, stack, time and memory; and the state after threads and interruptions.

Other tests check values. These tests check what a hostile text or a busy process can do to the library.
"""

from __future__ import annotations

import copy
import os
import sys
import threading
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import slow_texts
from deep_texts import TEXTS, VERBS
from fuzz_targets import TARGETS
from payloads import c2c_call, c2c_chat, c2c_content, compact, ext, group_call, group_chat, group_content
from support import PICKLE_PROTOCOLS, run_program, through_pickle

import pushcodec as pc
from pushcodec import fast, lint
from pushcodec.errors import MAX_POINTERS
from pushcodec.jsontext import Limits, reading

# Limits: `test_jsontext` checks that the limits of the strict reader are exact; these tests, that every reader has the same.


def nested(levels: int) -> Any:
    return [nested(levels - 1)] if levels else 0


LONGEST = compact(ext(group_call(group_content(data="中"))))
AT_THE_LIMIT = [
    ("bytes", LONGEST, Limits(max_bytes=len(LONGEST.encode())), Limits(max_bytes=len(LONGEST.encode()) - 1), "PC110", ("",)),
    ("depth", compact(ext(x=nested(15))), Limits(), Limits(max_depth=15), "PC109", ("/x" + "/0" * 14,)),
    (
        "depth inside",
        compact(ext(c2c_call(c2c_content(x=nested(15))))),
        Limits(),
        Limits(max_depth=15),
        "PC109",
        ("/entity/content", "/x" + "/0" * 14),
    ),
    ("elements", compact(ext(x=[0] * 1000)), Limits(), Limits(max_items=999), "PC111", ("/x/999",)),
    (
        "elements inside",
        compact(ext(group_call(group_content(invited_list=["a"] * 1000)))),
        Limits(),
        Limits(max_items=999),
        "PC111",
        ("/entity/content", "/invited_list/999"),
    ),
    ("members", compact(ext(c2c_chat(a=0))), Limits(max_items=8), Limits(max_items=7), "PC111", ("/entity/a",)),
    (
        "members inside",
        compact(ext(c2c_call(c2c_content(a=0)))),
        Limits(max_items=9),
        Limits(max_items=8),
        "PC111",
        ("/entity/content", "/a"),
    ),
]


@pytest.mark.parametrize(
    ("what", "text", "enough", "one_less", "code", "place"), AT_THE_LIMIT, ids=[case[0] for case in AT_THE_LIMIT]
)
def test_each_limit_is_exact_in_both_layers(
    what: str,
    text: str,
    enough: Limits,
    one_less: Limits,
    code: str,
    place: tuple[str, ...],
    report_figure: Callable[[str], None],
) -> None:
    """Every reader accepts a text at the limit; with a limit of one less, every reader reports the same code at the same place."""
    for given in (text, text.encode()):
        assert list(pc.iter_violations(given, limits=enough)) == []
        ext_read = pc.decode_ext(given, limits=enough)
        assert fast.Decoder(limits=enough).decode(given).to_model() == ext_read.entity
        assert pc.encode_ext(ext_read, limits=enough) == text
        found = list(pc.iter_violations(given, limits=one_less))
        assert [(violation.code, (violation.pointer, *violation.embedded)) for violation in found] == [(code, place)]
        for decode in (lambda text: pc.decode_ext(text, limits=one_less), fast.Decoder(limits=one_less).decode):
            with pytest.raises(pc.DecodeError) as caught:
                decode(given)
            assert list(caught.value.violations) == found
    with pytest.raises(pc.EncodeError):
        pc.encode_ext(ext_read, limits=one_less)
    report_figure(f"limits: {what}, exact for validation, codec and fast path: one more is {code}")


# Stack

REFUSED = {text for text in TEXTS if not text.endswith("may be")}


SMALLEST_STACK = 64 if sys.version_info < (3, 14) else 128
"""The KiB of stack that any call needs. CPython 3.14 reserves a part of the stack: with less it raises RecursionError."""


@pytest.mark.parametrize("page", ["docs/promises.md", "SECURITY.md"])
def test_the_smallest_stack_is_documented(page: str) -> None:
    """Both pages give the number for this Python."""
    text = " ".join((Path(__file__).parents[1] / page).read_text("utf-8").split())
    assert "64 KiB stack (128 KiB from Python 3.14 on)" in text


@pytest.mark.parametrize("kib", [kib for kib in (64, 128, 256, 512) if kib >= SMALLEST_STACK])
def test_no_depth_overflows_a_small_stack(kib: int, report_figure: Callable[[str], None]) -> None:
    """Texts of 100,000 levels, and of as many as the limits allow, are answered in threads with small stacks, without a crash."""
    answers = {(verb, text): said for verb, text, said in run_program("deep_texts.py", kib)}
    assert answers.keys() == {(verb, text) for verb in VERBS for text in TEXTS}
    for verb in ("decode_ext", "fast decode", "trusted decode"):
        assert {text for text in TEXTS if answers[verb, text] in ("PC109", "PC301")} == REFUSED | {"known key as deep as may be"}
    for verb in ("fast route", "fast receive, wrapped", "trusted route", "trusted receive", "trusted lines"):
        assert [answers[verb, text] for text in TEXTS] == [answers["receive", text] for text in TEXTS]
    report_figure(f"stack: {kib} KiB, {len(TEXTS)} texts up to 100,000 levels deep, {len(VERBS)} functions, no signal")


def test_the_smallest_stack_is_enough_for_the_corpus(report_figure: Callable[[str], None]) -> None:
    """For the fuzzer's corpus and for nested values at every place, every target raises only errors of the library."""
    rows = run_program("small_stack.py", SMALLEST_STACK)
    assert {target: raised for target, _, raised in rows} == dict.fromkeys(TARGETS, "")
    report_figure(f"stack: {SMALLEST_STACK} KiB, {rows[0][1]} texts of the fuzzer's corpus and nested ones, {len(TARGETS)} targets")


# Time

MOST_GROWTH = 2.6


@pytest.mark.slow
def test_time_is_linear_in_the_length_of_any_text(report_figure: Callable[[str], None]) -> None:
    """A text of twice the length takes about twice the time, for every family of texts and every function."""
    grown = {(family, verb): float(times) for family, verb, times in run_program("slow_texts.py", MOST_GROWTH)}
    assert grown.keys() == {(family, verb) for family in slow_texts.FAMILIES for verb in slow_texts.VERBS}
    families = f"{len(slow_texts.FAMILIES)} families, {len(slow_texts.VERBS)} functions"
    most = f"{max(grown.values()):.2f} times as long, of {MOST_GROWTH}"
    report_figure(f"time: {families}, a text of twice the length takes at most {most}")
    assert {what: times for what, times in grown.items() if times > MOST_GROWTH} == {}


def test_an_unterminated_string_needs_little_memory() -> None:
    """The reader needs a few KiB beside the text: it stores no positions inside a string."""
    text = '{"x":"' + '\\"' * 100_000
    limits = Limits(max_bytes=10**6)
    tracemalloc.start()
    try:
        assert reading.explain(text, limits).faults
        assert tracemalloc.get_traced_memory()[1] < 2 * len(text)
    finally:
        tracemalloc.stop()


# Memory


@pytest.mark.parametrize("wrap", [slow_texts.chat, slow_texts.call], ids=["outside", "inside"])
def test_a_long_key_with_many_faults_needs_bounded_memory(wrap: Callable[[str], str]) -> None:
    """The pointer of each fault contains the key. Every reader lists some faults and then one that says that there are more."""
    text = wrap('{"' + "k" * 30_000 + '":[' + "1e999," * 900 + "0]}")
    tracemalloc.start()
    try:
        found = list(pc.iter_violations(text))
        assert tracemalloc.get_traced_memory()[1] < 4 * MAX_POINTERS
    finally:
        tracemalloc.stop()
    assert len(found) == MAX_POINTERS // 30_000 + 2
    assert [index for index, violation in enumerate(found) if violation.code == "PC112"] == [len(found) - 1]
    assert "characters of pointers" in found[-1].message
    for decode in (pc.decode_ext, fast.Decoder().decode):
        with pytest.raises(pc.DecodeError) as caught:
            decode(text)
        assert list(caught.value.violations) == found
    diagnostics = lint.lint_text(text)
    assert sum(len(each.pointer) + sum(map(len, each.embedded)) for each in diagnostics) < 1.1 * MAX_POINTERS
    assert (diagnostics[-1].code, diagnostics[-1].message) == ("PC112", found[-1].message)


DECODES = int(os.environ.get("PUSHCODEC_DECODES", "20000"))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc to see what is resident")
def test_decodes_leave_nothing_in_memory(report_figure: Callable[[str], None]) -> None:
    """20,000 valid and 2,000 invalid decodes add at most 1 MiB to the process; `make resources` does 1,000,000 and 100,000."""
    grown = {texts: int(kib) for texts, kib in run_program("many_decodes.py", DECODES)}
    report_figure(f"resident memory after {DECODES} valid decodes and {DECODES // 10} invalid ones: {grown} KiB more")
    assert grown.keys() == {"valid", "invalid"}
    assert max(grown.values()) <= 1024


# Threads

SHARED = fast.Decoder()
PAYLOADS = [
    compact(ext(entity))
    for entity in (c2c_chat(), group_chat(x=[1.5]), c2c_call(), group_call(), group_call(group_content(timeout="30")), {})
]


def verdict(decode: Callable[[str], object], text: str) -> object:
    try:
        return decode(text)
    except pc.DecodeError as error:
        return error.violations


@pytest.mark.slow
def test_eight_threads_decode_like_one(report_figure: Callable[[str], None]) -> None:
    """Eight threads that share a decoder and switch often give no different answer in 20,000 decodes each."""
    verbs: list[Callable[[str], object]] = [pc.decode_ext, *[SHARED.decode] * 9]
    asked = [(decode, text, verdict(decode, text)) for text in PAYLOADS for decode in verbs]
    wrong: list[object] = []
    done: list[int] = []

    def work() -> None:
        turns = 20_000 // len(asked) + 1
        for _ in range(turns):
            wrong.extend(text for decode, text, expected in asked if verdict(decode, text) != expected)
        done.append(turns * len(asked))

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert wrong == []
    assert len(done) == 8
    assert min(done) >= 20_000
    report_figure(f"threads: {len(done)} by {min(done)} decodes with a shared decoder, no mismatch")


# Interruptions


@pytest.mark.slow
def test_answers_after_an_interrupt_are_unchanged(report_figure: Callable[[str], None]) -> None:
    """After a KeyboardInterrupt at each of 300 steps, and after each of 300 signals, every answer is the same as before."""
    steps, signals, (_, dropped) = run_program("interruptions.py", 300)
    for kind, count, raised, wrong in (steps, signals):
        assert int(count) >= 300, kind
        assert int(raised) >= int(count) - int(dropped) - 1, kind  # the last step may not occur again
        assert wrong == "0", kind
        report_figure(f"interruptions: {kind}, KeyboardInterrupt at {count}, no answer wrong after it")


# Copies


def _results() -> list[Any]:
    text = compact(ext(group_call(group_content(x=[0]), y={"z": None})))
    models = [pc.decode_ext(text), pc.decode_entity(compact(group_call())), pc.decode_signaling_content(compact(group_content()))]
    routes = [SHARED.route(text, now=now) for text in PAYLOADS for now in (0, 2**40)]
    routes += [pc.receive([], now=0), pc.receive({"custom": compact(ext(c2c_chat(action=[])))}, now=0)]
    entities = [SHARED.decode(text), SHARED.decode(compact(ext(c2c_chat(customData=[1]))))]
    diagnostics = lint.lint_text(compact(ext(c2c_chat(action="1"))))
    given = [Limits(max_depth=3), lint.DEFAULT_CONFIG, pc.Action.CALL]
    return [*models, *routes, *entities, *diagnostics, pc.find_ext(text), pc.compare(text, now=0), *given]


@pytest.mark.parametrize("value", _results(), ids=lambda value: type(value).__name__)
def test_results_pickle_and_copy(value: Any, report_figure: Callable[[str], None]) -> None:
    """Arguments and results of all functions equal their pickled and unpickled copies, and their flat and deep copies."""
    copies = [through_pickle(value, protocol) for protocol in PICKLE_PROTOCOLS]
    for again in (*copies, copy.copy(value), copy.deepcopy(value)):
        assert type(again) is type(value)
        assert again == value
    report_figure(f"pickled by protocols {PICKLE_PROTOCOLS[0]} to {PICKLE_PROTOCOLS[-1]}, and copied: {type(value).__name__}")


def test_a_decoder_and_its_bad_lines_pickle() -> None:
    """A pickled decoder keeps its limits, a pickled BadLine its number and its violations."""
    for protocol in PICKLE_PROTOCOLS:
        decoder = through_pickle(fast.Decoder(limits=Limits(max_bytes=9), trusted=True), protocol)
        [bad] = decoder.decode_lines(b"{" + b" " * 9)
        assert isinstance(bad, fast.BadLine)
        again = through_pickle(bad, protocol)
        assert (again.line_number, again.byte_offset, again.error.violations) == (1, 0, bad.error.violations)
        assert [violation.code for violation in bad.error.violations] == ["PC110"]
