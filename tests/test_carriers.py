"""Carriers: where the ext is, found by looking or by name."""

from __future__ import annotations

import json

import pytest

from pushcodec.codec import decode_ext
from pushcodec.documents import Carried, Carrier, contains_payload, find_ext, look, look_kind, mentions_payload
from pushcodec.errors import Code, DecodeError, Violation
from pushcodec.jsontext import JSONValue, Limits

ENTITY = '{"action":1,"chatType":1,"sender":"alice"}'
EXT = f'{{"entity":{ENTITY}}}'

FORMS: list[tuple[Carrier, str, str]] = [
    (Carrier.TPNS, json.dumps({"aps": {}, "custom": EXT}), EXT),
    (Carrier.APNS, json.dumps({"aps": {}, "ext": EXT}), EXT),
    (Carrier.LEGACY, f'{{"aps":{{}},"entity":{ENTITY}}}', f'{{"aps":{{}},"entity":{ENTITY}}}'),
    (Carrier.EXT, EXT, EXT),
    (Carrier.ENTITY, ENTITY, EXT),
]


@pytest.mark.parametrize(("carrier", "notification", "ext"), FORMS)
def test_each_form_is_found_by_looking(carrier: Carrier, notification: str, ext: str) -> None:
    """Every carrier's form is told apart, as text and as bytes, and what it carries decodes."""
    assert find_ext(notification) == Carried(carrier, ext)
    assert find_ext(notification.encode()) == Carried(carrier, ext)
    assert decode_ext(ext).entity.sender == "alice"


@pytest.mark.parametrize(("carrier", "notification", "ext"), FORMS)
def test_each_form_is_found_by_name(carrier: Carrier, notification: str, ext: str) -> None:
    """A carrier can be named, as the enum or as its text."""
    assert find_ext(notification, carrier=carrier) == Carried(carrier, ext)
    assert find_ext(notification, carrier=str(carrier)) == Carried(carrier, ext)


def test_what_tpns_carries_comes_first() -> None:
    """Of several places that hold something, the one that is a text is taken, custom before ext before entity."""
    both: dict[str, JSONValue] = {"custom": EXT, "ext": "{}", "entity": {}}
    assert look(both) is Carrier.TPNS
    assert look({**both, "custom": 1}) is Carrier.APNS
    assert look({**both, "custom": 1, "ext": 2}) is Carrier.EXT


@pytest.mark.parametrize(
    ("notification", "carrier", "code", "pointer"),
    [
        ("{", None, Code.NOT_JSON, ""),
        ("[]", None, Code.WRONG_TYPE, ""),
        ('{"aps":{}}', None, Code.NO_PAYLOAD, ""),
        ('{"custom":{"entity":{}}}', None, Code.WRONG_TYPE, "/custom"),
        ('{"ext":null}', None, Code.WRONG_TYPE, "/ext"),
        ('{"aps":{}}', Carrier.TPNS, Code.NO_PAYLOAD, ""),
        (EXT, Carrier.APNS, Code.NO_PAYLOAD, ""),
        (ENTITY, Carrier.EXT, Code.NO_PAYLOAD, ""),
        ("{}", Carrier.LEGACY, Code.NO_PAYLOAD, ""),
    ],
)
def test_a_notification_without_an_ext_is_refused(notification: str, carrier: Carrier | None, code: Code, pointer: str) -> None:
    """What has no ext in its place gives a DecodeError that says where it was expected."""
    with pytest.raises(DecodeError) as caught:
        find_ext(notification, carrier=carrier)
    assert [(found.code, found.pointer) for found in caught.value.violations] == [(code, pointer)]


