"""An error in one document is reported with its line, and the other documents are processed."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from pushcodec.cli import main

CHAT = b'{"entity":{"action":1,"chatType":1,"sender":"alice"}}'
DIGITS = b'{"entity":{"action":1,"chatType":1,"sender":"a","version":' + b"0" * 4300 + b"1}}"
QUOTED = b'{"entity":{"action":"' + b"0" * 5000 + b'1","chatType":1,"sender":"a","sendTime":"' + b"9" * 6000 + b'"}}'


class UnforeseenError(Exception):
    """An error that the package does not expect."""


@pytest.mark.parametrize(
    ("command", "module", "function"),
    [
        ("validate", "pushcodec.cli.commands.validate", "recognise"),
        ("decode", "pushcodec.cli.commands.decode", "find_exts"),
        ("encode", "pushcodec.cli.commands.encode", "fold"),
        ("route", "pushcodec.cli.taps", "tapped_exts"),
        ("explain", "pushcodec.cli.commands.explain", "explain"),
        ("compare", "pushcodec.cli.commands.compare", "compare"),
        ("lint", "pushcodec.cli.commands.lint.runs", "lint_document"),
        ("lint --diff", "pushcodec.cli.commands.lint.rewriting", "fix_document"),
    ],
)
@pytest.mark.parametrize("kind", [UnforeseenError, ValueError, OSError, KeyError, RecursionError])
def test_an_unforeseen_error_in_one_document_is_reported(
    command: str,
    module: str,
    function: str,
    kind: type[Exception],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With its line and the place that raised it, without values of the payload; the status is 2."""
    lines = [b'{"entity":{"action":1,"chatType":1,"sender":"%d"}}' % number for number in range(5)]
    Path(tmp_path / "log.ndjson").write_bytes(b"\n".join(lines))
    monkeypatch.chdir(tmp_path)
    target = import_module(module)
    work = getattr(target, function)
    calls = []

    def break_at_second(*arguments: Any, **options: Any) -> Any:
        calls.append(arguments)
        if len(calls) == 2:
            raise kind("secret of the payload")
        return work(*arguments, **options)

    monkeypatch.setattr(target, function, break_at_second)
    assert main([*command.split(), "log.ndjson"]) == 2
    error = capsys.readouterr().err
    assert len(calls) == 5
    assert error.startswith(f"pushcodec: log.ndjson:2: internal error, {kind.__name__} at test_bad_documents.py:")
    assert error.endswith("; please report it\n")
    assert "secret" not in error


def test_the_lines_after_a_bad_line_are_linted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Between two findings are long numbers and lines that are no JSON."""
    bad = CHAT.replace(b'"alice"', b"7")
    (tmp_path / "log.ndjson").write_bytes(b"\n".join([bad, DIGITS, QUOTED, b"{", b"\xff", bad]))
    assert main(["lint", "--isolated", "--output-format=concise", "--select=PC301", str(tmp_path / "log.ndjson")]) == 1
    captured = capsys.readouterr()
    found = [line.rpartition(".ndjson:")[2].partition(":")[0] for line in captured.out.splitlines() if "/sender" in line]
    assert found == ["1", "6"]
    assert captured.err == ""


def test_an_unforeseen_error_in_a_log_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`report` counts the other files; `columns` writes no file."""
    pytest.importorskip("pyarrow")
    from pushcodec import arrow
    from pushcodec.report import Tally

    monkeypatch.chdir(tmp_path)
    for name in ("a.ndjson", "b.ndjson"):
        Path(name).write_bytes(CHAT)
    add = Tally.add

    def break_at_texts(self: Tally, texts: Any, *, now: int) -> None:
        if len(texts) and not self.rows:
            self.rows += 1
            raise KeyError("secret of the payload")
        add(self, texts, now=now)

    monkeypatch.setattr(Tally, "add", break_at_texts)
    assert main(["report", "a.ndjson", "b.ndjson"]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("pushcodec: a.ndjson: internal error, KeyError at test_bad_documents.py:")
    assert "secret" not in captured.err + captured.out
    assert "1 valid" in captured.out
    decode = arrow.decode_batch

    def break_at_first(batch: Any, *arguments: Any, **options: Any) -> Any:
        if batch.column(0).null_count == 0:
            raise ValueError("secret of the payload")
        return decode(batch, *arguments, **options)

    monkeypatch.setattr(arrow, "decode_batch", break_at_first)
    assert main(["columns", "a.ndjson", "out.parquet"]) == 2
    assert capsys.readouterr().err.startswith("pushcodec: internal error, ValueError at test_bad_documents.py:")
    assert not Path("out.parquet").exists()
