"""Every rule by its page: the bad example breaks it, the good one is clean."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pushcodec.cli import main
from pushcodec.errors import Code
from pushcodec.lint import Config, Severity, lint_text
from pushcodec.lint.catalogue import SEVERITIES
from pushcodec.lint.pages import PAGES, page

ROOT = Path(__file__).parents[2]


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    """The catalogue of codes, but for those that are not of texts, and the pages are the same."""
    assert set(PAGES) == set(SEVERITIES) == set(Code) - {Code.NOT_ENCODABLE, Code.NO_TARGET}


@pytest.mark.parametrize("code", PAGES, ids=lambda code: f"{code}-{code.rule}")
def test_the_bad_example_breaks_the_rule(code: Code) -> None:
    """What a page shows as bad is found, with the severity of the catalogue."""
    found = lint_text(PAGES[code].bad, config=Config(**PAGES[code].options))
    mine = [each for each in found if each.code is code]
    assert mine
    assert {each.severity for each in mine} == {SEVERITIES[code]}


@pytest.mark.parametrize("code", PAGES, ids=lambda code: f"{code}-{code.rule}")
def test_the_good_example_is_clean(code: Code) -> None:
    """What a page shows as good breaks neither the rule nor any other that is more than a note."""
    found = lint_text(PAGES[code].good, config=Config(**PAGES[code].options))
    assert [each.code for each in found if each.code is code or each.severity is not Severity.INFO] == []


def test_the_pages_and_hooks_are_as_the_code_has_them() -> None:
    """docs/rules/ and .pre-commit-hooks.yaml are what `make generate` writes; nothing else stands in the folder."""
    done = subprocess.run([sys.executable, ROOT / "tools" / "generate.py", "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert {file.name for file in (ROOT / "docs" / "rules").iterdir()} == {f"{code}.md" for code in PAGES} | {"README.md"}


def test_rule_prints_pages_by_code_and_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    """`pushcodec rule` takes codes and names, lists all without any, and prints all with --all."""
    assert main(["rule", "PC301", "trailing-comma"]) == 0
    assert capsys.readouterr().out == page(Code.WRONG_TYPE) + "\n" + page(Code.TRAILING_COMMA) + "\n"
    assert main(["rule"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(PAGES)
    assert main(["rule", "--all"]) == 0
    assert capsys.readouterr().out.count("## Why is this bad?") == len(PAGES)
    assert main(["rule", "--json", "PC705"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["code"], record["name"], record["severity"]) == ("PC705", "needless-escapes", "info")
    assert "by `--fix`" in record["page"]


def test_an_unknown_rule_is_a_clear_error(capsys: pytest.CaptureFixture[str]) -> None:
    """A code or a name that is no rule's ends with status 2."""
    assert main(["rule", "PC999", "PC301"]) == 2
    assert capsys.readouterr().err == "pushcodec: no rule is 'PC999'; `pushcodec rule` lists them\n"
