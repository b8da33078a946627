"""The generated parts of docs/where-is-my-ext.md: an example of each form, the table of marks, and the limits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from regions import filled

from pushcodec.documents.carriers import find_exts
from pushcodec.documents.forms import Carrier, Form, Mark, Marks, Place, Storage
from pushcodec.documents.rows import EXT_KEYS, LOWER_ANDROID, NATIVE, PUSH_INFO_KEYS
from pushcodec.documents.table import FORMS, LATE_MARKS, OUTERMOST_MARKS
from pushcodec.sizes import LIMITS, Limit

SAMPLES = Path(__file__).parents[1] / "samples" / "documents"
"""One valid document for each form, named after it."""

PAGE: Final = "docs/where-is-my-ext.md"
SECTIONS: Final = {
    "REST": (
        "rest-sendmsg",
        "rest-batchsendmsg",
        "rest-send-group-msg",
        "rest-im-push",
        "rest-robot-call",
        "rest-request",
        "rest-push-info",
        "webim-push-info",
    ),
    "TIMPush": ("timpush-push", "timpush-batch", "timpush-revoke", "timpush-webpush"),
    "TPNS": ("tpns-push",),
    "web": ("web-options", "web-push-info", "callkit-options", "callkit-push-info"),
    "SDK": ("offline-push-info", "flutter-push-info", "flutter-options", "atomicx-push-info", "v2tim-push-info", "vendor-params"),
    "C API": ("c-api-message", "c-api-push-config"),
    "dump": ("sdk-dump-message", "sdk-dump"),
    "notification": ("tpns", "apns", "legacy"),
    "click": ("click-callback", "uniapp-click", "react-native-click", "xiaomi-bundle", "oppo-bundle", "vendor-log", "click-intent"),
    "ext": ("ext", "entity", "signaling-content"),
}
"""The forms of which each section of the page has an example, in their order there."""


def page(text: str) -> str:
    """The text of the page with its generated parts as the code and the samples have them.

    Raises ValueError unless the sections have each form once.
    """
    names = [name for section in SECTIONS.values() for name in section]
    if sorted(names) != sorted(FORMS):
        raise ValueError(f"expected each form once, these differ: {', '.join(sorted({*names} ^ {*FORMS}))}")
    examples = {
        f"{section} examples": "\n\n".join(_example(FORMS[Carrier(name)]) for name in some) for section, some in SECTIONS.items()
    }
    return filled(text, {**examples, "marks": _table(), "groups of keys": _groups(), "limits": _limits()}, PAGE)


# Examples


def _example(form: Form) -> str:
    sample = (SAMPLES / f"{form.name}.json").read_text("utf-8")
    exts = find_exts(sample, carrier=form.name)
    places = " and ".join(_place(each.pointers[-1], each.storage) for each in exts)
    return f"### `{form.name}`\n\n*{form.title}*, {f'the ext: {places}' if exts else 'without an ext'}\n\n```json\n{sample}```"


def _place(pointer: str, storage: Storage) -> str:
    if storage is Storage.LINK:
        return "the parameter `S.ext` or `customContent` of the link, percent-encoded"
    return (f"`{pointer}`" if pointer else "the document itself") + _HOLDS.get(storage, "")


_HOLDS: Final = {
    Storage.ENTITY: ", as entity",
    Storage.ENTITY_TEXT: ", as text of the entity",
    Storage.ANY_TEXT: ", on OPPO as text of the entity",
    Storage.BYTES: ", as an array of the bytes of its text in UTF-8, from -128 to 127",
}


# The table of marks


def _table() -> str:
    rows = [
        f"| [`{form.name}`](#{form.name}) | `{form.family}` | {_ways(carrier)} | {_cell(form)} |" for carrier, form in FORMS.items()
    ]
    return "\n".join(["| form | family | marks | the ext |", "|---|---|---|---|", *rows])


def _cell(form: Form) -> str:
    return "<br>".join(map(_possible, form.places)) or "none"


def _possible(place: Place) -> str:
    there = _place(f"/{place.path}" if place.path else "", place.storage)
    return f"{there}, if there is no `{place.unless}`" if place.unless else there


def _ways(carrier: Carrier) -> str:
    ways = [_way(marks) for marks in FORMS[carrier].marks]
    ways += [f"{_way(marks)} (late)" for each, marks in LATE_MARKS if each == carrier]
    ways += [f"{_way(marks)} (outermost)" for each, marks in OUTERMOST_MARKS if each == carrier]
    return "<br>or ".join(ways) or _NO_MARKS.get(carrier, "none: it must be named")


_NO_MARKS: Final = {
    Carrier.CLICK_INTENT: "a string that begins with `intent:` or `xgscheme:` and contains `S.ext=` or `customContent=`",
}


def _way(marks: Marks) -> str:
    """One way to recognise a form, in words."""
    every = " and ".join(map(_mark, marks.all))
    some = _some(marks.some, marks.least) if marks.some else ""
    needed = ", and ".join(filter(None, (every, some)))
    absent = f", without {' or '.join(f'`{_dotted(path)}`' for path in marks.none)}" if marks.none else ""
    only = f", with no keys but {_ONLY[marks.only]}" if marks.only else ""
    return needed + absent + only + ("" if marks.certain else ", if the document was named")


def _some(marks: Sequence[Mark], least: int) -> str:
    """So many of some marks, in words; a known group by its name."""
    words: list[str] = []
    rest = list(marks)
    for group, name in _GROUPS.items():
        if set(group) <= set(rest):
            rest = [mark for mark in rest if mark not in group]
            words.append(f"the {name} keys")
    words = [*map(_mark, rest), *words]
    if len(marks) == 1:
        return words[0]
    return f"{'one' if least == 1 else _NUMBERS[least]} of {', '.join(words)}"


_GROUPS: Final = {LOWER_ANDROID: "Android", NATIVE: "SDK"}
_ONLY: Final = {PUSH_INFO_KEYS: "those of the push info", EXT_KEYS: "those of the ext"}
_NUMBERS: Final = {2: "two", 3: "three"}


def _mark(mark: Mark) -> str:
    return f"`{_dotted(mark.path)}`{_TYPES.get(mark.type, f' ({mark.type})')}"


_TYPES: Final = {
    "any": "",
    "object text": " (text of an object)",
    "entity": " (object with `entity`, or the text of one)",
    "entity text": " (text of an object with `entity`)",
    "any entity text": " (text of an object with `entity`, or of an entity)",
    "certain entity": " (an entity, or the text of one)",
    "custom element": " (array with a `TIMCustomElem` that has `Desc` or `Ext`)",
}


def _dotted(path: str) -> str:
    return path.replace("/", ".")


def _groups() -> str:
    named = [(f"the {name} keys", [mark.path for mark in group]) for group, name in _GROUPS.items()]
    named += [(f"the keys of the {name.removeprefix('those of the ')}", sorted(keys)) for keys, name in _ONLY.items()]
    return "\n".join(f"- {name}: {', '.join(f'`{key}`' for key in keys)}" for name, keys in named)


# Limits


def _limits() -> str:
    shown = [limit for limit in LIMITS if limit.subject in ("title", "desc")]
    others = [limit for limit in LIMITS if limit not in shown]
    vendors = dict.fromkeys(limit.name.split()[0] for limit in shown)
    rows = [f"| {vendor} | {_most(shown, f'{vendor} title')} | {_most(shown, f'{vendor} desc')} |" for vendor in vendors]
    return "\n".join(
        [
            "| vendor | title, in UTF-16 units | text, in UTF-16 units |",
            "|---|---|---|",
            *rows,
            "",
            f"Source: {', '.join(dict.fromkeys(limit.source for limit in shown))}.",
            "",
            "| limit | at most | source |",
            "|---|---|---|",
            *(f"| {limit.name} | {limit.most} {limit.unit} | {limit.source} |" for limit in others),
        ]
    )


def _most(limits: Sequence[Limit], name: str) -> str:
    """The numbers of the limits with a name, each with its condition."""
    found = [limit for limit in limits if limit.name == name]
    return ", ".join(
        str(limit.most) if limit.push_style is None else f"{limit.most} with `PushStyle` {limit.push_style}" for limit in found
    )
