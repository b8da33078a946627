"""The targets of the fuzzer: each is a function that takes any bytes and raises an exception if the library breaks a promise.

Any exception is a finding. The targets do not import atheris, so that the tests can run them over the committed corpus. Where a
target has a choice, such as between two carriers, the length of the data decides. So each execution does only one thing, which
makes coverage more exact, and a finding can be repeated.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, get_args

from pushcodec import fast, jsontext
from pushcodec.clients.android import redirect
from pushcodec.clients.android.outcomes import AndroidRoute
from pushcodec.clients.android.steps import STEPS as ANDROID_STEPS
from pushcodec.clients.comparison import compare
from pushcodec.clients.ios.foundation import read_object
from pushcodec.clients.ios.outcomes import Route
from pushcodec.clients.ios.routing import receive
from pushcodec.clients.ios.steps import STEPS
from pushcodec.clients.outcomes import Ignored
from pushcodec.clients.table import CLIENTS
from pushcodec.codec import (
    decode_entity,
    decode_ext,
    decode_signaling_content,
    encode_entity,
    encode_ext,
    encode_signaling_content,
)
from pushcodec.documents import Carrier, contains_payload, find_exts
from pushcodec.errors import MAX_VIOLATIONS, Code, DecodeError
from pushcodec.fast.payloads import entity_from_model
from pushcodec.inspection import iter_violations
from pushcodec.jsontext import DEFAULT_LIMITS, JSONValue, Limits
from pushcodec.jsontext.reading import explain
from pushcodec.lint import Diagnostic, lint_text
from pushcodec.lint.fixes import fix_document

NOW: Final = 1595234240
_NARROW: Final = Limits(max_bytes=200, max_depth=3, max_items=3)
_ORDER: Final = {step: place for place, step in enumerate(STEPS)}
_ANDROID_ORDER: Final = {step: place for place, step in enumerate(ANDROID_STEPS)}
# Forms that the outermost object of a document can have by marks that do not suffice for a file that was only found.
_BY_WEAK_MARKS: Final = {Carrier.EXT, Carrier.OFFLINE_PUSH_INFO}
_STRICT: Final = fast.Decoder()
_CODECS: Final[tuple[tuple[Callable[..., Any], Callable[..., str]], ...]] = (
    (decode_ext, encode_ext),
    (decode_entity, encode_entity),
    (decode_signaling_content, encode_signaling_content),
)


def strict_reader(data: bytes) -> None:
    """`parse` accepts exactly the texts in which the scanner finds no fault, as bytes and as `str`, and returns the same value."""
    text = _as_text(data)
    for limits in (DEFAULT_LIMITS, _NARROW):
        _parse_agrees(data, limits)
    # A text that UTF-8 can encode was read as bytes above; only its size is determined in another way.
    _parse_agrees(text, _NARROW if _is_utf8(text) else DEFAULT_LIMITS)


def codec(data: bytes) -> None:
    """A text that decodes is valid by the schemas, and encodes to a text that decodes to the same model; any other text raises
    DecodeError.
    """
    for decode, encode in _CODECS:
        try:
            decoded = decode(data)
        except DecodeError as error:
            assert error.violations
            assert str(error).isascii()
            assert len(str(error)) <= 512
            continue
        text = encode(decoded)
        again = decode(text)
        assert again == decoded
        assert again.model_fields_set == decoded.model_fields_set
        assert encode(again) == text
        if decode is decode_ext:
            assert list(iter_violations(data)) == []


def fast_path(data: bytes) -> None:
    """The fast path gives the codec's verdict and value, and the mirror's routes."""
    assert _STRICT.route(data, now=NOW) == _mirrored(data)
    assert _outcome(_STRICT.decode, data) == _outcome(lambda raw: entity_from_model(decode_ext(raw).entity), data)
    assert _outcome(lambda raw: _STRICT.receive(raw, now=NOW), data) == _outcome(
        lambda raw: receive(jsontext.parse(raw), now=NOW), data
    )


def routing(data: bytes) -> None:
    """The mirrors of both clients answer any JSON value and any text, and report their steps in the order of the contract."""
    text = _as_text(data)
    inputs: list[JSONValue] = [{"custom": text}, {"entity": {"action": 2, "chatType": 2, "content": text}}]
    value = jsontext.read(data).value
    if value is not jsontext.ABSENT:
        inputs.append(value)
    for user_info in inputs:
        for ios10 in (True, False):
            _check_route(user_info, ios10)
    for index, release in enumerate(redirect.RELEASES):  # one carrier each: they differ in one step only
        _check_android_route(text, release, redirect.CARRIERS[(index + len(text)) % len(redirect.CARRIERS)])
    compared = compare(data, now=NOW)
    assert compared.to_dict()["clients"].keys() == CLIENTS.keys()
    assert hash(compared) == hash(compare(data, now=NOW))


def lint(data: bytes) -> None:
    """`lint_text` never raises, all its findings are inside the file, and fixes come to an end and leave no file unreadable."""
    for diagnostic in lint_text(data, filename="a.ndjson" if len(data) % 4 == 0 else "a.json"):
        _check_place(diagnostic, len(data))
    unsafe = len(data) % 2 == 0
    fixed = fix_document(data, unsafe=unsafe)
    assert (fixed.data == data) or fixed.fixes
    assert fix_document(fixed.data, unsafe=unsafe).fixes == 0


def documents(data: bytes) -> None:
    """A text has exts or raises DecodeError; bytes and `str` have the same exts; a text with exts is no unknown document."""
    codes = {violation.code for violation in iter_violations(data, kind=None)}
    contains = contains_payload(data)
    try:
        found = find_exts(data)
    except DecodeError as error:
        # of an unknown document nothing else is reported
        assert codes == {Code.UNKNOWN_DOCUMENT} or codes & {violation.code for violation in error.violations}
        return
    assert contains or {each.form for each in found} <= _BY_WEAK_MARKS
    assert codes == {Code.UNKNOWN_DOCUMENT} or Code.UNKNOWN_DOCUMENT not in codes
    assert not (found and Code.UNKNOWN_DOCUMENT in codes)
    assert find_exts(data.decode()) == found
    carrier = list(Carrier)[len(data) % len(Carrier)]
    assert all(each.form == carrier for each in find_exts(data, carrier=carrier))


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "strict": strict_reader,
    "codec": codec,
    "fast": fast_path,
    "routing": routing,
    "lint": lint,
    "documents": documents,
}
"""The targets by name."""


def _as_text(data: bytes) -> str:
    """The bytes as characters; encoded surrogates and all other bytes that are not UTF-8 become lone surrogates."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape")


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _parse_agrees(text: str | bytes, limits: Limits) -> None:
    explained = explain(text, limits)
    try:
        value = jsontext.parse(text, limits)
    except DecodeError as error:
        assert explained.faults
        named = [violation.code for violation in error.violations[:MAX_VIOLATIONS]]
        assert named == [fault.code for fault in explained.faults[:MAX_VIOLATIONS]]
    else:
        assert explained.faults == ()
        assert repr(value) == repr(explained.value)
    offsets = [fault.offset for fault in explained.faults]
    assert offsets == sorted(offsets)
    assert all(0 <= fault.offset <= fault.end for fault in explained.faults)


