"""The fast path alone; `test_differential` compares it with codec and mirror."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from payloads import c2c_call, c2c_chat, c2c_content, compact, group_call, group_chat, group_content, without
from rich.pretty import pretty_repr

import pushcodec as pc
from pushcodec import fast, jsontext
from pushcodec.clients.ios.outcomes import Route
from pushcodec.clients.ios.routing import receive
from pushcodec.fast.payloads import entity_from_model
from pushcodec.jsontext import Limits
from pushcodec.ndjson import CHUNK, lines_within

NOW = 1595234240
STRICT, TRUSTED = fast.Decoder(), fast.Decoder(trusted=True)
BOTH = pytest.mark.parametrize("decoder", [STRICT, TRUSTED], ids=["default", "trusted"])


def ext(entity: dict[str, Any], **beside: Any) -> str:
    """The text of an ext."""
    return compact({"entity": entity, **beside})


def nested(depth: int) -> Any:
    """`depth` nested arrays."""
    return json.loads("[" * depth + "]" * depth)


TEXTS = [
    ext(c2c_chat()),
    ext(group_chat(sendTime=5, customData=[1, -1]), timPushFeatures={"fcmPushType": 1, "fcmNotificationType": 0}),
    ext(c2c_chat(content='say "hi"', nickname='"')),
    ext(c2c_chat(traceId="x")),
    ext({"action": 1, "chatType": 2, "sender": "g", "sendTime": 3}),
    ext(c2c_call()),
    ext(group_call()),
    ext(group_call(group_content(code=0, duration=0, timestamp=0, sender="a", data='"'))),
    ext(group_call(group_content(businessID="av_call"), nickname='"q"')),
    ext({"action": 2, "chatType": 1, "sender": "a", "sendTime": 1, "content": compact({**c2c_content(), "group_id": "g"})}),
    ext(c2c_call(without(c2c_content(), "group_id"))),
    ext(c2c_call(customData=[1], nickname="\\", faceUrl="\\")).replace(",", ", "),
    ext(c2c_call()).replace(",", ", "),
    ext(group_call(nickname='"q"'), timPushFeatures={}).replace(":", " : "),
    # Unknown keys: in every object, with names of attributes, with values of every type, with quotes and brackets in strings.
    ext(group_chat(), userData={"a": [1, -(2**63), 2**64 - 1, None, True, "x", {"b": ""}]}, timPushFeatures={"x": 1}),
    ext(c2c_chat(face_url="x", chat_type=7, extras={}, absent=[], content='[smile] "hi"')),
    ext(group_call(group_content(businessID="av_call", group_ID='"', extras=1), traceId={"a": []}), userData="😀"),
    ext(c2c_call(without(c2c_content(), "group_id"), trace="x")),
    ext(c2c_chat(ratio=0.5)),
    ext(c2c_chat(content="[smile]" * 40, traceId="x")),
]


@BOTH
@pytest.mark.parametrize("text", TEXTS)
def test_values_equal_those_of_the_codec(decoder: fast.Decoder, text: str) -> None:
    """`decode` returns the payload of the model that the codec decodes, from bytes and from str; `to_model` returns the model."""
    model = pc.decode_ext(text).entity
    payload = decoder.decode(text.encode())
    assert payload == decoder.decode(text) == entity_from_model(model)
    assert payload.to_model() == model
    assert payload.to_model().model_fields_set == model.model_fields_set
    assert payload.extras == (model.model_extra or {})


def test_repr_hides_what_people_wrote() -> None:
    """No repr of a fast entity contains content, nickname, data or unknown keys; it contains ids."""
    content = c2c_content(data="SECRET", **{"key-SECRET": "SECRET"})
    for payload in (c2c_chat(content="SECRET", **{"key-SECRET": "SECRET"}), c2c_call(content, nickname="SECRET")):
        entity = fast.Decoder().decode(ext(payload))
        for text in (repr(entity), str(entity), pretty_repr(entity)):
            assert "SECRET" not in text
            assert "<6 characters>" in text
            assert "10457" in text


@BOTH
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("now", [0, NOW, NOW + 60, 2**64, 2**64 + NOW])
def test_routes_equal_those_of_the_mirror(decoder: fast.Decoder, text: str, now: int) -> None:
    """For `route` of an ext, and for `receive` of a notification around it."""
    for logged_in in (True, False):
        expected = receive({"custom": text}, now=now, logged_in=logged_in)
        assert decoder.route(text.encode(), now=now, logged_in=logged_in) == expected
        assert decoder.route(text, now=now, logged_in=logged_in) == expected
        notification = compact({"aps": {"alert": {"title": "t"}, "badge": 1}, "custom": text, "xg": {"msgid": 1}})
        assert decoder.receive(notification.encode(), now=now, logged_in=logged_in) == expected
        assert decoder.receive(notification, now=now, logged_in=logged_in) == expected


@BOTH
@pytest.mark.parametrize(
    "entity",
    [
        c2c_chat(chatType=3),
        c2c_call(chatType=3),
        c2c_chat(action="1"),
        c2c_chat(sender=None),
        group_call({"timeout": 30}),
        group_call({key: value for key, value in group_content().items() if key != "group_id"}),
        {**group_call(), "content": "no JSON"},
    ],
)
def test_invalid_payloads_have_the_route_of_the_mirror(decoder: fast.Decoder, entity: dict[str, Any]) -> None:
    """The fast path leaves them to the mirror."""
    assert decoder.route(ext(entity).encode(), now=NOW) == receive({"custom": ext(entity)}, now=NOW)


@BOTH
@pytest.mark.parametrize("raw", [b"\xff", b"", b"null", b"[" * 5000, b'{"entity":', "\ud800"])
def test_hostile_texts_have_a_route(decoder: fast.Decoder, raw: bytes | str) -> None:
    """`route` returns a Route for any bytes, `decode` raises a DecodeError."""
    assert decoder.route(raw, now=NOW) == pc.Ignored("custom_not_a_json_object")
    with pytest.raises(pc.DecodeError):
        decoder.decode(raw)


@BOTH
def test_a_wrong_clock_is_an_error_of_the_caller(decoder: fast.Decoder) -> None:
    """`now` is checked before anything else, as in the mirror."""
    calls: list[Callable[[Any], object]] = [
        lambda now: decoder.route(b"{}", now=now),
        lambda now: decoder.receive(b"{}", now=now),
        lambda now: next(iter(decoder.route_lines(b"{}", now=now))),
    ]
    for call in calls:
        with pytest.raises(ValueError, match="negative"):
            call(-1)
        with pytest.raises(TypeError, match="bool"):
            call(True)


@BOTH
def test_a_group_call_without_ids_is_refused(decoder: fast.Decoder) -> None:
    """As by the codec: a group call needs a call_id and a group_id."""
    for content in (group_content(call_id=""), group_content(group_id=""), c2c_content()):
        with pytest.raises(pc.DecodeError, match="PC304"):
            decoder.decode(ext(group_call(content)))


# receive


@BOTH
@pytest.mark.parametrize(
    "notification",
    [
        {"aps": {"alert": "x", "nested": [1.5, {"a": None}]}, "custom": TEXTS[0]},
        {"custom": TEXTS[6]},
        {"custom": 5},
        {"aps": {}},
        {"entity": c2c_chat()},
        {"aps": {}, "custom": "x" * 5000},
        {"aps": {"badge": 2**63}, "custom": TEXTS[0]},
        {"aps": {"alert": "你好", "sound": "a", "thread-id": "t", "category": "c", "content-available": 1}, "custom": TEXTS[6]},
        {"aps": {"alert": {"title": "t", "subtitle": "s", "body": 'say "hi"'}, "mutable-content": 1}, "custom": TEXTS[6]},
        {"custom": TEXTS[6], "xg": {"msgid": 1, "msgtype": 1, "bid": 0, "ts": 5}},
        {"aps": {"alert": {"loc-key": "k"}}, "custom": TEXTS[6]},
        {"aps": {"alert": {"loc-args": ["a", 1.5]}}, "custom": TEXTS[6]},
        {"aps": {}, "other": nested(12), "custom": TEXTS[14]},
        {"other": ["," * 2000], "custom": 7},
        [],
    ],
)
@pytest.mark.parametrize("ios10", [True, False])
def test_receive_answers_for_whole_notifications(decoder: fast.Decoder, notification: Any, ios10: bool) -> None:
    """Any notification that the strict reader accepts has the mirror's Route, also below iOS 10."""
    raw = compact(notification).encode()
    assert decoder.receive(raw, now=NOW, ios10=ios10) == receive(notification, now=NOW, ios10=ios10)


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b'{"custom":"{}","custom":"{}"}',
        b'{"aps":{"a":1,"\\u0061":2},"custom":"{}"}',
        b'{"aps":{"a":"\\u0022","b":1,"b":2},"custom":"{}"}',
        b'{"aps":{"k":"\xff"},"custom":"{}"}',
        b'{"custom":"\\ud800"}',
        b'{"aps":{"badge":1,"badge":1},"custom":"{}"}',
        b'{"aps":{"badge":100000,"b\\u0061dge":1},"custom":"{}"}',
        b'{"aps":{"alert":{"title":"a","title":"a"}},"custom":"{}"}',
        b'{"aps":{"alert":{"title":"\\u0022\\u0022\\u0022\\u0022","body":"","body":""}},"custom":"{}"}',
        b'{"aps":{},"aps":{},"custom":"{}"}',
        b'{"custom":"{}","xg":{"msgid":1},"xg":{"msgid":1}}',
        b'{"custom":"\\u0022\\u0022\\u0022\\u0022","custom":"\\u0022\\u0022"}',
        '{"aps":{"alert":"你","alert":"好"},"custom":"{}"}'.encode(),
    ],
)
def test_receive_refuses_outer_texts_that_are_not_strict_json(raw: bytes) -> None:
    """The DecodeError has the violations of the strict reader."""
    with pytest.raises(pc.DecodeError) as expected:
        jsontext.parse(raw)
    with pytest.raises(pc.DecodeError) as caught:
        STRICT.receive(raw, now=NOW)
    assert caught.value.violations == expected.value.violations


