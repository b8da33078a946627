"""All commands recognise the same form in a document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from linted import documents
from payloads import c2c_chat, compact, group_call, group_chat

import pushcodec as pc
from pushcodec.cli import main
from pushcodec.cli.taps import tapped_exts

SAMPLES = Path(__file__).parents[1] / "samples"
EXT = compact({"entity": c2c_chat()})
NOW = 1595234240

DOCUMENTS = {
    "apns": compact({"aps": {"alert": "x"}, "ext": EXT}),
    "apns without aps": compact({"ext": EXT}),
    "push info": compact({"title": "x", "desc": "y", "ext": EXT, "iOSSound": "z"}),
    "tpns": compact({"aps": {}, "custom": EXT, "xg": {}}),
    "tpns and apns": compact({"aps": {}, "custom": EXT, "ext": compact({"entity": group_chat()})}),
    "tpns as object": compact({"aps": {}, "custom": {"entity": c2c_chat()}}),
    "apns as object": compact({"aps": {}, "ext": {"entity": c2c_chat()}}),
    "apns beside an object": compact({"custom": 5, "ext": EXT}),
    "legacy": compact({"aps": {}, "entity": group_call()}),
    "ext": EXT,
    "ext beside a text": compact({"entity": c2c_chat(), "ext": EXT}),
    "entity": compact(group_chat()),
    "a call": compact(group_call()),
    "signaling content": group_call()["content"],
    "no payload": '{"name":"x","version":1}',
    "an array": "[]",
    "a number": "5",
    "nothing": "",
    "plain text": "hello",
    "a trailing comma": '{"aps":{},"ext":"{}",}',
} | {str(path.relative_to(SAMPLES)): path.read_text("utf-8") for path in sorted(SAMPLES.glob("*/*.json"))}


@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS)
def test_all_functions_find_the_same_exts(text: str) -> None:
    """`find_exts`, the linter and the commands that read as a client does give the same forms, places and texts of exts."""
    try:
        carried = pc.find_exts(text)
    except pc.DecodeError:
        return
    try:
        tapped = [(each.form.name, each.pointers, each.ext) for each in tapped_exts(text.encode())]
    except pc.DecodeError:
        tapped = []
    if carried:
        assert tapped == [(each.form, each.pointers, each.ext) for each in carried]
    found = [document for document in documents(text) if document.place and document.is_certain]
    assert [document.form.name for document in found if document.ext or document.entity or document.ext_text] == [
        each.form for each in carried
    ] or not carried


@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS)
def test_all_commands_agree(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`route`, `explain` and `compare` have the same outcome on iOS, one that opens something if `decode` accepts the document."""
    file = tmp_path / "x.json"
    file.write_text(text, "utf-8")

    def run(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
        status = main([*arguments, "--json", str(file)])
        captured = capsys.readouterr()
        assert captured.err == ""
        return status, [json.loads(line) for line in captured.out.splitlines()]

    now = f"--now={NOW}"
    (_, routes), (_, explanations), (status, comparisons) = run("route", now), run("explain", now), run("compare", now)
    for routed, explained, compared in zip(routes, explanations, comparisons, strict=True):  # one of each for each ext
        assert {"form", "pointers", "violations"} & routed.keys() == {"form", "pointers", "violations"} & explained.keys()
        assert (routed.get("form"), routed.get("pointers")) == (compared.get("form"), compared.get("pointers"))
        if "violations" in routed:
            assert routed == explained == compared
            assert routed["violations"][0]["code"] in ("PC301", "PC401", "PC402")
            assert routed["violations"][0]["message"].startswith("no payload: ")
            assert (status, run("decode")[0]) == (1, 1)
            return
        assert (routed["outcome"], routed["detail"]) == (explained["outcome"], explained["detail"])
        on_ios = compared["clients"]["ios-6.0"]
        assert routed["outcome"] == on_ios["outcome"]
        assert routed["detail"] == on_ios["detail"] or routed["outcome"] == "ignored"
    status, decoded = run("decode")
    if status == 0:
        assert {each["outcome"] for each in routes} <= {"c2c_chat", "group_chat", "group_call", "call_expired", "call_ignored_c2c"}
        assert [(each["form"], each["pointers"]) for each in decoded] == [(each["form"], each["pointers"]) for each in routes]


def test_route_and_explain_name_the_key_that_they_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They add a note for an APNs notification, but not below iOS 10 or on Android."""
    file = tmp_path / "x.json"
    file.write_text(DOCUMENTS["apns"])
    for command in ("route", "explain"):
        assert main([command, str(file)]) == 0
        assert "(iOS reads 'ext', as APNs carries it, in the place of 'custom')\n" in capsys.readouterr().out
        main([command, "--client=android-7.9", str(file)])
        main([command, "--ios9", str(file)])
        assert "in the place of" not in capsys.readouterr().out
