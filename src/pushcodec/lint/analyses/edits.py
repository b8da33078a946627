"""How many characters have to change, so that one word becomes another."""

from __future__ import annotations

from typing import Final

MOST: Final = 2
"""Words that differ by more edits are not compared further."""


def distance(left: str, right: str, most: int = MOST) -> int:
    """The least number of characters to add, to leave out or to replace; `most + 1` if it is more than `most`."""
    start = 0
    shorter = min(len(left), len(right))
    while start < shorter and left[start] == right[start]:
        start += 1
    left, right = left[start:], right[start:]
    if not left or not right:
        return min(len(left) + len(right), most + 1)
    if abs(len(left) - len(right)) > most or most == 0:
        return most + 1
    rests = ((left[1:], right[1:]), (left[1:], right), (left, right[1:]))
    return min(1 + min(distance(*rest, most - 1) for rest in rests), most + 1)


def may_be_near(word: str, parts: tuple[str, ...]) -> bool:
    """Whether a word may be within `MOST` edits of the word with these parts, as `parts_of` divides it.

    Each edit changes at most one part, so that one of them is in the word unchanged. This takes much less time than `distance`.
    """
    return any(part in word for part in parts)


def parts_of(word: str) -> tuple[str, ...]:
    """A word divided into one part more than there may be edits."""
    third = len(word) // (MOST + 1)
    return word[:third], word[third : 2 * third], word[2 * third :]
