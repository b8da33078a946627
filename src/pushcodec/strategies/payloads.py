"""Valid payloads of every kind: as models, as JSON texts, and in their carriers."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from pushcodec.documents import Carrier
from pushcodec.models import (
    CallEntity,
    ChatEntity,
    Entity,
    Ext,
    OfflinePushInfo,
    SignalingContent,
    TimPushFeatures,
    entity_from_wire,
)
from pushcodec.strategies import shapes
from pushcodec.strategies.shapes import Object, Wire, objects, spelt

_EXTS = st.one_of(*map(objects, shapes.EXTS))
_ENTITIES = st.one_of(*map(objects, shapes.ENTITIES))
_CHATS = objects(shapes.CHAT)
_CALLS = objects(shapes.C2C_CALL) | objects(shapes.GROUP_CALL)
_FEATURES = objects(shapes.FEATURES)
_PUSH_INFOS = st.one_of(*map(objects, shapes.PUSH_INFOS))
_CONTENTS = objects(shapes.C2C_CONTENT) | objects(shapes.GROUP_CONTENT)

# Models. Composite, so that Hypothesis names them as they are called.


@st.composite
def exts(draw: DrawFn) -> Ext:
    """Valid exts: chats, one-to-one calls and group calls, as `decode_ext` gives them.

    JSON: `{"entity": {…}}`, optional `timPushFeatures`. The simplest is a one-to-one chat with the required keys alone.
    """
    return Ext.from_wire(draw(_EXTS))


@st.composite
def entities(draw: DrawFn) -> Entity:
    """Valid entities, as `decode_entity` gives them: `ChatEntity` and `CallEntity`.

    JSON: `{"action": 1, "chatType": 1, "sender": "…"}`.
    """
    return entity_from_wire(draw(_ENTITIES))


@st.composite
def chat_entities(draw: DrawFn) -> ChatEntity:
    """Valid entities that open a chat. JSON: `{"action": 1, "chatType": 1, "sender": "…"}`."""
    return ChatEntity.from_wire(draw(_CHATS))


@st.composite
def call_entities(draw: DrawFn) -> CallEntity:
    """Valid entities of one-to-one and of group calls. JSON: `{"action": 2, "chatType": 1, "sender": "…", "content": "…", …}`."""
    return CallEntity.from_wire(draw(_CALLS))


@st.composite
def signaling_contents(draw: DrawFn) -> SignalingContent:
    """Valid signaling contents of one-to-one and of group calls, as `decode_signaling_content` gives them.

    JSON: `{"action": 1, "call_id": "…", …}`. Those of a one-to-one call may have empty ids, which no group call allows.
    """
    return SignalingContent.from_wire(draw(_CONTENTS))


@st.composite
def tim_push_features(draw: DrawFn) -> TimPushFeatures:
    """Valid features, as an ext has them beside its entity. JSON: `{"fcmPushType": 0, "fcmNotificationType": 0}`, both optional."""
    return TimPushFeatures.from_wire(draw(_FEATURES))


@st.composite
def offline_push_infos(draw: DrawFn) -> OfflinePushInfo:
    """Valid push infos; an `ext` in them is the text of a valid one. JSON: `{"title": "…", "desc": "…", "ext": "<ext>", …}`."""
    return OfflinePushInfo.from_wire(draw(_PUSH_INFOS))


# Texts


@st.composite
def ext_texts(draw: DrawFn) -> str:
    """JSON texts of valid exts: compact, as Gson writes, ASCII-escaped, or as iOS prints; the text inside in its own way.

    JSON: `{"entity": {…}}`.
    """
    return draw(_EXTS.flatmap(spelt))


@st.composite
def entity_texts(draw: DrawFn) -> str:
    """JSON texts of valid entities, as OPPO hands them over, spelt like `ext_texts`. JSON: `{"action": 1, …}`."""
    return draw(_ENTITIES.flatmap(spelt))


@st.composite
def signaling_content_texts(draw: DrawFn) -> str:
    """JSON texts of valid signaling contents, spelt like `ext_texts`. JSON: `{"action": 1, "call_id": "…", …}`."""
    return draw(_CONTENTS.flatmap(spelt))


# Carriers


def notifications(carrier: Carrier | str | None = None) -> SearchStrategy[Wire]:
    """Valid notifications as the device hands them over, and as `receive` reads them; without a `carrier` of all three.

    JSON: `{"aps": {…}, "custom": "<ext>"}` (tpns), `{"aps": {…}, "ext": "<ext>"}` (apns), `{"aps": {…}, "entity": {…}}` (legacy);
    `aps` may be absent. Raises ValueError for a carrier that has no notification.
    """
    return st.one_of(*map(objects, _rules_of(carrier)))


def notification_texts(carrier: Carrier | str | None = None) -> SearchStrategy[str]:
    """JSON texts of valid notifications, what `find_ext` reads, spelt like `ext_texts`; as `notifications` in all else."""
    return notifications(carrier).flatmap(spelt)


def _rules_of(carrier: Carrier | str | None) -> tuple[Object, ...]:
    if carrier is None:
        return tuple(rule for rules in shapes.NOTIFICATIONS.values() for rule in rules)
    named = Carrier(carrier)
    if named not in shapes.NOTIFICATIONS:
        raise ValueError(f"{named} is no notification, expected one of {', '.join(shapes.NOTIFICATIONS)}")
    return shapes.NOTIFICATIONS[named]
