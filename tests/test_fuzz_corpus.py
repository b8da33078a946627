"""The fuzzer's targets over its committed corpus, without the fuzzer: what was found once stays mended."""

from __future__ import annotations

from collections.abc import Callable

import fuzz_corpus
import pytest
from fuzz_all import SHARES
from fuzz_targets import TARGETS


@pytest.mark.parametrize("target", TARGETS)
def test_no_seed_is_a_finding(target: str, report_figure: Callable[[str], None]) -> None:
    """A target keeps its promises for every text of the corpus."""
    texts = fuzz_corpus.read()
    assert texts
    for text in texts:
        TARGETS[target](text)
    report_figure(f"fuzz corpus: {target}, {len(texts)} texts, no finding")


def test_every_target_has_a_share() -> None:
    """Targets and shares of the executions name the same things, and the shares make a whole."""
    assert set(TARGETS) == set(SHARES)
    assert sum(SHARES.values()) == 100
