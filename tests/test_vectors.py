"""The iOS mirror gives the answers of the vectors, which a reference implementation gave on a real Objective-C Foundation."""

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

# Split as bytes: a line of NDJSON may contain U+2028, at which `str.splitlines` would split, too.
VECTORS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "vectors" / "ios.ndjson").read_bytes().splitlines()
]
FAMILIES = sorted({vector["family"] for vector in VECTORS})

# What the vectors contain beyond the Route: the callback, and what the app does later.
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
def test_the_mirror_gives_the_answers_of_the_family(family: str) -> None:
    """Each notification gives the outcome and the detail of its vector, with the same types."""
    assert wrong_answers((vector for vector in VECTORS if vector["family"] == family), answer, expected) == {}


def test_all_vectors_are_there(report_figure: Callable[[str], None]) -> None:
    """The file contains 1,804 vectors with different ids. Prints for how many the mirror gives the answer."""
    met = len(VECTORS) - len(wrong_answers(VECTORS, answer, expected))
    report_figure(f"vectors, iOS: {met} of {len(VECTORS)} met, {len(FAMILIES)} families")
    assert len(VECTORS) == 1804
    assert len({vector["id"] for vector in VECTORS}) == 1804


def test_the_vectors_have_every_outcome() -> None:
    """Their outcomes are exactly those of the union Route."""
    assert {vector["expect"]["outcome"] for vector in VECTORS} == {kind.outcome for kind in get_args(Route)}


def test_the_comparison_distinguishes_types() -> None:
    """1, 1.0 and true differ."""
    assert len({as_text({"value": value}) for value in (1, 1.0, True)}) == 3


# What the app does later, and other releases


def test_the_mirror_gives_the_follow_up_of_every_vector(report_figure: Callable[[str], None]) -> None:
    """None for a vector without a follow-up."""
    wrong = {
        vector["id"]: (got, wanted)
        for vector in VECTORS
        if (got := follow_up(taken(vector))) != (wanted := vector["expect"]["detail"].get("upstream_follow_up"))
    }
    report_figure(f"vectors, iOS follow-ups: {len(VECTORS) - len(wrong)} of {len(VECTORS)} met")
    assert wrong == {}


def steps_of(vector: dict[str, Any]) -> tuple[Route, dict[str, Any]]:
    """The route, and the value that each step on the way read."""
    steps: dict[str, Any] = {}
    return taken(vector, trace=steps.__setitem__), steps


def test_every_step_decides_some_vector() -> None:
    """Each step is the last one for some vector, except steps that always go on, and a userInfo that is no object."""
    last: set[str] = set()
    for vector in VECTORS:
        route, steps = steps_of(vector)
        later: dict[str, Any] = {}
        follow_up(route, trace=later.__setitem__)
        last |= {list(some)[-1] for some in (steps, later) if some}
    assert last == {name for name, step in STEPS.items() if not step.goes_on} - {"pinned"}


def test_from_6_1_calls_are_ignored() -> None:
    """Later releases ignore an action that step 4 reads as 2; all other answers are the same."""
    changed = 0
    for vector in VECTORS:
        before, steps = steps_of(vector)
        is_call = steps.get("route 4") == 2
        changed += is_call
        assert taken(vector, release="6.1") == (Ignored("unknown_action") if is_call else before)
    assert changed > 500


def test_an_unknown_release_is_refused() -> None:
    """The error lists the known releases."""
    with pytest.raises(ValueError, match=r"release must be one of 6\.0, 6\.1"):
        receive({}, now=0, release="7.9")  # type: ignore[arg-type]  # the wrong value under test
