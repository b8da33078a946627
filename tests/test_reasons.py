"""Texts for users have words for every reason, crash and step of the clients, and never internal names."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mutants import mutants
from payloads import compact, group_call, group_chat

from pushcodec import CLIENTS, compare
from pushcodec.cli import main
from pushcodec.clients.effects import Unavoidable
from pushcodec.clients.ios.outcomes import ClientCrash
from pushcodec.clients.ios.words import why_crashed
from pushcodec.lint import Config, lint_text

VECTORS = Path(__file__).parent / "vectors"
REASONS = {name: words for client in CLIENTS.values() for name, words in client.reasons.items()}
OUTCOMES = {name: words for client in CLIENTS.values() for name, words in client.outcomes.items()}
INTERNAL = re.compile(
    "|".join(map(re.escape, {*REASONS, *Unavoidable, "pinned"}))
    + r"|\b(receive|route|after|android) \d+|intValue|allKeys|dataUsingEncoding"
)


def vectors(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (VECTORS / f"{name}.ndjson").read_bytes().splitlines()]


STEPS = {name: step for client in CLIENTS.values() for name, step in client.steps.items() if not step.goes_on}


def test_every_name_has_words() -> None:
    """All outcomes, reasons and crashes of the vectors have words of their family, and so have all steps that can decide."""
    for name, client in (("ios", CLIENTS["ios-6.0"]), ("android", CLIENTS["android-6.0"])):
        expected = [vector["expect"] for vector in vectors(name)]
        assert {each["outcome"] for each in expected} <= client.outcomes.keys()
        names = {each["detail"].get(key) for each in expected for key in ("reason", "step")} - {None}
        assert names <= client.reasons.keys()
    assert all(step.words for step in STEPS.values())


WORDS = [*OUTCOMES.values(), *REASONS.values(), *(step.why for step in STEPS.values())]


@pytest.mark.parametrize("words", WORDS)
def test_words_contain_no_internal_name(words: str) -> None:
    """They are printable ASCII."""
    assert words.isascii()
    assert words.isprintable()
    assert not INTERNAL.search(words)


def test_words_for_crashes() -> None:
    """The message contains the found and the expected type; callers in Python may omit the type."""
    crash = ClientCrash("action.intValue", "intValue", receiver_type="dict")
    assert why_crashed(crash) == "action is an object, expected a number, a string or a boolean"
    assert why_crashed(ClientCrash("data.dictionary_literal", "", nil_key="room_id")) == "room_id is absent from content"
    assert why_crashed(ClientCrash("entity.allKeys", "")) == "entity is absent, expected an object"
    assert why_crashed(ClientCrash("another", "")) == CLIENTS["ios-6.0"].reason("another") == "another"


def test_no_message_contains_an_internal_name() -> None:
    """Neither the linter's messages nor the descriptions of outcomes, for mutants and other documents."""
    config = Config(clients=tuple(CLIENTS))
    texts = [*mutants(200, seed=22), *map(str.encode, DOCUMENTS.values())]
    for text in texts:
        texts_shown = [each.message for each in lint_text(text, config=config)]
        texts_shown += [CLIENTS[name].describe(effect.outcome) for name, effect in compare(text, now=0).effects.items()]
        assert not [message for message in texts_shown if INTERNAL.search(message)]


DOCUMENTS = {
    "no-entity.json": '{"timPushFeatures":{}}',
    "no-action.json": '{"entity":{"chatType":1,"sender":"a"}}',
    "action.json": '{"entity":{"action":{},"chatType":1,"sender":"a"}}',
    "chat-type.json": compact({"entity": group_chat(chatType=3)}),
    "sender.json": compact({"entity": group_chat(sender=[])}),
    "content.json": compact({"entity": {**group_call(), "content": "?"}}),
    "version.json": compact({"entity": group_chat(version=2)}),
    "text.json": "no JSON",
    "group-call.json": compact({"entity": group_call(sendTime=0)}),
    "call.json": compact({"entity": group_call(sendTime=0, chatType=1)}),
}


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("command", ["route", "explain"])
def test_commands_print_no_internal_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, client: str
) -> None:
    """`route`, and the last line of `explain`, for each client; the steps of `explain` have the words of the contract."""
    monkeypatch.chdir(tmp_path)
    for name, text in DOCUMENTS.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert main([command, "--now", "0", "--client", client, *DOCUMENTS]) == 1
    printed = [line for line in capsys.readouterr().out.splitlines() if command == "route" or line.startswith("`-- ")]
    assert len(printed) == len(DOCUMENTS)
    assert not [line for line in printed if INTERNAL.search(line)]


@pytest.mark.parametrize("command", [["compare", *DOCUMENTS], ["report", "log.ndjson"]], ids=["compare", "report"])
def test_tables_contain_no_internal_name(tmp_path: Path, command: list[str]) -> None:
    """Each command runs in a separate process."""
    if command[0] == "report":
        pytest.importorskip("pyarrow", reason="no pyarrow: pip install 'pushcodec[arrow]'")
    for name, text in DOCUMENTS.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "log.ndjson").write_text("\n".join(DOCUMENTS.values()), "utf-8")
    done = subprocess.run([sys.executable, "-m", "pushcodec", *command, "--now", "0"], cwd=tmp_path, capture_output=True)
    out = done.stdout.decode()
    assert out
    assert not INTERNAL.search(out), out


def test_json_has_names_and_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The names are in their fields, the words beside them."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.json").write_text(DOCUMENTS["no-action.json"], "utf-8")
    words = {"detail": {"reason": "missing_action_or_chatType"}, "message": "ignored: action or chatType is absent"}
    for command in ("route", "explain"):
        assert main([command, "--json", "--now", "0", "x.json"]) == 1
        assert words.items() <= json.loads(capsys.readouterr().out).items()
    assert main(["compare", "--json", "--now", "0", "x.json"]) == 1
    clients = json.loads(capsys.readouterr().out)["clients"]
    assert words.items() <= clients["ios-6.0"].items()
    assert clients["android-6.0"]["message"] == 'c2c_chat: opens the chat with "a"'
