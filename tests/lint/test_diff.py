"""`pushcodec lint --diff`: `git apply` and `patch` change a file as `--fix` does, byte for byte."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from payloads import compact, group_call, group_chat

from pushcodec.cli import main
from pushcodec.cli.commands.lint import patches
from pushcodec.cli.commands.lint.patches import Piece, path_in_patch, unified_diff

CLEAN = compact({"entity": group_chat()}).encode()
BAD = CLEAN.replace(b'"action":1', b'"action":"1"')
PRETTY = json.dumps({"entity": group_chat(nickname="组", action="1")}, indent=2, ensure_ascii=False).encode()
LONG = b'{"entity":"' + b"x" * 200_000 + b'"}'

TOOLS = {
    "git": ["git", "-c", "core.autocrlf=false", "apply"],
    "patch": ["patch", "-p1", "-s"],
}
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
ENVIRONMENT |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def lacks(tool: str) -> bool:
    """True if a tool is not installed; only GNU patch reads quoted names."""
    if shutil.which(tool) is None:
        return True
    version = subprocess.run([tool, "--version"], capture_output=True, stdin=subprocess.DEVNULL).stdout
    return tool == "patch" and not version.startswith(b"GNU patch 2.")


tools = pytest.mark.parametrize(
    "tool", [pytest.param(tool, marks=pytest.mark.skipif(lacks(tool), reason=f"no {tool}")) for tool in TOOLS]
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, which is empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def apply(tool: str, patch: bytes, folder: Path) -> None:
    """Applies a patch in a folder; fails if the tool refuses it."""
    done = subprocess.run(TOOLS[tool], input=patch, capture_output=True, cwd=folder, env=ENVIRONMENT)
    assert done.returncode == 0, (done.stdout, done.stderr, patch)


def output(capfdbinary: pytest.CaptureFixture[bytes], *arguments: str) -> bytes:
    """The standard output of the command."""
    assert main(["lint", "--isolated", "--exit-zero", *arguments]) == 0
    sys.stdout.flush()
    return capfdbinary.readouterr().out


def escaped(text: str) -> bytes:
    return PRETTY.replace("组".encode(), text.encode("utf-8", "surrogateescape"))


FILES: dict[str, bytes] = {
    "crlf.json": PRETTY.replace(b"\n", b"\r\n") + b"\r\n",
    "mixed.json": b"\r\n" + PRETTY.replace(b"\n", b"\r\n", 3) + b"\n\n",
    "cr.json": PRETTY.replace(b"\n", b"\r"),
    "no-line-feed.json": PRETTY,
    "separators.json": escaped("a\u2028b\u2029c\u0085d") + b"\n",
    "emoji.json": escaped("👩‍👩‍👧 \u200d\ufe0f \u202e \ufeff") + b"\n",
    "controls.json": escaped("\x7f\x80\x9b") + b"\n",
    "controls.ndjson": b"\x0b\x1b[2J\x0c\n" + BAD + b"\n\x1c\x1d\x1e\x08\n",
    "not-utf8.ndjson": BAD + b"\n\xff\xfe\x80\n\r\n\x00\n" + BAD,
    "every.ndjson": (BAD + b"\n") * 30,
    "crlf.ndjson": b"\r\n".join([CLEAN, BAD, CLEAN, CLEAN, CLEAN, CLEAN, CLEAN, BAD, b"", BAD]),
    "cr.ndjson": BAD.replace(b",", b",\r") + b"\n" + CLEAN,
    "far.ndjson": b"".join((BAD if number % 17 == 3 else CLEAN) + b"\n" for number in range(80)),
    "long.ndjson": b"\n".join([LONG, BAD, LONG, CLEAN, LONG, BAD, CLEAN, LONG, CLEAN, BAD]),
    "long-before-end.ndjson": b"\n".join([BAD, LONG]),
    "one-key.json": json.dumps({**{f"k{n}": n for n in range(20)}, "entity": group_chat(action="1")}, indent=1).encode(),
    "joined.json": json.dumps({"entity": {**group_call(), "content": json.loads(group_call()["content"])}}, indent=1).encode(),
    "with space.json": BAD,
    "tab\tand\nline.json": BAD,
    'quote".json': BAD,
    "back\\slash.json": BAD,
    "名前 é.json": BAD,
    "\u2028\u0085.json": BAD,
    os.fsdecode(b"\xff\xfe.json"): BAD,
    "sub folder/deep/b.json": BAD,
    "-dash.json": BAD,
}


@tools
@pytest.mark.parametrize("name", FILES, ids=ascii)
@pytest.mark.parametrize("options", [[], ["--ignore", "PC704"]], ids=["all", "in-place"])
def test_a_patch_has_the_effect_of_fix(
    *, folder: Path, capfdbinary: pytest.CaptureFixture[bytes], tool: str, name: str, options: list[str]
) -> None:
    """With any line ends, characters and names."""
    file, before = folder / name, FILES[name]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(before)
    except OSError:
        pytest.skip("the file system does not allow the name")
    output(capfdbinary, "--fix", "--unsafe-fixes", *options, "--", name)
    fixed = file.read_bytes()
    file.write_bytes(before)
    patch = output(capfdbinary, "--diff", "--unsafe-fixes", *options, "--", name)
    assert file.read_bytes() == before
    assert bool(patch) == (fixed != before)
    if patch:
        apply(tool, patch, folder)
    assert file.read_bytes() == fixed


@tools
def test_one_patch_for_many_files(folder: Path, capfdbinary: pytest.CaptureFixture[bytes], tool: str) -> None:
    """One header for each file that changes, also from a folder below the root of a repository."""
    inner = folder / "inner"
    inner.mkdir()
    for name in ("a.json", "b.ndjson", "c d.json"):
        (inner / name).write_bytes(BAD + b"\n" + BAD if name.endswith("ndjson") else BAD)
    (inner / "clean.json").write_bytes(CLEAN)
    if tool == "git":
        subprocess.run(["git", "init", "-q"], cwd=folder, check=True, env=ENVIRONMENT)
    os.chdir(inner)
    patch = output(capfdbinary, "--diff", "--unsafe-fixes", ".")
    assert [line for line in patch.splitlines() if line.startswith(b"---")] == [
        b"--- a/a.json",
        b"--- a/b.ndjson",
        b"--- a/c d.json\t",
    ]
    apply(tool, patch, inner)
    assert (inner / "c d.json").read_bytes() == (inner / "a.json").read_bytes() == CLEAN
    assert (inner / "b.ndjson").read_bytes() == CLEAN + b"\n" + CLEAN


@tools
def test_a_patch_changes_the_target_of_a_link(folder: Path, capfdbinary: pytest.CaptureFixture[bytes], tool: str) -> None:
    """As --fix does. The patch names the target, because no tool writes through a symbolic link."""
    (folder / "real").mkdir()
    (folder / "real" / "x.json").write_bytes(BAD)
    (folder / "a.json").symlink_to("real/x.json")
    (folder / "folder").symlink_to("real")
    for name in ("a.json", "folder/x.json", "."):
        (folder / "real" / "x.json").write_bytes(BAD)
        patch = output(capfdbinary, "--diff", "--unsafe-fixes", name)
        assert patch.startswith(b"--- a/real/x.json\n")
        apply(tool, patch, folder)
        assert (folder / "real" / "x.json").read_bytes() == CLEAN
        assert (folder / "a.json").is_symlink()


def test_a_diff_is_written_to_standard_output_only(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """`--output-file` with `--diff` is an error."""
    (folder / "bad.json").write_bytes(BAD)
    for option in ("--output-file", "--write-baseline"):
        assert main(["lint", "--isolated", "--diff", option, "out", "bad.json"]) == 2
        assert capfdbinary.readouterr().err == f"pushcodec: --diff writes to standard output; leave out {option}\n".encode()
    assert not (folder / "out").exists()


def test_the_status_of_a_diff(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """1 if there is a diff, 2 if a file cannot be read."""
    (folder / "bad.json").write_bytes(BAD)
    (folder / "clean.json").write_bytes(CLEAN)
    assert main(["lint", "--isolated", "--diff", "--unsafe-fixes", "."]) == 1
    assert main(["lint", "--isolated", "--diff", "bad.json"]) == 0
    assert main(["lint", "--isolated", "--diff", "--unsafe-fixes", "none.json", "bad.json"]) == 2
    assert b"none.json: " in capfdbinary.readouterr().err


def test_paths_in_a_patch(folder: Path) -> None:
    """They are relative to the current folder; a file outside of it has its path from the root."""
    assert path_in_patch("./sub/../x.json") == path_in_patch(str(folder / "x.json")) == "x.json"
    assert path_in_patch("..x/y.json") == "..x/y.json"
    outside = str(folder.parent / "y.json").lstrip("/")
    assert path_in_patch("../y.json") == path_in_patch(str(folder.parent / "y.json")) == outside


def test_a_name_has_the_bytes_of_the_file_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also if that encoding is not UTF-8."""
    monkeypatch.setattr(os, "fsencode", lambda name: name.encode("gbk"))
    patch = b"".join(unified_diff("名.json", [Piece(b"a\n", b"b\n")]))
    assert patch.startswith(b"--- a/\xc3\xfb.json\n+++ b/\xc3\xfb.json\n")


