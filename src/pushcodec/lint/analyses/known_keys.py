"""The keys that the schema of a form knows, object by object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from pushcodec.documents import Carrier
from pushcodec.lint.document import Document, Node
from pushcodec.schemafiles import schema, target


class Known(NamedTuple):
    """What a schema says of the keys of a value: its own, what is known of the values under them, and of the items of an array."""

    keys: frozenset[str] = frozenset()
    inside: Mapping[str, Known] = {}
    items: Known | None = None

    @property
    def all_keys(self) -> frozenset[str]:
        """The keys of the value and of every value inside it."""
        parts = (*self.inside.values(), *((self.items,) if self.items else ()))
        return self.keys.union(*(part.all_keys for part in parts))


def known_objects(document: Document) -> Iterator[tuple[Node, dict[str, Any], frozenset[str]]]:
    """The objects of a form, each with its node and with the keys that the form's schema knows in it.

    None for a form whose object is a payload: the ext, the entity, the content or a notification.
    """
    if document.root is None or document.kind in _PAYLOADS or document.form.name == Carrier.LEGACY:
        return
    pending = [(document.root, known_keys(document.kind))]
    while pending:
        node, known = pending.pop()
        value = node.value
        if isinstance(value, dict) and known.keys:
            yield node, value, known.keys
            pending += [(node.child(key), known.inside[key]) for key in value if key in known.inside]
        elif isinstance(value, list) and known.items:
            pending += [(item, known.items) for item in node.children()]


_PAYLOADS: Final = frozenset({"ext", "entity", "notification", "signaling-content", "group-signaling-content", "oppo-bundle"}) | {
    f"{each}-entity" for each in ("chat", "call", "c2c", "group")
}


@cache
def known_keys(name: str) -> Known:
    """What the schema with a name knows. The schemas of texts in strings are left out."""
    return _known(schema(name))


_CONDITIONS: Final = ("then", "else")
_COMBINED: Final = ("allOf", "anyOf", "oneOf")


def _known(rule: Any) -> Known:
    """What a schema knows, which is an object or a boolean."""
    if not isinstance(rule, dict):
        return Known()
    if "$ref" in rule:
        return _known(target(rule["$ref"]))
    properties = {key: _known(each) for key, each in rule.get("properties", {}).items()}
    own = Known(
        frozenset(properties),
        {key: each for key, each in properties.items() if each.keys or each.items},
        _known(rule["items"]) if "items" in rule else None,
    )
    parts = [_known(rule[key]) for key in _CONDITIONS if key in rule]
    parts += [_known(each) for key in _COMBINED for each in rule.get(key, ())]
    for part in parts:
        own = Known(own.keys | part.keys, {**part.inside, **own.inside}, own.items or part.items)
    return own
