"""Every violation of a text: of the document, and of the JSON texts inside it.

The schemas say what is valid; this module runs them with python-jsonschema, whose three gaps it closes:

- `integer` means a JSON integer: `1.0` and `true` are none;
- `contentSchema` is asserted: the string is read by the gate (`jsontext`) and the value inside is held against the schema, so one
  run goes through all layers;
- references are resolved beforehand, in the package: none is ever fetched.

One fault gives one violation: of several rules that one value breaks, the first is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache
from typing import Any, Final, NamedTuple

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from pushcodec import jsontext
from pushcodec.arguments import check_text, check_type
from pushcodec.errors import Code, Violation, listed
from pushcodec.jsontext import DEFAULT_LIMITS, Limits, check_limits
from pushcodec.jsontext.values import ABSENT, Fault, Path, has_lone_surrogate, json_type
from pushcodec.schemafiles import NAMES, schema


class _Entered(Enum):
    """In the path of an error: here the path crosses into the JSON text that the string holds."""

    ENTERED = "ENTERED"


_ENTERED: Final = _Entered.ENTERED


def iter_violations(text: str | bytes, *, kind: str = "ext", limits: Limits = DEFAULT_LIMITS) -> Iterator[Violation]:
    """Every violation of a JSON text, of its own layer and of the texts embedded in it; none when it is valid.

    Reads `str` or UTF-8 `bytes`. `kind` is the name of a schema (`schemafiles.NAMES`). A text that can be read in spite of a
    fault is still held against the schema. At most 1,000 violations are listed, and 1 MiB of pointers; then `PC112` says that there
    are more. Raises ValueError for an unknown kind, TypeError for arguments of another type, and nothing for what the text holds.
    """
    check_text(text)
    check_limits(limits)
    check_type("kind", kind, str, "a str")
    if kind not in NAMES:
        raise ValueError(f"unknown kind {kind!r}, expected one of {', '.join(NAMES)}")
    return listed(found.violation for found in find(text, kind=kind, limits=limits))


class Found(NamedTuple):
    """A violation and where it was found: the path in each layer, and for a fault of a text its place in the innermost one.

    `lacking` is the key that an object lacks, `wanted` the JSON type that a value of another type should have.
    """

    violation: Violation
    paths: tuple[Path, ...]
    fault: Fault | None = None
    lacking: str | None = None
    wanted: str | None = None


def find(text: str | bytes, *, kind: str, limits: Limits = DEFAULT_LIMITS) -> Iterator[Found]:
    """What `iter_violations` finds in a text of a known kind, with its places, and not cut."""
    found = jsontext.read(text, limits)
    for violation, text_fault in zip(jsontext.violations(text, found.faults), found.faults, strict=True):
        yield Found(violation, (text_fault.path,), text_fault)
    if found.value is ABSENT:
        return
    spoilt = (fault.path for fault in found.faults if fault.code in _SPOILING)
    not_utf8 = any(fault.code is Code.INVALID_UTF8 for fault in found.faults)
    for error in _once_each(_validator(kind, limits).iter_errors(found.value), spoilt):
        if not_utf8 and error.validator is Code.NOT_JSON:
            continue  # a text that is not text can't be judged as JSON too, nor can one inside it
        paths = _paths(error.path)
        outer, *embedded = map(jsontext.pointer, paths)
        fault = error.instance if isinstance(error.instance, Fault) else None
        lacking = next(iter(_lacking(error)), None)
        wanted = str(error.validator_value) if error.validator == "type" else None
        yield Found(Violation(_code(error), outer, _message(error), tuple(embedded)), paths, fault, lacking, wanted)


# Faults of a text after which its value there is not what the sender meant, so no rule is asked about it.
_SPOILING = frozenset({Code.INTEGER_BEYOND_64_BITS, Code.NUMBER_BEYOND_DOUBLE})


def _once_each(errors: Iterable[ValidationError], spoilt: Iterable[tuple[object, ...]]) -> Iterator[ValidationError]:
    """One fault, one violation: a value is named once, an object once for each key that it lacks."""
    seen = set(spoilt)
    for error in errors:
        fault = (*error.path, *_lacking(error))
        if isinstance(error.validator, Code):  # a fault of an embedded text
            yield error
            seen.update({fault} if error.validator in _SPOILING else ())
        elif fault not in seen:
            yield error
            seen.add(fault)


def _lacking(error: ValidationError) -> list[str]:
    """The one key that a `required` error is about, and for every other error none."""
    keys: list[str] = error.validator_value if error.validator == "required" else []  # type: ignore[assignment]
    return keys


def _paths(path: Iterable[str | int | _Entered]) -> tuple[Path, ...]:
    """The path in each layer that the path of an error goes through."""
    layers: list[list[str | int]] = [[]]
    for part in path:
        if isinstance(part, _Entered):
            layers.append([])
        else:
            layers[-1].append(part)
    return tuple(map(tuple, layers))


# The validator


@lru_cache(maxsize=64)
def _validator(kind: str, limits: Limits) -> Validator:
    def content_schema(validator: Any, embedded: Any, text: object, _: Any) -> Iterator[ValidationError]:
        if not isinstance(text, str):
            return  # the `type` beside it says so
        # Half a surrogate pair that came in with the text around is that text's fault, and named there; nothing follows from it.
        inherited = has_lone_surrogate(text)
        text = jsontext.stand_in(text)
        found = jsontext.read(text, limits)
        for fault in found.faults:
            if inherited and fault.code is Code.NOT_JSON:
                continue
            message = jsontext.located_message(text, fault)
            path: Any = (_ENTERED, *fault.path)
            yield ValidationError(message, validator=fault.code, path=path, instance=fault)
        if found.value is not ABSENT:
            for error in validator.descend(found.value, embedded):
                error.path.appendleft(_ENTERED)
                yield error

    types = Draft202012Validator.TYPE_CHECKER.redefine("integer", lambda _, value: type(value) is int)
    checks = {"contentSchema": content_schema, "required": _required}
    strict = extend(Draft202012Validator, validators=checks, type_checker=types)  # type: ignore[no-untyped-call]
    validator: Validator = strict(_resolved({"$ref": f"{kind}.json"}))
    return validator


def _resolved(rule: Any) -> Any:
    """A schema with every reference replaced by what it refers to, in the package and nowhere else; none goes in circles."""
    match rule:
        case {"$ref": str(reference), **beside}:
            name, _, path = reference.partition(".json")
            target: Any = schema(name)
            for key in path.removeprefix("#").split("/")[1:]:
                target = target[key]
            assert not beside  # a reference stands alone
            return _resolved(target)
        case dict():
            # Where `$schema` stands, the engine leaves our validator for its own.
            return {key: _resolved(part) for key, part in rule.items() if key != "$schema"}
        case list():
            return [_resolved(part) for part in rule]
    return rule


def _required(_: Any, required: list[str], value: object, __: Any) -> Iterator[ValidationError]:
    """As the engine's own, but the error says in data which key is missing."""
    if isinstance(value, dict):
        for key in required:
            if key not in value:
                yield ValidationError(f"required key {key!r} is missing", validator_value=[key])


