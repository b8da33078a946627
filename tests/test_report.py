"""`pushcodec report`: the counts of many payloads, on the terminal and on a page that a real browser opens."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from mutants import mutants
from payloads import c2c_chat, compact, group_call

from pushcodec import fast
from pushcodec.cli import main
from pushcodec.errors import Code
from pushcodec.jsontext import Limits
from pushcodec.lint import Config, lint_text
from pushcodec.report import Tally, write_page, write_text
from pushcodec.report.tally import LIMITS, OPEN_BIN, STEP

NOW = 1595234240
SPITE = '<script>alert("x")</script>\x1b[31m\u202e'
ROWS: list[str | None] = [
    compact({"entity": c2c_chat()}),
    compact({"entity": c2c_chat(content="x" * 4000)}),
    compact({"entity": c2c_chat(content="x" * 70000)}),
    compact({"entity": group_call(sendTime=NOW)}),
    compact({"entity": group_call(sendTime=NOW * 1000)}),
    compact({"entity": SPITE}),
    compact({"entity": {"action": [], "chatType": 1}}),
    compact({"entity": {"action": 1, "chatType": 3, "sender": SPITE, SPITE: 1}}),
    SPITE,
    "{}",
    None,
]


def tally_of(rows: list[Any]) -> Tally:
    """The counts of texts, as strings or bytes."""
    tally = Tally()
    tally.add(pa.array(rows), now=NOW)
    return tally


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Runs `report`; returns its exit status, standard output and standard error."""
    status = main(["report", *map(str, arguments)])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


# Counts


def test_everything_is_counted() -> None:
    """Rows, verdicts, outcomes with their reasons, codes, and sizes over the limits."""
    tally = tally_of(ROWS)
    assert (tally.rows, tally.nulls, tally.texts, tally.valid, tally.refused) == (11, 1, 10, 4, 6)
    assert tally.outcomes == {"c2c_chat": 3, "group_call": 1, "call_expired": 1, "crash": 2, "chat_unrouted": 1, "ignored": 2}
    assert tally.reasons == {
        ("crash", "entity.allKeys"): 1,
        ("crash", "action.intValue"): 1,
        ("chat_unrouted", "chatType_not_1_or_2"): 1,
        ("ignored", "custom_not_a_json_object"): 1,
        ("ignored", "no_entity_key"): 1,
    }
    assert tally.faults == {Code.SEND_TIME_IN_MILLISECONDS: 1, Code.ENTITY_AS_TEXT: 1, Code.EXT_AS_PLAIN_TEXT: 1}
    assert tally.violations[Code.TOO_LARGE] == 1
    assert [tally.over[limit] for limit in LIMITS] == [2, 2, 2, 1]
    assert tally.sizes[OPEN_BIN] == 1
    assert tally.sizes.total() == 10
    assert tally.largest == len((ROWS[2] or "").encode())