def _outcome(call: Callable[[bytes], object], data: bytes) -> object:
    """The result of a call, or the violations of the DecodeError that it raises."""
    try:
        return call(data)
    except DecodeError as error:
        return error.violations


def _mirrored(data: bytes) -> Route:
    try:
        return receive({"custom": data.decode()}, now=NOW)
    except UnicodeDecodeError:
        return Ignored("custom_not_a_json_object")


def _check_route(user_info: JSONValue, ios10: bool) -> None:
    steps: list[str] = []
    taken = receive(user_info, now=NOW, ios10=ios10, trace=lambda step, value: steps.append(step))
    places = [_ORDER[step] for step in steps]
    assert type(taken) in get_args(Route)
    assert taken.to_dict()["outcome"] == taken.outcome
    assert places == sorted(set(places))
    assert taken == receive(user_info, now=NOW, ios10=ios10)
    if taken.outcome == "group_call":
        assert read_object(taken.signaling.data) is not None  # type: ignore[union-attr]


def _check_android_route(text: str, release: redirect.Release, carrier: redirect.Carrier) -> None:
    steps: list[str] = []
    taken = redirect.redirect(text, server_time=NOW, release=release, carrier=carrier, trace=lambda step, value: steps.append(step))
    places = [_ANDROID_ORDER[step] for step in steps]
    assert type(taken) in get_args(AndroidRoute)
    assert taken.to_dict()["outcome"] == taken.outcome
    assert places == sorted(set(places))


def _check_place(diagnostic: Diagnostic, size: int) -> None:
    assert 0 <= diagnostic.start.offset <= diagnostic.end.offset <= size
    assert (1, 1) <= (diagnostic.start.line, diagnostic.start.column) <= (diagnostic.end.line, diagnostic.end.column)
    assert diagnostic.message.isascii()
    edits = diagnostic.fix.edits if diagnostic.fix else ()
    assert all(0 <= edit.start.offset <= edit.end.offset <= size for edit in edits)
