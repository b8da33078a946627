"""The package as a user meets it: names, imports, README, demo, schemas in the wheel. `test_pages.py` has the other pages."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any, get_args

import pytest

import pushcodec as pc
from pushcodec import schemafiles

ROOT = Path(__file__).parents[1]


def test_import_loads_no_third_party_module() -> None:
    """`import pushcodec` brings in the standard library and itself, nothing else, until a name is used."""
    code = (
        "import sys; before = set(sys.modules); import pushcodec;"
        "print(*sorted({name.split('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["pushcodec"]


def test_each_public_name_resolves() -> None:
    """Every name of `__all__` is there, once, sorted in dir(), and an unknown one is an AttributeError."""
    assert len(set(pc.__all__)) == len(pc.__all__)
    for name in pc.__all__:
        assert getattr(pc, name) is not None
    assert set(dir(pc)) - {"arrow", "report", "spark", "strategies"} == set(pc.__all__)
    assert dir(pc) == sorted(dir(pc))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        pc.nothing  # noqa: B018


def test_the_type_checkers_names_are_the_real_ones() -> None:
    """What `TYPE_CHECKING` declares is exactly what is resolved at run time."""
    source = Path(pc.__file__).read_text()
    declared = re.findall(r"^    from pushcodec(?:\.\w+)* import (\w+) as \1$", source, re.MULTILINE)
    assert sorted(declared) == sorted({*pc.__all__, "arrow", "report", "spark", "strategies"} - {"__version__"})


def test_public_callables_are_documented() -> None:
    """Every public class and function has a docstring."""
    documented = [getattr(pc, name) for name in pc.__all__ if callable(getattr(pc, name))]
    assert len(documented) > 30
    assert [thing for thing in documented if not thing.__doc__] == []


def test_the_tour_of_the_readme_runs() -> None:
    """It is the only Python block of the README."""
    [tour] = python_blocks("README.md")
    namespace: dict[str, object] = {}
    exec(compile(tour, "README.md", "exec"), namespace)  # noqa: S102  # our own text
    assert namespace["group_id"] == "@TGS#1PWYXLTGA"


@pytest.mark.slow
def test_the_shown_tests_with_strategies_pass() -> None:
    """The tests in docs/strategies.md pass; the two of its first block fail for a bad relay."""
    of_relay, of_documents = python_blocks("docs/strategies.md")
    namespace: dict[str, Any] = {"__name__": "shown"}
    tests: list[Any] = []
    for shown in (of_relay, of_documents):
        known = set(namespace)
        exec(compile(shown, "docs/strategies.md", "exec"), namespace)  # noqa: S102  # our own text
        tests += [value for name, value in namespace.items() if name.startswith("test_") and name not in known]
    assert len(tests) == 4
    for test in tests:
        test()
    namespace["relay"] = lambda text: pc.encode_ext(pc.compose.c2c_chat(sender="somebody else"))
    for test in tests[:2]:
        with pytest.raises(AssertionError):
            test()


def python_blocks(page: str) -> list[str]:
    return re.findall(r"```python\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL)


def test_the_routes_page_lists_every_route() -> None:
    """The table in docs/routes.md has a row for each member of the closed union."""
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \|", (ROOT / "docs" / "routes.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted((route.outcome, route.__name__) for route in get_args(pc.Route))


def test_the_contract_lists_every_code() -> None:
    """docs/contract.md lists each violation code with its name and its summary, in order."""
    contract = (ROOT / "docs" / "contract.md").read_text("utf-8")
    rows = re.findall(r"^\| `(PC\d+)` \| `([a-z0-9-]+)` \| (.*) \|$", contract, re.MULTILINE)
    assert rows == [(str(code), code.rule, code.summary) for code in pc.Code]


def test_the_demo_shows_every_sample() -> None:
    """`make demo` prints, for each sample, what each ext decodes to or why not, and what the tap does."""
    samples = sorted((ROOT / "samples").rglob("*.json"))
    done = subprocess.run([sys.executable, "examples/demo.py", "samples"], cwd=ROOT, capture_output=True, check=True)
    shown = dict(block.partition("\n")[::2] for block in done.stdout.decode().strip().split("\n\n"))
    assert list(shown) == [*(str(sample.relative_to(ROOT)) for sample in samples), f"{len(samples)} samples"]
    assert all("  on tap   " in shown[name] and "  decoded  " in shown[name] for name in shown if "/valid/" in name)
    assert all("  refused  " in shown[name] for name in shown if name.startswith("samples/invalid/"))
    assert shown["samples/documents/tpns-push.json"].count("  decoded  tpns-push, C2C chat") == 2
    assert shown["samples/documents/vendor-params.json"].startswith("  refused  PC401 no-payload")
    assert "group_call: rings" in shown["samples/documents/tpns.json"]


def test_the_schemas_are_found_in_the_package_or_the_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The registry reads the schemas shipped in the wheel, and those of the checkout in an editable install."""
    assert schemafiles._folder().joinpath("ext.json").is_file()
    (tmp_path / "schemas").mkdir()
    monkeypatch.setattr(schemafiles, "files", lambda _: tmp_path)
    assert schemafiles._folder() == tmp_path / "schemas"
    assert resources.files("pushcodec").joinpath("py.typed").is_file()


def test_the_names_of_fast_are_resolved_on_first_use() -> None:
    """`pushcodec.fast` has the names of its `__all__`, lists them before their first use, and no others."""
    assert set(pc.fast.__all__) <= set(dir(pc.fast))
    assert all(hasattr(pc.fast, name) for name in pc.fast.__all__)
    with pytest.raises(AttributeError, match=r"module 'pushcodec\.fast' has no attribute 'Encoder'"):
        _ = pc.fast.Encoder
