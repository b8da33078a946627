"""Arguments of a wrong type: every public function raises a TypeError whose message names the expected type.

Each public function has an entry here; a function without an entry fails a test.
"""

from __future__ import annotations

import inspect
import io
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from payloads import c2c_chat, compact

import pushcodec as pc
from pushcodec import compose, fast, lint
from pushcodec.inspection import KINDS
from pushcodec.schemafiles import NAMES

NOW = 1595234240
TEXT = compact({"entity": c2c_chat()})
EXT = pc.decode_ext(TEXT)
STRICT, TRUSTED = fast.Decoder(), fast.Decoder(trusted=True)

RAW = TEXT.encode()
NO_TEXTS: tuple[Any, ...] = (5, None, True, 1.5, bytearray(RAW), memoryview(RAW), [TEXT], {}, object(), Path("x"))

OF_TEXTS: dict[str, Callable[[Any], object]] = {
    "decode_ext": pc.decode_ext,
    "decode_entity": pc.decode_entity,
    "decode_signaling_content": pc.decode_signaling_content,
    "decode_push_info": pc.decode_push_info,
    "find_ext": pc.find_ext,
    "find_exts": pc.find_exts,
    "iter_violations": pc.iter_violations,
    "size_report": pc.size_report,
    "convert": lambda text: pc.convert(text, to="sdk"),
    "convert_all": lambda text: pc.convert_all(text, to="sdk"),
    "simulate": lambda text: pc.simulate(text, "ios-6.0", now=NOW),
    "compare": lambda text: pc.compare(text, now=NOW),
    "Decoder.decode": STRICT.decode,
    "Decoder.decode trusted": TRUSTED.decode,
    "Decoder.is_certainly_valid": STRICT.is_certainly_valid,
    "Decoder.route": lambda text: STRICT.route(text, now=NOW),
    "Decoder.route trusted": lambda text: TRUSTED.route(text, now=NOW),
    "Decoder.receive": lambda text: STRICT.receive(text, now=NOW),
    "Decoder.receive trusted": lambda text: TRUSTED.receive(text, now=NOW),
    "Decoder.receive ios9": lambda text: STRICT.receive(text, now=NOW, ios10=False),
    "lint_text": lint.lint_text,
    "lint_text lines": lambda text: lint.lint_text(text, filename="log.ndjson"),
}


@pytest.mark.parametrize("call", OF_TEXTS.values(), ids=OF_TEXTS)
@pytest.mark.parametrize("value", NO_TEXTS, ids=lambda value: type(value).__name__)
def test_a_value_that_is_no_text_is_a_type_error(call: Callable[[Any], object], value: Any) -> None:
    """The error is raised by the call, not with the first result. No function accepts a bytearray or a memoryview."""
    with pytest.raises(TypeError) as caught:
        call(value)
    assert str(caught.value) == f"expected a text as str or bytes, got {type(value).__name__}"


class Text(str):
    __slots__ = ()


class Bytes(bytes):
    __slots__ = ()


@pytest.mark.parametrize("call", OF_TEXTS.values(), ids=OF_TEXTS)
@pytest.mark.parametrize("value", [TEXT, TEXT.encode(), Text(TEXT), Bytes(TEXT.encode())], ids=lambda value: type(value).__name__)
def test_str_bytes_and_their_subclasses_are_texts(call: Callable[[Any], object], value: Any) -> None:
    """None of them raises a TypeError."""
    with suppress(pc.DecodeError):
        call(value)


# Lines

OF_LINES: dict[str, Callable[[Any], Any]] = {
    "Decoder.decode_lines": STRICT.decode_lines,
    "Decoder.route_lines": lambda source: STRICT.route_lines(source, now=NOW),
    "Decoder.route_lines trusted": lambda source: TRUSTED.route_lines(source, now=NOW),
    "lint_lines": lint.lint_lines,
}


NO_SOURCES: tuple[Any, ...] = ("path", Path("path"), 5, None, True, bytearray(RAW), memoryview(RAW), io.StringIO(TEXT))


