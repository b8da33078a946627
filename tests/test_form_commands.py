"""Every command over documents of every form: all find the same exts, name them alike, and none says yes where there is none."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from payloads import c2c_chat, compact, group_chat

import pushcodec as pc
from pushcodec.cli import main
from pushcodec.documents import FORMS, Carrier, Form
from pushcodec.schemafiles import schema

NOW = "--now=1706601609"
CHAT = compact({"entity": {"action": 1, "chatType": 1, "sender": "carol"}})
BY_EXT = ("route", "explain", "compare", "decode")
UNMARKED = {Carrier.OPPO_BUNDLE}
"""The forms that only a caller can name."""


def example_of(form: Form) -> str:
    """The text of the first example of a form's schema that is recognised as this form, with an ext if one has any."""
    texts = list(map(compact, schema(form.schema)["examples"]))
    fitting = [text for text in texts if form.name in UNMARKED or form.name in [each.form for each in pc.find_exts(text)]]
    return (fitting or texts)[0]


EXAMPLES = {carrier: example_of(form) for carrier, form in FORMS.items()}


class Done:
    """What a command returned and wrote."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *words: str) -> None:
        self.status = main(list(words))
        self.out, self.err = capsys.readouterr()
        assert self.status in (0, 1)
        assert "internal error" not in self.err
        assert self.out.replace("\n", "").isprintable()
        assert self.err.isascii()

    @property
    def records(self) -> list[dict[str, Any]]:
        """The answers as data."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that the commands read, in the current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "x.json"


def named(carrier: Carrier) -> tuple[str, ...]:
    """The option that names a form, for a form that has no marks."""
    return (f"--carrier={carrier}",) if carrier in UNMARKED else ()


@pytest.mark.parametrize("carrier", Carrier)
def test_every_command_names_the_form_and_the_place(file: Path, capsys: pytest.CaptureFixture[str], carrier: Carrier) -> None:
    """`route`, `explain`, `compare` and `decode` answer for the same exts, those of `find_exts`; in words they name the form."""
    file.write_text(EXAMPLES[carrier])
    exts = pc.find_exts(EXAMPLES[carrier], carrier=carrier if carrier in UNMARKED else None)
    for command in BY_EXT:
        clock = () if command == "decode" else (NOW,)
        done = Done(capsys, command, "--json", *clock, *named(carrier), "x.json")
        shown = Done(capsys, command, *clock, *named(carrier), "x.json")
        assert shown.status == done.status
        if exts:
            assert [(each["form"], tuple(each["pointers"])) for each in done.records] == [
                (each.form, each.pointers) for each in exts
            ]
            assert FORMS[exts[0].form].title in shown.out + shown.err or command == "decode"
        else:
            (record,) = done.records
            assert (done.status, record["violations"][0]["code"]) == (1, "PC401")
            assert "PC401" in shown.err
            assert "yes" not in shown.out


@pytest.mark.parametrize("carrier", Carrier)
def test_validate_names_the_form(file: Path, capsys: pytest.CaptureFixture[str], carrier: Carrier) -> None:
    """The examples of the schemas are valid. The name is the form's, and the exts are those of `find_exts`."""
    file.write_text(EXAMPLES[carrier])
    kind = (f"--kind={carrier}",) if carrier in UNMARKED else ()
    (record,) = Done(capsys, "validate", "--json", *kind, "x.json").records
    exts = pc.find_exts(EXAMPLES[carrier], carrier=carrier if kind else None)
    assert (record["valid"], record["form"], record["exts"]) == (True, carrier, [list(each.pointers) for each in exts])
    shown = Done(capsys, "validate", *kind, "x.json")
    without = ", without an ext" if FORMS[carrier].places and not exts else ""
    assert (shown.status, shown.out) == (0, f"x.json: a valid {FORMS[carrier].title}{without}\n")


