"""The schemas: each is valid and self-contained, and has the key order of its model."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from payloads import BAD, GOOD
from pydantic import BaseModel

import pushcodec
from pushcodec import schemafiles
from pushcodec.contract import wire_name
from pushcodec.inspection import iter_violations
from pushcodec.models import CallEntity, ChatEntity, Ext, OfflinePushInfo, SignalingContent, TimPushFeatures

every_schema = pytest.mark.parametrize("name", schemafiles.NAMES)

# Keywords that constrain values of one type, or whose type a reader of the schema needs.
_NEED_A_TYPE = {
    *("enum", "const", "minimum", "maximum", "minLength", "minItems", "maxItems", "pattern", "properties", "required", "items"),
    *("contentMediaType", "contentSchema", "contentEncoding"),
}
_HOLD_ONE_SCHEMA = ("if", "then", "else", "not", "items", "contentSchema")
_HOLD_SCHEMAS = ("allOf", "anyOf")
_HOLD_NO_SCHEMA = {
    *("$schema", "$ref", "title", "description", "examples", "type"),
    *("enum", "const", "minimum", "maximum", "minLength", "minItems", "maxItems", "pattern", "required"),
    *("contentMediaType", "contentEncoding"),
}


def _subschemas(schema: Any, where: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """A schema and all schemas inside it, each with its place."""
    if schema is True:
        return
    yield where, schema
    for keyword, value in schema.items():
        if keyword in _HOLD_ONE_SCHEMA:
            yield from _subschemas(value, f"{where}/{keyword}")
        elif keyword in _HOLD_SCHEMAS:
            for index, inner in enumerate(value):
                yield from _subschemas(inner, f"{where}/{keyword}/{index}")
        elif keyword == "properties":
            for key, inner in value.items():
                yield from _subschemas(inner, f"{where}/properties/{key}")
        else:
            assert keyword in _HOLD_NO_SCHEMA, f"{where}: unknown keyword {keyword}"


def test_names_are_the_files_of_the_schemas() -> None:
    """`NAMES` lists exactly the files in `schemas/`, sorted: those of payloads, and those of forms, which have no field table."""
    folder = Path(__file__).parents[1] / "schemas"
    assert {path.suffix for path in folder.iterdir()} == {".json"}
    assert sorted(path.stem for path in folder.iterdir()) == list(schemafiles.NAMES)
    assert list(schemafiles.NAMES) == sorted({*schemafiles.PAYLOADS, *schemafiles.FORMS})


@every_schema
def test_schema_text_is_the_file(name: str) -> None:
    """`schema_text` returns the text of the file in the checkout."""
    path = Path(__file__).parents[1] / "schemas" / f"{name}.json"
    assert schemafiles.schema_text(name) == path.read_text("utf-8")


@every_schema
def test_is_valid_2020_12(name: str) -> None:
    """Each schema is valid by the 2020-12 metaschema, which it names."""
    schema = schemafiles.schema(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@every_schema
def test_is_described(name: str) -> None:
    """Each schema has a title, and a description with its source."""
    schema = schemafiles.schema(name)
    assert schema["title"]
    assert "Source: " in schema["description"]


@every_schema
def test_examples_are_valid(name: str) -> None:
    """Each schema has examples; they are valid, including their embedded texts."""
    examples = schemafiles.schema(name)["examples"]
    assert examples
    for example in examples:
        assert list(iter_violations(json.dumps(example), kind=name)) == []


@every_schema
def test_every_constraint_has_a_type_beside_it(name: str) -> None:
    """ajv's strict mode requires the type, and messages contain it."""
    for where, subschema in _subschemas(schemafiles.schema(name)):
        assert "type" in subschema or not (_NEED_A_TYPE & subschema.keys()), where


@every_schema
def test_references_are_relative_and_have_a_target(name: str) -> None:
    """Every `$ref` names a schema file in the same folder, with a pointer to an existing place."""
    for where, subschema in _subschemas(schemafiles.schema(name)):
        if "$ref" not in subschema:
            continue
        file, _, pointer = subschema["$ref"].partition("#")
        assert file.endswith(".json"), where
        target = schemafiles.schema(file.removesuffix(".json"))
        for key in pointer.split("/")[1:]:
            target = target[key]


@every_schema
def test_has_no_id_and_no_remote_reference(name: str) -> None:
    """No schema has an `$id` or a URL that a tool could fetch as a schema."""
    for where, subschema in _subschemas(schemafiles.schema(name)):
        assert "$id" not in subschema, where
        assert ":" not in subschema.get("$ref", ""), where


@every_schema
def test_the_corpus_has_good_and_bad_documents(name: str) -> None:
    """For every schema."""
    assert any(good.kind == name for good in GOOD)
    assert any(bad.kind == name for bad in BAD)


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("entity", ChatEntity),
        ("entity", CallEntity),
        ("signaling-content", SignalingContent),
        ("ext", Ext),
        ("offline-push-info", OfflinePushInfo),
    ],
)
def test_property_order_is_the_order_of_the_model(name: str, model: type[BaseModel]) -> None:
    """Encoding writes keys in the order of the model's fields; the schema has the same order."""
    assert list(schemafiles.schema(name)["properties"]) == [wire_name(field) for field in model.model_fields]


