"""The standard streams: encodings, objects that are not files, full disks, readers that close them, signals, colours."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from payloads import compact, group_chat

from pushcodec import cli, schemafiles
from pushcodec.cli import main, parsing, process, streams

CHAT = compact({"entity": group_chat(nickname="组😀é", sender="@TGS#é")})
BAD = CHAT.replace('"action":1', '"action":"1"')
FULL = Path("/dev/full")

needs_full = pytest.mark.skipif(not FULL.exists(), reason="no /dev/full, which is a device of Linux")
needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
needs_signals = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with payloads whose names and texts no legacy encoding can represent."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "组😀.json").write_text(CHAT, "utf-8")
    (tmp_path / "坏.json").write_text(BAD, "utf-8")
    (tmp_path / "log.ndjson").write_text(f"{BAD}\n" * 50, "utf-8")
    (tmp_path / "cases.ndjson").write_text('{"id":"组","now":1,"user_info":{}}\n', "utf-8")
    return tmp_path


COMMANDS: dict[str, list[str]] = {
    "decode": ["decode", "组😀.json"],
    "decode --json": ["decode", "--json", "组😀.json"],
    "encode": ["encode", "组😀.json"],
    "encode --json": ["encode", "--json", "组😀.json"],
    "convert": ["convert", "--to=web", "组😀.json"],
    "convert --json": ["convert", "--json", "--to=web", "组😀.json"],
    "convert --output-file -": ["convert", "--to=rest", "--output-file=-", "组😀.json"],
    "validate": ["validate", "组😀.json", "坏.json"],
    "validate --json": ["validate", "--json", "组😀.json", "坏.json"],
    "route": ["route", "--now=1", "组😀.json"],
    "route --json": ["route", "--now=1", "--json", "组😀.json"],
    "route --cases": ["route", "--cases", "cases.ndjson"],
    "compare": ["compare", "--now=1", "组😀.json"],
    "compare --json": ["compare", "--now=1", "--json", "组😀.json"],
    "explain": ["explain", "--now=1", "组😀.json"],
    "explain --json": ["explain", "--now=1", "--json", "组😀.json"],
    "explain --svg -": ["explain", "--now=1", "--svg", "-", "组😀.json"],
    "report": ["report", "--now=1", "log.ndjson"],
    "report --html -": ["report", "--now=1", "--html", "-", "log.ndjson"],
    "columns": ["columns", "--exit-zero", "log.ndjson", "out.parquet"],
    "schema": ["schema"],
    "schema NAME": ["schema", "ext"],
    "rule": ["rule"],
    "rule --all": ["rule", "--all"],
    "rule --json": ["rule", "--json", "PC301"],
    "lint --diff": ["lint", "--diff", "--unsafe-fixes", "坏.json"],
    "lint --write-baseline -": ["lint", "--write-baseline", "-", "坏.json"],
    "lint --statistics": ["lint", "--statistics", "坏.json"],
    "--help": ["--help"],
    "lint --help": ["lint", "--help"],
    "--version": ["--version"],
    **{
        f"lint {name}": ["lint", "--output-format", name, "坏.json"]
        for name in ("text", "concise", "json", "json-lines", "sarif", "github", "junit")
    },
}
FOR_PEOPLE = ("validate", "route", "compare", "explain", "report", "columns", "rule", "rule --all", "lint text", "lint concise")
SOMETIMES_MACHINE = ("--help", "lint --help", "--version", "lint --statistics", *FOR_PEOPLE)
MACHINES = sorted(set(COMMANDS) - set(SOMETIMES_MACHINE))
JSON_LINES = [name for name in MACHINES if "--json" in name or name in ("lint json-lines", "encode", "route --cases")]
JSON_TEXTS = ["decode", "convert", "convert --output-file -", "lint json", "lint sarif", "lint --write-baseline -", "schema NAME"]


def run(*arguments: str, stdout: Any = subprocess.PIPE, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Runs the program."""
    environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "PYTHONUTF8")}
    environment |= options.pop("env", {})
    command = [sys.executable, "-m", "pushcodec", *arguments]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, env=environment, check=False, **options)