def test_packed_files_are_not_changed(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """A clean packed file is skipped; for one with fixes, both options report why it is not changed."""
    (folder / "clean.json.gz").write_bytes(gzip.compress(CLEAN))
    (folder / "bad.ndjson.gz").write_bytes(gzip.compress(BAD))
    (folder / "large.json").write_bytes(b"[ " + b"1, " * 30000 + b"1]")
    for option in ("--diff", "--fix"):
        assert main(["lint", "--isolated", option, "clean.json.gz"]) == 0
        assert main(["lint", "--isolated", option, "--unsafe-fixes", "."]) == 2
        assert capfdbinary.readouterr().err == b"pushcodec: bad.ndjson.gz: packed files can't be fixed; unpack it first\n"


def test_a_terminal_gets_no_control_characters(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are escaped on a terminal."""
    (folder / "x.ndjson").write_bytes(FILES["controls.ndjson"])
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True, raising=False)
    patch = output(capfdbinary, "--diff", "--unsafe-fixes", "x.ndjson")
    assert b"\x1b" not in patch
    assert b"\\x1b" in patch


# The diff itself

lines = st.lists(st.sampled_from([b"a", b"b", b"", b"\r", b"c\x0c\xff", "\u2028".encode()]), max_size=12).map(b"\n".join)


@st.composite
def changes(draw: st.DrawFn) -> list[Piece]:
    """Pieces of a file, some of them changed: whole lines except for the last one; only unchanged pieces are parts of lines."""
    pieces = []
    for _ in range(draw(st.integers(1, 12))):
        before = draw(lines) + b"\n"
        pieces.append(Piece(before, draw(st.one_of(st.just(before), lines.map(lambda text: text + b"\n")))))
        part = draw(st.sampled_from([b"", b"part of ", b"a line "]))
        pieces += [Piece(part, part), Piece(b"end\n", b"end\n")] if part else []
    last = draw(lines)
    return [*pieces, Piece(last, draw(st.one_of(st.just(last), lines)))]


@pytest.mark.skipif(lacks("git"), reason="no git")
@given(changes())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_change_applies(folder: Path, pieces: list[Piece]) -> None:
    """To files with any lines."""
    before, after = (b"".join(texts) for texts in zip(*pieces, strict=True))
    file = folder / "x y"
    file.write_bytes(before)
    patch = b"".join(unified_diff("x y", pieces))
    assert bool(patch) == (before != after)
    if before and after and patch:
        apply("git", patch, folder)
        assert file.read_bytes() == after


def test_a_large_hunk_uses_a_temporary_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its text is the same; no file stays open if a diff is not read to its end."""
    pieces = [Piece(b"a\n", b"b\n")] * 1000 + [Piece(b"c\n", b"c\n")]
    whole = b"".join(unified_diff("x", pieces))
    monkeypatch.setattr(patches, "_IN_MEMORY", 10)
    assert b"".join(unified_diff("x", pieces)) == whole
    assert whole.startswith(b"--- a/x\n+++ b/x\n@@ -1,1001 +1,1001 @@\n-a\n+b\n-a\n+b\n")
    begun = unified_diff("x", pieces)
    assert next(begun) == b"--- a/x\n+++ b/x\n"
    assert next(begun).startswith(b"@@")
    del begun


def test_unchanged_lines_may_come_in_large_pieces() -> None:
    """The numbers and the context of hunks do not depend on the size of the pieces."""
    for count in range(3, 30):
        whole = b"".join(b"%d\n" % number for number in range(count))
        changes = [Piece(b"a\n", b"b\n"), Piece(b"c\nd\n", b"e\n")]
        for unchanged in ([Piece(whole, whole)], [Piece(line, line) for line in whole.splitlines(keepends=True)]):
            pieces = [
                changes[0],
                *unchanged,
                Piece(b"", b""),
                *unchanged,
                changes[1],
                *unchanged,
                Piece(b"x", b"x"),
                Piece(b"y\n", b"y\n"),
                *unchanged,
            ]
            patch = b"".join(unified_diff("x", pieces))
            if len(unchanged) == 1:
                at_once = patch
        assert patch == at_once


def test_ranges_without_lines() -> None:
    """They contain the number of the line before."""
    assert b"".join(unified_diff("x", [Piece(b"", b"a\n")])) == b"--- a/x\n+++ b/x\n@@ -0,0 +1,1 @@\n+a\n"
    assert b"@@ -1,1 +0,0 @@\n-a\n\\ No" in b"".join(unified_diff("x", [Piece(b"a", b"")]))


@pytest.mark.parametrize(("options", "name"), [([], "<stdin>"), (["--stdin-filename", "sub/x y.json"], "sub/x y.json\t")])
def test_standard_input_has_a_patch_too(
    *,
    folder: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    name: str,
) -> None:
    """With the given file name, so that an editor can apply it."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BAD)))
    patch = output(capfdbinary, "--diff", "--unsafe-fixes", *options, "-")
    assert patch.startswith(f"--- a/{name}\n+++ b/{name}\n@@ -1,1 +1,1 @@\n".encode())
