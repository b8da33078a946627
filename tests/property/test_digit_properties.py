"""Long runs of digits: any text gives a value or a PushCodecError, and numbers equal those of an independent oracle.

CPython's `int()` raises a plain ValueError for a text of more than 4,300 digits, leading zeros included. The limit can be set to
640 or switched off. No answer of the library depends on it.
"""

from __future__ import annotations

import ast
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from java_numbers import gson_number
from mutants import LENGTHS, long_number, mutants
from payloads import c2c_chat, compact, group_call, group_content

import pushcodec as pc
from pushcodec import fast, jsontext, schemafiles
from pushcodec.clients.android.java_numbers import whole_number
from pushcodec.clients.ios.foundation import int_value, integer_value
from pushcodec.errors import PushCodecError
from pushcodec.lint import Config, lint_lines, lint_text
from pushcodec.lint.fixes import fix_document

NOW = 1595234240
ZEROS = "0" * 4300
LIMITS = (640, 4300, 0)

STRICT, TRUSTED = fast.Decoder(), fast.Decoder(trusted=True)
ALL_CLIENTS = Config(clients=tuple(pc.CLIENTS), now=NOW)

DIGITS = st.sampled_from(
    ("0", "1", "2", "12", "30", "2147483647", "2147483648", "9223372036854775807", "18446744073709551616", "٣")
)
LONG = st.builds(lambda digits, seed: long_number(digits, random.Random(seed)), DIGITS, st.integers(0, 10**6))
RUNS = st.builds(lambda digit, count: digit * count, st.sampled_from("0123456789٠٣९𝟙"), st.sampled_from(LENGTHS))
SPELLINGS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(("", "", "-", "+", " ", "\x01", "--")),
        LONG | RUNS | st.builds("{}{}".format, RUNS, LONG),
        st.sampled_from(("", "", "f", "D", ".", ".0", "e0", "e", " ", "x", "L", "p0")),
    ),
)


@contextmanager
def most_digits(limit: int) -> Iterator[None]:
    """Sets CPython's limit on the digits of a conversion for the block."""
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(limit)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(before)


# The readers of the clients


@pytest.mark.parametrize("bits", [32, 64])
@pytest.mark.parametrize("limit", LIMITS)
@example(text=ZEROS + "1")
@example(text="-" + ZEROS * 3 + "2147483648")
@example(text="٠" * 4301 + "١")
@example(text="1." + ZEROS)
@example(text="0." + ZEROS + "1e4301")
@example(text="1" + ZEROS + "e-4300")
@example(text="1e" + ZEROS + "0")
@example(text="1e9999999999")
@example(text="-0e9999999999")
@example(text="1e-" + "9" * 5000)
@example(text="0x" + ZEROS + "1p0")
@example(text="0x1" + ZEROS + "p-17200")
@example(text="0x." + ZEROS + "8p17201")
@example(text="9223372036854775807." + ZEROS + "1")
@example(text="9223372036854775808" + ZEROS)
@example(text="0." + "9" * 5000)
@given(text=SPELLINGS)
def test_gson_reads_numbers_as_java_does(text: str, bits: int, limit: int) -> None:
    """An int or long field accepts the numbers that Java's parsers accept, with any number of digits."""
    with most_digits(limit):
        read = whole_number(text, bits)
    assert read == gson_number(text, bits)


@pytest.mark.parametrize("limit", LIMITS)
@example(text=ZEROS + "1")
@example(text="  -" + ZEROS + "9" * 20)
@given(text=SPELLINGS)
def test_foundation_reads_leading_digits_of_any_length(text: str, limit: int) -> None:
    """`intValue` and `integerValue` of a string skip white space, read a sign and ASCII digits, and clamp to the range."""
    with most_digits(limit):
        read = (int_value(text), integer_value(text))
    assert read == (leading_number(text, 32), leading_number(text, 64))


def leading_number(text: str, bits: int) -> int:
    text = text.lstrip(" \t\r\n\v\f")
    sign, text = (-1 if text[0] == "-" else 1, text[1:]) if text[:1] in ("+", "-") else (1, text)
    value = 0
    for each in text:
        if each not in "0123456789":
            break
        value = min(value * 10 + "0123456789".index(each), 2**64)
    limit: int = 2 ** (bits - 1)
    return max(-limit, min(limit - 1, sign * value))


# All public functions


@given(st.integers(0, 10**6))
def test_a_long_number_anywhere_gives_a_value_or_an_error(seed: int) -> None:
    """Calls every public function with mutants of real payloads, in each of which one number is made long."""
    draw = random.Random(seed)
    raw = next(mutants(1, seed))
    places = [at for at, byte in enumerate(raw) if chr(byte) in "0123456789"]
    at = draw.choice(places) if places else 0
    raw = raw[:at] + long_number("1", draw).encode() + raw[at + 1 :]
    answers(raw)


