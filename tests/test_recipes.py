"""The recipes of docs/recipes.md, run unchanged."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from payloads import c2c_chat, compact, group_chat

from pushcodec import arrow

TEXTS = [compact({"entity": c2c_chat()}), compact({"entity": group_chat()}), "{", "{}", "{", None]
RECIPES: dict[str, str] = dict(
    re.findall(
        r"^## (\w+)\n.*?^```python\n(.*?)^```$",
        (Path(__file__).parents[1] / "docs" / "recipes.md").read_text("utf-8"),
        re.DOTALL | re.MULTILINE,
    )
)


@pytest.fixture
def run_recipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a recipe in the folder of its log and returns its names; skips the test if its engine is not installed."""

    def run(engine: str) -> dict[str, Any]:
        if importlib.util.find_spec(engine.lower()) is None:
            pytest.skip(f"no {engine}: pip install 'pushcodec[recipes]'")
        pq.write_table(pa.table({"ext": TEXTS}), tmp_path / "log.parquet")
        monkeypatch.chdir(tmp_path)
        names: dict[str, Any] = {}
        exec(compile(RECIPES[engine], f"recipe for {engine}", "exec"), names)  # noqa: S102  # our own text
        return names

    return run


def test_each_recipe_is_short_and_has_a_test() -> None:
    """At most five lines of code."""
    assert set(RECIPES) == {"pyarrow", "DuckDB", "Polars", "Daft"}
    assert all(len(recipe.replace("\n\n", "\n").splitlines()) <= 5 for recipe in RECIPES.values())


def test_pyarrow(run_recipe: Any, tmp_path: Path) -> None:
    """Reads a dataset, decodes it and writes it; `decoded_column` accepts the version in what was written."""
    run_recipe("pyarrow")
    written = ds.dataset(tmp_path / "decoded").to_table()
    decoded = arrow.decoded_column(written)
    assert decoded.to_pylist() == arrow.decode_array(pa.array(TEXTS), now=1595234240).to_pylist()


def test_duckdb(run_recipe: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Counts outcomes."""
    run_recipe("DuckDB")
    shown = capsys.readouterr().out
    assert re.search(r"c2c_chat\W+1\b", shown)
    assert re.search(r"ignored\W+3\b", shown)


@pytest.mark.filterwarnings("ignore")
def test_polars(run_recipe: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Counts codes, the most frequent first."""
    run_recipe("Polars")
    assert re.search(r"PC101\W+2\b.*PC302\W+1\b", capsys.readouterr().out, re.DOTALL)


@pytest.mark.filterwarnings("ignore")
def test_daft(run_recipe: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Counts codes."""
    run_recipe("Daft")
    shown: dict[str, Any] = eval(capsys.readouterr().out)  # noqa: S307  # the dictionary that it prints
    assert dict(zip(shown["error_code"], shown["ext"], strict=True)) == {None: 2, "PC101": 2, "PC302": 1}
