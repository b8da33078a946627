"""Two made-up clients of a new family: an entry in the table is all that the commands, the linter and the page need."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import pytest
from clients_page import clients_page
from payloads import c2c_chat, compact, group_call, group_content

import pushcodec as pc
from pushcodec.cli import main
from pushcodec.clients import table, vectors
from pushcodec.clients.case import Case
from pushcodec.clients.client import BoundField, Client, Reader
from pushcodec.clients.effects import Effect, EffectKind
from pushcodec.clients.outcomes import Ignored, Outcome
from pushcodec.clients.steps import EXT_TEXT, Step, Trace, untraced
from pushcodec.errors import Code
from pushcodec.jsontext import Readings
from pushcodec.lint import Config, lint_text

SENT = 1706601600
PARSED: list[str] = []


def parse(text: str) -> Any:
    """The reader of the family; it keeps the texts that it reads in `PARSED`."""
    PARSED.append(text)
    try:
        return json.loads(text)
    except ValueError:
        return None


def member(value: Any, key: str) -> Any:
    """The value under a key, None where there is none."""
    return value.get(key) if isinstance(value, dict) else None


class Shown(Outcome, frozen=True, gc=False):
    """The client shows the chat with `sender`."""

    outcome: ClassVar[str] = "shown"
    sender: str

    def _detail(self) -> dict[str, Any]:
        return {"sender": self.sender}


class WebCrash(Outcome, frozen=True, gc=False):
    """The client crashes at a field."""

    outcome: ClassVar[str] = "crash"
    field: str

    def _detail(self) -> dict[str, Any]:
        return {"field": self.field}


class WebClient(Client):
    """A client of the family. From 2.0 it reads calls, too."""

    family = "web"
    system = "Web"
    steps: Mapping[str, Step] = {
        "open 1": Step("JSON.parse throws", "the text is not JSON", reads=(EXT_TEXT,)),
        "open 2": Step("sender is not a string", "sender has no trim()", reads=(("entity", "sender"),)),
        "open 3": Step("from 2.0: room_id is no number", "room_id has no toFixed()", reads=(("entity", "content", "room_id"),)),
        "show 1": Step("else"),
    }
    functions: ClassVar[Mapping[str, str]] = {"open": "openNotification: the page opens", "show": "showChat"}
    reasons: ClassVar[Mapping[str, str]] = {"not_json": "the text is not JSON"}
    crash_code = Code.CRASHES_ANDROID
    fields: ClassVar[tuple[BoundField, ...]] = (BoundField("entity", "sender", "string", "undefined"),)
    conversions: ClassVar[Mapping[str, Any]] = {"Number": lambda token: f"Number({token})"}

    def simulate(self, ext: str | bytes, *, now: int, readings: Readings | None = None, trace: Trace = untraced) -> Effect:
        assert isinstance(ext, str)
        read = (readings or Readings()).by
        trace("open 1", ext)
        if read(self.reader.read, ext) is None:
            return Effect(EffectKind.NOTHING, "open 1", Ignored("not_json"))
        entity = member(read(self.reader.read, ext), "entity")
        sender = member(entity, "sender")
        trace("open 2", sender)
        if not isinstance(sender, str):
            return Effect(EffectKind.CRASH, "open 2", WebCrash("sender"))
        if self.name == "web-2.0" and member(entity, "action") == 2:
            room = member(read(self.reader.read, str(member(entity, "content"))), "room_id")
            trace("open 3", room)
            if not isinstance(room, int):
                return Effect(EffectKind.CRASH, "open 3", WebCrash("room_id"))
        trace("show 1", sender)
        return Effect(EffectKind.OPENS_C2C_CHAT, "show 1", Shown(sender), sender)

    def take(self, case: Case) -> Outcome:
        case.require("text")
        text = case.text("text")
        assert text is not None
        return self.simulate(text, now=0).outcome


@pytest.fixture(autouse=True)
def _new_family(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The only change: two entries in the table."""
    for release in ("1.0", "2.0"):
        client = WebClient(f"web-{release}", f"Web {release}", f"from {release}", Reader("JSON.parse", parse))
        monkeypatch.setitem(table._TABLE, client.name, client)
    monkeypatch.chdir(tmp_path)
    PARSED.clear()


CHAT = compact({"entity": c2c_chat(sender="alice")})
NO_SENDER = compact({"entity": c2c_chat(sender=12)})
CALL = compact({"entity": group_call(group_content(room_id="7"), sendTime=SENT)})
BOTH = ("web-1.0", "web-2.0")


