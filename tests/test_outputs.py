"""Files that commands write: overwriting, devices and pipes, full disks, and temporary files of runs that end early."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from payloads import compact, group_call, group_chat

from pushcodec.cli import main
from pushcodec.cli.outputs import kinds as output_kinds
from pushcodec.cli.outputs import sinks, temporary
from pushcodec.cli.outputs.checks import check_output
from pushcodec.cli.outputs.kinds import BASELINE, FINDINGS, PAGE, PARQUET, PICTURE, Kind, look_into
from pushcodec.cli.outputs.sinks import descriptor_of, open_output, write_output
from pushcodec.cli.outputs.temporary import PREFIX, leftovers, temporary_beside
from pushcodec.cli.streams import OutputError
from pushcodec.lint.output import FORMATS

CHAT = compact({"entity": group_chat()})
BAD = CHAT.replace('"action":1', '"action":"1"')
FULL = Path("/dev/full")

needs_full = pytest.mark.skipif(not FULL.exists(), reason="no /dev/full, which is a device of Linux")
needs_posix = pytest.mark.skipif(os.name != "posix", reason="pipes, devices and signals of POSIX")
not_root = pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")


class Output(NamedTuple):
    """A command that writes `{out}` and reads `{in}`, and the first bytes of its output."""

    words: str
    begins: bytes
    status: int = 0

    def command(self, out: object, source: object = "chat.json") -> list[str]:
        return [word.format(**{"out": out, "in": source}) for word in self.words.split()]


OUTPUTS = {
    "columns": Output("columns {in} {out}", b"PAR1"),
    "report --html": Output("report --now 1 {in} --html {out}", b"<!doctype html>"),
    "explain --svg": Output("explain --now 1 {in} --svg {out}", b"<svg"),
    "lint --write-baseline": Output("lint {in} --write-baseline {out}", b'{\n "version": 1'),
    "lint --output-file": Output("lint --output-format json {in} --output-file {out}", b"[\n", 1),
    "lint --statistics": Output("lint --statistics {in} --output-file {out}", b"1  PC", 1),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with payloads."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "chat.json").write_text(CHAT)
    (tmp_path / "bad.json").write_text(BAD)
    (tmp_path / "a.ndjson").write_text(f"{CHAT}\n")
    (tmp_path / "b.ndjson").write_text(f"\n{BAD}\n")
    return tmp_path


@pytest.fixture(params=OUTPUTS)
def output(request: pytest.FixtureRequest) -> Output:
    return OUTPUTS[request.param]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command; returns its exit status, standard output and standard error."""

    def run_command(*arguments: object) -> tuple[int, str, str]:
        status = main(list(map(str, arguments)))
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run_command


Run = Callable[..., tuple[int, str, str]]


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder and their contents."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


# Overwriting


def test_an_output_is_written_and_written_again(folder: Path, run: Run, output: Output) -> None:
    """Over a new file, an empty one, and the output of an earlier run. No other file is left."""
    (folder / "empty").touch()
    for name in ("new", "new", "empty", "empty"):
        status, _, err = run(*output.command(name, "bad.json"))
        assert (status < 2, err) == (True, "")
        assert (folder / name).read_bytes().startswith(output.begins)
    assert set(contents(folder)) == {"chat.json", "bad.json", "a.ndjson", "b.ndjson", "new", "empty"}


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_an_input_is_not_overwritten(folder: Path, run: Run, output: Output, force: list[str]) -> None:
    """Not by its path, a symbolic link or a hard link, and not with `--force`."""
    Path("hard").hardlink_to("bad.json")
    Path("soft").symlink_to("bad.json")
    Path("here").symlink_to(".")
    before = contents(folder)
    for name in ("bad.json", "./bad.json", folder / "bad.json", "hard", "soft", "here/bad.json"):
        assert run(*output.command(name, "bad.json"), *force) == (
            2,
            "",
            f"pushcodec: {name}: is also an input, and is not overwritten\n",
        )
        assert contents(folder) == before


