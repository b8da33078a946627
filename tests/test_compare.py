"""The comparison of clients: effects in common terms, differences that no payload can avoid, and `pushcodec compare`."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mutants import mutants, originals
from payloads import c2c_call, c2c_chat, c2c_content, compact, group_call, group_chat, group_content, without
from support import PICKLE_PROTOCOLS, through_pickle, untraced

import pushcodec as pc
from pushcodec.cli import main
from pushcodec.cli.taps import tapped_exts
from pushcodec.clients.comparison import Comparison, compare, simulate
from pushcodec.clients.effects import EffectKind, Unavoidable
from pushcodec.clients.table import CLIENTS

ROOT = Path(__file__).parents[1]
SENT = 1706601600
NOW = SENT + 9
FIRST = ("ios-6.0", "android-6.0")


def ext(entity: Any, **beside: Any) -> str:
    return compact({"entity": entity, **beside})


def group(content: Any = None, **changes: Any) -> str:
    return ext(group_call(content, **{"sendTime": SENT, **changes}))


def kinds(text: str | bytes, now: int = NOW, clients: tuple[str, ...] = FIRST) -> tuple[str, ...]:
    return tuple(effect.kind for effect in compare(text, now=now, clients=clients).effects.values())


# Every class of disagreement, iOS 6.0 against Android 6.0

CHAT = ext(c2c_chat(sender="alice"))
DISAGREEMENTS: dict[str, tuple[str, tuple[str, str]]] = {
    "action absent": (ext(without(c2c_chat(), "action")), ("nothing", "opens C2C chat")),
    "chatType absent": (ext(without(c2c_chat(), "chatType")), ("nothing", "opens C2C chat")),
    "action null": (ext(c2c_chat(action=None)), ("crash", "opens C2C chat")),
    "chatType null": (ext(c2c_chat(chatType=None)), ("crash", "opens C2C chat")),
    "version 2": (ext(c2c_chat(version=2)), ("opens C2C chat", "toast")),
    "action true": (ext(c2c_chat(action=True)), ("opens C2C chat", "nothing")),
    "action 1.5": (ext(c2c_chat(action=1.5)), ("opens C2C chat", "nothing")),
    "action 1abc": (ext(c2c_chat(action="1abc")), ("opens C2C chat", "nothing")),
    "action 4294967297": (ext(c2c_chat(action=4294967297)), ("opens C2C chat", "nothing")),
    "sender a number": (ext(c2c_chat(sender=12)), ("crash", "opens C2C chat")),
    "wrong type in nickname": (ext(c2c_chat(nickname=[])), ("opens C2C chat", "nothing")),
    "wrong type in faceUrl": (ext(c2c_chat(faceUrl={})), ("opens C2C chat", "nothing")),
    "trailing comma": (CHAT[:-1] + ",}", ("opens C2C chat", "nothing")),
    "single quotes": (CHAT.replace('"', "'"), ("nothing", "opens C2C chat")),
    "comments": ("/* hi */" + CHAT, ("nothing", "opens C2C chat")),
    "bare names": (CHAT.replace('"entity"', "entity"), ("nothing", "opens C2C chat")),
    "call with chatType 1 and a group_id": (group(chatType=1), ("nothing", "rings")),
    "content not JSON": (group(chatType=2).replace('"content":"{', '"content":"!{'), ("nothing", "crash")),
    "content an object": (ext({**group_call(sendTime=SENT), "content": group_content()}), ("crash", "nothing")),
    "room_id absent": (group(without(group_content(), "room_id")), ("crash", "rings")),
    "room_id 2147483648": (group(group_content(room_id=2147483648)), ("rings", "crash")),
    "age equals timeout": (group(group_content(timeout=9)), ("rings", "nothing")),
    "sendTime one second ahead": (group(sendTime=NOW + 1), ("nothing", "rings")),
    "sendTime in milliseconds": (group(sendTime=SENT * 1000), ("nothing", "rings")),
    "timeout -1": (group(group_content(timeout=-1)), ("rings", "nothing")),
}


@pytest.mark.parametrize(("text", "effects"), DISAGREEMENTS.values(), ids=DISAGREEMENTS)
def test_each_class_of_disagreement(text: str, effects: tuple[str, str]) -> None:
    """Both clients have the expected effects and disagree, except at the edge of the timeout, which no payload can avoid."""
    found = compare(text, now=NOW, clients=FIRST)
    assert kinds(text) == effects
    assert found.agree is (found.unavoidable == (Unavoidable.TIMEOUT_EDGE,))
    assert found.agree is (text == DISAGREEMENTS["age equals timeout"][0])
    assert list(found.crashes) == [name for name, kind in zip(FIRST, effects, strict=True) if kind == "crash"]


# Agreement


@pytest.mark.parametrize("entity", [c2c_chat(), group_chat()], ids=["c2c", "group"])
def test_all_clients_agree_on_a_valid_chat(entity: dict[str, Any]) -> None:
    """It opens the same chat on all clients."""
    found = compare(ext(entity), now=NOW)
    assert found.agree
    assert found.unavoidable == ()
    assert {effect.chat_id for effect in found.effects.values()} == {entity["sender"]}


def test_a_valid_group_call_rings_on_6_0_only() -> None:
    """The same call rings on both clients of 6.0. From 6.1 on it does nothing, which no payload can avoid."""
    found = compare(group(), now=NOW)
    assert [effect.kind for effect in found.effects.values()] == ["rings", "nothing", "rings", "nothing", "nothing"]
    assert (found.agree, found.unavoidable) == (True, (Unavoidable.CALL_FROM_6_1,))
    assert {effect.call_id for effect in found.effects.values() if effect.kind is EffectKind.RINGS} == {group_content()["call_id"]}


def test_a_c2c_call_does_nothing_or_opens_the_main_screen() -> None:
    """iOS does nothing, Android opens the main screen. No payload can avoid this difference; a group id adds another one."""
    plain = ext(c2c_call(c2c_content(group_id=""), sendTime=SENT))
    assert kinds(plain) == ("nothing", "main screen")
    assert compare(plain, now=NOW, clients=FIRST).unavoidable == (Unavoidable.C2C_CALL,)
    assert compare(plain, now=NOW).agree
    assert not compare(ext(c2c_call(c2c_content(group_id="@g"), sendTime=SENT)), now=NOW).agree
    assert not compare(ext(c2c_call(sendTime=SENT, version=2)), now=NOW).agree


def test_other_ids_are_a_disagreement() -> None:
    """Both clients open a chat, but one takes the first of duplicate keys, the other the last."""
    text = CHAT.replace('"sender":"alice"', '"sender":"alice","sender":"bob"')
    assert kinds(text) == ("opens C2C chat", "opens C2C chat")
    assert not compare(text, now=NOW).agree


def test_bytes_that_are_not_utf8() -> None:
    """iOS reads no text, Android reads replacement characters."""
    text = CHAT.encode().replace(b"alice", b"al\xffice")
    assert kinds(text) == ("nothing", "opens C2C chat")
    assert simulate(text, "android-7.9", now=NOW).chat_id == "al\ufffdice"
    steps: list[str] = []
    simulate(text, "ios-6.1", now=NOW, trace=lambda step, _: steps.append(step))
    assert steps == ["receive 4"]


def test_the_step_is_the_one_that_decided() -> None:
    """Each effect names a step of its client's table, and the trace ends with it."""
    for text in [*(text for text, _ in DISAGREEMENTS.values()), CHAT, group(), "", "null", "{}"]:
        for name, client in CLIENTS.items():
            steps: dict[str, Any] = {}
            effect = simulate(text, name, now=NOW, trace=steps.__setitem__)
            assert effect.step == list(steps)[-1]
            assert effect.step in client.steps


