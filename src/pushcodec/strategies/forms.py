"""Valid push infos of the REST API and their parts, as models. They are drawn by the rules of their schemas."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from pushcodec.models import AndroidInfo, ApnsInfo, HarmonyInfo, LiveActivity, MultiLanguageContent, RestPushInfo
from pushcodec.schemafiles import schema
from pushcodec.strategies.envelopes import rule_of
from pushcodec.strategies.shapes import values


def _valid(described: dict[str, Any]) -> SearchStrategy[Any]:
    """The values that a schema allows."""
    return values(rule_of(described))


_PUSH_INFO = schema("rest-push-info")
_APNS_INFO = schema("rest-apns-info")
_PUSH_INFOS = _valid(_PUSH_INFO)
_ANDROID = _valid(schema("rest-android-info"))
_APNS = _valid(_APNS_INFO)
_HARMONY = _valid(schema("rest-harmony-info"))
_LIVE_ACTIVITIES = _valid(_APNS_INFO["properties"]["LiveActivity"])
_LANGUAGES = _valid(_PUSH_INFO["properties"]["MultiLanguageContent"]["items"])


@st.composite
def rest_push_infos(draw: DrawFn) -> RestPushInfo:
    """Valid push infos of the REST API; their `Ext`, if any, is the text of a valid ext. JSON: `{"Title": "…", "Ext": "<ext>"}`."""
    return RestPushInfo.from_wire(draw(_PUSH_INFOS))


@st.composite
def android_infos(draw: DrawFn) -> AndroidInfo:
    """Valid Android settings of a REST push info. JSON: `{"OPPOChannelID": "…", "PushStyle": 0, …}`."""
    return AndroidInfo.from_wire(draw(_ANDROID))


@st.composite
def apns_infos(draw: DrawFn) -> ApnsInfo:
    """Valid iOS settings of a REST push info. JSON: `{"Sound": "…", "BadgeMode": 0, …}`."""
    return ApnsInfo.from_wire(draw(_APNS))


@st.composite
def harmony_infos(draw: DrawFn) -> HarmonyInfo:
    """Valid HarmonyOS settings of a REST push info. JSON: `{"Category": "…", "SoundDuration": 5, …}`."""
    return HarmonyInfo.from_wire(draw(_HARMONY))


@st.composite
def live_activities(draw: DrawFn) -> LiveActivity:
    """Valid updates of live activities in iOS settings. JSON: `{"LaId": "…", "Event": "end", …}`."""
    return LiveActivity.from_wire(draw(_LIVE_ACTIVITIES))


@st.composite
def multi_language_contents(draw: DrawFn) -> MultiLanguageContent:
    """Valid texts of a REST push info in one language. JSON: `{"Language": "zh", "Title": "…", "Desc": "…"}`."""
    return MultiLanguageContent.from_wire(draw(_LANGUAGES))
