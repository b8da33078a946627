"""How Java reads a number from a text: `Integer.parseInt`, `Long.parseLong`, `Double.parseDouble`, and its casts.

Source: the Java Language Specification, 5.1.3, and the documentation of these methods.
"""

from __future__ import annotations

import math
import re

_INTEGER = re.compile(r"([+-]?)(\d++)")
# Possessive quantifiers: with backtracking, a long run of digits would take quadratic time.
_DOUBLE = re.compile(r"[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?")
_HEX_DOUBLE = re.compile(r"[+-]?0[xX](?:[0-9a-fA-F]++(?:\.[0-9a-fA-F]*+)?|\.[0-9a-fA-F]++)[pP][+-]?[0-9]++")
_CONTROL = "".join(map(chr, range(0x21)))  # what Java trims
_FINITE = 1e300  # far out of range of all fields, and an integer
_MOST_DIGITS = 19  # of an integer of 64 bits, without leading zeros


def whole_number(text: str, bits: int) -> int | None:
    """A token as an integer of `bits` bits: a plain integer, or else a double that is whole and in range. None for any other."""
    integer = _integer(text, bits)
    if integer is not None:
        return integer
    double = _double(text)
    value = _saturated(double, bits)
    return value if float(value) == double else None


def _integer(text: str, bits: int) -> int | None:
    """`Integer.parseInt` or `Long.parseLong`, by the number of bits; None for a text that they refuse.

    Only the significant digits are converted: CPython's `int` refuses a text of thousands of digits, leading zeros included.
    """
    found = _INTEGER.fullmatch(text)
    if found is None or max(text) > "\uffff":  # Java sees halves of surrogate pairs, which are no digits
        return None
    sign, digits = found.groups()
    if not digits.isascii():
        digits = "".join(str(int(digit)) for digit in digits)
    significant = digits.lstrip("0")
    if len(significant) > _MOST_DIGITS:
        return None
    value = int(f"{sign}{significant or 0}")
    limit = 1 << bits - 1
    return value if -limit <= value < limit else None


def _double(text: str) -> float:
    """`Double.parseDouble`; NaN, which is not whole, for a text that it refuses."""
    text = text.strip(_CONTROL)
    bare = text[:-1] if text[-1:] in ("f", "F", "d", "D") else text
    if _DOUBLE.fullmatch(bare):
        return float(bare)
    # The exponent of a hexadecimal number is decimal, so a suffix after it is not one of its digits.
    if _HEX_DOUBLE.fullmatch(bare):
        try:
            return float.fromhex(bare)
        except OverflowError:
            return math.inf
    return math.nan


def _saturated(double: float, bits: int) -> int:
    """The double as Java casts it; for NaN, which equals no number, any number."""
    limit = 1 << bits - 1
    return max(-limit, min(limit - 1, int(max(-_FINITE, min(_FINITE, double)))))