def test_a_chat_whose_stored_id_is_empty_opens_nothing() -> None:
    """The effect includes the steps after routing: an empty id opens no chat, an invitation without call_id no call."""
    assert kinds(ext(c2c_chat(sender=""))) == ("nothing", "nothing")
    assert kinds(group(group_content(call_id=""))) == ("nothing", "rings")


def test_a_client_shows_its_name() -> None:
    """In the interpreter, and in the messages of pytest."""
    assert repr(CLIENTS["android-7.9"]) == "<AndroidClient android-7.9>"


@pytest.mark.parametrize("now", [-1, 1.5, "1"])
def test_the_clock_is_checked(now: Any) -> None:
    """`now` must be a non-negative int."""
    with pytest.raises((TypeError, ValueError), match="now must"):
        simulate("{}", "android-6.0", now=now)


def test_an_unknown_client_is_refused() -> None:
    """The message lists the known clients."""
    with pytest.raises(ValueError, match=r"no client is .windows-1\.0.: expected one of ios-6\.0, "):
        compare("{}", now=0, clients=["windows-1.0"])


@pytest.mark.parametrize("ext", [None, {}, [], 1, bytearray(b"{}")])
def test_a_value_that_is_no_text_is_a_type_error(ext: Any) -> None:
    """The message names the type."""
    with pytest.raises(TypeError, match=f"^expected a text as str or bytes, got {type(ext).__name__}$"):
        compare(ext, now=0)