@pytest.mark.parametrize("call", OF_LINES.values(), ids=OF_LINES)
@pytest.mark.parametrize("value", NO_SOURCES, ids=lambda value: type(value).__name__)
def test_a_value_that_is_no_source_of_lines_is_a_type_error(call: Callable[[Any], Any], value: Any) -> None:
    """The error is raised by the call, not with the first line. A path, a text and a text file are no sources."""
    with pytest.raises(TypeError) as caught:
        call(value)
    assert str(caught.value) == f"source must be bytes, a binary file or chunks of bytes, not {type(value).__name__}"


@pytest.mark.parametrize("call", OF_LINES.values(), ids=OF_LINES)
@pytest.mark.parametrize("chunks", [[TEXT], [5], [None], [b"{}\n", "{}\n"]], ids=["str", "int", "None", "bytes and str"])
def test_a_chunk_that_is_no_bytes_is_a_type_error(call: Callable[[Any], Any], chunks: Any) -> None:
    """The error is raised when the chunk is read."""
    with pytest.raises(TypeError, match=r"^chunks must be bytes, not (str|int|NoneType)$"):
        list(call(chunks))


@pytest.mark.parametrize("call", OF_LINES.values(), ids=OF_LINES)
@pytest.mark.parametrize("kind", [str, bytearray])
def test_a_file_without_bytes_is_a_type_error(call: Callable[[Any], Any], kind: Callable[..., Any]) -> None:
    """The error is raised with the first line, for text files that are no `io.TextIOBase` and for other files."""
    with pytest.raises(TypeError, match=r"^chunks must be bytes, not (str|bytearray)$"):
        list(call(FileOf(kind(RAW + b"\n", *(["utf-8"] if kind is str else [])))))


class FileOf:
    """A file of one line that inherits from no class of `io`, as the text files of `tempfile`."""

    def __init__(self, line: object) -> None:
        self._line = line

    def readline(self, _: int = -1) -> object:
        return self._line


# Clocks


def simulate(name: str, now: int) -> object:
    return pc.simulate(TEXT, name, now=now)


OF_CLOCKS: dict[str, Callable[[Any], object]] = {
    "receive": lambda now: pc.receive({}, now=now),
    "route": lambda now: pc.route({}, now=now),
    **{f"simulate {name}": partial(simulate, name) for name in pc.CLIENTS},
    "compare": lambda now: pc.compare(TEXT, now=now),
    "Decoder.route": lambda now: STRICT.route(TEXT, now=now),
    "Decoder.receive": lambda now: STRICT.receive(TEXT, now=now),
    "Decoder.route_lines": lambda now: STRICT.route_lines(b"", now=now),
    "Decoder.route_lines trusted": lambda now: TRUSTED.route_lines(b"", now=now),
    "lint.Config": lambda now: lint.Config(now=now),
}


@pytest.mark.parametrize("call", OF_CLOCKS.values(), ids=OF_CLOCKS)
@pytest.mark.parametrize("now", [True, False, 1.0, "1", b"1", [1], NOW + 0.5], ids=repr)
def test_a_clock_that_is_no_int_is_a_type_error(call: Callable[[Any], object], now: Any) -> None:
    """`now` is an int of unix seconds, neither a bool nor a float."""
    with pytest.raises(TypeError) as caught:
        call(now)
    assert str(caught.value) == f"now must be an int of unix seconds, not {type(now).__name__}"


@pytest.mark.parametrize("call", OF_CLOCKS.values(), ids=OF_CLOCKS)
def test_a_negative_clock_is_a_value_error(call: Callable[[Any], object]) -> None:
    """Its type is correct, its value is not."""
    with pytest.raises(ValueError, match=r"^now must not be negative$"):
        call(-1)


# Limits

