"""A document that is linted: its forms, the values of all its texts, and what the client does with each ext."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pushcodec import jsontext
from pushcodec.clients.integers import wrap_unsigned
from pushcodec.clients.ios.foundation import int_value, integer_value, read_object
from pushcodec.documents import Carrier, Ext, Found, Storage, ext_text, is_payload, limit_faults, places_of, recognise, values_at
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


class Texts:
    """The texts of a document, each read once by the strict reader: the document's (`reading`) and those in it (`readings`).

    - `text`: the document as it was given
    - `decoded`: the texts that the document contains in another form than a string, by the paths of the value there
    - `reported`: the paths of the texts whose faults are reported
    """

    def __init__(self, text: str | bytes, limits: Limits = DEFAULT_LIMITS) -> None:
        self.text = text
        self.limits = limits
        self.reading = jsontext.read(text, limits)
        self.readings = Readings(limits)
        self.decoded: dict[Paths, str] = {}
        self.reported: set[Paths] = set()
        self._readings_at: dict[Paths, Reading] = {(): self.reading}

    @cached_property
    def has_payload(self) -> bool:
        """Whether the document certainly contains a form, or has no value and mentions one."""
        return is_payload(self.reading, self.readings)

    def reading_at(self, entered: Paths) -> Reading:
        """The strict reading of the text at the last of these paths, each of which is one in the text before."""
        if entered not in self._readings_at:
            text = self.decoded.get(entered) if self.decoded else None
            if text is None:
                found = self.value_at(entered)
                assert isinstance(found, str)
                text = found
            self._readings_at[entered] = self.readings.embedded(text)
        return self._readings_at[entered]

    @cached_property
    def may_contain_large_integers(self) -> bool:
        """Whether an integer of the text, or of a text inside it, may have 16 digits or more."""
        text = self.reading.characters
        if self.decoded or "\\u003" in text:
            return True
        return _16_DIGITS.search(text) is not None and _MANY_DIGITS.search(text) is not None

    def value_at(self, paths: Paths) -> Maybe:
        """The value at the last of these paths, each of which is one in the text before; `ABSENT` if there is none."""
        value = self.reading_at(paths[:-1]).value
        for part in paths[-1]:
            value = _part(value, part)
        return value


def documents_of(texts: Texts, *, kind: str | None) -> list[Document]:
    """The documents to lint in some texts: for each form one for each of its exts, or one if it has none.

    There is none in a document of no known form. `kind` is the name of a form, of a family of forms or of a schema.
    """
    found: list[Document] = []
    for form in recognise(texts.reading.value, texts.readings.embedded, kind=kind):
        places = places_of(form)
        exts = [each for each in places if each.text is not None or each.is_object] or places[:1]
        first = Document(texts, form, exts[0] if exts else None)
        first.others = [Document(texts, form, place, first) for place in exts[1:]]
        found += first.siblings
    return found


class Document:
    """A form in a document, with one of its exts: the nodes that rules need, None where there is none.

    - `form`: the form; `root` is its object, `kind` the name of its schema
    - `storage`: what is at the place of the ext, None without a place for one
    - `first`: the document with the first ext of the form, for which what is wrong with the form itself is reported
    - `others`: of the first document, those with the other exts of the form; `siblings` are all of them in their order
    - `is_certain`: false for a form that counts only because the document was named
    - `ext`, `entity`, `content`: the values of the payload, whatever the form
    - `ext_text`, `content_text`: the values in the place of the ext's text and of the content's text, which may be no strings
    - `action`, `chat_type`: those of the entity as the client reads them, None if it reads no integer

    A text without a value has no node.
    """

    def __init__(self, texts: Texts, found: Found, place: Ext | None, first: Document | None = None) -> None:
        self.texts = texts
        self.readings = texts.readings
        self.limits = texts.limits
        self.found = found
        self.form = found.form
        self.is_certain = found.is_certain
        self.kind = found.form.schema
        self.is_first = first is None
        self.others: list[Document] = []
        self._first = first
        self.place = place
        self.storage = place.storage if place else None
        self._analysed: dict[Callable[[Document], Any], Any] = {}
        self.root = None if isinstance(found.value, Absent) else Node(found.paths, found.value)
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
    def first(self) -> Document:
        """The document with the first ext of the form. No document refers to itself, so that each is freed with its last use."""
        return self._first or self

    @property
    def siblings(self) -> list[Document]:
        """Of the first document, those with all exts of the form, in their order."""
        return [self, *self.others]

    @property
    def top(self) -> Node:
        """The form's object, or null for a text without a value."""
        return self.root or Node(self.found.paths, None)

    def nodes_at(self, path: str) -> Iterator[Node]:
        """The values at a path of the form's row; see `documents.forms`."""
        if self.root is not None:
            *around, last = self.root.paths
            for inner, value in values_at(self.root.value, path):
                yield Node((*around, (*last, *inner)), value)

    @property
    def is_whole(self) -> bool:
        """Whether the form is the document itself, and not a part of it."""
        return self.found.paths == ((),)

    def is_sound(self, entered: Paths) -> bool:
        """Whether the text at these paths has no fault; without paths, whether the document's has none."""
        return not self.texts.reading_at(entered).faults

    def value_at(self, paths: Paths) -> Maybe:
        """As `Texts.value_at`."""
        return self.texts.value_at(paths)

    def _inside(self, string: Node | None, decoded: str | None = None) -> Node | None:
        """The value of the text in a string, or of the text that a value contains in another form."""
        if string is None or not (isinstance(string.value, str) or decoded is not None):
            return None
        if decoded is not None and decoded != string.value:
            self.texts.decoded[string.paths] = decoded
        reading = self.texts.reading_at(string.paths)
        return None if isinstance(reading.value, Absent) else string.inside(reading.value)

    def _find_ext(self) -> Node | None:
        place = self.place
        if place is None or place.storage is Storage.ENTITY:
            return None
        if place.storage is Storage.ITSELF:
            return self.root
        self.ext_text = Node(place.paths, place.value)
        inside = self._inside(self.ext_text, place.text)
        return None if place.is_entity else inside

    def _find_entity(self) -> Node | None:
        if self.storage is Storage.ENTITY:
            return self.root
        if self.storage is Storage.ENTITY_TEXT:
            return self._inside(self.ext_text)
        return self.ext.get("entity") if self.ext else None

    def _find_content(self) -> Node | None:
        if self.form.family == Carrier.SIGNALING_CONTENT:
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

    @cached_property
    def text_as_sent(self) -> str | bytes | None:
        """The text of the ext as every client gets it; None if there is none, or if only a part of it was read.

        Of an ext that is the whole document it is the document's text, as it was given.
        """
        if self.form.name == Carrier.EXT and self.is_whole:
            return self._whole_text()
        if self.place is None or (self.place.text is None and self.form.name != Carrier.EXT):
            return None
        return ext_text(self.place, self.texts.reading, self.readings)

    def _whole_text(self) -> str | bytes | None:
        text = self.texts.text
        length = len(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        return text if length <= self.limits.max_bytes else None

    def route_at(self, now: int) -> Route | None:
        """What the client does when the notification is tapped, with its clock at `now`; None for a document that no client gets.

        An ext is routed as TPNS carries it, whatever carries it here.
        """
        from pushcodec.clients.ios.routing import receive, route  # loaded only for calls and for documents with a fault

        if self.storage in (Storage.ENTITY, Storage.ENTITY_TEXT):
            return route(self.entity.value, now=now, read=self._read_object) if self.entity else None
        if self.form.name == Carrier.LEGACY:
            return receive(self.root.value, now=now, ios10=False, read=self._read_object) if self.root else None
        if self.form.name == Carrier.EXT:
            return self._route_of_ext(now)
        if self.place is not None and self.place.text is None and self.form.family in _REQUESTS:
            return None  # a server refuses it, and no client gets it
        if self.place is not None:
            text = self.place.text
            return receive({"custom": self.place.value if text is None else text}, now=now, read=self._read_object)
        is_notification = self.form.family == _NOTIFICATION and self.root
        return receive(self.root.value, now=now, read=self._read_object) if is_notification and self.root else None

    def _route_of_ext(self, now: int) -> Route | None:
        """What the client does with an ext that is an object of the document."""
        from pushcodec.clients.ios.routing import receive
        from pushcodec.clients.outcomes import Ignored

        if not self.is_whole and self.place is not None:
            text = ext_text(self.place, self.texts.reading, self.readings)
            return receive({"custom": text}, now=now, read=self._read_object)
        try:
            whole = self.texts.text
            text = whole if isinstance(whole, str) else whole.decode()
        except UnicodeDecodeError:
            return Ignored("custom_not_a_json_object")
        if not self.is_certain and '"entity"' not in text and limit_faults(self.texts.reading):
            return None  # a document of any form, of which too little was read
        return receive({"custom": text}, now=now, read=self._read_object)

    def _read_object(self, text: str) -> dict[str, JSONValue] | None:
        """The object that the client's reader reads from a text; None if there is none.

        A text without a fault has the same value for the strict reader, so the client's reader reads only other texts.
        """
        reading = self.texts.reading if text == self.texts.reading.characters else self.readings.embedded(text)
        if reading.faults or reading.repaired:
            return self.readings.by(read_object, text)
        return reading.value if isinstance(reading.value, dict) else None

    @cached_property
    def sound_texts(self) -> list[tuple[Node, str]]:
        """The texts of the document that have no fault, each with its value: the outermost one, the ext's and the content's.

        The outermost text counts only where it travels to a phone and the form is the whole document. An ext in another form than
        a string is left out.
        """
        if self.root is None or not self.is_sound(()):
            return []
        is_sent = self.is_whole and self.is_first and self.form.family not in _NOT_SENT
        texts = [(self.root, self.texts.reading.characters)] if is_sent else []
        for string, inside in ((self.ext_text, self.ext), (self.content_text, self.content)):
            if string and inside and isinstance(string.value, str) and string.paths not in self.texts.decoded:
                texts += [(inside, string.value)] if self.is_sound(string.paths) else []
        return texts

    def nodes(self) -> Iterator[Node]:
        """Every value of every text, without recursion."""
        root = self.root if self.is_first else None
        pending = [node for node in (root, self.ext if self.ext_text else None, self.content) if node]
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
_NOTIFICATION = "notification"
_REQUESTS = frozenset({"rest", "tpns-push", "c-api", "sdk-dump", "flutter", "callkit", "web", "atomicx", "v2tim"})
"""The families of forms of which only parts travel to a phone."""

_NOT_SENT = _REQUESTS | {"click"}
"""The families of forms whose own text does not travel to a phone."""