def test_an_empty_list_of_clients_is_an_error() -> None:
    """A comparison needs a client."""
    with pytest.raises(ValueError, match=r"^expected the name of one client at least$"):
        compare("{}", now=0, clients=[])


def test_route_reports_what_follows_the_route(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """If the app then crashes or does nothing, the line says so, and the exit status is 1."""
    (files / "x.json").write_text(DISAGREEMENTS["sender a number"][0])
    assert main(["route", "x.json"]) == 1
    assert capsys.readouterr().out == (
        "x.json: ext: c2c_chat: opens the chat with <number>; but the app crashes: sender is not a string\n"
    )
    (files / "x.json").write_text(ext(c2c_chat(sender="")))
    assert main(["route", "x.json"]) == 1
    assert capsys.readouterr().out.endswith('"; but nothing opens: sender is empty or absent\n')


def test_the_public_names() -> None:
    """`pc.simulate` and `pc.compare` are these functions; results can be pickled and written as JSON."""
    assert (pc.simulate, pc.compare, pc.Effect, pc.Comparison) == (
        simulate,
        compare,
        type(simulate("", "ios-6.0", now=0)),
        Comparison,
    )
    found = pc.compare(group(), now=NOW)
    for protocol in PICKLE_PROTOCOLS:
        assert through_pickle(found, protocol) == found
    shown = json.loads(json.dumps(found.to_dict()))
    assert (shown["agree"], shown["unavoidable"], list(shown["clients"])) == (True, ["call-from-6.1"], list(CLIENTS))
    rings = shown["clients"]["android-6.0"]
    assert (rings["effect"], rings["step"], rings["outcome"]) == ("rings", "android 14", "group_call")
    assert (rings["chat_id"], rings["call_id"]) == (group_content()["group_id"], group_content()["call_id"])


TIMED = """
import json, sys, time
from pushcodec import compare
texts = sys.stdin.buffer.read().splitlines()
def load():
    for text in texts:
        try:
            json.loads(text)
        except ValueError:
            pass
def compare_all():
    for text in texts:
        compare(text, now=1706601609)
def seconds(work):
    start = time.process_time()
    work()
    return time.process_time() - start
rounds = [(seconds(compare_all), seconds(load)) for _ in range(5)]
compared, loaded = map(min, zip(*rounds))
print(compared / loaded, len(texts) / compared)
"""
MOST = 120


def test_comparing_is_fast(report_figure: Callable[[str], None]) -> None:
    """All clients on payloads and mutants, as a multiple of `json.loads` in the same run, independent of the machine's speed."""
    texts = [text.replace(b"\n", b" ") for text in (*originals() * 10, *mutants(350, seed=1))]
    ratio, rate = untraced(TIMED, b"\n".join(texts))
    report_figure(f"compare: {rate:.0f} texts a second over {len(CLIENTS)} clients, {ratio:.0f} times json.loads, of {MOST}")
    assert ratio <= MOST


def test_compare_needs_a_client(capsys: pytest.CaptureFixture[str]) -> None:
    """An empty list is a usage error; it does not mean all clients."""
    assert main(["compare", "--clients="]) == 2
    assert "one client at least" in capsys.readouterr().err


# The ext of a file


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b'{"aps":{},"custom":"{}"}', "{}"),
        (b'{"aps":{},"ext":"{}"}', "{}"),
        (b'{"action":1,"sender":"a"}', '{"entity":{"action":1,"sender":"a"}}'),
        (b'[{"ext":"{}","userID":"a"}]', "{}"),
        (b"{'entity':1}", "{'entity':1}"),
        (b"\xff", b"\xff"),
    ],
)
def test_the_ext_of_a_file(data: bytes, text: str | bytes) -> None:
    """The text in a notification, a bare entity with `entity` around it, and any other text unchanged."""
    assert tapped_exts(data)[0].tap(now=0).ext == text


