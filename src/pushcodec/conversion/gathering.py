"""From a form in a document to the push that it describes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from pushcodec.conversion.dialects import Dialect, Keys
from pushcodec.conversion.push import Given, Lost, Push
from pushcodec.conversion.settings import Setting
from pushcodec.conversion.sources import sources_of
from pushcodec.documents import Ext, Found, Paths, Storage, ext_text, exts_of, places_of
from pushcodec.jsontext import ABSENT, JSONValue, Reading, Readings, pointer
from pushcodec.jsontext.values import Path, json_type

OTHER_VALUE: Final = "only the first value of a setting is converted, and this is another one"
UNKNOWN: Final = "no other form is known to have this setting"
NOT_UTF8: Final = "only UTF-8 is converted: other bytes of this ext are replaced"


def gather(found: Found, reading: Reading, readings: Readings) -> Push:
    """The push of a form. `reading` is that of the document, `readings` are those of the texts in it."""
    settings: dict[Setting, Given] = {}
    losses: list[Lost] = []
    _add_ext(found, reading, readings, settings, losses)
    sources = _sources(found)
    ext_paths = {each.paths for each in places_of(found)}
    for source in sources:
        for leaf in _leaves(source.dialect, source.value, source.paths, readings):
            if leaf.paths not in ext_paths and leaf.value is not None:
                _add(leaf, source.dialect, settings, losses)
    only = sources[0] if len(sources) == 1 else None
    return Push(
        settings,
        losses,
        only.dialect if only else None,
        only.value if only else None,
        _left_out(found, sources),
    )


# The ext


def _add_ext(found: Found, reading: Reading, readings: Readings, settings: dict[Setting, Given], losses: list[Lost]) -> None:
    """Adds the first ext. Another text, and a value that is no ext, is a loss."""
    exts = exts_of(found)
    for each in exts:
        _give(settings, losses, Setting.EXT, ext_text(each, reading, readings), each.paths)
        if not _is_whole(each):
            losses.append(Lost(each.paths, NOT_UTF8))
    texts = {each.paths for each in exts}
    losses += (
        Lost(each.paths, f"only the text of an ext is converted, and this is {json_type(each.value)}")
        for each in places_of(found)
        if each.paths not in texts and not each.is_object
    )


def _is_whole(ext: Ext) -> bool:
    """Whether no byte of an ext that is written as bytes or percent-encoded was replaced."""
    text = ext.text
    if text is None or "\ufffd" not in text:
        return True
    if ext.storage is Storage.BYTES:
        assert isinstance(ext.value, list)
        return text.encode() == bytes(each & 0xFF for each in ext.value if isinstance(each, int))
    if ext.storage is not Storage.LINK:
        return True
    link = str(ext.value)
    return text.count("\ufffd") <= link.count("\ufffd") + link.upper().count(_REPLACEMENT)


_REPLACEMENT: Final = "%EF%BF%BD"
"""The replacement character, percent-encoded."""


# Other settings


class _Object(NamedTuple):
    """An object with settings, the way to it in the document, and the path to it in the form's object."""

    dialect: Dialect
    value: dict[str, JSONValue]
    paths: Paths
    path: Path


def _sources(found: Found) -> list[_Object]:
    """The objects with settings in a form."""
    members = found.value
    if not isinstance(members, dict):
        return []
    objects: list[_Object] = []
    for path, dialect in sources_of(found.form, members):
        value = _value_at(members, path)
        if isinstance(value, dict):
            objects.append(_Object(dialect, value, _within(found.paths, path), path))
    return objects


def _value_at(value: JSONValue, path: Path) -> JSONValue:
    """The value to which a path leads; None if there is none."""
    for part in path:
        if isinstance(part, str):
            value = value.get(part) if isinstance(value, dict) else None
        else:
            value = value[part] if isinstance(value, list) else None
    return value


class _Leaf(NamedTuple):
    """A value that can be that of a setting, its keys in the object with the settings, and its paths in the document."""

    keys: Keys
    value: JSONValue
    paths: Paths


def _leaves(
    dialect: Dialect, members: dict[str, JSONValue], paths: Paths, readings: Readings, around: Keys = ()
) -> Iterator[_Leaf]:
    """The values in an object with settings. The recursion is as deep as the groups of the dialect."""
    for name, value in members.items():
        keys = (*around, name)
        here = _within(paths, (name,))
        inside = _members_of_text(value, readings) if name in dialect.texts and not around else None
        if inside is not None:
            yield from _leaves(dialect, inside, (*here, ()), readings, keys)
        elif keys in dialect.groups and isinstance(value, dict) and name not in dialect.texts:
            yield from _leaves(dialect, value, here, readings, keys)
        elif keys[0] not in dialect.others:
            yield _Leaf(keys, value, here)


def _members_of_text(value: JSONValue, readings: Readings) -> dict[str, JSONValue] | None:
    """The members of the object whose valid text a string is; None for any other value."""
    reading = readings.embedded(value) if isinstance(value, str) else None
    return reading.value if reading is not None and not reading.faults and isinstance(reading.value, dict) else None


def _add(leaf: _Leaf, dialect: Dialect, settings: dict[Setting, Given], losses: list[Lost]) -> None:
    """Adds the setting of a value, if it has one that is not there with another value."""
    lines = dialect.by_keys.get(leaf.keys, ())
    for line in lines:
        value = line.codec.read(leaf.value)
        if value is not ABSENT:
            _give(settings, losses, line.setting, value, leaf.paths)
            return
    if lines:
        expected = " or ".join(line.codec.expected for line in lines)
        losses.append(Lost(leaf.paths, f"only {expected} is converted"))
    elif leaf.value != "":
        losses.append(Lost(leaf.paths, UNKNOWN))


def _give(settings: dict[Setting, Given], losses: list[Lost], setting: Setting, value: JSONValue, paths: Paths) -> None:
    """Adds a setting; one that is there with another value stays as it is."""
    given = settings.get(setting, Given(value, ()))
    if given.value == value:
        settings[setting] = given._replace(places=(*given.places, paths))
    else:
        losses.append(Lost(paths, OTHER_VALUE))


# What does not belong to the push


def _left_out(found: Found, sources: list[_Object]) -> tuple[str, ...]:
    """The members of a form's object that contain neither the ext nor settings; none of a form that is itself the ext."""
    own = len(found.paths[-1])
    used = {each.paths[len(found.paths) - 1][own : own + 1] for each in places_of(found)} | {each.path[:1] for each in sources}
    members = found.value
    if () in used or not isinstance(members, dict):
        return ()
    return tuple(pointer((name,)) for name, value in members.items() if (name,) not in used and value is not None)


def _within(paths: Paths, path: Path) -> Paths:
    """The paths of a value to which a path leads from the value at some paths."""
    return (*paths[:-1], (*paths[-1], *path))
