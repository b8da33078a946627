"""Sizes of payloads, and the limits of vendors and carriers, in one table that the linter uses too."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator
from types import NoneType
from typing import Final, Literal, NamedTuple, TypeAlias

from pushcodec import jsontext
from pushcodec.arguments import check_type
from pushcodec.documents import Carrier, Ext, Found, Paths, ext_text, exts_of, recognise, text_around, value_at, values_at
from pushcodec.enums import Action
from pushcodec.errors import printable
from pushcodec.jsontext import ABSENT, DEFAULT_LIMITS, JSONValue, Limits, Reading, Readings
from pushcodec.jsontext.values import WHITE_SPACE, Path

Unit: TypeAlias = Literal["bytes", "UTF-16 units"]
"""Bytes are those of the text in UTF-8. A character has one UTF-16 unit, or two beyond U+FFFF, as most emojis."""

Subject: TypeAlias = Literal["title", "desc", "ext", "desc and ext", "title, desc and ext", "notification", "voip", "message"]
"""What is measured. `voip` is a notification that APNs delivers as a VoIP push, `message` that of the push API of TPNS."""

# Limits

_PUSH_INFO: Final = "Tencent IM, OfflinePushInfo, https://trtc.io/document/77715"
_PUSH_GUIDE: Final = "Tencent IM push guide, https://cloud.tencent.com/document/product/269/133879"
_OFFLINE_GUIDE: Final = "Tencent IM offline-push guide"
_APPLE: Final = "Apple, Generating a remote notification"
_TPNS: Final = "TPNS push API, https://intl.cloud.tencent.com/document/product/1024/33764"


class Limit(NamedTuple):
    """The most that a vendor or a carrier shows, accepts or advises of a subject, in `unit`.

    A limit with a `push_style` applies to push settings with this `PushStyle`, and replaces the limit of the same name.
    """

    name: str
    subject: Subject
    most: int
    unit: Unit
    source: str
    push_style: int | None = None


def _shown(vendor: str, title: int, desc: int) -> tuple[Limit, Limit]:
    """What a vendor shows of title and desc; the rest is cut."""
    return (
        Limit(f"{vendor} title", "title", title, "UTF-16 units", _PUSH_INFO),
        Limit(f"{vendor} desc", "desc", desc, "UTF-16 units", _PUSH_INFO),
    )


LIMITS: Final = (
    *_shown("Huawei", 60, 600),
    *_shown("Honor", 50, 400),
    *_shown("Xiaomi", 50, 128),
    *_shown("OPPO", 50, 50),
    Limit("OPPO desc", "desc", 128, "UTF-16 units", _PUSH_INFO, push_style=1),
    *_shown("vivo", 40, 100),
    *_shown("Meizu", 32, 100),
    Limit("ext advised", "ext", 1024, "bytes", _PUSH_GUIDE),
    Limit("desc and ext", "desc and ext", 3072, "bytes", _PUSH_INFO),
    Limit("push info advised", "title, desc and ext", 3072, "bytes", _OFFLINE_GUIDE),
    Limit("APNs notification", "notification", 4096, "bytes", _APPLE),
    Limit("APNs VoIP notification", "voip", 5120, "bytes", _APPLE),
    Limit("TPNS message", "message", 4096, "bytes", _TPNS),
)
"""Every limit."""


def most(name: str) -> int:
    """The number of the limit of this name. Raises KeyError for an unknown one."""
    return {limit.name: limit.most for limit in LIMITS}[name]


def limits_of(subject: Subject, *, push_style: int = 0) -> tuple[Limit, ...]:
    """The limits of a subject, in push settings with this `PushStyle`."""
    found = {limit.name: limit for limit in LIMITS if limit.subject == subject and limit.push_style in (None, push_style)}
    return tuple(found.values())  # of two limits with one name the later one, which is for the style


# Reports


class FieldSize(NamedTuple):
    """The size of a string, number, boolean or null in a document, or in a text inside it.

    - `pointers`: the RFC 6901 pointers to it, one for each text on the way
    - `bytes`: of a string the bytes of its characters in UTF-8, without quotes and escapes; of another value those of its JSON text
    - `units`: of a string its UTF-16 units, else None
    """

    pointers: tuple[str, ...]
    bytes: int
    units: int | None

    def to_dict(self) -> dict[str, object]:
        """`{"pointers", "bytes", "units"}` with JSON values."""
        return {"pointers": list(self.pointers), "bytes": self.bytes, "units": self.units}


class LimitUse(NamedTuple):
    """How much of a limit is used: by the value at `pointers`, in a form with the name `form`.

    The pointers lead to the title, the desc or the message, and for all other subjects to the ext.
    """

    limit: Limit
    form: Carrier
    pointers: tuple[str, ...]
    used: int

    @property
    def left(self) -> int:
        """What is left, in the unit of the limit; negative for a subject over the limit."""
        return self.limit.most - self.used

    def to_dict(self) -> dict[str, object]:
        """`{"name", "subject", "form", "pointers", "unit", "most", "used", "left", "source"}` with JSON values."""
        name, subject, most, unit, source, _ = self.limit
        found = {"name": name, "subject": subject, "form": str(self.form), "pointers": list(self.pointers)}
        return found | {"unit": unit, "most": most, "used": self.used, "left": self.left, "source": source}


class SizeReport(NamedTuple):
    """The sizes in a document.

    - `bytes`: of the whole text in UTF-8, without white space around it
    - `fields`: every scalar in the order of the document, those of embedded texts behind the string that contains them
    - `limits`: every limit that applies to a form in the document, with what is used of it; none for an unknown document
    """

    bytes: int
    fields: tuple[FieldSize, ...]
    limits: tuple[LimitUse, ...]

    @property
    def over(self) -> tuple[LimitUse, ...]:
        """The limits that are exceeded."""
        return tuple(use for use in self.limits if use.left < 0)

    def to_dict(self) -> dict[str, object]:
        """`{"bytes", "fields", "limits"}` with JSON values."""
        return {
            "bytes": self.bytes,
            "fields": [field.to_dict() for field in self.fields],
            "limits": [use.to_dict() for use in self.limits],
        }


def size_report(document: str | bytes, *, carrier: Carrier | str | None = None, limits: Limits = DEFAULT_LIMITS) -> SizeReport:
    """The bytes of each field of a document, and each limit of vendors and carriers with what is left of it.

    Reads a JSON text in any form of `documents.table`, as `str` or UTF-8 `bytes`. `carrier` is the form of the document, which then
    needs no marks. The limits of a notification apply to the smallest one that carries the title, the desc and the ext, unless the
    form is a notification itself. Raises DecodeError if the text is not JSON (`PC1xx`), ValueError for an unknown form's name.
    """
    check_type("carrier", carrier, (str, NoneType), "a Carrier or its name")
    kind = None if carrier is None else Carrier(carrier)
    reading = jsontext.read(document, limits)
    value, readings = reading.valid_value(), Readings(limits)
    found = recognise(value, readings.embedded, kind=kind)
    return SizeReport(
        utf8_size(reading.characters.strip(WHITE_SPACE)),
        tuple(_fields(value, [ext for form in found for ext in exts_of(form)], reading, readings)),
        tuple(use for form in found for use in _uses(form, reading, readings)),
    )


# Limits of a form

_Texts: TypeAlias = "list[tuple[Paths, str]]"


def _uses(found: Found, reading: Reading, readings: Readings) -> Iterator[LimitUse]:
    """The limits that apply to a form in a document, whose reading is given."""
    value, form = found.value, found.form
    assert value is not ABSENT  # the document is JSON
    titles, descs = (_strings(found.paths, value, places) for places in (form.titles, form.texts))
    around = f"{form.settings}/" if form.settings else ""
    style = 1 if any(value_at(value, f"{around}{part}/PushStyle") == 1 for part in ("AndroidInfo", "androidInfo")) else 0
    name = Carrier(form.name)
    for paths, text in titles:
        yield from _each("title", utf16_size(text), name, paths)
    for paths, text in descs:
        yield from _each("desc", utf16_size(text), name, paths, style)
    whole = _text_of(found, reading) if form.family == "notification" else None
    for ext in exts_of(found):
        text = ext_text(ext, reading, readings).strip(WHITE_SPACE)
        title, desc = (texts[0][1] if texts else "" for texts in (titles, descs))
        yield from _each("ext", utf8_size(text), name, ext.paths)
        if form.texts:
            yield from _each("desc and ext", utf8_size(desc + text), name, ext.paths)
            yield from _each("title, desc and ext", utf8_size(title + desc + text), name, ext.paths)
        notification = utf8_size(whole or smallest_notification(text, title, desc))
        yield from _each("notification", notification, name, ext.paths)
        yield from _each("voip", notification, name, ext.paths)
    message = value_at(value, "message") if name is Carrier.TPNS_PUSH else None
    if isinstance(message, dict):
        yield from _each("message", utf8_size(jsontext.dump_deep(message)), name, _inside(found.paths, ("message",)))


def _each(subject: Subject, used: int, form: Carrier, paths: Paths, push_style: int = 0) -> Iterator[LimitUse]:
    for limit in limits_of(subject, push_style=push_style):
        yield LimitUse(limit, form, tuple(map(jsontext.pointer, paths)), used)


def _strings(around: Paths, value: JSONValue, places: tuple[str, ...]) -> _Texts:
    """The strings at some places of a form, with their paths."""
    found = (each for place in places for each in values_at(value, place))
    return [(_inside(around, path), text) for path, text in found if isinstance(text, str)]


def _text_of(found: Found, reading: Reading) -> str:
    """The text of a form's object; of one inside the document its shortest text."""
    assert found.value is not ABSENT
    return reading.characters.strip(WHITE_SPACE) if found.paths == ((),) else jsontext.dump_deep(found.value)


