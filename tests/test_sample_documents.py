"""The documents of samples/: one of each form without findings, and documents with the faults that people make."""

from __future__ import annotations

import json
import re
from pathlib import Path

import forms_page
import pytest
from msgspec import structs

import pushcodec as pc
from pushcodec.cli import main
from pushcodec.documents import FORMS, Carrier
from pushcodec.lint import Config, lint_text

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "samples" / "documents"
SETTINGS = FOLDER / "pushcodec.toml"
INVALID = sorted((FOLDER / "invalid").iterdir())
PAGE = (ROOT / "docs" / "where-is-my-ext.md").read_text("utf-8")

NOT_RECOGNISED = {"oppo-bundle": ["ext"]}
"""The form without marks, and as what it is recognised if it is not named."""

IGNORED = Config(ignore=("PC507", "PC704"))
"""A one-to-one call rings only later, and the samples are printed for people."""


def text_of(form: str) -> str:
    return (FOLDER / f"{form}.json").read_text("utf-8")


def test_each_form_has_a_sample() -> None:
    """With the name of the form."""
    assert sorted(file.stem for file in FOLDER.glob("*.json")) == sorted(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_a_sample_is_recognised_as_its_form(form: Carrier) -> None:
    """By its marks alone it has the same exts as under its name. It has one if its form can have one, and it decodes."""
    text = text_of(form)
    found = pc.find_exts(text, carrier=form)
    assert bool(found) == bool(FORMS[form].places)
    assert all(pc.decode_ext(each.ext) for each in found)
    if form in NOT_RECOGNISED:
        assert [each.form for each in pc.find_exts(text)] == NOT_RECOGNISED[form]
    elif found:
        assert pc.find_exts(text) == found
    else:
        with pytest.raises(pc.DecodeError, match="PC401"):  # a known form, not PC402
            pc.find_ext(text)


@pytest.mark.parametrize("form", FORMS)
def test_a_sample_has_no_finding(form: Carrier) -> None:
    """Also if its form is named, or its family."""
    text = text_of(form).encode()
    for kind in (form, FORMS[form].family, *([] if form in NOT_RECOGNISED else [None])):
        assert [each.code for each in lint_text(text, config=structs.replace(IGNORED, kind=kind))] == []


def test_the_samples_are_linted_with_their_settings(capsys: pytest.CaptureFixture[str]) -> None:
    """As `make samples` does it; the settings name the form that has no marks."""
    assert main(["lint", "--config", str(SETTINGS), "--output-format", "json", str(FOLDER)]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["lint", "--isolated", "--select", "PC607", str(FOLDER / "oppo-bundle.json")]) == 1
    capsys.readouterr()


def faults_on_the_page() -> dict[str, set[str]]:
    """The codes that the page gives for each of the documents in `invalid`."""
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \| (\[.*\]\(\.\./samples/documents/invalid/.*) \|$", PAGE, re.MULTILINE)
    return {
        name: set(re.findall(r"\[`(PC\d+)`\]\(rules/\1\.md\)", codes))
        for codes, links in rows
        for name in re.findall(r"\(\.\./samples/documents/invalid/([^)]+)\)", links)
    }


def test_the_page_lists_each_fault() -> None:
    """Each document in `invalid`, with at least one code."""
    found = faults_on_the_page()
    assert sorted(found) == [file.name for file in INVALID]
    assert all(found.values())


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_a_fault_has_the_findings_that_the_page_lists(file: Path) -> None:
    """These and no others."""
    found = lint_text(file.read_bytes(), filename=file.name, config=IGNORED)
    assert {str(each.code) for each in found} == faults_on_the_page()[file.name]


@pytest.mark.parametrize("form", FORMS)
def test_the_page_has_the_samples(form: Carrier) -> None:
    """The text of each file, under a heading with the name of the form."""
    section = PAGE.split(f"\n### `{form}`\n", 1)[1].split("\n### ", 1)[0]
    assert re.findall(r"^```json\n(.*?)^```$", section, re.DOTALL | re.MULTILINE) == [text_of(form)]


def test_the_table_has_every_mark() -> None:
    """The row of a form names each of its marks, or the group that contains it."""
    table = PAGE.split("<!-- marks:", 1)[1]
    groups = dict(re.findall(r"^- (the \w+ keys): (.*)$", table, re.MULTILINE))
    assert list(groups) == ["the Android keys", "the SDK keys"]
    for name, form in FORMS.items():
        (row,) = re.findall(rf"^\| \[`{name}`\]\(#{name}\) \| (.*) \|$", table, re.MULTILINE)
        named = row + "".join(keys for group, keys in groups.items() if group in row)
        paths = {mark.path for marks in form.marks for mark in (*marks.all, *marks.some)} | {
            path for marks in form.marks for path in marks.none
        }
        assert [path for path in sorted(paths) if f"`{path.replace('/', '.')}`" not in named] == []
        assert all(f"`/{place.path}`" in row for place in form.places if place.path)


def test_a_form_without_an_example_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The generator names it. It also refuses a page without the comments around a part."""
    with pytest.raises(ValueError, match="expected the lines '<!-- REST examples"):
        forms_page.page("# Page\n")
    monkeypatch.setitem(forms_page.SECTIONS, "ext", ("ext", "entity"))
    with pytest.raises(ValueError, match="these differ: signaling-content"):
        forms_page.page(PAGE)
