"""`pushcodec lint`: its output, its exit status, and the files that it writes."""

from __future__ import annotations

import gzip
import io
import json
import os
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from json_texts import json_like
from mutants import mutants
from payloads import compact, group_call, group_chat, group_content
from support import untraced

from pushcodec import jsontext
from pushcodec.cli import main, progress
from pushcodec.cli.commands.lint import rewriting
from pushcodec.cli.outputs.sinks import write_output
from pushcodec.cli.progress import Progress
from pushcodec.cli.streams import OutputError
from pushcodec.clients.ios.routing import receive
from pushcodec.jsontext.values import ABSENT
from pushcodec.lint import Config, fixes, lint_text
from pushcodec.lint.baseline import Baseline, BaselineError, write_baseline
from pushcodec.lint.fixes import fix_document

ROOT = Path(__file__).parents[2]
CLEAN = compact({"entity": group_chat()})
BAD = CLEAN.replace('"action":1', '"action":"1"')
PRETTY = json.dumps({"entity": group_chat(nickname="组")}, indent=2).replace("/", "\\/")
NOTED = compact({"entity": group_call(chatType=1)})
NOW = 1595234240


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a clean file and a bad one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.json").write_text(BAD)
    (tmp_path / "clean.json").write_text(CLEAN)
    return tmp_path


