"""The configuration of the linter: selectors, ignores, and configuration files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from payloads import compact, group_call, group_content

from pushcodec.cli import main
from pushcodec.lint import Config, lint_text
from pushcodec.lint.catalogue import CODES
from pushcodec.lint.config import config_from, matches

BAD = '{"entity":{"action":"1","chatType":1,"sender":"a"}}'


def codes(text: str, filename: str = "chat.json", **config: Any) -> set[str]:
    """The codes found."""
    return {each.code for each in lint_text(text, filename=filename, config=Config(**config))}


@pytest.mark.parametrize(
    ("select", "extend", "ignore", "expected"),
    [
        (("ALL",), (), (), {"PC301", "PC506"}),
        (("PC3",), (), (), {"PC301"}),
        (("wrong-type",), (), (), {"PC301"}),
        (("PC3",), ("PC506",), (), {"PC301", "PC506"}),
        (("ALL",), (), ("PC3",), {"PC506"}),
        (("ALL", "PC301"), (), ("PC3",), {"PC301", "PC506"}),
        (("PC3",), (), ("PC301",), set()),
        (("PC301",), (), ("wrong-type",), set()),
        (("PC3",), (), ("ALL",), {"PC301"}),
        ((), (), (), set()),
    ],
)
def test_the_longest_selector_decides(select: Any, extend: Any, ignore: Any, expected: set[str]) -> None:
    """Codes, prefixes of codes, names and ALL: the longest match decides; at the same length, `ignore` takes precedence."""
    assert codes(BAD, select=select, extend_select=extend, ignore=ignore) == expected


@pytest.mark.parametrize("selector", ["PC9", "PC3011", "wrong", "", "pc301", "all"])
def test_a_selector_without_a_rule_is_an_error(selector: str) -> None:
    """Otherwise a typing error could switch off a rule unnoticed."""
    for key in ("select", "extend_select", "ignore"):
        given: dict[str, Any] = {key: (selector,)}
        with pytest.raises(ValueError, match="no rule is"):
            Config(**given)
    with pytest.raises(ValueError, match="no rule is"):
        Config(per_file_ignores=(("*.json", (selector,)),))


@pytest.mark.parametrize(
    ("name", "glob", "fits"),
    [
        ("samples/old/chat.json", "old", True),
        ("samples/old/chat.json", "chat.json", True),
        ("samples/old/chat.json", "*.json", True),
        ("samples/old/chat.json", "samples/old/*.json", True),
        ("samples/old/chat.json", "old/*.json", True),
        ("samples/old/chat.json", "samples/old/", True),
        ("samples/old/chat.json", "samples/ol", False),
        ("samples/old/chat.json", "./samples/*", True),
        ("./samples/old/chat.json", "samples/*", True),
        ("samples/old/chat.json", "new", False),
        ("/a/samples/chat.json", "samples/chat.json", True),
        ("chat.json", "**/chat.json", True),
        ("samples/old/chat.json", "**/chat.json", True),
        ("samples/chat.json", "samples/**/chat.json", True),
        ("samples/old/new/chat.json", "samples/**/chat.json", True),
        ("samples/old/chat.json", "samples/**", True),
        ("samples/old/chat.json", "**/old", True),
        ("samples/older/chat.json", "**/old", False),
        ("a/samples/old/new/chat.json", "samples/**/new", True),
    ],
)
def test_globs_match_paths_or_parts_of_them(name: str, glob: str, fits: bool) -> None:
    """A glob without a slash matches any part of a path, any other glob the whole path or its end."""
    assert matches(name, glob) is fits


def test_rules_can_be_ignored_by_file_and_by_pointer() -> None:
    """For files that match a glob, and at pointers through all embedded texts."""
    assert codes(BAD, per_file_ignores=(("chat.json", ("PC3",)),)) == {"PC506"}
    assert codes(BAD, per_file_ignores=(("other.json", ("PC3",)),)) == {"PC301", "PC506"}
    text = compact({"aps": {}, "custom": compact({"entity": group_call(group_content(timeout="30"))})})
    assert codes(text) == {"PC301", "PC506"}
    at_timeout = "/custom -> /entity/content -> /timeout"
    assert codes(text, pointer_ignores=((at_timeout, ("PC301",)),)) == {"PC506"}
    assert codes(text, pointer_ignores=(("*/timeout", ("ALL",)),)) == set()
    assert codes(text, pointer_ignores=(("/timeout", ("ALL",)),)) == {"PC301", "PC506"}


def test_the_kind_of_a_file_can_be_configured() -> None:
    """`kinds` gives a kind to files by their names; `kind` takes precedence."""
    assert codes("{}", "content.json", kinds=(("content.json", "signaling-content"),)) == {"PC302"}
    assert "PC502" in codes("{}", "content.json", kinds=(("content.json", "signaling-content"),), kind="ext")


def test_a_table_becomes_a_config() -> None:
    """The keys are the names of the attributes, with hyphens."""
    table = {
        "select": ["ALL"],
        "extend-select": ["PC301"],
        "ignore": ["PC7"],
        "per-file-ignores": {"old/*": ["PC3"]},
        "pointer-ignores": {"/userData": ["PC1"]},
        "kinds": {"contents/*": "signaling-content"},
        "exclude": ["tmp"],
        "kind": "ext",
        "now": 1700000000,
        "voip": True,
        "custom-message": True,
        "router": "own",
    }
    assert config_from(table) == Config(
        select=("ALL",),
        extend_select=("PC301",),
        ignore=("PC7",),
        per_file_ignores=(("old/*", ("PC3",)),),
        pointer_ignores=(("/userData", ("PC1",)),),
        kinds=(("contents/*", "signaling-content"),),
        exclude=("tmp",),
        kind="ext",
        now=1700000000,
        voip=True,
        custom_message=True,
        router="own",
    )
    assert config_from({}).selected == frozenset(CODES)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"colour": True}, "unknown key 'colour', expected one of select, extend-select"),
        ({"select": "PC3"}, "select: expected an array of strings"),
        ({"router": "mine"}, "router: expected one of tuikit, own"),
        ({"router": True}, "router: expected one of tuikit, own"),
        ({"ignore": [1]}, "ignore: expected an array of strings"),
        ({"per-file-ignores": ["PC3"]}, "per-file-ignores: expected a table of globs"),
        ({"per-file-ignores": {"*": "PC3"}}, "per-file-ignores.'\\*': expected an array"),
        ({"kinds": "ext"}, "kinds: expected a table"),
        ({"kinds": {"*": "email"}}, "kinds.'\\*': expected one of account-binding"),
        ({"kind": 1}, "kind: expected one of"),
        ({"now": -1}, "now: expected unix seconds"),
        ({"now": True}, "now: expected unix seconds"),
        ({"voip": 1}, "voip: expected true or false"),
        ({"select": ["PC9"]}, "no rule is 'PC9'"),
    ],
)
def test_a_wrong_table_is_an_error(table: dict[str, Any], message: str) -> None:
    """The message names the unknown key or the wrong type, and what is expected."""
    with pytest.raises(ValueError, match=message):
        config_from(table)


# Files


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a bad payload."""
    (tmp_path / "chat.json").write_text(BAD)
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, set[str], str]:
    """The exit status, the codes found, and standard error."""
    status = main(["lint", "--output-format", "concise", *arguments])
    captured = capsys.readouterr()
    return status, {line.split(": ")[1][:5] for line in captured.out.splitlines()}, captured.err


