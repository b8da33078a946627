"""Mutation test of the schemas: if one keyword is dropped or loosened, the verdict on some document of the corpus changes.

A mutant that changes no verdict must be in `EQUIVALENT`, with the reason why no document can show it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, NamedTuple

import pytest
from jsonschema.protocols import Validator
from payloads import BAD, GOOD

from pushcodec import jsontext, validation
from pushcodec.schemafiles import NAMES, schema

LEAST_KILLED = 98.0
Path = tuple[str | int, ...]

_ANNOTATIONS = {"$schema", "title", "description", "examples", "contentMediaType", "contentEncoding"}
_HOLD_ONE_SCHEMA = ("if", "then", "else", "not", "items", "contentSchema")
_LOOSER = {"minimum": -1, "minLength": -1, "minItems": -1, "maximum": 1, "maxItems": 1}

# Mutants that change no verdict, as patterns of `schema#/place change`, with the reason why no document can show them.
EQUIVALENT = {
    # rules that are written twice, because ajv's strict mode needs a type beside each constraint
    r"notification#/ type .*": "every branch of anyOf asks for an object too",
    r"notification#/anyOf/\d type .*": "the schema around it asks for an object too",
    r"notification#/anyOf/\d properties dropped": "they are `true`",
    r"entity#/then properties dropped": "they are `true`",
    # rules that the schema on which this one builds contains already
    r"(c2c|group|call|chat)-entity#/ type .*": "the entity is an object to entity.json",
    r"(c2c|group|call|chat)-entity#/properties/(action|chatType) type .*": "entity.json says integer, and the const says which",
    r"(call-entity#/properties/action|group-entity#/properties/chatType) const or the next": "entity.json refuses 3",
    r"group-signaling-content#/ type .*": "the content is an object to signaling-content.json",
    r"group-signaling-content#/properties/(call_id|group_id) type .*": "signaling-content.json says string",
    # conditions: other rules refuse the values that the loosened condition no longer distinguishes
    r"entity#/(then/)?if (type|required) .*": "entity.json asks for an object with action and chatType whether it is a call or not",
    r"entity#/(then/)?if/properties/(action|chatType) (type|const) .*": "entity.json asks for 1 or 2, whatever follows",
    r"apns-config#/then/if (type|required) .*": "the schema around it asks for an object with isTPNSToken",
    r"apns-config#/then/if/properties/isTPNSToken type .*": "the const beside it says true",
    r"(account-binding#|rest-request#/properties/To_Account)/if type or null": "both branches refuse null",
    # consequences: they apply only to values that passed the condition
    r"(account-binding#|rest-request#/properties/To_Account)/then type .*": "it applies only to arrays",
    r"apns-config#/then type or null": "it never applies to null",
    r"apns-config#/then/then type .*": "it applies only to objects",
    r"apns-config#/then/then/properties/businessID type .*": "the schema around it says integer, and the const which",
    r"entity#/then(/then|/else)? type .*": "the schema around it asks for an object",
    r"entity#/then/(then|else)/properties/content type .*": "the schema around it asks for a string, and other values are no text",
}


class Mutant(NamedTuple):
    """A schema with one change, and the change in words."""

    schema: str
    change: str
    path: Path
    value: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.schema}#/{'/'.join(map(str, self.path))} {self.change}"


def subschemas(rule: Any, path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A schema and all schemas inside it, each with its place."""
    if not isinstance(rule, dict):
        return
    yield path, rule
    for keyword in _HOLD_ONE_SCHEMA:
        yield from subschemas(rule.get(keyword), (*path, keyword))
    for key, inner in rule.get("properties", {}).items():
        yield from subschemas(inner, (*path, "properties", key))
    for keyword in ("allOf", "anyOf"):
        for index, inner in enumerate(rule.get(keyword, ())):
            yield from subschemas(inner, (*path, keyword, index))


