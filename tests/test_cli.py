"""The command line: its output, the stream of each output, and the exit status."""

from __future__ import annotations

import gc
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pushcodec import schemafiles
from pushcodec.cli import main
from pushcodec.cli.commands import decode
from pushcodec.cli.taps import tapped_exts
from pushcodec.clients.ios.outcomes import OpenC2CChat, UnroutedChat
from pushcodec.clients.ios.routing import route
from pushcodec.clients.table import REFERENCE
from pushcodec.jsontext.values import ABSENT

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
APNS = " (iOS reads 'ext', as APNs carries it, in the place of 'custom')"
CHAT = '{"entity":{"action":1,"chatType":1,"sender":"alice"}}'


@pytest.fixture
def chat(tmp_path: Path) -> str:
    """A file with a valid ext."""
    file = tmp_path / "chat.json"
    file.write_text(CHAT)
    return str(file)


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the content of standard input."""

    def give(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return give


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Runs a command; returns its exit status, standard output and standard error."""
    status = main(list(arguments))
    captured = capsys.readouterr()
    return status, captured.out, captured.err


# decode and encode


def test_decode_shows_the_ext(capsys: pytest.CaptureFixture[str], chat: str) -> None:
    """`decode` prints the ext, indented, and exits 0."""
    status, out, err = run(capsys, "decode", chat)
    assert (status, err) == (0, "")
    assert json.loads(out) == json.loads(CHAT)
    assert "\n  " in out


def test_decode_as_json_names_file_and_form(capsys: pytest.CaptureFixture[str], chat: str) -> None:
    """`decode --json` prints one object for each file."""
    assert (
        run(capsys, "decode", "--json", chat, chat)[1].splitlines()
        == [json.dumps({"file": chat, "form": "ext", "pointers": [""], "ext": json.loads(CHAT)})] * 2
    )


def test_decode_unfolds_a_call_and_encode_folds_it(capsys: pytest.CaptureFixture[str], stdin: Any) -> None:
    """`decode` shows the content of a call as an object, and `encode` returns the original text from that."""
    sample = SAMPLES / "valid" / "call-c2c-ios.json"
    shown = run(capsys, "decode", str(sample))[1]
    assert json.loads(shown)["entity"]["content"]["invited_list"] == ["bob"]
    stdin(shown.encode())
    status, out, _ = run(capsys, "encode")
    assert (status, out) == (0, sample.read_text())


def test_encode_takes_content_as_text_too(capsys: pytest.CaptureFixture[str]) -> None:
    """`encode` normalises the text of an ext; with `--json` it prints an object."""
    sample = str(SAMPLES / "valid" / "chat-c2c-ios-pretty.json")
    status, out, _ = run(capsys, "encode", sample, "--json")
    text = json.loads(out)["text"]
    assert (status, json.loads(text)) == (0, json.loads(Path(sample).read_text()))
    assert "\n" not in text


@pytest.mark.parametrize("document", ["[]", "{}", '{"entity":[]}', '{"entity":{"content":{}}}', "{"])
def test_encode_refuses_other_documents(capsys: pytest.CaptureFixture[str], stdin: Any, document: str) -> None:
    """`encode` names the violations on standard error and exits 1."""
    stdin(document.encode())
    status, out, err = run(capsys, "encode", "-")
    assert (status, out) == (1, "")
    assert err.startswith("-: PC")


def test_decode_points_into_the_notification(capsys: pytest.CaptureFixture[str]) -> None:
    """The pointers of a violation of the ext begin at the root of the file, and the exit status is 1."""
    sample = str(SAMPLES / "invalid" / "notification-tpns-three-layers.json")
    status, out, err = run(capsys, "decode", sample)
    assert (status, out) == (1, "")
    assert f"{sample}: PC301 wrong-type at /custom -> /entity/content -> /timeout: expected an integer" in err
    status, out, err = run(capsys, "decode", "--json", sample)
    assert (status, err) == (1, "")
    assert {"pointer": "/custom", "embedded": ["/entity/content", "/timeout"]}.items() <= json.loads(out)["violations"][1].items()


