"""The documents that contain an ext: which form a document has, and the text of the ext in it."""

from __future__ import annotations

import json

import pytest

from pushcodec.codec import decode_ext
from pushcodec.documents import (
    Carried,
    Carrier,
    Storage,
    contains_payload,
    find_ext,
    find_exts,
    mentions_payload,
    recognise,
    unknown_document,
)
from pushcodec.errors import Code, DecodeError, Violation
from pushcodec.jsontext import JSONValue, Limits, Readings

ENTITY = '{"action":1,"chatType":1,"sender":"alice"}'
EXT = f'{{"entity":{ENTITY}}}'

FORMS: list[tuple[str, Carried]] = [
    (json.dumps({"aps": {}, "custom": EXT}), Carried(Carrier.TPNS, ("/custom",), EXT, Storage.TEXT)),
    (json.dumps({"aps": {}, "ext": EXT}), Carried(Carrier.APNS, ("/ext",), EXT, Storage.TEXT)),
    (f'{{"aps":{{}},"entity":{ENTITY}}}', Carried(Carrier.LEGACY, ("",), f'{{"aps":{{}},"entity":{ENTITY}}}', Storage.ITSELF)),
    (EXT, Carried(Carrier.EXT, ("",), EXT, Storage.ITSELF)),
    (ENTITY, Carried(Carrier.ENTITY, ("",), EXT, Storage.ENTITY)),
]


@pytest.mark.parametrize(("notification", "carried"), FORMS)
def test_find_ext_recognises_each_form(notification: str, carried: Carried) -> None:
    """Of `str` and of bytes; the ext that it returns decodes."""
    assert find_ext(notification) == carried
    assert find_ext(notification.encode()) == carried
    assert find_exts(notification) == [carried]
    assert carried.carrier is carried.form
    assert decode_ext(carried.ext).entity.sender == "alice"


@pytest.mark.parametrize(("notification", "carried"), FORMS)
def test_find_ext_takes_the_name_of_a_form(notification: str, carried: Carried) -> None:
    """As a member of the enum or as its string."""
    assert find_ext(notification, carrier=carried.form) == carried
    assert find_ext(notification, carrier=str(carried.form)) == carried


def _form(value: JSONValue) -> tuple[str, ...]:
    return tuple(found.form.name for found in recognise(value, Readings().embedded))


def test_custom_comes_before_ext_and_ext_before_entity() -> None:
    """If the value under `custom` or `ext` is no text, the next key counts."""
    both: dict[str, JSONValue] = {"aps": {}, "custom": EXT, "ext": "{}", "entity": {}}
    assert _form(both) == (Carrier.TPNS,)
    assert _form({**both, "custom": 1}) == (Carrier.APNS,)
    assert _form({**both, "custom": 1, "ext": 2}) == (Carrier.LEGACY,)


@pytest.mark.parametrize(
    ("notification", "carrier", "code", "pointer"),
    [
        ("{", None, Code.NOT_JSON, ""),
        ("[]", None, Code.UNKNOWN_DOCUMENT, ""),
        ("5", None, Code.WRONG_TYPE, ""),
        ('{"aps":{}}', None, Code.NO_PAYLOAD, ""),
        ('{"custom":{"entity":{}}}', None, Code.WRONG_TYPE, "/custom"),
        ('{"ext":{"entity":1}}', None, Code.WRONG_TYPE, "/ext"),
        ('{"ext":null}', None, Code.UNKNOWN_DOCUMENT, ""),
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
        ("5", None, "expected an object, got number"),
        ('{"aps":{}}', None, "expected the ext's text under 'ext' in the form apns"),
        ('{"aps":{},"custom":7}', None, "expected the ext as JSON text, got number"),
        ("{}", "tpns", "expected the ext's text under 'custom' in the form tpns"),
        ("{}", "legacy", "expected the key 'entity' in the form legacy"),
    ],
)
def test_the_message_says_what_was_expected(notification: str, carrier: str | None, message: str) -> None:
    """The key where the carrier has its ext, or the JSON type that is there instead."""
    with pytest.raises(DecodeError) as caught:
        find_ext(notification, carrier=carrier)
    assert [found.message for found in caught.value.violations] == [message]


