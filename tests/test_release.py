"""The release: reproducible wheel and sdist, their files, and the workflows that publish them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from outside import lower_bounds, oldest_of
from release import build, last_commit_time, version_of

import pushcodec as pc

ROOT = Path(__file__).parents[1]

# Distributions

ONLY_IN_A_CHECKOUT = pytest.mark.skipif(
    not (ROOT / ".git").exists() or shutil.which("git") is None, reason="no git checkout: the time of the last commit is unknown"
)


def files_of_the_checkout() -> list[str]:
    """The files that git tracks, or would track."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return sorted(name for name in set(names) if name and (ROOT / name).exists())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel and the sdist of this checkout."""
    return build(ROOT, tmp_path_factory.mktemp("dist"), last_commit_time(ROOT))


@ONLY_IN_A_CHECKOUT
def test_two_builds_are_the_same_bytes(built: tuple[Path, Path], tmp_path: Path, report_figure: Callable[[str], None]) -> None:
    """A second build from copies with other times and modes, in another folder, gives the same wheel and sdist byte for byte."""
    for name in files_of_the_checkout():
        copied = tmp_path / "elsewhere" / name
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copied)
        copied.chmod(0o600)
        os.utime(copied, (1, 1))
    again = build(tmp_path / "elsewhere", tmp_path / "dist", last_commit_time(ROOT))
    assert [path.name for path in again] == [path.name for path in built]
    for one, other in zip(built, again, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name
        report_figure(f"release: {one.name} built twice, bit for bit the same")


@ONLY_IN_A_CHECKOUT
def test_the_wheel_contains_only_the_package(built: tuple[Path, Path]) -> None:
    """Modules, schemas, `py.typed` and the licence; no tests, tools or samples."""
    files = files_of_the_checkout()
    modules = {name.removeprefix("src/") for name in files if name.startswith("src/")}
    schemas = {f"pushcodec/{name}" for name in files if name.startswith("schemas/")}
    about = {f"pushcodec-{pc.__version__}.dist-info/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt")}
    with zipfile.ZipFile(built[0]) as wheel:
        assert set(wheel.namelist()) == modules | schemas | about | {f"pushcodec-{pc.__version__}.dist-info/licenses/LICENSE"}
    assert "pushcodec/py.typed" in modules
    assert "pushcodec/schemas/ext.json" in schemas


@ONLY_IN_A_CHECKOUT
def test_the_sdist_contains_the_checkout(built: tuple[Path, Path]) -> None:
    """The tests run from it: it contains the whole checkout except for the script that starts CI."""
    root = f"pushcodec-{pc.__version__}/"
    with tarfile.open(built[1]) as sdist:
        assert {name.removeprefix(root) for name in sdist.getnames()} == {*files_of_the_checkout(), "PKG-INFO"} - {".ci/run"}


@ONLY_IN_A_CHECKOUT
def test_a_release_has_the_version_of_its_tag(tmp_path: Path) -> None:
    """The release script fails for a tag of another version, and for a folder that is not empty."""
    command = [sys.executable, str(ROOT / "tools" / "release.py"), str(tmp_path)]
    done = subprocess.run([*command, "--tag", "v9.9.9"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, f"the tag is v9.9.9, the version {pc.__version__}")
    assert {line.split("  ")[1] for line in done.stdout.splitlines()} == set(map(str, tmp_path.iterdir()))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (1, f"{tmp_path} is not empty")
    assert version_of(Path("pushcodec-1.2.3-py3-none-any.whl")) == "1.2.3"


def test_each_dependency_has_a_lower_bound() -> None:
    """`make oldest` installs every dependency, and every extra of a feature, at its lower bound."""
    assert lower_bounds(["rich>=13", "pyspark[sql]>=4.0", "pandas>=2.2,<3", "pushcodec[arrow]"]) == [
        "rich==13",
        "pyspark==4.0",
        "pandas==2.2",
    ]
    assert [bound.partition("==")[0] for bound in oldest_of(ROOT / "pyproject.toml")] == [
        "jsonschema",
        "msgspec",
        "pathspec",
        "pydantic",
        "rich",
        "pyarrow",
    ]


# Workflows

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
USES = re.compile(r"^ *(?:- )?uses: +([\w.-]+/[\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$", re.MULTILINE)


def jobs_of(workflow: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from yaml.safe_load(workflow.read_text("utf-8"))["jobs"].items()


def test_each_action_is_pinned_by_its_commit() -> None:
    """By 40 digits instead of a tag, which could be moved, with the version beside them, the same at every place."""
    assert {path.name for path in WORKFLOWS} >= {"ci.yml", "release.yml"}
    pinned: dict[str, set[tuple[str, str]]] = {}
    for workflow in WORKFLOWS:
        text = workflow.read_text("utf-8")
        found = USES.findall(text)
        used = [step["uses"] for _, job in jobs_of(workflow) for step in job["steps"] if "uses" in step]
        assert [f"{action}@{commit}" for action, commit, _ in found] == used
        for action, commit, version in found:
            pinned.setdefault(action, set()).add((commit, version))
    assert {action for action, versions in pinned.items() if len(versions) > 1} == set()


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_have_few_permissions(workflow: Path) -> None:
    """They can read the repository; only the publishing job, which runs no script, can get a token, in its own environment."""
    document = yaml.safe_load(workflow.read_text("utf-8"))
    assert document["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in document[True]  # YAML reads `on` as true
    for name, job in jobs_of(workflow):
        assert job["timeout-minutes"] <= 120
        if "permissions" in job:
            assert (workflow.name, name) == ("release.yml", "publish")
            assert job["permissions"] == {"id-token": "write"}
            assert job["environment"]["name"] == "pypi"
            assert [step for step in job["steps"] if "run" in step] == []
        for step in job["steps"]:
            assert "github.event" not in step.get("run", "")  # texts of other users never become commands
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False
    assert "secrets." not in workflow.read_text("utf-8")
