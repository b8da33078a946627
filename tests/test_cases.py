"""Routing cases as NDJSON: `route --cases` reads vectors and prints outcomes."""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pushcodec.cli import main
from pushcodec.clients import vectors
from pushcodec.clients.ios.foundation import read_object

VECTORS = Path(__file__).parent / "vectors" / "ios.ndjson"


def answered(**case: Any) -> dict[str, Any]:
    """The answer to a case; keys that the test does not give have defaults."""
    answer: dict[str, Any] = json.loads(vectors.answer(json.dumps({"id": "x", "now": 0, "user_info": {}, **case})))
    return answer


def test_the_vectors_of_ios_have_the_expected_answers(capsys: pytest.CaptureFixture[str]) -> None:
    """`route --cases` answers every vector, one line each, in order."""
    assert main(["route", "--cases", str(VECTORS)]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    expected = [json.loads(line) for line in VECTORS.read_text().splitlines()]
    assert [answer["id"] for answer in answers] == [case["id"] for case in expected]
    assert [answer["outcome"] for answer in answers] == [case["expect"]["outcome"] for case in expected]
    for answer, case in zip(answers, expected, strict=True):
        assert answer["detail"].items() <= case["expect"]["detail"].items()


ANDROID = VECTORS.with_name("android.ndjson")


def test_the_vectors_of_android_have_the_expected_answers(capsys: pytest.CaptureFixture[str]) -> None:
    """`route --client android-6.0 --cases` answers every vector for the release in it."""
    assert main(["route", "--client=android-6.0", "--cases", str(ANDROID)]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    expected = [json.loads(line) for line in ANDROID.read_bytes().splitlines()]
    assert [answer["id"] for answer in answers] == [case["id"] for case in expected]
    for answer, case in zip(answers, expected, strict=True):
        assert answer["outcome"] == case["expect"]["outcome"]
        assert answer["detail"].items() <= case["expect"]["detail"].items()


def test_a_case_without_a_release_has_the_release_of_the_client() -> None:
    """On iOS and Android."""
    call = json.dumps({"id": 1, "ext": '{"entity":{"action":2}}', "server_time": 0})
    assert [json.loads(vectors.answer(call, name))["outcome"] for name in ("android-6.0", "android-6.1")] == [
        "call_no_content",
        "nothing",
    ]
    tapped = json.dumps({"id": 1, "user_info": {"custom": '{"entity":{"action":2,"chatType":1}}'}, "now": 0})
    assert [json.loads(vectors.answer(tapped, name))["outcome"] for name in ("ios-6.0", "ios-6.1")] == [
        "call_ignored_c2c",
        "ignored",
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"ext": 1}, "expected 'ext' to be a string or null, got number"),
        ({"server_time": "1"}, "expected 'server_time' to be an integer of unix seconds, got string"),
        ({"server_time": True}, "expected 'server_time' to be an integer of unix seconds, got boolean"),
        ({"profile": "5.0"}, "expected a release out of 6.0, 6.1, 7.9 and a carrier out of bundle_ext, oppo_entity"),
        ({"carrier": []}, "expected a release out of 6.0, 6.1, 7.9 and a carrier out of bundle_ext, oppo_entity"),
    ],
)
def test_wrong_values_in_an_android_case_are_errors(changes: dict[str, Any], reason: str) -> None:
    """The message contains the reason."""
    with pytest.raises(vectors.CaseError) as caught:
        vectors.answer(json.dumps({"id": 1, "ext": "{}", "server_time": 0, **changes}), "android-6.0")
    assert str(caught.value) == reason


def test_a_missing_key_of_an_android_case_is_an_error() -> None:
    """The message contains the first missing key; null stands for no text."""
    with pytest.raises(vectors.CaseError, match="expected the key 'server_time'"):
        vectors.answer('{"id":1,"ext":""}', "android-7.9")
    assert json.loads(vectors.answer('{"id":1,"ext":null,"server_time":0}', "android-7.9"))["detail"] == {"reason": "empty_ext"}


LOADING = "import json, sys\nfor line in sys.stdin.buffer: sys.stdout.write(json.dumps(json.loads(line)) + '\\n')"
MOST = 6


