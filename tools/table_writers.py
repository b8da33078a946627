"""Writers of the field table (`contract.Table`): each turns it into the source text of one language or module.

`python_module` writes `src/pushcodec/contract.py`. `rust_module` writes the same entries and the same hash as Rust constants.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import Any

from contract import Field, Payload, Table, ValueType

_WIDTH = 132

# Python

_HEAD = '''"""The field table of the payloads: keys, attributes, types, bounds, defaults.

Generated from `schemas/` by `make generate` (`tools/contract.py`); do not edit.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NamedTuple


'''

_TAIL = '''
def wire_name(attribute: str) -> str:
    """The wire key of a Python attribute: `wire_name("chat_type") == "chatType"`."""
    return WIRE_NAMES.get(attribute, attribute)
'''


def python_module(table: Table) -> str:
    """The text of `src/pushcodec/contract.py`."""
    classes = "\n\n".join(inspect.getsource(each) for each in (ValueType, Field, Payload))
    lines = ["", "", f'HASH: Final = "{table.hash}"', '"""SHA-256 of the table, for native code that was generated with it."""', ""]
    lines += ["PAYLOADS: Final = {", "    payload.name: payload", "    for payload in ("]
    for payload in table.payloads:
        lines += _python_call("Payload", [f'"{payload.name}"', _python_fields(payload), *_python_rest(payload)], 8, True)
    lines += ["    )", "}", '"""The payloads by name: the names of the schemas, and those of objects inside them."""', ""]
    lines += ["WIRE_NAMES: Final = MappingProxyType(", "    {"]
    lines += [f'        "{attribute}": "{key}",' for attribute, key in wire_names(table).items()]
    lines += ["    }", ")", '"""Attribute and wire key, where they differ."""', ""]
    return _HEAD + classes + "\n".join(lines) + "\n" + _TAIL


def wire_names(table: Table) -> dict[str, str]:
    """Attribute and wire key, where they differ. Raises ValueError for an attribute that stands for two keys."""
    names: dict[str, str] = {}
    for payload in table.payloads:
        for field in payload.fields:
            if names.setdefault(field.attribute, field.key) != field.key:
                raise ValueError(f"the attribute {field.attribute} stands for two keys")
    return {attribute: key for attribute, key in names.items() if attribute != key}


def _python_fields(payload: Payload) -> str:
    """The fields of a payload as a tuple, an entry a line."""
    lines: list[str] = []
    for field in payload.fields:
        arguments = [_quoted(field.key), _quoted(field.attribute), _python_type(field.type)]
        arguments += ["required=True"] if field.required else []
        arguments += [f"default={_python(field.default)}"] if field.default is not None else []
        arguments += ["hidden=True"] if field.hidden else []
        lines += _python_call("Field", arguments, 16, False)
    return f"({lines[0].strip()})" if len(lines) == 1 else "\n".join(["(", *lines, f"{'':12})"])


def _python_rest(payload: Payload) -> list[str]:
    return [f"at_least_one={_python(payload.at_least_one)}"] if payload.at_least_one else []


def _python_type(value: ValueType) -> str:
    given = {name: each for name, each in value._asdict().items() if each != ValueType._field_defaults.get(name)}
    words = [_quoted(given.pop("json_type"))]
    words += [f"{name}={_python_type(each) if isinstance(each, ValueType) else _python(each)}" for name, each in given.items()]
    return f"ValueType({', '.join(words)})"


def _python_call(name: str, arguments: list[str], indent: int, always_split: bool) -> list[str]:
    """A call and the comma behind it, on one line, or with an argument a line where that is too long."""
    line = f"{'':{indent}}{name}({', '.join(arguments)}),"
    if not always_split and len(line) <= _WIDTH:
        return [line]
    return [f"{'':{indent}}{name}(", *(f"{'':{indent + 4}}{each}," for each in arguments), f"{'':{indent}}),"]


def _python(value: Any) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(map(_python, value))}{',' if len(value) == 1 else ''})"
    return _quoted(value) if isinstance(value, str) else repr(value)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# Rust

_RUST_HEAD = """\
// The field table of the payloads. Generated from schemas/ by tools/contract.py; do not edit.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonType { Array, Boolean, Integer, Object, String }

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Default { None, Bool(bool), Int(i64), EmptyArray, Str(&'static str) }

#[derive(Debug)]
pub struct ValueType {
    pub json_type: JsonType,
    pub minimum: Option<i64>,
    pub maximum: Option<i64>,
    pub allowed: &'static [i64],
    pub least: usize,
    pub most: Option<usize>,
    pub items: Option<&'static ValueType>,
    pub encoding: &'static str,
    pub payloads: &'static [&'static str],
    pub is_text: bool,
}

#[derive(Debug)]
pub struct Field {
    pub key: &'static str,
    pub attribute: &'static str,
    pub value_type: ValueType,
    pub required: bool,
    pub default: Default,
    pub hidden: bool,
}

#[derive(Debug)]
pub struct Payload {
    pub name: &'static str,
    pub fields: &'static [Field],
    pub at_least_one: &'static [&'static str],
}
"""


def rust_module(table: Table) -> str:
    """The table as a module of Rust constants, with the same hash."""
    lines = [_RUST_HEAD, f"pub const HASH: &str = {_quoted(table.hash)};", "", "/// Codes of violations.", "pub mod codes {"]
    lines += [f"    pub const {name}: &str = {_quoted(code)};" for name, code in table.codes]
    lines += ["}", "", "pub static PAYLOADS: &[Payload] = &["]
    for payload in table.payloads:
        lines += [f"    Payload {{ name: {_quoted(payload.name)}, at_least_one: {_rust(payload.at_least_one)}, fields: &["]
        lines += [f"        {_rust_field(field)}," for field in payload.fields]
        lines += ["    ] },"]
    return "\n".join([*lines, "];", ""])


def _rust_field(field: Field) -> str:
    match field.default:
        case None:
            default = "None"
        case bool():
            default = f"Bool({_rust(field.default)})"
        case int():
            default = f"Int({field.default})"
        case str():
            default = f"Str({_rust(field.default)})"
        case _:
            default = "EmptyArray"
    names = f"key: {_quoted(field.key)}, attribute: {_quoted(field.attribute)}, value_type: {_rust_type(field.type)}"
    return f"Field {{ {names}, required: {_rust(field.required)}, default: Default::{default}, hidden: {_rust(field.hidden)} }}"


def _rust_type(value: ValueType) -> str:
    bounds = {name: _rust_option(getattr(value, name)) for name in ("minimum", "maximum", "most")}
    bounds["items"] = f"Some(&{_rust_type(value.items)})" if value.items else "None"
    plain = {name: _rust(getattr(value, name)) for name in ("allowed", "least", "encoding", "payloads", "is_text")}
    members = (f"{name}: {text}" for name, text in (bounds | plain).items())
    return f"ValueType {{ json_type: JsonType::{value.json_type.title()}, {', '.join(members)} }}"


def _rust_option(value: int | None) -> str:
    return "None" if value is None else f"Some({value})"


def _rust(value: str | int | Iterable[Any]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    return str(value) if isinstance(value, int) else f"&[{', '.join(map(_rust, value))}]"
