"""Carriers: where the ext is, found by looking or by name."""

from __future__ import annotations

import json

import pytest

from pushcodec.carriers import Carried, Carrier, find_ext, look, look_kind
from pushcodec.codec import decode_ext
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
