"""The page of proofs: made of what the shards have shown, and of nothing else."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import proof
import pytest
from support import needs_tool

ROOT = Path(__file__).parents[1]


def test_the_page_is_as_the_kept_figures_have_it() -> None:
    """PROOF.md is what `make proof` writes from proof.json."""
    assert proof.page(proof.kept()) == (ROOT / "PROOF.md").read_text("utf-8")


def test_each_promise_has_a_shard_and_each_shard_a_target() -> None:
    """No promise is shown by what is not there."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {promise.shard for promise in proof.PROMISES} == set(proof.SHARDS)
    for shard in proof.SHARDS.values():
        assert {command.split()[1] for command in shard.commands} <= targets
    for promise in proof.PROMISES:
        assert proof.SHARDS[promise.shard].in_ci or promise.ci


def shard_of(monkeypatch: pytest.MonkeyPatch, program: str) -> dict[str, Any]:
    """What a shard shows that runs a program, whose line `bolt: ...` is a figure."""
    monkeypatch.setattr(proof, "SHARDS", {"x": proof.Shard((f"{sys.executable} -c {program}",))})
    monkeypatch.setattr(proof, "PROMISES", (proof.Promise("a bolt holds", "x", "^bolt: "),))
    shown: dict[str, Any] = proof.run("x")
    return shown


@needs_tool("git")
def test_a_shard_shows_its_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines that a promise asks for are kept, and the page has them."""
    shown = shard_of(monkeypatch, "print('bolt:\\x20|\\x207');print('nut')")
    assert (shown["passed"], shown["figures"]) == (True, {"^bolt: ": ["bolt: | 7"]})
    assert "| a bolt holds | bolt: \\| 7 | `make proof SHARDS=x` |" in proof.page({"x": shown})
    assert "| a bolt holds | not run yet | `make proof SHARDS=x` |" in proof.page({})


@needs_tool("git")
@pytest.mark.parametrize("program", ["print('bolt:\\x207');exit(1)", "print('nut')"], ids=["fails", "no-figure"])
def test_a_shard_that_fails_or_shows_nothing_is_a_failure(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """A promise without its figure is not shown."""
    shown = shard_of(monkeypatch, program)
    assert not shown["passed"]
    assert "**failed**" in proof.page({"x": shown})