OF_LIMITS: dict[str, Callable[[Any], object]] = {
    "decode_ext": lambda limits: pc.decode_ext(TEXT, limits=limits),
    "decode_entity": lambda limits: pc.decode_entity(TEXT, limits=limits),
    "decode_signaling_content": lambda limits: pc.decode_signaling_content(TEXT, limits=limits),
    "decode_push_info": lambda limits: pc.decode_push_info("{}", limits=limits),
    "encode_ext": lambda limits: pc.encode_ext(EXT, limits=limits),
    "encode_push_info": lambda limits: pc.encode_push_info(pc.OfflinePushInfo(), limits=limits),
    "find_ext": lambda limits: pc.find_ext(TEXT, limits=limits),
    "find_exts": lambda limits: pc.find_exts(TEXT, limits=limits),
    "iter_violations": lambda limits: pc.iter_violations(TEXT, limits=limits),
    "size_report": lambda limits: pc.size_report(TEXT, limits=limits),
    "Decoder": lambda limits: fast.Decoder(limits=limits),
}


@pytest.mark.parametrize("call", OF_LIMITS.values(), ids=OF_LIMITS)
@pytest.mark.parametrize("limits", [None, 5, (65536, 16, 1000), {"max_bytes": 5}], ids=repr)
def test_limits_of_another_type_are_a_type_error(call: Callable[[Any], object], limits: Any) -> None:
    """Also for a plain tuple."""
    with pytest.raises(TypeError, match=f"^limits must be a Limits, not {type(limits).__name__}$"):
        call(limits)


# Other arguments

OTHERS: dict[str, tuple[Callable[[], object], str]] = {
    "encode_ext": (lambda: pc.encode_ext(TEXT), "expected a model of the ext, got str"),  # type: ignore[arg-type]
    "encode_entity": (lambda: pc.encode_entity(EXT), "expected a model of the entity, got Ext"),  # type: ignore[arg-type]
    "encode_signaling_content": (
        lambda: pc.encode_signaling_content({}),  # type: ignore[arg-type]
        "expected a model of the signaling-content, got dict",
    ),
    "decode_push_info form": (lambda: pc.decode_push_info(TEXT, form=5), "form must be a str, not int"),  # type: ignore[call-overload]
    "encode_push_info": (lambda: pc.encode_push_info(EXT), "expected a model of the push info, got Ext"),  # type: ignore[arg-type]
    "to_wire": (lambda: pc.to_wire({}), "expected a model, got dict"),  # type: ignore[arg-type]
    "schema": (lambda: pc.schema(5), "expected the name of a schema, got int"),  # type: ignore[arg-type]
    "schema list": (lambda: pc.schema([], bundle=True), "expected the name of a schema, got list"),  # type: ignore[arg-type]
    "iter_violations kind": (lambda: pc.iter_violations(TEXT, kind=5), "kind must be a str or None, not int"),  # type: ignore[arg-type]
    "simulate client": (lambda: pc.simulate(TEXT, ["ios-6.0"], now=NOW), "client must be a str, not list"),  # type: ignore[arg-type]
    "compare clients": (lambda: pc.compare(TEXT, now=NOW, clients="ios-6.0"), "clients must be a collection of names, not str"),
    "compare None": (
        lambda: pc.compare(TEXT, now=NOW, clients=None),  # type: ignore[arg-type]
        "clients must be a collection of names, not NoneType",
    ),
    "compare numbers": (lambda: pc.compare(TEXT, now=NOW, clients=[5]), "client must be a str, not int"),  # type: ignore[list-item]
    "find_ext carrier": (
        lambda: pc.find_ext(TEXT, carrier=5),  # type: ignore[arg-type]
        "carrier must be a Carrier or its name, not int",
    ),
    "size_report carrier": (
        lambda: pc.size_report(TEXT, carrier=5),  # type: ignore[arg-type]
        "carrier must be a Carrier or its name, not int",
    ),
    "receive": (lambda: pc.receive(b"{}", now=NOW), "expected a JSON value, got bytes"),  # type: ignore[arg-type]
    "route": (lambda: pc.route((1,), now=NOW), "expected a JSON value, got tuple"),  # type: ignore[arg-type]
    "Limits": (lambda: pc.Limits(max_bytes="5"), "max_bytes must be an int, not str"),  # type: ignore[arg-type]
    "lint_text filename": (
        lambda: lint.lint_text(TEXT, filename=Path("a")),  # type: ignore[arg-type]
        f"filename must be a str, not {type(Path('a')).__name__}",
    ),
    "lint_lines config": (lambda: lint.lint_lines(b"", config={}), "config must be a Config, not dict"),  # type: ignore[arg-type]
    "Decoder trusted": (lambda: fast.Decoder(trusted="false"), "trusted must be a bool, not str"),  # type: ignore[arg-type]
    "Config voip": (lambda: lint.Config(voip="no"), "voip must be a bool, not str"),  # type: ignore[arg-type]
    "Config kind": (lambda: lint.Config(kind=5), "kind must be a str or None, not int"),  # type: ignore[arg-type]
    "Config glob": (lambda: lint.Config(kinds=((5, "ext"),)), "kinds must be a tuple of str"),  # type: ignore[arg-type]
    "Config select": (lambda: lint.Config(select="PC3"), "select must be a tuple of str"),  # type: ignore[arg-type]
    "Config ignore": (lambda: lint.Config(ignore=(5,)), "ignore must be a tuple of str"),  # type: ignore[arg-type]
    "Config clients": (lambda: lint.Config(clients=None), "clients must be a tuple of str"),  # type: ignore[arg-type]
    "Config pairs": (
        lambda: lint.Config(per_file_ignores={"a": ("PC3",)}),  # type: ignore[arg-type]
        "per_file_ignores must be a tuple of pairs of a glob and selectors",
    ),
    "Config kinds": (
        lambda: lint.Config(kinds=("a", "ext")),  # type: ignore[arg-type]
        "kinds must be a tuple of pairs of a glob and a kind",
    ),
    "Config pair": (
        lambda: lint.Config(pointer_ignores=(("a", "PC3"),)),  # type: ignore[arg-type]
        "pointer_ignores must be a tuple of str",
    ),
}


