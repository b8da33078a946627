"""Integers of a fixed size, as Objective-C and Java compute with them."""

from __future__ import annotations


def wrap_signed(value: int, bits: int) -> int:
    """The low `bits` of an integer, read as signed."""
    half = 1 << (bits - 1)
    return ((value + half) & ((1 << bits) - 1)) - half


def wrap_unsigned(value: int, bits: int) -> int:
    """The low `bits` of an integer, read as unsigned."""
    return value & ((1 << bits) - 1)


def saturate(value: int, bits: int) -> int:
    """The nearest signed integer of `bits` bits."""
    half = 1 << (bits - 1)
    return max(-half, min(value, half - 1))
