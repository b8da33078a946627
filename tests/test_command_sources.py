"""Sources of documents: files, packed files, pipes and standard input, each read once and within bounds; NDJSON recognised."""

from __future__ import annotations

import gzip
import io
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pushcodec.cli import main
from pushcodec.cli.files import json_line
from pushcodec.cli.inputs import sources
from pushcodec.cli.inputs.sources import Document, SourceError, open_source, read_regular

CHAT = b'{"entity":{"action":1,"chatType":1,"sender":"alice"}}'
CRASH = b'{"entity":{"action":null,"chatType":1,"sender":"alice"}}'
LINES = CHAT + b"\n\n" + CRASH + b"\r\n"

needs_fifos = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Sets the content of standard input."""
    return lambda data: monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.fixture
def fifo(folder: Path) -> Iterator[Callable[..., str]]:
    """Makes a FIFO and writes to it."""
    writers: list[threading.Thread] = []

    def write(path: Path, data: bytes) -> None:
        with suppress(BrokenPipeError):  # the reader may close it before the end
            path.write_bytes(data)

    def make(data: bytes, name: str = "fifo") -> str:
        os.mkfifo(folder / name)
        writers.append(threading.Thread(target=write, args=(folder / name, data), daemon=True))
        writers[-1].start()
        return name

    yield make
    for writer in writers:
        writer.join(10)


def documents(name: str, most: int = 1000, stdin_filename: str | None = None) -> list[Document]:
    """The documents of a source."""
    with open_source(name, stdin_filename) as source:
        return list(source.documents(most))


def test_a_file_is_a_document_or_lines_by_its_name(folder: Path) -> None:
    """Packed or not. A line has its number and its offset."""
    for name in ("a.json", "a", "a.txt"):
        (folder / name).write_bytes(LINES)
        assert documents(name) == [Document(name, LINES)]
    for name in ("b.ndjson", "b.jsonl"):
        (folder / name).write_bytes(LINES)
        (folder / f"{name}.gz").write_bytes(gzip.compress(LINES[:60]) + gzip.compress(LINES[60:]))
        for each in (name, f"{name}.gz"):
            assert documents(each) == [Document(f"{each}:1", CHAT, 1, 0), Document(f"{each}:3", CRASH + b"\r", 3, len(CHAT) + 2)]
    (folder / "empty.json").write_bytes(b"")
    (folder / "empty.ndjson.gz").write_bytes(b"")
    assert documents("empty.json") == [Document("empty.json", b"")]
    assert documents("empty.ndjson.gz") == []
    assert documents(os.devnull) == [Document(os.devnull, b"")]


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (CHAT, 1),
        (CHAT + b"\n \r\n", 1),
        (b'{\n"a":\n{"b":{}}\n}', 1),
        (b'[\n{"a":1},\n{"b":2}\n]', 1),
        (b"{\n}\n{\n}\n", 1),
        (b"", 1),
        (b"x", 1),
        (CHAT + b"\n" + CHAT, 2),
        (b"\n \n" + CHAT + b"\n\n\t" + CHAT, 2),
        (CHAT + b"\nx", 2),
        (b"1\n2\n3", 3),
        (b"x\n" + CHAT + b"\n" + CHAT, 3),
        (b'{"entity":}\n' + CHAT, 2),
        (CHAT + b"\n" + b"x" * 300_000, 2),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_form_of_a_stream_is_recognised(
    stdin: Callable[[bytes], None], data: bytes, count: int, pack: Callable[[bytes], bytes]
) -> None:
    """Several documents are not a JSON text, so they are NDJSON. A packed stream is unpacked."""
    stdin(pack(data))
    assert len(documents("-")) == count
    stdin(pack(data))
    with open_source("-") as source:
        assert b"".join(source.chunks()) == data
    stdin(pack(data))
    with open_source("-") as source:
        assert source.has_lines is (count > 1)
        assert b"".join(source.chunks()) == data


def test_the_name_of_a_stream_decides_its_form(stdin: Callable[[bytes], None]) -> None:
    """`--stdin-filename` says whether it is a document or lines, packed or not."""
    stdin(LINES)
    assert documents("-", stdin_filename="x.json") == [Document("x.json", LINES)]
    stdin(CHAT)
    assert documents("-", stdin_filename="x.ndjson") == [Document("x.ndjson:1", CHAT, 1, 0)]
    stdin(gzip.compress(CHAT))
    assert documents("-", stdin_filename="x.json.gz") == [Document("x.json.gz", CHAT)]
    stdin(CHAT)
    with pytest.raises(SourceError, match="not a whole gzip file"):
        documents("-", stdin_filename="x.json.gz")


@needs_fifos
def test_a_pipe_that_is_named_is_read(fifo: Callable[..., str]) -> None:
    """A FIFO, and one end of a pipe as a shell's `<(…)` names it."""
    assert len(documents(fifo(LINES))) == 2
    assert len(documents(fifo(LINES, "fifo.json"))) == 1
    assert documents(fifo(gzip.compress(CHAT), "packed"))[0].data == CHAT
    if Path("/dev/fd").exists():
        read, write = os.pipe()
        os.write(write, LINES)
        os.close(write)
        assert len(documents(f"/dev/fd/{read}")) == 2
        os.close(read)


