"""Calls that are made once the models are loaded, for modules that must not load them, because importing pydantic is slow."""

from __future__ import annotations

from collections.abc import Callable

_waiting: list[Callable[[], object]] = []
_loaded: list[bool] = []


def when_models_are_loaded(call: Callable[[], object]) -> None:
    """Makes the call: now if the models are loaded, otherwise when they are."""
    _waiting.append(call)
    if _loaded:
        _make_calls()


def models_are_loaded() -> None:
    """Makes the waiting calls. `pushcodec.models` calls this after it has defined its classes."""
    _loaded.append(True)
    _make_calls()


def _make_calls() -> None:
    while _waiting:
        _waiting.pop(0)()
