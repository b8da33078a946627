"""Settings of all tests: the Hypothesis profiles, and the figures that are printed after the run."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

# `dev` by default, `ci` if CI is set, or the value of HYPOTHESIS_PROFILE. No deadlines and no check
# of the speed of drawing examples: a loaded machine is not a fault.
_NO_SHRINKING = (Phase.explicit, Phase.generate)
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", _PATIENT, max_examples=100)
settings.register_profile("ci", _PATIENT, max_examples=300)
settings.register_profile("deep", _PATIENT, max_examples=10_000)
settings.register_profile(
    "mutation", _PATIENT, max_examples=40, derandomize=True, database=None, phases=_NO_SHRINKING
)  # the same for every mutant
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))

_FIGURES = pytest.StashKey[list[str]]()


@pytest.fixture
def report_figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Adds a line to the figures that are printed at the end of the run."""
    return request.config.stash.setdefault(_FIGURES, []).append


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Sends the figures of one of several workers to the main process."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["figures"] = session.config.stash.get(_FIGURES, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Collects the figures of a worker; a worker that crashed has none."""
    node.config.stash.setdefault(_FIGURES, []).extend(getattr(node, "workeroutput", {}).get("figures", []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    figures = config.stash.get(_FIGURES, [])
    if figures:
        terminalreporter.section("figures")
    for figure in sorted(set(figures)):
        terminalreporter.write_line(figure)