COMMANDS = ("lint", "validate", "decode", "encode", "route", "explain", "compare")


@pytest.mark.parametrize("command", COMMANDS)
def test_all_commands_open_the_same(
    command: str, folder: Path, stdin: Callable[[bytes], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command has the same number of answers for documents and lines, packed or not, standard input, folders and globs."""
    (folder / "in").mkdir()
    for name, data in (
        ("a.json", CHAT),
        ("b.ndjson", LINES),
        ("c.json.gz", gzip.compress(CHAT)),
        ("d.jsonl.gz", gzip.compress(LINES)),
    ):
        (folder / "in" / name).write_bytes(data)
    json_lines = ["--output-format=json-lines", "--select=PC501"] if command == "lint" else ["--json"]

    def answers(*arguments: str) -> list[str]:
        status = main([command, *json_lines, *arguments])
        captured = capsys.readouterr()
        assert (status, captured.err) == (1, "")
        return captured.out.splitlines()

    stdin(LINES)
    streamed = answers("-")
    stdin(gzip.compress(LINES))
    assert answers("-") == streamed
    stdin(LINES)
    named = answers("-", "--stdin-filename", "b.ndjson")
    assert len(named) == len(streamed)
    assert len(named) == (1 if command == "lint" else 2)
    assert "b.ndjson" in named[0]
    assert len(answers("in")) == len(answers("in/*")) == (2 if command == "lint" else 6)
    assert len(answers("in/b.ndjson", "in/d.jsonl.gz")) == (2 if command == "lint" else 4)


@needs_fifos
@pytest.mark.parametrize("command", [*COMMANDS, "report", "columns"])
def test_all_commands_read_a_fifo_once(command: str, fifo: Callable[..., str], capsys: pytest.CaptureFixture[str]) -> None:
    """A second opening would wait forever."""
    if command in ("report", "columns"):
        pytest.importorskip("pyarrow")
    out = ["out.parquet"] if command == "columns" else []
    assert main([command, fifo(LINES), *out]) == 1
    captured = capsys.readouterr()
    assert captured.err.count("pushcodec:") == 0
    assert captured.out or captured.err or command == "columns"


@pytest.mark.parametrize("command", [*COMMANDS, "report", "columns", "route --cases"])
@pytest.mark.parametrize("name", ["no/such.json", "cut.ndjson.gz", "/dev/zero", "a\0b"])
def test_a_file_that_can_not_be_read_is_one_line(command: str, name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2 and a line on standard error, in every command."""
    if command in ("report", "columns"):
        pytest.importorskip("pyarrow")
    if name.startswith("/dev/") and not Path(name).exists():
        pytest.skip(f"this system has no {name}")
    (folder / "cut.ndjson.gz").write_bytes(gzip.compress(LINES)[:-9])
    assert main([*command.split(), name, *(["out.parquet"] if command == "columns" else [])]) == 2
    errors = [line for line in capsys.readouterr().err.splitlines() if line.startswith("pushcodec: ")]
    assert len(errors) == 1 or command == "route --cases"


@pytest.mark.parametrize("command", ["columns", "route --cases"])
def test_a_folder_is_refused_as_a_file(command: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For an option that names one file, a folder is one line on standard error and exit 2."""
    if command == "columns":
        pytest.importorskip("pyarrow")
    assert main([*command.split(), str(folder), *(["out.parquet"] if command == "columns" else [])]) == 2
    assert capsys.readouterr().err.startswith(f"pushcodec: {folder}: ")


# Faults and bounds


def test_the_reason_that_a_file_can_not_be_opened(folder: Path) -> None:
    """For a missing file, a name that no file can have, and a folder."""
    for name, reason in (
        ("nope.json", "No such file"),
        ("a\x00b", "no such file"),
        ("x" * 300, "name too long"),
        (".", "a folder|denied"),
    ):
        with pytest.raises(SourceError, match=reason):
            open_source(name)


@pytest.mark.parametrize(
    ("error", "reason"),
    [(OSError(5, "Input/output error"), "Input/output error"), (OSError(), "can't be read"), (ValueError("closed"), "closed")],
)
def test_the_reason_of_an_error_while_reading(folder: Path, error: Exception, reason: str) -> None:
    """It is an error of the source only where the source is read. An error in the block that uses it passes unchanged."""

    class Failing(io.BytesIO):
        def read1(self, size: int | None = -1, /) -> bytes:
            raise error

    with sources.Source("x.json", "x.json", Failing(), is_stream=False) as source, pytest.raises(SourceError, match=reason):
        source.read(1)
    (folder / "x.json").write_bytes(CHAT)
    with pytest.raises(type(error)), open_source("x.json"):
        raise error


def test_a_small_regular_file_takes_one_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a longer one the bytes up to the limit are read, and one more."""
    asked: list[int] = []

    def read(opened: int, most: int) -> bytes:
        asked.append(most)
        return os_read(opened, most)

    os_read = os.read
    monkeypatch.setattr("os.read", read)
    (folder / "x.json").write_bytes(CHAT)
    assert read_regular("x.json", 70_000) == CHAT
    assert read_regular("x.json", len(CHAT)) == CHAT
    assert read_regular("x.json", len(CHAT) - 1) == CHAT
    assert read_regular("x.json", 9) == CHAT[:10]
    assert asked == [len(CHAT) + 1, len(CHAT) + 1, len(CHAT), 10]


@pytest.mark.parametrize("size", [0, 1, len(CHAT) + 100])
def test_a_regular_file_of_another_size_is_read_to_its_end(folder: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """As one in /proc has, and one that is written meanwhile."""
    (folder / "x.json").write_bytes(CHAT)

    def fstat(opened: int) -> os.stat_result:
        found = list(os_fstat(opened))
        found[6] = size
        return os.stat_result(found)

    os_fstat = os.fstat
    monkeypatch.setattr("os.fstat", fstat)
    assert read_regular("x.json", 70_000) == CHAT
    assert read_regular("x.json", 9) == CHAT[:10]


def test_the_reason_that_a_regular_file_can_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A FIFO is not waited for, and no file stays open."""

    def fail(opened: int, most: int) -> bytes:
        raise OSError(5, "Input/output error")

    os.mkfifo(folder / "fifo.json")
    for name, reason in (("nope.json", "No such file"), ("a\0b", "no such file"), ("fifo.json", "not a regular file")):
        with pytest.raises(SourceError, match=reason):
            read_regular(name, 9)
    (folder / "x.json").write_bytes(CHAT)
    free = os.dup(0)
    os.close(free)
    monkeypatch.setattr("os.read", fail)
    with pytest.raises(SourceError, match="Input/output error"):
        read_regular("x.json", 9)
    monkeypatch.undo()
    assert os.dup(0) == free
    os.close(free)


def test_a_stream_without_peek_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of `peek` is raised again by the read."""

    class Failing(io.BufferedReader):
        def peek(self, size: int = 0, /) -> bytes:
            raise OSError(5, "Input/output error")

    raw = Failing(io.BytesIO(CHAT))
    with sources.Source("-", "-", raw, is_stream=True) as source:
        assert source.read(1000) == CHAT


def test_packed_files_are_unpacked_while_they_are_read(folder: Path) -> None:
    """One that is cut, damaged, followed by other bytes or not a gzip file is reported."""
    whole = gzip.compress(bytes(range(256)) * 1000)
    for data in (whole[:-9], whole[:20] + b"xxxx" + whole[24:], b"no gzip", whole + b"garbage"):
        (folder / "p.json.gz").write_bytes(data)
        with open_source("p.json.gz") as source, pytest.raises(SourceError, match="not a whole gzip file"):
            list(source.chunks())


def test_a_document_is_read_up_to_the_limit(folder: Path) -> None:
    """One byte more than the limit shows that a text is too large."""
    (folder / "p.json.gz").write_bytes(gzip.compress(b" " * 10_000_000))
    assert [len(document.data) for document in documents("p.json.gz", 700_000)] == [700_001]


def test_a_file_that_unpacks_to_too_much_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A packed file has a bound. Any other has none."""
    monkeypatch.setattr(sources, "MOST_UNPACKED", 1_000_000)
    counted: list[int] = []
    (folder / "p.ndjson.gz").write_bytes(gzip.compress(b"\n" * 3_000_000))
    with open_source("p.ndjson.gz") as source, pytest.raises(SourceError, match="unpacks to more than 1000000 bytes"):
        list(source.documents(10, counted.append))
    assert sum(counted) <= 1_000_000
    (folder / "p.ndjson").write_bytes(b"\n" * 3_000_000)
    assert documents("p.ndjson") == []


@pytest.mark.parametrize("command", ["route", "explain", "compare"])
def test_a_document_over_the_bound_is_refused(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A client's outcome for the beginning of a document is not its outcome for the whole. The other lines are read."""
    from pushcodec.cli import taps

    monkeypatch.setattr(taps, "MAX_FILE", len(CHAT))
    (folder / "log.ndjson").write_bytes(CHAT + b" \n" + CHAT)
    assert main([command, "log.ndjson"]) == 2
    captured = capsys.readouterr()
    assert captured.err == f"pushcodec: log.ndjson:1: larger than {len(CHAT)} bytes\n"
    assert "log.ndjson:2" in captured.out


def test_a_document_that_is_not_utf8_is_compared(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All clients do nothing with it, which the payload could avoid."""
    (folder / "x.json").write_bytes(b"\xff")
    assert main(["compare", "--json", "x.json"]) == 1
    assert '"agree": true, "lost": true' in capsys.readouterr().out


@needs_fifos
def test_a_pipe_can_not_be_fixed_or_be_a_parquet_file(fifo: Callable[..., str], capsys: pytest.CaptureFixture[str]) -> None:
    """Fixes need a file to write, Parquet needs a file to seek in. Both errors are one line."""
    assert main(["lint", "--fix", fifo(CHAT, "fifo.json")]) == 2
    assert "pushcodec: fifo.json: only a regular file can be fixed in place; see --diff\n" in capsys.readouterr().err
    pytest.importorskip("pyarrow")
    assert main(["report", fifo(b"PAR1", "fifo.parquet")]) == 2
    assert capsys.readouterr().err == "pushcodec: fifo.parquet: a Parquet file can't be read from a pipe\n"


def test_a_document_in_a_log_may_take_lines(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`report` and `columns` read a `.json` file as one payload, unless it begins as NDJSON."""
    pytest.importorskip("pyarrow")
    (folder / "one.json").write_bytes(CHAT.replace(b",", b",\n"))
    (folder / "log.json").write_bytes(LINES)
    (folder / "log.txt").write_bytes(LINES)
    for name, headline in (
        ("one.json", "1 payload: 1 valid, 0 not"),
        ("log.json", "2 payloads: 1 valid, 1 not"),
        ("log.txt", "2 payloads: 1 valid, 1 not"),
        (".", "3 payloads: 2 valid, 1 not"),
    ):
        main(["report", name])
        assert capsys.readouterr().out.splitlines()[0] == headline


@needs_fifos
@pytest.mark.parametrize("command", [*COMMANDS, "report"])
def test_a_stream_that_is_named_twice_is_read_once(
    command: str, fifo: Callable[..., str], stdin: Callable[[bytes], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """A pipe would wait for another writer forever, and standard input has been read to its end."""
    if command == "report":
        pytest.importorskip("pyarrow")
    name = fifo(CHAT)
    stdin(CHAT)
    assert main([command, "-", name, "-", name]) == 0
    assert capsys.readouterr().err == ""


def test_the_case_of_a_name_does_not_matter(folder: Path) -> None:
    """Some systems write names in upper case."""
    (folder / "A.NDJSON").write_bytes(LINES)
    (folder / "B.JSONL.GZ").write_bytes(gzip.compress(LINES))
    assert [len(documents(name)) for name in ("A.NDJSON", "B.JSONL.GZ")] == [2, 2]


def test_values_of_any_depth_are_json() -> None:
    """Values that `json` refuses to write for their depth are written."""
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    assert json_line({"ä": deep}) == '{"\\u00e4":' + "[" * 100_001 + "]" * 100_001 + "}\n"


def test_a_picture_has_a_bound(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A log of millions is not kept in memory to be drawn."""
    pytest.importorskip("rich")
    monkeypatch.setattr("pushcodec.cli.commands.explain._MOST_DRAWN", 2)
    (folder / "log.ndjson").write_bytes(b"\n".join([CHAT] * 5))
    assert main(["explain", "--svg", "x.svg", "log.ndjson"]) == 0
    assert capsys.readouterr().err == "pushcodec: only the first 2 exts are drawn\n"
    svg = (folder / "x.svg").read_text("utf-8")
    assert "log.ndjson:2" in svg
    assert "log.ndjson:3" not in svg


@pytest.mark.parametrize("command", COMMANDS)
def test_a_found_file_without_a_payload_is_skipped(command: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a folder or by a glob, as by the linter. A file that is named is not skipped, nor is any if the form is named."""
    (folder / "a.json").write_bytes(CHAT)
    (folder / "package.json").write_bytes(b'{"name":"x","version":"1"}')
    (folder / "log.ndjson").write_bytes(b'{"a":1}\n' + CHAT + b"\n[]")
    for arguments in (["."], ["*"]):
        assert main([command, *arguments]) == 0
        captured = capsys.readouterr()
        assert "package.json" not in captured.out
        assert command == "lint" or captured.err == "pushcodec: 3 documents without a payload skipped\n"
    assert main([command, "package.json", "package.json"]) == 1
    captured = capsys.readouterr()
    assert "package.json" in captured.out + captured.err
    assert "skipped" not in captured.err
    assert main(["validate", "--kind=account-binding", "."]) == 1
    assert "package.json: PC302" in capsys.readouterr().out