@pytest.mark.parametrize("carrier", [carrier for carrier in Carrier if carrier not in UNMARKED])
def test_every_other_command_takes_every_form(file: Path, capsys: pytest.CaptureFixture[str], carrier: Carrier) -> None:
    """`lint` and `encode` end with a status that is documented, as a file and as a line."""
    file.write_text(EXAMPLES[carrier])
    log = file.with_name("x.ndjson")
    log.write_text(f"{EXAMPLES[carrier]}\n{CHAT}\n")
    for command in (("lint",), ("lint", "--diff", "--unsafe-fixes"), ("encode",), *((command,) for command in BY_EXT)):
        for name in ("x.json", "x.ndjson"):
            assert main([*command, name]) in (0, 1)
            assert "internal error" not in capsys.readouterr().err


# Words


def sendmsg(ext: Any) -> dict[str, Any]:
    """A REST request with an ext."""
    return {"To_Account": "bob", "MsgBody": [], "OfflinePushInfo": {"Title": "a", "Desc": "b", "Ext": ext}}


WAYS = {
    compact(sendmsg(CHAT)): "REST sendmsg body -> /OfflinePushInfo/Ext -> entity",
    compact([[sendmsg(CHAT)]]): "REST sendmsg body -> /0/0/OfflinePushInfo/Ext -> entity",
    compact({"param": compact(sendmsg(CHAT))}): "REST sendmsg body -> /param -> /OfflinePushInfo/Ext -> entity",
    compact({"p\u00e9": sendmsg("{}")}): "REST sendmsg body -> /p\\xe9/OfflinePushInfo/Ext",
    compact({"text": CHAT}): "ext -> /text -> (text) -> entity",
    compact({"aps": {}, "ext": CHAT}): "APNs notification -> /ext -> entity",
    compact({"aps": {}, "entity": c2c_chat()}): "notification below iOS 10 -> entity",
    compact(c2c_chat()): "entity",
    compact([c2c_chat()]): "entity -> /0",
    CHAT: "ext -> entity",
    CHAT[:-1] + ",}": "ext -> entity",
    CHAT.replace('"', "'"): "ext -> entity",
    "plain text": "ext",
    '"plain text"': "ext",
    "": "ext",
}


@pytest.mark.parametrize(("text", "way"), WAYS.items(), ids=WAYS.values())
def test_explain_begins_with_the_way_to_the_ext(file: Path, capsys: pytest.CaptureFixture[str], text: str, way: str) -> None:
    """In the tree, in the picture and as data. `route` names the way to the ext's text."""
    file.write_text(text, "utf-8")
    note = " (iOS reads 'ext', as APNs carries it, in the place of 'custom')" if way.startswith("APNs") else ""
    lines = Done(capsys, "explain", NOW, "x.json").out.splitlines()
    assert lines[0] == f"x.json: {way}{note}"
    (record,) = Done(capsys, "explain", NOW, "--json", "x.json").records
    assert record["way"] == way
    assert record.get("note", "") == note[2:-1]
    routed = Done(capsys, "route", NOW, "x.json").out
    assert routed.startswith(f"x.json: {way.removesuffix(' -> entity')}: {record['outcome']}: ")
    pytest.importorskip("rich")
    assert main(["explain", NOW, "--svg", "x.svg", "x.json"]) in (0, 1)
    capsys.readouterr()
    drawn = Path("x.svg").read_text("utf-8").replace("&#160;", " ").replace("&gt;", ">").replace("&#x27;", "'")
    assert f"x.json: {way}" in drawn


@pytest.mark.parametrize("client", ["ios-6.0", "ios-6.1", "android-6.0", "android-7.9"])
def test_every_client_gets_every_ext(file: Path, capsys: pytest.CaptureFixture[str], client: str) -> None:
    """Whichever phone the carrier serves: an Android form on iOS, an iOS form on Android, and below iOS 10."""
    for text in (
        compact({"extra": {"ext": CHAT}}),
        compact({"aps": {}, "ext": CHAT}),
        compact({"aps": {}, "custom": CHAT}),
        compact({"aps": {}, "entity": c2c_chat()}),
        compact({"message": {"offlinePushInfo": {"extension": list(CHAT.encode())}}}),
        "intent:#Intent;S.ext=" + CHAT.replace('"', "%22") + ";end",
        compact([CHAT, {"a": compact({"ext": CHAT, "androidSound": "x"})}]),
    ):
        file.write_text(text if text.startswith(("{", "[")) else json.dumps(text))
        options = ("--client", client, NOW, "--json", "x.json")
        for command in ("route", "explain"):
            assert {each["outcome"] for each in Done(capsys, command, *options).records} == {"c2c_chat"}
    file.write_text(compact(sendmsg(CHAT)))
    assert Done(capsys, "route", "--ios9", "--client=ios-6.0", "--json", "x.json").records[0]["outcome"] == "c2c_chat"
    file.write_text(compact(sendmsg("{")))
    (record,) = Done(capsys, "route", "--ios9", "--json", "x.json").records
    assert record["detail"]["reason"] == "legacy_payload_not_a_dictionary"


