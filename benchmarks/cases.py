"""The cases that are timed: tables by form, by line, by refused row and by size."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import answers
import corpus
from contenders import (
    BASELINE,
    CONTENDERS,
    DECODE_EXT,
    DEFAULT_DECODE,
    DEFAULT_ROUTE,
    NOW,
    TRUSTED_ROUTE,
    Contender,
    Facts,
    Ready,
    ours,
    same,
)
from contenders.parsers import loads_each
from measure import Case, Input, loads_or_none, unwrapping

import pushcodec as pc
from pushcodec import fast

MIXED = "mixed"
LINES, FAULTY_LINES, REJECTED, TOLERANT, SIZES = "lines", "lines, 5 % bad", "rejected rows", "tolerant rows", "sizes"
UNKNOWN_KEYS = "unknown keys"
ROUTE_LINES, TRUSTED_ROUTE_LINES, DECODE_LINES = "route_lines", "route_lines, trusted", "decode_lines"
KIB = (1, 4, 16, 64)


def all_cases(count: int) -> list[Case]:
    """Every case over `count` payloads; there are fewer refused rows, because they are slow."""
    payloads = corpus.exts(count)
    texts = [payload.text for payload in payloads]
    return [
        *_forms(payloads),
        *_unknown_keys(corpus.with_unknown_keys(count)),
        *_lines(LINES, texts),
        *_lines(FAULTY_LINES, corpus.with_bad_rows(count)),
        *_rejected(count // 10),
        *_tolerant(count // 5),
        *_sizes(),
    ]


def _encoded(texts: Sequence[str]) -> list[bytes]:
    return [text.encode() for text in texts]


def _forms(payloads: Sequence[corpus.Payload]) -> Iterator[Case]:
    """Every contender on every form, over all payloads and over each class of them."""
    ready = [(contender, contender.ready()) for contender in CONTENDERS if contender.name != BASELINE]
    rows = {MIXED: [text for _, text in payloads]}
    for kind, _ in corpus.SHARES:
        rows[kind] = [text for each, text in payloads if each == kind]
    for form, write in corpus.FORMS.items():
        for row, texts in rows.items():
            written = _encoded([write(text) for text in texts])
            parsed = Input(written, loads_each, loads_each(written))
            expected = {
                "parsed": parsed.parsed,
                "facts": [answers.facts(text) for text in texts],
                "route": [answers.route(text) for text in texts],
            }
            for contender, competing in ready:
                yield _form(form, row, parsed, contender, competing, expected[contender.answers])


def _form(form: str, row: str, texts: Input, contender: Contender, ready: Ready, expected: list[Any]) -> Case:
    loop = ready.loop
    if form == corpus.WRAPPED:
        loop = ready.wrapped or unwrapping(loop)
    return Case((form, row, contender.name), texts, loop, expected, ready.common, contender.every)


def _unknown_keys(texts: Sequence[str]) -> Iterator[Case]:
    """Valid payloads with keys that the schemas do not know."""
    encoded = _encoded(texts)
    read = Input(encoded, loads_each, loads_each(encoded))
    expected: dict[str, list[Any]] = {
        "facts": [answers.facts(text) for text in texts],
        "route": [answers.route(text) for text in texts],
    }
    for contender in _named(TRUSTED_ROUTE, DEFAULT_ROUTE, DEFAULT_DECODE, DECODE_EXT):
        yield _form(UNKNOWN_KEYS, MIXED, read, contender, contender.ready(), expected[contender.answers])


def _lines(table: str, texts: Sequence[str]) -> Iterator[Case]:
    """NDJSON in one blob; the baseline is `orjson.loads` of each of its lines, read in the same way."""
    blob = "\n".join(texts).encode()
    baseline = loads_or_none if table == FAULTY_LINES else loads_each
    lines = Input(blob, lambda blob: baseline(io.BytesIO(blob)), baseline(_encoded(texts)))  # type: ignore[arg-type]
    routes = [pc.receive({"custom": text}, now=NOW) for text in texts]
    yield Case((table, MIXED, TRUSTED_ROUTE_LINES), lines, ours.route_lines(fast.Decoder(trusted=True)), routes)
    yield Case((table, MIXED, ROUTE_LINES), lines, ours.route_lines(fast.Decoder()), routes)
    entities = [_facts_or_none(text) for text in texts]
    yield Case((table, MIXED, DECODE_LINES), lines, ours.decode_lines(fast.Decoder()), entities, _facts_unless_bad)


def _facts_or_none(text: str) -> Facts | None:
    try:
        pc.decode_ext(text)
    except pc.DecodeError:
        return None
    return answers.facts(text)


def _facts_unless_bad(result: Any) -> Facts | None:
    return None if isinstance(result, fast.BadLine) else Facts.of_object(result)


def _rejected(count: int) -> Iterator[Case]:
    """Texts that do not decode, with the explanation of each."""
    rows = corpus.bad_rows(count)
    texts = _encoded([text for _, text in rows])
    decoder = fast.Decoder()

    def loop(texts: Sequence[bytes]) -> list[Any]:
        read, errors = decoder.decode, []
        for text in texts:
            try:
                read(text)
            except pc.DecodeError as error:
                errors.append(error)
        return errors

    refused = Input(texts, loads_or_none, loads_or_none(texts))
    codes = [code for code, _ in rows]
    yield Case((REJECTED, MIXED, DEFAULT_DECODE), refused, loop, codes, lambda error: error.violations[0].code)


def _tolerant(count: int) -> Iterator[Case]:
    """Texts that the codec refuses and the client routes."""
    rows = corpus.tolerant_rows(count)
    assert not any(map(_facts_or_none, (text for text, _ in rows)))
    texts = _encoded([text for text, _ in rows])
    read = Input(texts, loads_each, loads_each(texts))
    routes = [answers.route(valid) for _, valid in rows]
    for contender in _named(TRUSTED_ROUTE, DEFAULT_ROUTE):
        yield Case((TOLERANT, MIXED, contender.name), read, contender.ready().loop, routes)


def _sizes() -> Iterator[Case]:
    """Payloads of several sizes."""
    for kib in KIB:
        text = corpus.chat_of_size(kib * 1024)
        texts = [text.encode()] * (KIB[-1] // kib)
        read = Input(texts, loads_each, loads_each(texts))
        expected: dict[str, list[Any]] = {
            "facts": [answers.facts(text)] * len(texts),
            "route": [answers.route(text)] * len(texts),
        }
        for contender in _named(TRUSTED_ROUTE, DEFAULT_ROUTE, DEFAULT_DECODE, DECODE_EXT):
            ready = contender.ready()
            common = same if contender.answers == "route" else ready.common
            yield Case((SIZES, f"{kib} KiB", contender.name), read, ready.loop, expected[contender.answers], common)


def _named(*names: str) -> Iterator[Contender]:
    return (contender for contender in CONTENDERS if contender.name in names)