KEYS = ("version", "action", "chatType", "sendTime", "sender", "customData", "k", "content.room_id", "content.timeout", "content.k")


@given(st.sampled_from(KEYS), SPELLINGS, st.booleans())
def test_a_long_number_under_any_key_gives_a_value_or_an_error(key: str, digits: str, quoted: bool) -> None:
    """The number is the value of a key of an entity or of a call's content, as a number or as a string."""
    token = f'"{digits}"' if quoted else digits
    if key.startswith("content."):
        content = compact(group_content(**{key.removeprefix("content."): "@"})).replace('"@"', token)
        text = compact({"entity": {**group_call(), "content": content}})
    else:
        text = compact({"entity": c2c_chat(**{key: "@"})}).replace('"@"', token)
    answers(text.encode())


@pytest.mark.parametrize("key", ["version", "action", "chatType"])
@pytest.mark.parametrize(
    "digits", [ZEROS + "1", "1." + ZEROS, "1" + ZEROS + "e-4300", "٠" * 4301 + "١"], ids=["zeros", "fraction", "exponent", "Arabic"]
)
def test_leading_zeros_change_nothing_on_android(key: str, digits: str) -> None:
    """Java reads a number with 4,300 superfluous zeros as the number without them."""
    plain = compact({"entity": c2c_chat()})
    long = compact({"entity": c2c_chat(**{key: digits})})
    for name in pc.CLIENTS:
        if name.startswith("android"):
            assert pc.simulate(long, name, now=NOW) == pc.simulate(plain, name, now=NOW)


@pytest.mark.parametrize("limit", LIMITS)
def test_the_digit_limit_of_the_interpreter_changes_no_answer(limit: int) -> None:
    """Every public function gives the same answer with another limit."""
    texts = [compact({"entity": c2c_chat(version=digits, sendTime=digits)}) for digits in (ZEROS + "1", "9" * 641, "1e" + ZEROS)]
    texts += [text.replace('"9', "9").replace('9"', "9") for text in texts]
    expected = [answers(text.encode()) for text in texts]
    with most_digits(limit):
        assert [answers(text.encode()) for text in texts] == expected


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="pyarrow is not installed")
@pytest.mark.parametrize("trusted", [False, True])
@given(seed=st.integers(0, 10**6))
def test_a_column_of_long_numbers_gives_rows(seed: int, trusted: bool) -> None:
    """Each text of a batch with a long number gives the row that the text gives alone."""
    import pyarrow as pa

    from pushcodec import arrow

    draw = random.Random(seed)
    texts = [compact({"entity": c2c_chat()}).replace("1", long_number("1", draw), 1).encode(), *mutants(3, seed)]
    rows = [row for text in texts for row in arrow.decode_array(pa.array([text]), now=NOW, trusted=trusted).to_pylist()]
    assert arrow.decode_array(pa.array(texts), now=NOW, trusted=trusted).to_pylist() == rows


@pytest.mark.parametrize("limit", LIMITS)
def test_integers_too_large_for_a_text(limit: int) -> None:
    """The mirrors return a Route for values with such integers; encoding them raises a PushCodecError."""
    huge = -(10**5000)
    with most_digits(limit):
        entities: list[Any] = [c2c_chat(sender=huge), huge, group_call(sendTime=huge, sender=[huge])]
        for entity in entities:
            for ios10 in (True, False):
                pc.receive({"entity": entity}, now=NOW, ios10=ios10).to_dict()
            pc.route(entity, now=10**5000).to_dict()
        assert pc.route(group_call(), now=10**5000).outcome == "call_expired"
        with pytest.raises(PushCodecError):
            pc.encode_entity(pc.ChatEntity.model_construct(action=1, chat_type=1, sender="a", send_time=huge))
        with pytest.raises(PushCodecError):
            pc.compose.c2c_call(inviter="a", invited_list=["b"], room_id=10**5000, call_type=pc.CallType.AUDIO, send_time=1)


def answers(raw: bytes) -> list[Any]:
    """The answers of every public function to a text, as bytes or as `str`; an exception other than PushCodecError propagates."""
    data = raw if len(raw) % 2 else raw.decode("utf-8", "replace")
    found: list[Any] = [answer(call, data) for call in CALLS]
    value = jsontext.read(raw).value
    if value is not jsontext.ABSENT:
        found += [pc.receive(value, now=NOW).to_dict(), pc.route(value, now=NOW).to_dict()]
    found += [list(STRICT.decode_lines(raw)), list(lint_lines(raw)), fix_document(raw, unsafe=True).fixes]
    found += [list(decoder.route_lines(raw, now=NOW)) for decoder in (STRICT, TRUSTED)]
    return [repr(each) for each in found]


