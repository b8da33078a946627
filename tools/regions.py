"""Fills the generated parts of a page, which are between two comments."""

from __future__ import annotations

from collections.abc import Mapping


def filled(text: str, parts: Mapping[str, str], page: str) -> str:
    """The text of a page with its generated parts. Raises ValueError if the page lacks the comments around one of them.

    `parts` has the text of each part by its name, `page` is the file to name in the error.
    """
    for name, part in parts.items():
        begin, end = f"<!-- {name}: made by `make generate` -->", f"<!-- end of {name} -->"
        before, _, rest = text.partition(begin)
        _, found, after = rest.partition(end)
        if not found:
            raise ValueError(f"expected the lines {begin!r} and {end!r} in {page}")
        text = f"{before}{begin}\n\n{part}\n\n{end}{after}"
    return text
