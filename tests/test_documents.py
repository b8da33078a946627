"""The documents that contain an ext: which form a document has, and the text of the ext in it."""

from __future__ import annotations

import json

import pytest

from pushcodec.codec import decode_ext
from pushcodec.documents import (
    Carried,
    Carrier,
    Contents,
    contains_payload,
    contents_of,
    find_ext,
    look,
    look_kind,
    mentions_payload,
    text_key,
)
from pushcodec.errors import Code, DecodeError, Violation
from pushcodec.jsontext import ABSENT, JSONValue, Limits

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
def test_find_ext_recognises_each_form(carrier: Carrier, notification: str, ext: str) -> None:
    """Of `str` and of bytes; the ext that it returns decodes."""
    assert find_ext(notification) == Carried(carrier, ext)
    assert find_ext(notification.encode()) == Carried(carrier, ext)
    assert decode_ext(ext).entity.sender == "alice"


@pytest.mark.parametrize(("carrier", "notification", "ext"), FORMS)
def test_find_ext_takes_the_name_of_a_carrier(carrier: Carrier, notification: str, ext: str) -> None:
    """As a member of the enum or as its string."""
    assert find_ext(notification, carrier=carrier) == Carried(carrier, ext)
    assert find_ext(notification, carrier=str(carrier)) == Carried(carrier, ext)


def test_custom_comes_before_ext_and_ext_before_entity() -> None:
    """If the value under `custom` or `ext` is no text, the next key counts."""
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
def test_find_ext_refuses_a_document_without_an_ext(notification: str, carrier: Carrier | None, code: Code, pointer: str) -> None:
    """The DecodeError has the code of the fault and the pointer of the place where the ext was expected."""
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
def test_the_message_says_what_was_expected(notification: str, carrier: str | None, message: str) -> None:
    """The key where the carrier has its ext, or the JSON type that is there instead."""
    with pytest.raises(DecodeError) as caught:
        find_ext(notification, carrier=carrier)
    assert [found.message for found in caught.value.violations] == [message]


def test_an_unknown_carrier_raises_value_error() -> None:
    """The message lists the names."""
    with pytest.raises(ValueError, match="no carrier is named 'pigeon', expected one of tpns, apns, legacy, ext, entity"):
        find_ext(EXT, carrier="pigeon")


@pytest.mark.parametrize(
    ("text", "ext"),
    [
        *((text, ext) for _, text, ext in FORMS),
        ('{"custom":5}', 5),
        ('{"ext":null}', None),
        ("[]", "[]"),
        ("5", "5"),
    ],
)
def test_contents_have_the_ext_of_any_document(text: str, ext: JSONValue) -> None:
    """The value in the ext's place, whatever its type; the text itself if the document has no form."""
    assert contents_of(text, json.loads(text)).ext == ext


def test_contents_without_a_value_are_the_text() -> None:
    """If the reader made no value of the text, it has the form of no carrier."""
    assert contents_of("hello", ABSENT) == Contents("hello", ABSENT, None)
    assert contents_of("hello", ABSENT).ext_text() == "hello"
    assert Contents("hello", ABSENT, Carrier.TPNS).ext is ABSENT


@pytest.mark.parametrize(("kind", "key"), [("offline-push-info", "ext"), ("notification", None), ("ext", None)])
def test_the_text_key_of_a_document_without_a_carrier(kind: str, key: str | None) -> None:
    """A push info has one though it is no carrier."""
    assert text_key(None, kind) == key


def test_find_ext_applies_the_limits_to_the_notification() -> None:
    """Here the number of bytes."""
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
    """Pointers into the ext become pointers into the notification."""
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
def test_look_kind_chooses_a_schema_by_the_keys(value: JSONValue, kind: str) -> None:
    """The schema of the ext if no key selects another one."""
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
def test_contains_payload_needs_the_marks_of_a_form(text: str, expected: bool) -> None:
    """Keys that other products use as well are not enough."""
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
def test_mentions_payload_finds_a_key_that_marks_a_payload(text: str, expected: bool) -> None:
    """Quoted or not, also in a text inside a text, in UTF-8 and in UTF-16."""
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
def test_mentions_payload_reads_the_outermost_keys_of_a_large_text(text: str, expected: bool) -> None:
    """Up to the limit of bytes. A large document of another product may use any key somewhere."""
    assert mentions_payload(text % ("x" * 100), Limits(max_bytes=60)) is expected


@pytest.mark.parametrize("piece", ["\\", '"', '\\"', '"entity"', ",", "{", "entity ", '"entity" ', " ", '"aps":', "[{", '\\\\"'])
def test_recognition_of_a_hostile_text_takes_linear_time(piece: str) -> None:
    """On a megabyte of one repeated piece a quadratic pattern would take minutes."""
    for limits in (Limits(), Limits(max_bytes=2**21)):
        mentions_payload(piece * (2**20 // len(piece)), limits)
    contains_payload({"entity": piece * (2**20 // len(piece)), "custom": piece * (2**20 // len(piece))})