def test_property_order_of_tim_push_features() -> None:
    """The object beside the entity has the order of its model, too."""
    properties = schemafiles.schema("ext")["properties"]["timPushFeatures"]["properties"]
    assert list(properties) == [wire_name(field) for field in TimPushFeatures.model_fields]


@pytest.mark.parametrize(
    ("model", "required"),
    [
        (ChatEntity, {"action", "chatType", "sender"}),
        (CallEntity, {"action", "chatType", "sender", "content", "sendTime"}),
        (SignalingContent, {"action", "call_id", "call_type", "invited_list", "room_id", "timeout", "version"}),
        (Ext, {"entity"}),
        (TimPushFeatures, set()),
        (OfflinePushInfo, set()),
    ],
)
def test_a_required_key_is_a_field_without_a_default(model: type[BaseModel], required: set[str]) -> None:
    """The constructor of the model requires exactly the keys that the contract requires."""
    assert {wire_name(name) for name, field in model.model_fields.items() if field.is_required()} == required


def test_schema_returns_an_independent_copy() -> None:
    """Changing the result of `schema` affects neither later calls nor the validator."""
    mine = pushcodec.schema("ext")
    mine["required"].append("x")
    mine["properties"].clear()
    assert pushcodec.schema("ext")["required"] == ["entity"]
    assert "entity" in pushcodec.schema("ext")["properties"]


@pytest.mark.parametrize("name", ["", "Ext", "ext.json", "../pyproject", "entity/../ext", "no-such-kind"])
def test_an_unknown_name_is_refused(name: str) -> None:
    """A name that is not in `NAMES` raises a ValueError that lists the names; no file is opened."""
    for bundle in (False, True):
        with pytest.raises(
            ValueError, match=re.escape(f"no schema is named {name!r}, expected one of {', '.join(schemafiles.NAMES)}")
        ):
            pushcodec.schema(name, bundle=bundle)


@pytest.mark.parametrize("name", [5, None, ["ext"], b"ext"], ids=repr)
def test_a_name_of_another_type_is_a_type_error(name: Any) -> None:
    """The message names the expected type."""
    with pytest.raises(TypeError, match=f"expected the name of a schema, got {type(name).__name__}"):
        pushcodec.schema(name)


# Bundles


@every_schema
def test_a_bundle_is_self_contained(name: str) -> None:
    """Every reference has a target inside; only schemas that are referred to are there; the `$id` is a versioned URN."""
    bundle = schemafiles.schema(name, bundle=True)
    assert bundle["$id"] == f"urn:pushcodec:schemas:1:{name}"
    Draft202012Validator.check_schema(bundle)
    assert json.dumps(bundle).count('"$id"') == json.dumps(bundle).count('"$schema"') == 1
    used = set()
    for where, subschema in subschemas_of_bundle(bundle):
        if "$ref" in subschema:
            assert subschema["$ref"].startswith("#"), where
            keys = subschema["$ref"].split("/")[1:]
            target = bundle
            for key in keys:
                target = target[key]
            used.add(keys[1])
    assert used == set(bundle.get("$defs", {}))


@every_schema
def test_a_bundle_has_the_rules_of_its_schemas(name: str) -> None:
    """The bundled schemas equal the files, except for references, `$id` and `$schema`."""
    bundle = schemafiles.schema(name, bundle=True)
    definitions = bundle.pop("$defs", {})
    del bundle["$id"]
    for each, found in {name: bundle, **definitions}.items():
        original = schemafiles.schema(each)
        if each != name:
            del original["$schema"]
        assert without_references(found) == without_references(original)
        assert list(found) == list(original)


def subschemas_of_bundle(bundle: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    root = {key: part for key, part in bundle.items() if key not in ("$defs", "$id")}
    yield from _subschemas(root)
    for name, definition in bundle.get("$defs", {}).items():
        yield from _subschemas(definition, f"#/$defs/{name}")


def without_references(rule: Any) -> Any:
    if isinstance(rule, dict):
        return {key: without_references(part) for key, part in rule.items() if key != "$ref"}
    return [without_references(part) for part in rule] if isinstance(rule, list) else rule


def test_a_bundle_is_an_independent_copy() -> None:
    """Changing a bundle affects no later call."""
    mine = pushcodec.schema("notification", bundle=True)
    mine["$defs"]["ext"].clear()
    mine["properties"].clear()
    assert pushcodec.schema("notification", bundle=True)["$defs"]["ext"]["required"] == ["entity"]
    assert "custom" in pushcodec.schema("notification", bundle=True)["properties"]
    assert pushcodec.schema("ext")["properties"]["entity"] == {"$ref": "entity.json"}


def test_the_schemas_inside_the_package_are_preferred(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the package contains a folder `schemas`, as in a wheel, its files are read."""
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "ext.json").write_text("{}", "utf-8")
    monkeypatch.setattr(schemafiles, "files", lambda package: tmp_path)
    assert schemafiles.schema_text.__wrapped__("ext") == "{}"