@pytest.mark.parametrize(("call", "message"), OTHERS.values(), ids=OTHERS)
def test_any_other_argument_of_a_wrong_type_is_a_type_error(call: Callable[[], object], message: str) -> None:
    """Each message names the expected type."""
    with pytest.raises(TypeError) as caught:
        call()
    assert str(caught.value) == message


NAMED: dict[str, tuple[Callable[[], object], str]] = {
    "schema": (lambda: pc.schema("exts"), f"no schema is named 'exts', expected one of {', '.join(NAMES)}"),
    "kind": (lambda: pc.iter_violations(TEXT, kind="exts"), f"unknown kind 'exts', expected one of {', '.join(KINDS)}"),
    "client": (lambda: pc.compare(TEXT, now=NOW, clients=["ios"]), f"no client is 'ios': expected one of {', '.join(pc.CLIENTS)}"),
    "clients": (lambda: pc.compare(TEXT, now=NOW, clients=iter(())), "expected the name of one client at least"),  # type: ignore[arg-type]
    "form": (
        lambda: pc.decode_push_info(TEXT, form="push-info"),  # type: ignore[call-overload]
        "no form of push info is 'push-info', expected one of offline-push-info, rest-push-info",
    ),
    "carrier": (
        lambda: pc.find_ext(TEXT, carrier="apn"),
        f"no form is named 'apn', expected one of {', '.join(pc.Carrier)}",
    ),
    "config kinds": (lambda: lint.Config(kinds=(("*", "exts"),)), f"kinds: expected one of {', '.join(KINDS)}"),
    "config kind": (lambda: lint.Config(kind="exts"), f"kind: expected one of {', '.join(KINDS)}"),
}


@pytest.mark.parametrize(("call", "message"), NAMED.values(), ids=NAMED)
def test_an_unknown_name_is_a_value_error_that_lists_the_names(call: Callable[[], object], message: str) -> None:
    """The type is correct, the value is not."""
    with pytest.raises(ValueError) as caught:
        call()
    assert str(caught.value).startswith(message)  # some messages go on with a suggestion