class Kept(io.BytesIO):
    """Bytes that can be read after the text stream over them is closed."""

    def close(self) -> None: ...


@contextmanager
def stdout_as(monkeypatch: pytest.MonkeyPatch, stream: object) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        yield


def written_with(monkeypatch: pytest.MonkeyPatch, encoding: str, *arguments: str) -> bytes:
    """The bytes that a command writes to a stream of that encoding."""
    raw = Kept()
    with stdout_as(monkeypatch, io.TextIOWrapper(raw, encoding=encoding)):
        assert main(list(arguments)) in (0, 1)
    return raw.getvalue()


# Encodings


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1", "utf-16", "shift_jis", "cp037"])
@pytest.mark.parametrize("name", MACHINES)
def test_machine_formats_are_utf8_in_any_encoding(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, encoding: str) -> None:
    """The output has the same bytes as with UTF-8, and JSON formats are JSON."""
    expected = written_with(monkeypatch, "utf-8", *COMMANDS[name])
    assert written_with(monkeypatch, encoding, *COMMANDS[name]) == expected
    text = expected.decode("utf-8")
    if name in JSON_LINES:
        assert all(json.loads(line) for line in text.splitlines())
    elif name in JSON_TEXTS:
        json.loads(text)
    elif name in ("lint junit", "explain --svg -"):
        ElementTree.fromstring(text)  # noqa: S314  # our own


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-16", "koi8-r"])
@pytest.mark.parametrize("name", sorted(set(COMMANDS) - set(MACHINES)))
def test_text_is_in_the_encoding_of_the_stream(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, encoding: str) -> None:
    """Characters that it lacks are escaped."""
    text = written_with(monkeypatch, encoding, *COMMANDS[name]).decode(encoding)
    expected = written_with(monkeypatch, "utf-8", *COMMANDS[name]).decode()
    assert [
        line.split()[:1] == other.split()[:1] or "\\" in line
        for line, other in zip(text.splitlines(), expected.splitlines(), strict=True)
    ]
    assert "组" in text or encoding not in ("gbk", "utf-16") or "组" not in expected


class Terminal(io.TextIOWrapper):
    """A stream whose `isatty` is true."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("name", ["decode", "encode"])
def test_a_terminal_that_lacks_a_character_gets_the_escapes_of_json(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The text on the terminal is JSON with the same value; Python's escapes would not be."""
    for encoding in ("gbk", "ascii", "utf-8"):
        raw = Kept()
        with stdout_as(monkeypatch, Terminal(raw, encoding=encoding)):
            assert main(COMMANDS[name]) == 0
        text = raw.getvalue().decode(encoding)
        assert json.loads(text)["entity"]["nickname"] == "组😀é"
        assert ("组" in text) is (encoding == "utf-8")
    raw = Kept()
    (folder / "x.json").write_text(compact({"entity": group_chat(nickname="组")}))
    with stdout_as(monkeypatch, Terminal(raw, encoding="gbk")):
        assert main([name, "x.json"]) == 0
    assert "组" in raw.getvalue().decode("gbk")


def test_the_locale_changes_no_machine_format(folder: Path) -> None:
    """In separate processes: the C locale, and an encoding that the environment sets."""
    (folder / "chat.json").write_text(CHAT.replace("{", "{ ", 1), "utf-8")  # which --diff takes out
    for arguments in (["encode", "chat.json"], ["decode", "chat.json"], ["lint", "--diff", "chat.json"]):
        expected = run(*arguments, env={"PYTHONIOENCODING": "utf-8"}).stdout
        assert "组😀é".encode() in expected
        for environment in ({"PYTHONIOENCODING": "gbk"}, {"PYTHONIOENCODING": "ascii:strict"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}):
            done = run(*arguments, env=environment)
            assert (done.stdout, done.stderr) == (expected, b"")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no file names that are not text")
