"""What follows a route on iOS: the steps that are traced, and the values that they read. The vectors contain the results."""

from __future__ import annotations

from typing import Any

import pytest

from pushcodec.clients.ios.after_routing import follow_up
from pushcodec.clients.ios.outcomes import JoinGroupCall, OpenC2CChat, OpenGroupChat, Route, SignalingInfo, UnroutedChat
from pushcodec.jsontext.values import ABSENT

CALL = SignalingInfo(action_type=1, invite_id="i", inviter="me", invitee_list=["a"], group_id="g", timeout=30, data="{}")
OF_THE_CALL = {
    "after 1": True,
    "after 6": "i",
    "after 7": "i",
    "after 8": "me",
    "after 9": "me",
    "after 10": ["a"],
    "after 11": ["a"],
    "after 12": "g",
    "after 13": "g",
    "after 14": "g",
}


@pytest.mark.parametrize(
    ("route", "steps"),
    [
        (OpenC2CChat("a", handled_now=True), {"after 1": True, "after 3": "a", "after 4": "a", "after 5": "a"}),
        (OpenGroupChat("", handled_now=True), {"after 1": True, "after 3": "", "after 4": ""}),
        (OpenGroupChat(7, handled_now=True), {"after 1": True, "after 3": 7}),
        (OpenC2CChat("a", handled_now=False), {"after 1": False}),
        (UnroutedChat(handled_now=True), {"after 1": True, "after 2": ABSENT}),
        (JoinGroupCall(CALL, handled_now=True), OF_THE_CALL),
    ],
)
def test_each_step_is_traced_with_the_value_that_it_reads(route: Route, steps: dict[str, Any]) -> None:
    """In their order, up to the step that decides."""
    traced: dict[str, Any] = {}
    follow_up(route, trace=traced.__setitem__)
    assert list(traced.items()) == list(steps.items())
