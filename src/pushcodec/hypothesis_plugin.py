"""What Hypothesis calls when it is imported (entry point `hypothesis`): `from_type` of a model then draws valid ones.

Hypothesis is imported in test runs that never use pushcodec, so nothing is loaded here: the models register when they are
loaded themselves, before Hypothesis or after it, and `pushcodec.strategies` is loaded when the first one is drawn.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from pushcodec.loading import when_models_are_loaded

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

STRATEGIES: Final = {
    "CallEntity": "call_entities",
    "ChatEntity": "chat_entities",
    "Ext": "exts",
    "OfflinePushInfo": "offline_push_infos",
    "SignalingContent": "signaling_contents",
    "TimPushFeatures": "tim_push_features",
}
"""The models, and the function of `pushcodec.strategies` that gives the strategy of each."""


def register() -> None:
    """Registers the strategy of each model with Hypothesis, now or when the models are loaded."""
    when_models_are_loaded(_register)


def _register() -> None:
    from hypothesis.strategies import register_type_strategy

    from pushcodec import models

    for model, strategy in STRATEGIES.items():
        register_type_strategy(getattr(models, model), partial(_strategy, strategy))


def _strategy(name: str, _: object) -> SearchStrategy[Any]:
    """A strategy by its name. Hypothesis passes the type that it was asked for, which may be a base class of the model."""
    from pushcodec import strategies

    strategy: SearchStrategy[Any] = getattr(strategies, name)()
    return strategy
