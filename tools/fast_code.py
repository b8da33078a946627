"""The code of `pushcodec.fast` that is written out key by key: a loop over the keys would cost a fifth of a decode.

Each module with such code has regions between two comments, `# begin generated: NAME` and `# end generated`; `fill` replaces their
lines by what this module writes from the field table. The rest of the module is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from contract import Field, Payload, Table, ValueType


class Struct(NamedTuple):
    """A payload that `fast` decodes: the struct that msgspec reads, the one that users get, a variable name for the first."""

    payload: str
    read: str
    result: str
    variable: str


CHAT: Final = Struct("chat-entity", "Chat", "ChatEntity", "chat")
CALL: Final = Struct("call-entity", "Call", "CallEntity", "call")
CONTENT: Final = Struct("signaling-content", "Content", "SignalingContent", "content")

ENUMS: Final = {
    ("chat-entity", "action"): "Action",
    ("call-entity", "action"): "Action",
    ("chat-entity", "chatType"): "ChatType",
    ("call-entity", "chatType"): "ChatType",
    ("signaling-content", "action"): "SignalingAction",
    ("signaling-content", "call_type"): "CallType",
}
"""The enums of the results; every other integer is an `int`."""

OBJECTS: Final = {"entity": "Chat | Call", "tim-push-features": "TimPushFeatures"}
"""The structs of objects inside an ext."""

FREQUENT: Final = frozenset({"group_id"})
"""Optional keys that most texts have: when they are counted, the rest is looked at only if something is left."""

TAG: Final = "action"
"""The key that distinguishes a chat from a call: the tag of the structs that msgspec reads."""


def modules(table: Table) -> dict[str, dict[str, str]]:
    """For each module of `fast` the lines of its regions, by name."""
    payloads = {struct: table.payload(struct.payload) for struct in (CHAT, CALL, CONTENT)}
    features = table.payload("tim-push-features")
    read = [
        *(_read_struct(struct.read, payloads[struct]) for struct in (CHAT, CALL)),
        *(_read_struct(name, table.payload(each)) for name, each in (("TimPushFeatures", "tim-push-features"), ("Ext", "ext"))),
        _read_struct(CONTENT.read, payloads[CONTENT]),
    ]
    limits = [_item_limit(struct, payload) for struct, payload in payloads.items()]
    counts = [_count_in_ext(struct, payloads[struct]) for struct in (CHAT, CALL)]
    counts += [_count_in_content(payloads[CONTENT]), _count_of_features(features)]
    builders = [_builder(struct, payload) for struct, payload in payloads.items()]
    return {
        "shapes.py": {"payloads": _separated(read), "limits": _separated(limits)},
        "payloads.py": {struct.payload: _result_fields(payload) for struct, payload in payloads.items()},
        "building.py": {"builders": _separated(builders)},
        "repeats.py": {"counts": _separated(counts)},
    }


def fill(text: str, regions: dict[str, str]) -> str:
    """A module's text with its regions replaced. Raises ValueError for a region that is not there."""
    for name, lines in regions.items():
        pattern = re.compile(rf"(?ms)^( *# begin generated: {re.escape(name)}\n).*?^( *# end generated\n)")
        if (found := pattern.search(text)) is None:
            raise ValueError(f"no region {name}")
        text = f"{text[: found.start()]}{found[1]}{lines}\n{found[2]}{text[found.end() :]}"
    return text


def _separated(parts: list[list[str]]) -> str:
    return "\n\n\n".join("\n".join(part) for part in parts) + "\n\n"


def _optional(payload: Payload) -> list[Field]:
    return [field for field in payload.fields if not field.required]


# What msgspec reads


def _read_struct(name: str, payload: Payload) -> list[str]:
    options = "gc=False, forbid_unknown_fields=True, rename=WIRE_NAMES"
    tags = [field.type.allowed[0] for field in payload.fields if field.key == TAG and len(field.type.allowed) == 1]
    options += f', tag_field="{TAG}", tag={tags[0]}' if tags else ""
    fields = [field for field in payload.fields if not (tags and field.key == TAG)]
    lines = [f"class {name}(Struct, {options}):"]
    lines += [f"    {field.attribute}: {_read_type(field.type)}" for field in fields if field.required]
    lines += [f"    {field.attribute}: {_read_type(field.type)} | UnsetType = UNSET" for field in fields if not field.required]
    return lines