def test_standard_input_is_an_input_too(folder: Path, output: Output) -> None:
    """Also a file that the shell opened for reading is not overwritten."""
    before = contents(folder)
    with (folder / "bad.json").open("rb") as stdin:
        command = [sys.executable, "-m", "pushcodec", *output.command("bad.json", "-")]
        done = subprocess.run(command, stdin=stdin, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"pushcodec: bad.json: is also an input, and is not overwritten\n"
    assert contents(folder) == before


@needs_posix
def test_standard_output_must_not_be_an_input(folder: Path, output: Output) -> None:
    """`>>` onto the file that is read is refused if the output is named."""
    before = contents(folder)
    for name in ("-", "/dev/stdout"):
        with (folder / "bad.json").open("ab") as stdout:
            command = [sys.executable, "-m", "pushcodec", *output.command(name, "bad.json")]
            done = subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, check=False)
        assert (done.returncode, done.stderr) == (2, f"pushcodec: {name}: is also an input, and is not overwritten\n".encode())
        assert contents(folder) == before


PAYLOADS: dict[str, bytes] = {
    "one.json": CHAT.encode(),
    "pretty": b'{\n  "aps": {},\n  "ext": "{}"\n}\n',
    "broken": b'{"entity": {"action": 1, "chatType": ',
    "log": b"\n\n" + BAD.encode() + b"\n",
    "mixed": b'{"level":"info"}\n' * 2000 + compact({"entity": group_call()}).encode() + b"\n",
    "packed.gz": gzip.compress(b'{"n":1}\n' + CHAT.encode() + b"\n"),
    "cut.gz": gzip.compress((BAD + "\n").encode() * 3000)[:-20],
    "info": compact({"title": "t", "desc": "d", "ext": CHAT}).encode(),
}


@pytest.mark.parametrize("force", [[], ["--force"]])
@pytest.mark.parametrize("name", PAYLOADS)
def test_a_file_with_a_payload_is_not_overwritten(folder: Path, run: Run, output: Output, name: str, force: list[str]) -> None:
    """Its name and form do not matter: a glob may have put it in the place of the output."""
    (folder / name).write_bytes(PAYLOADS[name])
    before = contents(folder)
    status, out, err = run(*output.command(name), *force)
    assert (status, out, err) == (2, "", f"pushcodec: {name}: contains a payload, and is not overwritten\n")
    assert contents(folder) == before


@pytest.mark.parametrize(
    "words",
    [
        "columns {a} {b}",
        "columns {b} {a} --force",
        "report --html {a} {b}",
        "lint --write-baseline {a} {b}",
        "lint --output-file {a} {b}",
        "lint --output-file {a} {a}",
        "lint --output-file {a} .",
        "lint --fix --output-file {a} {b}",
        "explain --svg {a} {b}",
        "explain --svg {a} {b} {a}",
    ],
)
@pytest.mark.parametrize("names", [("a.ndjson", "b.ndjson"), ("bad.json", "chat.json"), ("log1.parquet", "log2.parquet")])
def test_a_glob_in_the_place_of_an_output_overwrites_nothing(folder: Path, run: Run, words: str, names: tuple[str, str]) -> None:
    """The first or the last file that matches would be the output."""
    for name, text in (("log1.parquet", CHAT), ("log2.parquet", BAD)):
        pq.write_table(pa.table({"n": [1, 2], "ext": [None, text]}), folder / name)
    before = contents(folder)
    status, out, err = run(*words.format(a=names[0], b=names[1]).split())
    assert (status, out) == (2, "")
    assert err.endswith("and is not overwritten\n")
    assert contents(folder) == before


