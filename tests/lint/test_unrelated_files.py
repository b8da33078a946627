"""The linter in a repository with other files: files without a payload are neither reported nor changed."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from json_texts import json_values
from payloads import compact, group_chat

from pushcodec.cli import main
from pushcodec.documents import contains_payload
from pushcodec.lint import Config, lint_lines, lint_text
from pushcodec.lint.fixes import fix_document

ROOT = Path(__file__).parents[2]
CHAT = compact({"entity": group_chat()})
PRETTY = json.dumps({"entity": group_chat(nickname="组")}, indent=2)
UNRELATED = {
    "package.json": '{\n  "name": "app",\n  "version": "1.0.0",\n  "title": "t",\n  "custom": "\\u00e9"\n}\n',
    "tsconfig.json": '{\n  // the entity: compiled\n  "compilerOptions": {"strict": true,},\n}\n',
    "package-lock.json": json.dumps({"name": "app", "packages": {f"node_modules/entity-{n}": {"entity": 1} for n in range(5000)}}),
    "webhook.json": '{"action": "opened", "sender": {"login": "alice"}, "ext": "x", "version": 1}',
    "audit.json": '{"resourceType": "AuditEvent", "action": "R", "entity": [{"name": "\\u00e9"}]}',
    "ecs.json": '{"@timestamp": "2024", "entity": {"id": "1", "name": "\\u00e9"}}',
    "points.geo.json": '{"type": "FeatureCollection", "features": []}',
    "messages.json": '{"title": "\\u00e9", "desc": "d", "ext": "extension", "entity": "{name}"}',
    "list.json": '[ 1, 2, {"entity": 1} ]',
    "text.json": '"\\u00e9"',
    "empty.json": "",
    "open.ndjson": '{"event": "login", "user": "\\u00e9"}\n\n{"event" : "logout"}\nnot json\n',
}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files without a payload."""
    monkeypatch.chdir(tmp_path)
    for name, text in UNRELATED.items():
        (tmp_path / name).write_text(text)
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


def test_a_walk_skips_files_without_a_payload(repository: Path, lint: Lint) -> None:
    """They are counted, and have no findings in any format."""
    skipped = f"{len(UNRELATED)} files contain no payload.\n"
    assert lint() == (0, skipped, "")
    assert lint("*.json", "*.ndjson") == (0, skipped, "")
    assert lint("--as-found", *UNRELATED) == (0, skipped, "")
    (repository / "chat.json").write_text(CHAT)
    (repository / "log.ndjson.gz").write_bytes(gzip.compress(b'{"event":1}\n' + CHAT.encode() + b"\n"))
    assert lint() == (0, f"All checks passed: 2 files. {skipped}", "")
    assert lint("--kind", "ext") == (0, f"All checks passed: 2 files. {skipped}", "")
    assert "package.json" not in lint("--output-format", "junit")[1]


def test_a_named_file_is_linted(repository: Path, lint: Lint) -> None:
    """Named on the command line, by `kinds`, or as standard input."""
    status, out, _ = lint("audit.json", ".")
    assert status == 1
    assert f"{len(UNRELATED) - 1} files contain no payload." in out
    (repository / "pushcodec.toml").write_text('kinds = { "list.json" = "ext" }')
    assert "list.json:1:1" in lint("--output-format", "concise", ".")[1]


def test_fixes_do_not_change_files_without_a_payload(repository: Path, lint: Lint) -> None:
    """Found or named, with any fixes; a diff contains none of them."""
    for arguments in (
        ["."],
        list(UNRELATED),
        ["--as-found", *UNRELATED],
        ["--kind", "ext", "."],
        ["--kind", "notification", "*.json"],
    ):
        lint("--fix", "--unsafe-fixes", *arguments)
        assert lint("--diff", "--unsafe-fixes", *arguments)[:2] == (0, "")
    assert {name: (repository / name).read_text() for name in UNRELATED} == UNRELATED
    assert "--fix" not in lint("package.json")[1]


def test_fixes_change_only_lines_with_a_payload(repository: Path, lint: Lint) -> None:
    """The other lines of a log stay the same, byte for byte."""
    other = '{ "event": "\\u00e9" }'
    spaced = CHAT.replace(":", ": ", 1)
    (repository / "log.jsonl").write_text(f"{other}\n{spaced}\n\n[ 1 ]\n")
    lint("--fix", "log.jsonl")
    assert (repository / "log.jsonl").read_text() == f"{other}\n{CHAT}\n\n[ 1 ]\n"


def test_files_with_a_payload_are_fixed(repository: Path, lint: Lint) -> None:
    """In the same folder."""
    (repository / "chat.json").write_text(PRETTY)
    lint("--fix")
    assert (repository / "chat.json").read_text() == compact({"entity": group_chat(nickname="组")})


