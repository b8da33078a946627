"""The push settings of a message: those of the SDK, and those of the REST API."""

# No `from __future__ import annotations`: see `payload`.

from typing import Annotated

from pydantic import Field

from pushcodec.models.payload import HIDDEN, Payload


class OfflinePushInfo(Payload):
    """The push settings of a message. All keys are optional; a custom message is pushed only if `desc` is set.

    JSON: `{"title": "…", "desc": "…", "ext": "<ext as JSON text>", "iOSSound": "…", "AndroidOPPOChannelID": "tuikit",
    "disablePush": false, "ignoreIOSBadge": false, "AndroidVIVOClassification": 0}`. Source: TIMSDK@6.0.1975
    V2TIMOfflinePushInfo.
    """

    title: str = HIDDEN
    desc: str = HIDDEN
    ext: str = HIDDEN
    ios_sound: str = ""
    android_oppo_channel_id: str = ""
    disable_push: bool = False
    ignore_ios_badge: bool = False
    android_vivo_classification: Annotated[int, Field(ge=0, le=1)] = 0