def test_an_unknown_carrier_raises_value_error() -> None:
    """The message lists the names."""
    with pytest.raises(ValueError, match="no form is named 'pigeon', expected one of rest-robot-call, "):
        find_ext(EXT, carrier="pigeon")


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
    (carried,) = (carried for _, carried in FORMS if carried.form is carrier)
    assert carried.locate(inner) == Violation(Code.WRONG_TYPE, pointer, "expected a string", embedded)


@pytest.mark.parametrize(
    ("value", "forms"),
    [
        ({"aps": {}, "custom": EXT}, ("tpns",)),
        ({"aps": {}, "ext": EXT}, ("apns",)),
        ({"aps": {}, "entity": {}}, ("legacy",)),
        ({"entity": {}}, ("ext",)),
        ({"action": 1, "chatType": 1, "sender": "a"}, ("entity",)),
        ({"action": 1, "call_id": "", "room_id": 1}, ("signaling-content",)),
        ({"invited_list": []}, ()),
        ({"title": "t", "desc": "d", "ext": EXT}, ("offline-push-info",)),
        ({"disablePush": True}, ()),
        ({"aps": {}, "title": "t", "custom": EXT}, ("tpns",)),
        ({"k": 1}, ()),
        ([], ()),
        ("text", ("ext",)),
        (None, ("ext",)),
    ],
)
def test_a_form_is_recognised_by_its_marks(value: JSONValue, forms: tuple[str, ...]) -> None:
    """A scalar counts as an ext, because senders put plain text there."""
    assert _form(value) == forms


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
        ('{"entity":[{"name":1,"sender":"a"}],"action":"R"}', False),
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
        ('{"title":"t","disablePush":true,"name":1}', True),
        ('{"iOSSound":"t","disablePush":true,"name":1}', True),
        ('{"name":"x","version":"1","custom":{}}', False),
        ("{}", False),
        ("[]", False),
        ('[{"entity":{}}]', False),
        ('[{"entity":{"action":1}}]', True),
        ('[{"entity":1}]', False),
        ('"entity"', False),
        ("null", False),
    ],
)
def test_contains_payload_needs_the_marks_of_a_form(text: str, expected: bool) -> None:
    """Keys that other products use as well are not enough."""
    assert contains_payload(text) is expected


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
    contains_payload(json.dumps({"entity": piece * (2**18 // len(piece)), "custom": piece * (2**18 // len(piece))}))


@pytest.mark.parametrize(
    ("document", "lacking"),
    [
        ({"offlinePushInfo": {"desc": "a", "ex": "b"}}, "needs no offlinePushInfo.ex;"),
        (
            {"desc": "a", "offlinePushInfo": {"ex": "c", "iOSBadgeCount": 1}},
            "no offlinePushInfo.ex and no offlinePushInfo.iOSBadgeCount",
        ),
        ({"ticket": {"entity": {"kind": "a"}, "verb": "b"}}, "closest are ext (ext), which needs entity;"),
        ({"audience_type": "all"}, "closest are tpns-push (TPNS push body), which needs message (object);"),
    ],
)
def test_an_unknown_document_is_compared_with_the_closest_forms(document: JSONValue, lacking: str) -> None:
    """The marks that it lacks; and keys that it must not have, if it has every mark."""
    found = unknown_document(document)
    assert lacking in found.message
    assert "needs ;" not in found.message


def test_a_link_is_found_by_the_name_of_its_family() -> None:
    """Where the other members of the family are objects."""
    link = json.dumps("intent://open#Intent;S.ext=%7B%22entity%22%3A%7B%7D%7D;end")
    for name in ("click", "click-intent"):
        assert [(found.form.name, found.paths) for found in recognise(json.loads(link), Readings().embedded, kind=name)] == [
            (Carrier.CLICK_INTENT, ((),))
        ]
    assert recognise(json.loads(link), Readings().embedded, kind="rest")[0].form.name != Carrier.CLICK_INTENT
