"""How Java reads numbers: an oracle for tests that shares no code with `gson` and computes with integers only.

`Integer.parseInt`, `Long.parseLong` and `Double.parseDouble` as the documentation of OpenJDK 17 defines them, and Gson's use of
them. No text is converted by `int` or `float`; the digits are added one by one.
"""

from __future__ import annotations

import math
import unicodedata
from fractions import Fraction


def gson_number(text: str, bits: int) -> int | None:
    """The number that Gson binds to an int (32 bits) or a long (64 bits) for a quoted or bare token; None where it throws."""
    whole = parse_integer(text, bits)
    if whole is not None:
        return whole
    double = parse_double(text)
    if double is None or math.isnan(double):
        return None
    limit = 2 ** (bits - 1)
    if math.isinf(double):
        return None  # the cast gives the largest long, which differs from the double
    cast = max(-limit, min(limit - 1, math.trunc(double)))
    return cast if _nearest(Fraction(cast)) == double else None  # Java widens the long to a double


def parse_integer(text: str, bits: int) -> int | None:
    """`Integer.parseInt` or `Long.parseLong`; None for a NumberFormatException."""
    sign, digits = _signed(text)
    if not digits:
        return None
    value = 0
    for each in digits:
        digit = unicodedata.decimal(each, None) if each <= "\uffff" else None
        if digit is None:
            return None
        value = value * 10 + digit
        if value > 2**bits:
            return None  # out of range; other characters than digits in the rest are a NumberFormatException, too
    value *= sign
    return value if -(2 ** (bits - 1)) <= value < 2 ** (bits - 1) else None


def parse_double(text: str) -> float | None:
    """`Double.parseDouble` without the words `NaN` and `Infinity`; None for a NumberFormatException."""
    while text and text[0] <= " ":
        text = text[1:]
    while text and text[-1] <= " ":
        text = text[:-1]
    sign, text = _signed(text)
    if text[:2] in ("0x", "0X"):
        return _parsed(sign, text[2:], base=16, exponents="pP")
    return _parsed(sign, text, base=10, exponents="eE")


def _signed(text: str) -> tuple[int, str]:
    if text[:1] in ("+", "-"):
        return (-1 if text[0] == "-" else 1), text[1:]
    return 1, text


def _parsed(sign: int, text: str, *, base: int, exponents: str) -> float | None:
    at = next((index for index, each in enumerate(text) if each in exponents), None)
    if at is None:
        if base == 16:
            return None
        mantissa, exponent = _without_suffix(text), "0"
    else:
        mantissa, exponent = text[:at], _without_suffix(text[at + 1 :])
    whole, _, fraction = mantissa.partition(".")
    digits, power = _sum(whole + fraction, base), _sum(_signed(exponent)[1], 10)
    if digits is None or power is None:
        return None
    power *= _signed(exponent)[0]
    scale = len(fraction) * (1 if base == 10 else 4)
    return sign * _scaled(digits, 10 if base == 10 else 2, power - scale)


def _without_suffix(text: str) -> str:
    return text[:-1] if text[-1:] in ("f", "F", "d", "D") else text


def _sum(digits: str, base: int) -> int | None:
    """The number that the ASCII digits denote in the base; None if a character is no digit or the text is empty."""
    value = 0 if digits else None
    for each in digits:
        digit = "0123456789abcdef".find(each.lower()) if each.isascii() else -1
        if value is None or not 0 <= digit < base:
            return None
        value = value * base + digit
    return value


def _scaled(digits: int, base: int, power: int) -> float:
    """The double nearest to `digits * base ** power`."""
    if digits == 0:
        return 0.0
    magnitude = digits.bit_length() + power * (332 if base == 10 else 100) // 100  # in bits; the exponent may have any size
    if magnitude > 1100:
        return math.inf
    if magnitude < -1200:
        return 0.0
    return _nearest(Fraction(digits) * Fraction(base) ** power)


def _nearest(value: Fraction) -> float:
    try:
        return value.numerator / value.denominator
    except OverflowError:
        return math.inf if value > 0 else -math.inf
