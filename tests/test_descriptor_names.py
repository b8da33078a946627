"""Names of open file descriptors, such as `/dev/stdout`: an output with such a name is written to the descriptor."""

from __future__ import annotations

import pytest

from pushcodec.cli.outputs.sinks import descriptor_of


@pytest.mark.parametrize(
    "digits", ["٣", "1" * 10, "0" * 4300 + "1", "9" * 5000, "-1", "+1", " 1", "1_0", ""], ids=lambda digits: ascii(digits)[:30]
)
def test_any_other_name_is_a_file_name(digits: str) -> None:
    """Also with digits that are not ASCII or too many: the system then finds no such file."""
    assert descriptor_of(f"/dev/fd/{digits}") is None


def test_standard_output_has_names() -> None:
    """The dash and the path of the device."""
    assert (descriptor_of("-"), descriptor_of("/dev/stdout"), descriptor_of("/dev/stderr")) == (1, 1, 2)
