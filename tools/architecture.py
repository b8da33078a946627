"""The modules of the package and their imports, read from the source; and the generated parts of docs/architecture.md.

Three kinds of imports are distinguished: those that run when the module is loaded, those inside functions, and those that only type
checkers see (`if TYPE_CHECKING:`). `import_module` with a literal name counts as an import of that module inside a function. With
an f-string that begins with the name of a package, or with `{__name__}`, it counts as an import of every module directly in it.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from regions import filled

import pushcodec

ROOT = Path(__file__).parents[1]
PACKAGE: Final = "pushcodec"
SOURCE = Path(pushcodec.__file__).parent
"""The folder of the package: in the checkout, or where a wheel is installed."""


class Kind(StrEnum):
    """When an import runs."""

    LOADING = "loading"
    FUNCTION = "function"
    TYPES = "types"


class Import(NamedTuple):
    """One module of the package imports another one."""

    importer: str
    imported: str
    kind: Kind


Graph: TypeAlias = Mapping[str, frozenset[str]]
"""The modules that each module imports."""


@cache
def modules() -> Mapping[str, ast.Module]:
    """The modules of the package by their full names, parsed. A package has the name of its folder."""
    files = {path: path.relative_to(SOURCE.parent).with_suffix("") for path in sorted(SOURCE.rglob("*.py"))}
    return {".".join(name.parts).removesuffix(".__init__"): ast.parse(path.read_text("utf-8")) for path, name in files.items()}


def imports() -> list[Import]:
    """Every import of one module of the package by another, but for those of the root, which only re-exports."""
    return [each for name, tree in modules().items() if name != PACKAGE for each in _imports_of(name, tree, Kind.LOADING)]


def _imports_of(importer: str, node: ast.AST, kind: Kind) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        for imported in _imported_by(child, importer):
            yield Import(importer, imported, Kind.FUNCTION if isinstance(child, ast.Call) and kind is Kind.LOADING else kind)
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _imports_of(importer, child, kind if kind is Kind.TYPES else Kind.FUNCTION)
        elif isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            yield from _imports_of(importer, ast.Module(child.body, []), Kind.TYPES)
            yield from _imports_of(importer, ast.Module(child.orelse, []), kind)
        else:
            yield from _imports_of(importer, child, kind)


def _imported_by(node: ast.AST, importer: str) -> list[str]:
    """The modules of the package that a statement or a call imports."""
    match node:
        case ast.Import(names=names):
            return [name.name for name in names if name.name in modules()]
        case ast.ImportFrom(module=str(module), names=names, level=0) if module in modules():
            # A package is imported for its own names; for its modules, they are imported.
            found = (f"{module}.{name.name}" for name in names)
            return sorted({each if each in modules() else module for each in found})
        case ast.ImportFrom(level=level) if level:
            raise ValueError(f"expected absolute imports only, got one in line {node.lineno}")
        case ast.Call(func=ast.Name(id="import_module"), args=[name]):
            known, _, unknown = ast.unparse(name).replace("{__name__}", importer).lstrip("f").strip("'\"").partition("{")
            return [each for each in modules() if (each.rpartition(".")[0] + "." if unknown else each) == known]
    return []


def graph(found: Iterable[Import]) -> Graph:
    """The imports as a graph; each module that imports or is imported is in it."""
    edges: dict[str, set[str]] = {}
    for each in found:
        edges.setdefault(each.importer, set()).add(each.imported)
        edges.setdefault(each.imported, set())
    return {name: frozenset(imported) for name, imported in edges.items()}


def top_level(found: Iterable[Import]) -> list[Import]:
    """The imports between the modules directly in the package; those inside one of its packages are left out."""
    shortened = (Import(_top(each.importer), _top(each.imported), each.kind) for each in found)
    return [each for each in dict.fromkeys(shortened) if each.importer != each.imported]


def _top(name: str) -> str:
    return name.split(".")[1] if "." in name else name


def cycles(edges: Graph) -> list[list[str]]:
    """The groups of modules that import one another, directly or through others of the group; none if there is no cycle."""
    reached = {name: _reached(name, edges) for name in edges}
    groups = {tuple(sorted({name, *(each for each in reached[name] if name in reached[each])})) for name in edges}
    return sorted(list(group) for group in groups if len(group) > 1 or group[0] in edges[group[0]])


def longest_chain(edges: Graph) -> list[str]:
    """The longest chain of modules in which each imports the next. Raises ValueError if there is a cycle."""
    if cycles(edges):
        raise ValueError("expected no cycles")

    @cache
    def chain(name: str) -> list[str]:
        chains = [[name, *chain(each)] for each in sorted(edges[name])]
        return max(chains, key=len, default=[name])

    return max([chain(name) for name in sorted(edges)], key=len, default=[])


def reduced(edges: Graph) -> Graph:
    """The graph without each import that also exists as a way through other modules."""
    reached = {name: _reached(name, edges) for name in edges}
    return {
        name: frozenset(each for each in imported if not any(each in reached[other] for other in imported - {each}))
        for name, imported in edges.items()
    }


def _reached(name: str, edges: Graph) -> frozenset[str]:
    """The modules that a module imports, directly or through others."""
    found: set[str] = set()
    pending = list(edges[name])
    while pending:
        each = pending.pop()
        if each not in found:
            found.add(each)
            pending.extend(edges[each])
    return frozenset(found)


def layers() -> list[list[str]]:
    """The layers of the package in pyproject.toml, the upper ones first, each with its modules."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (found,) = (contract["layers"] for contract in table if contract["type"] == "layers")
    return [re.split(r" *[|:] *", layer) for layer in found]


# The generated parts of the page


def page(text: str) -> str:
    """The text of docs/architecture.md with its generated parts as the source has them."""
    return filled(text, {"diagram": _diagram(), "modules": _table()}, "docs/architecture.md")


_BASE: Final = "base"  # the lowest layer, drawn as one box: every module may import its modules


def _diagram() -> str:
    """The top-level modules in their layers and their imports, as a flowchart in Mermaid."""
    *upper, lowest = layers()
    found = [
        each._replace(imported=_BASE if each.imported in lowest else each.imported)
        for each in top_level(imports())
        if each.importer not in lowest
    ]
    loading = {(each.importer, each.imported) for each in found if each.kind is Kind.LOADING}
    edges = reduced(graph(found))
    lines = ["```mermaid", "flowchart TD"]
    for number, layer in enumerate(upper, 1):
        lines.append(f'  subgraph layer{number}[" "]')
        lines += [f'    {_node(name)}["{name}"]' for name in layer]
        lines.append("  end")
    lines.append(f'  {_BASE}["{", ".join(sorted(lowest))}"]')
    for name in (name for layer in upper for name in layer):
        arrows = ((each, "-->" if (name, each) in loading else "-.->") for each in sorted(edges.get(name, ())))
        lines += [f"  {_node(name)} {arrow} {_node(each)}" for each, arrow in arrows]
    return "\n".join([*lines, "```"])


def _node(name: str) -> str:
    return name.strip("_")


def _table() -> str:
    rows = [f"| `{name.removeprefix(PACKAGE + '.')}` | {_first_sentence(tree)} |" for name, tree in modules().items()]
    return "\n".join(["| module | what it is |", "|---|---|", *rows])


def _first_sentence(tree: ast.Module) -> str:
    """The first sentence of a module's docstring, with a full stop where a list or a table continues it."""
    text = " ".join((ast.get_docstring(tree) or "").split("\n\n")[0].split())
    sentence = re.match(r".+?\.(?= |$)", text)
    return (sentence[0] if sentence else text.rstrip(":") + ".").replace("|", r"\|")