def test_decode_takes_the_carrier_by_name(capsys: pytest.CaptureFixture[str], chat: str) -> None:
    """`--carrier` names the form that the document must have."""
    assert run(capsys, "decode", "--carrier", "ext", chat)[0] == 0
    status, _, err = run(capsys, "decode", "--carrier", "tpns", chat)
    assert (status, "PC401" in err) == (1, True)


def test_control_characters_are_not_printed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Control characters of payloads and file names are escaped; other characters are printed."""
    file = tmp_path / "a\x1b[31m.json"
    file.write_text(json.dumps({"entity": {"action": 1, "chatType": 1, "sender": "小红\x1b[2J\x7f\u202e\x9b"}}))
    for command in ("decode", "validate", "route"):
        out = run(capsys, command, str(file))[1]
        assert all(character.isprintable() or character == "\n" for character in out)
    assert "小红" in run(capsys, "decode", str(file))[1]
    assert "\x1b" not in run(capsys, "decode", str(file) + "x")[2]


# validate


def test_validate_names_every_violation(capsys: pytest.CaptureFixture[str]) -> None:
    """`validate` prints each violation of each file, and the kind of a valid one, and exits 1."""
    good = str(SAMPLES / "valid" / "chat-c2c.json")
    bad = str(SAMPLES / "invalid" / "call-without-room-id-and-timeout.json")
    status, out, err = run(capsys, "validate", good, bad)
    assert (status, err) == (1, "")
    assert out.splitlines() == [
        f"{good}: a valid ext",
        f"{bad}: PC302 missing-key at /entity/content -> (text): required key 'room_id' is missing",
        f"{bad}: PC302 missing-key at /entity/content -> (text): required key 'timeout' is missing",
    ]


@pytest.mark.parametrize("sample", sorted((SAMPLES / "valid").iterdir()), ids=lambda path: path.name)
def test_valid_samples_are_valid(capsys: pytest.CaptureFixture[str], sample: Path) -> None:
    """Every sample under valid/ is valid as the kind that is recognised, and can be decoded."""
    assert run(capsys, "validate", str(sample))[0] == 0
    assert run(capsys, "decode", str(sample))[0] == 0


@pytest.mark.parametrize("sample", sorted((SAMPLES / "invalid").iterdir()), ids=lambda path: path.name)
def test_invalid_samples_are_invalid(capsys: pytest.CaptureFixture[str], sample: Path) -> None:
    """Every sample under invalid/ is refused by `validate` and by `decode`."""
    assert run(capsys, "validate", str(sample))[0] == 1
    assert run(capsys, "decode", str(sample))[0] == 1


def test_validate_as_json_and_by_kind(capsys: pytest.CaptureFixture[str], stdin: Any) -> None:
    """`--kind` names the schema; `--json` prints what the document is, the verdict and the violations as data."""
    stdin(b'{"0":""}')
    status, out, _ = run(capsys, "validate", "--kind", "account-binding", "--json")
    assert status == 1
    assert json.loads(out) == {
        "file": "-",
        "kind": "account-binding",
        "form": "account-binding",
        "exts": [],
        "valid": False,
        "violations": [
            {"code": "PC304", "name": "empty-string", "pointer": "/0", "embedded": [], "message": "expected a non-empty string"}
        ],
    }
    stdin(b"[0]")
    assert json.loads(run(capsys, "validate", "--kind", "account-binding", "--json")[1])["valid"] is True


def test_a_text_that_is_not_json_is_validated_as_an_ext(capsys: pytest.CaptureFixture[str], stdin: Any) -> None:
    """`validate` prints a violation and exits 1."""
    stdin(b"\xff\xfe{")
    status, out, _ = run(capsys, "validate")
    assert (status, out.split()[1]) == (1, "PC103")


# route


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("valid/chat-c2c.json", (0, 'ext: c2c_chat: opens the chat with "alice"')),
        ("valid/chat-group-minimal.json", (0, 'ext: group_chat: opens the chat of group "@TGS#2WALRUSX"')),
        ("valid/oppo-entity.json", (0, 'entity: c2c_chat: opens the chat with "alice"')),
        ("valid/call-c2c-ios.json", (0, "ext: call_ignored_c2c: left to the call kit once the app runs")),
        (
            "valid/notification-legacy-group-call.json",
            (0, 'notification below iOS 10: group_call: rings, a call in group "@TGS#2WALRUSX" from "alice"'),
        ),
        (
            "valid/notification-tpns-group-call.json",
            (0, 'TPNS notification -> /custom: group_call: rings, a call in group "@TGS#2WALRUSX" from "alice"'),
        ),
        ("valid/notification-apns-chat.json", (0, f'APNs notification -> /ext: c2c_chat: opens the chat with "alice"{APNS}')),
        ("invalid/call-without-send-time.json", (0, "ext: call_expired: nothing rings, 1706601609 s old with a timeout of 30 s")),
        (
            "invalid/call-content-not-json.json",
            (1, "ext: call_no_content: nothing rings, content is absent or not the JSON text of an object"),
        ),
        ("invalid/call-without-room-id-and-timeout.json", (0, "ext: call_expired: nothing rings, 9 s old with a timeout of 0 s")),
        ("invalid/entity-as-text.json", (1, "ext: crash: entity is a string, expected an object")),
        ("invalid/ext-not-json.json", (1, "ext: ignored: custom is not the JSON text of an object")),
    ],
)
def test_route_shows_what_the_client_does(capsys: pytest.CaptureFixture[str], sample: str, expected: tuple[int, str]) -> None:
    """`route` describes the outcome, and exits 1 if the client crashes or does nothing because of a fault of the payload."""
    file = str(SAMPLES / sample)
    status, out, err = run(capsys, "route", "--now", "1706601609", file)
    assert (status, out, err) == (expected[0], f"{file}: {expected[1]}\n", "")


def test_route_as_json_and_by_the_clock(capsys: pytest.CaptureFixture[str], chat: str) -> None:
    """`--json` prints outcome and detail. Without `--now` the clock of the machine is used. `--logged-out` defers to the login."""
    status, out, _ = run(capsys, "route", "--json", "--logged-out", chat)
    assert (status, json.loads(out)["outcome"], json.loads(out)["detail"]["handled_now"]) == (0, "c2c_chat", False)
    call = str(SAMPLES / "valid" / "call-group-android.json")
    assert run(capsys, "route", call)[1].startswith(f"{call}: ext: call_expired: nothing rings, ")


def test_route_uses_the_reader_of_the_client() -> None:
    """Files are read with the client's tolerant reader, below iOS 10 as the dictionary itself, and any bytes have a route."""
    trailing_comma = tapped_exts(b'{"entity":{"action":1,"chatType":1,"sender":"a",},}')[0]
    assert trailing_comma.outcome(REFERENCE, now=0) == OpenC2CChat("a", True)
    assert tapped_exts(b"\xff")[0].outcome(REFERENCE, now=0).outcome == "ignored"
    below_ios_10 = tapped_exts(b"5")[0].outcome(REFERENCE, now=0, ios10=False)
    assert below_ios_10.to_dict()["detail"]["reason"] == "legacy_payload_not_a_dictionary"
    assert tapped_exts(b'{"action":1,"chatType":1}')[0].outcome(REFERENCE, now=0) == OpenC2CChat(ABSENT, True)


