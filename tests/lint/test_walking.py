"""The files that names refer to: the files and the order of a walk, also in hostile trees."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from pushcodec.cli.inputs.globs import glob
from pushcodec.cli.inputs.walk import Filter, Found, find_files
from pushcodec.lint.config import matches

CHAT = '{"entity":{"action":1,"chatType":1,"sender":"alice"}}'


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree with payloads and other files."""
    for name in ("b.json", "a/z.ndjson", "a/b/c.jsonl.gz", "a/notes.txt", "c.json.gz", ".git/x.json", "node_modules/p/y.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(CHAT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def find(*names: str, exclude: tuple[str, ...] = ()) -> tuple[list[str], list[tuple[str, str]]]:
    """The files that are found, and the complaints."""
    complaints: list[tuple[str, str]] = []
    passed_over = Filter(lambda path: any(matches(os.path.relpath(path), glob) for glob in exclude))
    found = find_files(names, lambda name, reason: complaints.append((name, reason)), passed_over)
    return [file.name for file in found], complaints


def refuse(name: str, reason: str) -> None:
    """Fails the test, because no complaint is expected."""
    raise AssertionError(f"{name}: {reason}")


def test_folders_are_walked_in_order(tree: Path) -> None:
    """Payload files in the order of their names; folders of version control and of tools are skipped."""
    assert find(".") == (["a/b/c.jsonl.gz", "a/z.ndjson", "b.json", "c.json.gz"], [])
    assert find("a") == (["a/b/c.jsonl.gz", "a/z.ndjson"], [])
    assert find(str(tree / "a"))[0] == [str(tree / "a/b/c.jsonl.gz"), str(tree / "a/z.ndjson")]


def test_a_named_file_may_have_any_name(tree: Path) -> None:
    """Files and globs; each file occurs once."""
    assert find("a/notes.txt", "b.json", "./b.json", ".")[0] == [
        "a/notes.txt",
        "b.json",
        "a/b/c.jsonl.gz",
        "a/z.ndjson",
        "c.json.gz",
    ]
    assert find("**/*.json", "-") == (["b.json", "-"], []) or find("**/*.json", "-")[0][-1] == "-"
    assert find("?.json", "a*")[0] == ["b.json", "a/b/c.jsonl.gz", "a/z.ndjson"]


def test_excluded_files_are_skipped(tree: Path) -> None:
    """By globs for parts of paths and for paths, in folders and in globs; a named file is linted nevertheless."""
    assert find(".", exclude=("a",))[0] == ["b.json", "c.json.gz"]
    assert find(".", exclude=("a/b/*", "*.json.gz"))[0] == ["a/z.ndjson", "b.json"]
    assert find("*", exclude=("b.json",))[0] == ["a/b/c.jsonl.gz", "a/z.ndjson", "c.json.gz"]
    assert find("b.json", exclude=("b.json",))[0] == ["b.json"]


def test_a_glob_without_files_is_reported(tree: Path) -> None:
    """A name without files is an error; a file whose name has the form of a glob can be named."""
    assert find("*.yaml") == ([], [("*.yaml", "no such file")])
    (tree / "[x].json").write_text(CHAT)
    assert find("[x].json") == (["[x].json"], [])


def test_links_out_of_the_tree_and_loops_are_not_followed(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A link to a file in the tree is that file; links out of the tree, to folders, to themselves or to nothing are skipped."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "x.json").write_text(CHAT)
    (tree / "a" / "loop").symlink_to(tree / "a")
    (tree / "a" / "self.json").symlink_to("self.json")
    (tree / "a" / "gone.json").symlink_to("nowhere.json")
    (tree / "a" / "out.json").symlink_to(outside / "x.json")
    (tree / "a" / "out").symlink_to(outside)
    (tree / "a" / "in.json").symlink_to(tree / "a" / "z.ndjson")
    assert find("a") == (["a/b/c.jsonl.gz", "a/in.json"], [])


def test_an_unreadable_folder_is_reported(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are walked."""
    scandir = os.scandir

    def refuse(path: str) -> Any:
        if path == "a":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("os.scandir", refuse)
    assert find(".") == (["b.json", "c.json.gz"], [("a", "Permission denied")])
    assert find("a/*.ndjson") == ([], [("a", "Permission denied"), ("a/*.ndjson", "no such file")])
    assert find("**/*.json") == (["b.json"], [("a", "Permission denied")])


def test_files_that_are_not_regular_are_skipped(tree: Path) -> None:
    """Such as FIFOs."""
    os.mkfifo(tree / "fifo.json")
    assert "fifo.json" not in find(".")[0]


def test_a_file_that_is_named_and_found_counts_as_named(tree: Path) -> None:
    """Before or after its folder."""
    for names in (("a", "a/z.ndjson"), ("a/z.ndjson", "a")):
        found = find_files(names, refuse)
        assert sorted(found) == [Found("a/b/c.jsonl.gz", walked=True), Found("a/z.ndjson", walked=False)]
    assert find_files(["*.json"], refuse) == [Found("b.json", walked=True)]


def test_named_files_can_be_treated_as_found(tree: Path) -> None:
    """With `as_found`, the exclusions of a walk apply to named files, also to those in excluded folders."""
    names = ["a/z.ndjson", "a/notes.txt", "b.json", "node_modules/p/y.json", str(tree / "c.json.gz"), "gone.json"]
    passed_over = Filter(lambda path: matches(path, "a"), {str(tree / "c.json.gz")})
    assert find_files(names, refuse, passed_over, as_found=True) == [
        Found("b.json", walked=True),
        Found("gone.json", walked=True),
    ]
    assert [file.name for file in find_files(names, refuse, passed_over)] == names
    assert find_files(["-"], refuse, as_found=True) == [Found("-", walked=True)]


def test_a_named_folder_may_have_any_name(tree: Path) -> None:
    """Also a name that a walk would skip."""
    assert find("node_modules")[0] == ["node_modules/p/y.json"]
    assert find("node_module[s]")[0] == []


@pytest.fixture
def looped(tree: Path) -> Path:
    """The tree with hidden files and with links to folders, two of which form a loop that branches."""
    for name in ("one", "two"):
        (tree / "a" / name).symlink_to(tree / "a")
    (tree / "linked").symlink_to("a")
    (tree / "a" / ".hidden.json").write_text(CHAT)
    (tree / "a" / "b" / "d").mkdir()
    (tree / "a" / "b" / "d" / "e.json").write_text(CHAT)
    return tree


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.json", ["b.json"]),
        ("./*.json", ["./b.json"]),
        ("a//*.ndjson", ["a/z.ndjson"]),
        ("**/*.json", ["a/b/d/e.json", "b.json"]),
        ("**/**/e.json", ["a/b/d/e.json"]),
        ("**/d/**/*.json", ["a/b/d/e.json"]),
        ("a/**", ["a/b", "a/b/c.jsonl.gz", "a/b/d", "a/b/d/e.json", "a/notes.txt", "a/one", "a/two", "a/z.ndjson"]),
        ("linked/*.ndjson", ["linked/z.ndjson"]),
        ("a/.*.json", ["a/.hidden.json"]),
        ("a/*/", ["a/b", "a/one", "a/two"]),
        ("[ab]/b/../z.nd?son", ["a/b/../z.ndjson"]),
        ("a/b/../../?.json", ["a/b/../../b.json"]),
        ("nowhere/*.json", []),
        ("a/*/nothing", []),
        ("b.json/*", []),
    ],
)
def test_patterns_are_those_of_a_shell(looped: Path, pattern: str, expected: list[str]) -> None:
    """Hidden names need an explicit dot; `**` follows no links, so that it ends, and enters no pruned folder."""
    assert glob(pattern, refuse, lambda name: name == "node_modules") == expected
    expected = [f"{looped}/{each}" for each in expected]
    assert glob(f"{looped}/{pattern}", refuse, lambda name: name == "node_modules") == expected


def test_a_glob_finds_regular_files_only(tree: Path) -> None:
    """The same with `as_found`: reading a FIFO would wait for a writer."""
    os.mkfifo(tree / "fifo.json")
    assert find("*.json")[0] == ["b.json"]
    assert find_files(["fifo.json", "b.json"], refuse, as_found=True) == [Found("b.json", walked=True)]


def test_a_folder_is_found_unless_it_is_excluded(tree: Path) -> None:
    """With `as_found`, also a named one."""
    passed_over = Filter(lambda path: path == "a")
    assert find_files(["a", "."], refuse, passed_over, as_found=True) == [Found("b.json", True), Found("c.json.gz", True)]
    assert len(find_files(["a"], refuse, passed_over)) == 2


def test_found_links_out_of_the_current_folder_are_skipped(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """By globs and with `as_found`, as in a walk; a named link is followed."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "x.json").write_text(CHAT)
    (tree / "out.json").symlink_to(outside / "x.json")
    (tree / "in.json").symlink_to("b.json")
    (tree / "out").symlink_to(outside)
    assert find("o*", "i*.json")[0] == ["in.json"]
    assert find_files(["out.json", "in.json"], refuse, as_found=True) == [Found("in.json", walked=True)]
    assert find("out.json", "out")[0] == ["out.json"]
    assert find(f"{outside}/*")[0] == [f"{outside}/x.json"]


def test_a_file_that_a_glob_finds_is_never_standard_input(tree: Path) -> None:
    """Also with the name `-`."""
    (tree / "-").write_text(CHAT)
    assert find("?")[0][0] == "./-"