def answer(call: Callable[[Any], Any], data: str | bytes) -> Any:
    try:
        return call(data)
    except PushCodecError as error:
        return str(error)


CALLS: tuple[Callable[[Any], Any], ...] = (
    lambda data: pc.compare(data, now=NOW).to_dict(),
    *(lambda data, name=name: pc.simulate(data, name, now=NOW) for name in pc.CLIENTS),
    lambda data: pc.find_ext(data),
    *(lambda data, kind=kind: list(pc.iter_violations(data, kind=kind)) for kind in schemafiles.NAMES),
    *(pc.decode_ext, pc.decode_entity, pc.decode_signaling_content),
    *(lambda data, decoder=decoder: decoder.decode(data) for decoder in (STRICT, TRUSTED)),
    *(lambda data, decoder=decoder: decoder.route(data, now=NOW).to_dict() for decoder in (STRICT, TRUSTED)),
    *(lambda data, decoder=decoder: decoder.receive(data, now=NOW).to_dict() for decoder in (STRICT, TRUSTED)),
    lambda data: lint_text(data, config=ALL_CLIENTS),
    lambda data: lint_text(data, filename="log.ndjson", config=ALL_CLIENTS),
)


# Every conversion in the package, with the reason why it cannot fail on a long run of digits

CONVERSIONS = {
    ("cli/arguments.py", "int(text)"): "an option; at most 20 ASCII digits, which the line above checks",
    ("cli/progress.py", "int(share * _WIDTH)"): "a share of a bar",
    ("fast/payloads.py", "int(value)"): "an enum's member",
    ("clients/ios/foundation.py", "int(value)"): "a finite double",
    ("clients/ios/foundation.py", "int(significant[:30] or '0')"): "at most 30 digits",
    ("clients/android/gson.py", "int(digits[0], 16)"): "four hexadecimal digits",
    ("clients/android/java_numbers.py", "int(digit)"): "one digit",
    ("clients/android/java_numbers.py", "int(f'{sign}{significant or 0}')"): "a sign and at most 19 digits",
    ("clients/android/java_numbers.py", "float(value)"): "an integer of 64 bits",
    ("clients/android/java_numbers.py", "float(bare)"): "`float` reads any number of digits, in linear time",
    ("clients/android/java_numbers.py", "float.fromhex(bare)"): "reads any number of digits; an overflow is caught",
    ("clients/android/java_numbers.py", "int(max(-_FINITE, min(_FINITE, double)))"): "a double within 1e300",
    ("jsontext/reading.py", "int(token)"): "less than 19 characters",
    ("jsontext/values.py", "int(token)"): "at most 21 characters",
    ("jsontext/values.py", "float(token)"): "`float` reads any number of digits, in linear time",
    ("cli/streams.py", "int(width)"): "a width; at most 5 ASCII digits, which the line above checks",
    ("cli/outputs/sinks.py", "int(last)"): "a file descriptor; at most 9 digits",
    ("lint/baseline.py", "int(finding['count'])"): "a ValueError is a BaselineError",
    ("lint/urls.py", "int(digits or '0')"): "at most 5 ASCII digits",
    ("models/exts.py", "int(member)"): "an enum's member",
    ("models/payload.py", "int(value)"): "an enum's member",
    ("clients/outcomes.py", "float(value)"): "an integer; an overflow is caught",
    ("strategies/tolerance.py", "float(number)"): "an integer of 64 bits",
}


def test_each_conversion_has_its_reason() -> None:
    """Every call of `int` or `float` in the package is in the table with the reason why no input makes it fail."""
    package = Path(pc.__file__).parent
    found = set()
    for file in package.rglob("*.py"):
        name = file.relative_to(package).as_posix()
        found |= {(name, ast.unparse(node)) for node in ast.walk(ast.parse(file.read_bytes())) if is_conversion(node)}
    assert found <= set(CONVERSIONS)


def is_conversion(node: ast.AST) -> bool:
    """Whether a node converts something that is neither a constant nor the clock."""
    if not isinstance(node, ast.Call) or not node.args or isinstance(node.args[0], ast.Constant):
        return False
    if ast.unparse(node.args[0]) == "time.time()":
        return False
    called = node.func.value if isinstance(node.func, ast.Attribute) and node.func.attr == "fromhex" else node.func
    return isinstance(called, ast.Name) and called.id in ("int", "float", "Decimal", "Fraction", "complex")
