"""`pushcodec explain`: the steps that the client took, the values that it read, and the picture of both."""

from __future__ import annotations

import html
import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from payloads import compact, group_call, group_chat, group_content
from test_vectors import VECTORS

from pushcodec.cli import main
from pushcodec.cli.commands import explain as explain_module
from pushcodec.cli.commands.explain.tree import explain, plain_tree, seen
from pushcodec.cli.taps import tapped_exts
from pushcodec.clients.ios.routing import receive
from pushcodec.clients.ios.steps import STEPS as ALL_STEPS
from pushcodec.jsontext.values import ABSENT, Maybe

ROOT = Path(__file__).parents[1]
NOW = 1595234240
STEPS = {name: step for name, step in ALL_STEPS.items() if not name.startswith("after")}
PICTURED = ROOT / "samples" / "valid" / "notification-tpns-group-call.json"

LAST_STEPS = {
    "ignored": {"receive 1", "receive 2", "receive 4", "receive 5", "receive 6", "route 2", "route 4"},
    "c2c_chat": {"route 6"},
    "group_chat": {"route 6"},
    "chat_unrouted": {"route 7"},
    "call_ignored_c2c": {"route 8"},
    "call_no_content": {"route 11"},
    "call_expired": {"route 14"},
    "group_call": {"route 17"},
}
CRASHES = {
    "userInfo.allKeys": "pinned",
    "custom.dataUsingEncoding": "receive 3",
    "entity.allKeys": "route 1",
    "action.intValue": "route 3",
    "chatType.intValue": "route 5",
    "content.dataUsingEncoding": "route 10",
    "sendTime.integerValue": "route 12",
    "timeout.intValue": "route 13",
    "content.action.intValue": "route 15",
    "data.dictionary_literal": "route 16",
}


# Steps


def trace_of(vector: dict[str, Any]) -> list[str]:
    """The names of the steps that the mirror takes."""
    steps: list[str] = []
    receive(
        vector["user_info"],
        now=vector["now"],
        ios10=vector["ios10"],
        notification_response=vector.get("response_kind") != "dict",
        trace=lambda step, _: steps.append(step),
    )
    return steps


def test_the_last_step_decides() -> None:
    """For all vectors, the steps have the order of the contract, each occurs once, and the last one gives the outcome."""
    order = list(STEPS)
    reached = set()
    for vector in VECTORS:
        steps, expected = trace_of(vector), vector["expect"]
        reached.update(steps)
        assert [order.index(step) for step in steps] == sorted({order.index(step) for step in steps})
        if expected["outcome"] == "crash":
            assert steps[-1] == CRASHES[expected["detail"]["step"]]
        else:
            assert steps[-1] in LAST_STEPS[expected["outcome"]]
    assert reached == set(STEPS)


def test_an_explanation_has_the_values_that_the_steps_read() -> None:
    """The values are converted where the step converts them; the last step of each function is met."""
    content = group_content(timeout="30")
    found = explain(tapped_exts(compact({"entity": group_call(content, action="2")}).encode())[0], now=NOW)
    values = {taken.step: taken.value for taken in found.steps}
    assert values["route 3"] == "2"
    assert values["route 4"] == 2
    assert values["route 13"] == "30"
    assert values["route 14"] == {"now": NOW, "sendTime": 1595234231, "elapsed": 9, "timeout": 30}
    assert [taken.step for taken in found.steps if taken.met] == ["receive 7", "route 9", "route 17"]
    assert found.outcome.outcome == "group_call"


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        (b"\xff", ["receive 4"]),
        (b"5", ["receive 1", "pinned", "receive 2", "receive 3", "receive 4"]),
        (compact({"aps": {}, "ext": "{}"}).encode(), ["receive 1", "pinned", "receive 2", "receive 3", "receive 4", "receive 6"]),
        (compact(group_chat(action=7)).encode(), ["route 1", "route 2", "route 3", "route 4"]),
        (compact({"aps": {}, "entity": 1}).encode(), ["receive 5", "receive 6", "receive 7", "route 1"]),
    ],
)
def test_any_file_is_explained(text: bytes, steps: list[str]) -> None:
    """Bytes that are not UTF-8, a text that is no object, a notification of each carrier, a bare entity."""
    assert [taken.step for taken in explain(tapped_exts(text)[0], now=NOW).steps] == steps


