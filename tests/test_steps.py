"""The steps of the clients in words: the code has the conditions of the contract's tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pushcodec.clients.android import steps as android_steps
from pushcodec.clients.ios import steps as ios_steps
from pushcodec.clients.steps import Step

CONTRACT = (Path(__file__).parents[1] / "docs" / "contract.md").read_text("utf-8")

# The steps of a family, and the heading of each of its tables by the prefix of the steps' names.
TABLES = {
    "ios": (ios_steps.STEPS, {"receive": "### receive", "route": "### route", "after": "### After routing"}),
    "android": (android_steps.STEPS, {"android": "## The Android client"}),
}


@pytest.mark.parametrize(("steps", "headings"), TABLES.values(), ids=TABLES)
def test_the_steps_are_those_of_the_contract(steps: dict[str, Step], headings: dict[str, str]) -> None:
    """Every step of the tables has their words and their order; the pinned behaviour between two steps has its own row."""
    listed = {}
    for name, heading in headings.items():
        section = re.split(r"\n##+ ", CONTRACT.split(f"\n{heading}\n", 1)[1], maxsplit=1)[0]
        for number, condition in re.findall(r"^\| (\d+) \| (.*?) \| .* \|$", section, re.MULTILINE):
            listed[f"{name} {number}"] = condition.replace("`", "").replace("**", "")
    mine = {name: step.condition for name, step in steps.items() if name != "pinned"}
    assert list(mine.items()) == list(listed.items())
    assert "| a userInfo that is no object, iOS 10+ |" in CONTRACT
