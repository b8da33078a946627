"""`pushcodec convert`: what it writes where, what it reports, and its exit status."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from payloads import c2c_chat, compact

import pushcodec as pc
from pushcodec.cli import main

EXT = compact({"entity": c2c_chat(nickname="组")})
REST = compact({"To_Account": "u", "MsgRandom": 1, "OfflinePushInfo": {"Title": "Li", "Desc": "secret", "Ext": EXT}})
STYLED = compact({"OfflinePushInfo": {"Desc": "secret", "Ext": EXT, "AndroidInfo": {"PushStyle": 1, "HuaWeiChannelID": "secret"}}})

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in a folder with documents; returns the exit status and what it wrote."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rest.json").write_text(REST, "utf-8")
    (tmp_path / "styled.json").write_text(STYLED, "utf-8")
    (tmp_path / "many.json").write_text(f"[{REST},{STYLED}]", "utf-8")
    (tmp_path / "log.ndjson").write_text(f"{REST}\n{{}}\n{STYLED}\n", "utf-8")

    def run_command(*words: str) -> tuple[int, str, str]:
        status = main(["convert", *words])
        return status, *capsys.readouterr()

    return run_command


def test_a_push_is_written_as_indented_json(run: Run) -> None:
    """What does not belong to it is reported and changes no status."""
    status, out, err = run("--to", "web", "rest.json")
    assert json.loads(out) == {"title": "Li", "description": "secret", "extension": EXT}
    assert out.startswith('{\n  "title": "Li",\n')
    assert pc.find_ext(out).ext == EXT
    assert (status, err) == (0, "rest.json: not part of the push, left out: /To_Account, /MsgRandom\n")


def test_each_loss_is_a_line_and_the_status_is_1(run: Run) -> None:
    """With the place and the reason, and never a value."""
    status, out, err = run("--to", "c-api", "styled.json")
    assert status == 1
    assert pc.find_ext(out).ext == EXT
    assert err == (
        "styled.json: lost /OfflinePushInfo/AndroidInfo/PushStyle: c-api has no key for it: OPPO push style\n"
        "styled.json: lost /OfflinePushInfo/AndroidInfo/HuaWeiChannelID: c-api has no key for it: Huawei channel\n"
    )
    assert "secret" not in err


def test_placeholders_are_reported(run: Run) -> None:
    """They are no loss."""
    status, out, err = run("--to=tpns-push", "--from=rest", "rest.json")
    assert status == 0
    assert json.loads(out)["token_list"] == ["<token>"]
    first, second = err.splitlines()
    assert first == "rest.json: to be replaced before it is sent: /audience_type, /token_list, /message_type, /environment"
    assert second.startswith("rest.json: not part of the push")


def test_several_pushes_are_an_array(run: Run) -> None:
    """The reports have their numbers, and the ext of each is found again."""
    status, out, err = run("--to", "sdk", "many.json")
    assert [each["ext"] for each in json.loads(out)] == [EXT, EXT]
    assert len(pc.find_exts(out)) == 2
    assert status == 1
    assert [line.split(": ")[:2] for line in err.splitlines()] == [
        ["many.json push 0", "not part of the push, left out"],
        ["many.json push 1", "lost /1/OfflinePushInfo/AndroidInfo/PushStyle"],
        ["many.json push 1", "lost /1/OfflinePushInfo/AndroidInfo/HuaWeiChannelID"],
    ]


def test_json_has_everything_on_a_line_for_each_push(run: Run) -> None:
    """Nothing is written to standard error."""
    status, out, err = run("--to", "sdk", "--json", "many.json")
    first, second = map(json.loads, out.splitlines())
    assert (status, err) == (1, "")
    assert first == {
        "file": "many.json",
        "form": "rest-request",
        "pointers": ["/0"],
        "to": "sdk",
        "document": {"title": "Li", "desc": "secret", "ext": EXT},
        "losses": [],
        "placeholders": [],
        "left_out": ["/To_Account", "/MsgRandom"],
    }
    assert second["losses"][0] == {
        "pointers": ["/1/OfflinePushInfo/AndroidInfo/PushStyle"],
        "reason": "sdk has no key for it: OPPO push style",
    }


def test_lines_are_documents(run: Run) -> None:
    """One without a push is reported, and the others are converted."""
    status, out, err = run("--to", "rest", "--json", "log.ndjson")
    answers = list(map(json.loads, out.splitlines()))
    assert status == 1
    assert err == ""
    assert [answer["file"] for answer in answers] == ["log.ndjson:1", "log.ndjson:2", "log.ndjson:3"]
    assert answers[1]["violations"][0]["code"] == "PC402"
    status, out, err = run("--to", "rest", "log.ndjson")
    assert out.count('"Ext"') == 2
    assert "log.ndjson:2: PC402" in err


def test_the_form_can_be_named(run: Run, tmp_path: Path) -> None:
    """A document with few marks needs it."""
    (tmp_path / "weak.json").write_text(compact({"Desc": "hi"}), "utf-8")
    assert run("--to", "web", "weak.json")[:2] == (1, "")
    status, out, _ = run("--to", "web", "--from", "rest", "weak.json")
    assert (status, json.loads(out)["description"]) == (0, "hi")


@pytest.mark.parametrize("words", [["rest.json"], ["--to", "rest-push-info", "rest.json"], ["--to=web", "--from=x", "rest.json"]])
def test_a_wrong_command_line_is_status_2(run: Run, words: list[str]) -> None:
    """A form that can't be written, or that is unknown."""
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert err


def test_an_output_file_gets_the_documents(run: Run, tmp_path: Path) -> None:
    """Those of all inputs; the reports stay on standard error."""
    status, out, err = run("--to", "rest", "--json", "--output-file", "out.jsonl", "rest.json", "styled.json")
    assert (status, out, err) == (0, "", "")
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["file"] for line in lines] == ["rest.json", "styled.json"]
    status, out, err = run("--to", "web", "--output-file", "out.json", "rest.json")
    assert (status, out) == (0, "")
    assert "left out" in err
    assert pc.find_ext((tmp_path / "out.json").read_bytes()).ext == EXT


@pytest.mark.parametrize(
    ("name", "force", "reason"),
    [
        ("rest.json", [], "is also an input, and is not overwritten"),
        ("rest.json", ["--force"], "is also an input, and is not overwritten"),
        ("styled.json", ["--force"], "contains a payload, and is not overwritten"),
        ("note.txt", [], "exists and is not a converted push; --force overwrites it"),
        (".", ["--force"], "a folder, where a file is expected"),
    ],
)
def test_no_input_and_no_payload_is_overwritten(run: Run, tmp_path: Path, name: str, force: list[str], reason: str) -> None:
    """Nor another file without `--force`."""
    (tmp_path / "note.txt").write_text("note", "utf-8")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    status, out, err = run("--to", "web", "--output-file", name, *force, "rest.json")
    assert (status, out, err) == (2, "", f"pushcodec: {name}: {reason}\n")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_another_file_is_overwritten_by_force(run: Run, tmp_path: Path) -> None:
    """But not if nothing was converted."""
    (tmp_path / "note.txt").write_text("note", "utf-8")
    (tmp_path / "none.json").write_text("{}", "utf-8")
    assert run("--to", "web", "--force", "--output-file", "note.txt", "none.json")[0] == 1
    assert (tmp_path / "note.txt").read_text("utf-8") == "note"
    assert run("--to", "web", "--force", "--output-file", "note.txt", "rest.json")[0] == 0
    assert pc.find_ext((tmp_path / "note.txt").read_bytes()).ext == EXT
