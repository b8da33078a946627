"""Names of open descriptors, by which an output is written through."""

from __future__ import annotations

import pytest

from pushcodec.cli.outputs.sinks import descriptor_of


@pytest.mark.parametrize(
    "digits", ["٣", "1" * 10, "0" * 4300 + "1", "9" * 5000, "-1", "+1", " 1", "1_0", ""], ids=lambda digits: ascii(digits)[:30]
)
def test_what_names_no_descriptor_is_a_name(digits: str) -> None:
    """Not ASCII digits, or more than a descriptor has: it is left to the system, which finds no such file."""
    assert descriptor_of(f"/dev/fd/{digits}") is None


def test_standard_output_has_names() -> None:
    """The dash and the device."""
    assert (descriptor_of("-"), descriptor_of("/dev/stdout"), descriptor_of("/dev/stderr")) == (1, 1, 2)
