"""Unknown keys that look like known ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pushcodec import jsontext
from pushcodec.contract import PAYLOADS
from pushcodec.lint.document import Document, Node
from pushcodec.lint.findings import Change, ProposedFix, at_key
from pushcodec.lint.marks import Paths

_LONGEST_KEY = 40  # characters; the time to compare two keys grows with the square of their length


class Misspelling(NamedTuple):
    """An unknown key of an object that looks like a known one, which is absent there."""

    node: Node
    key: str
    meant: str

    @property
    def fix(self) -> ProposedFix:
        """Renames the key."""
        change = Change(at_key(self.node, self.key), jsontext.dump(self.meant))
        return ProposedFix(f"rename the key to {self.meant}", safe=False, changes=(change,))


def misspellings(document: Document) -> dict[tuple[Paths, str], Misspelling]:
    """The misspelled keys in a document, by the paths of the object and by the known key."""
    push_info = document.root if document.kind == "offline-push-info" else None
    layers = ((push_info, "offline-push-info"), (document.ext, "ext"), (document.entity, "entity"))
    found: dict[tuple[Paths, str], Misspelling] = {}
    for node, kind in (*layers, (document.content, "signaling-content")):
        if node is not None and isinstance(node.value, dict):
            found |= {(each.node.paths, each.meant): each for each in _misspellings_in(node, node.value, kind)}
    return found


def _misspellings_in(node: Node, value: dict[str, jsontext.JSONValue], kind: str) -> Iterator[Misspelling]:
    known = PAYLOADS[kind].keys
    absent = [key for key in known if key not in value]
    for key in value:
        if key in known or len(key) > _LONGEST_KEY:
            continue
        meant = _closest(key, absent)
        if meant is not None:
            absent.remove(meant)
            yield Misspelling(node, key, meant)


def _closest(key: str, known: list[str]) -> str | None:
    """The known key that differs from a key in case, punctuation or a letter or two; None if there is none."""
    from difflib import get_close_matches  # loaded only where there are unknown keys

    bare = {_bare(each): each for each in known}
    found = get_close_matches(_bare(key), bare, n=1, cutoff=0.85)
    return bare[found[0]] if found else None


def _bare(key: str) -> str:
    return key.lower().replace("_", "").replace("-", "")
