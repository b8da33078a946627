"""Files that git ignores: a walk skips the same files as git, and unreadable ignore files are reported."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from pushcodec.cli.inputs import gitignore
from pushcodec.cli.inputs.gitignore import IgnoreFiles
from pushcodec.cli.inputs.walk import Filter, find_files

CHAT = '{"entity":{"action":1,"chatType":1,"sender":"alice"}}'
FOLDERS = ("a", "b", "c", "a/b", "a/c", "b/a", "a/b/c")


def refuse(name: str, reason: str) -> None:
    """Fails the test, because no complaint is expected."""
    raise AssertionError(f"{name}: {reason}")


def found(*names: str, as_found: bool = False) -> set[str]:
    """The files that a walk with ignore files finds."""
    files = find_files(names or ["."], refuse, Filter(ignore_files=IgnoreFiles(refuse)), as_found=as_found)
    return {file.name for file in files}


def write(root: Path, files: dict[str, str]) -> None:
    """Writes texts to files in a folder."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, newline="")


def fill(root: Path) -> None:
    """Writes payload files into the folder and into folders below it."""
    write(root, {f"{folder}/{name}": CHAT for folder in (".", *FOLDERS) for name in ("x.json", "y.json", "z.ndjson")})


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, which has the form of a repository, with payload files."""
    root = tmp_path / "repository"
    (root / ".git" / "info").mkdir(parents=True)
    fill(root)
    monkeypatch.chdir(root)
    return root


def test_an_ignored_folder_is_not_entered(repository: Path) -> None:
    """Also if a deeper pattern includes a file in it again; a pattern for folders matches no file."""
    write(repository, {".gitignore": "a/\nx.json/\n", "a/.gitignore": "!*\n"})
    assert found() == {f"{folder}{name}" for folder in ("", "b/", "c/") for name in ("x.json", "y.json", "z.ndjson")}


def test_patterns_that_include_again(repository: Path) -> None:
    """The last matching pattern decides; many repositories ignore all files except some."""
    write(repository, {".gitignore": "*\n!*/\n!y.json\n", "a/.gitignore": "y.json\n", "a/b/.gitignore": "!/x.json\n"})
    assert found() == {"y.json", "b/y.json", "c/y.json", "b/a/y.json", "a/b/x.json"}
    write(repository, {".gitignore": "a/**\n!a/x.json\n/b\n/c/*\n!/c/y.json\n*.ndjson\n"})
    assert found() == {"x.json", "y.json", "a/x.json", "c/y.json"}


def test_ignore_files_of_parent_folders_count_up_to_the_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also for a folder that is walked alone; ignore files above the repository are not read."""
    write(repository.parent, {".gitignore": "*\n"})
    write(repository, {".gitignore": "x.json\n", ".git/info/exclude": "z.*\n!x.json\n"})
    assert found("a/b") == {"a/b/y.json", "a/b/c/y.json"}
    monkeypatch.chdir(repository / "a")
    assert found() == {"y.json", "b/y.json", "b/c/y.json", "c/y.json"}
    assert found("../c") == {"../c/y.json"}
    assert found(str(repository / "c")) == {str(repository / "c" / "y.json")}


def test_a_repository_inside_another_has_its_own_patterns(repository: Path) -> None:
    """A submodule, whose `.git` is a file, and a worktree that shares the `info` of its repository."""
    write(
        repository, {".gitignore": "*.json\n", "a/.git": "gitdir: ../.git/worktrees/a\n", ".git/worktrees/a/commondir": "../..\n"}
    )
    write(repository, {".git/info/exclude": "z.*\n", "b/.git": "gitdir: nowhere\n"})
    assert found("a") == {f"a/{folder}{name}" for folder in ("", "b/", "b/c/", "c/") for name in ("x.json", "y.json")}
    assert found("b") == {f"b/{folder}{name}" for folder in ("", "a/") for name in ("x.json", "y.json", "z.ndjson")}
    assert "c/x.json" not in found()


