"""One contract: the fast path, the codec, the mirror and the schemas agree on every text.

3,000 seeded mutants of real payloads in every run; `make differential` has 200,000, `make proof` 1,000,000 (PUSHCODEC_MUTANTS).
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable

from mutants import mutants
from support import over_batches

from pushcodec import fast
from pushcodec.clients.ios.outcomes import Route
from pushcodec.clients.ios.routing import receive
from pushcodec.clients.outcomes import Ignored
from pushcodec.codec import decode_ext, encode_ext
from pushcodec.errors import Code, DecodeError
from pushcodec.fast.payloads import entity_from_model
from pushcodec.inspection import iter_violations
from pushcodec.jsontext import reading
from pushcodec.models import Ext

MUTANTS = int(os.environ.get("PUSHCODEC_MUTANTS", "3000"))
BATCH = 1000
NOW = 1595234240

STRICT, TRUSTED = fast.Decoder(), fast.Decoder(trusted=True)
# The faults that `trusted=True` may overlook, by the codes of the strict reader.
OVERLOOKED = {Code.DUPLICATE_KEY, Code.INVALID_UTF8, Code.NUMBER_BEYOND_DOUBLE, Code.INTEGER_BEYOND_64_BITS, Code.TOO_DEEP}


def mirrored(raw: bytes) -> Route:
    """The mirror's Route for the bytes of an ext."""
    try:
        return receive({"custom": raw.decode()}, now=NOW)
    except UnicodeDecodeError:
        return Ignored("custom_not_a_json_object")


def codes_of(raw: bytes) -> set[Code]:
    """The codes of the faults in the outer and the embedded text."""
    found = {violation.code for violation in iter_violations(raw)}
    return found | {fault.code for fault in reading.explain(raw).faults}


def disagreements(raw: bytes) -> list[str]:
    """The names of the answers to a text that disagree."""
    wrong = []
    route = mirrored(raw)
    if STRICT.route(raw, now=NOW) != route:
        wrong.append("route")
    decoded: Ext | None = None
    try:
        decoded = decode_ext(raw)
    except DecodeError as error:
        violations = error.violations
        if not violations:
            wrong.append("unexplained refusal")
    if decoded is None:
        try:
            STRICT.decode(raw)
            wrong.append("fast accepts")
        except DecodeError as error:
            if error.violations != violations:
                wrong.append("violations")
        wrong += trusted_disagreements(raw, route)
    else:
        if list(iter_violations(raw)):
            wrong.append("schemas refuse")
        if route.outcome in ("crash", "ignored"):
            wrong.append("a valid payload crashes or is ignored")
        if mirrored(encode_ext(decoded).encode()) != route:
            wrong.append("route of the text encoded again")
        expected = entity_from_model(decoded.entity)
        if not STRICT.decode(raw) == TRUSTED.decode(raw) == expected:
            wrong.append("value")
        model = expected.to_model()
        if model != decoded.entity or model.model_fields_set != decoded.entity.model_fields_set:
            wrong.append("model of the value")
        if TRUSTED.route(raw, now=NOW) != route:
            wrong.append("trusted route of a valid payload")
    return wrong


def trusted_disagreements(raw: bytes, route: Route) -> list[str]:
    """A name if the trusted decoder's answers to a refused text differ and no overlooked fault explains that."""
    differs = TRUSTED.route(raw, now=NOW) != route
    try:
        TRUSTED.decode(raw)
        differs = True
    except DecodeError:
        pass
    return ["trusted"] if differs and not OVERLOOKED & codes_of(raw) else []


def run_batch(seed: int) -> tuple[Counter[str], list[tuple[str, bytes]]]:
    """The outcomes of a batch, and its disagreements."""
    outcomes: Counter[str] = Counter()
    found = []
    for raw in mutants(BATCH, seed):
        outcomes[mirrored(raw).outcome] += 1
        found += [(what, raw) for what in disagreements(raw)]
    return outcomes, found


def test_fast_path_codec_mirror_and_schemas_agree_on_every_mutant(report_figure: Callable[[str], None]) -> None:
    """The mutants reach every outcome."""
    outcomes: Counter[str] = Counter()
    found: list[tuple[str, bytes]] = []
    for counted, wrong in over_batches(run_batch, MUTANTS, BATCH):
        outcomes += counted
        found += wrong
    assert found == []
    assert len(outcomes) == 9
    report_figure(f"differential: {outcomes.total()} mutants, 0 disagreements, outcomes {json.dumps(dict(outcomes))}")
