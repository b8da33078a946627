"""Suggestions for an unknown name."""

from __future__ import annotations

from collections.abc import Iterable

_MOST = 3
_CLOSE = 0.7  # of difflib's ratio: two codes with two equal digits are not close
_LONGEST = 60  # characters; a longer word is not compared, since all names are shorter


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """`; did you mean 'lint'?`: the names that begin with the word, or else up to three similar names; empty if there are none.

    Upper and lower case count as the same, and so do `-` and `_`.
    """
    from difflib import get_close_matches  # loaded only if a name is wrong

    if len(word) > _LONGEST:
        return ""
    by_plain = {_plain(name): str(name) for name in names}
    beginning = [plain for plain in by_plain if word and plain.startswith(_plain(word))]
    found = [by_plain[plain] for plain in beginning or get_close_matches(_plain(word), by_plain, _MOST, _CLOSE)]
    return f"; did you mean {' or '.join(map(ascii, found))}?" if found else ""


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")