@pytest.mark.parametrize(
    ("notification", "carrier", "message"),
    [
        ("[]", None, "expected an object, got array"),
        ('{"aps":{}}', None, "expected 'custom' (TPNS), 'ext' (APNs), 'entity', or the keys of an entity"),
        ('{"custom":7}', None, "expected the ext as JSON text, got number"),
        ("{}", "tpns", "expected the ext's text under the key 'custom'"),
        ("{}", "legacy", "expected the key 'entity' in the legacy form"),
    ],
)
def test_a_refusal_says_what_was_expected(notification: str, carrier: str | None, message: str) -> None:
    """The message names the place that the carrier has for its ext, and the type that stands there instead."""
    with pytest.raises(DecodeError) as caught:
        find_ext(notification, carrier=carrier)
    assert [found.message for found in caught.value.violations] == [message]


def test_an_unknown_carrier_is_the_callers_error() -> None:
    """A name that no carrier has raises a ValueError that lists the names."""
    with pytest.raises(ValueError, match="no carrier is named 'pigeon', expected one of tpns, apns, legacy, ext, entity"):
        find_ext(EXT, carrier="pigeon")


def test_limits_bind_the_notification() -> None:
    """The limits hold for the notification's text."""
    with pytest.raises(DecodeError, match="PC110"):
        find_ext(EXT, limits=Limits(max_bytes=len(EXT) - 1))
    assert find_ext(EXT, limits=Limits(max_bytes=len(EXT))).carrier is Carrier.EXT