@pytest.mark.parametrize("convert", [str.encode, str], ids=["bytes", "str"])
@pytest.mark.parametrize(
    "text",
    [
        '{"entity":{"action":2,"chatType":1,"chatType":1,"sender":"a","sendTime":1,"content":""}}',
        '{"entity":{"action":2,"chatType":2,"sender":"a","sendTime":1,"sendTime":1,"content":"{}"},"entity":{}}',
        *(
            compact({"entity": group_call(nickname="你好", sendTime=NOW)}).replace(*change, 1)
            for change in [
                ('"chatType":2', '"chatType":1,"chatType":2'),
                ('\\"call_type\\":2', '\\"call_type\\":1,\\"call_type\\":2'),
                ('\\"timeout\\":30', '\\"timeout\\":0,\\"timeout\\":30'),
                ('\\"timeout\\":30', '\\"timeout\\":30,\\"time\\\\u006fut\\":0'),
                ('\\"call_id\\":\\"144115', '\\"call_id\\":\\"\\",\\"call_id\\":\\"\\\\u0022144115'),
                ('\\"group_id\\":\\"', '\\"group_id\\":\\"好\\",\\"group_id\\":\\"'),
            ]
        ),
    ],
)
def test_repeated_keys_have_the_route_of_the_mirror(text: str, convert: Callable[[str], bytes | str]) -> None:
    """For a repeated key of a call or its content, also with escapes: the client takes the first of duplicate keys."""
    assert '"' in text
    assert STRICT.route(convert(text), now=NOW) == receive({"custom": text}, now=NOW)
    with pytest.raises(pc.DecodeError):
        STRICT.decode(convert(text))


