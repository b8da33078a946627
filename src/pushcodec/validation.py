"""Every violation of a text: of the document, and of the JSON texts inside it.

The schemas say what is valid. This module applies them with python-jsonschema, and closes three gaps of it:

- `integer` means a JSON integer: neither `1.0` nor `true` is one;
- `contentSchema` is asserted: the strict reader (`jsontext`) reads the string, and the value inside is compared with the schema, so
  that one run covers all texts;
- references are resolved beforehand, within the package: none is ever fetched.

One fault gives one violation: if a value breaks several rules, the first counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, Final, NamedTuple

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from pushcodec.errors import Code, Violation, listed
from pushcodec.jsontext import ABSENT, Fault, Reading, Readings, pointer
from pushcodec.jsontext.values import JSONValue, Maybe, Path, json_type
from pushcodec.schemafiles import schema


def violations_of(reading: Reading, readings: Readings, *, kind: str) -> Iterator[Violation]:
    """The violations of a text that has been read, by one schema. `readings` are those of the texts embedded in it."""
    return listed(found.violation for found in find(reading, readings, [Target(kind)]))


class Target(NamedTuple):
    """A value of a document, and the schema that it is compared with.

    `paths` lead to the value, one for each text on the way. Where `text` is given, the value of that text is compared: it is what
    the document contains at the paths in another form than a string.
    """

    schema: str
    paths: tuple[Path, ...] = ((),)
    text: str | None = None


class Found(NamedTuple):
    """A violation and where it is: its path in each text, and for a fault of the innermost text that fault.

    `lacking` is the required key that an object lacks, `wanted` the JSON type that a value of another type should have.
    """

    violation: Violation
    paths: tuple[Path, ...]
    fault: Fault | None = None
    lacking: str | None = None
    wanted: str | None = None


def find(
    reading: Reading, readings: Readings, targets: Iterable[Target], entered: set[tuple[Path, ...]] | None = None
) -> Iterator[Found]:
    """The violations that `iter_violations` lists, but all of them, and where each of them is.

    The faults of the document's text, and of each text on the way to a target, come before those of the target. `entered` has the
    paths of the texts whose faults are known already; the function adds those that it enters.
    """
    entered = set() if entered is None else entered
    seen: set[tuple[Path, ...]] = set()
    for target in targets:
        not_utf8 = False
        inner = reading
        for count in range(len(target.paths)):
            around = target.paths[:count]
            inner = inner if count == 0 else readings.embedded(_string_at(inner.value, around[-1]))
            not_utf8 = _is_not_utf8(inner, not_utf8)
            if around not in entered:
                entered.add(around)
                yield from _faults(inner, around, seen, not_utf8=not_utf8)
        validator = _validator(target.schema)
        if target.text is not None:
            yield from _in_text(validator, readings.embedded(target.text), readings, target.paths, seen, not_utf8=not_utf8)
        elif inner.value is not ABSENT:
            value = _value_at(inner.value, target.paths[-1])
            yield from _in_value(validator, value, readings, target.paths, seen, not_utf8=not_utf8)


def _value_at(value: Any, path: Path) -> JSONValue:
    for part in path:
        value = value[part]
    return value  # type: ignore[no-any-return]


def _string_at(value: Maybe, path: Path) -> str:
    text = _value_at(value, path)
    assert isinstance(text, str)  # only texts are entered
    return text


# Faults of a text after which a value is not what the sender meant, so that no schema applies to it.
_MEANINGLESS = frozenset({Code.INTEGER_BEYOND_64_BITS, Code.NUMBER_BEYOND_DOUBLE})


def _is_not_utf8(reading: Reading, around: bool) -> bool:
    return around or any(fault.code is Code.INVALID_UTF8 for fault in reading.faults)


def _in_text(
    validator: Validator,
    reading: Reading,
    readings: Readings,
    around: tuple[Path, ...],
    seen: set[tuple[Path, ...]],
    *,
    not_utf8: bool = False,
) -> Iterator[Found]:
    """The violations of one text and of those inside it. `around` are the paths of the strings that contain it, outermost first.

    One fault, one violation: `seen` are the paths of values that have theirs, and of keys that are reported as missing.
    `not_utf8` is true inside a text with bytes that are not UTF-8.
    """
    not_utf8 = _is_not_utf8(reading, not_utf8)
    yield from _faults(reading, around, seen, not_utf8=not_utf8)
    if reading.value is not ABSENT:
        yield from _in_value(validator, reading.value, readings, (*around, ()), seen, not_utf8=not_utf8)


def _faults(reading: Reading, around: tuple[Path, ...], seen: set[tuple[Path, ...]], *, not_utf8: bool) -> Iterator[Found]:
    """The faults of one text."""
    for fault in reading.faults:
        paths = (*around, fault.path)
        seen.update({paths} if fault.code in _MEANINGLESS else ())
        # A replaced character is a fault of the text around, and reported there. Whether this text is JSON is then unknown.
        if fault.code is not Code.NOT_JSON or not (not_utf8 or reading.repaired):
            yield Found(_violation(fault.code, paths, reading.message(fault)), paths, fault)


def _in_value(
    validator: Validator,
    value: JSONValue,
    readings: Readings,
    root: tuple[Path, ...],
    seen: set[tuple[Path, ...]],
    *,
    not_utf8: bool,
) -> Iterator[Found]:
    """The violations of a value by its schema, and of the texts inside it. `root` are the paths to the value."""
    *around, path_of_root = root
    for error in validator.iter_errors(value):
        path = (*path_of_root, *error.path)
        paths = (*around, path)
        if error.validator == "contentSchema":
            inside = validator.evolve(schema=error.validator_value)
            yield from _in_text(inside, readings.embedded(str(error.instance)), readings, paths, seen, not_utf8=not_utf8)
            continue
        lacking = _lacking(error)
        subject = paths if lacking is None else (*around, (*path, lacking))
        if subject not in seen:
            seen.add(subject)
            wanted = _wanted(error) if error.validator == "type" else None
            yield Found(_violation(_CODES[str(error.validator)], paths, _message(error)), paths, None, lacking, wanted)


def _violation(code: Code, paths: tuple[Path, ...], message: str) -> Violation:
    outer, *embedded = map(pointer, paths)
    return Violation(code, outer, message, tuple(embedded))


def _wanted(error: ValidationError) -> str:
    """The JSON type that a `type` error asks for; null is not named where another type is allowed too."""
    types: Any = error.validator_value
    return str(types if isinstance(types, str) else next(name for name in types if name != "null"))


def _lacking(error: ValidationError) -> str | None:
    """The key that a `required` error is about, None for any other error."""
    return str(error.validator_value) if error.validator == "required" else None


# The validator


@cache
def _validator(kind: str) -> Validator:
    types = Draft202012Validator.TYPE_CHECKER.redefine("integer", lambda _, value: type(value) is int)
    checks = {"contentSchema": _content_schema, "required": _required}
    strict = extend(Draft202012Validator, validators=checks, type_checker=types)  # type: ignore[no-untyped-call]
    validator: Validator = strict(_resolved({"$ref": f"{kind}.json"}))
    return validator


def _resolved(rule: Any) -> Any:
    """A schema with every reference replaced by its target, which is always in the package. No reference is circular."""
    match rule:
        case {"$ref": str(reference), **beside}:
            name, _, path = reference.partition(".json")
            target: Any = schema(name)
            for key in path.removeprefix("#").split("/")[1:]:
                target = target[key]
            assert not beside  # a reference has no other key beside it
            return _resolved(target)
        case dict():
            # At a `$schema` the engine would replace our validator with its own.
            return {key: _resolved(part) for key, part in rule.items() if key != "$schema"}
        case list():
            return [_resolved(part) for part in rule]
    return rule


def _content_schema(_: Any, __: Any, text: object, ___: Any) -> Iterator[ValidationError]:
    """Reports every text as an error, which `_in_text` replaces with the errors inside the text. Those need readings."""
    if isinstance(text, str):  # for another type there is the error of `type`
        yield ValidationError("expected the value of the text")


def _required(_: Any, required: list[str], value: object, __: Any) -> Iterator[ValidationError]:
    """As the engine's own check, but each error has the missing key as its `validator_value`."""
    if isinstance(value, dict):
        for key in required:
            if key not in value:
                yield ValidationError(f"required key {key!r} is missing", validator_value=key)


