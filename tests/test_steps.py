"""The steps of the clients in words: the contract's tables and the code say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pushcodec.clients.android import steps as android_steps
from pushcodec.clients.ios import steps as ios_steps
from pushcodec.clients.steps import Step

CONTRACT = (Path(__file__).parents[1] / "docs" / "contract.md").read_text("utf-8")

# The client's steps, and the heading of each of its tables by how the steps are called.
TABLES = {
    "ios": (ios_steps.STEPS, {"receive": "### receive", "route": "### route", "after": "### After routing"}),
    "android": (android_steps.STEPS, {"android": "## The Android client"}),
}


@pytest.mark.parametrize(("steps", "headings"), TABLES.values(), ids=TABLES)
def test_the_steps_are_those_of_the_contract(steps: dict[str, Step], headings: dict[str, str]) -> None:
    """Every step that the contract lists, in its words and order; what is pinned between two of them has a line of its own."""
    told = {}
    for name, heading in headings.items():
        section = re.split(r"\n##+ ", CONTRACT.split(f"\n{heading}\n", 1)[1], maxsplit=1)[0]
        for number, condition in re.findall(r"^\| (\d+) \| (.*?) \| .* \|$", section, re.MULTILINE):
            told[f"{name} {number}"] = condition.replace("`", "").replace("**", "")
    mine = {name: step.condition for name, step in steps.items() if name != "pinned"}
    assert list(mine.items()) == list(told.items())
    assert "| a userInfo that is no object, iOS 10+ |" in CONTRACT
