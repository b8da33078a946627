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
from pushcodec.strategies.shapes import Object, Wire, objects, written

_EXTS = st.one_of(*map(objects, shapes.EXTS))
_ENTITIES = st.one_of(*map(objects, shapes.ENTITIES))
_CHATS = objects(shapes.CHAT)
_CALLS = objects(shapes.C2C_CALL) | objects(shapes.GROUP_CALL)
_FEATURES = objects(shapes.FEATURES)
_PUSH_INFOS = st.one_of(*map(objects, shapes.PUSH_INFOS))
_CONTENTS = objects(shapes.C2C_CONTENT) | objects(shapes.GROUP_CONTENT)

# Models. They are composite strategies, so that Hypothesis prints them by the names of the functions.


@st.composite
def exts(draw: DrawFn) -> Ext:
    """Valid exts: chats, one-to-one calls and group calls, as `decode_ext` returns them.

    JSON: `{"entity": {…}}`, optional `timPushFeatures`. The simplest is a one-to-one chat with only the required keys.
    """
    return Ext.from_wire(draw(_EXTS))


@st.composite
def entities(draw: DrawFn) -> Entity:
    """Valid entities, as `decode_entity` returns them: `ChatEntity` and `CallEntity`.

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
    """Valid signaling contents of one-to-one and of group calls, as `decode_signaling_content` returns them.

    JSON: `{"action": 1, "call_id": "…", …}`. Only those of one-to-one calls may have empty ids.
    """
    return SignalingContent.from_wire(draw(_CONTENTS))


@st.composite
def tim_push_features(draw: DrawFn) -> TimPushFeatures:
    """Valid features, as an ext has them beside its entity. JSON: `{"fcmPushType": 0, "fcmNotificationType": 0}`, both optional."""
    return TimPushFeatures.from_wire(draw(_FEATURES))


@st.composite
def offline_push_infos(draw: DrawFn) -> OfflinePushInfo:
    """Valid push infos; their `ext`, if any, is the text of a valid ext. JSON: `{"title": "…", "desc": "…", "ext": "<ext>", …}`."""
    return OfflinePushInfo.from_wire(draw(_PUSH_INFOS))


# Texts


@st.composite
def ext_texts(draw: DrawFn) -> str:
    """JSON texts of valid exts: compact, as Gson writes, ASCII-escaped, or as iOS prints. The text inside is written independently.

    JSON: `{"entity": {…}}`.
    """
    return draw(_EXTS.flatmap(written))


@st.composite
def entity_texts(draw: DrawFn) -> str:
    """JSON texts of valid entities, as OPPO delivers them, written like `ext_texts`. JSON: `{"action": 1, …}`."""
    return draw(_ENTITIES.flatmap(written))


@st.composite
def signaling_content_texts(draw: DrawFn) -> str:
    """JSON texts of valid signaling contents, written like `ext_texts`. JSON: `{"action": 1, "call_id": "…", …}`."""
    return draw(_CONTENTS.flatmap(written))


# Carriers


def notifications(carrier: Carrier | str | None = None) -> SearchStrategy[Wire]:
    """Valid notifications as the device delivers them and `receive` reads them; without a `carrier`, of all three carriers.

    JSON: `{"aps": {…}, "custom": "<ext>"}` (tpns), `{"aps": {…}, "ext": "<ext>"}` (apns), `{"aps": {…}, "entity": {…}}` (legacy);
    `aps` may be absent. Raises ValueError for a carrier that has no notification.
    """
    return st.one_of(*map(objects, _rules_of(carrier)))


def notification_texts(carrier: Carrier | str | None = None) -> SearchStrategy[str]:
    """JSON texts of valid notifications, which `find_ext` reads, written like `ext_texts`; otherwise as `notifications`."""
    return notifications(carrier).flatmap(written)


def _rules_of(carrier: Carrier | str | None) -> tuple[Object, ...]:
    if carrier is None:
        return tuple(rule for rules in shapes.NOTIFICATIONS.values() for rule in rules)
    named = Carrier(carrier)
    if named not in shapes.NOTIFICATIONS:
        raise ValueError(f"{named} is no notification, expected one of {', '.join(shapes.NOTIFICATIONS)}")
    return shapes.NOTIFICATIONS[named]