@pytest.fixture
def lint(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs the command; returns the exit status, standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["lint", *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


Lint = Callable[..., tuple[int, str, str]]


def give_stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Sets the content of standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


# Exit status and output


def test_the_status_is_0_without_findings_and_1_with_findings(folder: Path, lint: Lint) -> None:
    """0 also with notes only and with --exit-zero; the current folder is linted by default."""
    assert lint("clean.json") == (0, "All checks passed: 1 file.\n", "")
    status, out, err = lint()
    assert (status, err) == (1, "")
    assert out.endswith("in 1 of 2 files. 1 fixable with --fix --unsafe-fixes.\n")
    (folder / "bad.json").write_text(CLEAN.replace("{", "{ ", 1))
    status, out, _ = lint("--output-format", "concise")
    assert status == 0
    assert "PC704" in out
    (folder / "bad.json").write_text(BAD)
    assert lint("--exit-zero")[0] == 0


def test_the_status_is_2_if_a_file_cannot_be_read(folder: Path, lint: Lint) -> None:
    """Each such file has one printable line on standard error; the other files are linted."""
    (folder / "cut.ndjson.gz").write_bytes(gzip.compress((BAD + "\n").encode() * 3000)[:-20])
    status, out, err = lint("--output-format", "concise", "/dev/zero", "no\x1bpe", "bad.json", "cut.ndjson.gz")
    assert status == 2
    assert err.splitlines() == [
        "pushcodec: /dev/zero: not a regular file",
        "pushcodec: no\\x1bpe: No such file or directory",
        "pushcodec: cut.ndjson.gz: not a whole gzip file",
    ]
    assert out.startswith("bad.json:1:21: PC301")
    assert "cut.ndjson.gz:1:21: PC301" in out


def test_the_status_is_2_for_a_glob_without_files(folder: Path, lint: Lint) -> None:
    """It has one line on standard error; the other files are linted."""
    assert lint("no*such", "clean.json") == (2, "No findings: 1 file.\n", "pushcodec: no*such: no such file\n")


def test_standard_input_can_have_a_name(folder: Path, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name decides whether `-` is lines or a document; without a name it is a document."""
    give_stdin(monkeypatch, BAD.encode())
    assert lint("--output-format", "concise", "-")[1].startswith("<stdin>:1:21: PC301")
    give_stdin(monkeypatch, f"{CLEAN}\n{BAD}\n".encode())
    status, out, _ = lint("--output-format", "concise", "--stdin-filename", "log.ndjson", "-")
    assert (status, out[:21]) == (1, "log.ndjson:2:21: PC30")


def test_quiet_prints_only_findings(folder: Path, lint: Lint) -> None:
    """No summary."""
    assert lint("--quiet", "clean.json") == (0, "", "")
    assert "Found" not in lint("-q", "bad.json")[1]


def test_statistics_count_the_findings_of_each_rule(folder: Path, lint: Lint) -> None:
    """The exit status is the same."""
    assert lint("--statistics", ".") == (1, "1  PC301  wrong-type\n1  PC506  client-coercion\n", "")


def test_the_output_can_be_written_to_a_file(folder: Path, lint: Lint) -> None:
    """Completely or not at all, and without colours; the status is 2 if it cannot be written."""
    assert lint("--output-format", "json", "--output-file", "out.json", "--color", "always", "bad.json") == (1, "", "")
    assert [each["code"] for each in json.loads((folder / "out.json").read_text())] == ["PC301", "PC506"]
    status, out, err = lint("--output-file", "nowhere/out.json", "bad.json")
    assert (status, out, err) == (2, "", "pushcodec: nowhere/out.json: No such file or directory\n")


@pytest.mark.parametrize(
    ("option", "environment", "terminal", "colored"),
    [
        ("auto", {}, False, False),
        ("auto", {}, True, True),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"TERM": "dumb", "FORCE_COLOR": "1"}, False, True),
        ("auto", {"NO_COLOR": "", "TERM": "xterm"}, True, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_only_terminals_have_colours(
    folder: Path,
    lint: Lint,
    monkeypatch: pytest.MonkeyPatch,
    option: str,
    environment: dict[str, str],
    terminal: bool,
    colored: bool,
) -> None:
    """Except with --color=always or FORCE_COLOR; NO_COLOR switches them off."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    assert ("\x1b[" in lint("--color", option, "bad.json")[1]) is colored


@pytest.mark.parametrize(
    "arguments",
    [["--now", "x"], ["--kind", "email"], ["--output-format", "yaml"], ["--color", "red"], ["--select"]],
)
def test_the_status_is_2_for_a_wrong_option(folder: Path, arguments: list[str]) -> None:
    """The parser prints the error."""
    assert main(["lint", *arguments]) == 2


def test_options_about_the_payloads_are_passed_to_the_rules(folder: Path, lint: Lint) -> None:
    """`--now`, `--kind`, `--voip` and `--custom-message`."""
    (folder / "call.json").write_text(compact({"entity": group_call(sendTime=NOW)}))
    assert "PC505" in lint("--now", str(NOW - 5), "call.json")[1]
    assert "PC505" not in lint("--now", str(NOW), "call.json")[1]
    assert "PC302" in lint("--kind", "signaling-content", "clean.json")[1]
    (folder / "info.json").write_text(compact({"title": "t", "ext": CLEAN}))
    assert "PC801" in lint("--custom-message", "info.json")[1]
    assert "PC801" not in lint("info.json")[1]
    large = compact({"aps": {"alert": "x" * 4500}, "custom": CLEAN})
    (folder / "large.json").write_text(large)
    assert "PC701" in lint("large.json")[1]
    assert "PC701" not in lint("--voip", "large.json")[1]


def test_a_folder_without_files_is_clean(folder: Path, lint: Lint) -> None:
    """Without a file to lint, the status is 0."""
    (folder / "empty").mkdir()
    assert lint("empty") == (0, "No files with a payload.\n", "")
    assert lint("--exclude", "bad.json,clean.json", ".") == (0, "No files with a payload.\n", "")


def test_a_closed_pipe_ends_the_run_quietly(folder: Path) -> None:
    """It is no error."""
    (folder / "log.ndjson").write_text(f"{BAD}\n" * 20000)
    command = f"{sys.executable} -m pushcodec lint log.ndjson | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.startswith("error[PC301]")


def test_an_interrupt_ends_the_run_quietly(folder: Path) -> None:
    """Ctrl-C ends the process by its signal, without a traceback."""
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "pushcodec", "lint", "--stdin-filename", "x.ndjson", "-"],  # Python 3.15 buffers 128 KiB
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # background jobs of a shell ignore the signal
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(f"{BAD}\n".encode() * 300)  # it fits into the pipe, whose reader has not started yet
        running.stdin.flush()
        running.stdout.read(10)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=30)
        assert running.returncode == -signal.SIGINT
        assert err == b""


# Progress


class Terminal(io.TextIOWrapper):
    """Standard error as a terminal."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)

    def isatty(self) -> bool:
        return True

    @property
    def written(self) -> str:
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode()


def test_a_long_run_has_a_progress_bar_on_a_terminal(
    folder: Path, lint: Lint, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It appears after a second and is removed before other output."""
    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", terminal)
    assert lint("clean.json")[0] == 0
    assert terminal.written == ""
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    monkeypatch.setattr(progress, "_PAUSE", 0)
    assert lint("clean.json", "no\x1bpe", "bad.json")[0] == 2
    drawn = terminal.written
    assert "[##############################] 100% " in drawn
    assert "clean.json" in drawn
    assert drawn.endswith(" \r")
    assert "\x1bpe" not in drawn


def test_quiet_or_no_terminal_means_no_progress_bar(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is drawn; a file without a size counts as empty."""
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    for bar in (Progress(["nope"]), Progress(["nope"], quiet=True)):
        bar.at("nope")
        bar.add(5)
        bar.clear()
    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", terminal)
    bar = Progress(["nope"])
    bar.at("nope")
    assert "[                              ]   0% nope" in terminal.written


# Baselines


def test_known_findings_are_not_reported_again(folder: Path, lint: Lint) -> None:
    """A baseline identifies findings by rule, pointers and marked text: another line or file changes nothing, a new fault does."""
    (folder / "log.ndjson").write_text(f"{BAD}\n")
    assert lint("--write-baseline", "known.json", "log.ndjson") == (0, "", "")
    assert lint("--baseline", "known.json", "log.ndjson")[0] == 0
    (folder / "log.ndjson").write_text(f"{CLEAN}\n\n{BAD}\n")
    assert lint("--baseline", "known.json", "log.ndjson")[0] == 0
    status, out, _ = lint("--baseline", "known.json", "--output-format", "concise", "log.ndjson", "bad.json")
    assert (status, out.count("PC301")) == (1, 1)
    known = json.loads((folder / "known.json").read_text())
    assert [(each["code"], each["pointers"], each["count"]) for each in known["findings"]] == [
        ("PC301", "/entity/action", 1),
        ("PC506", "/entity/action", 1),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"{}", "expected what --write-baseline writes"),
        (b"[1]", "expected what --write-baseline writes"),
        (b"[" * 100_000, "expected what --write-baseline writes"),
        (b'{"version":1,"findings":[1]}', "expected what --write-baseline writes"),
        (b'{"version":1,"findings":[{"fingerprint":"","count":1e999}]}', "expected what --write-baseline writes"),
        (b'{"version":2,"findings":[]}', "expected a baseline of version 1"),
        (b"\xff", "not UTF-8"),
    ],
)
def test_a_wrong_baseline_stops_the_run(folder: Path, lint: Lint, text: bytes, reason: str) -> None:
    """An invalid baseline has one line on standard error."""
    (folder / "known.json").write_bytes(text)
    assert lint("--baseline", "known.json", "bad.json") == (2, "", f"pushcodec: known.json: {reason}\n")


def test_a_missing_baseline_stops_the_run(folder: Path, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing file is no empty baseline; a new one has no findings of files that cannot be read."""
    assert lint("--baseline", "nope.json", "bad.json") == (2, "", "pushcodec: nope.json: No such file or directory\n")
    assert lint("--write-baseline", "known.json", "nope.json")[0] == 2
    assert lint("--baseline", "/dev/zero", "bad.json") == (2, "", "pushcodec: /dev/zero: not a regular file\n")
    monkeypatch.setattr("pushcodec.cli.commands.lint.runs._MOST_BASELINE", 10)
    assert lint("--baseline", "clean.json", "bad.json") == (2, "", "pushcodec: clean.json: more than 10 bytes\n")


def test_entries_of_a_baseline_without_a_finding_are_reported(folder: Path, lint: Lint) -> None:
    """One line for each of the first ten entries, without effect on the status; none if a file could not be read."""
    log = folder / "log.ndjson"
    log.write_text(f"{BAD}\n{BAD}\n")
    assert lint("--write-baseline", "known.json", "log.ndjson")[0] == 0
    assert lint("--baseline", "known.json", "log.ndjson")[2] == ""
    log.write_text(f"{BAD}\n")
    status, _, err = lint("--baseline", "known.json", "log.ndjson")
    assert status == 0
    lines = err.splitlines()
    assert lines[0] == "pushcodec: known.json: no finding matches PC301 at /entity/action; --write-baseline leaves it out"
    log.write_text(CLEAN)
    assert "PC301 at /entity/action, 2 times; " in lint("--baseline", "known.json", "log.ndjson")[2]
    assert lint("--quiet", "--baseline", "known.json", "log.ndjson")[2] == ""
    assert "matches" not in lint("--baseline", "known.json", "log.ndjson", "nope.json")[2]
    entries = [{"code": "PC301", "pointers": "\x1b", "fingerprint": f"{number}", "count": 1} for number in range(13)]
    (folder / "known.json").write_text(json.dumps({"version": 1, "findings": [*entries, {"fingerprint": "x", "count": 1}]}))
    lines = lint("--baseline", "known.json", "log.ndjson")[2].splitlines()
    assert (len(lines), lines[-1]) == (11, "pushcodec: known.json: no finding matches 4 more entries")
    assert "PC301 at \\x1b;" in lines[0]


def test_a_baseline_in_the_library() -> None:
    """It is written and read, and each known finding counts once."""
    found = lint_text(BAD)
    baseline = Baseline.read(write_baseline(found))
    assert list(baseline.new(found)) == []
    assert list(baseline.new(found)) == found
    with pytest.raises(BaselineError):
        Baseline.read("null")


# Fixes


def test_fix_makes_the_safe_fixes(folder: Path, lint: Lint) -> None:
    """White space and escapes are removed; the client does the same; the file keeps its permissions, a link stays a link."""
    file = folder / "pretty.json"
    file.write_text(PRETTY)
    file.chmod(0o640)
    (folder / "link.json").symlink_to("pretty.json")
    assert lint("--fix", "link.json") == (0, "All checks passed: 1 file.\n", "")
    assert file.read_text() == compact({"entity": group_chat(nickname="组")})
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert (folder / "link.json").is_symlink()
    assert sorted(each.name for each in folder.iterdir()) == ["bad.json", "clean.json", "link.json", "pretty.json"]


def test_unsafe_fixes_need_an_option(folder: Path, lint: Lint) -> None:
    """Without --unsafe-fixes they are only offered; fixes in NDJSON do not change other lines."""
    assert lint("--fix", "bad.json")[0] == 1
    assert (folder / "bad.json").read_text() == BAD
    log = folder / "log.ndjson"
    log.write_text(f"{BAD}\r\n\n{{\n{CLEAN}\n{BAD}")
    status, out, _ = lint("--fix", "--unsafe-fixes", "--output-format", "concise", "bad.json", "log.ndjson")
    assert (status, out.count("PC")) == (1, 1)
    assert (folder / "bad.json").read_text() == CLEAN
    assert log.read_bytes().decode() == f"{CLEAN}\r\n\n{{\n{CLEAN}\n{CLEAN}"


def test_a_file_without_fixes_is_not_written(folder: Path, lint: Lint) -> None:
    """Its time does not change."""
    before = (folder / "clean.json").stat()
    assert lint("--fix", "clean.json")[0] == 0
    assert (folder / "clean.json").stat() == before


def test_diff_shows_fixes_and_writes_nothing(folder: Path, lint: Lint) -> None:
    """A unified diff on standard output; the status is 1 if there is a diff."""
    (folder / "pretty.json").write_text(PRETTY)
    status, out, err = lint("--diff", "pretty.json", "clean.json")
    assert (status, err) == (1, "")
    assert out.splitlines()[:2] == ["--- a/pretty.json", "+++ b/pretty.json"]
    assert (folder / "pretty.json").read_text() == PRETTY
    assert lint("--diff", "clean.json") == (0, "", "")
    assert lint("--diff", "--exit-zero", "pretty.json")[0] == 0
    assert lint("--diff", "nope.json")[0] == 2


def test_overlapping_fixes_need_several_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A content that is an object becomes text in one pass, and the white space in it is removed in the next one."""
    pretty = json.dumps({"entity": {**group_call(), "content": group_content()}}, indent=1).encode()
    whole = compact({"entity": group_call()}).encode()
    assert fix_document(pretty, unsafe=True).data == whole
    monkeypatch.setattr(fixes, "_MOST_PASSES", 1)
    once = fix_document(pretty, unsafe=True).data
    assert once not in (pretty, whole)
    assert json.loads(once) in (json.loads(pretty), json.loads(whole))


def test_a_file_that_cannot_be_fixed_is_reported(folder: Path, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """Packed files and standard input are not written; a text over the limits does not change."""
    (folder / "p.json.gz").write_bytes(gzip.compress(PRETTY.encode()))
    status, _, err = lint("--fix", "p.json.gz", "nope.json")
    assert status == 2
    assert "pushcodec: p.json.gz: packed files can't be fixed; unpack it first\n" in err
    give_stdin(monkeypatch, b"")
    assert "pushcodec: <stdin>: standard input can't be fixed in place; see --diff\n" in lint("--fix", "-")[2]
    huge = f"[ {'1, ' * 30000}1]"
    (folder / "huge.json").write_text(huge)
    (folder / "huge.ndjson").write_text(huge)
    assert lint("--fix", "huge.json", "huge.ndjson")[0] == 1
    assert (folder / "huge.json").read_text() == huge == (folder / "huge.ndjson").read_text()


def test_a_file_that_changes_meanwhile_is_not_overwritten(folder: Path, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that another program wrote while it was linted keeps its new content."""
    file = folder / "pretty.json"
    file.write_text(PRETTY)

    def meanwhile(*arguments: Any, **options: Any) -> Any:
        file.write_text(PRETTY + " ")
        return fix_document(*arguments, **options)

    monkeypatch.setattr(rewriting, "fix_document", meanwhile)
    status, _, err = lint("--fix", "pretty.json")
    assert (status, err) == (2, "pushcodec: pretty.json: changed while it was fixed\n")
    assert file.read_text() == PRETTY + " "
    assert not list(folder.glob(".pushcodec-*"))


def test_a_killed_run_leaves_the_old_file_or_the_new_one(folder: Path) -> None:
    """A file is complete whenever the run is killed."""
    log = folder / "log.ndjson"
    line = CLEAN.replace("{", "{ ", 1) + "\n"
    old, new = line * 3000, (CLEAN + "\n") * 3000
    for delay in (0.15, 0.25, 0.35, 0.5, 0.7, 1.0):
        log.write_text(old)
        running = subprocess.Popen(
            [sys.executable, "-m", "pushcodec", "lint", "-q", "--fix", "log.ndjson"], stdout=subprocess.DEVNULL
        )
        time.sleep(delay)
        running.kill()
        running.wait()
        assert log.read_text() in (old, new)


def test_a_failing_write_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old file stays, and there is no temporary file."""
    file = tmp_path / "x.json"
    file.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write_output(str(file), b"new")
    assert [each.read_text() for each in tmp_path.iterdir()] == ["old"]


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    """Those of a file that `open` creates."""
    write_output(str(tmp_path / "new"), [b"a", b"b"])
    (tmp_path / "other").touch()
    assert (tmp_path / "new").read_bytes() == b"ab"
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "other").stat().st_mode


# The effects of fixes


def test_a_safe_fix_changes_no_route() -> None:
    """For seeded mutants: the same values, the same Route, no new finding, and no remaining safe fix."""
    mended = 0
    for raw in mutants(3000, seed=12):
        after = fix_document(raw)
        mended += after.fixes
        if after.data == raw:
            continue
        assert len(after.data) < len(raw)
        text, mended_text = raw.decode(), after.data.decode()
        value, same = jsontext.read(text).value, jsontext.read(mended_text).value
        assert (value is ABSENT) == (same is ABSENT)
        for now in (0, NOW, 2**40):
            assert receive({"custom": mended_text}, now=now) == receive({"custom": text}, now=now)
        assert {each.code for each in lint_text(after.data)} <= {each.code for each in lint_text(raw)}
        assert not any(each.fix and each.fix.safe for each in lint_text(after.data))
    assert mended > 50


@given(st.one_of(json_like.map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=40)), st.booleans())
def test_fixing_a_fixed_text_changes_nothing(data: bytes, unsafe: bool) -> None:
    """For any text."""
    once = fix_document(data, unsafe=unsafe, config=Config(kind="ext"))
    assert fix_document(once.data, unsafe=unsafe, config=Config(kind="ext")).data == once.data


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"entity": group_chat(action="1")}, {"entity": group_chat()}),
        ({"entity": group_chat(chatType=2.0)}, {"entity": group_chat()}),
        ({"entity": group_chat(action=True)}, {"entity": group_chat()}),
        ({"entity": group_chat(action="1x")}, None),
        ({"entity": compact(group_chat())}, {"entity": group_chat()}),
        ({"entity": "x"}, None),
        ({"entity": {**group_call(), "content": group_content()}}, {"entity": group_call()}),
        ({"entity": {("nickName" if k == "nickname" else k): v for k, v in group_chat().items()}}, {"entity": group_chat()}),
        ({"entity": {("Sender" if k == "sender" else k): v for k, v in group_chat().items()}}, {"entity": group_chat()}),
        ({"entity": group_call(sendTime=1595234231000)}, {"entity": group_call()}),
    ],
)
def test_unsafe_fixes_change_values(before: Any, after: Any) -> None:
    """String to integer, object to text and back, misspelled keys, milliseconds; also in embedded texts."""
    expected = before if after is None else after
    assert json.loads(fix_document(compact(before).encode(), unsafe=True).data) == expected
    wrapped = fix_document(compact({"aps": {}, "custom": compact(before)}).encode(), unsafe=True).data
    assert json.loads(json.loads(wrapped)["custom"]) == expected


# Figures


TIMED = """
import json, sys, time
from pushcodec.lint import lint_lines
blob = sys.stdin.buffer.read()
lines = blob.splitlines()
def lint():
    assert list(lint_lines(blob, filename="x.ndjson")) == []
def load():
    for line in lines:
        json.loads(line)
def seconds(work):
    start = time.process_time()
    work()
    return time.process_time() - start
rounds = [(seconds(lint), seconds(load)) for _ in range(5)]
linted, loaded = map(min, zip(*rounds))
print(linted / loaded, len(lines) / linted)
"""
MOST = 30


def test_linting_clean_documents_is_fast(report_figure: Callable[[str], None]) -> None:
    """Small clean documents in one NDJSON file, linted by the library, as a multiple of `json.loads` in the same run."""
    ratio, rate = untraced(TIMED, (CLEAN + "\n").encode() * 3000)
    report_figure(f"lint: {rate:.0f} clean documents a second, {ratio:.0f} times json.loads, of {MOST}")
    assert ratio <= MOST


def _seconds(*arguments: str) -> float:
    """The least processor time of several runs of a command, which does not depend on other processes."""

    def used() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return children.ru_utime + children.ru_stime

    times = []
    for _ in range(9):
        start = used()
        subprocess.run([sys.executable, *arguments], capture_output=True, check=False, cwd=ROOT)
        times.append(used() - start)
    return min(times)


def test_starting_costs_little(folder: Path, report_figure: Callable[[str], None]) -> None:
    """The aim is 5 times `import json` for a clean file and 12 times for a faulty one; the bounds allow for a busy machine.

    The modules are compiled, as pip compiles what it installs.
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE")}
    with pytest.MonkeyPatch.context() as patch:
        for key in set(os.environ) - set(environment):
            patch.delenv(key)
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("PYTHONPYCACHEPREFIX", str(folder / "compiled"))
        base = _seconds("-c", "import json")
        clean = _seconds("-m", "pushcodec", "lint", str(folder / "clean.json")) / base
        faulty = _seconds("-m", "pushcodec", "lint", str(folder / "bad.json")) / base
    report_figure(f"lint: start-up {clean:.1f} times import json on a clean file, {faulty:.1f} on a faulty one, of 5 and 12")
    assert clean < 7
    assert faulty < 16