def test_compare_asks_the_new_clients() -> None:
    """They are in the table that `pushcodec` exports, `compare` asks all clients, and the two read each text once."""
    assert set(BOTH) < pc.CLIENTS.keys()
    found = pc.compare(CALL, now=SENT)
    assert list(found.effects) == list(pc.CLIENTS)
    assert [found.effects[name].kind for name in BOTH] == ["opens C2C chat", "crash"]
    assert sorted(PARSED) == sorted([CALL, json.loads(CALL)["entity"]["content"]])
    assert pc.compare(CHAT, now=SENT).agree


def test_compare_prints_their_titles_and_words(capsys: pytest.CaptureFixture[str]) -> None:
    """The table has their columns, and the reasons are in their words."""
    Path("call.json").write_text(CALL)
    assert main(["compare", f"--now={SENT}", "--clients=web-1.0,web-2.0", "call.json"]) == 1
    head, row, *reasons = capsys.readouterr().out.splitlines()
    assert head.split() == ["Web", "1.0", "Web", "2.0", "agree", "ext", "in"]
    assert row.split()[-2:] == ["no", "ext"]
    assert reasons == ["  Web 1.0: shown: sender 10457", "  Web 2.0: crash: field room_id"]


def test_route_describes_what_they_do(capsys: pytest.CaptureFixture[str]) -> None:
    """A crash and an ignored text are lost, with words from the client."""
    for text, status, words in ((CHAT, 0, "shown: sender alice"), ("x", 1, "ignored: the text is not JSON")):
        Path("x.json").write_text(text)
        assert main(["route", "--client=web-1.0", "x.json"]) == status
        assert capsys.readouterr().out == f"x.json: ext: {words}\n"
    Path("x.json").write_text(NO_SENDER)
    assert main(["route", "--client=web-2.0", "x.json"]) == 1
    assert capsys.readouterr().out == "x.json: ext: crash: field sender\n"


def test_explain_has_their_steps_and_functions(capsys: pytest.CaptureFixture[str]) -> None:
    """A branch for each function, with its steps in words."""
    Path("x.json").write_text(CHAT)
    assert main(["explain", "--client=web-1.0", "x.json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("|-- ")] == ["|-- openNotification: the page opens", "|-- showChat"]
    assert lines[3] == '|   |--  2  sender is not a string? no: "alice"'
    assert lines[-1] == "`-- shown: sender alice"


def test_cases_are_answered_by_them(capsys: pytest.CaptureFixture[str]) -> None:
    """`route --cases` reads the keys that the client asks for."""
    Path("cases.ndjson").write_text(json.dumps({"id": 1, "text": CHAT}) + "\n" + json.dumps({"id": 2}) + "\n")
    assert main(["route", "--client=web-2.0", "--cases=cases.ndjson"]) == 2
    captured = capsys.readouterr()
    assert json.loads(captured.out) == {"id": 1, "outcome": "shown", "detail": {"sender": "alice"}}
    assert captured.err == "pushcodec: cases.ndjson:2: expected the key 'text'\n"
    with pytest.raises(vectors.CaseError, match="expected the key 'text'"):
        vectors.answer('{"id":1}', "web-1.0")


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        (NO_SENDER, "the app crashes on Web 1.0, Web 2.0: sender has no trim()", ("/entity/sender",)),
        (CALL, "the app crashes on Web 2.0: room_id has no toFixed()", ("/entity/content", "/room_id")),
    ],
    ids=["entity", "content"],
)
def test_the_linter_reports_their_crashes(text: str, message: str, place: tuple[str, ...]) -> None:
    """Under the code that the client names, in its words, at the field that its step reads."""
    found = {each.code: each for each in lint_text(text, config=Config(clients=BOTH))}
    crash = found[WebClient.crash_code]
    assert (crash.message, (crash.pointer, *crash.embedded)) == (message, place)


def test_the_linter_reports_what_they_do_differently() -> None:
    """Their titles and effects, and why the payload is lost."""
    found = {each.code: each for each in lint_text(CALL, config=Config(clients=("ios-6.0", *BOTH)))}
    assert found[Code.CLIENTS_DISAGREE].message == (
        "clients disagree: iOS 6.0: rings; Web 1.0: opens C2C chat; Web 2.0: crash (room_id has no toFixed())"
    )


def test_the_page_of_all_clients_has_them() -> None:
    """A row in the table, columns in the comparison, fields, conversions, and the steps with the fields that they read."""
    page = clients_page()
    assert "| `web-2.0` | Web 2.0 | from 2.0 | JSON.parse |" in page
    assert "| Web 1.0 | Web 2.0 | agree |" in page
    assert "| Web Number |" in page
    assert "## The fields of Web" in page
    assert "## The steps of Web" in page
    assert "| `open 3` | from 2.0: room_id is no number | `entity.content.room_id` |" in page
