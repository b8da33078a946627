"""The structure of the package, read from its imports: no cycles, short chains, no long modules."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

import architecture
import mutation
import pytest

MOST_IN_A_CHAIN = 9
MOST_LINES = 400
GENERATED = {"contract.py"}

IMPORTS = architecture.imports()


def test_no_modules_import_each_other(report_figure: Callable[[str], None]) -> None:
    """Neither when they are loaded, nor inside functions, nor for type checkers."""
    assert architecture.cycles(architecture.graph(IMPORTS)) == []
    report_figure(f"architecture: {len(IMPORTS)} imports between {len(architecture.modules())} modules, no cycle")


def test_no_module_imports_the_root() -> None:
    """`pushcodec/__init__` resolves its names lazily and re-exports all others; an import of it would be a cycle."""
    assert [each for each in IMPORTS if each.imported == architecture.PACKAGE] == []


def test_chains_of_imports_are_short(report_figure: Callable[[str], None]) -> None:
    """From `__main__` to the lowest layer, over the modules directly in the package; imports inside functions count."""
    chain = architecture.longest_chain(architecture.graph(architecture.top_level(IMPORTS)))
    report_figure(f"architecture: longest chain of imports: {len(chain)} modules ({' > '.join(chain)})")
    assert len(chain) <= MOST_IN_A_CHAIN


def test_no_module_is_long(report_figure: Callable[[str], None]) -> None:
    """A generated module may be."""
    files = {path.relative_to(architecture.SOURCE).as_posix(): path for path in architecture.SOURCE.rglob("*.py")}
    lengths = {name: len(path.read_text("utf-8").splitlines()) for name, path in files.items() if name not in GENERATED}
    longest = max(lengths, key=lambda name: lengths[name])
    report_figure(f"architecture: longest module: {lengths[longest]} lines ({longest})")
    assert lengths[longest] <= MOST_LINES


def test_each_top_level_module_is_in_one_layer() -> None:
    """import-linter checks the imports between layers, and with `exhaustive` that no module is left out."""
    layered = [name for layer in architecture.layers() for name in layer]
    assert sorted(layered) == sorted({name.split(".")[1] for name in architecture.modules() if "." in name})
    assert "exhaustive = true" in (architecture.ROOT / "pyproject.toml").read_text("utf-8")


# The tools that read the structure


SOURCE = """
from __future__ import annotations
import json
from typing import TYPE_CHECKING
from importlib import import_module
from pushcodec import jsontext
from pushcodec.errors import Code
import pushcodec.enums
if TYPE_CHECKING:
    from pushcodec.models import Ext
else:
    from pushcodec import codec
class Reader:
    def read(self, name):
        from pushcodec.jsontext.scanner import scan
        return import_module("pushcodec.report"), import_module(f"pushcodec.lint.output.{name}")

    def rule(self, name):
        return import_module(f"{__name__}.{name}"), import_module(name), import_module(f"{name}.x"), import_module("json")
"""


def test_kinds_of_imports_are_distinguished(monkeypatch: pytest.MonkeyPatch) -> None:
    """An import of a name is one of its module; `import_module` with an f-string may import each module of the package."""
    known = dict(architecture.modules())
    monkeypatch.setattr(
        architecture, "modules", lambda: {**known, "pushcodec.example": ast.parse(SOURCE), "pushcodec.example.part": ast.parse("")}
    )
    found = {(each.imported, str(each.kind)) for each in architecture.imports() if each.importer == "pushcodec.example"}
    outputs = {name for name in known if re.fullmatch(r"pushcodec\.lint\.output\.\w+", name)}
    assert len(outputs) > 3
    assert found == {
        ("pushcodec.jsontext", "loading"),
        ("pushcodec.errors", "loading"),
        ("pushcodec.enums", "loading"),
        ("pushcodec.models", "types"),
        ("pushcodec.codec", "loading"),
        ("pushcodec.jsontext.scanner", "function"),
        ("pushcodec.report", "function"),
        ("pushcodec.example.part", "function"),
        *((name, "function") for name in outputs),
    }


def test_cycles_and_chains_are_found() -> None:
    """A chain is the longest of all; a cycle has none."""
    edges = {"a": frozenset("bd"), "b": frozenset("c"), "c": frozenset("d"), "d": frozenset[str]()}
    assert architecture.cycles(edges) == []
    assert architecture.longest_chain(edges) == ["a", "b", "c", "d"]
    assert architecture.reduced(edges)["a"] == {"b"}
    circular = {**edges, "d": frozenset("b")}
    assert architecture.cycles(circular) == [["b", "c", "d"]]
    assert architecture.cycles({"a": frozenset("a")}) == [["a"]]
    with pytest.raises(ValueError, match="no cycles"):
        architecture.longest_chain(circular)


def test_the_page_has_generated_parts() -> None:
    """The parts between the markers are replaced, all other text stays; a page without the markers is an error."""
    written = (architecture.ROOT / "docs" / "architecture.md").read_text("utf-8")
    page = architecture.page(written)
    assert architecture.page(page) == page
    assert architecture.page(written.replace("flowchart TD", "")) == page
    assert "  cli -.-> report\n" in page
    assert "| `jsontext` | Strict JSON text: " in page
    with pytest.raises(ValueError, match="expected the lines '<!-- diagram"):
        architecture.page("# Architecture")


def test_the_shards_of_mutation_name_files() -> None:
    """Modules and tests that were renamed are renamed there too."""
    named = {
        *(architecture.SOURCE / f"{module}.py" for shard in mutation.SHARDS.values() for module in shard.modules),
        *(architecture.ROOT / "tests" / f"{test}.py" for shard in mutation.SHARDS.values() for test in shard.tests),
    }
    assert [path for path in sorted(named) if not path.is_file()] == []