# Words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (ABSENT, "nil"),
        (None, "null"),
        (1.0, "1.0"),
        ("a\x1b\u202e", '"a\\u001b\\u202e"'),
        ({"a": 1}, '{"a":1}'),
        ({"a": "x" * 80, "\u202e": 1}, "{a, \\u202e}"),
        ("x" * 100, '"' + "x" * 71 + "..."),
        (["x" * 100], '["' + "x" * 70 + "..."),
    ],
)
def test_a_value_is_shown_in_one_line(value: Maybe, text: str) -> None:
    """A long value is cut, a long object is shown by its keys, control characters are escaped."""
    assert seen(value) == text


def test_the_tree_as_plain_text() -> None:
    """A line for each step, below the function that it belongs to, and the outcome at the end."""
    lines = list(plain_tree("x.json", explain(tapped_exts(compact(group_chat(chatType=None)).encode())[0], now=NOW)))
    assert lines[:2] == ["x.json", "|-- route: onReceiveOfflinePushEntity"]
    assert lines[4] == "|   |--  3  int(action) fails (null, array, object)? no: 1"
    assert lines[-2:] == [
        "|   |--  5  int(chatType) fails? yes: null",
        "`-- crash: chatType is null, expected a number, a string or a boolean",
    ]


# The command


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a chat, a crash and an expired call."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "chat.json").write_text(compact({"entity": group_chat()}))
    (tmp_path / "crash.json").write_text(compact({"entity": group_chat(action=None)}))
    (tmp_path / "expired.json").write_text(compact({"entity": group_call()}))
    return tmp_path