def test_route_words_for_every_outcome() -> None:
    """Stored values that are not strings are named by their type, a crash by its absent key, a call from the future as ahead."""
    assert REFERENCE.describe(OpenC2CChat(None, False)) == "c2c_chat: opens the chat with <null>, after login"
    assert REFERENCE.describe(UnroutedChat(True)) == "chat_unrouted: opens nothing, chatType is neither 1 nor 2"
    content = '{"timeout":30}'
    call: dict[str, Any] = {"action": 2, "chatType": 2, "content": content, "sendTime": 10}
    assert REFERENCE.describe(route(call, now=10)) == "crash: room_id is absent from content"
    assert REFERENCE.describe(route(call, now=9)) == "call_expired: nothing rings, sent 1 s ahead of the phone's clock"


@pytest.mark.parametrize("now", ["-1", "1.5", "", "١", "9" * 21])
def test_route_takes_unix_seconds_only(capsys: pytest.CaptureFixture[str], now: str) -> None:
    """A `--now` that is not a non-negative integer is a usage error: exit 2."""
    assert main(["route", f"--now={now}"]) == 2
    assert "expected unix seconds" in capsys.readouterr().err


# schema


def test_schema_prints_and_lists(capsys: pytest.CaptureFixture[str]) -> None:
    """`schema NAME` prints the schema, `schema` lists the names, an unknown name is a usage error."""
    assert json.loads(run(capsys, "schema", "call-entity")[1]) == schemafiles.schema("call-entity")
    assert run(capsys, "schema")[1].split() == list(schemafiles.NAMES)
    assert main(["schema", "nothing"]) == 2