def smallest_notification(ext: str, title: str = "", desc: str = "") -> str:
    """The text of the smallest TPNS notification with an ext, a title and a desc, of which the last two may be empty."""
    alert = {key: text for key, text in (("title", title), ("body", desc)) if text}
    return jsontext.dump({"aps": {"alert": alert}, "custom": ext} if alert else {"custom": ext})


def _inside(around: Paths, path: Path) -> Paths:
    """The paths to a value whose path from the value at the paths `around` is given."""
    return (*around[:-1], (*around[-1], *path))


# Fields


def _fields(value: JSONValue, exts: Iterable[Ext], reading: Reading, readings: Readings) -> Iterator[FieldSize]:
    """The scalars of a document, and of the texts on the way to its exts, of these texts, and of the contents of calls in these."""
    texts: dict[Paths, str] = {}
    for ext in exts:
        for count in range(1, len(ext.paths)):
            texts[ext.paths[:count]] = text_around(ext.paths[: count + 1], reading, readings).characters
        texts |= _texts_of(ext, readings)
    walks = [_scalars((), value, texts)]
    while walks:
        for paths, each in walks[-1]:
            text = texts.get(paths)
            yield _field(paths, text if isinstance(each, list) else each)
            inside = ABSENT if text is None else readings.embedded(text).value
            if isinstance(inside, dict | list):
                walks.append(_scalars(paths, inside, texts))
                break
        else:
            walks.pop()