def _read_type(value: ValueType) -> str:
    match value.json_type:
        case "integer":
            bounds = {"ge": value.minimum, "le": value.maximum}
            if value.allowed and list(value.allowed) != list(range(value.allowed[0], value.allowed[-1] + 1)):
                raise ValueError("msgspec reads an integer from the least to the greatest that is allowed")
            return _annotated("int", {name: _power(bound) for name, bound in bounds.items() if bound is not None})
        case "array":
            items = _read_type(value.items) if value.items else "Any"
            bounds = {"min_length": value.least or None, "max_length": value.most}
            return _annotated(f"list[{items}]", {name: str(bound) for name, bound in bounds.items() if bound is not None})
        case "string":
            return _annotated("str", {"min_length": str(value.least)} if value.least else {})
        case "boolean":
            return "bool"
    return OBJECTS[value.payloads[0]]


def _item_limit(struct: Struct, payload: Payload) -> list[str]:
    read = struct.variable
    terms = []
    for field in payload.fields:
        if field.type.json_type == "array":
            name = f"{read}.{field.attribute}"
            terms.append(f"len({name}) <= most" if field.required else f"({name} is UNSET or len({name}) <= most)")
    return [
        f"def {read}_has_few_items({read}: {struct.read}, most: int) -> bool:",
        '    """Whether no array has more than so many items."""',
        f"    return {' and '.join(terms) if len(terms) != 1 else terms[0].removeprefix('(').removesuffix(')')}",
    ]


def _annotated(name: str, bounds: dict[str, str]) -> str:
    return f"Annotated[{name}, Meta({', '.join(f'{key}={bound}' for key, bound in bounds.items())})]" if bounds else name


def _power(number: int) -> str:
    """A bound as people write it: `2**31 - 1`."""
    powers = {2**bits - 1: f"2**{bits} - 1" for bits in (31, 53, 63)} | {-(2**bits): f"-(2**{bits})" for bits in (31, 63)}
    return powers.get(number, str(number))


# What users get


def _result_fields(payload: Payload) -> str:
    return "\n".join(_result_field(payload, field) for field in payload.fields)


def _result_field(payload: Payload, field: Field) -> str:
    default = "" if field.required else f" = {_literal(field.default)}"
    return f"    {field.attribute}: {ENUMS.get((payload.name, field.key)) or _result_type(field.type)}{default}"


def _result_type(value: ValueType) -> str:
    if value.is_text:
        return CONTENT.result
    if value.json_type == "array" and value.items:
        return f"tuple[{_result_type(value.items)}, ...]"
    return {"integer": "int", "string": "str", "boolean": "bool"}[value.json_type]


def _literal(value: object) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' if isinstance(value, str) else repr(value)


# From the one to the other


def _builder(struct: Struct, payload: Payload) -> list[str]:
    read = struct.variable
    taken = f", content: {CONTENT.result}" if struct is CALL else ""
    optional = _optional(payload)
    names = ", ".join(f'"{field.attribute}"' for field in optional)
    lines = [
        f"_ABSENT_IN_{read.upper()}: Final = _sets({names})",
        "",
        "",
        f"def {_snake(struct.result)}("
        f"{read}: shapes.{struct.read}{taken}, extras: dict[str, JSONValue] | None = None) -> {struct.result}:",
        f'    """The result for a {read} and its unknown keys."""',
        "    absent = 0",
    ]
    for bit, field in enumerate(optional):
        name, default = field.attribute, "_NO_ITEMS" if field.type.json_type == "array" else _literal(field.default)
        absent = f"absent | {1 << bit}" if bit else "1"
        lines += [f"    {name} = {read}.{name}", f"    if {name} is UNSET:", f"        {name}, absent = {default}, {absent}"]
    lines.append(f"    return {struct.result}(")
    for field in payload.fields:
        lines.append(f"        {field.attribute}={_built(struct, payload, field)},")
    return [*lines, "        extras=extras or {},", f"        absent=_ABSENT_IN_{read.upper()}[absent],", "    )"]


