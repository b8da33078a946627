"""The documentation as a reader meets it: its examples run, its links lead somewhere, its figures are those that were measured."""

from __future__ import annotations

import doctest
import json
import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from pushcodec.lint.config import Config, config_from

ROOT = Path(__file__).parents[1]
TOP = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "PROOF.md")
PAGES = (*TOP, *sorted(str(page.relative_to(ROOT)) for page in ROOT.glob("docs/**/*.md")))
TESTED_ELSEWHERE = {"docs/recipes.md", "docs/strategies.md"}  # in test_recipes.py and test_package.py


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def prose_of(page: str) -> str:
    """The page without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", text_of(page), flags=re.DOTALL | re.MULTILINE)


def links_of(page: str) -> list[str]:
    """The targets of its links and images."""
    return re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose_of(page)))


def anchors_of(page: str) -> set[str]:
    """The anchors that GitHub gives its headings."""
    headings = re.findall(r"^#+ (.*)$", prose_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def target_of(page: str, link: str) -> tuple[Path, str]:
    """The file that a relative link leads to, and the anchor in it."""
    path, _, anchor = unquote(link).partition("#")
    return ((ROOT / page).parent / path).resolve() if path else ROOT / page, anchor


@pytest.mark.parametrize("page", PAGES)
def test_each_relative_link_resolves(page: str) -> None:
    """The file exists inside the checkout. A page has the heading that an anchor names."""
    broken = []
    for link in links_of(page):
        if re.match(r"[a-z]+:", link):
            continue
        file, anchor = target_of(page, link)
        if not file.is_relative_to(ROOT) or not file.exists() or (anchor and anchor not in anchors_of(str(file.relative_to(ROOT)))):
            broken.append(link)
    assert broken == []


def test_the_links_are_found() -> None:
    """A change of the layout of links would leave the other tests without anything to check."""
    assert "docs/lint.md" in links_of("README.md")
    assert "docs/lint.svg" in links_of("README.md")
    assert "violation-codes" in anchors_of("docs/contract.md")
    assert "pre-commit-and-python" in anchors_of("docs/lint.md")


def test_each_page_is_reachable_from_the_readme() -> None:
    """By links from page to page."""
    found, waiting = {"README.md"}, ["README.md"]
    while waiting:
        page = waiting.pop()
        targets = {target_of(page, link)[0] for link in links_of(page)}
        names = {str(file.relative_to(ROOT)) for file in targets if file.is_relative_to(ROOT)}
        waiting += names.intersection(PAGES) - found
        found |= names
    assert set(PAGES) - found == set()


def test_each_picture_is_shown() -> None:
    """A page shows each SVG of docs/."""
    shown = {target_of(page, link)[0] for page in PAGES for link in links_of(page)}
    assert [file.name for file in sorted(ROOT.glob("docs/*.svg")) if file not in shown] == []


def test_the_readme_is_short() -> None:
    """About 100 lines. What is longer has a page in docs/."""
    assert len(text_of("README.md").splitlines()) <= 120


WITH_EXAMPLES = [page for page in PAGES if re.search("^```(python|pycon)$", text_of(page), re.MULTILINE)]


@pytest.mark.parametrize("page", [page for page in WITH_EXAMPLES if page not in TESTED_ELSEWHERE])
def test_the_examples_of_a_page_run(page: str) -> None:
    """Its Python blocks run in their order and share their names. What is typed into a session returns what is printed below."""
    if page == "docs/columns.md":
        pytest.importorskip("pyarrow")
    names: dict[str, Any] = {}
    for kind, block in re.findall(r"^```(python|pycon)\n(.*?)^```$", text_of(page), re.DOTALL | re.MULTILINE):
        if kind == "python":
            exec(compile(block, page, "exec"), names)  # noqa: S102  # our own text
        else:
            session = doctest.DocTestParser().get_doctest(block, names, page, page, 0)
            assert session.examples
            assert doctest.DocTestRunner(verbose=False).run(session, clear_globs=False).failed == 0
            names.update(session.globs)


@pytest.mark.parametrize("page", ["docs/lint.md", "docs/lint-files.md"])
def test_the_configuration_on_a_page_is_valid(page: str) -> None:
    """Each block of TOML is a table that the linter takes."""
    blocks = re.findall(r"^```toml\n(.*?)^```$", text_of(page), re.DOTALL | re.MULTILINE)
    assert blocks
    for block in blocks:
        table = tomllib.loads(block)
        assert config_from(table.get("tool", {}).get("pushcodec", table)) != Config()


def test_the_hook_on_the_page_is_the_published_one() -> None:
    """Name, command and files of the hook in docs/lint-files.md are those of .pre-commit-hooks.yaml."""
    (block,) = re.findall(
        r"^```yaml\n# \.pre-commit-config\.yaml\n(.*?)^```$", text_of("docs/lint-files.md"), re.DOTALL | re.MULTILINE
    )
    published = text_of(".pre-commit-hooks.yaml").split("\n- ")[1]
    for key in ("id", "name", "entry", "files"):
        (value,) = re.findall(rf"^ *{key}: (.*)$", published, re.MULTILINE)
        assert re.findall(rf"^[ -]*{key}: '?(.*?)'?$", block, re.MULTILINE) == [value]


COLUMNS = ("compact", "pretty", "escaped", "wrapped")
"""The forms of the texts in results.json, in the order of the columns of the tables."""


@pytest.mark.parametrize("page", ["README.md", "docs/speed.md"])
def test_the_table_of_speed_has_the_measured_figures(page: str) -> None:
    """Each cell is the rounded ratio in benchmarks/results.json."""
    ratios = json.loads(text_of("benchmarks/results.json"))["ratios"]
    rows = re.findall(r"^\| ([^|]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", text_of(page), re.MULTILINE)
    assert len(rows) >= 3
    for name, *cells in rows:
        found = [ratios[form]["mixed"][name.replace("`", "")] for form in COLUMNS]
        assert cells == [f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.1f}" for ratio in found], name