def test_every_outcome_has_words() -> None:
    """The words of an Android outcome contain ids as printable text."""
    texts = {
        "ignored": "",
        "c2c_chat": ext(c2c_chat(sender="a\x1b")),
        "group_chat": ext(group_chat()),
        "chat_unrouted": ext(c2c_chat(chatType=3)),
        "low_version_toast": ext(c2c_chat(version=2)),
        "call_no_content": group().replace('"content":', '"content":null,"x":'),
        "call_expired": group(sendTime=1),
        "call_main_screen": ext(c2c_call(sendTime=SENT)),
        "group_call": group(),
        "crash": DISAGREEMENTS["content not JSON"][0],
    }
    android = CLIENTS["android-6.0"]
    taken = {name: tapped_exts(text.encode())[0].outcome(android, now=NOW) for name, text in texts.items()}
    taken["nothing"] = tapped_exts(group().encode())[0].outcome(CLIENTS["android-7.9"], now=NOW)
    for name, outcome in taken.items():
        assert outcome.outcome == name
        assert android.describe(outcome).startswith(f"{name}: ")
        assert android.describe(outcome).isprintable()
    assert android.describe(taken["c2c_chat"]) == 'c2c_chat: opens the chat with "a\\x1b"'
    assert {name for name, outcome in taken.items() if not android.is_lost(outcome)} == {
        *("c2c_chat", "group_chat", "call_expired", "call_main_screen", "group_call"),
    }


# The command


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "chat.json").write_text(CHAT)
    (tmp_path / "call.json").write_text(group())
    (tmp_path / "bad.json").write_text(ext(c2c_chat(version=2)))
    (tmp_path / "many.ndjson").write_text(f"{CHAT}\n\n{DISAGREEMENTS['sender a number'][0]}\n")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    status = main(["compare", f"--now={NOW}", *arguments])
    return status, capsys.readouterr().out.splitlines()


def test_compare_is_a_table(capsys: pytest.CaptureFixture[str], files: Path) -> None:
    """One row for each payload, one column for each client, and lines with the outcomes that disagree."""
    status, (head, chat, call, why) = run(capsys, "chat.json", "call.json")
    assert status == 0
    assert head.split() == ["iOS", "6.0", "iOS", "6.1", "Android", "6.0", "Android", "6.1", "Android", "7.9", "agree", "ext", "in"]
    assert chat.split("  ")[0].startswith("chat.json opens C2C chat")
    assert call.endswith("yes   ext")
    assert why == "  from 6.1 there is no branch for calls: a tap does nothing"
    assert run(capsys, "bad.json", "--clients=ios-6.0,android-6.0,android-7.9") == (
        1,
        [
            "         iOS 6.0          Android 6.0      Android 7.9      agree ext in",
            "bad.json opens C2C chat   toast            toast            no    ext",
            '  iOS 6.0: c2c_chat: opens the chat with "10457"',
            "  Android 6.0, Android 7.9: low_version_toast: says that the app is too old, for version 2 and action 1",
        ],
    )


def test_compare_reads_lines(capsys: pytest.CaptureFixture[str], files: Path) -> None:
    """NDJSON is compared line by line, empty lines are skipped; one disagreement gives exit status 1."""
    status, lines = run(capsys, "many.ndjson", "--json")
    taken = [json.loads(line) for line in lines]
    assert status == 1
    assert [(line["file"], line["agree"]) for line in taken] == [("many.ndjson:1", True), ("many.ndjson:3", False)]
    assert taken[1]["clients"]["ios-6.0"]["effect"] == "crash"


def test_compare_fails_on_a_crash_that_all_agree_on(capsys: pytest.CaptureFixture[str], files: Path) -> None:
    """The exit status is 1, also if all clients crash."""
    (files / "crash.json").write_text(DISAGREEMENTS["sender a number"][0])
    assert run(capsys, "crash.json", "--clients=ios-6.0,ios-6.1")[0] == 1


def test_compare_continues_after_a_missing_file(capsys: pytest.CaptureFixture[str], files: Path) -> None:
    """A missing file gives one line on standard error and exit status 2."""
    assert main(["compare", "nothing.json", "chat.json", f"--now={NOW}"]) == 2
    out, err = capsys.readouterr()
    assert err == "pushcodec: nothing.json: No such file or directory\n"
    assert "chat.json" in out