def _built(struct: Struct, payload: Payload, field: Field) -> str:
    """The value of an attribute of the result."""
    value = field.attribute if not field.required or field.type.is_text else f"{struct.variable}.{field.attribute}"
    enum = ENUMS.get((payload.name, field.key))
    if enum and len(field.type.allowed) == 1:
        return f"_{struct.variable.upper()}"
    if enum:
        return f"_{_snake(enum).upper()}S[{value} - {field.type.minimum}]"
    return f"tuple({value})" if field.type.json_type == "array" else value


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


# Quotation marks


def _count_in_ext(struct: Struct, payload: Payload) -> list[str]:
    read, is_call = struct.variable, struct is CALL
    ends = 2 + sum(map(_ends, filter(lambda field: field.required, payload.fields)))  # and the key `entity`
    required = ", ".join(field.key for field in payload.fields if field.required)
    texts = [field.attribute for field in payload.fields if field.type.json_type == "string" and not field.type.is_text]
    parameters = "ext: Ext, text: bytes | str, quotes: int" + (", quotes_in_content: int" if is_call else "")
    lines = [
        f"def {read}_repeats_no_key({parameters}) -> bool:",
        f'    """True if the text of an ext with a {read} contains no repeated key. False means unknown.',
        "",
        "    `quotes` is the number of quotation marks in the text"
        + (", `quotes_in_content` that in the decoded content." if is_call else "."),
        '    """',
        f"    {read} = ext.entity",
        f"    spare = quotes - {ends}{' - quotes_in_content' if is_call else ''}  # of entity, {required}",
        *_less(read, _optional(payload)),
        "    if ext.tim_push_features is not UNSET:",
        "        spare -= 2 + ends_in_features(ext.tim_push_features)",
    ]
    values = f"({', '.join(f'{read}.{name}' for name in texts)})"
    if is_call:
        return [
            *lines,
            "    if spare == 0:",
            "        return no_escaped_quote(text)  # one in the content would be in `quotes_in_content` only",
            f"    return _are_inside(spare, {values}, text)",
        ]
    return [*lines, f"    return spare == 0 or _are_inside(spare, {values}, text)"]


def _count_in_content(payload: Payload) -> list[str]:
    required = [field for field in payload.fields if field.required]
    keys = ", ".join(field.key for field in required)
    texts = [field.attribute for field in payload.fields if field.type.json_type == "string"]
    lists = [field.attribute for field in payload.fields if field.type.items and field.type.items.json_type == "string"]
    first = [field for field in _optional(payload) if field.key in FREQUENT]
    rest = [field for field in _optional(payload) if field.key not in FREQUENT]
    return [
        "def content_repeats_no_key(content: Content, text: str, quotes: int) -> bool:",
        '    """True if the text of a signaling content contains no repeated key. False means unknown.',
        "",
        "    `quotes` is the number of quotation marks in the text.",
        '    """',
        f"    spare = quotes - {sum(map(_ends, required))}  # of {keys}",
        *(f"    spare -= 2 * len(content.{name})" for name in lists),
        *_less("content", first),
        "    if spare == 0:",
        "        return True  # the other keys are absent: each would need two",
        *_less("content", rest),
        f"    values = ({', '.join([f'content.{name}' for name in texts] + [f'*content.{name}' for name in lists])})",
        "    return spare == 0 or _are_inside(spare, values, text)",
    ]


def _count_of_features(payload: Payload) -> list[str]:
    if any(field.type.json_type in ("string", "array") for field in payload.fields):
        raise ValueError("a string in timPushFeatures may contain quotation marks, which nothing counts yet")
    terms = " + ".join(f"(features.{field.attribute} is not UNSET)" for field in payload.fields)
    return [
        "def ends_in_features(features: TimPushFeatures) -> int:",
        '    """The quotation marks at the ends of the keys that a text had."""',
        f"    return 2 * ({terms})",
    ]


def _ends(field: Field) -> int:
    """The quotation marks at the ends of a key, and of its value if that is a string."""
    return 4 if field.type.json_type == "string" else 2


def _less(read: str, fields: list[Field]) -> Iterator[str]:
    for field in fields:
        yield f"    if {read}.{field.attribute} is not UNSET:"
        items = f" + 2 * len({read}.{field.attribute})" if field.type.items and field.type.items.json_type == "string" else ""
        yield f"        spare -= {_ends(field)}{items}"
