"""Rules of the contract: what `validation` finds in the text and in the texts inside it, and keys that look misspelled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pushcodec import jsontext
from pushcodec.clients.ios.foundation import int_value
from pushcodec.errors import Code, printable
from pushcodec.jsontext.values import Span
from pushcodec.lint.config import Config
from pushcodec.lint.document import Document, Node
from pushcodec.lint.marks import Place
from pushcodec.lint.rules.findings import Change, Finding, Mend, at_key


class _Misspelling(NamedTuple):
    """An unknown key of an object that looks like a known one, which is absent there."""

    node: Node
    key: str
    meant: str

    @property
    def mend(self) -> Mend:
        change = Change(at_key(self.node, self.key), jsontext.dump(self.meant))
        return Mend(f"rename the key to {self.meant}", safe=False, changes=(change,))


def check_contract(document: Document, _: Config) -> Iterator[Finding]:
    """Every violation of the text rules and of the schemas, in all layers, and keys that look misspelled.

    Where a required key is missing and another looks like it, that is one finding: the violation, which asks about the other.
    """
    if document.clear:
        return
    from pushcodec.validation import find  # jsonschema is loaded only where something has to be explained

    misspellings = {(each.node.paths, each.meant): each for each in _misspellings(document)}
    for violation, paths, fault, lacking, wanted in find(document.text, kind=document.kind, limits=document.limits):
        if fault is not None:
            place = Place(paths, characters=Span(fault.offset, fault.end))
            yield Finding(violation.code, fault.message if len(paths) == 1 else violation.message, place)
        elif lacking is not None and (misspelling := misspellings.pop((paths, lacking), None)):
            message = f"{violation.message}; does '{printable(misspelling.key, 64)}' stand for it?"
            yield Finding(violation.code, message, Place(paths), misspelling.mend)
        else:
            mend = _integer_mend(document, paths) if wanted == "integer" else None
            yield Finding(violation.code, violation.message, Place(paths), mend)
    for each in misspellings.values():
        message = f"did you mean '{each.meant}'?"
        yield Finding(Code.MISSPELLED_KEY, message, at_key(each.node, each.key), each.mend)


# Misspelled keys

_LONGEST_KEY = 40  # of a key that is looked at; the time goes with its length squared


def _misspellings(document: Document) -> Iterator[_Misspelling]:
    push_info = document.root if document.kind == "offline-push-info" else None
    layers = ((push_info, "offline-push-info"), (document.ext, "ext"), (document.entity, "entity"))
    for node, kind in (*layers, (document.content, "signaling-content")):
        if node is not None and isinstance(node.value, dict):
            yield from _misspellings_in(node, kind)


def _misspellings_in(node: Node, kind: str) -> Iterator[_Misspelling]:
    from pushcodec.schemafiles import schema

    assert isinstance(node.value, dict)
    known = list(schema(kind)["properties"])
    absent = [key for key in known if key not in node.value]
    for key in node.value:
        if key in known or len(key) > _LONGEST_KEY:
            continue
        meant = _closest(key, absent)
        if meant is not None:
            absent.remove(meant)
            yield _Misspelling(node, key, meant)


def _closest(key: str, known: list[str]) -> str | None:
    """The known key that another looks like: in other case or punctuation, or but for a letter or two."""
    from difflib import get_close_matches  # loaded only where there are unknown keys

    bare = {_bare(each): each for each in known}
    found = get_close_matches(_bare(key), bare, n=1, cutoff=0.85)
    return bare[found[0]] if found else None


def _bare(key: str) -> str:
    return key.lower().replace("_", "").replace("-", "")


# Mends


def _integer_mend(document: Document, paths: tuple[tuple[str | int, ...], ...]) -> Mend | None:
    """What the client makes of another value, written as the integer that it is."""
    value = document.value_at(paths)
    number = int_value(value) if isinstance(value, bool | str) or (isinstance(value, float) and value.is_integer()) else None
    if number is None or (isinstance(value, str) and value.strip() != str(number)):
        return None
    return Mend(f"write the integer {number}", safe=False, changes=(Change(Place(paths), str(number)),))