def test_compare_reads_standard_input_with_the_clock_of_the_machine(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By default, without files and without --now."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(group(sendTime=int(time.time())).encode())))
    assert main(["compare", "--json", "--clients=android-6.0"]) == 0
    assert json.loads(capsys.readouterr().out)["clients"]["android-6.0"]["effect"] == "rings"


NO_ENTITY = compact({"url": "app://room/7"})
EXPIRED = group(sendTime=SENT - 1000)


@pytest.mark.parametrize(
    ("text", "clients", "status"),
    [
        (NO_ENTITY, "ios-6.0,ios-6.1,android-6.0,android-6.1,android-7.9", 1),
        (NO_ENTITY, "android-7.9", 1),
        (ext(c2c_chat(version=3)), "android-6.0", 1),
        (ext(c2c_chat(sender="")), "ios-6.0", 1),
        ("plain text", "ios-6.0,android-6.0", 1),
        ("7", "ios-6.1", 1),
        ("", "android-6.1", 1),
        (group().replace('"content":', '"content":null,"x":'), "ios-6.0,ios-6.1", 1),
        (group().replace('"content":', '"content":null,"x":'), "ios-6.1", 0),
        (group(), "ios-6.1,android-7.9", 0),
        (ext(c2c_call(c2c_content(group_id=""), sendTime=SENT)), "ios-6.0", 0),
        (EXPIRED, "ios-6.0,android-6.0", 0),
        (EXPIRED, "ios-6.0,android-6.0,android-6.1", 0),
    ],
)
def test_compare_fails_if_all_clients_lose_the_payload(
    capsys: pytest.CaptureFixture[str], files: Path, text: str, clients: str, status: int
) -> None:
    """For a reason that the payload could avoid, which is neither its age nor that a release has no branch for calls."""
    wrapped = compact({"aps": {}, "custom": text})
    (files / "x.json").write_text(wrapped)
    (line,) = run(capsys, "x.json", "--json", "--clients", clients)[1]
    assert json.loads(line)["lost"] is (status == 1)
    found, (_, row, *reasons) = run(capsys, "x.json", "--clients", clients)
    assert (found, row.split("  ")[-1].strip()) == (status, "TPNS notification -> /custom")
    if status:
        assert reasons[0].split(":")[0].strip().split(", ")[0] == CLIENTS[clients.split(",")[0]].title


def test_compare_names_the_place_of_each_ext(capsys: pytest.CaptureFixture[str], files: Path) -> None:
    """A row for each ext of a document, and one line for each form that has none. The exit status is the worst."""
    push = {"title": "a", "content": "b", "android": {"custom_content": CHAT}, "ios": {"custom_content": NO_ENTITY}}
    body = {"audience_type": "all", "message_type": "notify", "message": push}
    (files / "two.json").write_text(compact({"queue": [body]}))
    status, lines = run(capsys, "two.json", "--clients=ios-6.0", "--json")
    android, ios = map(json.loads, lines)
    assert (status, android["file"], android["form"]) == (1, "two.json", "tpns-push")
    assert (android["pointers"], android["lost"]) == (["/queue/0/message/android/custom_content"], False)
    assert (ios["pointers"], ios["lost"]) == (["/queue/0/message/ios/custom_content"], True)
    rows = run(capsys, "two.json", "--clients=ios-6.0")[1]
    assert rows[1].endswith("yes   TPNS push body -> /queue/0/message/android/custom_content")
    assert rows[2].endswith("yes   TPNS push body -> /queue/0/message/ios/custom_content")
    assert rows[3:] == ["  iOS 6.0: ignored: the key entity is absent"]


def test_compare_says_that_ios_reads_ext_of_an_apns_notification(capsys: pytest.CaptureFixture[str], files: Path) -> None:
    """But not if only Android is asked for."""
    (files / "apns.json").write_text(compact({"aps": {}, "ext": CHAT}))
    note = "iOS reads 'ext', as APNs carries it, in the place of 'custom'"
    assert run(capsys, "apns.json")[1][2:] == [f"  {note}"]
    assert json.loads(run(capsys, "apns.json", "--json")[1][0])["note"] == note
    assert len(run(capsys, "apns.json", "--clients=android-6.0")[1]) == 2
    assert "note" not in json.loads(run(capsys, "apns.json", "--clients=android-6.0", "--json")[1][0])


@pytest.mark.parametrize("clients", ["windows", "ios-6.0,x", "android"])
def test_an_unknown_client_is_a_usage_error(capsys: pytest.CaptureFixture[str], clients: str) -> None:
    """The message lists the known clients."""
    assert main(["compare", f"--clients={clients}"]) == 2
    assert "choose from ios-6.0, ios-6.1, android-6.0, android-6.1, android-7.9" in capsys.readouterr().err
