"""The entry point `hypothesis`, which Hypothesis calls when it is imported: `from_type` of a model then draws valid models.

Hypothesis is imported in test runs that never use pushcodec, so this module loads neither models nor strategies. The models are
registered when they are loaded, before or after Hypothesis; `pushcodec.strategies` is loaded when the first model is drawn.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from pushcodec.loading import when_models_are_loaded

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

STRATEGIES: Final = {
    "AndroidInfo": "android_infos",
    "ApnsInfo": "apns_infos",
    "CallEntity": "call_entities",
    "ChatEntity": "chat_entities",
    "Ext": "exts",
    "HarmonyInfo": "harmony_infos",
    "LiveActivity": "live_activities",
    "MultiLanguageContent": "multi_language_contents",
    "OfflinePushInfo": "offline_push_infos",
    "RestPushInfo": "rest_push_infos",
    "SignalingContent": "signaling_contents",
    "TimPushFeatures": "tim_push_features",
}
"""The function of `pushcodec.strategies` for each model."""


def register() -> None:
    """Registers the strategy of each model with Hypothesis, now or when the models are loaded."""
    when_models_are_loaded(_register)


def _register() -> None:
    from hypothesis.strategies import register_type_strategy

    from pushcodec import models

    for model, strategy in STRATEGIES.items():
        register_type_strategy(getattr(models, model), partial(_strategy, strategy))


def _strategy(name: str, _: object) -> SearchStrategy[Any]:
    """A strategy by its name. Hypothesis also passes the requested type, which may be a base class of the model."""
    from pushcodec import strategies

    strategy: SearchStrategy[Any] = getattr(strategies, name)()
    return strategy