def test_counts_are_those_of_the_linter_and_the_fast_path() -> None:
    """For 500 mutants, each count equals that of the linter and the client's mirror, one text at a time."""
    texts = list(mutants(500, seed=3))
    tally = tally_of(texts)
    codes: Counter[Code] = Counter()
    for text in texts:
        codes.update({each.code for each in lint_text(text, config=Config(select=("PC1", "PC3", "PC6"), kind="ext"))})
    assert tally.violations + tally.faults == codes
    decoder = fast.Decoder()
    assert tally.outcomes == Counter(decoder.route(text, now=NOW).outcome for text in texts)
    assert tally.sizes == Counter(min(len(text) // STEP, OPEN_BIN) for text in texts)


def sendmsg(ext: Any, **settings: Any) -> str:
    """A REST request with an ext."""
    return compact({"To_Account": "bob", "MsgBody": [], "OfflinePushInfo": {"Desc": "b", "Ext": ext, **settings}})


CHAT = compact({"entity": c2c_chat()})
BAD = compact({"entity": {**c2c_chat(), "sender": 7}})
PUSH = {"title": "a", "content": "b", "android": {"custom_content": CHAT}, "ios": {"custom_content": BAD}}
TWO = compact({"audience_type": "all", "message_type": "notify", "message": PUSH})
DOCUMENTS = [
    CHAT,
    sendmsg(CHAT),
    sendmsg(BAD),
    sendmsg(None),
    TWO,
    compact([json.loads(sendmsg(CHAT)), json.loads(CHAT)]),
    "{}",
    '{"name":"x"}',
    "hello",
    "{",
    "7",
    None,
]


def test_documents_are_counted_by_form() -> None:
    """The payloads in them are counted like exts: outcomes, verdicts and sizes are those of the exts alone."""
    tally = Tally("auto")
    tally.add(pa.array(DOCUMENTS), now=NOW)
    assert tally.forms == {"ext": 5, "REST sendmsg body": 4, "TPNS push body": 1}
    assert (tally.rows, tally.nulls, tally.texts, tally.without, tally.unknown) == (12, 1, 11, 3, 2)
    exts = [CHAT, CHAT, BAD, CHAT, BAD, CHAT, CHAT, "hello", "{", "7"]
    alone = tally_of(exts)
    assert tally.payloads == alone.payloads == 10
    for name in ("valid", "refused", "outcomes", "reasons", "sizes", "over", "largest", "bytes"):
        assert getattr(tally, name) == getattr(alone, name), name
    assert (tally.violations[Code.UNKNOWN_DOCUMENT], tally.violations[Code.WRONG_TYPE]) == (2, 4)
    assert tally.faults[Code.EXT_AS_PLAIN_TEXT] == alone.faults[Code.EXT_AS_PLAIN_TEXT] == 2
    assert tally.invalid == 8  # all but the first two rows and the array; a null is no value for a server
    text = "".join(write_text(tally))
    assert text.startswith("10 payloads: 5 valid, 5 not, 4 rows without\n")
    assert "\nForms of the documents\n  ext                5   45.5%  #########\n  REST sendmsg body  4   36.4%  #######\n" in text
    assert "\n  no known form      2   18.2%  ####\n" in text
    assert "REST sendmsg body" in "".join(write_page(tally, title="x", version="1"))


def test_a_form_can_be_named() -> None:
    """Then each text is a document of it, by default an ext."""
    for kind, forms in (("ext", {"ext": 11}), ("rest-request", {"REST body": 11})):
        tally = Tally(kind)
        tally.add(pa.array(DOCUMENTS), now=NOW)
        assert (tally.forms, tally.unknown) == (forms, 0)
        assert (tally.payloads, tally.without) == ((11, 0) if kind == "ext" else (2, 9))
    with pytest.raises(ValueError, match=r"unknown kind 'rest', expected one of ext, auto, "):
        Tally("rest")


def test_half_of_a_surrogate_pair_in_a_text_in_a_text_is_counted() -> None:
    """Such a payload is refused."""
    tally = Tally("auto")
    tally.add(pa.array([compact({"a": '{"custom":"\\ud800","aps":{}}'})]), now=NOW)
    assert (tally.forms, tally.payloads, tally.refused) == ({"TPNS notification": 1}, 1, 1)


def test_batches_add_up() -> None:
    """The counts of the parts are those of the whole."""
    whole, parts = tally_of(ROWS), Tally()
    for row in ROWS:
        parts.add(pa.chunked_array([pa.array([row], pa.string())]), now=NOW)
    assert vars(parts) == vars(whole)


# Words


def test_the_terminal_gets_tables_of_our_own_names() -> None:
    """The text contains counts, shares and our own names, no value of a payload and no control character."""
    text = "".join(write_text(tally_of(ROWS)))
    assert text.startswith("10 payloads: 4 valid, 6 not, 1 row without\n")
    assert "  opens a one-to-one chat                          3   30.0%  ######\n" in text
    assert "    entity is not an object                        1   10.0%  ##\n" in text
    assert f"  PC605  1   10.0%  {Code.SEND_TIME_IN_MILLISECONDS.rule}: {Code.SEND_TIME_IN_MILLISECONDS.summary}\n" in text
    assert "  1024 bytes   2   20.0%  advised for an ext\n" in text
    assert "alert" not in text
    assert text.replace("\n", "").isprintable()


def test_a_report_on_no_payloads() -> None:
    """There are no shares, and no division by zero."""
    text = "".join(write_text(Tally()))
    assert text.startswith("0 payloads: 0 valid, 0 not\nno payloads\n")
    assert "What the client does\n  no payloads\n" in text
    assert "<svg" in "".join(write_page(Tally(), title="nothing", version="1"))


class _Page(HTMLParser):
    """The tags of a page, the addresses that it refers to, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.links: list[str | None] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.links += [value for name, value in attrs if name in ("src", "href", "action", "srcset")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_is_self_contained_and_escapes_all_text() -> None:
    """It has no script, no link, a policy that forbids to load anything, and a title that is text."""
    markup = "".join(write_page(tally_of(ROWS), title='a<b>&"c', version="1.2"))
    page = _Page(markup)
    assert page.links == []
    assert page.tags["script"] == page.tags["img"] == page.tags["b"] == 0
    assert "default-src 'none'" in markup
    assert 'a<b>&"c' in page.text
    assert "alert" not in markup
    assert page.tags["svg"] == page.tags["tr"] + 1
    for limit in LIMITS[:3]:
        assert f"{limit.size}<title>" in markup


# The command


def test_files_of_both_kinds_are_counted_together(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """NDJSON and Parquet add up; a bad payload makes the exit status 1."""
    lines, table = tmp_path / "a.ndjson", tmp_path / "b.parquet"
    lines.write_text(compact({"entity": c2c_chat()}) + "\n{\n")
    pq.write_table(pa.table({"raw": ROWS[:2], "other": [1, 2]}), table)
    status, out, err = run(capsys, lines, table, "--column", "raw", "--now", NOW)
    assert (status, err) == (1, "")
    assert out.startswith("4 payloads: 3 valid, 1 not\n")
    assert run(capsys, table, "--column", "raw")[0] == 0


def test_the_command_recognises_documents(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Each row by itself, unless the form is named. A form with a fault makes the exit status 1, one without an ext does not."""
    log = tmp_path / "a.ndjson"
    log.write_text(f"{sendmsg(CHAT)}\n{compact({'PushFlag': 0, 'Desc': 'x'})}\n{CHAT}\n")
    status, out, err = run(capsys, log)
    assert (status, err) == (0, "")
    assert out.startswith("2 payloads: 2 valid, 0 not, 1 row without\n")
    assert run(capsys, log, "--form=ext")[1].startswith("3 payloads: 1 valid, 2 not\n")
    log.write_text(sendmsg(CHAT, PushFlag="0"))
    assert run(capsys, log)[0] == 1
    log.write_text("{}")
    assert run(capsys, log)[0] == 1


def test_a_file_that_can_not_be_read_does_not_stop_the_others(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """One line for each file that can't be read, exit 2, and the others are counted."""
    good, other, missing = tmp_path / "a.ndjson", tmp_path / "b.parquet", tmp_path / "c.parquet"
    good.write_text(compact({"entity": c2c_chat()}))
    pq.write_table(pa.table({"ext": [1]}), other)
    status, out, err = run(capsys, missing, other, good)
    assert (status, out.splitlines()[0]) == (2, "1 payload: 1 valid, 0 not")
    assert err.splitlines()[0] == f"pushcodec: {missing}: No such file or directory"
    assert err.splitlines()[1].startswith(f"pushcodec: {other}: expected a column of binary")
    nowhere = tmp_path / "no" / "page.html"
    assert run(capsys, good, "--html", nowhere)[::2] == (2, f"pushcodec: {nowhere}: No such file or directory\n")


def test_a_browser_shows_the_page(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Chromium opens the page from its file, draws the plots, loads no other file and reports no error."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium: apt-get install chromium")
    source, page, picture = tmp_path / "a&<i>.ndjson", tmp_path / "page.html", tmp_path / "page.png"
    source.write_text("".join(row.replace("\n", " ") + "\n" for row in ROWS if row))
    assert run(capsys, source, "--now", NOW, "--html", page)[0] == 1
    quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"]
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", *quiet, f"--user-data-dir={tmp_path / 'profile'}"]
    options = ["--enable-logging=stderr", "--virtual-time-budget=2000", f"--screenshot={picture}", "--dump-dom"]
    done = subprocess.run([*command, *options, page.as_uri()], capture_output=True, text=True, timeout=120, check=True)
    assert "CONSOLE" not in done.stderr
    shown = _Page(done.stdout)
    assert "a&<i>.ndjson" in shown.text
    assert shown.tags["i"] == shown.tags["script"] == 0
    assert shown.tags["rect"] > 10
    assert "What the client does" in shown.text
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 10_000


def test_the_last_limit_is_that_of_the_strict_reader() -> None:
    """Longer texts are refused."""
    assert LIMITS[-1].size == Limits().max_bytes