OTHERS: dict[str, bytes] = {
    "package.json": b'{"name": "x", "version": "1.0.0"}',
    "notes.txt": b"Found nothing yet",
    "photo.jpg": b"\xff\xd8\xff\xe0" + bytes(range(256)),
    "data.csv": b"id,name\n1,x\n",
    "rows.ndjson": b'{"level":"info"}\n{"level":"warn"}\n',
    "broken.gz": b"\x1f\x8b" + bytes(100),
    "code.py": b"print(1)\n",
    "space": b" \n",
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_file_of_another_kind_is_overwritten_when_forced(folder: Path, run: Run, output: Output, name: str) -> None:
    """Without `--force` it is not overwritten."""
    file = folder / name
    file.write_bytes(OTHERS[name])
    status, out, err = run(*output.command(name, "bad.json"))
    assert (status, out, file.read_bytes()) == (2, "", OTHERS[name])
    assert err.startswith(f"pushcodec: {name}: exists and is not ")
    assert err.endswith("; --force overwrites it\n")
    status, _, err = run(*output.command(name, "bad.json"), "--force")
    assert (status < 2, err) == (True, "")
    assert file.read_bytes().startswith(output.begins)


def test_an_output_of_another_command_is_of_another_kind(folder: Path, run: Run) -> None:
    """Each output has its own kind only."""
    kinds = {name: name.split()[-1] for name in OUTPUTS}
    for name, output in OUTPUTS.items():
        run(*output.command(f"out of {kinds[name]}", "bad.json"))
    for name, output in OUTPUTS.items():
        for other in set(kinds.values()):
            file = folder / f"out of {other}"
            before = file.read_bytes()
            of_one_kind = kinds[name] == other or {kinds[name], other} == {"--output-file", "--statistics"}
            assert (run(*output.command(file, "bad.json"))[0] < 2) is of_one_kind
            file.write_bytes(before)


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.parametrize("source", ["chat.json", "bad.json", "b.ndjson", "empty"])
def test_findings_of_any_format_are_recognised(folder: Path, run: Run, output_format: str, source: str) -> None:
    """Of clean and of bad files, also by a run that writes another format, under any file name."""
    (folder / "empty").mkdir()
    for name in ("out.json", "out.json"):
        assert run("lint", "--output-format", output_format, "--output-file", name, source)[0] < 2
    assert run("lint", "--statistics", "--output-file", "out.json", "bad.json")[0] == 1
    assert run("lint", "--output-format", output_format, "--output-file", "out.json", source)[0] < 2


def test_a_baseline_is_written_over_the_old_one(folder: Path, run: Run) -> None:
    """In the folder that is linted, as in docs/lint.md, and also if it is the known baseline."""
    for _ in range(3):
        assert run("lint", "--write-baseline", "known.json", ".")[0] == 0
        assert run("lint", "--baseline", "known.json", ".")[0] == 0
        assert run("lint", "--baseline", "known.json", "--write-baseline", "known.json", ".")[0] == 0
        assert run("lint", "--baseline", "known.json", "--output-file", "known.json", ".")[0] == 2


def test_two_outputs_are_two_files(folder: Path, run: Run) -> None:
    """The same file, or standard output, can't be named for both."""
    Path("y").symlink_to("x")
    for one, other in (("x", "x"), ("x", "./x"), ("x", "y"), ("-", "-"), ("-", "/dev/stdout")):
        status, out, err = run("lint", "--output-file", one, "--write-baseline", other, "bad.json")
        assert (status, out, err) == (2, "", f"pushcodec: {other}: named for two outputs\n")


def test_a_configuration_is_an_input(folder: Path, run: Run) -> None:
    """It is not overwritten, not even with `--force`."""
    (folder / "my.toml").write_text('ignore = ["PC506"]\n')
    assert run("lint", "--config", "my.toml", "--output-file", "my.toml", "--force", "bad.json")[0] == 2
    assert (folder / "my.toml").read_text() == 'ignore = ["PC506"]\n'


KNOWN: list[tuple[Kind, bytes, bool]] = [
    (PAGE, b"<!DOCTYPE HTML>\n<html>", True),
    (PAGE, b"\xef\xbb\xbf\n<!-- x --><html lang='en'>", True),
    (PAGE, b"<htmlx>", False),
    (PAGE, b"text <html>", False),
    (PICTURE, b"<?xml version='1.0'?>\n<!-- Made by x -->\n<svg viewBox='0 0 1 1'>", True),
    (PICTURE, b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN">\n<svg>', True),
    (PICTURE, b"<html><svg>", False),
    (BASELINE, b'{"version": 1, "findings": []}', True),
    (BASELINE, b'{"version": 1, "findings": [1]}', False),
    (FINDINGS, b"[1]", False),
    (FINDINGS, b"[]\n", True),
    (FINDINGS, b"1 file contains no payload.\n", True),
    (FINDINGS, b"3 files contain no payload. 1 file could not be read.\n", True),
    (FINDINGS, b"3 files contain", False),
    (PARQUET, b"PAR", False),
]


@pytest.mark.parametrize(("kind", "head", "expected"), KNOWN)
def test_a_kind_is_recognised_by_its_first_bytes(tmp_path: Path, kind: Kind, head: bytes, expected: bool) -> None:
    """Also in a file that another program wrote."""
    (tmp_path / "x").write_bytes(head)
    assert look_into(str(tmp_path / "x"), kind).is_of_kind is expected


def test_a_table_of_payloads_is_not_an_output(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Parquet file with payloads is a log, unless it has a decoded column. One without payloads is another table."""
    write = {
        "log": pa.table({"n": [1], "ext": pa.array([CHAT.encode()], pa.large_binary())}),
        "numbers": pa.table({"n": [1], "s": ["x"]}),
        "empty": pa.table({"ext": pa.array([], pa.string())}),
    }
    for name, table in write.items():
        pq.write_table(table, name)
    (folder / "cut").write_bytes((folder / "log").read_bytes()[:-9])
    allowed = {name: run("columns", "a.ndjson", name)[0] == 0 for name in (*write, "cut", "log")}
    assert allowed == {"log": False, "numbers": True, "empty": True, "cut": True}
    assert run("columns", "b.ndjson", "numbers")[0] == 1
    assert not look_into("numbers", PARQUET).has_payload
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert not look_into("log", PARQUET).has_payload


def test_a_long_file_is_searched_as_far_as_the_bound(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kind of an output is known before the bound."""
    (folder / "long").write_bytes(b'{"level":"info"}\n' * 5000 + CHAT.encode())
    assert look_into("long", PAGE).has_payload
    monkeypatch.setattr(output_kinds, "_MOST", 1000)
    assert not look_into("long", PAGE).has_payload


# Names that can't be written


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("sub", "a folder, where a file is expected"),
        ("sub/", "a folder, where a file is expected"),
        (".", "a folder, where a file is expected"),
        ("nowhere/out", "No such file or directory"),
        ("chat.json/out", "Not a directory"),
        ("loop", "Too many levels of symbolic links"),
        ("x" * 300, "File name too long"),
        ("nul\0", "no file has such a name"),
    ],
)
def test_a_name_that_can_not_be_written_is_one_line(folder: Path, run: Run, output: Output, name: str, reason: str) -> None:
    """The message comes before any work begins, and no file is left."""
    (folder / "sub").mkdir()
    Path("loop").symlink_to("loop")
    before = contents(folder)
    status, out, err = run(*[name if word == "OUT" else word for word in output.command("OUT")])
    shown = name.replace("\0", "\\x00")
    assert (status, out, err) == (2, "", f"pushcodec: {shown}: {reason}\n")
    assert contents(folder) == before


def test_an_empty_name_is_refused(folder: Path, run: Run, output: Output) -> None:
    """A shell passes an empty name for a variable that is not set. Without the check the output would not be written."""
    status, out, err = run(*["" if word == "OUT" else word for word in output.command("OUT")])
    assert (status, out) == (2, "")
    assert "expected the name of a file, got an empty one" in err


@not_root
def test_protected_files_are_not_replaced(folder: Path, run: Run, output: Output) -> None:
    """A file without permission to write, one without permission to read, and a folder."""
    for name, mode in (("readonly", 0o444), ("secret", 0o200)):
        (folder / name).write_bytes(output.begins)
        (folder / name).chmod(mode)
        assert run(*output.command(name))[0] == 2
    (folder / "sub").mkdir(mode=0o555)
    assert run(*output.command("sub/out"))[2] == "pushcodec: sub/out: Permission denied\n"
    (folder / "secret").chmod(0o600)
    assert contents(folder)["secret"] == contents(folder)["readonly"] == output.begins


def test_a_protected_file_is_not_replaced(folder: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """As for a user who is not root."""
    (folder / "out").touch()
    monkeypatch.setattr(os, "access", lambda name, mode: not mode & os.W_OK)
    for command in (["report", "a.ndjson", "--html", "out"], ["lint", "--fix", "--unsafe-fixes", "bad.json"]):
        status, _, err = run(*command)
        assert (status, err.endswith(": is write-protected\n")) == (2, True)
    assert run("report", "a.ndjson", "--html", "new")[2] == "pushcodec: new: Permission denied\n"
    assert (folder / "bad.json").read_text() == BAD


# Devices, pipes and descriptors


@needs_posix
def test_a_device_is_written_to(folder: Path, run: Run, output: Output) -> None:
    """Also by root the null device is not replaced, nor is a link to it."""
    Path("link").symlink_to(os.devnull)
    for name in (os.devnull, "link"):
        status, _, err = run(*output.command(name, "bad.json"))
        assert (status < 2, err) == (True, "")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
    assert (folder / "link").is_symlink()


@needs_posix
def test_a_named_pipe_is_written_to(folder: Path, run: Run, output: Output) -> None:
    """Its reader gets the same bytes as a file."""
    os.mkfifo("pipe")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(Path("pipe").read_bytes()), daemon=True)
    reader.start()
    status, _, err = run(*output.command("pipe", "bad.json"))
    reader.join(60)
    assert (status < 2, err) == (True, "")
    assert stat.S_ISFIFO(Path("pipe").stat().st_mode)
    run(*output.command("file", "bad.json"))
    assert len(read[0]) == (folder / "file").stat().st_size
    assert read[0].startswith(output.begins)


def test_a_dash_is_standard_output(folder: Path, output: Output) -> None:
    """It contains only the output, also by the names of the device and by a link to it."""
    Path("link").symlink_to("/dev/stdout")
    command = [sys.executable, "-m", "pushcodec"]
    subprocess.run([*command, *output.command("file", "bad.json")], capture_output=True, check=False)
    names = ["-", *(["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "link"] if Path("/proc/self/fd").exists() else [])]
    for name in names:
        done = subprocess.run([*command, *output.command(name, "bad.json")], capture_output=True, check=False)
        assert done.returncode < 2
        if output.begins == b"PAR1":
            assert pq.read_table(io.BytesIO(done.stdout)).equals(pq.read_table("file"))
            assert done.stderr == b"1 rows: 0 valid, 1 not valid\n"
        else:
            assert (done.stdout, done.stderr) == ((folder / "file").read_bytes(), b"")


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="descriptors have names on Linux")
def test_standard_output_that_is_a_file_is_not_replaced(folder: Path, output: Output) -> None:
    """Its content is kept, because the shell has opened it to append."""
    for name in ("-", "/dev/stdout"):
        (folder / "log").write_bytes(b"before\n")
        with (folder / "log").open("ab") as stdout:
            command = [sys.executable, "-m", "pushcodec", *output.command(name, "bad.json")]
            assert subprocess.run(command, stdout=stdout, stderr=subprocess.DEVNULL, check=False).returncode < 2
        assert (folder / "log").read_bytes().startswith(b"before\n" + output.begins)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="descriptors have names on Linux")
def test_an_open_descriptor_is_written_to(folder: Path, run: Run, output: Output) -> None:
    """`/dev/fd/N` is a file or a pipe. A closed one has one line on standard error."""
    with (folder / "log").open("wb") as log:
        number = log.fileno()
        assert descriptor_of(f"/dev/fd/{number}") == descriptor_of(f"/proc/{os.getpid()}/fd/{number}") == number
        status, _, err = run(*output.command(f"/dev/fd/{number}", "bad.json"))
        assert (status < 2, err) == (True, "")
    assert (folder / "log").read_bytes().startswith(output.begins)
    assert run(*output.command("/dev/fd/1234")) == (2, "", "pushcodec: /dev/fd/1234: Bad file descriptor\n")


def test_names_of_descriptors() -> None:
    """Other names have no descriptor."""
    names = ["-", "/dev/stdout", "/dev/stderr", "/dev/stdin", "x", "/dev/null", "/dev/fd/x", "./-"]
    expected = [1, 1, 2, 0, None, None, None, None] if os.name == "posix" else [1, *[None] * 7]
    assert [descriptor_of(name) for name in names] == expected


@pytest.mark.skipif(not Path("/dev/stderr").exists(), reason="descriptors have names on Linux")
def test_an_output_may_be_standard_error(folder: Path, output: Output) -> None:
    """By the name of its device."""
    command = [sys.executable, "-m", "pushcodec", *output.command("/dev/stderr", "bad.json")]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode < 2
    assert done.stderr.startswith(output.begins)


def test_no_table_on_a_terminal(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused on a stream that accepts text only as well. A closed one discards it."""
    message = "pushcodec: -: a terminal or a stream of text, where a Parquet file is expected\n"
    with monkeypatch.context() as patch:
        patch.setattr(sys.stdout, "isatty", lambda: True)
        assert run("columns", "a.ndjson", "-") == (2, "", message)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", io.StringIO())
        assert run("columns", "a.ndjson", "-") == (2, "", message)
        patch.setattr(sys, "stdout", None)
        assert run("columns", "a.ndjson", "-") == (0, "", "1 rows: 1 valid, 0 not valid\n")


def test_standard_output_may_have_no_descriptor(folder: Path, output: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a notebook, or if the shell has closed it."""
    fstat = os.fstat

    def refuse(descriptor: int) -> os.stat_result:
        if descriptor == 1:
            raise OSError(9, "Bad file descriptor")
        return fstat(descriptor)

    monkeypatch.setattr(os, "fstat", refuse)
    raw = io.BytesIO()
    stdout = io.TextIOWrapper(raw, encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", stdout)
    assert main(output.command("-", "bad.json")) < 2
    assert raw.getvalue().startswith(output.begins)


def test_a_disk_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A block device is refused."""
    (tmp_path / "disk").touch()
    monkeypatch.setattr(stat, "S_ISBLK", lambda _: True)
    with pytest.raises(OutputError, match="a disk, which is not overwritten"):
        write_output(str(tmp_path / "disk"), b"x")


def test_a_folder_that_is_made_meanwhile_is_refused(tmp_path: Path) -> None:
    """Writing checks for a folder again."""
    with pytest.raises(OutputError, match="a folder, where a file is expected"):
        write_output(str(tmp_path), b"x")


def test_writing_reports_the_reason(tmp_path: Path) -> None:
    """Without a check before: for a folder that does not exist, and for a file that can't be opened."""
    with pytest.raises(OutputError, match="out: No such file or directory"):
        write_output(str(tmp_path / "nowhere" / "out"), b"x")
    if hasattr(socket, "AF_UNIX"):
        with contextlib.chdir(tmp_path), socket.socket(socket.AF_UNIX) as listening:
            listening.bind("socket")
            with pytest.raises(OutputError, match="socket: "):
                write_output("socket", b"x")


# Full disks


@needs_full
def test_a_full_disk_is_one_line(folder: Path, run: Run, output: Output) -> None:
    """For each output that is named."""
    status, _, err = run(*output.command(FULL, "bad.json"))
    assert (status, err) == (2, f"pushcodec: {FULL}: No space left on device\n")


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_a_failure_at_the_end_leaves_the_old_file(
    folder: Path, run: Run, output: Output, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """No other file is left."""
    run(*output.command("out", "bad.json"))
    before = contents(folder)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    status, _, err = run(*output.command("out", "bad.json"))
    assert (status, err) == (2, "pushcodec: out: No space left on device\n")
    assert contents(folder) == before


LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
from pushcodec.cli import main
sys.exit(main(sys.argv[1:]))
"""


@needs_posix
def test_a_disk_that_fills_up_leaves_the_old_file(folder: Path, output: Output) -> None:
    """At any byte of the output. The system's limit on the size of a file simulates the full disk."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    for name in ("out", "out"):
        before = contents(folder)
        command = [sys.executable, "-c", LIMITED, *output.command(name, "bad.json")]
        done = subprocess.run(command, capture_output=True, env=environment, check=False)
        assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
        assert done.stderr == b"pushcodec: out: File too large\n"
        assert contents(folder) == before
        (folder / "out").touch()


def test_a_file_keeps_owner_and_permissions(folder: Path, run: Run, output: Output) -> None:
    """A new one has the usual permissions. A link is kept, and its target is written."""
    (folder / "out").touch()
    (folder / "out").chmod(0o640)
    Path("link").symlink_to("out")
    Path("dangling").symlink_to("later")
    if os.name == "posix" and os.geteuid() == 0:
        os.chown("out", 12345, 54321)
    before = (folder / "out").stat()
    for name in ("link", "dangling"):
        assert run(*output.command(name, "bad.json"))[0] < 2
        assert (folder / name).is_symlink()
    after = (folder / "out").stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    assert after.st_size
    (folder / "usual").touch()
    assert (folder / "later").stat().st_mode == (folder / "usual").stat().st_mode


# Temporary files


@pytest.fixture
def endless(folder: Path) -> list[str]:
    """A command that writes as long as it gets input, with a temporary file beside its output."""
    return [sys.executable, "-m", "pushcodec", "columns", "-q", "-", "out.parquet"]


def started(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """The running command, once its temporary file exists."""

    def default() -> None:
        for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT):
            signal.signal(number, signal.SIG_DFL)

    running = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, preexec_fn=default)
    assert running.stdin is not None
    while not list(folder.glob(f"{PREFIX}*")):
        assert running.poll() is None
        running.stdin.write(f"{CHAT}\n".encode() * 2000)
        running.stdin.flush()
        time.sleep(0.01)
    return running


@needs_posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"])
def test_a_signal_leaves_no_temporary_file(folder: Path, endless: list[str], name: str) -> None:
    """The process ends by the signal, and the old output is kept."""
    pq.write_table(pa.table({"n": [1]}), "out.parquet")
    before = contents(folder)
    with started(endless, folder) as running:
        running.send_signal(getattr(signal, name))
        _, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (-getattr(signal, name), b"")
    assert contents(folder) == before


@needs_posix
def test_the_file_of_a_killed_run_is_reported(folder: Path, endless: list[str], run: Run) -> None:
    """By the next run that writes there, which deletes nothing. The file of a running one is not reported."""
    with started(endless, folder) as running:
        assert run("report", "a.ndjson", "--html", "page.html")[2] == ""
        running.kill()
        running.communicate(timeout=60)
    [left] = folder.glob(f"{PREFIX}*")
    for name, output in OUTPUTS.items():
        status, _, err = run(*output.command(f"new {name}", "bad.json"))
        assert (status < 2, err) == (True, f"pushcodec: {left}: left by an earlier run, which was killed; it can be deleted\n")
    (folder / "sub").mkdir()
    assert run("lint", "--fix", "chat.json", "a.ndjson")[2].count("left by an earlier run") == 1
    assert run("report", "a.ndjson", "--html", "sub/page.html")[2] == ""
    assert left.exists()


def test_leftovers_are_files_that_no_run_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without locks these are all temporary files; if the folder can't be read, none."""
    target = str(tmp_path / "out")
    (tmp_path / f"{PREFIX}folder").mkdir()
    (tmp_path / f"{PREFIX}1").touch()
    with temporary_beside(target, 0o600) as (_, beside):
        assert leftovers(target) == [str(tmp_path / f"{PREFIX}1")]
        with monkeypatch.context() as patch:
            patch.setattr(temporary, "fcntl", None)
            assert leftovers(target) == sorted([str(tmp_path / f"{PREFIX}1"), beside])
            with temporary_beside(target, 0o600) as (_, other):
                assert Path(other).exists()
    assert not Path(beside).exists()
    assert leftovers(str(tmp_path / "nowhere" / "out")) == []

    def refuse(*_: object) -> None:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr("builtins.open", refuse)
        assert leftovers(target) == [str(tmp_path / f"{PREFIX}1")]


def test_an_error_leaves_no_temporary_file(tmp_path: Path) -> None:
    """An error of any type in the writer passes unchanged."""
    target = tmp_path / "out"
    for error in (ValueError(), OSError(5, "of an input"), KeyboardInterrupt()):
        with pytest.raises(type(error)) as caught, open_output(str(target)) as sink:
            sink.write(b"x")
            assert sink.tell() == 1
            sink.flush()
            raise error
        assert caught.value is error
        assert list(tmp_path.iterdir()) == []


@needs_posix
def test_handlers_of_the_program_are_kept(tmp_path: Path) -> None:
    """A signal that the program handles or ignores keeps its handler. Others have ours while there is a temporary file."""
    got: list[int] = []
    numbers = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    before = [signal.getsignal(number) for number in numbers]
    try:
        signal.signal(signal.SIGTERM, lambda number, _: got.append(number))
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        ours = [signal.getsignal(number) for number in numbers]
        with temporary_beside(str(tmp_path / "out"), 0o600):
            os.kill(os.getpid(), signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGHUP)
            assert [signal.getsignal(number) for number in numbers[:2]] == ours[:2]
            assert callable(signal.getsignal(signal.SIGINT))
        assert [signal.getsignal(number) for number in numbers] == ours
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
    assert got == [signal.SIGTERM]


@needs_posix
def test_the_handler_removes_the_file_and_passes_the_signal_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, with `os.kill` replaced."""
    sent: list[tuple[int, int]] = []
    before = signal.getsignal(signal.SIGTERM)
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        with temporary_beside(str(tmp_path / "out"), 0o600) as (_, beside), monkeypatch.context() as patch:
            handler = signal.getsignal(signal.SIGTERM)
            assert callable(handler)
            patch.setattr(os, "kill", lambda *given: sent.append(given))
            handler(signal.SIGTERM, None)
            assert not Path(beside).exists()
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGTERM, before)
    assert sent == [(os.getpid(), signal.SIGTERM)]


def test_a_thread_writes_too(tmp_path: Path) -> None:
    """It can't set handlers."""
    thread = threading.Thread(target=write_output, args=(str(tmp_path / "out"), [b"a", b"b"]))
    thread.start()
    thread.join()
    assert (tmp_path / "out").read_bytes() == b"ab"


def test_a_check_of_unusual_names(tmp_path: Path) -> None:
    """Called as a function: for a name that has no status, and for inputs that do not exist."""
    with contextlib.chdir(tmp_path):
        check_output("new", PAGE, ["nope", "nul\0", "-"], force=False)
        assert sinks.STDOUT == "-"


def test_a_file_that_can_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error is the reason."""
    file = tmp_path / "x"
    file.write_text("x")

    def refuse(*_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(OutputError, match="x: Permission denied"):
        look_into(str(file), PAGE)
