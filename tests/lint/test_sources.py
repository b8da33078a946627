"""The memory for reading files, also hostile ones."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest

CHAT = '{"entity":{"action":1,"chatType":1,"sender":"alice"}}'
BAD = '{"entity":{"action":1,"chatType":1,"sender":7}}'


def write_zeros(file: IO[bytes], size: int) -> None:
    """Writes `count` zero bytes."""
    chunk = bytes(2**20)
    for _ in range(size // 2**20):
        file.write(chunk)


needs_proc = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak memory is read from /proc")


@needs_proc
@pytest.mark.parametrize("name", ["bomb.json.gz", "bomb.ndjson.gz"])
def test_a_packed_bomb_needs_bounded_memory(tmp_path: Path, name: str) -> None:
    """Gigabytes of zeros in some megabytes of gzip give one line or one finding, with the memory of any other file."""
    bomb = tmp_path / name
    with gzip.open(bomb, "wb", compresslevel=1) as file:
        write_zeros(file, 2**31 + 2**20)  # type: ignore[arg-type]  # a binary file in all but its declared type
    done = run_in_process("lint", "--output-format", "concise", str(bomb))
    assert done.returncode == (1 if name == "bomb.json.gz" else 2)
    peak, *_ = done.stderr.splitlines()[::-1]
    assert int(peak) < 128 * 1024
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("line", [b"x", b" ", b"\n"], ids=["a line", "an empty line", "empty lines"])
@needs_proc
@pytest.mark.parametrize("command", ["lint", "lint --diff", "lint --fix --unsafe-fixes", "validate", "decode", "encode", "report"])
def test_a_very_long_line_needs_bounded_memory(tmp_path: Path, command: str, line: bytes) -> None:
    """A good line after a line of 64 MB, or after as many empty lines, is linted with the memory of any other file."""
    if command == "report":
        pytest.importorskip("pyarrow")
    lines = tmp_path / "log.ndjson"
    with lines.open("wb") as file:
        for _ in range(64):
            file.write(line * 1_000_000)
        file.write(b"\n" + CHAT.encode())
    done = run_in_process(*command.split(), str(lines))
    assert done.returncode == (1 if line == b"x" and command != "lint --diff" else 0)
    assert int(done.stderr.splitlines()[-1]) < 160 * 1024
    assert lines.stat().st_size == 64_000_001 + len(CHAT)


def run_in_process(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a command in a separate process; the last line of its standard error is the peak memory in KiB."""
    code = (
        "import re, sys\nfrom pathlib import Path\nfrom pushcodec.cli import main\n"
        "status = main(sys.argv[1:])\n"
        "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1], file=sys.stderr)\n"
        "sys.exit(status)"
    )
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)


@needs_proc
@pytest.mark.slow
def test_a_hundred_megabytes_of_lines_need_constant_memory(tmp_path: Path, report_figure: Any) -> None:
    """An NDJSON file of 100 MB with some bad lines needs at most 128 MiB."""
    lines = tmp_path / "log.ndjson"
    userdata = "x" * 20_000
    good, bad = CHAT[:-1] + f',"userData":"{userdata}"}}\n', BAD + "\n"
    with lines.open("w") as file:
        for _ in range(500):
            file.write(good * 10 + bad)
    assert lines.stat().st_size > 100_000_000
    done = run_in_process("lint", "--output-format", "concise", "--select", "PC3", str(lines))
    assert done.returncode == 1
    assert done.stdout.count("PC301") == 500
    peak = int(done.stderr.splitlines()[-1])
    report_figure(f"lint: 100 MB of NDJSON, peak {peak // 1024} MiB of at most 128")
    assert peak <= 128 * 1024
