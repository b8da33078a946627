"""PC610 and PC611: addresses of avatars that no device can load, and timeouts in milliseconds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from payloads import c2c_call, c2c_chat, c2c_content, compact, ext, group_call, group_content

from pushcodec.errors import Code
from pushcodec.lint import Config, Severity, lint_text
from pushcodec.lint.diagnostics import Diagnostic
from pushcodec.lint.fixes import fix_document
from pushcodec.lint.urls import is_web_url

GOOD_URLS = [
    "https://a.example/1.png",
    "http://a.example",
    "HTTPS://A.EXAMPLE/",
    "hTTp://a.example?x",
    "https://a.example#f",
    "https://a.example:8443/x",
    "https://a.example:/x",
    "http://a.example:00080/",
    "https://user:pass@a.example/x",
    "https://us@er@a.example/x",
    "https://127.0.0.1/x",
    "https://[2001:db8::1]/x.png",
    "https://[::ffff:192.0.2.1]:443/x",
    "https://u@[::1]/",
    "https://例子.example/小红.png",
    "https://a.example/%E5%B0%8F.png?sign=a|b&q={1}&t=<>\"'\\^`[]:@//x",
    "https://localhost/x",
    "https://a-b_c.example./x",
    "https://a.example/" + "x" * 50_000,
]
BAD_URLS = [
    "not a url",
    "alice.png",
    "/avatars/alice.png",
    "//a.example/1.png",
    "a.example/1.png",
    "http:/a.example/1.png",
    "http:a.example",
    "https:\\\\a.example\\1.png",
    "http://",
    "https:///1.png",
    "http://?x",
    "http://#f",
    "http://:80/",
    "http://user@/x",
    "http://@:1/",
    "http://./x",
    "http://-/x",
    "http://a.example:port/x",
    "http://a.example:65536/",
    "http://a.example:1:2/",
    "http://a.example:٣/",
    "http://a.example:" + "9" * 5000,
    "http://[::1/x",
    "http://::1/x",
    "http://[]/x",
    "http://[1::2::3]/",
    "http://[::1]x/",
    "http://[a.example]/",
    "http://[" + "0:" * 50 + "]/",
    "http://a b.example/x",
    "https://a.example/a b.png",
    " https://a.example/x",
    "https://a.example/x\n",
    "https://a.example/\u3000",
    "https://a.example/\x7f",
    "https://a<b>.example/",
    "https://a\\b.example/",
    "ftp://a.example/1.png",
    "file:///sdcard/1.png",
    "data:image/png;base64,AAAA",
    "content://media/1",
    "@TGS#1PWYXLTGA",
    "null",
    " ",
    "https//a.example",
    "xhttps://a.example/",
    "https://" + "%" * 5,
    "http://" + "a" * 50_000 + "|",
]


def found(text: str, code: Code, **options: Any) -> list[Diagnostic]:
    return [each for each in lint_text(text, config=Config(**options)) if each.code is code]


def marked(text: str, each: Diagnostic) -> str:
    return text.encode()[each.start.offset : each.end.offset].decode()


# faceUrl


@pytest.mark.parametrize("url", GOOD_URLS, ids=lambda url: ascii(url)[:40])
def test_an_absolute_web_url_is_clean(url: str) -> None:
    """In a chat and in a call."""
    assert is_web_url(url)
    for entity in (c2c_chat(faceUrl=url), group_call(faceUrl=url)):
        assert found(compact(ext(entity)), Code.INVALID_FACE_URL) == []


@pytest.mark.parametrize("url", BAD_URLS, ids=lambda url: ascii(url)[:40])
def test_any_other_text_is_reported(url: str) -> None:
    """As a warning at the value, in a chat and in a call; the message does not contain the value."""
    assert not is_web_url(url)
    for entity in (c2c_chat(faceUrl=url), c2c_call(faceUrl=url)):
        text = compact(ext(entity))
        (each,) = found(text, Code.INVALID_FACE_URL)
        assert (each.severity, each.pointer, each.embedded, each.fix) == (Severity.WARNING, "/entity/faceUrl", (), None)
        assert json.loads(marked(text, each)) == url
        assert each.message == "expected an absolute http or https URL with a host, or an empty string"


@pytest.mark.parametrize("entity", [c2c_chat(faceUrl=""), {"action": 1, "chatType": 1, "sender": "a"}, c2c_chat(faceUrl=5)])
def test_a_missing_url_is_clean(entity: dict[str, Any]) -> None:
    """An empty string and an absent key; another rule reports a wrong type."""
    assert found(compact(ext(entity)), Code.INVALID_FACE_URL) == []


def test_a_bad_url_is_reported_through_every_carrier() -> None:
    """In a TPNS and an APNs notification, a legacy one, a bare entity and a push info."""
    entity = c2c_chat(faceUrl="alice.png")
    inner = compact(ext(entity))
    for document, pointers in [
        ({"custom": inner}, ["/custom", "/entity/faceUrl"]),
        ({"aps": {}, "ext": inner}, ["/ext", "/entity/faceUrl"]),
        ({"aps": {}, **ext(entity)}, ["/entity/faceUrl"]),
        (entity, ["/faceUrl"]),
    ]:
        (each,) = found(json.dumps(document, indent=1), Code.INVALID_FACE_URL)
        assert [each.pointer, *each.embedded] == pointers
    (each,) = found(compact({"title": "a", "ext": inner}), Code.INVALID_FACE_URL, kind="offline-push-info")
    assert (each.pointer, each.embedded) == ("/ext", ("/entity/faceUrl",))


@given(st.text() | st.text("https:/@[]:.1a%", max_size=30).map(lambda text: "http://" + text))
def test_the_check_accepts_any_text(text: str) -> None:
    """It never raises; an address without a host is refused."""
    assert is_web_url(text) in (True, False)
    assert not is_web_url("http://" + "/" + text)


# timeout


@pytest.mark.parametrize("timeout", [1000, 1001, 30_000, 999_000, 1_000_000, 2**31 - 1])
def test_a_timeout_in_milliseconds_is_reported(timeout: int) -> None:
    """As a warning at the digits inside the content, in C2C and group calls; a multiple of 1,000 has a fix."""
    for entity in (c2c_call(c2c_content(timeout=timeout)), group_call(group_content(timeout=timeout))):
        text = compact({"custom": compact(ext(entity))})
        (each,) = found(text, Code.TIMEOUT_IN_MILLISECONDS)
        assert (each.severity, each.pointer, each.embedded) == (
            Severity.WARNING,
            "/custom",
            ("/entity/content", "/timeout"),
        )
        assert marked(text, each) == str(timeout)
        assert (each.fix is not None) is (timeout in (1000, 30_000, 999_000))
        assert each.fix is None or not each.fix.safe


@pytest.mark.parametrize("timeout", [0, 1, 30, 999, "30000", 30000.5, True, None])
def test_any_other_timeout_is_clean(timeout: object) -> None:
    """Less than 1,000 seconds; other rules report values that are no integers."""
    assert found(compact(ext(group_call(group_content(timeout=timeout)))), Code.TIMEOUT_IN_MILLISECONDS) == []


def test_only_calls_have_timeouts() -> None:
    """The content of a chat can be any text; a bare signaling content belongs to a call."""
    text = compact(group_content(timeout=5000))
    assert found(compact(ext(c2c_chat(content=text))), Code.TIMEOUT_IN_MILLISECONDS) == []
    assert len(found(text, Code.TIMEOUT_IN_MILLISECONDS, kind="signaling-content")) == 1


def test_the_fix_divides_the_timeout() -> None:
    """Only with `--unsafe-fixes`, only without remainder, and only once: the result has no finding."""
    text = compact(ext(group_call(group_content(timeout=45_000)))).encode()
    assert fix_document(text).data == text
    mended = fix_document(text, unsafe=True).data
    assert mended == text.replace(b"45000", b"45")
    for other in (b"45001", b"45000000"):
        kept = text.replace(b"45000", other)
        assert fix_document(kept, unsafe=True).data == kept
