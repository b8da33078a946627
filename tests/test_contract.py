"""The field table agrees with the schemas, with the models and with the structs of `fast`."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path
from typing import Any, get_args

import contract as generator
import fast_code
import pytest
from msgspec import UNSET, Struct
from msgspec.structs import fields
from pydantic import BaseModel
from table_writers import python_module, rust_module, wire_names

import pushcodec
from pushcodec import contract, models
from pushcodec.errors import Code
from pushcodec.fast import payloads, shapes

ROOT = Path(__file__).parents[1]
SCHEMAS = generator.load_schemas(ROOT / "schemas")
TABLE = generator.table_of(SCHEMAS)

MODELS: dict[str, type[BaseModel]] = {
    "call-entity": models.CallEntity,
    "chat-entity": models.ChatEntity,
    "ext": models.Ext,
    "offline-push-info": models.OfflinePushInfo,
    "signaling-content": models.SignalingContent,
    "tim-push-features": models.TimPushFeatures,
}
IN_OTHER_TESTS = {
    *(models.RestPushInfo, models.AndroidInfo, models.ApnsInfo, models.HarmonyInfo),
    *(models.LiveActivity, models.MultiLanguageContent),
}
"""Models of documents that are not in the table; `test_push_infos` compares them with their schemas."""
every_model = pytest.mark.parametrize(("name", "model"), MODELS.items(), ids=MODELS)


def with_key(name: str, key: str, rule: dict[str, Any]) -> generator.Table:
    """The table of the schemas with one key added to one of them."""
    schemas: Any = copy.deepcopy(SCHEMAS)
    schemas[name]["properties"][key] = rule
    return generator.table_of(schemas)


# The schemas


def test_the_module_is_what_the_generator_writes() -> None:
    """`contract.py` contains the table of `schemas/`: `make generate` changes nothing."""
    module = Path(pushcodec.__file__).parent / "contract.py"
    assert module.read_text("utf-8") == python_module(TABLE)


def test_the_module_contains_the_table() -> None:
    """Loaded, the module has the same entries and the hash of them."""
    loaded: tuple[object, ...] = tuple(contract.PAYLOADS.values())
    assert loaded == TABLE.payloads
    assert list(contract.PAYLOADS) == [payload.name for payload in TABLE.payloads]
    assert TABLE.hash == contract.HASH
    assert wire_names(TABLE) == contract.WIRE_NAMES
    assert {contract.wire_name(field.attribute) for payload in TABLE.payloads for field in payload.fields} == {
        key for payload in TABLE.payloads for key in payload.keys
    }


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_key_of_a_schema_is_in_its_table(name: str) -> None:
    """In the order of the schema, for each schema that lists keys itself."""
    listed = [key for key, rule in SCHEMAS[name].get("properties", {}).items() if rule is not True]
    keys = [key for key in contract.PAYLOADS[name].keys if key in listed]
    assert keys == listed
    assert set(SCHEMAS[name].get("required", ())) <= {field.key for field in contract.PAYLOADS[name].fields if field.required}


def test_references_and_conditions_are_resolved() -> None:
    """A call requires what the branch for calls requires; its content is a text of the payload for its chat type."""
    call, chat = contract.PAYLOADS["call-entity"], contract.PAYLOADS["chat-entity"]
    assert [field.key for field in call.fields if field.required] == ["action", "chatType", "sender", "content", "sendTime"]
    assert [field.key for field in chat.fields if field.required] == ["action", "chatType", "sender"]
    assert call.field("content").type.payloads == ("group-signaling-content", "signaling-content")
    assert contract.PAYLOADS["group-call-entity"].field("content").type.payloads == ("group-signaling-content",)
    assert contract.PAYLOADS["c2c-call-entity"].field("content").type.payloads == ("signaling-content",)
    assert contract.PAYLOADS["notification"].at_least_one == ("custom", "ext", "entity")
    assert contract.PAYLOADS["account-binding"].keys == ("0",)
    with pytest.raises(KeyError):
        call.field("chat_type")


def test_an_unknown_keyword_is_an_error() -> None:
    """The generator does not skip what it does not understand."""
    with pytest.raises(ValueError, match="does not know the keyword dependentRequired"):
        with_key("entity", "x", {"type": "string", "dependentRequired": {}})


def test_contradictions_are_errors() -> None:
    """A key has one JSON type, and an attribute stands for one key."""
    with pytest.raises(ValueError, match="a key cannot be both"):
        with_key("chat-entity", "sender", {"type": "integer"})
    with pytest.raises(ValueError, match="the attribute chat_type stands for two keys"):
        python_module(with_key("ext", "chat_type", {"type": "string"}))
    schemas: Any = copy.deepcopy(SCHEMAS)
    schemas["entity"]["then"]["else"]["properties"]["content"]["contentMediaType"] = "text/plain"
    schemas["entity"]["then"]["else"]["properties"]["content"]["minLength"] = 1
    schemas["entity"]["then"]["else"]["properties"]["content"].pop("contentSchema")
    with pytest.raises(ValueError, match="both branches of a condition"):
        generator.table_of(schemas)


@pytest.mark.parametrize(
    ("rule", "default"),
    [
        ({"type": "integer", "minimum": 3, "maximum": 5}, 3),
        ({"type": "integer", "minimum": -5, "maximum": -3}, -3),
        ({"type": "integer", "minimum": -5, "maximum": 5}, 0),
        ({"type": "integer", "minimum": -5, "maximum": 5, "default": 4}, 4),
        ({"type": "string"}, ""),
        ({"type": "string", "default": "x"}, "x"),
        ({"type": "boolean"}, False),
        ({"type": "array", "items": {"type": "string"}}, ()),
    ],
)
def test_an_absent_key_has_a_default(rule: dict[str, Any], default: object) -> None:
    """That of its schema, else the value that is nearest to nothing."""
    found = with_key("entity", "x", rule).payload("chat-entity").field("x").default
    assert (found, type(found)) == (default, type(default))


def changed(table: generator.Table) -> Iterator[generator.Table]:
    """Tables that differ from a table in one entry."""
    for index, payload in enumerate(table.payloads):
        others = [payload._replace(name="x"), payload._replace(at_least_one=(*payload.at_least_one, "x"))]
        for place, field in enumerate(payload.fields):
            fields = [field._replace(**{name: _other(value)}) for name, value in field._asdict().items() if name != "type"]
            fields += [
                field._replace(type=field.type._replace(**{name: _other(value)})) for name, value in field.type._asdict().items()
            ]
            before, after = payload.fields[:place], payload.fields[place + 1 :]
            others += [payload._replace(fields=(*before, each, *after)) for each in fields]
            others.append(payload._replace(fields=before + after))
        for each in others:
            yield table._replace(payloads=(*table.payloads[:index], each, *table.payloads[index + 1 :]))
    yield table._replace(codes=table.codes[1:])


def _other(value: Any) -> Any:
    return "x" if value is None or isinstance(value, tuple) else not value if isinstance(value, bool) else value * 2 or 1


def test_the_hash_changes_with_each_entry() -> None:
    """No two tables that differ in one entry have the same hash."""
    hashes = [each.hash for each in (TABLE, *changed(TABLE))]
    assert len(set(hashes)) == len(hashes)


def test_the_rust_table_contains_every_entry() -> None:
    """Each payload, key, bound and code, in order, and the hash of the same table."""
    text = rust_module(TABLE)
    assert f'pub const HASH: &str = "{contract.HASH}";' in text
    rest = text[text.index("pub static PAYLOADS") :]
    for payload in TABLE.payloads:
        rest = rest[rest.index(f'Payload {{ name: "{payload.name}"') :]
        for field in payload.fields:
            line = next(line for line in rest.splitlines() if f'key: "{field.key}"' in line)
            assert f'attribute: "{field.attribute}"' in line
            assert f"required: {str(field.required).lower()}" in line
            for bound in (field.type.minimum, field.type.maximum):
                assert bound is None or f"Some({bound})" in line
            assert ("items: Some(" in line) == (field.type.items is not None)
    assert all(f'pub const {code.name}: &str = "{code}";' in text for code in (Code.WRONG_TYPE, Code.NOT_JSON, Code.NO_PAYLOAD))


# The models


def described(value: generator.ValueType | contract.ValueType) -> dict[str, Any]:
    """A type as pydantic describes a field of it."""
    if value.json_type == "object":
        return {"type": "object"}
    found: dict[str, Any] = {"type": value.json_type}
    found |= {"minimum": value.minimum, "maximum": value.maximum} if value.json_type == "integer" else {}
    found |= {"minLength" if value.json_type == "string" else "minItems": value.least} if value.least else {}
    found |= {"maxItems": value.most} if value.most is not None else {}
    return found | ({"items": described(value.items)} if value.items else {})


def differences(payload: generator.Payload | contract.Payload, model: type[BaseModel]) -> list[str]:
    """What a model has otherwise than the table: keys, order, attributes, types, bounds, defaults, and what `repr` hides."""
    rules = model.model_json_schema()["properties"]
    found = [] if list(rules) == list(payload.keys) else [f"keys: {list(rules)}, not {list(payload.keys)}"]
    for field in payload.fields:
        attribute = model.model_fields.get(field.attribute)
        if attribute is None or attribute.alias != field.key or field.key not in rules:
            found.append(f"{field.key}: no attribute {field.attribute}")
            continue
        rule = rules[field.key] if field.type.json_type != "object" else {"type": "object"}
        extra = ("title", "default", "contentMediaType", "contentSchema")
        compared: dict[str, tuple[object, object]] = {
            "type": ({name: each for name, each in rule.items() if name not in extra}, described(field.type)),
            "required": (attribute.is_required(), field.required),
            "hidden": (not attribute.repr, field.hidden),
        }
        if not field.required and field.type.json_type != "object":
            compared["default"] = ((attribute.default, type(attribute.default)), (field.default, type(field.default)))
        if members := enum_members(attribute.annotation):
            compared["allowed"] = (members, field.type.allowed)
        found += [f"{field.key}: {what} is {one}, not {other}" for what, (one, other) in compared.items() if one != other]
    return found


def enum_members(annotation: Any) -> tuple[int, ...]:
    """The integers of an enum, or of a literal of some of its members."""
    if isinstance(annotation, type) and issubclass(annotation, IntEnum):
        return tuple(annotation)
    return tuple(each for each in get_args(annotation) if isinstance(each, IntEnum))


@every_model
def test_a_model_has_the_fields_of_its_table(name: str, model: type[BaseModel]) -> None:
    """Wire names, attributes, types, bounds, required keys, defaults, hidden texts."""
    assert differences(contract.PAYLOADS[name], model) == []


@every_model
def test_a_key_in_a_schema_alone_is_reported(name: str, model: type[BaseModel]) -> None:
    """A key that is added to a schema must be added to the model."""
    schema = {"tim-push-features": "ext", "call-entity": "entity", "chat-entity": "entity"}.get(name, name)
    if name == "tim-push-features":
        schemas: Any = copy.deepcopy(SCHEMAS)
        schemas["ext"]["properties"]["timPushFeatures"]["properties"]["x"] = {"type": "string"}
        table = generator.table_of(schemas)
    else:
        table = with_key(schema, "x", {"type": "string"})
    assert "x: no attribute x" in differences(table.payload(name), model)


@every_model
def test_a_key_in_a_model_alone_is_reported(name: str, model: type[BaseModel]) -> None:
    """A field that is added to a model must be added to the schema."""
    wider = type("Wider", (model,), {"__annotations__": {"x": str}, "x": ""})
    assert any(found.startswith("keys: ") for found in differences(contract.PAYLOADS[name], wider))


def test_every_model_is_compared() -> None:
    """No model is left out."""
    found = {each for each in vars(models).values() if isinstance(each, type) and issubclass(each, models.Payload)}
    assert found - {models.Payload} == set(MODELS.values()) | IN_OTHER_TESTS


@pytest.mark.parametrize(
    ("key", "change", "message"),
    [
        ("sender", {"type": contract.ValueType("string")}, "sender: type is"),
        ("sendTime", {"type": contract.ValueType("integer", 1, 2**53 - 1)}, "sendTime: type is"),
        ("faceUrl", {"required": True}, "faceUrl: required is False, not True"),
        ("version", {"default": 2}, "version: default is"),
        ("version", {"default": True}, "version: default is"),
        ("nickname", {"hidden": False}, "nickname: hidden is True, not False"),
        ("faceUrl", {"attribute": "face"}, "faceUrl: no attribute face"),
        ("chatType", {"type": contract.ValueType("integer", 1, 2, (1, 2, 3))}, "chatType: allowed is"),
        ("customData", {"type": contract.ValueType("array", items=contract.ValueType("integer", 0, 127))}, "customData: type is"),
    ],
)
def test_each_difference_is_reported(key: str, change: dict[str, Any], message: str) -> None:
    """Of the types, bounds, defaults and the rest."""
    chat = contract.PAYLOADS["chat-entity"]
    fields = tuple(field._replace(**change) if field.key == key else field for field in chat.fields)
    (found,) = differences(chat._replace(fields=fields), models.ChatEntity)
    assert found.startswith(message)


# The structs of `fast`

READ: dict[str, type[Struct]] = {
    "call-entity": shapes.Call,
    "chat-entity": shapes.Chat,
    "ext": shapes.Ext,
    "signaling-content": shapes.Content,
    "tim-push-features": shapes.TimPushFeatures,
}
RESULTS: dict[str, type[Struct]] = {
    "call-entity": payloads.CallEntity,
    "chat-entity": payloads.ChatEntity,
    "signaling-content": payloads.SignalingContent,
}


@pytest.mark.parametrize("module", fast_code.modules(TABLE))
def test_the_code_of_fast_is_what_the_generator_writes(module: str) -> None:
    """`make generate` changes nothing, and a new key changes every region that lists the keys of an entity."""
    text = (Path(pushcodec.__file__).parent / "fast" / module).read_text("utf-8")
    assert fast_code.fill(text, fast_code.modules(TABLE)[module]) == text
    wider = fast_code.modules(with_key("entity", "newKey", {"type": "string"}))[module]
    assert fast_code.fill(text, wider).count("new_key") >= text.count("face_url")


@pytest.mark.parametrize(("name", "struct"), READ.items(), ids=READ)
def test_msgspec_reads_the_keys_of_the_table(name: str, struct: type[Struct]) -> None:
    """Under their wire names; an absent key is UNSET. The key `action` of an entity is the tag."""
    expected = {
        field.key: field for field in contract.PAYLOADS[name].fields if field.attribute != struct.__struct_config__.tag_field
    }
    found = {field.encode_name: field for field in fields(struct)}
    assert found.keys() == expected.keys()
    for key, field in found.items():
        assert (field.name, field.required) == (expected[key].attribute, expected[key].required)
        assert field.required or field.default is UNSET


@pytest.mark.parametrize(("name", "struct"), RESULTS.items(), ids=RESULTS)
def test_results_have_the_attributes_of_the_table(name: str, struct: type[Struct]) -> None:
    """In order, with the defaults of absent keys."""
    found = [field for field in fields(struct) if field.name not in ("extras", "absent")]
    expected = contract.PAYLOADS[name].fields
    names = [(field.encode_name, field.name, field.required) for field in found]
    assert names == [(field.key, field.attribute, field.required) for field in expected]
    assert [field.default for field in found if not field.required] == [field.default for field in expected if not field.required]


def test_what_fast_cannot_write_is_an_error() -> None:
    """Integers with gaps, strings in an object that nothing counts, and a region that is not in the module."""
    with pytest.raises(ValueError, match="from the least to the greatest"):
        fast_code.modules(with_key("entity", "x", {"type": "integer", "enum": [1, 3]}))
    schemas: Any = copy.deepcopy(SCHEMAS)
    schemas["ext"]["properties"]["timPushFeatures"]["properties"]["x"] = {"type": "string"}
    with pytest.raises(ValueError, match="a string in timPushFeatures"):
        fast_code.modules(generator.table_of(schemas))
    with pytest.raises(ValueError, match="no region payloads"):
        fast_code.fill("", {"payloads": ""})
