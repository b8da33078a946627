"""The modules that need an extra: reachable from `pushcodec`, and their errors name the extra if it is missing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import pushcodec as pc
from pushcodec import extras

MODULES = {
    "arrow": ("pyarrow", "arrow"),
    "report": ("pyarrow", "arrow"),
    "spark": ("pyspark", "spark"),
    "strategies": ("hypothesis", "hypothesis"),
}
"""The modules, with the package that each needs and the extra that installs it."""


def in_python(code: str, *arguments: str) -> str:
    """The output of code in a separate Python in which warnings are errors."""
    command = [sys.executable, "-W", "error", "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


_WITHOUT = """
import json, sys
package, *statements = sys.argv[1:]
sys.modules[package] = None
found = []
for statement in statements:
    try:
        exec(statement, {})
    except Exception as error:
        found.append([type(error).__mro__[1].__name__, isinstance(error, ImportError), str(error)])
    else:
        found.append(None)
print(json.dumps(found))
"""


@pytest.mark.parametrize("module", MODULES)
def test_without_the_extra_each_import_names_it(module: str) -> None:
    """As an attribute, as an import, by a name in it, and as a module in it. A second attempt has the same error."""
    package, extra = MODULES[module]
    statements = [
        f"import pushcodec; pushcodec.{module}",
        f"import pushcodec; pushcodec.{module}",
        f"import pushcodec.{module}",
        f"from pushcodec import {module}",
        f"from pushcodec.{module} import anything",
        f"import pushcodec.{module}.anything",
    ]
    found = json.loads(in_python(_WITHOUT, package, *statements))
    message = f"{package} is not installed: pip install 'pushcodec[{extra}]'"
    assert found == [["ModuleNotFoundError", True, message]] * len(statements)


def test_without_the_extra_fit_one_function_names_it() -> None:
    """Also for an ext that fits already, so that a test with a short text finds it."""
    statement = "import pushcodec as pc; pc.compose.fit(pc.compose.c2c_chat(sender='a'), max_bytes=4096)"
    found = json.loads(in_python(_WITHOUT, "regex", statement))
    assert found == [["ModuleNotFoundError", True, "regex is not installed: pip install 'pushcodec[fit]'"]]


def test_without_any_extra_the_rest_works() -> None:
    """A star import, `dir`, the codec and the fast path need none, and `dir` lists what can be imported."""
    code = """
import sys
for package in ("pyarrow", "pyspark", "hypothesis", "regex", "rich"):
    sys.modules[package] = None
from pushcodec import *
import inspect, pushcodec
assert fast.Decoder().decode(encode_ext(compose.c2c_chat(sender="a"))).sender == "a"
names = {name for name, _ in inspect.getmembers(pushcodec)}
print(names & {"arrow", "report", "spark", "strategies"}, {"fast", "Ext", "schema"} - names)
"""
    assert in_python(code) == "set() set()\n"


def test_the_modules_are_attributes() -> None:
    """If its extra is installed, each module is an attribute of `pushcodec` and in `dir`, but not in the star import."""
    pytest.importorskip("pyarrow", reason="no pyarrow: pip install 'pushcodec[arrow]'")
    code = "import pushcodec as pc; print(pc.arrow.SCHEMA.names[0], pc.strategies.exts(), pc.report.Tally().rows)"
    assert in_python(code) == "valid exts() 0\n"
    assert {"arrow", "report", "strategies"} <= set(dir(pc))
    assert not {"arrow", "report", "spark", "strategies"} & set(pc.__all__)


def test_dir_lists_a_module_that_a_test_made() -> None:
    """A module without a spec counts as installed."""
    stub = "import sys, types; sys.modules['pyspark'] = types.ModuleType('pyspark')"
    code = f"{stub}; import pushcodec; print('spark' in dir(pushcodec))"
    assert in_python(code) == "True\n"


def test_only_a_missing_package_of_the_extra_is_reported(tmp_path: Path) -> None:
    """A package that is broken, or that lacks another module, raises its own error."""
    (tmp_path / "pyarrow").mkdir()
    broken = tmp_path / "pyarrow" / "__init__.py"
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r})" + _WITHOUT.replace("sys.modules[package] = None", "")
    for source, message in [
        ("import a_missing_dependency", "No module named 'a_missing_dependency'"),
        ("import pyarrow.lib_of_long_ago", "No module named 'pyarrow.lib_of_long_ago'"),
        ("raise ImportError('libarrow.so: cannot open shared object file')", "libarrow.so: cannot open shared object file"),
    ]:
        broken.write_text(source)
        ((_, is_import_error, found),) = json.loads(in_python(code, "pyarrow", "import pushcodec; pushcodec.arrow"))
        assert (is_import_error, found) == (True, message)


def test_any_other_error_passes() -> None:
    """`needs` changes only the error for its own package."""
    with pytest.raises(ModuleNotFoundError, match="anything"), extras.needs("arrow"):
        raise ModuleNotFoundError("anything", name="anything")
    with pytest.raises(AttributeError), extras.needs("arrow"):
        raise AttributeError
    with pytest.raises(extras.MissingExtraError, match="'pushcodec\\[cli\\]'") as caught, extras.needs("cli"):
        raise ModuleNotFoundError("anything", name="rich")
    assert caught.value.name == "rich"


def test_each_extra_is_in_the_metadata() -> None:
    """The extras that the messages name are those of the installed package."""
    from importlib.metadata import metadata

    assert set(extras.PACKAGES) <= set(metadata("pushcodec").get_all("Provides-Extra") or ())


@pytest.mark.parametrize("command", [["columns", "IN", "OUT"], ["report", "IN"], ["report", "IN", "--html", "OUT"]])
def test_without_the_extra_a_command_prints_one_line(command: list[str], tmp_path: Path) -> None:
    """Exit status 2, and no output."""
    (tmp_path / "log.ndjson").write_text("{}\n")
    code = "import sys; sys.modules['pyarrow'] = None; from pushcodec.cli import main; sys.exit(main(sys.argv[1:]))"
    words = [{"IN": "log.ndjson", "OUT": "out"}.get(word, word) for word in command]
    done = subprocess.run([sys.executable, "-c", code, *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "pushcodec: pyarrow is not installed: pip install 'pushcodec[arrow]'\n"
    assert [file.name for file in tmp_path.iterdir()] == ["log.ndjson"]
