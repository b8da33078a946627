"""The mirror against the vectors, which a reference implementation gave on a real Objective-C Foundation."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from support import as_text, wrong_answers

from pushcodec.clients.ios.after_routing import follow_up
from pushcodec.clients.ios.outcomes import Route
from pushcodec.clients.ios.routing import receive
from pushcodec.clients.ios.steps import STEPS
from pushcodec.clients.outcomes import Ignored

# Split as bytes: a line of NDJSON may hold U+2028, at which `str.splitlines` would split too.
VECTORS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "vectors" / "ios.ndjson").read_bytes().splitlines()
]
FAMILIES = sorted({vector["family"] for vector in VECTORS})

# What the vectors say beyond the Route: the callback, and what the app does later.
BEYOND_THE_ROUTE = {"completed", "upstream_follow_up", "action", "chatType"}
ONLY_OF_EXPIRED_CALLS = {"sendTime", "timeout", "elapsed"}


def taken(vector: dict[str, Any], **options: Any) -> Route:
    return receive(
        vector["user_info"],
        now=vector["now"],
        logged_in=vector["logged_in"],
        ios10=vector["ios10"],
        notification_response=vector.get("response_kind") != "dict",
        **options,
    )


def answer(vector: dict[str, Any]) -> dict[str, Any]:
    return taken(vector).to_dict()


def expected(vector: dict[str, Any]) -> dict[str, Any]:
    outcome, detail = vector["expect"]["outcome"], vector["expect"]["detail"]
    dropped = BEYOND_THE_ROUTE if outcome == "call_expired" else BEYOND_THE_ROUTE | ONLY_OF_EXPIRED_CALLS
    return {"outcome": outcome, "detail": {key: value for key, value in detail.items() if key not in dropped}}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_vector_of_the_family_is_met(family: str) -> None:
    """Each notification gives exactly the outcome and the detail of its vector, types included."""
    assert wrong_answers((vector for vector in VECTORS if vector["family"] == family), answer, expected) == {}


def test_all_vectors_are_there(report_figure: Callable[[str], None]) -> None:
    """The file holds 1,804 vectors, each with an id of its own; how many are met is printed."""
    met = len(VECTORS) - len(wrong_answers(VECTORS, answer, expected))
    report_figure(f"vectors, iOS: {met} of {len(VECTORS)} met, {len(FAMILIES)} families")
    assert len(VECTORS) == 1804
    assert len({vector["id"] for vector in VECTORS}) == 1804


def test_every_outcome_occurs() -> None:
    """The vectors hold every type of the union Route, and no other outcome."""
    assert {vector["expect"]["outcome"] for vector in VECTORS} == {kind.outcome for kind in get_args(Route)}


def test_a_wrong_type_is_noticed() -> None:
    """The comparison tells 1 from 1.0 and from true."""
    assert len({as_text({"value": value}) for value in (1, 1.0, True)}) == 3


# What the app does later, and other releases


def test_every_follow_up_is_met(report_figure: Callable[[str], None]) -> None:
    """What the app does with what it stored is what the vectors say, and nothing where they say nothing."""
    wrong = {
        vector["id"]: (got, wanted)
        for vector in VECTORS
        if (got := follow_up(taken(vector))) != (wanted := vector["expect"]["detail"].get("upstream_follow_up"))
    }
    report_figure(f"vectors, iOS follow-ups: {len(VECTORS) - len(wrong)} of {len(VECTORS)} met")
    assert wrong == {}


def steps_of(vector: dict[str, Any]) -> tuple[Route, dict[str, Any]]:
    """The route, and the value that each step on the way looked at."""
    steps: dict[str, Any] = {}
    return taken(vector, trace=steps.__setitem__), steps


def test_every_step_decides_some_vector() -> None:
    """Each step is the last one for some vector, but those that go on, and a userInfo that is no object, which no vector has."""
    last: set[str] = set()
    for vector in VECTORS:
        route, steps = steps_of(vector)
        later: dict[str, Any] = {}
        follow_up(route, trace=later.__setitem__)
        last |= {list(some)[-1] for some in (steps, later) if some}
    assert last == {name for name, step in STEPS.items() if not step.goes_on} - {"pinned"}


def test_from_6_1_calls_are_ignored() -> None:
    """What step 4 reads as action 2 is ignored by later releases; nothing else changes."""
    changed = 0
    for vector in VECTORS:
        before, steps = steps_of(vector)
        is_call = steps.get("route 4") == 2
        changed += is_call
        assert taken(vector, release="6.1") == (Ignored("unknown_action") if is_call else before)
    assert changed > 500


def test_an_unknown_release_is_refused() -> None:
    """A release that the mirror does not know is the caller's error."""
    with pytest.raises(ValueError, match=r"release must be one of 6\.0, 6\.1"):
        receive({}, now=0, release="7.9")  # type: ignore[arg-type]  # that is the point