# Messages: what was expected, and of the value only its type

_CODES: Final = {
    "type": Code.WRONG_TYPE,
    "required": Code.MISSING_KEY,
    "enum": Code.VALUE_NOT_ALLOWED,
    "const": Code.VALUE_NOT_ALLOWED,
    "minimum": Code.VALUE_NOT_ALLOWED,
    "maximum": Code.VALUE_NOT_ALLOWED,
    "pattern": Code.VALUE_NOT_ALLOWED,
    "maxItems": Code.VALUE_NOT_ALLOWED,
    "minLength": Code.EMPTY_STRING,
    "minItems": Code.EMPTY_LIST,
    "anyOf": Code.NO_PAYLOAD,
}


def _message(error: ValidationError) -> str:
    match error.validator:
        case "required":
            return error.message
        case "anyOf":
            return "expected a payload under 'custom' (TPNS), 'ext' (APNs) or 'entity' (below iOS 10)"
        case "type":
            return f"expected {_expected(error.schema)}, got {_got(error.instance, error.schema)}"  # type: ignore[arg-type]
    return f"expected {_expected(error.schema)}"  # type: ignore[arg-type]


def _got(value: Any, rule: dict[str, Any]) -> str:
    """The type of a value; of a number that should be an integer, also why it is none."""
    is_double = "integer" in _types(rule) and isinstance(value, float)
    return f"{json_type(value)} with a fraction or an exponent" if is_double else json_type(value)