@pytest.mark.parametrize("output_format", ["junit", "github", "sarif", "json", "json-lines", "concise", "text"])
def test_no_name_and_no_value_breaks_a_format(folder: Path, output_format: str) -> None:
    """With file names of any bytes, control characters and lone surrogates, the output is still XML, JSON or lines."""
    name = b"a\x01\x1b\xff\n<&\"']]>:,%\xef\xbf\xbf.json"
    (Path(os.fsdecode(os.fsencode(folder) + b"/" + name))).write_text(
        '{"entity":{"action":"\\u0000\\ud800\\uffff\\u001b]]>","chatType":1,"\\ud800\\u0001\\ufffe":1,"sender":1}}'
    )
    done = run("lint", "--output-format", output_format, os.fsdecode(name))
    assert (done.returncode, done.stderr) == (1, b"")
    text = done.stdout.decode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", text)
    if output_format == "junit":
        ElementTree.fromstring(text)  # noqa: S314  # our own
    elif output_format == "github":
        assert all(line.startswith("::") for line in text.splitlines())
    elif output_format in ("sarif", "json"):
        json.loads(text)


# Objects that are not files


class Notebook:
    """Standard output of a notebook: text only, no buffer, no reconfigure, no descriptor."""

    encoding = "UTF-8"

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None: ...

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        raise io.UnsupportedOperation("fileno")


class Bare:
    """A stream with the only method that `print` needs."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text += text


@pytest.mark.parametrize("name", COMMANDS)
def test_main_writes_to_any_standard_output(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A StringIO, a notebook's stream and one with `write` only get the same text as a file."""
    expected = written_with(monkeypatch, "utf-8", *COMMANDS[name]).decode()
    memory, notebook, bare = io.StringIO(), Notebook(), Bare()
    for stream in (memory, notebook, bare):
        with stdout_as(monkeypatch, stream):
            assert main(COMMANDS[name]) in (0, 1)
    assert memory.getvalue() == notebook.text == bare.text == expected


def test_main_writes_to_any_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream with `write` only gets the message. One that fails gets none, and the exit status is the same."""
    bare = Bare()
    monkeypatch.setattr(sys, "stderr", bare)
    assert main(["decode", "nope"]) == 2
    assert bare.text == "pushcodec: nope: No such file or directory\n"
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(Broken(OSError(28, "No space left on device")), write_through=True))  # type: ignore[type-var]
    assert main(["decode", "nope"]) == 2


def detached() -> io.TextIOWrapper:
    stream = io.TextIOWrapper(io.BytesIO())
    stream.detach()
    return stream


def closed() -> io.TextIOWrapper:
    stream = io.TextIOWrapper(io.BytesIO())
    stream.close()
    return stream


@pytest.mark.parametrize("absent", [lambda: None, detached, closed], ids=["None", "detached", "closed"])
@pytest.mark.parametrize("name", COMMANDS)
def test_closed_streams_change_no_exit_status(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, absent: Callable[[], object]
) -> None:
    """Output and messages are discarded."""
    raw = Kept()
    with stdout_as(monkeypatch, io.TextIOWrapper(raw)):
        expected = main(COMMANDS[name])
    with monkeypatch.context() as patch:
        for stream in ("stdin", "stdout", "stderr"):
            patch.setattr(sys, stream, absent())
        assert main(COMMANDS[name]) == expected
        assert main(["decode", "no such file"]) == 2
        assert main(["no such command"]) == 2
        assert main(["decode", "-"]) == 1


@needs_signals
@pytest.mark.parametrize("redirection", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_streams_that_the_shell_has_closed(folder: Path, redirection: str) -> None:
    """The exit status is the same, there is no traceback, and no output for a closed stream goes into a file that is open."""
    for arguments, status in (("validate 坏.json", 1), ("lint --output-file out.txt 坏.json", 1), ("decode 组😀.json", 0)):
        command = f"{sys.executable} -m pushcodec {arguments} {redirection}"
        done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (status, b"")
    assert (folder / "out.txt").read_text("utf-8").startswith("error[PC301]")


def test_standard_input_may_be_text_only(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A StringIO is read as UTF-8."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(CHAT))
    assert main(["encode"]) == 0
    assert capsys.readouterr().out == f"{CHAT}\n"


def test_main_restores_the_process(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The streams with their settings and the signal handlers are as before."""

    def state() -> list[object]:
        handlers = [signal.getsignal(number) for number in sorted(signal.valid_signals())]
        return [
            sys.stdout,
            sys.stderr,
            sys.stdout.errors,
            sys.stdout.encoding,
            sys.stderr.errors,
            os.umask(os.umask(0o022)),
            *handlers,
        ]

    os.umask(0o022)
    before = state()
    for arguments in COMMANDS.values():
        main(arguments)
        assert state() == before