def test_another_client_is_explained_by_its_own_steps(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`explain --client` prints the steps of that client and its outcome."""
    (files / "x.json").write_text(compact({"entity": {**group_chat(), "sender": 12}}))
    assert main(["explain", "--client=android-7.9", f"--now={NOW}", "x.json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "|-- redirect: OfflineMessageDispatcher"
    assert [line.split()[2] for line in lines[2:-1]] == ["1", "2", "3", "4", "5", "6", "7"]
    assert lines[-2] == "|   |--  7  action 1, else: 2"
    assert lines[-1] == '`-- group_chat: opens the chat of group "12"'
    assert main(["explain", "--client=ios-6.1", f"--now={NOW}", "x.json"]) == 1
    assert capsys.readouterr().out.endswith("group <number>; but the app crashes: sender is not a string\n")


def test_the_exit_status_is_that_of_route(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0 if the client does something, 1 if it crashes or does nothing, 2 if a file cannot be read."""
    assert main(["explain", "--now", str(NOW), "chat.json"]) == 0
    assert main(["explain", "--now", str(NOW), "chat.json", "crash.json"]) == 1
    assert main(["explain", "chat.json", "crash.json", "nope.json"]) == 2
    assert capsys.readouterr().out.count("`-- group_chat") == 3


def test_json_is_one_line_for_each_file(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` prints the steps and the outcome as data, also with `--logged-out` and `--ios9`."""
    assert main(["explain", "--json", "--logged-out", "--ios9", "chat.json"]) == 0
    explained = json.loads(capsys.readouterr().out)
    assert explained["steps"][0]["step"] == "receive 5"
    assert explained["steps"][-1] == {
        "step": "route 6",
        "condition": "action 1, chatType 1 or 2",
        "met": True,
        "value": "@TGS#1PWYXLTGA",
    }
    assert (explained["outcome"], explained["detail"]["handled_now"]) == ("group_chat", False)
    assert main(["explain", "--json", "--now", str(NOW), "crash.json"]) == 1
    explained = json.loads(capsys.readouterr().out)
    assert explained["steps"][-1]["value"] is None
    missing = compact({"entity": {"action": 1, "chatType": 1}})
    (files / "missing.json").write_text(missing)
    assert main(["explain", "--json", "missing.json"]) == 1  # a chat without an id: nothing opens
    assert "value" not in json.loads(capsys.readouterr().out)["steps"][-1]


class Terminal(io.TextIOWrapper):
    """Standard output as a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_colours(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If rich is installed: red for a crash or a lost payload, yellow for an expired call, green for an outcome that works."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Terminal(raw, encoding="utf-8", write_through=True))
    assert main(["explain", "--now", str(NOW * 2), "chat.json", "crash.json", "expired.json"]) == 1
    drawn = raw.getvalue().decode()
    assert "\x1b[1;32mgroup_chat" in drawn
    assert "\x1b[1;31mcrash" in drawn
    assert "\x1b[1;33mcall_expired" in drawn
    assert "├── " in drawn


def test_without_rich_a_terminal_gets_plain_text(
    files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same tree; `--svg` is an error of one line."""
    monkeypatch.setattr(explain_module, "find_spec", lambda _: None)
    raw = io.BytesIO()
    terminal = Terminal(raw, encoding="utf-8", write_through=True)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", terminal)
        assert main(["explain", "chat.json"]) == 0
    assert b"|-- receive: the notification is tapped\n" in raw.getvalue()
    assert b"\x1b" not in raw.getvalue()
    assert main(["explain", "--svg", "x.svg", "chat.json"]) == 2
    assert capsys.readouterr().err == "pushcodec: --svg draws with rich, which is not installed: pip install 'pushcodec[cli]'\n"
    assert not (files / "x.svg").exists()


def words(svg: str) -> list[str]:
    """The words of an SVG; SVGs have several kinds of white space."""
    return html.unescape(re.sub(r"<style.*?</style>|<[^>]*>", " ", svg, flags=re.DOTALL)).split()


def test_the_picture_has_the_words_of_the_tree(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--svg` draws every file without external references; a file that cannot be written is an error."""
    assert main(["explain", "--svg", "x.svg", "--now", str(NOW), "chat.json", "crash.json"]) == 1
    svg = (files / "x.svg").read_text("utf-8")
    drawn = "".join(words(svg))
    assert 'url("' not in svg
    assert drawn.count("receive:thenotificationistapped") == 2
    assert "3int(action)fails(null,array,object)?yes:null" in drawn
    assert drawn.count(".json:ext->entity") == 2
    assert main(["explain", "--svg", "no/x.svg", "chat.json"]) == 2
    assert capsys.readouterr().err == "pushcodec: no/x.svg: No such file or directory\n"


@pytest.mark.parametrize(
    "environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"FORCE_COLOR": "1"}, {"COLUMNS": "20", "LINES": "3"}]
)
def test_the_picture_is_the_same_in_any_terminal(files: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> None:
    """Colours and width do not depend on the terminal."""
    for name in ("NO_COLOR", "TERM", "FORCE_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    main(["explain", "--svg", "a.svg", "--now", str(NOW), "crash.json"])
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    main(["explain", "--svg", "b.svg", "--now", str(NOW), "crash.json"])
    assert (files / "a.svg").read_bytes() == (files / "b.svg").read_bytes()


def test_the_documented_picture_is_current() -> None:
    """docs/explain.svg has the words that the command prints; `make generate` draws it."""
    drawn = "".join(words((ROOT / "docs" / "explain.svg").read_text("utf-8")))
    lines = list(plain_tree("", explain(tapped_exts(PICTURED.read_bytes())[0], now=1706601609)))
    for line in lines[1:]:
        assert "".join(line.lstrip("|`- ").split()) in drawn