def _types(rule: dict[str, Any]) -> list[str]:
    types = rule["type"]
    return types if isinstance(types, list) else [types]


def _expected(rule: dict[str, Any]) -> str:
    """What a schema requires of a value, in words."""
    return " or ".join(_EXPECTED[each](rule) for each in _types(rule))


def _expected_integer(rule: dict[str, Any]) -> str:
    if "const" in rule:
        return f"the integer {rule['const']}"
    if "enum" in rule:
        return f"an integer out of {_members(rule)}"
    least, most = rule.get("minimum"), rule.get("maximum")
    bounds = {(False, True): f" from {least} up", (True, False): f" up to {most}", (False, False): f" from {least} to {most}"}
    return f"an integer{bounds.get((least is None, most is None), '')}"


def _expected_string(rule: dict[str, Any]) -> str:
    if "enum" in rule:
        return f"one of {_members(rule)}"
    if "pattern" in rule:
        form = f"in {rule['contentEncoding']}" if "contentEncoding" in rule else f"that matches {rule['pattern']}"
        return f"a string {form}"
    return "a non-empty string" if "minLength" in rule else "a string"


def _expected_array(rule: dict[str, Any]) -> str:
    least, most = rule.get("minItems", 0), rule.get("maxItems")
    if most is None:
        return "a non-empty array" if least else "an array"
    if least == most:
        return f"an array of {most} item{'s' if most > 1 else ''}"
    return f"an array of {least} to {most} items" if least else f"an array of at most {most} items"


def _members(rule: dict[str, Any]) -> str:
    """The members of an enum; null is one of the types."""
    *most, last = (repr(each) for each in rule["enum"] if each is not None)
    return f"{', '.join(most)} and {last}"


_EXPECTED: Final[dict[str, Callable[[dict[str, Any]], str]]] = {
    "integer": _expected_integer,
    "string": _expected_string,
    "array": _expected_array,
    "boolean": lambda _: "a boolean",
    "object": lambda _: "an object",
    "null": lambda _: "null",
}
