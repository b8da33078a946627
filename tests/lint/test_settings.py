"""Configuration files: which globs match which files from which folder, and how a run shows its files and settings."""

from __future__ import annotations

import gzip
import io
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from pushcodec.cli import main
from pushcodec.cli.commands.lint.settings import relative_path
from pushcodec.cli.inputs.walk import SUFFIXES
from pushcodec.lint.config import config_from

ROOT = Path(__file__).parents[2]
CHAT = '{"entity":{"action":1,"chatType":1,"sender":"alice"}}'
BAD = '{"entity":{"action":1,"chatType":1,"sender":7}}'

Lint = Callable[..., tuple[int, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, a project with a bad payload in each of its folders."""
    for name in ("top.json", "samples/old/a.json", "samples/new/a.json", "other/samples/old/a.json", "old/a.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(BAD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def lint(capsys: pytest.CaptureFixture[str]) -> Lint:
    """Runs the command; returns the exit status and standard output."""

    def run(*arguments: str) -> tuple[int, str]:
        status = main(["lint", "--output-format", "concise", *arguments])
        return status, capsys.readouterr().out

    return run


def files_in(output: str) -> list[str]:
    """The files with findings."""
    return sorted({line.split(":")[0] for line in output.splitlines()})


@pytest.mark.parametrize("folder", [".", "samples", "samples/new", "other/samples/old"])
def test_a_configuration_means_the_same_from_every_folder(
    project: Path, lint: Lint, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    """`exclude`, `per-file-ignores` and `kinds` are relative to the folder of the configuration, not to the current folder."""
    (project / "pyproject.toml").write_text(
        '[tool.pushcodec]\nexclude = ["./samples/old/"]\nper-file-ignores = { "samples/new/*" = ["ALL"] }\n'
        'kinds = { "samples/new/a.json" = "signaling-content" }\n'
    )
    monkeypatch.chdir(project / folder)
    assert files_in(lint(str(project))[1]) == [str(project / name) for name in ("old/a.json", "top.json")]
    assert files_in(lint("--isolated", str(project / "samples"))[1]) != []
    assert lint(str(project / "samples"))[0] == 0


def test_globs_of_a_named_configuration_belong_to_its_folder(project: Path, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are relative to that folder; globs of `--exclude` are relative to the current folder."""
    (project / "other" / "pushcodec.toml").write_text('exclude = ["samples/old/*"]')
    assert files_in(lint("--config", "other/pushcodec.toml", "other", "top.json")[1]) == ["top.json"]
    assert "samples/new/a.json" in files_in(lint("--config", "other/pushcodec.toml")[1])
    monkeypatch.chdir(project / "samples")
    assert files_in(lint("--exclude", "new/a.json")[1]) == ["old/a.json"]
    assert files_in(lint("--exclude", "new/", ".", "../top.json")[1]) == ["../top.json", "old/a.json"]


def test_absolute_globs_match_absolute_paths(project: Path, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the configuration and on the command line."""
    settings = f'exclude = ["{project}/samples/old/*"]\nper-file-ignores = {{ "{project}/samples/new/a.json" = ["ALL"] }}\n'
    (project / "pushcodec.toml").write_text(settings)
    monkeypatch.chdir(project / "samples")
    assert files_in(lint("..", "--exclude", f"{project}/top.json")[1]) == ["../old/a.json", "../other/samples/old/a.json"]


def test_standard_input_has_a_path(project: Path, lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--stdin-filename` is relative to the current folder."""
    (project / "pushcodec.toml").write_text('per-file-ignores = { "samples/new/*" = ["ALL"] }')
    monkeypatch.chdir(project / "samples")
    for name, status in (("new/b.json", 0), ("old/b.json", 1)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(BAD.encode())))
        assert lint("--stdin-filename", name, "-")[0] == status


def test_hooks_respect_exclude_and_skip_what_contains_no_payload(project: Path, lint: Lint) -> None:
    """The hooks treat the files that they are given as a walk does, also packed ones."""
    (project / "pushcodec.toml").write_text('exclude = ["samples"]')
    (project / "package.json").write_text('{"name": "x"}')
    (project / "packed.json.gz").write_bytes(gzip.compress(BAD.encode()))
    names = ["samples/old/a.json", "old/a.json", "package.json", "packed.json.gz"]
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    for hook in hooks:
        program, command, *options = hook["entry"].split()
        assert (program, command, hook.get("types_or")) == ("pushcodec", "lint", None)
        given = [name for name in names if re.search(hook["files"], name)]
        expected = [name for name in given if name in ("old/a.json", "packed.json.gz")]
        assert files_in(lint(*options, *given)[1]) == expected
    assert all(re.search(hooks[0]["files"], f"a{suffix}") for suffix in SUFFIXES)


@pytest.mark.parametrize(
    ("name", "folder", "expected"),
    [
        ("a/b.json", ".", "a/b.json"),
        ("./a//b.json", ".", "a/b.json"),
        ("a/../b.json", ".", "b.json"),
        ("a/b.json", "a", "b.json"),
        ("a/b.json", "a/", "b.json"),
        ("a/b.json", "c", "../a/b.json"),
        ("link/b.json", "a", "b.json"),
        ("link/b.json", ".", "link/b.json"),
        ("ab.json", "a", "../ab.json"),
        (".", ".", "."),
    ],
)
def test_paths_are_relative_to_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, folder: str, expected: str
) -> None:
    """Links are followed only for a path that is not below the folder by its name."""
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to("a")
    monkeypatch.chdir(tmp_path)
    assert relative_path(name, folder) == expected
    assert relative_path(str(tmp_path / name), folder) == expected


def test_the_files_of_a_run_can_be_shown(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All files that would be read, with a mark for those without a payload; no file is linted or changed."""
    (project / "package.json").write_text('{ "name": "x" }')
    (project / "known.json").write_text('{"version": 1, "findings": []}')
    (project / "log.ndjson").write_text(f'{{"event": 1}}\n\n{BAD}\n')
    (project / "none.jsonl").write_text('{"event": 1}\n')
    (project / "pushcodec.toml").write_text('exclude = ["samples"]\nkinds = { "old/a.json" = "entity" }')
    assert main(["lint", "--show-files", "--fix"]) == 0
    assert capsys.readouterr() == (
        "known.json (no payload)\nlog.ndjson\nnone.jsonl (no payload)\nold/a.json\npackage.json (no payload)\ntop.json\n",
        "",
    )
    assert main(["lint", "--show-files", "package.json", "gone\x1b.json", "top.json"]) == 2
    shown = capsys.readouterr()
    assert shown.out == "package.json (no payload)\ntop.json\n"
    assert "gone\\x1b.json" in shown.err


def test_the_settings_of_a_run_can_be_shown(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a configuration file, with the origin of each value."""
    (project / "pushcodec.toml").write_text(
        'ignore = ["PC7"]\nnow = 7\nvoip = true\nkinds = { "a\\u007f\\"\\u4e2d" = "ext" }\n'
        'per-file-ignores = { "x" = ["PC3", "PC6"] }\nrespect-gitignore = false\n'
    )
    assert main(["lint", "--show-settings", "--now", "8", "--exclude", "b*,c"]) == 0
    shown = capsys.readouterr().out
    file = project / "pushcodec.toml"
    assert f"# configuration file: {file}\n" in shown
    assert f'ignore = ["PC7"]  # {file}\n' in shown
    assert "now = 8  # command line\n" in shown
    assert "custom-message = false  # default\n" in shown
    assert "# kind is not set\n" in shown
    assert '# command line, in the current folder: exclude = ["b*", "c"]\n' in shown
    expected = tomllib.loads(file.read_text()) | {"now": 8}
    assert config_from(tomllib.loads(shown)) == config_from(expected)
    assert main(["lint", "--show-settings", "--isolated"]) == 0
    shown = capsys.readouterr().out
    assert "# configuration file: none\n" in shown
    assert config_from(tomllib.loads(shown)) == config_from({})


def test_ignored_files_can_be_read_all_the_same(project: Path, lint: Lint) -> None:
    """With `--no-respect-gitignore`, or `respect-gitignore = false`."""
    (project / ".gitignore").write_text("samples/\n*.json\n!top.json\n")
    assert files_in(lint()[1]) == ["top.json"]
    assert len(files_in(lint("--no-respect-gitignore")[1])) == 5
    (project / "pushcodec.toml").write_text("respect-gitignore = false")
    assert len(files_in(lint()[1])) == 5
    assert files_in(lint("--isolated")[1]) == ["top.json"]


def test_a_run_in_a_deleted_folder_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No configuration can be found there."""

    def gone() -> str:
        raise FileNotFoundError(2, "No such file or directory")

    (tmp_path / "chat.json").write_text(CHAT)
    monkeypatch.setattr("os.getcwd", gone)
    assert main(["lint", str(tmp_path / "chat.json")]) == 2
    assert capsys.readouterr().err == "pushcodec: the current folder: No such file or directory\n"
