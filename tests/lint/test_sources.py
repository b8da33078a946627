"""The files that are linted: what is read of them, and what hostile ones do."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest

from pushcodec.cli import sources
from pushcodec.cli.sources import SourceError, chunks, open_file, read_document

CHAT = '{"entity":{"action":1,"chatType":1,"sender":"alice"}}'
BAD = '{"entity":{"action":1,"chatType":1,"sender":7}}'


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree of payloads, and of other files."""
    for name in ("b.json", "a/z.ndjson", "a/b/c.jsonl.gz", "a/notes.txt", "c.json.gz", ".git/x.json", "node_modules/p/y.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(CHAT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_special_files_are_not_read(tree: Path) -> None:
    """A FIFO that is named, or a device, is refused at once."""
    os.mkfifo(tree / "fifo.json")
    for name in ("fifo.json", "/dev/zero", "a"):
        with pytest.raises(SourceError, match="not a regular file"), open_file(name):
            pass


def test_what_can_not_be_opened_says_why(tree: Path) -> None:
    """A missing file, a name that no file can have, an error while reading."""
    for name, reason in (("nope.json", "No such file or directory"), ("a\x00b", "no such file"), ("x" * 300, "File name too long")):
        with pytest.raises(SourceError, match=reason), open_file(name):
            pass
    with pytest.raises(SourceError, match="Input/output error"), open_file("b.json"):
        raise OSError(5, "Input/output error")
    with pytest.raises(SourceError, match="can't be read"), open_file("b.json"):
        raise OSError
    with pytest.raises(BrokenPipeError), open_file("b.json"):
        raise BrokenPipeError


def packed(tree: Path, data: bytes, name: str = "p.json.gz") -> str:
    """A packed file."""
    (tree / name).write_bytes(data)
    return name


def test_packed_files_are_unpacked_while_they_are_read(tree: Path) -> None:
    """`.gz` is read as what is in it; one that is cut, spoilt or none at all says so."""
    with open_file(packed(tree, gzip.compress(CHAT.encode()))) as source:
        assert read_document(source) == CHAT.encode()
    whole = gzip.compress(CHAT.encode() * 1000)
    for data in (whole[:-9], whole[:20] + b"xxxx" + whole[24:], b"no gzip", whole + b"garbage"):
        with pytest.raises(SourceError, match="not a whole gzip file"), open_file(packed(tree, data)) as source:
            while source.read(100_000):
                pass


def test_a_document_is_read_as_far_as_the_limits_go(tree: Path) -> None:
    """One byte more than the limit is enough to see that a text is too large, also of what comes in small pieces."""
    with open_file(packed(tree, gzip.compress(b" " * 10_000_000))) as source:
        assert len(read_document(source)) == 65537

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 0, 7))

    assert read_document(Slow(b"x" * 100)) == b"x" * 100


def test_what_unpacks_to_too_much_ends_there(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A packed file is read up to a bound; an unpacked one has none."""
    monkeypatch.setattr(sources, "MOST_UNPACKED", 1_000_000)
    told: list[int] = []
    name = packed(tree, gzip.compress(b"\n" * 3_000_000), "p.ndjson.gz")
    with pytest.raises(SourceError, match="unpacks to more than 1000000 bytes"), open_file(name) as source:
        for _ in chunks(name, source, told.append):
            pass
    assert sum(told) <= 1_000_000
    with io.BytesIO(b"\n" * 3_000_000) as plain:
        assert sum(map(len, chunks("p.ndjson", plain, told.append))) == 3_000_000


def write_zeros(file: IO[bytes], size: int) -> None:
    """As many zero bytes."""
    chunk = bytes(2**20)
    for _ in range(size // 2**20):
        file.write(chunk)


@pytest.mark.parametrize("name", ["bomb.json.gz", "bomb.ndjson.gz"])
def test_a_packed_bomb_costs_bounded_memory(tmp_path: Path, name: str) -> None:
    """Gigabytes of zeros in some megabytes of gzip: one line or one finding, and no more memory than for anything else."""
    bomb = tmp_path / name
    with gzip.open(bomb, "wb", compresslevel=1) as file:
        write_zeros(file, 2**31 + 2**20)  # type: ignore[arg-type]  # a binary file in all but its declared type
    done = run_in_process(str(bomb))
    assert done.returncode == (1 if name == "bomb.json.gz" else 2)
    peak, *_ = done.stderr.splitlines()[::-1]
    assert int(peak) < 128 * 1024
    assert "Traceback" not in done.stderr


def run_in_process(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Lints in a process of its own, whose last line on standard error is its peak memory in KiB."""
    code = (
        "import re, sys\nfrom pathlib import Path\nfrom pushcodec.cli import main\n"
        "status = main(['lint', '--output-format', 'concise', *sys.argv[1:]])\n"
        "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1], file=sys.stderr)\n"
        "sys.exit(status)"
    )
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_hundred_megabytes_of_lines_cost_constant_memory(tmp_path: Path, report_figure: Any) -> None:
    """A 100 MB NDJSON file with a bad line here and there: the process never holds more than 128 MiB."""
    lines = tmp_path / "log.ndjson"
    userdata = "x" * 20_000
    good, bad = CHAT[:-1] + f',"userData":"{userdata}"}}\n', BAD + "\n"
    with lines.open("w") as file:
        for _ in range(500):
            file.write(good * 10 + bad)
    assert lines.stat().st_size > 100_000_000
    done = run_in_process("--select", "PC3", str(lines))
    assert done.returncode == 1
    assert done.stdout.count("PC301") == 500
    peak = int(done.stderr.splitlines()[-1])
    report_figure(f"lint: 100 MB of NDJSON, peak {peak // 1024} MiB of at most 128")
    assert peak <= 128 * 1024