def test_answering_cases_is_fast(report_figure: Callable[[str], None]) -> None:
    """Processor time with start-up, as a multiple of reading and writing the same lines by `json`."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}  # without coverage
    data = VECTORS.read_bytes() * 10

    def seconds(*arguments: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, *arguments]
        done = subprocess.run(command, input=data, stdout=subprocess.PIPE, env=environment, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert done.stdout.count(b"\n") == data.count(b"\n")
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    rounds = [(seconds("-m", "pushcodec", "route", "--cases", "-"), seconds("-c", LOADING)) for _ in range(3)]
    answered, loaded = map(min, zip(*rounds, strict=True))
    rate = data.count(b"\n") / answered
    report_figure(f"route --cases: {rate:.0f} cases a second, {answered / loaded:.1f} times json's reading and writing, of {MOST}")
    assert answered <= MOST * loaded


def test_defaults_of_a_case() -> None:
    """logged_in and ios10 are true by default; response_kind "dict" is no UNNotificationResponse."""
    assert answered(user_info={"custom": '{"entity":{"action":1,"chatType":1}}'})["detail"]["handled_now"] is True
    assert answered(response_kind="dict")["detail"] == {"reason": "response_is_not_UNNotificationResponse"}
    assert answered(ios10=False)["detail"] == {"reason": "no_entity_key"}


def test_the_first_of_duplicate_keys_counts_in_a_case() -> None:
    """A case is read as the client reads: the first of duplicate keys counts, an integer beyond 64 bits is a double."""
    line = '{"id":1,"now":0,"ios10":false,"user_info":{"entity":{"action":1,"chatType":1,"sender":%s,"sender":2}}}'
    assert json.loads(vectors.answer(line % 1))["detail"]["userID"] == {"type": "int", "value": 1}
    assert json.loads(vectors.answer(line % ("9" * 25)))["detail"]["userID"] == {"type": "float", "value": 1e25}


def test_lone_surrogates_of_a_case_are_answered_in_ascii() -> None:
    """A dictionary in memory can contain half of a surrogate pair; the answer contains it as an escape."""
    line = '{"id":"\\ud800é","now":0,"ios10":false,"user_info":{"entity":{"action":1,"chatType":1,"sender":"\\udfff"}}}'
    answer = vectors.answer(line)
    assert answer.isascii()
    assert json.loads(answer)["detail"]["userID"]["value"] == "\udfff"


def test_deep_values_are_answered_without_recursion() -> None:
    """A case with 50,000 levels is read, routed and written."""
    deep = '{"é":' * 50_000 + "1" + "}" * 50_000
    answer = vectors.answer(
        f'{{"id":1,"now":0,"ios10":false,"user_info":{{"entity":{{"action":1,"chatType":1,"sender":{deep}}}}}}}'
    )
    assert answer.isascii()
    assert answer.count('{"\\u00e9":') == 50_000


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("nonsense", "expected a case as a JSON object"),
        ("[]", "expected a case as a JSON object"),
        ('{"id":1,"now":0}', "expected the key 'user_info'"),
        ('{"user_info":1,"now":0}', "expected the key 'id'"),
        ('{"id":1,"user_info":1}', "expected the key 'now'"),
        ('{"id":1,"user_info":1,"now":-1}', "now must not be negative"),
        ('{"id":1,"user_info":1,"now":true}', "expected 'now' to be an integer of unix seconds, got boolean"),
        ('{"id":1,"user_info":1,"now":0,"ios10":1}', "expected 'ios10' to be true or false"),
        ('{"id":1,"user_info":1e400,"now":0}', "expected a case as a JSON object"),
    ],
)
def test_a_line_that_is_no_case_is_reported(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, line: str, reason: str
) -> None:
    """On standard error with its number; the other lines are answered, and the exit status is 2."""
    good = '{"id":"good","user_info":{},"now":0}'
    data = f"{good}\n\n{line}\n{good}\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert main(["route", "--cases", "-"]) == 2
    captured = capsys.readouterr()
    assert captured.err == f"pushcodec: -:3: {reason}\n"
    assert captured.out.count('"id":"good"') == 2


def test_a_line_that_is_not_utf8_is_reported(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a bad line, too."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\n")))
    assert main(["route", "--cases", "-"]) == 2
    assert capsys.readouterr().err == "pushcodec: -:1: expected UTF-8\n"


def test_a_case_must_be_strict_json() -> None:
    """A trailing comma, which the client's reader tolerates, is an error in a case."""
    assert read_object('{"id":1,}') == {"id": 1}
    with pytest.raises(vectors.CaseError):
        vectors.answer('{"id":1,"user_info":{},"now":0,}')