def test_outside_of_a_repository_the_walked_folder_is_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its ignore files and those below it are read; with `as_found`, those of the current folder."""
    write(tmp_path, {".gitignore": "*\n"})
    root = tmp_path / "root"
    fill(root)
    write(root, {".gitignore": "x.json\n", "a/.gitignore": "*.ndjson\n"})
    monkeypatch.chdir(root)
    if any((folder / ".git").exists() for folder in tmp_path.parents):
        pytest.skip("the folder for temporary files is in a repository")
    assert found("a") == {f"a/{folder}{name}" for folder in ("", "b/", "b/c/", "c/") for name in ("x.json", "y.json")}
    assert found("c", ".") >= {"c/x.json", "c/y.json", "b/y.json"}
    assert found("a/x.json", "a/y.json", "a/z.ndjson", "b/z.ndjson", as_found=True) == {"a/y.json", "b/z.ndjson"}


def test_a_named_file_is_read_although_it_is_ignored(repository: Path) -> None:
    """The same for a named folder; globs do not find ignored files, and hooks do not read them."""
    write(repository, {".gitignore": "a/\nx.json\n"})
    assert found("x.json", "a/b/c") == {"x.json", "a/b/c/x.json", "a/b/c/y.json", "a/b/c/z.ndjson"}
    assert found("*.json", "a*", "[bc]") == {"y.json", "b/y.json", "b/z.ndjson", "c/y.json", "c/z.ndjson"}
    assert found("x.json", "y.json", "a/y.json", "b/y.json", as_found=True) == {"y.json", "b/y.json"}


def test_lines_without_a_pattern_are_skipped(repository: Path) -> None:
    """Comments, escapes, spaces and line ends, as in git."""
    lines = ["# y.json", "", "  ", "[z-a]", "!", "/", "\\", "\\#x.json", "!#y.json", "!!y.json", "[[:alpha:]]", "z.ndjson  "]
    write(repository, {".gitignore": "\ufeffx.json\r\n" + "\r\n".join(lines)})
    assert found("c") == {"c/y.json"}


def test_a_pattern_of_many_wildcards_is_skipped(repository: Path) -> None:
    """Matching it could take very long; a few wildcards are allowed, and several in a row count as one."""
    names = {"a" * 200 + ".json", "a/" * 60 + "a.json"}
    write(repository, dict.fromkeys(names, CHAT))
    evil = ["*a" * 30 + "b", "**/a/" * 30 + "b", "a/" + "*a*" * 9 + "/b"]
    write(repository, {".gitignore": "\n".join(evil) + "\n*x*.*j*\n*" + "*" * 40 + "y.json\n/**/z.ndjson\n"})
    assert found() == names


def test_an_ignore_file_must_be_a_regular_file(repository: Path) -> None:
    """Links, folders and FIFOs are skipped; a file that is too large is reported."""
    (repository / "all").write_text("*\n")
    (repository / ".gitignore").symlink_to("all")
    (repository / "a" / ".gitignore").mkdir()
    os.mkfifo(repository / "b" / ".gitignore")
    assert len(found()) == 3 * (len(FOLDERS) + 1)


def test_an_unreadable_ignore_file_is_reported(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It counts as empty."""
    complaints: list[tuple[str, str]] = []
    ignore_files = IgnoreFiles(lambda name, reason: complaints.append((name, reason)))
    monkeypatch.setattr(gitignore, "_MOST", 10)
    write(repository, {".gitignore": "*\n" * 6, "c/.gitignore": "x.json", "a/.gitignore": "x.json"})
    assert len(find_files(["c"], refuse, Filter(ignore_files=ignore_files))) == 2
    assert complaints == [(str(repository / ".gitignore"), "more than 10 bytes of ignore patterns")]

    def refuse_to_open(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse_to_open)
    assert not ignore_files.ignores("a/x.json")
    assert complaints[1:] == [(str(repository / "a" / ".gitignore"), "Permission denied")]


PARTS = ("a", "b", "c", "*", "**", "a*", "?", "x.json", "*.json", "[ab]", "[!a]", "[a-c]*", "y.json")
ODD = ("#x", "!", "/", "", "\\#a", "\\!a", "[", "[z-a]", " ", "a\\ ", "//", "!/", "**/", "/**", "***", "!!a", "!#a")


def some_line(chance: random.Random) -> str:
    """A line of an ignore file, sometimes an unusual one."""
    if chance.random() < 0.05:
        return chance.choice(ODD)
    path = "/".join(chance.choice(PARTS) for _ in range(chance.choice([1, 1, 1, 2, 2, 3])))
    before, after = chance.choice(["", "", "/", "**/"]), chance.choice(["", "", "/", "/**", " ", "\\"])
    return chance.choice(["", "", "!", "!"]) + before + path + after


@pytest.mark.parametrize("seed", range(12))
def test_git_finds_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """With random ignore files in random folders, without the user's configuration."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("no git here")
    chance = random.Random(seed)
    monkeypatch.chdir(tmp_path)
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    environment = {name: value for name, value in environment.items() if name not in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")}
    subprocess.run([git, "init", "-q", "--template="], env=environment, check=True)
    fill(tmp_path)
    for _ in range(5):
        files = {f"{folder}/.gitignore" for folder in (".", *chance.sample(FOLDERS, 3))} | {".git/info/exclude"}
        for file in files:
            lines = [some_line(chance) for _ in range(chance.randint(1, 5))]
            write(tmp_path, {file: "\n".join(lines) + chance.choice(["", "\n", "\r\n"])})
        command = [git, "-c", "core.excludesFile=", "ls-files", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split("\0")
        assert found() == {name for name in listed if name.endswith((".json", ".ndjson"))}
