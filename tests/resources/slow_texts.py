"""Measures how the time for hostile texts grows: each family of texts at a length and at twice that length, for every function.

A separate program, so that no tracer slows it. Prints a line for each family and function with t(2n)/t(n) in processor time: the
least of several interleaved runs, because load only adds time. Lengths grow until a run is long enough to be measured.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from payloads import c2c_call, compact, ext

import pushcodec as pc
from pushcodec.documents.prefilter import may_contain_payload

LIMITS = pc.Limits(max_bytes=10**9, max_depth=128, max_items=10**9)
DECODER = pc.fast.Decoder(limits=LIMITS)
CONTENT = '{"action":1,"call_id":"1","call_type":1,"invited_list":["a"],"room_id":1,"group_id":"g","timeout":30,"version":4'


def chat(unknown: str) -> str:
    """An ext with a chat that ends with an unknown key: its value, and what follows it."""
    return '{"entity":{"action":1,"chatType":1,"sender":"a","x":' + unknown + "}}"


def call(unknown: str) -> str:
    """An ext with a call whose content ends with an unknown key: its value, and what follows it."""
    return compact(ext({**c2c_call(), "content": f'{CONTENT},"x":{unknown}}}'}))


def _repeated(wrap: Callable[[str], str], before: str, unit: str, after: str, length: int) -> str:
    return wrap(before + unit * (length // len(unit)) + after)


def _keys(length: int) -> str:
    return chat("0" + "".join(f',"k{number}":0' for number in range(length // 12)))


def _misspelled(length: int) -> str:
    return chat("0" + "".join(f',"nick{"_" * 20}Name{number:04}":0' for number in range(length // 40)))


def _late_faults(length: int) -> str:
    return chat("[" + "\n" * length + "1e999," * 500 + "0]")


FAMILIES: dict[str, Callable[[int], str]] = {
    "deep arrays": partial(_repeated, chat, "", "[", ""),
    "many arrays": partial(_repeated, chat, "[", "[],", "0]"),
    "many keys": _keys,
    "many duplicate keys": partial(_repeated, chat, "0", ',"x":0', ""),
    "many duplicate keys inside": partial(_repeated, call, "0", ',"x":0', ""),
    "misspelled keys": _misspelled,
    "a long key": partial(_repeated, chat, '{"', "/~", '":1e999}'),
    "escapes": partial(_repeated, chat, '"', r"\"\\\u0022\/", '"'),
    "escapes inside": partial(_repeated, call, '"', r"\"\\\u0022\/", '"'),
    "digits": partial(_repeated, chat, "", "7", ""),
    "digits of a fraction": partial(_repeated, chat, "0.", "07", ""),
    "digits of an exponent": partial(_repeated, chat, "1e", "7", ""),
    "many numbers": partial(_repeated, chat, "[", "1e-9,", "0]"),
    "coerced digits": partial(_repeated, lambda text: '{"entity":{"action":"' + text + '","chatType":1}}', "", " ", "1"),
    "digits that are no number": partial(_repeated, lambda text: '{"entity":{"version":"' + text + '"}}', "", "1", "x"),
    "digits of a coerced exponent": partial(_repeated, lambda text: '{"entity":{"version":"' + text + '"}}', "1.1e", "1", "x"),
    "zeros before a number": partial(_repeated, lambda text: '{"entity":{"version":"' + text + '"}}', "", "0", "1"),
    "many violations": partial(_repeated, lambda text: chat(f'0,"customData":{text}'), "[", "128,", "0]"),
    "many faults": partial(_repeated, chat, "[", "1e999,\n", "0]"),
    "many faults inside": partial(_repeated, call, "[", "1e999,\n", "0]"),
    "faults after many lines": _late_faults,
    "an unterminated string": partial(_repeated, str, '{"x":"', r"\"", ""),
    "an unterminated string inside": partial(_repeated, call, '"', r"\"", ""),
    "quotes": partial(_repeated, str, "", '"', ""),
    "white space": partial(_repeated, chat, "", " \t\n", "0"),
    "lone surrogates": partial(_repeated, chat, '"', r"\ud800", '"'),
    "many lone surrogates": partial(_repeated, chat, "[", r'"\ud800",', "0]"),
    "surrogate pairs": partial(_repeated, chat, '"', r"\ud83d\ude00", '"'),
    "trailing commas": partial(_repeated, chat, "[", "[0,],", "0]"),
    "trailing commas inside": partial(_repeated, call, "[", "[0,],", "0]"),
    "comments": partial(_repeated, chat, "", "/*/ */", "0"),
    "lines of comments": partial(_repeated, chat, "", "#\n", "0"),
    "a comment without an end": partial(_repeated, str, "/*", "/*", ""),
    "a bare token": partial(_repeated, chat, "", "'a", ""),
    "quotes that are escaped": partial(_repeated, chat, "'", "\\'", "'"),
    "commas": partial(_repeated, str, "[", ",", ""),
}

VERBS: dict[str, Callable[[str], object]] = {
    "decode_ext": lambda text: pc.decode_ext(text, limits=LIMITS),
    "fast decode": DECODER.decode,
    "fast route": lambda text: DECODER.route(text, now=0),
    "receive": lambda text: pc.receive({"custom": text}, now=0),
    "iter_violations": lambda text: list(pc.iter_violations(text, limits=LIMITS)),
    "lint": pc.lint.lint_text,
    "compare": lambda text: pc.compare(text, now=0),
    "filter before reading": lambda text: may_contain_payload(text.replace("entity", "x")),
}

FIRST, LAST = 16_000, 1_024_000  # twice the first is within the linter's limit
LONG_ENOUGH = 0.002
ROUNDS, ATTEMPTS = 5, 4


def seconds(verb: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    with suppress(pc.PushCodecError):
        verb(text)
    return time.process_time() - start


def growth(verb: Callable[[str], object], family: Callable[[int], str], last: int, allowed: float) -> float:
    """The least t(2n)/t(n) of several n, until one is allowed.

    A cache that is full from one n on disturbs one measurement; quadratic time shows in all of them.
    """
    length = FIRST
    while length < last and seconds(verb, family(length)) < LONG_ENOUGH:
        length *= 2
    least = float("inf")
    for _ in range(ATTEMPTS):
        once, twice = family(length), family(2 * length)
        times = [(seconds(verb, once), seconds(verb, twice)) for _ in range(ROUNDS)]
        least_once, least_twice = map(min, zip(*times, strict=True))
        least = min(least, least_twice / least_once)
        if least <= allowed:
            break
        length = min(2 * length, last)
    return least


def main() -> None:
    gc.disable()  # its passes over all objects are no cost of the text
    for name, family in FAMILIES.items():
        for verb, run in VERBS.items():
            last = FIRST if verb == "lint" else LAST
            sys.stdout.write(f"{name} | {verb} | {growth(run, family, last, float(sys.argv[1])):.2f}\n")
        gc.collect()


if __name__ == "__main__":
    main()
