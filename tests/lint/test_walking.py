"""The files that names stand for: what a walk finds, in which order, and what hostile trees do."""

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
    """A tree of payloads, and of other files."""
    for name in ("b.json", "a/z.ndjson", "a/b/c.jsonl.gz", "a/notes.txt", "c.json.gz", ".git/x.json", "node_modules/p/y.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(CHAT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def find(*names: str, exclude: tuple[str, ...] = ()) -> tuple[list[str], list[tuple[str, str]]]:
    """The files found, and the complaints."""
    complaints: list[tuple[str, str]] = []
    passed_over = Filter(lambda path: any(matches(os.path.relpath(path), glob) for glob in exclude))
    found = find_files(names, lambda name, reason: complaints.append((name, reason)), passed_over)
    return [file.name for file in found], complaints


def refuse(name: str, reason: str) -> None:
    """Fails the test, because nothing is to be complained of."""
    raise AssertionError(f"{name}: {reason}")


def test_folders_are_walked_in_order(tree: Path) -> None:
    """Payload files by their names, in the order of names; what version control and tools keep is passed over."""
    assert find(".") == (["a/b/c.jsonl.gz", "a/z.ndjson", "b.json", "c.json.gz"], [])
    assert find("a") == (["a/b/c.jsonl.gz", "a/z.ndjson"], [])
    assert find(str(tree / "a"))[0] == [str(tree / "a/b/c.jsonl.gz"), str(tree / "a/z.ndjson")]


def test_a_file_that_is_named_is_taken_whatever_its_name(tree: Path) -> None:
    """A file named by itself, globs, and each file once."""
    assert find("a/notes.txt", "b.json", "./b.json", ".")[0] == [
        "a/notes.txt",
        "b.json",
        "a/b/c.jsonl.gz",
        "a/z.ndjson",
        "c.json.gz",
    ]
    assert find("**/*.json", "-") == (["b.json", "-"], []) or find("**/*.json", "-")[0][-1] == "-"
    assert find("?.json", "a*")[0] == ["b.json", "a/b/c.jsonl.gz", "a/z.ndjson"]


def test_what_is_excluded_is_passed_over(tree: Path) -> None:
    """Globs for parts of paths and for paths, in folders and in globs; a file named by itself is linted all the same."""
    assert find(".", exclude=("a",))[0] == ["b.json", "c.json.gz"]
    assert find(".", exclude=("a/b/*", "*.json.gz"))[0] == ["a/z.ndjson", "b.json"]
    assert find("*", exclude=("b.json",))[0] == ["a/b/c.jsonl.gz", "a/z.ndjson", "c.json.gz"]
    assert find("b.json", exclude=("b.json",))[0] == ["b.json"]


def test_a_glob_without_files_is_complained_of(tree: Path) -> None:
    """A name that fits nothing is no success; a file whose name looks like a glob is itself."""
    assert find("*.yaml") == ([], [("*.yaml", "no such file")])
    (tree / "[x].json").write_text(CHAT)
    assert find("[x].json") == (["[x].json"], [])


def test_links_out_of_the_tree_and_loops_are_not_followed(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A link to a file inside is the file; one out of the tree, to a folder, to itself or to nothing is passed over."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "x.json").write_text(CHAT)
    (tree / "a" / "loop").symlink_to(tree / "a")
    (tree / "a" / "self.json").symlink_to("self.json")
    (tree / "a" / "gone.json").symlink_to("nowhere.json")
    (tree / "a" / "out.json").symlink_to(outside / "x.json")
    (tree / "a" / "out").symlink_to(outside)
    (tree / "a" / "in.json").symlink_to(tree / "a" / "z.ndjson")
    assert find("a") == (["a/b/c.jsonl.gz", "a/in.json"], [])


def test_a_folder_that_can_not_be_read_is_complained_of(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are still walked."""
    scandir = os.scandir

    def refuse(path: str) -> Any:
        if path == "a":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("os.scandir", refuse)
    assert find(".") == (["b.json", "c.json.gz"], [("a", "Permission denied")])
    assert find("a/*.ndjson") == ([], [("a", "Permission denied"), ("a/*.ndjson", "no such file")])
    assert find("**/*.json") == (["b.json"], [("a", "Permission denied")])


def test_what_is_no_regular_file_is_passed_over(tree: Path) -> None:
    """FIFOs in folders are not found."""
    os.mkfifo(tree / "fifo.json")
    assert "fifo.json" not in find(".")[0]


def test_a_file_that_is_named_counts_as_named_wherever_it_is_found(tree: Path) -> None:
    """Before or after the folder that it is in."""
    for names in (("a", "a/z.ndjson"), ("a/z.ndjson", "a")):
        found = find_files(names, refuse)
        assert sorted(found) == [Found("a/b/c.jsonl.gz", walked=True), Found("a/z.ndjson", walked=False)]
    assert find_files(["*.json"], refuse) == [Found("b.json", walked=True)]


def test_named_files_can_be_treated_as_found(tree: Path) -> None:
    """With `as_found` a walk's exclusions hold for files that are named, and for those in excluded folders."""
    names = ["a/z.ndjson", "a/notes.txt", "b.json", "node_modules/p/y.json", str(tree / "c.json.gz"), "gone.json"]
    passed_over = Filter(lambda path: matches(path, "a"), {str(tree / "c.json.gz")})
    assert find_files(names, refuse, passed_over, as_found=True) == [
        Found("b.json", walked=True),
        Found("gone.json", walked=True),
    ]
    assert [file.name for file in find_files(names, refuse, passed_over)] == names
    assert find_files(["-"], refuse, as_found=True) == [Found("-", walked=True)]


def test_a_folder_that_is_named_is_walked_whatever_its_name(tree: Path) -> None:
    """Also one that a walk would not enter."""
    assert find("node_modules")[0] == ["node_modules/p/y.json"]
    assert find("node_module[s]")[0] == []


@pytest.fixture
def looped(tree: Path) -> Path:
    """The tree with links to folders, two of which make a loop that branches, and hidden files."""
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
    """Hidden names have to be asked for; `**` follows no links, so that it ends, and enters no pruned folder."""
    assert glob(pattern, refuse, lambda name: name == "node_modules") == expected
    expected = [f"{looped}/{each}" for each in expected]
    assert glob(f"{looped}/{pattern}", refuse, lambda name: name == "node_modules") == expected


def test_a_glob_finds_regular_files_only(tree: Path) -> None:
    """Nor does `as_found`: a FIFO would wait for a writer."""
    os.mkfifo(tree / "fifo.json")
    assert find("*.json")[0] == ["b.json"]
    assert find_files(["fifo.json", "b.json"], refuse, as_found=True) == [Found("b.json", walked=True)]


def test_a_folder_is_found_unless_it_is_excluded(tree: Path) -> None:
    """With `as_found` also one that is named."""
    passed_over = Filter(lambda path: path == "a")
    assert find_files(["a", "."], refuse, passed_over, as_found=True) == [Found("b.json", True), Found("c.json.gz", True)]
    assert len(find_files(["a"], refuse, passed_over)) == 2


def test_what_is_found_by_name_leads_not_out_of_the_current_folder(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A glob and `as_found` pass over a link out of it, as a walk does; a link that is named is followed."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "x.json").write_text(CHAT)
    (tree / "out.json").symlink_to(outside / "x.json")
    (tree / "in.json").symlink_to("b.json")
    (tree / "out").symlink_to(outside)
    assert find("o*", "i*.json")[0] == ["in.json"]
    assert find_files(["out.json", "in.json"], refuse, as_found=True) == [Found("in.json", walked=True)]
    assert find("out.json", "out")[0] == ["out.json"]
    assert find(f"{outside}/*")[0] == [f"{outside}/x.json"]


def test_a_file_that_a_glob_finds_is_not_standard_input(tree: Path) -> None:
    """Whatever its name."""
    (tree / "-").write_text(CHAT)
    assert find("?")[0][0] == "./-"
