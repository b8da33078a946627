"""Help for users: the values in `--help`, and the similar names in the message for a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pushcodec.cli import main
from pushcodec.cli.parsing import COMMANDS
from pushcodec.clients.table import CLIENTS, client_named
from pushcodec.conversion import SOURCES
from pushcodec.documents import Carrier
from pushcodec.schemafiles import NAMES
from pushcodec.suggest import did_you_mean

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("lint", [*NAMES, *CLIENTS]),
        ("validate", NAMES),
        ("schema", NAMES),
        ("decode", Carrier),
        ("convert", SOURCES),
        ("route", [*CLIENTS, "docs/cases.md"]),
        ("explain", CLIENTS),
        ("compare", CLIENTS),
        ("", COMMANDS),
    ],
)
def test_the_help_lists_the_values(command: str, names: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Each name is not broken over two lines."""
    assert main([*command.split(), "--help"]) == 0
    words = capsys.readouterr().out.replace(",", " ").split()
    assert set(names) <= set(words)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("lnt", "did you mean 'lint'?"),
        ("vaildate x.json", "did you mean 'validate'?"),
        ("Route", "did you mean 'route'?"),
        ("rule PC3", "did you mean 'PC301' or 'PC302' or 'PC303' or"),
        ("rule wrong-typ", "did you mean 'wrong-type'?"),
        ("rule WRONG_TYPE", "did you mean 'wrong-type'?"),
        ("rule PC999", "no rule is 'PC999'; `pushcodec rule` lists them"),
        ("validate --kind call-entty", "did you mean 'call-entity' or"),
        ("schema chat_entity", "did you mean 'chat-entity'"),
        ("convert --to webb", "did you mean 'web'?"),
        ("convert --to web --from fluter", "did you mean 'flutter'"),
        ("decode --carrier tnps", "did you mean 'tpns'?"),
        ("route --client andriod-7.9", "did you mean 'android-7.9'"),
        ("compare --clients ios-6.0,android-7", "did you mean 'android-7.9'?"),
        ("lint --clients iOS", "did you mean 'ios-6.0' or 'ios-6.1'?"),
        ("lint --select silent-c2c-cal .", "did you mean 'silent-c2c-call'?"),
        ("lint --ignore all .", "did you mean 'ALL'?"),
        ("lint --output-format sarfi", "did you mean 'sarif'?"),
        ("lint --color alway", "did you mean 'always'?"),
        ("lint --unsafe-fixs .", "did you mean '--unsafe-fixes'?"),
        ("report --colum=x y.ndjson --htlm z", "did you mean '--html'?"),
    ],
)
def test_a_wrong_name_gets_the_closest_ones(words: str, hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit status is 2."""
    assert main(words.split()) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert hint in captured.err


@pytest.mark.parametrize(
    "words", ["frobnicate", "lint --frobnicate", "lint -z", "route --client x", "rule zzz", "--frobnicate lint"]
)
def test_without_a_similar_name_there_is_no_hint(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The message lists the names instead."""
    assert main(words.split()) == 2
    assert "did you mean" not in capsys.readouterr().err


def test_a_wrong_name_in_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Keys, rules and clients in a configuration file have hints too."""
    monkeypatch.chdir(tmp_path)
    wrong = {"slect = []": "'select'", 'ignore = ["zero-timout"]': "'zero-timeout'", 'clients = ["ios6.1"]': "'ios-6.1'"}
    for text, hint in wrong.items():
        (tmp_path / "pushcodec.toml").write_text(text)
        assert main(["lint", "."]) == 2
        assert f"did you mean {hint}" in capsys.readouterr().err


def test_hints_are_bounded_and_printable() -> None:
    """A long word is not compared. An error of the library has a hint too."""
    assert did_you_mean("x" * 100_000, ["x" * 99_999]) == ""
    assert did_you_mean("", ["lint"]) == ""
    with pytest.raises(ValueError, match=r"expected one of .*; did you mean 'ios-6\.0'"):
        client_named("ios-60")


# docs/cases.md


def blocks() -> list[str]:
    """The code blocks of the page, in order: cases, answers, cases, answers."""
    return [block.partition("```")[0] for block in (DOCS / "cases.md").read_text("utf-8").split("```json\n")[1:]]


@pytest.mark.parametrize(("number", "client"), [(0, "ios-6.0"), (2, "android-6.0")])
def test_the_documented_cases_have_the_documented_answers(
    number: int, client: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The cases of the page, run by the command of the page."""
    cases, answers = blocks()[number : number + 2]
    (tmp_path / "cases.ndjson").write_text(cases, "utf-8")
    assert main(["route", "--client", client, "--cases", str(tmp_path / "cases.ndjson")]) == 0
    assert capsys.readouterr().out == answers


def test_a_line_that_is_not_a_case_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is reported with its number. Empty lines count."""
    lines = blocks()[0].splitlines()
    (tmp_path / "cases.ndjson").write_bytes("\n".join([lines[0], "", "[]", "{", lines[1]]).encode() + b"\n\xff\n")
    assert main(["route", "--cases", str(tmp_path / "cases.ndjson")]) == 2
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 2
    assert [line.partition("cases.ndjson")[2] for line in captured.err.splitlines()] == [
        ":3: expected a case as a JSON object",
        ":4: expected a case as a JSON object",
        ":6: expected UTF-8",
    ]
