"""The rules: each is one module, its bad example breaks it, and its good one breaks no rule."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linted import documents
from mutants import mutants, originals

import pushcodec
from pushcodec import strategies
from pushcodec.cli import main
from pushcodec.errors import Code
from pushcodec.inspection import iter_violations
from pushcodec.lint import Config, Severity, lint_text
from pushcodec.lint.catalogue import CODES
from pushcodec.lint.clear import is_clear
from pushcodec.lint.config import DEFAULT_CONFIG
from pushcodec.lint.pages import PAGES, SEVERITIES, page
from pushcodec.lint.rules import check, rule
from pushcodec.lint.rules.rule import Page, Rule

ROOT = Path(__file__).parents[2]
RULES = Path(pushcodec.__file__).parent / "lint" / "rules"
OTHERS = {"__init__", "rule"}
"""The modules of the package that are not rules."""


def test_the_codes_of_texts_have_rules() -> None:
    """Each code of the catalogue has a rule, but for those of values to encode, of several exts and of messages to send."""
    assert set(CODES) == set(Code) - {Code.NOT_ENCODABLE, Code.SEVERAL_EXTS, Code.NO_TARGET}


@pytest.mark.parametrize("code", CODES, ids=lambda code: f"{code}-{code.rule}")
def test_a_code_has_a_rule_with_severity_page_and_check(code: Code) -> None:
    """The rule of a code has that code, a severity, a page with all its parts, and a check."""
    found = rule(code)
    assert isinstance(found, Rule)
    assert found.code is code
    assert isinstance(found.severity, Severity)
    written = found.page()
    assert isinstance(written, Page)
    assert written.why.endswith((".", ")."))
    assert written.bad != written.good
    assert callable(found.check)


def test_a_module_of_the_rules_is_a_rule_named_after_its_code() -> None:
    """Each module defines `RULE`, with the code that its name says; so no two rules share a code."""
    names = {file.stem for file in RULES.glob("*.py")} - OTHERS
    rules = {name: code for code in CODES for name in (code.name.lower(),)}
    assert names == set(rules)
    for name in names:
        text = (RULES / f"{name}.py").read_text("utf-8")
        (call,) = (
            each.value
            for each in ast.parse(text).body
            if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "RULE" and isinstance(each.value, ast.Call)
        )
        assert ast.unparse(call.args[0]) == f"Code.{rules[name].name}"
        assert text.startswith(f'"""{rules[name]}: ')


@pytest.mark.parametrize("code", PAGES, ids=lambda code: f"{code}-{code.rule}")
def test_the_bad_example_breaks_the_rule(code: Code) -> None:
    """The linter reports the bad example of a page, with the severity of the rule."""
    found = lint_text(PAGES[code].bad, config=Config(**PAGES[code].options))
    severities = {each.severity for each in found if each.code is code}
    assert severities == {SEVERITIES[code]}


@pytest.mark.parametrize("code", PAGES, ids=lambda code: f"{code}-{code.rule}")
def test_the_good_example_breaks_no_rule(code: Code) -> None:
    """The good example of a page breaks neither its rule nor another that is more than a note."""
    found = lint_text(PAGES[code].good, config=Config(**PAGES[code].options))
    assert [each.code for each in found if each.code is code or each.severity is not Severity.INFO] == []


def test_the_generated_pages_and_hooks_are_up_to_date() -> None:
    """docs/rules/ and .pre-commit-hooks.yaml are what `make generate` writes; the folder contains no other file."""
    done = subprocess.run([sys.executable, ROOT / "tools" / "generate.py", "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert {file.name for file in (ROOT / "docs" / "rules").iterdir()} == {f"{code}.md" for code in PAGES} | {"README.md"}


def test_rule_prints_pages_by_code_and_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    """`pushcodec rule` takes codes and names, lists all rules without any, and prints all pages with --all."""
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


def test_an_unknown_rule_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    """A code or a name that no rule has ends with status 2."""
    assert main(["rule", "PC999", "PC301"]) == 2
    assert capsys.readouterr().err == "pushcodec: no rule is 'PC999'; `pushcodec rule` lists them\n"


def test_rules_that_are_left_out_find_nothing() -> None:
    """Rules are not applied to documents in which they can find nothing: to those without a call, and to certainly valid ones.

    A document that is certainly valid has no violation of the contract.
    """
    clear = 0
    for raw in [*mutants(1500, seed=7), *originals()]:
        found_by_each = documents(raw)
        for document in found_by_each:
            found = {code for code in CODES if list(rule(code).check(document, DEFAULT_CONFIG))}
            assert found == {each.code for each in check(document, DEFAULT_CONFIG, frozenset(CODES))}
        if not found_by_each:
            continue
        document = found_by_each[0]
        if is_clear(document):
            clear += 1
            assert list(iter_violations(raw, kind=document.kind)) == []
    assert clear > 100


@pytest.mark.parametrize("form", ["ext", "notification"])
@given(data=st.data())
def test_a_near_miss_is_not_certainly_valid(form: str, data: st.DataObject) -> None:
    """A payload with one fault is not clear, whatever the fault."""
    text, code = data.draw(strategies.near_misses(form))
    assert not is_clear(documents(text, kind=form)[0]), code
