"""File names in the output of commands: readable in any script, without control characters."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from pushcodec.cli import main
from pushcodec.lint.output.style import readable, shown_name

BAD = '{"entity":{"action":1,"chatType":1,"sender":7}}'
COMMANDS = (
    "lint",
    "lint --output-format=concise",
    "validate",
    "decode",
    "encode",
    "route",
    "explain",
    "compare",
    "convert --to=tpns-push",
)

NAMES = {
    "中文 名字.json": "中文 名字.json",
    "日本語/émoji 😀.json": "日本語/émoji 😀.json",
    "a\x1b[31m.json": "a\\x1b[31m.json",
    "a\u202eb.json": "a\\u202eb.json",
    "a\nb.json": "a\\nb.json",
    "a\udcff\udc80.json": "a\\xff\\x80.json",
}


@pytest.mark.parametrize("name", NAMES, ids=ascii)
@pytest.mark.parametrize("command", COMMANDS)
def test_printed_names_are_readable(command: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a UTF-8 stream, for files that can be read and for missing files; only printable characters are written."""
    monkeypatch.chdir(tmp_path)
    try:
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)  # noqa: PTH103, PTH120  # a Path would normalize such names
        Path(name).write_text(BAD)
    except (OSError, UnicodeError):
        pytest.skip("the file system does not allow the name")
    for arguments in ([name], [f"{name}.gone"]):
        streams = io.BytesIO(), io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(streams[0], "utf-8", write_through=True))
        monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(streams[1], "utf-8", write_through=True))
        main([*command.split(), "--", *arguments])
        out = b"".join(stream.getvalue() for stream in streams).decode()
        assert NAMES[name] in out
        assert all(character.isprintable() or character == "\n" for character in out)


@pytest.mark.parametrize("command", ["validate", "decode", "route", "explain", "compare", "convert --to=web"])
def test_names_in_json_are_unchanged(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Except for halves of surrogate pairs, which other readers of JSON refuse."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        try:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(BAD)
        except (OSError, UnicodeError):
            continue
        main([*command.split(), "--json", "--", name])
        found = json.loads(capsys.readouterr().out)["file"]
        assert found == (NAMES[name] if "\udcff" in name else name)


def test_names_that_are_not_utf8_are_escaped() -> None:
    """A byte that is not UTF-8 is written as `\\xff`, any other half of a surrogate pair as `\\ud800`."""
    assert readable("a\udcffb") == "a\\xffb"
    assert shown_name("\ud800\udc7f\udc80") == "\\ud800\\udc7f\\x80"