def test_a_config_checks_the_type_of_each_value() -> None:
    """Every field has a wrong value here."""
    nothing: Any = object()
    for name in lint.Config.__struct_fields__:
        with pytest.raises((TypeError, ValueError), match=f"^{name} must be "):
            lint.Config(**{name: nothing})


def test_a_config_converts_lists_to_tuples() -> None:
    """Only with tuples is a config hashable."""
    config = lint.Config(select=["PC3"], ignore=["PC301"], per_file_ignores=[("a", ["PC3"])], kinds=[("a", "ext")])  # type: ignore[arg-type]
    assert config == lint.Config(select=("PC3",), ignore=("PC301",), per_file_ignores=(("a", ("PC3",)),), kinds=(("a", "ext"),))
    assert hash(config) == hash(lint.Config(**{name: getattr(config, name) for name in config.__struct_fields__}))


# Every public function has an entry


def test_every_public_function_has_an_entry() -> None:
    """Functions and methods of `pushcodec`, `pushcodec.fast` and `pushcodec.lint`; other tests check `compose`."""
    names = {name for name in pc.__all__ if inspect.isfunction(getattr(pc, name))}
    names |= {name for name in lint.__all__ if inspect.isfunction(getattr(lint, name))}
    names |= {f"Decoder.{name}" for name, method in vars(fast.Decoder).items() if inspect.isfunction(method) and name[0] != "_"}
    entries = {name.split()[0] for table in (OF_TEXTS, OF_LINES, OF_CLOCKS, OF_LIMITS, OTHERS) for name in table}
    assert names - entries == set()
    assert callable(compose.chat)


# Columns


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="pyarrow is not installed")
def test_functions_over_arrow_data_check_their_arguments() -> None:
    """A wrong type and an unknown keyword are TypeErrors."""
    import pyarrow as pa

    from pushcodec import arrow

    texts = pa.array([TEXT])
    batch = pa.RecordBatch.from_arrays([texts], names=["ext"])
    reader = pa.RecordBatchReader.from_batches(batch.schema, [batch])
    no_array = "expected a pyarrow Array or ChunkedArray of texts, not "
    cases: list[tuple[Callable[[], object], str]] = [
        (lambda: arrow.decode_array([TEXT]), f"{no_array}list"),
        (lambda: arrow.decode_array(TEXT), f"{no_array}str"),
        (lambda: arrow.decode_array(texts, now=1.5), "now must be an int of unix seconds, not float"),
        (lambda: arrow.decode_array(texts, now=True), "now must be an int of unix seconds, not bool"),
        (lambda: arrow.decode_array(texts, limits=(1, 2, 3)), "limits must be a Limits, not tuple"),  # type: ignore[arg-type]
        (lambda: arrow.decode_array(texts, kind=5), "kind must be a str, not int"),  # type: ignore[arg-type]
        (lambda: arrow.decode_batch([TEXT], "ext"), "batch must be a pyarrow RecordBatch, not list"),
        (lambda: arrow.decode_batch(batch, "ext", into=5), "into must be a str, not int"),  # type: ignore[arg-type]
        (lambda: arrow.decode_reader(batch, "ext"), "batches must be a pyarrow RecordBatchReader, not RecordBatch"),
        (lambda: arrow.decode_reader(reader, "ext", into=None), "into must be a str, not NoneType"),  # type: ignore[arg-type]
        (lambda: arrow.decoded_column(texts), "table must be a pyarrow Table or RecordBatch, not StringArray"),
    ]
    for call, message in cases:
        with pytest.raises(TypeError) as caught:
            call()
        assert str(caught.value) == message
    for function in (arrow.decode_array, arrow.decode_batch, arrow.decode_reader):
        assert not any(each.kind is each.VAR_KEYWORD for each in inspect.signature(function).parameters.values())
