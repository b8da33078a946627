"""Valid documents by their schemas, for forms that are not in the field table."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from pushcodec.jsontext import MAX_INT, MIN_INT
from pushcodec.models import AndroidInfo, ApnsInfo, HarmonyInfo, LiveActivity, MultiLanguageContent, RestPushInfo
from pushcodec.schemafiles import schema
from pushcodec.strategies.shapes import EXTS, JSON_VALUES, UNKNOWN_KEYS, Wire, texts

_EXT_TEXTS = st.one_of(*map(texts, EXTS))


def _values(rule: dict[str, Any]) -> SearchStrategy[Any]:
    """The values that a schema allows."""
    if "$ref" in rule:
        return _values(schema(rule["$ref"].removesuffix(".json")))
    if "enum" in rule:
        return st.sampled_from(rule["enum"])
    match rule["type"]:
        case "object":
            return _objects(rule.get("properties", {}))
        case "array":
            return st.lists(_values(rule["items"]), max_size=3)
        case "integer":
            return st.integers(rule.get("minimum", MIN_INT), rule.get("maximum", MAX_INT))
    return _EXT_TEXTS if "contentSchema" in rule else st.text(max_size=8)


def _objects(properties: dict[str, Any]) -> SearchStrategy[Wire]:
    """Objects with some of these keys, all of which are optional, and unknown keys before or behind them."""
    known = st.fixed_dictionaries({}, optional={key: _values(rule) for key, rule in properties.items()})
    unknown = st.dictionaries(UNKNOWN_KEYS.filter(lambda key: key not in properties), JSON_VALUES, max_size=3)
    return st.builds(_merged, known, unknown, st.booleans())


def _merged(known: Wire, unknown: Wire, known_first: bool) -> Wire:
    return {**known, **unknown} if known_first else {**unknown, **known}


_PUSH_INFO_RULES = schema("rest-push-info")["properties"]
_APNS_RULES = schema("rest-apns-info")["properties"]
_PUSH_INFOS = _objects(_PUSH_INFO_RULES)
_ANDROID = _values({"$ref": "rest-android-info.json"})
_APNS = _objects(_APNS_RULES)
_HARMONY = _values({"$ref": "rest-harmony-info.json"})
_LIVE_ACTIVITIES = _values(_APNS_RULES["LiveActivity"])
_LANGUAGES = _values(_PUSH_INFO_RULES["MultiLanguageContent"]["items"])


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