@pytest.mark.parametrize(
    ("carrier", "pointer", "embedded"),
    [
        (Carrier.TPNS, "/custom", ("/entity/content", "/timeout")),
        (Carrier.APNS, "/ext", ("/entity/content", "/timeout")),
        (Carrier.LEGACY, "/entity/content", ("/timeout",)),
        (Carrier.EXT, "/entity/content", ("/timeout",)),
        (Carrier.ENTITY, "/content", ("/timeout",)),
    ],
)
def test_a_violation_of_the_ext_is_located_in_the_notification(carrier: Carrier, pointer: str, embedded: tuple[str, ...]) -> None:
    """Pointers into the ext become pointers into what carried it."""
    inner = Violation(Code.WRONG_TYPE, "/entity/content", "expected a string", ("/timeout",))
    assert Carried(carrier, "").locate(inner) == Violation(Code.WRONG_TYPE, pointer, "expected a string", embedded)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"aps": {}, "custom": EXT}, "notification"),
        ({"aps": {}, "ext": EXT}, "notification"),
        ({"aps": {}, "entity": {}}, "notification"),
        ({"entity": {}}, "ext"),
        ({"action": 1, "chatType": 1, "sender": "a"}, "entity"),
        ({"action": 1, "call_id": "", "room_id": 1}, "signaling-content"),
        ({"invited_list": []}, "signaling-content"),
        ({"title": "t", "desc": "d", "ext": EXT}, "offline-push-info"),
        ({"disablePush": True}, "offline-push-info"),
        ({"aps": {}, "title": "t", "custom": EXT}, "notification"),
        ({"k": 1}, "ext"),
        ([], "ext"),
        ("text", "ext"),
        (None, "ext"),
    ],
)
def test_the_kind_of_a_document_is_found_by_looking(value: JSONValue, kind: str) -> None:
    """A document is held against the schema that it looks meant for, and against the ext's when it looks like nothing."""
    assert look_kind(value) == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (EXT, True),
        ('{"entity":5}', True),
        ('{"entity":null,"aps":{}}', True),
        ('{"entity":{"action":1,"chatType":1},"trace":"7"}', True),
        ('{"entity":{"action":1},"trace":"7"}', False),
        ('{"entity":"{\\"sender\\":\\"a\\",\\"action\\":1","trace":"7"}', True),
        ('{"entity":"{name}","title":"x"}', False),
        ('{"entity":[{"action":1,"sender":"a"}],"action":"R"}', False),
        ('{"entity":{"id":"1","type":"host"},"@timestamp":"2024"}', False),
        ('{"aps":{}}', True),
        ('{"aps":[{"mac":"00"}]}', False),
        ('{"aps":1,"custom":{"entity":{}}}', True),
        ('{"custom":"{\\"entity\\":","name":"x"}', True),
        ('{"custom":"{entity: 1}"}', True),
        ('{"custom":"entity","name":"x"}', False),
        ('{"ext":"{}","name":"x"}', False),
        ('{"ext":{"entity":1}}', True),
        ('{"timPushFeatures":{}}', True),
        ('{"timPushFeatures":1}', False),
        ('{"chatType":1,"sender":"a"}', True),
        ('{"chatType":"1","action":"x"}', True),
        ('{"chatType":1,"id":7}', False),
        ('{"action":1,"sender":"a"}', True),
        ('{"action":2.5,"sender":"a","other":1}', True),
        ('{"action":true,"sender":"a"}', False),
        ('{"action":"opened","sender":{"login":"a"}}', False),
        ('{"action":"1","sender":"a"}', False),
        ('{"action":1,"sender":7}', False),
        ('{"call_id":"c","room_id":1,"x":2}', True),
        ('{"call_id":"c","x":2}', False),
        ('{"title":"t","desc":"d"}', False),
        ('{"title":"t","desc":"d","ext":"x"}', True),
        ('{"title":"t","ext":"x","name":"y"}', False),
        ('{"title":"t","ext":1}', False),
        ('{"ext":"x"}', False),
        ('{"title":"t","disablePush":true}', True),
        ('{"title":"t","disablePush":true,"name":1}', False),
        ('{"iOSSound":"t","disablePush":true,"name":1}', True),
        ('{"name":"x","version":"1","custom":{}}', False),
        ("{}", False),
        ("[]", False),
        ('[{"entity":{}}]', False),
        ('"entity"', False),
        ("null", False),
    ],
)
def test_a_document_with_a_payload_has_marks(text: str, expected: bool) -> None:
    """Those of one form at least; words that other products use as well are not enough."""
    assert contains_payload(json.loads(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{entity: {action: 1}}", True),
        ("{'entity' : 1", True),
        ('{"entity', False),
        ('{"entity"', True),
        ('{"custom":"{\\"entity\\":{', True),
        ('// comment\n{"chatType": 1,}', True),
        ('{"aps": {,}', True),
        ('{"aps": [,]', False),
        ('{"timPushFeatures": ', True),
        ('{"call_id": 1, "room_id": 2,}', True),
        ('{"call_id": 1, "call_id": 2,}', False),
        ('{ // the entity: a word\n "strict": true,}', False),
        ('{"words": ["entity", "chatType"],}', False),
        ("", False),
    ],
)
def test_a_broken_text_may_mention_a_payload(text: str, expected: bool) -> None:
    """By a key, quoted or not, also in a text inside; in UTF-16 too."""
    assert mentions_payload(text) is expected
    assert mentions_payload(text.encode()) is expected
    assert mentions_payload(text.encode("utf-16")) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a":[{"entity":1}],"b":"%s"}', False),
        ('{"a":[{"x":"}]"}],"entity":1,"b":"%s"}', True),
        ('{"a":"\\"","chatType":1,"b":"%s"}', True),
        ('{"a":"entity","aps" :1,"b":"%s', True),
        ('{"call_id":1,"room_id":1,"b":"%s"}', True),
        ('{"call_id":1,"b":"%s"}', False),
        ('{"b":"%s","entity":1}', False),
    ],
)
def test_of_a_large_text_the_outermost_keys_count(text: str, expected: bool) -> None:
    """As far as the limits go: a large document of another product may use any key somewhere."""
    assert mentions_payload(text % ("x" * 100), Limits(max_bytes=60)) is expected


@pytest.mark.parametrize("piece", ["\\", '"', '\\"', '"entity"', ",", "{", "entity ", '"entity" ', " ", '"aps":', "[{", '\\\\"'])
def test_a_hostile_text_takes_linear_time(piece: str) -> None:
    """Of megabytes of one piece each byte is looked at a few times: a quadratic pattern would take minutes."""
    for limits in (Limits(), Limits(max_bytes=2**21)):
        mentions_payload(piece * (2**20 // len(piece)), limits)
    contains_payload({"entity": piece * (2**20 // len(piece)), "custom": piece * (2**20 // len(piece))})
