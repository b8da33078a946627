"""The commands that the documentation prints, run exactly as printed."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", *(f"docs/{page.name}" for page in sorted(ROOT.glob("docs/*.md"))))

LOG = """\
{"entity":{"action":1,"chatType":1,"sender":"alice"}}

{"entity":{"action":1,"chatType":2,"sender":"@TGS#1ABCDEFGH"}}
{"entity":{"action":1,"chatType":"2","sender":"@TGS#1ABCDEFGH"}}
"""
EXT = json.dumps({"entity": {"action": 1, "chatType": 1, "sender": "alice"}})
CASE = json.dumps({"id": "one", "user_info": {"custom": EXT}, "now": 1706601609, "ext": EXT, "server_time": 1706601609}) + "\n"

# Commands that report bad payloads exit with 1. All others exit with 0.
FINDINGS = re.compile(
    r"samples/(documents/)?invalid|lint --(select|diff|output-format)|lint --fix samples/|baseline|report log|columns log"
)


def printed() -> list[tuple[str, str]]:
    """`(page, command)` for each line of the pages that a reader can copy: indented or fenced, with or without `$`."""
    found = []
    for page in PAGES:
        lines = (ROOT / page).read_text("utf-8").splitlines()
        fenced = False
        for line in lines:
            if line.lstrip().startswith("```"):
                fenced = not fenced
            command = re.match(r"(?:\s+|)(?:\$ )?((?:\w+=\S* )*pushcodec [a-z].*)", line)
            if command and (fenced or line.startswith("    ")):
                found.append((page, command[1]))
    return found


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The current folder of the commands, with the files that the pages name: the samples, a log and cases."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    (tmp_path / "log.ndjson").write_text(LOG, "utf-8")
    (tmp_path / "cases.ndjson").write_text(CASE, "utf-8")
    (tmp_path / "cases.ndjson.gz").write_bytes(gzip.compress(CASE.encode()))
    pyarrow = pytest.importorskip("pyarrow")
    pyarrow.parquet = pytest.importorskip("pyarrow.parquet")
    table = pyarrow.table({"ext": [line for line in LOG.splitlines() if line]})
    pyarrow.parquet.write_table(table, tmp_path / "log.parquet")
    return tmp_path


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a line in a shell in which `pushcodec` is that of this Python."""
    shell = shutil.which("bash")
    if shell is None:
        pytest.skip("no bash: the commands are lines of a shell")
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    program = programs / "pushcodec"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pushcodec "$@"\n')
    program.chmod(0o755)
    environment = dict(os.environ, PATH=f"{programs}{os.pathsep}{os.environ['PATH']}", PYTHONIOENCODING="utf-8")
    environment.pop("COLUMNS", None)
    return subprocess.run(
        [shell, "-o", "pipefail", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(("page", "command"), printed(), ids=lambda text: str(text)[:60])
def test_a_printed_command_runs(page: str, command: str, checkout: Path) -> None:
    """Each command ends with the status of its findings, prints something, and writes nothing to standard error."""
    done = run(command, checkout)
    assert "Traceback" not in done.stderr
    assert done.returncode in ((0, 1) if FINDINGS.search(command) else (0,)), done.stderr
    assert "error:" not in done.stderr, done.stderr
    assert done.stdout or done.stderr or "--write-baseline" in command or "columns" in command


def test_the_commands_are_found() -> None:
    """The search finds the commands of the pages. Otherwise a change of their layout would leave the test above without any."""
    found = [command.split()[1] for _, command in printed()]
    assert {"validate", "decode", "route", "explain", "compare", "schema", "lint", "columns", "report"} <= set(found)


def test_the_printed_output_is_the_output(checkout: Path) -> None:
    """What a page shows below `$ pushcodec …` is what the command prints, line by line."""
    text = "\n".join((ROOT / page).read_text("utf-8") for page in PAGES)
    blocks = re.findall(r"^    \$ (pushcodec .*)\n((?:(?:    .*)?\n)+?)(?=\S)", text, re.MULTILINE)
    assert blocks
    for command, shown in blocks:
        expected = [line.removeprefix("    ").rstrip() for line in shown.rstrip().splitlines()]
        actual = [line.rstrip() for line in run(command, checkout).stdout.splitlines()]
        assert actual[: len(expected)] == expected