# Limits


@BOTH
@pytest.mark.parametrize(
    ("text", "limits"),
    [
        (TEXTS[0], Limits(max_bytes=len(TEXTS[0].encode()) - 1)),
        (TEXTS[0], Limits(max_items=6)),
        (TEXTS[0], Limits(max_depth=1)),
        (ext(c2c_chat(customData=[0] * 14)), Limits(max_items=13)),
        (ext(c2c_call(customData=[0] * 14)), Limits(max_items=13)),
        (ext(c2c_call(c2c_content(invited_list=["a"] * 14))), Limits(max_items=13)),
        (ext(c2c_chat(), userData=[0] * 14), Limits(max_items=13)),
        (ext(group_call(group_content(extra=[0] * 14))), Limits(max_items=13)),
        (ext(c2c_chat(), userData=nested(16)), Limits()),
        (ext(group_call(group_content(extra=nested(16)))), Limits()),
        (ext(c2c_chat(), userData=nested(31)), Limits(max_depth=31)),
    ],
)
def test_limits_apply_to_decode_but_not_to_route(decoder: fast.Decoder, text: str, limits: Limits) -> None:
    """Over a limit, `decode` raises the error of the codec; the Route is the same as without limits."""
    limited = fast.Decoder(limits=limits, trusted=decoder is TRUSTED)
    with pytest.raises(pc.DecodeError) as expected:
        pc.decode_ext(text, limits=limits)
    for raw in (text, text.encode()):
        with pytest.raises(pc.DecodeError) as caught:
            limited.decode(raw)
        assert caught.value.violations == expected.value.violations
    assert limited.route(text, now=NOW) == decoder.route(text, now=NOW)


