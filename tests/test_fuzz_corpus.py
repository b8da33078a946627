"""The fuzzer's targets over its committed corpus, without the fuzzer: what was found once stays mended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fuzz_all import SHARES
from fuzz_targets import TARGETS

CORPUS = Path(__file__).parents[1] / "fuzz" / "corpus"


@pytest.mark.parametrize("target", TARGETS)
def test_no_seed_is_a_finding(target: str, report_figure: Callable[[str], None]) -> None:
    """A target keeps its promises for every text of its corpus."""
    seeds = sorted((CORPUS / target).iterdir())
    assert seeds
    for seed in seeds:
        TARGETS[target](seed.read_bytes())
    report_figure(f"fuzz corpus: {target}, {len(seeds)} seeds, no finding")


def test_every_target_has_a_corpus_and_a_share() -> None:
    """Folders, targets and shares of the executions name the same things, and the shares make a whole."""
    assert {folder.name for folder in CORPUS.iterdir()} == set(TARGETS) == set(SHARES)
    assert sum(SHARES.values()) == 100