def test_the_nearest_configuration_is_used(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """pushcodec.toml, or a pyproject.toml with a table for pushcodec, in the folder or above; options of the command add to it."""
    (project / "pyproject.toml").write_text('[tool.pushcodec]\nignore = ["PC3"]\n')
    (project / "deep" / "pyproject.toml").write_text('[project]\nname = "x"\n')
    monkeypatch.chdir(project / "deep")
    assert found(capsys, "../chat.json") == (1, {"PC506"}, "")
    assert found(capsys, "--isolated", "../chat.json") == (1, {"PC301", "PC506"}, "")
    assert found(capsys, "--ignore", "PC5", "../chat.json") == (0, set(), "")
    assert found(capsys, "--select", "PC301,PC506", "../chat.json") == (1, {"PC301", "PC506"}, "")
    (project / "deep" / "pushcodec.toml").write_text('ignore = ["PC5"]\n')
    assert found(capsys, "../chat.json") == (1, {"PC301"}, "")
    assert found(capsys, "--config", "../pyproject.toml", "../chat.json") == (1, {"PC506"}, "")


def test_without_a_configuration_all_rules_are_selected(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pyproject.toml without a table for pushcodec is no configuration."""
    (project / "pyproject.toml").write_text('# tool.pushcodec is not used\n[project]\nname = "x"\n')
    assert found(capsys, "chat.json") == (1, {"PC301", "PC506"}, "")
    assert found(capsys, "--config", "pyproject.toml", "chat.json") == (1, {"PC301", "PC506"}, "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("select = 3", "pushcodec.toml: select: expected an array of strings"),
        ("select = [", "pushcodec.toml: "),
        ("\x00", "pushcodec.toml: "),
        ("\udcff", "pushcodec.toml: not UTF-8"),
        ("exclude = " + "[" * 100_000, "pushcodec.toml: "),
        ("#" * 1_100_000, "pushcodec.toml: more than 1048576 bytes"),
        ('nope = "\\u001b"', "pushcodec.toml: unknown key 'nope'"),
    ],
)
def test_a_wrong_configuration_stops_the_run(project: Path, capsys: pytest.CaptureFixture[str], text: str, reason: str) -> None:
    """A file that cannot be read or is invalid gives an error with its name, and exit status 2."""
    (project / "pushcodec.toml").write_text(text, "utf-8", "surrogateescape")
    status, out, err = found(capsys, "chat.json")
    assert (status, out) == (2, set())
    assert reason in err
    assert len(err.splitlines()) == 1


def test_a_missing_configuration_stops_the_run(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--config` with a missing file, with a file without a table, and with an unknown selector."""
    assert found(capsys, "--config", "nope.toml", "chat.json") == (2, set(), "pushcodec: nope.toml: No such file or directory\n")
    assert found(capsys, "--config", "/dev/zero", "chat.json") == (2, set(), "pushcodec: /dev/zero: not a regular file\n")
    for text, key in (("tool = 3 # pushcodec\n", "tool"), ('[tool]\npushcodec = "x"\n', "pushcodec")):
        (project / "pyproject.toml").write_text(text)
        assert found(capsys, "chat.json")[::2] == (2, f"pushcodec: {project / 'pyproject.toml'}: {key}: expected a table\n")
    (project / "pyproject.toml").write_text('[tool]\nother = "pushcodec"\n')
    assert found(capsys, "chat.json")[0] == 1
    (project / "pyproject.toml").unlink()
    status, _, err = found(capsys, "--select", "PC999", "chat.json")
    assert (status, err) == (2, "pushcodec: no rule is 'PC999': expected a code, the beginning of one, a rule's name, or ALL\n")


def test_every_rule_has_selectors() -> None:
    """Each code and each name is a selector."""
    for code in CODES:
        assert Config(select=(code,)).selected == Config(select=(code.rule,)).selected == {code}