def test_a_text_at_the_limit_decodes() -> None:
    """With exactly the allowed bytes and items."""
    text = TEXTS[0].encode()
    assert fast.Decoder(limits=Limits(max_bytes=len(text))).decode(text) == STRICT.decode(text)
    many = ext(c2c_call(c2c_content(invited_list=["a"] * 13), customData=[0] * 13))
    assert fast.Decoder(limits=Limits(max_items=13)).decode(many) == STRICT.decode(many)
    for open_text in (
        ext(c2c_chat(), userData=[0] * 13),
        ext(c2c_chat(content="," * 20, traceId="x")),
        ext(c2c_chat(), u=nested(15)),
    ):
        for raw in (open_text, open_text.encode()):
            assert fast.Decoder(limits=Limits(max_items=13)).decode(raw).to_model() == pc.decode_ext(open_text).entity


@BOTH
def test_texts_too_deep_for_msgspec_have_the_route_of_the_mirror(decoder: fast.Decoder) -> None:
    """Deep texts, and contents whose brackets are escapes, alone and as a line of a stream."""
    deep = "[" * 1100 + "]" * 1100
    content = compact(group_content()).replace('"timeout"', f'"x":{deep},"timeout"')
    call = ext({**group_call(), "content": content})
    chat = ext(c2c_chat())
    for text in (chat[:-2] + f',"x":{deep}}}}}', call, call.replace("[", "\\u005b"), ext(c2c_chat(), x="[" * 1100)):
        expected = pc.receive({"custom": text}, now=NOW)
        assert decoder.route(text, now=NOW) == decoder.route(text.encode(), now=NOW) == expected
        assert list(decoder.route_lines(f"{text}\n{TEXTS[0]}".encode(), now=NOW)) == [expected, decoder.route(TEXTS[0], now=NOW)]


# Trusted

