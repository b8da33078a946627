"""Unknown keys that look like known ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from pushcodec import jsontext
from pushcodec.contract import PAYLOADS
from pushcodec.lint.analyses.edits import MOST, distance, may_be_near, parts_of
from pushcodec.lint.document import Document, Node
from pushcodec.lint.findings import Change, ProposedFix, at_key
from pushcodec.lint.marks import Paths

_LONGEST_KEY: Final = 40  # characters of a payload's key; the time to compare two keys grows with the square of their length


class Misspelling(NamedTuple):
    """An unknown key of an object that looks like a known one, which is absent there. `in_form`: not in the payload."""

    node: Node
    key: str
    meant: str
    in_form: bool

    @property
    def fix(self) -> ProposedFix:
        """Renames the key."""
        change = Change(at_key(self.node, self.key), jsontext.dump(self.meant))
        return ProposedFix(f"rename the key to {self.meant}", safe=False, changes=(change,))


def misspellings(document: Document) -> dict[tuple[Paths, str], Misspelling]:
    """The misspelled keys in a document, by the paths of the object and by the known key.

    Those of the form itself are found in the document with the first ext of the form.
    """
    layers = ((document.ext, "ext"), (document.entity, "entity"), (document.content, "signaling-content"))
    found: dict[tuple[Paths, str], Misspelling] = {}
    for each in _in_form(document) if document.is_first else ():
        found[each.node.paths, each.meant] = each
    for node, kind in layers:
        if node is not None and isinstance(node.value, dict):
            found |= {(each.node.paths, each.meant): each for each in _misspellings_in(node, node.value, kind)}
    return found


# In the payload


def _misspellings_in(node: Node, value: dict[str, jsontext.JSONValue], kind: str) -> Iterator[Misspelling]:
    known = PAYLOADS[kind].keys
    absent = [key for key in known if key not in value]
    for key in value:
        if key in known or len(key) > _LONGEST_KEY:
            continue
        meant = _closest(key, absent)
        if meant is not None:
            absent.remove(meant)
            yield Misspelling(node, key, meant, in_form=False)


def _closest(key: str, known: list[str]) -> str | None:
    """The known key that differs from a key in case, punctuation or a letter or two; None if there is none."""
    from difflib import get_close_matches  # loaded only where there are unknown keys

    bare = {_bare(each): each for each in known}
    found = get_close_matches(_bare(key), bare, n=1, cutoff=0.85)
    return bare[found[0]] if found else None


def _bare(key: str) -> str:
    return key.lower().replace("_", "").replace("-", "")


# In the form

_LONGEST_KEY_OF_FORMS: Final = 64  # characters
_MOST_UNKNOWN_KEYS: Final = 100  # an object with more of them maps the sender's own keys
_LETTERS: Final = 6  # of a key that may differ in more than case


def _in_form(document: Document) -> Iterator[Misspelling]:
    from pushcodec.lint.analyses.known_keys import known_keys, known_objects  # loads schemas

    for node, value, known in known_objects(document):
        unknown = [key for key in value if key not in known]
        absent = {key for key in known if key not in value}
        if not unknown or len(unknown) > _MOST_UNKNOWN_KEYS:
            continue
        elsewhere = known_keys(document.kind).all_keys
        for key in unknown:
            meant = None if key in elsewhere or len(key) > _LONGEST_KEY_OF_FORMS else _meant(key, absent)
            if meant is not None:
                absent.remove(meant)
                yield Misspelling(node, key, meant, in_form=True)


def _meant(key: str, known: Collection[str]) -> str | None:
    """The known key that differs from a key least: in case, or by two edits. None if there is none, or if two are alike."""
    folded = key.casefold()
    distances = sorted((distance(folded, each.casefold()), each) for each in known if _is_compared(folded, each))
    near = [(edits, each) for edits, each in distances if edits <= (MOST if min(_letters(key), _letters(each)) >= _LETTERS else 0)]
    return near[0][1] if near and (len(near) == 1 or near[0][0] < near[1][0]) else None


def _is_compared(folded: str, known: str) -> bool:
    return (
        abs(len(folded) - len(known)) <= MOST
        and may_be_near(folded, parts_of(known.casefold()))
        and not _has_another_word(folded.split("_"), known.casefold().split("_"))
    )


def _has_another_word(words: list[str], known: list[str]) -> bool:
    """Whether a word between underscores differs in more than half of its letters: `fcm_ch_id` is no misspelling of `xm_ch_id`."""
    return len(words) == len(known) and any(
        distance(word, each) > max(1, len(each) // 2) for word, each in zip(words, known, strict=True)
    )


def _letters(key: str) -> int:
    return sum(map(str.isalpha, key))