def test_main_runs_in_a_thread(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No signal handler can be set there."""
    statuses: list[int] = []
    thread = threading.Thread(target=lambda: statuses.append(main(["lint", "-q", "--output-file", "out.txt", "组😀.json"])))
    thread.start()
    thread.join()
    assert statuses == [0]


def test_a_stream_without_a_buffer_may_take_some_bytes_only() -> None:
    """The rest is written by another call. A stream that would block is an error."""

    class Slow(io.RawIOBase):
        def __init__(self, *takes: int | None) -> None:
            self.takes = iter(takes)
            self.data = b""

        def write(self, data: Any) -> int | None:
            taken = next(self.takes)
            self.data += bytes(data[:taken]) if taken is not None else b""
            return taken

    slow = Slow(2, 1, 3)
    streams.write_whole(slow, b"abcdef")
    assert slow.data == b"abcdef"
    with pytest.raises(BlockingIOError):
        streams.write_whole(Slow(1, None), b"abc")


# Output that can't be written


@needs_full
@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_is_one_line_and_status_2(folder: Path, name: str) -> None:
    """Also if the output is small, so that only the flush fails, and for `--help`."""
    with FULL.open("wb") as full:
        done = run(*COMMANDS[name], stdout=full)
    assert (done.returncode, done.stderr) == (2, b"pushcodec: standard output: No space left on device\n")


@needs_full
def test_a_full_disk_for_standard_error_changes_no_status(folder: Path) -> None:
    """It can't be reported anywhere."""
    with FULL.open("wb") as full:
        command = [sys.executable, "-m", "pushcodec"]
        for arguments, status in ((["validate", "坏.json"], 1), (["decode", "nope"], 2), (["schema"], 0), (["nope"], 2)):
            done = subprocess.run([*command, *arguments], stdout=subprocess.PIPE, stderr=full, check=False)
            assert done.returncode == status
        done = subprocess.run([*command, "schema"], stdout=full, stderr=full, check=False)
        assert done.returncode == 2


class Broken(io.RawIOBase):
    """A file whose `write` fails, as on a full disk."""

    def __init__(self, error: OSError) -> None:
        self.error: OSError | None = error

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        if self.error is not None:
            raise self.error
        return len(data)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize("name", COMMANDS)
def test_main_returns_2_if_nothing_can_be_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, encoding: str
) -> None:
    """`main` as a function raises no exception, also if the reader has closed its end."""
    failed = OSError(5, "Input/output error")
    for error, message in ((failed, "pushcodec: standard output: Input/output error\n"), (BrokenPipeError(), "")):
        broken = Broken(error)
        with stdout_as(monkeypatch, io.TextIOWrapper(io.BufferedWriter(broken), encoding=encoding)):
            assert main(COMMANDS[name]) == 2
            assert capsys.readouterr().err == message
            broken.error = None  # what is buffered still can be written now


