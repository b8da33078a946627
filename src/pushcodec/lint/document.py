"""A document that is linted: its kind, the values of all its texts, and what the client does with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pushcodec import jsontext
from pushcodec.clients.integers import wrap_unsigned
from pushcodec.clients.ios.foundation import int_value, integer_value, read_object
from pushcodec.documents import Carrier, contains_payload, look, look_kind, mentions_payload, text_key
from pushcodec.fast.values import is_valid
from pushcodec.jsontext import ABSENT, DEFAULT_LIMITS, Absent, JSONValue, Limits, Maybe, Reading, Readings
from pushcodec.lint.marks import Paths

if TYPE_CHECKING:
    from pushcodec.clients.ios.outcomes import Route

EARLIEST, LATEST = 1_577_836_800, 4_102_444_800
"""2020 and 2100 in unix seconds. The clock of a phone that gets a push is between them."""

_T = TypeVar("_T")


class Node(NamedTuple):
    """A value of a document and the paths to it, one for each text on the way."""

    paths: Paths
    value: JSONValue

    def child(self, key: str | int) -> Node:
        """The value under a key of an object or at an index of an array, which must exist."""
        paths, value = self.paths, self.value
        inner: Any = value  # an object with the key, or an array with the index
        return Node((*paths[:-1], (*paths[-1], key)), inner[key])

    def get(self, key: str) -> Node | None:
        """The value under a key; None if there is none, or if this is not an object."""
        return self.child(key) if isinstance(self.value, dict) and key in self.value else None

    def lacks(self, *keys: str) -> bool:
        """Whether this is an object that has none of the keys."""
        return isinstance(self.value, dict) and not any(key in self.value for key in keys)

    def children(self) -> Iterator[Node]:
        """The values of an object or of an array; none of any other value."""
        if isinstance(self.value, dict | list):
            yield from map(self.child, self.value if isinstance(self.value, dict) else range(len(self.value)))

    def inside(self, value: JSONValue) -> Node:
        """The value of the text in this string."""
        return Node((*self.paths, ()), value)


class Document:
    """A document: its readings, and the nodes that rules need, None where there is none.

    - `kind`: the name of its schema
    - `ext`, `entity`, `content`: the values of the payload, whatever the carrier
    - `ext_text`, `content_text`: the values in the place of the ext's text and of the content's text, which may be no strings
    - `action`, `chat_type`: those of the entity as the client reads them, None if it reads no integer

    The strict reader reads each text once, the document's (`reading`) and those in its strings (`readings`). A text without a value
    has no node.
    """

    def __init__(self, text: str | bytes, *, kind: str | None, limits: Limits = DEFAULT_LIMITS) -> None:
        self.text = text
        self.limits = limits
        self.reading = jsontext.read(text, limits)
        self.readings = Readings(limits)
        self._readings_at: dict[Paths, Reading] = {(): self.reading}
        self._analysed: dict[Callable[[Document], Any], Any] = {}
        value = self.reading.value
        self.root = None if isinstance(value, Absent) else Node(((),), value)
        self.kind = kind or ("ext" if self.root is None else look_kind(self.root.value))
        self.carrier = self._find_carrier()
        self.ext_text: Node | None = None
        self.ext = self._find_ext()
        self.entity = self._find_entity()
        self.action = _coerced(self.entity, "action")
        self.chat_type = _coerced(self.entity, "chatType")
        self.content_text = self.entity and self.entity.get("content")
        self.content = self._find_content()

    def once(self, analysis: Callable[[Document], _T]) -> _T:
        """What an analysis, a function of the document, returns; it runs once for each document."""
        if analysis not in self._analysed:
            self._analysed[analysis] = analysis(self)
        result: _T = self._analysed[analysis]
        return result

    @property
    def top(self) -> Node:
        """The outermost value, or null for a text without a value."""
        return self.root or Node(((),), None)

    @cached_property
    def clear(self) -> bool:
        """Whether the document certainly breaks no rule of the contract and has known keys only: an ext or a TPNS notification.

        False if that is unknown.
        """
        if self.ext is None or not self.is_sound(()):
            return False
        if self.kind == "notification" and self.carrier is Carrier.TPNS and self.ext_text and self.root:
            around = self.root.value
            if not isinstance(around, dict) or not around.keys() <= _FREE_KEYS or not isinstance(around.get("aps", {}), dict):
                return False
            if not self.is_sound(self.ext_text.paths):
                return False
        elif self.kind != "ext":
            return False
        if self.content is None or self.content_text is None:
            return is_valid(self.ext.value)
        return self.is_sound(self.content_text.paths) and is_valid(self.ext.value, self.content.value)

    @cached_property
    def has_marks(self) -> bool:
        """Whether the document has the marks of a payload, or has no value and mentions one."""
        return mentions_payload(self.text, self.limits) if self.root is None else contains_payload(self.root.value)

    def reading_at(self, entered: Paths) -> Reading:
        """The strict reading of the text in the string at the last of these paths, each of which is one in the text before."""
        if entered not in self._readings_at:
            text = self.value_at(entered)
            assert isinstance(text, str)
            self._readings_at[entered] = self.readings.embedded(text)
        return self._readings_at[entered]

    def is_sound(self, entered: Paths) -> bool:
        """Whether the text in the string at these paths has no fault; without paths, whether the document's has none."""
        return not self.reading_at(entered).faults

    def value_at(self, paths: Paths) -> Maybe:
        """The value at the last of these paths, each of which is one in the text before; `ABSENT` if there is none."""
        value = self.reading_at(paths[:-1]).value
        for part in paths[-1]:
            value = _part(value, part)
        return value

    def _inside(self, string: Node | None) -> Node | None:
        """The value of the text in a string."""
        if string is None or not isinstance(string.value, str):
            return None
        reading = self._readings_at[string.paths] = self.readings.embedded(string.value)
        return None if isinstance(reading.value, Absent) else string.inside(reading.value)

    def _find_carrier(self) -> Carrier | None:
        if self.kind != "notification":
            return None
        return look(self.root.value) if self.root else None

    def _find_ext(self) -> Node | None:
        if self.kind == "ext" or self.carrier in (Carrier.LEGACY, Carrier.EXT):
            return self.root
        key = text_key(self.carrier, self.kind)
        self.ext_text = self.root.get(key) if self.root and key else None
        return self._inside(self.ext_text)

    def _find_entity(self) -> Node | None:
        if self.kind in _ENTITY_KINDS or self.carrier is Carrier.ENTITY:
            return self.root
        return self.ext.get("entity") if self.ext else None

    def _find_content(self) -> Node | None:
        if self.kind in _CONTENT_KINDS:
            return self.root
        return self._inside(self.content_text) if self.action == 2 else None

    # What the client makes of it

    @property
    def send_time(self) -> int:
        """The `sendTime` of the entity as the client reads it: 64 bits, unsigned."""
        found = self.entity and self.entity.get("sendTime")
        return wrap_unsigned(integer_value(found.value if found else ABSENT) or 0, 64)

    @cached_property
    def route_on_arrival(self) -> Route | None:
        """What the client does at `arrival`, before any call has expired; None for a document that no client gets."""
        return self.route_at(self.arrival)

    @property
    def arrival(self) -> int:
        """The second of sending as the client reads it, or the earliest clock if that is not a plausible time."""
        sent = self.send_time
        return sent if EARLIEST <= sent <= LATEST else EARLIEST

    @property
    def text_as_sent(self) -> str | bytes | None:
        """The text of the ext as every client gets it; None if there is none, or if only a part of it was read."""
        if self.kind == "ext":
            length = len(self.text if isinstance(self.text, bytes) else self.text.encode("utf-8", "surrogatepass"))
            return self.text if length <= self.limits.max_bytes else None
        text = self.ext_text and self.ext_text.value
        return text if isinstance(text, str) else None

    def route_at(self, now: int) -> Route | None:
        """What the client does when the notification is tapped, with its clock at `now`; None for a document that no client gets.

        An ext is routed as TPNS carries it, whatever carries it here.
        """
        from pushcodec.clients.ios.routing import receive, route  # loaded only for calls and for documents with a fault
        from pushcodec.clients.outcomes import Ignored

        if self.kind in _ENTITY_KINDS or self.carrier is Carrier.ENTITY:
            return route(self.root.value, now=now, read=self._read_object) if self.root else None
        if self.carrier is Carrier.LEGACY or self.carrier is Carrier.EXT:
            return receive(self.root.value, now=now, ios10=False, read=self._read_object) if self.root else None
        if self.kind == "ext":
            try:
                text = self.text if isinstance(self.text, str) else self.text.decode()
            except UnicodeDecodeError:
                return Ignored("custom_not_a_json_object")
            return receive({"custom": text}, now=now, read=self._read_object)
        if self.ext_text is not None:
            return receive({"custom": self.ext_text.value}, now=now, read=self._read_object)
        return receive(self.root.value, now=now, read=self._read_object) if self.kind == "notification" and self.root else None

    def _read_object(self, text: str) -> dict[str, JSONValue] | None:
        """The object that the client's reader reads from a text; None if there is none.

        A text without a fault has the same value for the strict reader, so the client's reader reads only other texts.
        """
        reading = self.reading if text == self.reading.characters else self.readings.embedded(text)
        if reading.faults or reading.repaired:
            return self.readings.by(read_object, text)
        return reading.value if isinstance(reading.value, dict) else None

    @property
    def may_contain_large_integers(self) -> bool:
        """Whether an integer of the text, or of a text inside it, may have 16 digits or more."""
        text = self.reading.characters
        return (_16_DIGITS.search(text) is not None and _MANY_DIGITS.search(text) is not None) or "\\u003" in text

    @cached_property
    def sound_texts(self) -> list[tuple[Node, str]]:
        """The texts of the document that have no fault, each with its value: the outermost one, the ext's and the content's."""
        if self.root is None or not self.is_sound(()):
            return []
        texts = [(self.root, self.reading.characters)]
        for string, inside in ((self.ext_text, self.ext), (self.content_text, self.content)):
            if string and inside and isinstance(string.value, str) and self.is_sound(string.paths):
                texts.append((inside, string.value))
        return texts

    def nodes(self) -> Iterator[Node]:
        """Every value of every text, without recursion."""
        pending = [node for node in (self.root, self.ext if self.ext_text else None, self.content) if node]
        while pending:
            node = pending.pop()
            yield node
            pending.extend(node.children())


def _part(value: Maybe, part: str | int) -> Maybe:
    if isinstance(value, dict) and isinstance(part, str):
        return value.get(part, ABSENT)
    return value[part] if isinstance(value, list) and isinstance(part, int) and part < len(value) else ABSENT


def _coerced(entity: Node | None, key: str) -> int | None:
    found = entity and entity.get(key)
    return int_value(found.value) if found else None


# Most digits in strings, which are ids, follow a quote. A digit may be written as an escape, `\u0031`.
_16_DIGITS = re.compile("[0-9]{16}")  # much faster than the next one
_MANY_DIGITS = re.compile(r"(?:^|[^\"0-9])[0-9]{16}")
_FREE_KEYS = frozenset({"aps", "custom", "xg"})
_ENTITY_KINDS = frozenset({"entity", "chat-entity", "call-entity", "c2c-entity", "group-entity"})
_CONTENT_KINDS = frozenset({"signaling-content", "group-signaling-content"})