def test_documents_without_a_payload_in_the_library() -> None:
    """Their findings have no fix; with `only_payloads` they have no findings, also as lines."""
    found = lint_text(UNRELATED["package.json"])
    assert found
    assert all(each.fix is None for each in found)
    data = UNRELATED["package.json"].encode()
    assert fix_document(data, unsafe=True).data == data
    only = Config(only_payloads=True)
    assert lint_text(data, config=only) == []
    assert list(lint_lines(b"[1]\n[2]\n", filename="a.ndjson", config=only)) == []
    named = Config(only_payloads=True, kinds=(("package.json", "ext"),))
    assert lint_text(data, filename="package.json", config=named)


@given(st.one_of(json_values, json_values.map(lambda value: {"name": value, "custom": "x", "title": value})))
def test_no_fix_changes_a_document_without_a_payload(value: Any) -> None:
    """Of any form."""
    for data in (json.dumps(value, indent=1).encode(), json.dumps(value).replace("{", "{,").encode()):
        if not contains_payload(data):
            assert fix_document(data, unsafe=True).data == data
            assert lint_text(data, config=Config(only_payloads=True)) == []


def test_a_file_that_cannot_be_read_is_not_counted(repository: Path, lint: Lint) -> None:
    """A run with such a file has not passed."""
    (repository / "chat.json").write_text(CHAT)
    status, out, err = lint("gone.json", "chat.json", "nor-this.json")
    assert (status, out) == (2, "No findings: 1 file. 2 files could not be read.\n")
    assert err.count("No such file") == 2
    assert lint("gone.json")[:2] == (2, "No files with a payload. 1 file could not be read.\n")
    (repository / "cut.ndjson.gz").write_bytes(gzip.compress(f"{CHAT}\n".encode() * 3000)[:-20])
    status, out, _ = lint("cut.ndjson.gz")
    assert (status, out) == (2, "No findings: 1 file. 1 file could not be read.\n")
    assert "gone.json" not in lint("--output-format", "junit", "gone.json")[1]


def test_a_walk_skips_files_of_the_linter(repository: Path, lint: Lint) -> None:
    """A baseline, and reports of earlier runs in any format."""
    (repository / "bad.json").write_text(CHAT.replace('"action":1', '"action":"1"'))
    assert lint("--write-baseline", "known.json", ".")[0] == 0
    assert lint("--baseline", "known.json", ".")[0] == 0
    for output_format in ("text", "concise", "json", "sarif", "github", "junit"):
        assert lint("--output-format", output_format, "--output-file", f"of-{output_format}.json", "bad.json")[0] == 1
        assert lint("--output-format", output_format, "--output-file", f"of-{output_format}.json", ".")[0] == 1
    lint("--output-format", "json-lines", "--output-file", "found.ndjson", "bad.json")
    assert lint("--baseline", "known.json", ".")[0] == 0
    assert f"{len(UNRELATED) + 8} files" in lint(".")[1]


def test_the_documented_command_for_baselines(repository: Path) -> None:
    """From docs/lint.md: the baseline is in the linted folder. The second run reports no new finding."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash here")
    (repository / "bad.json").write_text(CHAT.replace('"action":1', '"action":"1"'))
    command = re.search(r"^ +(pushcodec lint --write-baseline .*)$", (ROOT / "docs" / "lint.md").read_text("utf-8"), re.MULTILINE)
    assert command is not None
    script = f'pushcodec() {{ "{sys.executable}" -m pushcodec "$@"; }}\n{command[1]}'
    for _ in range(2):
        done = subprocess.run([bash, "-c", script], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("All checks passed: 1 file. ")


def test_named_files_of_the_linter_are_skipped_with_a_message(
    repository: Path, lint: Lint, capsys: pytest.CaptureFixture[str]
) -> None:
    """A shell names them when it expands a glob; a payload that contains a report is a payload."""
    (repository / "bad.json").write_text(
        CHAT.replace('"action":1', '"action":"1"').replace('"content":"', '"content":":1:2: PC301 x: ')
    )
    lint("--write-baseline", "known.json", ".")
    assert lint("--baseline", "known.json", "bad.json", "known.json") == (
        0,
        "All checks passed: 1 file. 1 file contains no payload.\n",
        "pushcodec: known.json: a baseline, not a payload; skipped\n",
    )
    (repository / "chat.json").write_text(CHAT)
    main(["decode", "--json", "chat.json"])
    (repository / "decoded.ndjson").write_text(capsys.readouterr().out)
    assert "decoded.ndjson: the output of decode --json, not a payload; skipped\n" in lint("decoded.ndjson")[2]
    assert "decoded" not in lint("--output-format", "concise", ".")[1]
    lint("--output-format", "json-lines", "--output-file", "found.ndjson", "bad.json")
    assert lint("found.ndjson")[2] == "pushcodec: found.ndjson: the findings of an earlier run, not a payload; skipped\n"


@pytest.mark.parametrize("text", ["[]", " [ ]\n", "\ufeff[]"])
def test_a_named_empty_array_is_linted(repository: Path, lint: Lint, text: str) -> None:
    """A JSON report without findings is an empty array, but other files can be, too."""
    (repository / "empty.json").write_text(text, "utf-8")
    assert lint("empty.json")[0] == 1
    assert "empty" not in lint("--output-format", "concise", ".")[1]