def test_out_of_memory_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 2."""

    def exhaust(_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(parsing, "import_module", exhaust)
    assert main(["schema"]) == 2
    assert capsys.readouterr().err == "pushcodec: out of memory\n"


def test_a_wrong_word_is_escaped_in_the_message(capsys: pytest.CaptureFixture[str]) -> None:
    """Messages contain words of the command line with escapes for control characters."""
    assert main(["schema", "\x1b[31m\u202e\udcff", "x\x1b[2J"]) == 2
    assert main(["schema", "ext", "x\x1b[2J\x9b\r"]) == 2
    err = capsys.readouterr().err
    assert "\\x1b[2J" in err
    assert all(character.isprintable() or character == "\n" for character in err)


# Readers that close their end, and signals


@needs_signals
@pytest.mark.parametrize(
    "name", ["lint text", "lint json-lines", "validate", "route --cases", "rule --all", "decode", "report", "--help"]
)
def test_a_reader_that_closes_its_end_ends_the_program_by_sigpipe(folder: Path, name: str) -> None:
    """A pipeline sees that the output was not read to its end. There is no message."""
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as pipe:
        done = run(*COMMANDS[name], stdout=pipe)
    assert (done.returncode, done.stderr) == (-signal.SIGPIPE, b"")


@needs_bash
def test_findings_fail_a_pipeline(folder: Path) -> None:
    """With `pipefail`, however much the reader reads."""
    (folder / "long.ndjson").write_text(f"{BAD}\n" * 3000, "utf-8")
    for tail in ("head -1", "head -c 1", "true", "cat"):
        script = f"set -o pipefail; {sys.executable} -m pushcodec lint long.ndjson | {tail}"
        done = subprocess.run(["bash", "-c", script], capture_output=True, check=False)
        assert done.returncode in (1, 128 + signal.SIGPIPE)
        assert done.stderr == b""


@needs_bash
def test_an_interrupt_ends_a_loop_of_the_shell(folder: Path) -> None:
    """The program ends by the signal, so the shell stops too."""
    os.mkfifo(folder / "in")
    # Unbuffered: from Python 3.15 on the buffer is larger than that of a pipe
    script = f"for i in 1 2 3; do echo $i; {sys.executable} -u -m pushcodec lint --stdin-filename x.ndjson - < in; done"

    def default() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's background jobs ignore it

    with subprocess.Popen(
        ["bash", "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, preexec_fn=default
    ) as running:
        try:
            with (folder / "in").open("wb", buffering=0) as writer:  # waits until the shell has opened it
                writer.write(f"{BAD}\n".encode() * 300)
                assert running.stdout is not None
                running.stdout.read(10)
                os.killpg(running.pid, signal.SIGINT)
                out, err = running.communicate(timeout=60)
        finally:
            running.kill()
    assert running.returncode in (-signal.SIGINT, 128 + signal.SIGINT)
    assert err == b""
    assert b"\n2\n" not in out


def test_run_program_ends_the_process(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With the exit status, or by the signal that ended the command."""
    ended: list[str] = []

    def end(name: str) -> int:
        ended.append(name)
        return 99

    def program(behaviour: Callable[[], int]) -> object:
        monkeypatch.setattr(cli, "_run", lambda words: behaviour())
        with pytest.raises(SystemExit) as stopped:
            cli.run_program()
        return stopped.value.code

    def raising(error: BaseException) -> Callable[[], int]:
        def behaviour() -> int:
            raise error

        return behaviour

    monkeypatch.setattr(cli, "end_by_signal", end)
    assert program(lambda: 1) == 1
    assert program(raising(KeyboardInterrupt())) == 99
    assert program(raising(streams.ReaderGoneError("standard output", "closed"))) == 99
    assert ended == ["SIGINT", "SIGPIPE"]