def test_decode_prints_the_payloads_and_reports_where_they_were_found(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One after the other on standard output, the places on standard error; one of them is refused with its pointers."""
    bad = compact({"entity": {**c2c_chat(), "sender": 7}})
    texts = (CHAT, bad, compact({"entity": group_chat()}))
    file.write_text(compact([sendmsg(text) for text in texts]))
    done = Done(capsys, "decode", "x.json")
    first, second = objects_in(done.out)
    assert (done.status, first, second) == (1, json.loads(CHAT), json.loads(texts[2]))
    assert done.err.splitlines() == [
        "pushcodec: x.json: found in REST sendmsg body -> /0/OfflinePushInfo/Ext",
        "x.json: PC301 wrong-type at /1/OfflinePushInfo/Ext -> /entity/sender: expected a non-empty string, got number",
        "pushcodec: x.json: found in REST sendmsg body -> /2/OfflinePushInfo/Ext",
    ]
    records = Done(capsys, "decode", "--json", "x.json").records
    assert [record["pointers"] for record in records] == [[f"/{at}/OfflinePushInfo/Ext"] for at in range(3)]
    assert [record.get("ext") for record in records] == [first, None, second]
    assert records[1]["violations"][0]["embedded"] == ["/entity/sender"]
    file.write_text(compact(sendmsg(CHAT)))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(Done(capsys, "decode", "x.json").out.encode())))
    assert Done(capsys, "encode").out == f"{CHAT}\n"


def objects_in(text: str) -> list[Any]:
    """The JSON values in a text, one after the other."""
    found, at = [], 0
    while text[at:].strip():
        value, end = json.JSONDecoder().raw_decode(text[at:].lstrip())
        at += len(text[at:]) - len(text[at:].lstrip()) + end
        found.append(value)
    return found


def test_the_output_of_decode_is_not_linted(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of any form, with any name of a file, and of an ext in a text in a text."""
    for text in (CHAT, compact(sendmsg(CHAT)), compact({"a]\\": compact(sendmsg(CHAT))})):
        file.write_text(text)
        file.with_name('q".json').write_text(Done(capsys, "decode", "--json", "x.json").out)
        assert main(["lint", 'q".json']) == 0
        assert "the output of decode --json, not a payload; skipped" in capsys.readouterr().err


def test_a_document_of_several_forms_is_valid_as_all_of_them(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`validate` counts them."""
    file.write_text(compact([sendmsg(CHAT), sendmsg(CHAT), json.loads(CHAT)]))
    assert Done(capsys, "validate", "x.json").out == "x.json: all valid: 2 x REST sendmsg body, 1 x ext\n"
    file.write_text(CHAT)
    assert Done(capsys, "validate", "--kind=notification", "x.json").out == "x.json: a valid notification\n"
    file.write_text(compact(sendmsg(CHAT)))
    assert Done(capsys, "validate", "--kind=rest", "x.json").out == "x.json: a valid REST sendmsg body\n"
    file.write_text(compact(c2c_chat()))
    assert Done(capsys, "validate", "--kind=chat-entity", "x.json").out == "x.json: a valid chat-entity\n"


# Documents without a payload, and other careless input

LOOK_ALIKE = compact(
    {"title": "a", "desc": "b", "ex": compact({"conversationID": "c2c_7"}), "iOSPushSound": "c", "iOSBadgeCount": True}
)
WITHOUT = {
    "empty object": ("{}", "PC402", ""),
    "array": ("[1,2]", "PC402", ""),
    "empty array": ("[]", "PC402", ""),
    "look-alike": (LOOK_ALIKE, "PC402", ""),
    "package.json": ('{"name":"x","version":"1","main":"index.js"}', "PC402", ""),
    "webhook": ('{"action":"opened","sender":{"login":"a"}}', "PC402", ""),
    "title and desc": ('{"title":"a","desc":"b"}', "PC402", ""),
    "form without ext": (compact({**sendmsg(""), "OfflinePushInfo": {"Desc": "b"}}), "PC401", ""),
    "form with null": (compact(sendmsg(None)), "PC301", "/OfflinePushInfo/Ext"),
    "form with an object": (compact(sendmsg({"entity": c2c_chat()})), "PC301", "/OfflinePushInfo/Ext"),
    "forms without ext": (compact([{"PushFlag": 0, "Desc": "a"}, {"PushFlag": 1, "Desc": "b"}]), "PC401", "/0"),
    "notification": ('{"aps":{"alert":"x"}}', "PC401", ""),
    "signaling content": ('{"call_id":"a","room_id":1,"call_type":1}', "PC401", ""),
}


@pytest.mark.parametrize(("text", "code", "pointer"), WITHOUT.values(), ids=WITHOUT)
@pytest.mark.parametrize("command", BY_EXT)
def test_a_document_without_a_payload(
    file: Path, capsys: pytest.CaptureFixture[str], command: str, text: str, code: str, pointer: str
) -> None:
    """The exit status is 1, the reason is given, and nothing is said about clients."""
    file.write_text(text)
    (record,) = Done(capsys, command, "--json", "x.json").records
    (violation,) = record["violations"]
    assert (record["file"], violation["code"], violation["pointer"]) == ("x.json", code, pointer)
    done = Done(capsys, command, "x.json")
    assert (done.status, done.err.startswith(f"x.json: {code} ")) == (1, True)
    assert done.out == ""
    if command != "decode":
        assert violation["message"].startswith("no payload: ")
        assert f"at {pointer or '(document)'}: no payload: " in done.err


@pytest.mark.parametrize(("text", "code", "_"), WITHOUT.values(), ids=WITHOUT)
def test_only_an_unknown_document_is_invalid_without_a_payload(
    file: Path, capsys: pytest.CaptureFixture[str], text: str, code: str, _: str
) -> None:
    """A form without an ext is legitimate for `validate`, a notification excepted."""
    file.write_text(text)
    (record,) = Done(capsys, "validate", "--json", "x.json").records
    shown = Done(capsys, "validate", "x.json").out
    if code == "PC402":
        assert (record["form"], record["kind"], record["exts"]) == (None, None, [])
        assert [each["code"] for each in record["violations"]] == ["PC402"]
        assert shown.startswith("x.json: PC402 unknown-document at (document): no payload: no known form: closest are ")
    elif '"aps"' in text:
        assert "PC401" in shown
    elif '"Ext":' not in text and "call_id" not in text:
        assert "without an ext" in shown
    assert record["exts"] == []


def test_over_limit_documents(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The strict commands refuse a document over the limits; the clients have none, and read the ext in it."""
    body = {**sendmsg(CHAT), "pad": "x" * 70_000}
    file.write_text(compact(body))
    for command in ("decode", "validate"):
        (record,) = Done(capsys, command, "--json", "x.json").records
        assert [each["code"] for each in record["violations"]] == ["PC110"]
    (record,) = Done(capsys, "route", "--json", "x.json").records
    assert (record["form"], record["outcome"]) == ("rest-sendmsg", "c2c_chat")
    file.write_text(compact([body]))
    for command in (*BY_EXT, "validate"):
        (record,) = Done(capsys, command, "--json", "x.json").records
        assert [each["code"] for each in record["violations"]] == ["PC110"]
    deep: Any = CHAT
    for _ in range(6):
        deep = compact({"a": deep})
    file.write_text(deep)
    assert Done(capsys, "route", "--json", "x.json").records[0]["violations"][0]["code"] == "PC402"
    file.write_text(compact([sendmsg(CHAT) for _ in range(50)]))
    assert len(Done(capsys, "compare", "--json", "x.json").records) == 50


def test_the_form_can_be_named(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--carrier` of the commands for exts: no marks are needed, and a document in a folder is not skipped."""
    bundle = compact({"entity": compact(c2c_chat())})
    file.write_text(bundle)
    for command in BY_EXT:
        (record,) = Done(capsys, command, "--json", "--carrier=oppo-bundle", ".").records
        assert (record["form"], record["pointers"]) == ("oppo-bundle", ["/entity"])
        assert "violations" not in record
    (record,) = Done(capsys, "route", "--json", "x.json").records
    assert (record["form"], record["outcome"]) == ("ext", "crash")
    assert main(["route", "--carrier=oppo", "x.json"]) == 2
    assert "oppo-bundle" in capsys.readouterr().err
    file.write_text(compact({"ext": CHAT}))
    for command in BY_EXT:
        for family, form in (("notification", "apns"), ("flutter", "flutter-push-info"), ("click", "click-callback")):
            (record,) = Done(capsys, command, "--json", f"--carrier={family}", "x.json").records
            assert (record["form"], record["pointers"]) == (form, ["/ext"])
        (record,) = Done(capsys, command, "--json", "--carrier=rest", "x.json").records
        assert record["violations"][0]["code"] == "PC401"


def test_an_object_in_a_text_with_faults_is_read_as_foundation_reads_it(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also inside other objects and in texts in it; what Foundation refuses is not read in another way."""
    for text, outcome in (
        (f'{{"data":{CHAT},}}', "c2c_chat"),
        (f'{{"data":{compact(c2c_chat())},}}', "c2c_chat"),
        (compact({"data": compact({"push": c2c_chat()})})[:-1] + ",}", "c2c_chat"),
        (f'{{"data":{{"a":{CHAT}}},"data":1}}', "c2c_chat"),
        (compact({**c2c_chat(), "sendTime": 0}).replace('"sendTime":0', '"sendTime":1e400'), "ignored"),
    ):
        file.write_text(text)
        assert [each["outcome"] for each in Done(capsys, "route", "--json", "x.json").records] == [outcome]
        assert Done(capsys, "explain", "x.json").out.count("\n`-- ") == 1


# lint


@pytest.mark.parametrize("text", ['{"action":1,"chatType":"\\ud800","sender":"a"}', '[{"aps":{},"entity":{"sender":"\\udfff"}}]'])
def test_half_of_a_surrogate_pair_in_an_entity_is_a_finding(file: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    """Also where the entity is an object of the document itself."""
    file.write_text(text)
    assert main(["lint", "--output-format=concise", "--select=PC106", "x.json"]) == 1
    captured = capsys.readouterr()
    assert ("PC106" in captured.out, captured.err) == (True, "")


def test_files_without_a_payload_are_marked(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`lint --show-files` lists every file that would be read, lints nothing, and exits 0. A log is marked if no line has one."""
    files = {
        "a.json": compact(sendmsg("not an entity")),
        "b.json": LOOK_ALIKE,
        "c.json": "5",
        "d.ndjson": f"{{}}\n[]\n{CHAT}\n",
        "e.ndjson": "{}\n[]\nhello\n",
        "f.json": '{"entity":',
        "g.json": '{"PushFlag":0}',
    }
    for name, text in files.items():
        file.with_name(name).write_text(text)
    assert main(["lint", "--show-files", "."]) == 0
    marked = " (no payload)"
    expected = [f"./{name}{marked * (name in ('b.json', 'c.json', 'e.ndjson'))}" for name in files]
    assert [line.removeprefix("./") for line in capsys.readouterr().out.splitlines()] == [line[2:] for line in expected]


def test_hooks_pass_over_documents_without_a_payload(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--as-found` a named file is treated as one that was found; without it, it has PC402."""
    file.write_text(LOOK_ALIKE)
    log = file.with_name("x.ndjson")
    log.write_text(f"{LOOK_ALIKE}\n[]\nhello\n7\n")
    assert main(["lint", "--as-found", "x.json", "x.ndjson"]) == 0
    assert capsys.readouterr().out == "2 files contain no payload.\n"
    assert main(["lint", "--output-format=concise", "x.json"]) == 1
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()] == ["PC402"]
    assert main(["lint", "--as-found", "--quiet", "--fix", "x.json"]) == 0
    assert (capsys.readouterr().out, file.read_text()) == ("", LOOK_ALIKE)
