"""The package as a user meets it: names, imports, README, demo, schemas in the wheel."""

from __future__ import annotations

import doctest
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


def test_the_readmes_sessions_are_true() -> None:
    """What the README types into Python gives what it says."""
    text = (ROOT / "README.md").read_text()
    session = "\n".join(line[4:] for line in text.splitlines() if line.startswith(("    >>> ", "    (")))
    examples = doctest.DocTestParser().get_doctest(session, {"pc": pc}, "README.md", None, None)
    assert len(examples.examples) == 3
    assert doctest.DocTestRunner(verbose=False).run(examples).failed == 0


def test_the_readmes_tour_is_true() -> None:
    """The tour in the README runs, in 20 lines of code or a few more."""
    tour, _ = readme_blocks()
    namespace: dict[str, object] = {}
    exec(compile(tour, "README.md", "exec"), namespace)  # noqa: S102  # our own text
    assert namespace["group_id"] == "@TGS#1PWYXLTGA"


@pytest.mark.slow
def test_the_readmes_tests_pass() -> None:
    """So do the two tests that it shows for the strategies, and for a bad relay both fail."""
    _, shown = readme_blocks()
    namespace: dict[str, Any] = {"__name__": "shown"}
    exec(compile(shown, "README.md", "exec"), namespace)  # noqa: S102  # our own text
    tests = [value for name, value in namespace.items() if name.startswith("test_")]
    assert len(tests) == 2
    for test in tests:
        test()
    namespace["relay"] = lambda text: pc.encode_ext(pc.compose.c2c_chat(sender="somebody else"))
    for test in tests:
        with pytest.raises(AssertionError):
            test()


def readme_blocks() -> list[str]:
    return re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)


def test_the_readme_names_every_route() -> None:
    """The README's table of routes is the closed union."""
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert sorted(rows) == sorted((route.outcome, route.__name__) for route in get_args(pc.Route))


def test_the_contract_names_every_code() -> None:
    """docs/contract.md lists each violation code with its name."""
    contract = (ROOT / "docs" / "contract.md").read_text()
    assert [code for code in pc.Code if not re.search(rf"^\| `?{code}`? \| `?{code.rule}`? \|", contract, re.MULTILINE)] == []


def test_the_demo_shows_every_sample() -> None:
    """`make demo` prints, for each sample, what it decodes to or why not, and what the tap does."""
    samples = sorted((ROOT / "samples").rglob("*.json"))
    done = subprocess.run([sys.executable, "examples/demo.py", "samples"], cwd=ROOT, capture_output=True, check=True)
    shown = done.stdout.decode()
    assert all(str(sample.relative_to(ROOT)) in shown for sample in samples)
    assert shown.count("  on tap   ") == len(samples)
    assert shown.count("  decoded  ") == len(list((ROOT / "samples" / "valid").iterdir()))
    assert "group_call: rings" in shown


def test_the_schemas_are_found_in_the_package_or_the_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The registry reads the schemas shipped in the wheel, and those of the checkout in an editable install."""
    assert schemafiles._folder().joinpath("ext.json").is_file()
    (tmp_path / "schemas").mkdir()
    monkeypatch.setattr(schemafiles, "files", lambda _: tmp_path)
    assert schemafiles._folder() == tmp_path / "schemas"
    assert resources.files("pushcodec").joinpath("py.typed").is_file()