DIFFERENCES = {
    "duplicate-key": '{"entity":{"action":1,"chatType":1,"sender":"a","sender":"b"}}',
    "skipped-utf8": '{"entity":{"action":1,"chatType":1,"sender":"a","nickname":"\udcff"}}',
    "skipped-number": '{"entity":{"action":1,"chatType":1,"sender":"a","k":1e400}}',
    "skipped-depth": '{"entity":{"action":1,"chatType":1,"sender":"a","k":' + "[" * 600 + "]" * 600 + "}}",
}


@pytest.mark.parametrize("rule", fast.TRUSTED_DIFFERENCES)
def test_each_difference_of_a_trusted_decoder_occurs(rule: str) -> None:
    """For each row of the table, a trusted decoder gives another Route for some text; the table is complete."""
    raw = DIFFERENCES[rule].encode("utf-8", "surrogateescape")
    assert STRICT.route(raw, now=NOW) != TRUSTED.route(raw, now=NOW)
    assert DIFFERENCES.keys() == fast.TRUSTED_DIFFERENCES.keys()


@pytest.mark.parametrize(
    "text",
    [
        TEXTS[0].replace('"sender"', '"sender":"x","sender"', 1),
        TEXTS[0].replace('"sender"', '"sender":"x","s\\u0065nder"', 1),
        TEXTS[0].replace("你好", "\\u0022\\u0022").replace('"version":1', '"version":1,"version":1'),
        TEXTS[6].replace('\\"room_id\\"', '\\"room_id\\":1,\\"room_id\\"'),
        TEXTS[6].replace('\\"room_id\\"', '\\"room_id\\":1,\\"r\\\\u006fom_id\\"'),
        TEXTS[6].replace('\\"room_id\\"', '\\"call_id\\":\\"x\\",\\"room_id\\"'),
        TEXTS[1].replace('"fcmPushType"', '"fcmPushType":2,"fcmPushType"'),
    ],
)
def test_repeated_keys_with_escapes_are_refused(text: str) -> None:
    """A repeated key of an ext or a content is refused by default, also if quotes are escapes; the Route has the first value."""
    with pytest.raises(pc.DecodeError, match="PC105"):
        STRICT.decode(text)
    assert STRICT.route(text, now=NOW) == receive({"custom": text}, now=NOW)


# Lines

BLOB = "\n".join([TEXTS[0], "{", "", TEXTS[5], '{"entity":1}', TEXTS[6]]).encode()


def chunked(size: int) -> Iterable[bytes]:
    """The blob in chunks of `size` bytes."""
    return [BLOB[start : start + size] for start in range(0, len(BLOB), size)]


SOURCES: dict[str, Callable[[], Any]] = {
    "bytes": lambda: BLOB,
    "a line feed at the end": lambda: BLOB + b"\n",
    "file": lambda: io.BytesIO(BLOB),
    "raw file": lambda: Raw(BLOB),
    "chunks": lambda: chunked(7),
    "chunks and empty ones": lambda: [b"", *chunked(100), b""],
    "one chunk": lambda: iter([BLOB]),
}