@pytest.mark.parametrize("name", schemafiles.NAMES)
def test_schema_prints_bundles(capsys: pytest.CaptureFixture[str], name: str) -> None:
    """`schema NAME --bundle` prints the self-contained schema; it needs a name."""
    status, printed, _ = run(capsys, "schema", name, "--bundle")
    assert (status, json.loads(printed)) == (0, schemafiles.schema(name, bundle=True))
    assert run(capsys, "schema", "--bundle")[0] == 2


# The garbage collector


@pytest.mark.parametrize("was_enabled", [True, False])
def test_the_garbage_collector_is_restored(capsys: pytest.CaptureFixture[str], was_enabled: bool) -> None:
    """The collector is off while a command is loaded. After `main` it is on or off as before."""
    (gc.enable if was_enabled else gc.disable)()
    try:
        assert main(["--version"]) == 0
        assert gc.isenabled() is was_enabled
        assert run(capsys, "schema")[0] == 0
        assert gc.isenabled() is was_enabled
    finally:
        gc.enable()


# Errors


def test_a_missing_file_does_not_stop_the_others(capsys: pytest.CaptureFixture[str], chat: str, tmp_path: Path) -> None:
    """A file that can't be read has one line on standard error, and the exit status is 2. The other files are decoded."""
    missing = str(tmp_path / "missing.json")
    status, out, err = run(capsys, "validate", missing, chat)
    assert (status, out) == (2, f"{chat}: a valid ext\n")
    assert err == f"pushcodec: {missing}: No such file or directory\n"
    (tmp_path / "empty").mkdir()
    assert run(capsys, "decode", str(tmp_path / "empty"))[0] == 2
    assert run(capsys, "route", "--cases", missing)[::2] == (2, f"pushcodec: {missing}: No such file or directory\n")


def test_a_large_file_is_refused_without_being_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A file over the limit has a violation."""
    file = tmp_path / "large.json"
    with file.open("wb") as sink:
        sink.truncate(2**40)
    status, out, _ = run(capsys, "validate", str(file))
    assert (status, out.split()[1]) == (1, "PC110")


def test_an_interrupt_prints_no_traceback(monkeypatch: pytest.MonkeyPatch, chat: str) -> None:
    """Control-C ends the command with exit 2."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(decode, "for_each", interrupt)
    assert main(["decode", chat]) == 2


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["validate", "--kind", "nonsense"]])
def test_a_wrong_usage_exits_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong command line exits 2 and prints the usage."""
    assert main(arguments) == 2
    assert "usage: pushcodec" in capsys.readouterr().err


def test_the_module_runs() -> None:
    """`python -m pushcodec` runs the command line."""
    version = subprocess.run([sys.executable, "-m", "pushcodec", "--version"], capture_output=True, check=True)
    assert version.stdout.startswith(b"pushcodec 0.")
