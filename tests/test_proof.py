"""PROOF.md: it is written from the figures of the shards alone."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import proof
import pytest
from support import needs_tool

ROOT = Path(__file__).parents[1]


def test_the_page_is_written_from_the_kept_figures() -> None:
    """PROOF.md is the page that `make proof` writes from proof.json."""
    assert proof.page(proof.kept()) == (ROOT / "PROOF.md").read_text("utf-8")


def test_each_promise_has_a_shard_and_each_shard_a_target() -> None:
    """Every shard of a promise exists, and every target of a shard exists in the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {promise.shard for promise in proof.PROMISES} == set(proof.SHARDS)
    for shard in proof.SHARDS.values():
        assert {command.split()[1] for command in shard.commands} <= targets
    for promise in proof.PROMISES:
        assert proof.SHARDS[promise.shard].in_ci or promise.ci


def shard_of(monkeypatch: pytest.MonkeyPatch, program: str) -> dict[str, Any]:
    """The result of a shard that runs a program; a line `bolt: ...` is its figure."""
    monkeypatch.setattr(proof, "SHARDS", {"x": proof.Shard((f"{sys.executable} -c {program}",))})
    monkeypatch.setattr(proof, "PROMISES", (proof.Promise("a bolt fits", "x", "^bolt: "),))
    shown: dict[str, Any] = proof.run("x")
    return shown


@needs_tool("git")
def test_a_shard_shows_its_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines that match the pattern of a promise are kept and are on the page."""
    shown = shard_of(monkeypatch, "print('bolt:\\x20|\\x207');print('nut')")
    assert (shown["passed"], shown["figures"]) == (True, {"^bolt: ": ["bolt: | 7"]})
    assert "| a bolt fits | bolt: \\| 7 | `make proof SHARDS=x` |" in proof.page({"x": shown})
    assert "| a bolt fits | not run yet | `make proof SHARDS=x` |" in proof.page({})


@needs_tool("git")
@pytest.mark.parametrize("program", ["print('bolt:\\x207');exit(1)", "print('nut')"], ids=["fails", "no-figure"])
def test_a_shard_without_its_figure_is_a_failure(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """The same for a shard whose command fails."""
    shown = shard_of(monkeypatch, program)
    assert not shown["passed"]
    assert "**failed**" in proof.page({"x": shown})
