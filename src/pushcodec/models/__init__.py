"""The payloads as frozen pydantic models, which validate their values when Python code builds them.

The models express the rules of `schemas/`. The only rule about several fields (group calls) is in `CallEntity`. Attributes have
snake_case names, and JSON the wire names. Unknown keys are kept at every level, in `model_extra`, under their wire names. An
absent key is not in `model_fields_set`, reads as its default, and compares equal to it.

A dump (`model_dump`, `model_dump_json`, a `TypeAdapter`, a model of the user with one of these as a field) has wire names and the
defaults of absent keys; with `exclude_unset=True` it has no defaults and equals what `encode_…` writes. Dumps of `RestPushInfo` and
the models in it never have absent keys, since the server distinguishes these from defaults. An explicit
`by_alias=False` and iteration (`dict(ext)`) return attribute names, which are no payload.

Decode texts with `pushcodec.codec`: pydantic's own `model_validate_json` accepts repeated keys, NaN and lone surrogates. `repr`
hides what people wrote: it shows the lengths of content, nickname and the like, and no unknown keys. `to_wire` returns everything.
"""

from pushcodec.loading import models_are_loaded
from pushcodec.models.exts import (
    CallEntity,
    ChatEntity,
    Entity,
    Ext,
    SignalingContent,
    TimPushFeatures,
    entity_from_wire,
)
from pushcodec.models.payload import Payload, to_wire
from pushcodec.models.push_infos import (
    AndroidInfo,
    ApnsInfo,
    HarmonyInfo,
    LiveActivity,
    MultiLanguageContent,
    OfflinePushInfo,
    RestPushInfo,
)

__all__ = [
    "AndroidInfo",
    "ApnsInfo",
    "CallEntity",
    "ChatEntity",
    "Entity",
    "Ext",
    "HarmonyInfo",
    "LiveActivity",
    "MultiLanguageContent",
    "OfflinePushInfo",
    "Payload",
    "RestPushInfo",
    "SignalingContent",
    "TimPushFeatures",
    "entity_from_wire",
    "to_wire",
]

models_are_loaded()
