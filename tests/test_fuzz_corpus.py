"""The fuzzer's targets over its committed corpus, without the fuzzer: former findings stay fixed."""

from __future__ import annotations

from collections.abc import Callable

import fuzz_corpus
import pytest
from fuzz_all import SHARES
from fuzz_targets import TARGETS


@pytest.mark.parametrize("target", TARGETS)
def test_no_target_raises_for_a_seed(target: str, report_figure: Callable[[str], None]) -> None:
    """A target raises no exception for any text of the corpus."""
    texts = fuzz_corpus.read()
    assert texts
    for text in texts:
        TARGETS[target](text)
    report_figure(f"fuzz corpus: {target}, {len(texts)} texts, no finding")


def test_every_target_has_a_share_of_the_executions() -> None:
    """Exactly the targets have shares, and the shares add up to 100 %."""
    assert set(TARGETS) == set(SHARES)
    assert sum(SHARES.values()) == 100
