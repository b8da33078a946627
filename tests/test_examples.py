"""The examples, run unchanged: a FastAPI endpoint and a Celery task. `make examples` installs both."""

from __future__ import annotations

import asyncio
import importlib.util
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from payloads import c2c_call, c2c_chat, compact, ext, group_call, group_content

import pushcodec as pc

EXAMPLES = Path(__file__).parents[1] / "examples"


def load(name: str, *needs: str) -> ModuleType:
    """An example as a module; skips the test if a package that it imports is not installed."""
    for need in needs:
        pytest.importorskip(need, reason=f"no {need}: pip install 'pushcodec[examples]'")
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # FastAPI resolves annotations there
    spec.loader.exec_module(module)
    return module


# FastAPI


@pytest.fixture(scope="module")
def app() -> Any:
    return load("fastapi_endpoint", "fastapi", "httpx").app


def post(app: Any, body: bytes | AsyncIterator[bytes]) -> tuple[int, Any]:
    """The status and the JSON of the endpoint's response."""
    import httpx

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return await client.post("/pushes", content=body)

    response = asyncio.run(ask())
    return response.status_code, response.json()


def test_the_endpoint_accepts_a_valid_ext(app: Any) -> None:
    """With any content type of the request."""
    text = compact(ext(c2c_chat()))
    assert post(app, text.encode()) == (202, {"action": "CHAT", "bytes": len(text.encode())})
    assert post(app, compact(ext(group_call())).encode())[0] == 202


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (compact(ext(c2c_chat(sender=1))), [("PC301", "/entity/sender", [])]),
        (compact(ext(group_call(group_content(timeout="SECRET")))), [("PC301", "/entity/content", ["/timeout"])]),
        (compact(ext(c2c_chat())).replace('"version":1', '"version":1,"version":1'), [("PC105", "/entity/version", [])]),
        (compact(ext(c2c_chat(x=float("nan")))), [("PC101", "", [])]),
        (compact(ext(c2c_chat(content="?"))).replace("?", "\\ud800"), [("PC106", "/entity/content", [])]),
        ("", [("PC101", "", [])]),
    ],
)
def test_the_endpoint_refuses_with_codes_and_pointers(
    app: Any, body: str, found: list[tuple[str, str, list[str]]], report_figure: Callable[[str], None]
) -> None:
    """422 with the violations of the codec, also for bodies that FastAPI's parser accepts, and without values of the payload."""
    status, answer = post(app, body.encode())
    assert status == 422
    assert [(fault["code"], fault["pointer"], fault["embedded"]) for fault in answer["detail"]] == found
    assert answer["detail"] == [violation.to_dict() for violation in pc.iter_violations(body.encode())]
    assert "SECRET" not in str(answer)
    report_figure(f"examples: the FastAPI endpoint answers {status} with {found[0][0]}")


def test_the_endpoint_stops_reading_at_its_limit(app: Any) -> None:
    """An endless body is refused as soon as it is over the limit."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 1000:
            sent += 1
            yield b" " * 1024

    status, answer = post(app, endless())
    assert (status, answer["detail"][0]["code"]) == (422, "PC110")
    assert sent < 20


# Celery


def test_the_task_drains_a_log(tmp_path: Path, report_figure: Callable[[str], None]) -> None:
    """A worker gets the tasks from the broker and counts chats, calls and faults; warnings are errors in its process."""
    load("celery_drain", "celery")
    lines = [compact(ext(c2c_chat())), compact(ext(c2c_call())), compact(ext(group_call())), "{", compact(ext(c2c_chat(sender=1)))]
    (tmp_path / "one.ndjson").write_text("\n".join(lines * 100), "utf-8")
    (tmp_path / "two.ndjson").write_bytes(b"")
    command = [sys.executable, "-W", "error", str(EXAMPLES / "celery_drain.py"), "one.ndjson", "two.ndjson"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "one.ndjson {'CHAT': 100, 'CALL': 200, 'PC101': 100, 'PC301': 100}",
        "two.ndjson {}",
    ]
    report_figure(f"examples: the Celery task drains {len(lines) * 100} lines")


# pytest


def test_the_suite_with_the_strategies_passes(report_figure: Callable[[str], None]) -> None:
    """A user's suite of five properties, in a separate process in which warnings are errors."""
    command = [
        sys.executable,
        "-W",
        "error",
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--hypothesis-profile=ci",  # a profile of Hypothesis without deadlines
        str(EXAMPLES / "test_push_service.py"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "5 passed" in done.stdout
    report_figure("examples: a suite of 5 properties with the strategies passes")
