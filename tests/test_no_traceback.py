"""No input makes a command print a traceback: every command over the fuzzer's corpus, as files, as NDJSON and on standard input."""

from __future__ import annotations

import io
import json
import re
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import fuzz_corpus
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pushcodec import cli
from pushcodec.cli import parsing
from pushcodec.clients.table import CLIENTS
from pushcodec.conversion import Target
from pushcodec.documents import FORMS
from pushcodec.lint.output import FORMATS
from pushcodec.schemafiles import schema
from pushcodec.strategies import hostile

NOW = ("--now", "1706601609")

# Each way of reading inputs that the commands have. `{out}` is the name of a file to write.
READING: dict[str, tuple[str, ...]] = {
    "decode": ("decode",),
    "decode-json": ("decode", "--json"),
    "encode": ("encode",),
    "encode-json": ("encode", "--json"),
    **{f"convert-{to}": ("convert", "--to", to) for to in Target},
    "convert-json": ("convert", "--json", "--to=sdk", "--from=rest"),
    "convert-file": ("convert", "--force", "--to=web", "--output-file", "{out}.txt"),
    "validate": ("validate",),
    "validate-json": ("validate", "--json"),
    "compare": ("compare", *NOW),
    "compare-json": ("compare", "--json", *NOW),
    "explain-svg": ("explain", "--svg", "{out}.svg", *NOW),
    **{f"route-{client}": ("route", "--client", client, *NOW) for client in CLIENTS},
    **{f"explain-{client}": ("explain", "--json", "--client", client, *NOW) for client in CLIENTS},
    **{f"cases-{client}": ("route", "--client", client, "--cases") for client in CLIENTS},
    **{f"lint-{name}": ("lint", "--output-format", name) for name in FORMATS},
    "lint-statistics": ("lint", "--statistics"),
    "lint-diff": ("lint", "--diff", "--unsafe-fixes"),
    "lint-fix": ("lint", "--fix", "--unsafe-fixes"),
    "lint-baseline": ("lint", "--force", "--write-baseline", "{out}.json"),
    "report": ("report", *NOW),
    "report-ext": ("report", "--form", "ext", *NOW),
    "report-html": ("report", "--force", "--html", "{out}.html", *NOW),
    "columns": ("columns", *NOW),
    "columns-auto": ("columns", "--form", "auto", *NOW),
    "columns-rest": ("columns", "--form", "rest-request", *NOW),
}
WITHOUT_INPUT = {"rule", "schema"}


class Done(NamedTuple):
    """What a command returned and printed."""

    status: int
    out: str
    err: str


def run(*words: str, stdin: bytes = b"") -> Done:
    """Runs a command within this process. An exception of any kind fails the test."""
    out, err, before = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8"), sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
    try:
        with redirect_stdout(out), redirect_stderr(err):
            status = cli.main(list(words))
    finally:
        sys.stdin = before
    out.flush()
    err.flush()
    return Done(status, _written(out), _written(err))


def _written(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8", "backslashreplace")  # a patch has the bytes of the file


def check(done: Done) -> None:
    """A status that is documented, no traceback, and a reason on standard error where the command could not run."""
    assert done.status in (0, 1, 2)
    assert "Traceback" not in done.out + done.err
    assert "internal error" not in done.err
    assert not re.search(r"\b\w*(Error|Exception)\b:", done.err), done.err
    if done.status == 2:
        assert done.err.strip()


def words(name: str, folder: Path, *inputs: str) -> tuple[str, ...]:
    """The command line of an entry of READING."""
    given = tuple(word.format(out=folder / "out") for word in READING[name])
    return (*given, inputs[0], str(folder / "out.parquet")) if name.startswith("columns") else (*given, *inputs)


@pytest.fixture(scope="module")
def texts() -> list[bytes]:
    """The corpus, an empty text, deep texts and long runs of digits."""
    more = [
        b"",
        b"\n",
        b"\xff\xfe",
        b"[" * 3000,
        b'{"entity":{"action":' + b"1" * 5000 + b"}}",
        b'{"aps":{},"custom":"' + b"0" * 4301 + b'"}',
    ]
    return [*fuzz_corpus.read(), *more, *documents()]


def documents() -> list[bytes]:
    """An example of every form: whole, cut, in a text in an array, and with faults that leave it readable."""
    found: list[bytes] = []
    for form in FORMS.values():
        text = json.dumps(schema(form.schema)["examples"][0])
        wrapped = json.dumps([{"x": text}, text])
        found += [text.encode(), text[: len(text) // 2].encode(), wrapped.encode()]
        found += [text.replace("1", "1e400").encode(), text.replace("}", ",}").encode(), text.replace("a", "\\ud800").encode()]
    return found


def inputs_of(name: str, texts: list[bytes], folder: Path) -> list[str]:
    """The texts as files. `columns`, `report` and cases read lines, so their files are NDJSON by name."""
    ending = "ndjson" if name.partition("-")[0] in ("columns", "report", "cases") else "json"
    files = [folder / f"{number:05}.{ending}" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_bytes(text)
    return list(map(str, files))


def test_every_command_is_in_the_table() -> None:
    """A new command gets a line in the table above."""
    assert {way[0] for way in READING.values()} | WITHOUT_INPUT == set(parsing.COMMANDS)


@pytest.mark.parametrize("name", READING)
def test_single_files(name: str, texts: list[bytes], tmp_path: Path) -> None:
    """Each text as a separate file, all named at once if the command accepts several."""
    files = inputs_of(name, texts, tmp_path)
    if name.startswith(("columns", "cases")):
        for file in files[::5]:
            (tmp_path / "out.parquet").unlink(missing_ok=True)
            check(run(*words(name, tmp_path, file)))
    else:
        check(run(*words(name, tmp_path, *files)))


@pytest.mark.parametrize("name", READING)
def test_lines_of_one_file(name: str, texts: list[bytes], tmp_path: Path) -> None:
    """All texts as the lines of one NDJSON file."""
    log = tmp_path / "log.ndjson"
    log.write_bytes(b"\n".join(texts) + b"\n")
    check(run(*words(name, tmp_path, str(log))))


@pytest.mark.parametrize("name", [name for name in READING if name != "lint-fix"])
def test_standard_input(name: str, texts: list[bytes], tmp_path: Path) -> None:
    """Each text on standard input."""
    for text in texts[:: 1 if "-" not in name else 7]:
        (tmp_path / "out.parquet").unlink(missing_ok=True)
        check(run(*words(name, tmp_path, "-"), stdin=text))


@pytest.mark.parametrize("name", ["validate-json", "compare-json", "explain-ios-6.0", "lint-json-lines"])
def test_a_line_does_not_stop_the_next(name: str, tmp_path: Path) -> None:
    """The lines after one with any content get their answers."""
    bad = b'{"entity":{"action":"' + b"7" * 4301 + b'","chatType":1,"sender":7}}'
    log = tmp_path / "log.ndjson"
    log.write_bytes(b"\n".join([bad, b"{", b"\xff", b'{"entity":{"action":1,"chatType":"1","sender":""}}']) + b"\n")
    done = run(*words(name, tmp_path, str(log)))
    check(done)
    assert "log.ndjson:4" in done.out or '"line":4' in done.out.replace(" ", "")


@given(st.one_of(st.binary(), hostile()))
@settings(max_examples=25)
def test_drawn_texts(data: bytes) -> None:
    """The same for texts that Hypothesis draws, on the commands that write no file."""
    for name in READING:
        if "{out}" not in "".join(READING[name]) and not name.startswith(("columns", "lint-fix")):
            check(run(*READING[name], "-", stdin=data))