@needs_signals
def test_a_signal_that_does_not_end_the_process_has_a_status(monkeypatch: pytest.MonkeyPatch) -> None:
    """128 plus the number, as in a shell; 2 if the system has no such signal."""
    sent: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda *given: sent.append(given))
    before = signal.getsignal(signal.SIGPIPE)
    try:
        assert process.end_by_signal("SIGPIPE") == 128 + signal.SIGPIPE
        assert signal.getsignal(signal.SIGPIPE) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGPIPE, before)
    assert sent == [(os.getpid(), signal.SIGPIPE)]
    assert process.end_by_signal("SIGNOTHING") == 2


def test_closed_descriptors_are_occupied(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only those that are closed."""
    opened: list[object] = []

    def fstat(descriptor: int) -> None:
        if descriptor != 1:
            raise OSError(9, "Bad file descriptor")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fstat", fstat)
        patch.setattr(os, "open", lambda *given: opened.append(given))
        process.occupy_closed_descriptors()
    assert opened == [(os.devnull, os.O_RDWR)] * 2


def test_output_that_could_not_be_written_is_discarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream that fails again is redirected to the null device. Others are not changed."""

    class Failing(Notebook):
        def flush(self) -> None:
            raise OSError(28, "No space left on device")

        def fileno(self) -> int:
            return 77

    pointed: list[int] = []
    with monkeypatch.context() as patch:
        patch.setattr(os, "dup2", lambda _, descriptor: pointed.append(descriptor))
        patch.setattr(sys, "stdout", Failing())
        patch.setattr(sys, "stderr", None)
        process.discard_unwritten()
    assert pointed == [77]


# Colours

VARIABLES: Sequence[dict[str, str]] = (
    {"NO_COLOR": "1", "TERM": "xterm-256color"},
    {"TERM": "dumb"},
    {"NO_COLOR": "x", "TERM": "dumb"},
)


@pytest.mark.parametrize("environment", VARIABLES, ids=str)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_terminal_without_colours_gets_no_escape(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, environment: dict[str, str]
) -> None:
    """No command writes colours, bold text or a progress bar to standard output or standard error."""
    from pushcodec.cli import progress

    for variable in ("NO_COLOR", "FORCE_COLOR", "TERM", "PYTHON_COLORS", "CLICOLOR_FORCE"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    monkeypatch.setattr(progress, "_PAUSE", 0)
    out, err = Kept(), Kept()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", Terminal(out, encoding="utf-8", write_through=True))
        patch.setattr(sys, "stderr", Terminal(err, encoding="utf-8", write_through=True))
        main(COMMANDS[name])
        main(["schema", "no such schema"])
    assert b"\x1b" not in out.getvalue() + err.getvalue()
    assert environment["TERM"] != "dumb" or b"\r" not in err.getvalue()


@needs_signals
def test_a_real_terminal_has_colours_unless_they_are_off(folder: Path) -> None:
    """On a pseudo-terminal."""
    import pty

    def shown(environment: dict[str, str], *arguments: str) -> bytes:
        try:
            here, there = pty.openpty()
        except OSError as error:
            pytest.skip(f"no pseudo-terminals: {error}")
        pieces: list[bytes] = []

        def read() -> None:
            try:
                while piece := os.read(here, 4096):
                    pieces.append(piece)
            except OSError:  # the other side is closed
                return

        reader = threading.Thread(target=read)
        reader.start()
        run(*arguments, stdout=there, env=environment)
        os.close(there)
        reader.join(30)
        os.close(here)
        return b"".join(pieces)

    for name in ("lint text", "explain"):
        assert b"\x1b[" in shown({"TERM": "xterm-256color"}, *COMMANDS[name])
        for environment in VARIABLES:
            assert b"\x1b" not in shown(environment, *COMMANDS[name])


def test_every_command_is_in_the_table() -> None:
    """So a new command or format is tested as well."""
    from pushcodec.lint.output import FORMATS

    assert {words[0] for words in COMMANDS.values() if not words[0].startswith("-")} == set(parsing.COMMANDS)
    assert {f"lint {name}" for name in FORMATS} <= set(COMMANDS)
    assert "ext" in schemafiles.NAMES
