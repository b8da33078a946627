"""`pushcodec columns`: a Parquet file with the verdicts and values of payloads."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from expected_rows import expected_row
from payloads import c2c_chat, compact, group_call

from pushcodec import arrow, fast
from pushcodec.cli import main, progress
from pushcodec.cli.inputs import batches

NOW = 1595234240
GOOD = [compact({"entity": entity}).encode() for entity in (c2c_chat(), group_call(sendTime=NOW))]
BAD = b'{"entity":'


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Runs `columns`; returns its exit status, standard output and standard error."""
    status = main(["columns", *map(str, arguments)])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def answers(texts: list[bytes | None], now: int | None = None) -> list[Any]:
    """The rows, decoded one text at a time."""
    return [expected_row(fast.Decoder(), text, now) for text in texts]


def table(tmp_path: Path, columns: dict[str, Any]) -> Path:
    """A Parquet file."""
    file = tmp_path / "in.parquet"
    pq.write_table(pa.table(columns), file)
    return file


def test_lines_become_columns(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Each line of NDJSON that is not empty is a row with its text and its decoded values. A bad one makes the exit status 1."""
    source, target = tmp_path / "in.ndjson", tmp_path / "out.parquet"
    source.write_bytes(b"\n".join([*GOOD, b"", BAD, b" \r", *GOOD]))
    assert run(capsys, source, target, "--now", NOW) == (1, "5 rows: 4 valid, 1 not valid\n", "")
    written = pq.read_table(target)
    assert written.column("ext").to_pylist() == [*GOOD, BAD, *GOOD]
    assert arrow.decoded_column(written).to_pylist() == answers([*GOOD, BAD, *GOOD], NOW)
    assert run(capsys, source, target, "--exit-zero", "--quiet") == (0, "", "")
    assert arrow.decoded_column(pq.read_table(target)).to_pylist() == answers([*GOOD, BAD, *GOOD])


def test_a_table_gets_one_more_column(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The other columns of a Parquet file are kept, nulls stay null, and the clock may be a column."""
    texts = [GOOD[0], None, GOOD[1]]
    source, target = table(tmp_path, {"id": [1, 2, 3], "raw": texts, "seen": [NOW] * 3}), tmp_path / "out.parquet"
    options = ("--column", "raw", "--into", "said", "--now-column", "seen", "--trusted")
    assert run(capsys, source, target, *options) == (0, "3 rows: 2 valid, 0 not valid, 1 null\n", "")
    written = pq.read_table(target)
    assert written.column_names == ["id", "raw", "seen", "said"]
    assert arrow.decoded_column(written, "said").to_pylist() == answers(texts, NOW)


def test_standard_input_is_read_in_small_batches(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a source of any length, only one batch is in memory, with a maximum of rows and of bytes."""
    target = tmp_path / "out.parquet"
    for name, most in (("ROWS", 10), ("_BYTES", 1000)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n".join([GOOD[0]] * 100))))
        with monkeypatch.context() as patch:
            patch.setattr(batches, name, most)
            assert run(capsys, "-", target)[:2] == (0, "100 rows: 100 valid, 0 not valid\n")
        assert pq.ParquetFile(target).metadata.num_row_groups >= 10
    assert pq.read_table(target).num_rows == 100


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak memory is read from /proc")
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Fifteen times the rows, in NDJSON or Parquet, take more memory by less than the size of their texts."""
    code = "import sys, pushcodec.cli as c; c.main(sys.argv[1:]); print(open('/proc/self/status').read())"
    for name in ("in.ndjson", "in.parquet"):
        peaks = []
        for rows in (20_000, 300_000):
            source = tmp_path / name
            if name == "in.ndjson":
                source.write_bytes((GOOD[1] + b"\n") * rows)
            else:
                pq.write_table(pa.table({"ext": [GOOD[1]] * rows}), source, row_group_size=20_000)
            command = [sys.executable, "-c", code, "columns", "--quiet", str(source), str(tmp_path / "out.parquet")]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            peaks.append(int(done.stdout.partition("VmHWM:")[2].split()[0]) * 1024)
        assert peaks[1] - peaks[0] < 300_000 * len(GOOD[1]) / 2, peaks


def test_an_empty_file_is_a_table_without_rows(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The output for an empty file, or for a Parquet file without rows, has all columns and no rows."""
    target = tmp_path / "out.parquet"
    (tmp_path / "in.ndjson").touch()
    for source in (tmp_path / "in.ndjson", table(tmp_path, {"ext": pa.array([], pa.string())})):
        assert run(capsys, source, target) == (0, "0 rows: 0 valid, 0 not valid\n", "")
        assert pq.read_table(target).column_names == ["ext", "decoded"]


def test_a_terminal_has_a_progress_bar(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar is drawn on a terminal, and removed at the end."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    source = table(tmp_path, {"ext": GOOD})
    status, _, err = run(capsys, source, tmp_path / "out.parquet")
    assert (status, "in.parquet" in err, err.endswith(" \r")) == (0, True, True)
    (tmp_path / "bad.parquet").write_bytes(b"PAR1")
    err = run(capsys, tmp_path / "bad.parquet", tmp_path / "out.parquet")[2]
    assert err.endswith(" \rpushcodec: " + f"{tmp_path}/bad.parquet: not a whole Parquet file\n")


@pytest.mark.parametrize(
    ("columns", "options", "message"),
    [
        ({"raw": ["{}"]}, (), "no column 'ext', expected one of 'raw'"),
        ({"ext": ["{}"], "decoded": [1]}, (), "the column 'decoded' is there already"),
        (
            {"ext": [1]},
            (),
            "expected a column of binary, large_binary, binary_view, string, large_string or string_view, not int64",
        ),
        ({"ext": ["{}"]}, ("--now-column", "seen"), 'Field "seen" does not exist in schema'),
        ({"ext": ["{}"], "seen": [1.5]}, ("--now-column", "seen"), "expected a clock of unix seconds as integers, not double"),
        ({"ext": ["{}"], "seen": [-1]}, ("--now-column", "seen"), "now must not be negative"),
    ],
)
def test_columns_that_can_not_be_decoded_are_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, columns: dict[str, Any], options: tuple[str, ...], message: str
) -> None:
    """If a column is missing or has another type, there is one line on standard error, exit 2, and no output."""
    source, target = table(tmp_path, columns), tmp_path / "out.parquet"
    assert run(capsys, source, target, *options) == (2, "", f"pushcodec: {source}: {message}\n")
    assert list(tmp_path.iterdir()) == [source]


def test_files_that_can_not_be_read_or_written_are_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A missing file, one that is not Parquet, a damaged one, and a folder that does not exist."""
    target, missing, broken = tmp_path / "out.parquet", tmp_path / "missing.parquet", tmp_path / "broken.parquet"
    good = table(tmp_path, {"ext": GOOD * 1000})
    whole = good.read_bytes()
    broken.write_bytes(whole[:4] + bytes(200) + whole[204:])
    assert run(capsys, missing, target) == (2, "", f"pushcodec: {missing}: No such file or directory\n")
    assert run(capsys, broken, target)[::2] == (2, f"pushcodec: {broken}: not a whole Parquet file\n")
    nowhere = tmp_path / "no" / "out.parquet"
    assert run(capsys, good, nowhere) == (2, "", f"pushcodec: {nowhere}: No such file or directory\n")
    assert not target.exists()


def test_a_failure_in_the_middle_leaves_the_old_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No temporary file is left, and the old output is not changed."""
    monkeypatch.setattr(batches, "ROWS", 100)
    target, source = tmp_path / "out.parquet", tmp_path / "in.parquet"
    target.write_text("old")
    pq.write_table(pa.table({"ext": GOOD * 1000}), source, row_group_size=100, compression="none", use_dictionary=False)
    whole = source.read_bytes()
    source.write_bytes(whole[: len(whole) // 2] + bytes(40000) + whole[len(whole) // 2 + 40000 :])
    assert run(capsys, source, target)[0] == 2
    assert target.read_text() == "old"
    assert sorted(tmp_path.iterdir()) == [source, target]


def test_without_pyarrow_the_message_names_the_extra(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message contains the command that installs it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for name in [name for name in sys.modules if name.startswith("pushcodec.arrow")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("pushcodec.arrow")
    for command in (["columns", "in.ndjson", "out.parquet"], ["report", "in.ndjson"]):
        assert main(command) == 2
        assert capsys.readouterr().err == "pushcodec: pyarrow is not installed: pip install 'pushcodec[arrow]'\n"