class Raw(io.RawIOBase):
    """An unbuffered file."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._data.readinto(buffer)


@BOTH
@pytest.mark.parametrize("source", SOURCES)
def test_each_line_has_a_result(decoder: fast.Decoder, source: str) -> None:
    """Every source gives one result for each line; a bad line has its number and its offset."""
    results = list(decoder.decode_lines(SOURCES[source]()))
    bad = [result for result in results if isinstance(result, fast.BadLine)]
    assert [line.line_number for line in bad] == [2, 5]
    assert [BLOB[line.byte_offset :].partition(b"\n")[0] for line in bad] == [b"{", b'{"entity":1}']
    assert [line.error.violations[0].code for line in bad] == ["PC101", "PC301"]
    assert [results[index] for index in (0, 2, 4)] == [STRICT.decode(TEXTS[index]) for index in (0, 5, 6)]
    routes: list[Route] = list(decoder.route_lines(SOURCES[source](), now=NOW))
    assert routes == [STRICT.route(line, now=NOW) for line in BLOB.split(b"\n") if line.strip()]


PLAIN = [text for text in TEXTS if TRUSTED.is_certainly_valid(text)]


class OnlyLines:
    """A source that has only `readline` and iteration over lines."""

    def __init__(self, data: bytes) -> None:
        self._lines = io.BytesIO(data)

    def readline(self, size: int = -1) -> bytes:
        return self._lines.readline(size)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._lines)


@BOTH
@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n"])
@pytest.mark.parametrize(
    "doubtful",
    [
        "",
        "{",
        '{"entity":\n{"action":1,"chatType":1,"sender":"a"}}',
        '{"entity":{"action":1,"chatType":3,"sender":"a"}}',
        '{"entity":{"action":2,"chatType":2,"sender":"a","content":"{}","sendTime":1}}',
        f"{PLAIN[0]}{PLAIN[0]}",
        f"{PLAIN[0]},",
        f"{PLAIN[0]}\r{PLAIN[0]}",
        f"{PLAIN[0]} {PLAIN[0]}\n",
        f'{PLAIN[0]}{{"entity":\n{{"action":1,"chatType":1,"sender":"a"}}}}',
        f"[{PLAIN[0]}]",
        "\ufeff" + PLAIN[0],
    ],
)
@pytest.mark.parametrize("open_source", [bytes, io.BytesIO, OnlyLines], ids=["bytes", "file", "lines only"])
def test_a_doubtful_line_changes_no_other_line(
    decoder: fast.Decoder, open_source: Callable[[bytes], Any], doubtful: str, end: str
) -> None:
    """Each of many plain lines has the Route that it has alone, also if a value is longer or shorter than a line."""
    many = "\n".join(PLAIN * 100)
    assert len(many) > CHUNK
    blob = f"{many}\n{doubtful}\n{many}{end}".encode()
    lines = blob.removesuffix(b"\n").split(b"\n")
    routes = {line: decoder.route(line, now=NOW) for line in set(lines)}
    assert list(decoder.route_lines(open_source(blob), now=NOW)) == [routes[line] for line in lines if line.strip()]


def test_a_line_over_the_limit_is_not_kept() -> None:
    """A line of many megabytes is one bad line; the lines after it have the correct offsets."""
    limits = Limits(max_bytes=1000)
    chunks = [b"x" * CHUNK] * 20 + [b"\n", b"{\n", b"y" * 2000]
    results = list(fast.Decoder(limits=limits).decode_lines(iter(chunks)))
    assert [(line.line_number, line.byte_offset) for line in results if isinstance(line, fast.BadLine)] == [
        (1, 0),
        (2, 20 * CHUNK + 1),
        (3, 20 * CHUNK + 3),
    ]
    codes = [line.error.violations[0].code for line in results if isinstance(line, fast.BadLine)]
    assert codes == ["PC110", "PC101", "PC110"]
    assert [line.text for line in lines_within(b"ab\nabc\nabcd\n", 3)] == [b"ab", b"abc", b"abcd"]


def test_eight_threads_share_a_decoder() -> None:
    """They get the answers that one thread gets."""
    expected = [STRICT.route(text, now=NOW) for text in TEXTS]
    wrong: list[int] = []

    def work() -> None:
        for _ in range(200):
            if [STRICT.route(text, now=NOW) for text in TEXTS] != expected:
                wrong.append(1)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_clean_path_loads_neither_pydantic_nor_jsonschema(tmp_path: Path) -> None:
    """Decoding a valid payload imports msgspec only."""
    use = f"import sys, pushcodec.fast as f; f.Decoder().decode({TEXTS[0]!r})"
    code = use + "; print('pydantic' in sys.modules, 'jsonschema' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.split() == ["False", "False"]
    assert json.loads(TEXTS[0])["entity"]["action"] == 1
