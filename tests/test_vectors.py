"""The mirror against the vectors, which a reference implementation gave on a real Objective-C Foundation."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from pushcodec.routing import Route, receive

# Split as bytes: a line of NDJSON may hold U+2028, at which `str.splitlines` would split too.
VECTORS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "vectors" / "ios.ndjson").read_bytes().splitlines()
]
FAMILIES = sorted({vector["family"] for vector in VECTORS})

# What the vectors say beyond the Route: the callback, and what the app does later.
BEYOND_THE_ROUTE = {"completed", "upstream_follow_up", "action", "chatType"}
ONLY_OF_EXPIRED_CALLS = {"sendTime", "timeout", "elapsed"}


def answer(vector: dict[str, Any]) -> dict[str, Any]:
    route = receive(
        vector["user_info"],
        now=vector["now"],
        logged_in=vector["logged_in"],
        ios10=vector["ios10"],
        notification_response=vector.get("response_kind") != "dict",
    )
    return route.to_dict()


def expected(vector: dict[str, Any]) -> dict[str, Any]:
    outcome, detail = vector["expect"]["outcome"], vector["expect"]["detail"]
    dropped = BEYOND_THE_ROUTE if outcome == "call_expired" else BEYOND_THE_ROUTE | ONLY_OF_EXPIRED_CALLS
    return {"outcome": outcome, "detail": {key: value for key, value in detail.items() if key not in dropped}}


def as_text(value: dict[str, Any]) -> str:
    """As text 1, 1.0 and true differ; as Python values they are equal."""
    return json.dumps(value, sort_keys=True)


def wrong_answers(vectors: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    """For each vector that is not met its id, what came out and what should have."""
    pairs = ((vector["id"], as_text(answer(vector)), as_text(expected(vector))) for vector in vectors)
    return {name: (got, wanted) for name, got, wanted in pairs if got != wanted}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_vector_of_the_family_is_met(family: str) -> None:
    """Each notification gives exactly the outcome and the detail of its vector, types included."""
    assert wrong_answers([vector for vector in VECTORS if vector["family"] == family]) == {}


def test_all_vectors_are_there(report_figure: Callable[[str], None]) -> None:
    """The file holds 1,804 vectors, each with an id of its own; how many are met is printed."""
    met = len(VECTORS) - len(wrong_answers(VECTORS))
    report_figure(f"vectors, iOS: {met} of {len(VECTORS)} met, {len(FAMILIES)} families")
    assert len(VECTORS) == 1804
    assert len({vector["id"] for vector in VECTORS}) == 1804


def test_every_outcome_occurs() -> None:
    """The vectors hold every type of the union Route, and no other outcome."""
    assert {vector["expect"]["outcome"] for vector in VECTORS} == {kind.outcome for kind in get_args(Route)}


def test_a_wrong_type_is_noticed() -> None:
    """The comparison tells 1 from 1.0 and from true."""
    assert len({as_text({"value": value}) for value in (1, 1.0, True)}) == 3
