"""The examples of documents that people keep, in the shared data: what `index.json` says of each of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from shared_data import SHARED, shared_folder

import pushcodec as pc
from pushcodec.cli import main
from pushcodec.documents import FORMS
from pushcodec.documents.recognition import recognise
from pushcodec.jsontext import Readings, read
from pushcodec.lint import Severity, lint_text
from pushcodec.lint.diagnostics import Diagnostic

NOW = "1764000010"


def _entries() -> list[dict[str, Any]]:
    index = SHARED / "samples" / "documents" / "index.json"
    return list(json.loads(index.read_text("utf-8"))) if index.is_file() else []


# Without the shared data there is one entry, whose file is not there: the tests are skipped with the reason.
_ABSENT: dict[str, Any] = {"file": "index.json", "compare_exit": 0}
entries = pytest.mark.parametrize("entry", _entries() or [_ABSENT], ids=lambda entry: entry["file"])


def _text(entry: dict[str, Any]) -> str:
    folder: Path = shared_folder("samples") / "documents"
    return (folder / str(entry["file"])).read_text("utf-8")


def test_the_index_has_all_files() -> None:
    """Each file of the folder has one entry."""
    folder = shared_folder("samples") / "documents"
    assert {each["file"] for each in _entries()} == {file.name for file in folder.glob("*_*.json")}


@entries
def test_the_form_is_recognised(entry: dict[str, Any]) -> None:
    """The family of the form, or none for a file of another product."""
    reading = read(_text(entry))
    found = recognise(reading.value, Readings().embedded)
    names = {name for each in found for name in (each.form.name, each.form.family)}
    assert any(name.startswith(entry["form"]) for name in names) if entry["form"] != "none" else not found
    assert names <= {*FORMS, *(form.family for form in FORMS.values())}


@entries
def test_the_exts_are_found(entry: dict[str, Any]) -> None:
    """One list of pointers for each ext, and a part of its text."""
    found = pc.find_exts(_text(entry))
    if entry["ext_at"] is not None:
        assert [list(each.pointers) for each in found] == entry["ext_at"]
    if "ext_has" in entry:
        assert entry["ext_has"] in found[0].ext


@entries
def test_the_findings_are_those_of_the_index(entry: dict[str, Any]) -> None:
    """The findings that must be there are, those that must not are not, and the severities are as expected."""
    found = lint_text(_text(entry), filename=entry["file"])
    shown = [f"{each.code} {each.pointer} {each.embedded}" for each in found]
    for wanted in entry["must"]:
        assert any(map(_matches(wanted), found)), (wanted, shown)
    for unwanted in entry["must_not"]:
        allowed = [_matches(wanted) for wanted in entry["must"]] if unwanted == "*" else []
        for each in filter(_matches(unwanted), found):
            assert any(fits(each) for fits in allowed), (unwanted, shown)
    severities = {each.severity for each in found}
    for key, severity in (("errors", Severity.ERROR), ("warnings", Severity.WARNING)):
        if entry.get(key) is not None:
            assert (severity in severities) is entry[key], shown


def _matches(wanted: str | dict[str, Any]) -> Callable[[Diagnostic], bool]:
    """Whether a finding is one that the index names: by its code, its pointers and its line."""
    rule = {"code": wanted} if isinstance(wanted, str) else wanted
    places = rule.get("at")
    places = places if isinstance(places, list) else [places]

    def matches(found: Diagnostic) -> bool:
        is_code = rule["code"] == "*" or found.code in rule["code"].split("|")
        is_line = "line" not in rule or found.start.line == rule["line"]
        return is_code and is_line and any(place is None or _is_at(found, place) for place in places)

    return matches


def _is_at(found: Diagnostic, place: str) -> bool:
    chain = [found.pointer, *found.embedded]
    if place.startswith("="):
        return " -> ".join(chain) == place[1:]
    if " -> " in place:
        return place in " -> ".join(chain)
    return any(each.endswith(place) for each in chain)


@entries
def test_compare_has_the_status_of_the_index(entry: dict[str, Any], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The exit status of `compare`, and what it prints."""
    if entry.get("compare_exit") is None:
        pytest.skip("the index has no status of compare for this file")
    file = tmp_path / entry["file"]
    file.write_text(_text(entry), "utf-8")
    assert main(["compare", "--now", NOW, str(file)]) == entry["compare_exit"]
    assert entry.get("compare_says", "") in capsys.readouterr().out
