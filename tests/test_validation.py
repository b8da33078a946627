"""`iter_violations`: the faults of a text and of the texts inside it, each once, without values of the payload."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from payloads import (
    BAD,
    GOOD,
    Bad,
    apns_config,
    c2c_call,
    c2c_chat,
    c2c_content,
    compact,
    ext,
    group_call,
    group_content,
    tpns,
    without,
)

from pushcodec import jsontext, schemafiles, validation
from pushcodec.errors import MAX_TEXT, MAX_VIOLATIONS, Code, Violation
from pushcodec.inspection import iter_violations
from pushcodec.jsontext import Limits, Readings
from pushcodec.validation import violations_of


def found(value: Any, kind: str, limits: Limits | None = None) -> list[Violation]:
    return found_in(json.dumps(value), kind, limits)


def found_in(text: str | bytes, kind: str, limits: Limits | None = None) -> list[Violation]:
    """The violations by the schema of a kind alone: what is wrong with the ext of a form is in other tests, too."""
    limits = limits or Limits()
    return list(violations_of(jsontext.read(text, limits), Readings(limits), kind=kind))


def named(violations: list[Violation]) -> list[tuple[Code, tuple[str, ...]]]:
    """The code and the pointers, outermost first, of each violation."""
    return [(violation.code, (violation.pointer, *violation.embedded)) for violation in violations]


# The corpus


@pytest.mark.parametrize("bad", BAD, ids=str)
def test_one_fault_is_one_violation(bad: Bad) -> None:
    """It has the code of the fault and the pointers through all texts. The reader admits as many items as the corpus has."""
    assert named(found(bad.document, bad.kind, Limits(max_items=1001))) == [(bad.code, bad.pointers)]


@pytest.mark.parametrize("kind", schemafiles.NAMES)
def test_good_documents_have_no_violations(kind: str) -> None:
    """As ASCII, unescaped, indented and as bytes."""
    for good in GOOD:
        if good.kind == kind:
            raw = json.dumps(good.document, ensure_ascii=False, indent=2)
            for text in (json.dumps(good.document), raw, raw.encode()):
                assert found_in(text, kind) == []


def test_messages_are_printable_and_short() -> None:
    """Printable ASCII of at most 512 characters; so is the violation as text."""
    for bad in BAD:
        for violation in found(bad.document, bad.kind):
            assert violation.message
            for text in (violation.message, str(violation)):
                assert text.isascii()
                assert text.isprintable()
                assert len(text) <= MAX_TEXT


def test_the_default_kind_is_the_ext() -> None:
    """Without a kind a text is compared with the schema of the ext."""
    assert named(list(iter_violations("{}"))) == [(Code.MISSING_KEY, ("",))]
    assert list(iter_violations(compact(ext()))) == []


@pytest.mark.parametrize("kind", ["", "Ext", "ext.json", "no-such-kind"])
def test_unknown_kind_is_a_value_error(kind: str) -> None:
    """The call raises it, not the first iteration."""
    with pytest.raises(ValueError, match="unknown kind"):
        iter_violations("{}", kind=kind)


# Many faults


def test_every_fault_of_every_text_is_reported() -> None:
    """Of the document and of the text inside it; none hides another."""
    content = group_content(action=0, invited_list=["", "2019", 7], room_id="8", code=None)
    entity = group_call(without(content, "timeout"), sender="", nickname=None, sendTime=-1, version=2)
    assert set(named(found({"entity": entity, "timPushFeatures": []}, "ext"))) == {
        (Code.EMPTY_STRING, ("/entity/sender",)),
        (Code.WRONG_TYPE, ("/entity/nickname",)),
        (Code.VALUE_NOT_ALLOWED, ("/entity/sendTime",)),
        (Code.VALUE_NOT_ALLOWED, ("/entity/version",)),
        (Code.WRONG_TYPE, ("/timPushFeatures",)),
        (Code.VALUE_NOT_ALLOWED, ("/entity/content", "/action")),
        (Code.EMPTY_STRING, ("/entity/content", "/invited_list/0")),
        (Code.WRONG_TYPE, ("/entity/content", "/invited_list/2")),
        (Code.WRONG_TYPE, ("/entity/content", "/room_id")),
        (Code.WRONG_TYPE, ("/entity/content", "/code")),
        (Code.MISSING_KEY, ("/entity/content", "")),
    }


def test_faults_in_three_texts_have_up_to_three_pointers() -> None:
    """TPNS notification, ext and content: one pointer for each text."""
    content = without(group_content(invited_list=[""]), "room_id")
    carried = ext(group_call(content, chatType=2, faceUrl=1))
    violations = found({**tpns(carried), "aps": None}, "notification")
    assert set(named(violations)) == {
        (Code.WRONG_TYPE, ("/aps",)),
        (Code.WRONG_TYPE, ("/custom", "/entity/faceUrl")),
        (Code.EMPTY_STRING, ("/custom", "/entity/content", "/invited_list/0")),
        (Code.MISSING_KEY, ("/custom", "/entity/content", "")),
    }
    assert {violation.location for violation in violations} >= {"/custom -> /entity/content -> /invited_list/0"}


def test_every_ext_of_a_notification_is_validated() -> None:
    """Under `custom`, under `ext`, and the notification itself."""
    notification = {**tpns({"entity": 1}), "ext": compact({"entity": 2}), "entity": 3}
    assert set(named(found(notification, "notification"))) == {
        (Code.WRONG_TYPE, ("/custom", "/entity")),
        (Code.WRONG_TYPE, ("/ext", "/entity")),
        (Code.WRONG_TYPE, ("/entity",)),
    }


def test_each_missing_key_is_one_violation() -> None:
    """The message names the key."""
    violations = found({}, "signaling-data")
    assert named(violations) == [(Code.MISSING_KEY, ("",))] * 3
    assert ["room_id" in violations[0].message, "version" in violations[1].message, "call_type" in violations[2].message] == [
        True
    ] * 3


def test_a_missing_key_and_a_key_of_that_name_are_two_faults() -> None:
    """A missing key does not hide the fault of the same key in another object."""
    features = {"fcmPushType": "0", "fcmNotificationType": None}
    assert set(named(found({"timPushFeatures": features}, "ext"))) == {
        (Code.MISSING_KEY, ("",)),
        (Code.WRONG_TYPE, ("/timPushFeatures/fcmPushType",)),
        (Code.WRONG_TYPE, ("/timPushFeatures/fcmNotificationType",)),
    }


def test_keys_with_slash_and_tilde_are_escaped_in_pointers() -> None:
    """As RFC 6901 requires."""
    assert named(found_in('{"0":"x","a/b~c":{"":[1,1e999]}}', "account-binding")) == [
        (Code.NUMBER_BEYOND_DOUBLE, ("/a~1b~0c//1",)),
    ]


# Texts

# A content without its closing brace.
OPEN = compact(c2c_content()).removesuffix("}")


@pytest.mark.parametrize(
    ("text", "code", "pointer", "place"),
    [
        ("hi", Code.NOT_JSON, "", "(line 1, column 1)"),
        ('{"action":1,\n"x" 2}', Code.NOT_JSON, "", "(line 2, column 5)"),
        (OPEN + ',\n "room_id": 1}', Code.DUPLICATE_KEY, "/room_id", "(line 2, column 2)"),
        (
            OPEN + ',"x":\r\n' + "[" * 16 + "]" * 16 + "}",
            Code.TOO_DEEP,
            "/x" + "/0" * 15,
            "(line 2, column 16)",
        ),
        (OPEN + ',\r"x":"\\ud800"}', Code.LONE_SURROGATE, "/x", "(line 2, column 5)"),
        ("\ufeff" + compact(c2c_content()), Code.BYTE_ORDER_MARK, "", "(line 1, column 1)"),
    ],
)
def test_fault_of_an_embedded_text_says_line_and_column(text: str, code: Code, pointer: str, place: str) -> None:
    """Of that text, not of the document."""
    [violation] = found(ext({**c2c_call(), "content": text}), "ext")
    assert named([violation]) == [(code, ("/entity/content", pointer))]
    assert violation.message.endswith(place)


def test_fault_of_the_outer_text_says_line_and_column() -> None:
    """Of the document."""
    [violation] = found_in('{"entity":\n  {"action" 1}}', "ext")
    assert named([violation]) == [(Code.NOT_JSON, ("",))]
    assert violation.message.endswith("(line 2, column 13)")


def test_a_readable_text_with_a_fault_is_compared_with_the_schema() -> None:
    """A repeated key does not hide other faults; the first value counts."""
    text = compact(ext(c2c_chat(sender="")))[:-2] + ',"version":2}}'
    assert named(found_in(text, "ext")) == [
        (Code.DUPLICATE_KEY, ("/entity/version",)),
        (Code.EMPTY_STRING, ("/entity/sender",)),
    ]


def test_a_text_that_is_not_json_has_one_violation() -> None:
    """Without a value there are no violations of the structure."""
    assert named(found_in('{"entity":{"action":7}', "ext")) == [(Code.NOT_JSON, ("",))]
    assert named(found(tpns(ext())["custom"][:-1], "ext")) == [(Code.WRONG_TYPE, ("",))]


def test_invalid_utf_8_is_one_violation() -> None:
    """Bytes that are not UTF-8 are one violation, and the structure has its own."""
    text = compact(ext(c2c_chat(nickname="?", version=3))).encode().replace(b"?", b"\xff")
    assert named(found_in(text, "ext")) == [(Code.INVALID_UTF8, ("",)), (Code.VALUE_NOT_ALLOWED, ("/entity/version",))]


@pytest.mark.parametrize("number", ["18446744073709551616", "-9223372036854775809", "1e999", "1e-999", "9" * 5000])
@pytest.mark.parametrize("key", ["action", "sendTime", "sender", "x"])
def test_a_number_out_of_range_is_one_violation(number: str, key: str) -> None:
    """It is not reported again as a value that its key does not allow."""
    code = Code.NUMBER_BEYOND_DOUBLE if "e" in number or len(number) > 400 else Code.INTEGER_BEYOND_64_BITS
    text = compact(c2c_chat(**{key: "?"})).replace('"?"', number)
    assert named(found_in(text, "entity")) == [(code, (f"/{key}",))]


@pytest.mark.parametrize("number", ["18446744073709551616", "1e999"])
def test_a_number_out_of_range_in_an_embedded_text_is_one_violation(number: str) -> None:
    """As in the outer text."""
    content = compact(c2c_content(room_id="?")).replace('"?"', number)
    assert [pointers for _, pointers in named(found({**c2c_call(), "content": content}, "entity"))] == [("/content", "/room_id")]


def test_a_lone_surrogate_in_an_embedded_text_is_a_fault_of_the_outer_text() -> None:
    """If an escape of the outer text makes it, it is no fault of the embedded text."""
    text = json.dumps(c2c_call(c2c_content(data="?"))).replace("?", "\\ud800")
    assert named(found_in(text, "entity")) == [(Code.LONE_SURROGATE, ("/content",))]


# One fault hides its consequences


@pytest.mark.parametrize("action", [0, 3, None, True, "2", 1.0, 2.0, [], {}])
def test_an_entity_of_unknown_action_is_not_validated_as_a_call(action: Any) -> None:
    """The wrong action is the only violation: neither content nor sendTime is required."""
    entity = {"action": action, "chatType": 2, "sender": "10457", "content": "no JSON"}
    assert [pointers for _, pointers in named(found(entity, "entity"))] == [("/action",)]


def test_an_entity_without_action_is_not_validated_as_a_call() -> None:
    """The missing action is the only violation."""
    entity = {"chatType": 2, "sender": "10457", "content": "no JSON"}
    assert named(found(entity, "entity")) == [(Code.MISSING_KEY, ("",))]


@pytest.mark.parametrize("chat_type", [0, 3, None, "2", 2.0])
def test_a_call_of_unknown_chat_type_is_not_validated_as_a_group_call(chat_type: Any) -> None:
    """The wrong chatType is the only violation: the content need not be that of a group call."""
    entity = c2c_call(without(c2c_content(), "group_id"), chatType=chat_type)
    assert [pointers for _, pointers in named(found(entity, "entity"))] == [("/chatType",)]


def test_a_value_that_breaks_several_rules_is_one_violation() -> None:
    """An empty call_id of the wrong type, or a number below every bound."""
    assert named(found(group_content(call_id=7), "group-signaling-content")) == [(Code.WRONG_TYPE, ("/call_id",))]
    config = apns_config(businessID=-(2**40), isTPNSToken=True)
    assert named(found(config, "apns-config")) == [(Code.VALUE_NOT_ALLOWED, ("/businessID",))]
    assert named(found([], "notification")) == [(Code.WRONG_TYPE, ("",))]


# Limits


def test_the_limits_apply_to_every_text() -> None:
    """`max_bytes`, `max_depth` and `max_items` of the caller apply to the document and to the texts inside it."""
    text = compact(ext(c2c_call(c2c_content(x=[[1, 2, 3, 4]]))))
    assert found_in(text, "ext", Limits(max_bytes=len(text), max_depth=3, max_items=9)) == []
    assert named(found_in(text, "ext", Limits(max_bytes=len(text) - 1))) == [(Code.TOO_LARGE, ("",))]
    assert named(found_in(text, "ext", Limits(max_depth=2))) == [(Code.TOO_DEEP, ("/entity/content", "/x/0"))]
    assert named(found_in(text, "ext", Limits(max_depth=1))) == [(Code.TOO_DEEP, ("/entity",))]
    assert named(found_in(text, "ext", Limits(max_items=8))) == [(Code.TOO_MANY_ITEMS, ("/entity/content", "/x"))]


def test_the_depth_can_be_raised_to_128() -> None:
    """Then 128 levels are read in both texts."""
    deep = json.loads("[" * 127 + "]" * 127)
    limits = Limits(max_depth=128)
    assert found(ext(c2c_call(c2c_content(x=deep))), "ext", limits) == []
    assert named(found(ext(c2c_call(c2c_content(x=[deep]))), "ext", limits)) == [
        (Code.TOO_DEEP, ("/entity/content", "/x" + "/0" * 127)),
    ]


def _many_structural(count: int) -> str:
    return compact(c2c_chat(customData=[128] * count))


def _many_duplicates(count: int) -> str:
    return compact(c2c_chat())[:-1] + ',"version":1' * count + "}"


def _many_embedded(count: int) -> str:
    return compact({**c2c_call(), "content": OPEN + ',"version":4' * count + "}"})


def _half_and_half(count: int) -> str:
    return _many_structural(count // 2)[:-1] + ',"version":1' * (count - count // 2) + "}"


@pytest.mark.parametrize("make", [_many_structural, _many_duplicates, _many_embedded, _half_and_half])
def test_at_most_a_thousand_violations_are_listed(make: Callable[[int], str]) -> None:
    """Of more, the first thousand, and one that says that there are more."""
    limits = Limits(max_bytes=2**20, max_items=5000)
    whole = found_in(make(MAX_VIOLATIONS), "entity", limits)
    assert len(whole) == MAX_VIOLATIONS
    assert Code.MORE_VIOLATIONS not in {violation.code for violation in whole}
    for more in (MAX_VIOLATIONS + 1, 3 * MAX_VIOLATIONS):
        cut = found_in(make(more), "entity", limits)
        assert len(cut) == MAX_VIOLATIONS + 1
        assert [index for index, violation in enumerate(cut) if violation.code is Code.MORE_VIOLATIONS] == [MAX_VIOLATIONS]


# Violations show no values


_SECRETS: tuple[Any, ...] = (
    "SECRET",
    "\x1b[31mSECRET\n",
    "SECRET" * 500,
    {"SECRET": "SECRET"},
    ["SECRET"],
    "€SECRET\ud83d",
    8355197,
)


def _hostile(value: Any, secret: Any) -> Iterator[Any]:
    """The document, once with the secret in each place."""
    yield secret
    if isinstance(value, dict):
        for key, inner in value.items():
            for changed in _hostile(inner, secret):
                yield {**value, key: changed}
    if isinstance(value, list):
        for index, inner in enumerate(value):
            for changed in _hostile(inner, secret):
                yield [*value[:index], changed, *value[index + 1 :]]


@pytest.mark.parametrize("kind", schemafiles.NAMES)
def test_violations_contain_no_value_of_the_payload(kind: str) -> None:
    """With a secret as any value, no violation as text contains it, nor a control character."""
    for example in schemafiles.schema(kind)["examples"]:
        for secret in _SECRETS:
            for document in _hostile(example, secret):
                for violation in found(document, kind):
                    assert "SECRET" not in violation.message
                    assert "8355197" not in str(violation)
                    assert str(violation).isprintable()
                    assert len(str(violation)) <= MAX_TEXT


def test_a_hostile_key_is_shown_in_the_pointer_only() -> None:
    """Unchanged in `pointer`, escaped and cut in the violation as text, and never in the message."""
    key = "\x1b[2J€" + "k" * 1000
    text = json.dumps({"0": "x", key: "?"}).replace('"?"', "1e999")
    [violation] = found_in(text, "account-binding")
    assert violation.pointer == f"/{key}"
    assert "kkk" not in violation.message
    assert str(violation).isprintable()
    assert len(str(violation)) <= MAX_TEXT


def timpush_batch(receivers: list[str]) -> dict[str, Any]:
    return {"From_Account": "a", "To_Account": receivers, "MsgRandom": 1, "OfflinePushInfo": {}}


def timpush_push(tags: list[str]) -> dict[str, Any]:
    return {"From_Account": "a", "MsgRandom": 1, "Condition": {"TagsOr": tags}, "OfflinePushInfo": {}}


@pytest.mark.parametrize(
    ("kind", "document", "message"),
    [
        ("entity", c2c_chat(action=3), "expected an integer out of 1 and 2"),
        ("signaling-content", c2c_content(action=6), "expected an integer out of 1, 2, 3, 4 and 5"),
        ("signaling-content", c2c_content(action=None), "expected an integer out of 1, 2, 3, 4 and 5, got null"),
        ("entity", c2c_chat(version=2), "expected the integer 1"),
        ("entity", c2c_chat(version=1.0), "expected the integer 1, got number with a fraction or an exponent"),
        ("entity", c2c_chat(sendTime=-1), "expected an integer from 0 to 9007199254740991"),
        ("entity", c2c_chat(sendTime="now"), "expected an integer from 0 to 9007199254740991, got string"),
        ("entity", c2c_chat(sender=""), "expected a non-empty string"),
        ("entity", c2c_chat(sender=[]), "expected a non-empty string, got array"),
        ("entity", c2c_chat(nickname=True), "expected a string, got boolean"),
        ("entity", c2c_chat(customData={}), "expected an array, got object"),
        ("entity", [], "expected an object, got array"),
        ("entity", without(c2c_chat(), "sender"), "required key 'sender' is missing"),
        ("signaling-content", c2c_content(invited_list=[]), "expected a non-empty array"),
        ("offline-push-info", {"disablePush": 0}, "expected a boolean, got number"),
        ("apns-config", apns_config(token="?"), "expected a string in base64"),
        ("apns-config", apns_config(token=1), "expected a string in base64, got number"),
        ("account-binding", [0, 0], "expected an array of 1 item"),
        ("account-binding", [1], "expected the integer 0"),
        ("notification", {}, "expected a payload under 'custom' (TPNS), 'ext' (APNs) or 'entity' (below iOS 10)"),
        ("rest-android-info", {"GooglePriority": "High"}, "expected one of 'normal' and 'high'"),
        ("rest-android-info", {"VIVONotifyType": 4}, "expected one of '1', '2', '3' and '4', got number"),
        ("rest-push-info", {"Title": None}, "expected a string, got null"),
        ("rest-request", {"MsgTimeStamp": "now"}, "expected an integer, got string"),
        ("rest-request", {"To_Account": 10457}, "expected a string, got number"),
        ("timpush-batch", timpush_batch([]), "expected an array of 1 to 500 items"),
        ("timpush-batch", timpush_batch(["a"] * 501), "expected an array of 1 to 500 items"),
        ("timpush-push", timpush_push(["a"] * 11), "expected an array of at most 10 items"),
        ("vendor-params", {"fcmPriority": "urgent"}, "expected one of 'normal' and 'high' or null"),
        ("vendor-params", {"vivoNotifyType": 5}, "expected an integer from 1 to 4 or null"),
        (
            "vendor-params",
            {"vivoNotifyType": 4.0},
            "expected an integer from 1 to 4 or null, got number with a fraction or an exponent",
        ),
        ("flutter-push-info", {"disablePush": 1}, "expected a boolean or null, got number"),
        ("sdk-dump", {"androidConfig": "{}"}, "expected an object or null, got string"),
        ("click-intent", "https://example.com", "expected a string that matches ^(?:intent|xgscheme):"),
    ],
)
def test_message_says_what_was_expected(kind: str, document: Any, message: str) -> None:
    """And the type of the value, if that is wrong."""
    assert [violation.message for violation in found(document, kind)] == [message]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"type": "integer", "minimum": 3}, "an integer from 3 up"),
        ({"type": "integer", "maximum": 3}, "an integer up to 3"),
        ({"type": "array", "minItems": 2, "maxItems": 2}, "an array of 2 items"),
    ],
)
def test_words_for_rules_that_no_schema_has_yet(rule: dict[str, Any], expected: str) -> None:
    """So that a schema may use them."""
    assert validation._expected(rule) == expected


# Faults of the text around


@pytest.mark.parametrize("broken", [b"\xff", b"\\ud800"])
@pytest.mark.parametrize("content", [b"?", b"?{}", b"{?}", b'{\\"k\\":?}'])
def test_a_fault_of_the_outer_text_is_not_repeated_inside(broken: bytes, content: bytes) -> None:
    """Bytes that are not UTF-8, or a lone surrogate, anywhere in an embedded text."""
    entity = b'{"action":2,"chatType":1,"sender":"a","sendTime":1,"content":"' + content.replace(b"?", broken) + b'"}'
    found = [(violation.code, violation.embedded) for violation in iter_violations(entity, kind="entity")]
    assert found == [(Code.INVALID_UTF8 if broken == b"\xff" else Code.LONE_SURROGATE, ())]


def test_bytes_that_are_not_utf8_hide_no_escaped_surrogate() -> None:
    """An escaped lone surrogate has its own violation, also inside a text with such bytes."""
    outer = b'{"action":1,"chatType":1,"sender":"\xff","k":"\\ud800"}'
    assert [violation.code for violation in iter_violations(outer, kind="entity")] == [Code.INVALID_UTF8, Code.LONE_SURROGATE]
    text = (
        json.dumps(c2c_call(c2c_content(data="?", sender="\\ud800"))).replace("?", "\\ud801").replace("\\\\\\\\ud800", "\\\\ud800")
    )
    assert named(found_in(text, "entity")) == [
        (Code.LONE_SURROGATE, ("/content",)),
        (Code.LONE_SURROGATE, ("/content", "/sender")),
    ]