def _texts_of(ext: Ext, readings: Readings) -> dict[Paths, str]:
    """The text of an ext that is one, and the content of its call if it is one, by their paths."""
    value = ext.value if ext.text is None else readings.embedded(ext.text).value
    path: Path = () if ext.is_entity else ("entity",)
    entity = value if ext.is_entity else value.get("entity") if isinstance(value, dict) else None
    content = entity.get("content") if isinstance(entity, dict) and entity.get("action") == Action.CALL else None
    found = {} if ext.text is None else {ext.paths: ext.text}
    if isinstance(content, str):
        around = ext.paths if ext.text is None else (*ext.paths, ())
        found[_inside(around, (*path, "content"))] = content
    return found


def _scalars(around: Paths, value: JSONValue, texts: Container[Paths]) -> Iterator[tuple[Paths, JSONValue]]:
    """The scalars of a value in its order, with their paths; also an array that is a text. Without recursion."""
    pending: list[tuple[Path, JSONValue]] = [((), value)]
    while pending:
        path, each = pending.pop()
        if isinstance(each, dict):
            pending.extend(((*path, key), member) for key, member in reversed(each.items()))
        elif isinstance(each, list) and (*around, path) not in texts:
            pending.extend(((*path, index), each[index]) for index in reversed(range(len(each))))
        else:
            yield (*around, path), each


def _field(paths: Paths, value: JSONValue) -> FieldSize:
    pointers = tuple(map(jsontext.pointer, paths))
    if isinstance(value, str):
        return FieldSize(pointers, utf8_size(value), utf16_size(value))
    return FieldSize(pointers, utf8_size(json.dumps(value)), None)


# Sizes


def utf8_size(text: str) -> int:
    """The bytes of a text in UTF-8; three for a lone surrogate."""
    return len(text.encode("utf-8", "surrogatepass"))


def utf16_size(text: str) -> int:
    """The UTF-16 units of a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def heaviest(value: JSONValue, count: int = 3) -> list[str]:
    """The scalars of a value that take most bytes in compact JSON, as `/entity/content 812`, in printable ASCII."""
    weighed = [(paths[-1], utf8_size(json.dumps(each, ensure_ascii=False))) for paths, each in _scalars((), value, ())]
    weighed.sort(key=lambda leaf: leaf[1], reverse=True)
    return [f"{printable(jsontext.pointer(path), 100)} {size}" for path, size in weighed[:count]]