# Errors as violations: what was expected, never what was found beyond its type

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


def _code(error: ValidationError) -> Code:
    # A fault of an embedded text brings its own code; any other error is named by its keyword.
    return error.validator if isinstance(error.validator, Code) else _CODES[str(error.validator)]


def _message(error: ValidationError) -> str:
    match error.validator:
        case Code() | "required":
            return error.message
        case "anyOf":
            return "expected a payload under 'custom' (TPNS), 'ext' (APNs) or 'entity' (below iOS 10)"
        case "type":
            return f"expected {_expected(error.schema)}, got {_got(error.instance, error.schema)}"  # type: ignore[arg-type]
    return f"expected {_expected(error.schema)}"  # type: ignore[arg-type]


def _got(value: Any, rule: dict[str, Any]) -> str:
    """The type of a value, and of a number that no integer is, why."""
    is_double = rule["type"] == "integer" and isinstance(value, float)
    return f"{json_type(value)} with a fraction or an exponent" if is_double else json_type(value)


_NOUNS: Final = {"string": "a string", "boolean": "a boolean", "array": "an array", "object": "an object"}


def _expected(rule: dict[str, Any]) -> str:
    """What a schema asks of a value, in words."""
    if rule["type"] == "integer":
        return _expected_integer(rule)
    noun = _NOUNS[rule["type"]]
    if "pattern" in rule:
        return f"{noun} in {rule['contentEncoding']}"
    if "maxItems" in rule:
        return f"{noun} of {rule['maxItems']} item"
    if "minItems" in rule or "minLength" in rule:
        return noun.replace("a ", "a non-empty ").replace("an ", "a non-empty ")
    return noun


def _expected_integer(rule: dict[str, Any]) -> str:
    if "const" in rule:
        return f"the integer {rule['const']}"
    if "enum" in rule:
        *most, last = rule["enum"]
        return f"an integer out of {', '.join(map(str, most))} and {last}"
    return f"an integer from {rule['minimum']} to {rule['maximum']}"