def changes(rule: dict[str, Any], keyword: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The changes of a keyword of a rule: the name of each change, and what replaces the keyword, nothing or something looser.

    A type that allows null is also changed to one that refuses it.
    """
    value = rule[keyword]
    if keyword == "type":
        yield from _changes_of_type(rule, value)
        return
    yield "dropped", {}
    if keyword in _LOOSER:
        yield "wider by one", {keyword: value + _LOOSER[keyword]}
    if keyword == "const":
        yield "or the next", {"enum": [value, not value if isinstance(value, bool) else value + 1]}
    if keyword == "enum":
        yield from _changes_of_enum(value)
    if keyword == "required":
        yield from ((f"without {key}", {keyword: [other for other in value if other != key]}) for key in value)
    if keyword == "properties":
        yield from (
            (f"without {key}", {keyword: {k: v for k, v in value.items() if k != key}}) for key in value if constrains(value[key])
        )
    if keyword in ("allOf", "anyOf") and len(value) > 1:
        yield from ((f"without {index}", {keyword: [*value[:index], *value[index + 1 :]]}) for index in range(len(value)))


def _changes_of_type(rule: dict[str, Any], value: str | list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    types = value if isinstance(value, list) else [value]
    if "integer" in types:
        yield "or a fraction", {"type": ["number" if each == "integer" else each for each in types]}
    if "null" in types and len(types) > 1:
        yield "without null", {"type": [each for each in types if each != "null"]}
    if not isinstance(rule.get("enum", [0])[0], str):  # an enum of strings refuses all other types itself
        yield "dropped", {}
    if "null" not in types and not {"enum", "const"} & rule.keys():  # these refuse null themselves
        yield "or null", {"type": [*types, "null"]}


def _changes_of_enum(value: list[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    members = [each for each in value if each is not None]
    if isinstance(members[0], str):
        yield "and another", {"enum": [*value, f"{members[0]}x"]}
        return
    yield "and the next", {"enum": [*value, max(members) + 1]}
    yield "and the one before", {"enum": [min(members) - 1, *value]}


def constrains(rule: Any) -> bool:
    """Whether a schema refuses any value."""
    return rule is not True and bool(rule.keys() - _ANNOTATIONS)


def mutants_of(name: str) -> Iterator[Mutant]:
    """Every mutant of a schema."""
    original = schema(name)
    for path, rule in subschemas(original):
        for keyword in rule.keys() - _ANNOTATIONS:
            for change, instead in changes(rule, keyword):
                mutated = deepcopy(original)
                place: Any = mutated
                for part in path:
                    place = place[part]
                del place[keyword]
                place.update(deepcopy(instead))
                yield Mutant(name, f"{keyword} {change}", path, mutated)


class Document(NamedTuple):
    """A document of the corpus, its expected verdict, and the keys that lead to its fault."""

    kind: str
    value: Any
    valid: bool
    keys: frozenset[str]


DOCUMENTS = (
    *(
        Document(bad.kind, bad.document, False, frozenset("/".join((*bad.pointers, bad.label.split()[-1])).split("/")))
        for bad in BAD
    ),
    *(Document(good.kind, good.document, True, frozenset()) for good in GOOD),
)


def is_killed(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> bool:
    """True if the verdict on some document is wrong."""
    with monkeypatch.context() as patch:
        patch.setattr(validation, "schema", lambda name: deepcopy(mutant.value) if name == mutant.schema else schema(name))
        try:
            rules = {kind: validation._resolved({"$ref": f"{kind}.json"}) for kind in USERS[mutant.schema]}
        except KeyError:
            return True  # a reference has no target now: the schemas that contain it give no verdict
        touched = {kind for kind in rules if rules[kind] != RULES[kind]}
        validators = {kind: validation._validator.__wrapped__(kind) for kind in touched}
    about = {part for part in (*mutant.path, *mutant.change.split()) if isinstance(part, str)}
    # Documents with the same keys first: they kill most mutants.
    documents = sorted(DOCUMENTS, key=lambda document: -len(document.keys & about))
    return any(_accepts(validators[each.kind], each.value) is not each.valid for each in documents if each.kind in touched)


def _accepts(validator: Validator, value: Any) -> bool:
    """Whether a value is valid, and the texts inside it, which the validator reports as errors of `contentSchema`."""
    for error in validator.iter_errors(value):
        inside = error.validator == "contentSchema" and jsontext.read_embedded(str(error.instance))
        if not inside or inside.faults or not _accepts(validator.evolve(schema=error.validator_value), inside.value):
            return False
    return True


RULES = {kind: validation._resolved({"$ref": f"{kind}.json"}) for kind in NAMES}

USERS = {name: [kind for kind in NAMES if name in (kind, *schema(kind, bundle=True).get("$defs", ()))] for name in NAMES}
"""The schemas that refer to a schema, and itself."""


@pytest.mark.slow
def test_every_loosened_keyword_changes_a_verdict(monkeypatch: pytest.MonkeyPatch, report_figure: Callable[[str], None]) -> None:
    """At least 98 % of the mutants that are not equivalent give a wrong verdict on some document; every reason is needed."""
    mutants = [mutant for name in NAMES for mutant in mutants_of(name)]
    survivors = {str(mutant) for mutant in mutants if not is_killed(mutant, monkeypatch)}
    equivalent = {mutant for mutant in survivors if any(re.fullmatch(pattern, mutant) for pattern in EQUIVALENT)}
    killed, able = len(mutants) - len(survivors), len(mutants) - len(equivalent)
    assert sorted(survivors - equivalent) == []
    assert [pattern for pattern in EQUIVALENT if not any(re.fullmatch(pattern, mutant) for mutant in equivalent)] == []
    share = 100 * killed / able
    assert share >= LEAST_KILLED
    rest = f"the other {len(equivalent)} are equivalent, each with a reason"
    report_figure(f"schema mutants: killed {killed} of {able} ({share:.1f} %); {rest}")
