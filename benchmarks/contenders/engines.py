"""Three JSON Schema engines on the schemas of `schemas/`: orjson parses the ext and the text inside, the engine validates each.

No engine looks inside the embedded text, so the loop validates it separately.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from orjson import loads

from contenders import Facts, Ready
from pushcodec.schemafiles import NAMES, schema

_Ask: TypeAlias = Callable[[Any], Any]
"""Whether a value is valid; an invalid one gives False or an exception."""


def python_jsonschema() -> Ready:
    """python-jsonschema."""
    from jsonschema import Draft202012Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    empty: Registry[Any] = Registry()
    registry = empty.with_resources((f"{name}.json", DRAFT202012.create_resource(schema(name))) for name in NAMES)
    return _asking(lambda name: Draft202012Validator({"$ref": f"{name}.json"}, registry=registry).is_valid)


def rust_jsonschema() -> Ready:
    """jsonschema-rs, which needs absolute addresses; nothing is fetched from them."""
    import jsonschema_rs

    base = "json-schema:///"
    registry = jsonschema_rs.Registry([(f"{base}{name}.json", schema(name)) for name in NAMES])
    return _asking(lambda name: jsonschema_rs.Draft202012Validator({"$ref": f"{base}{name}.json"}, registry=registry).is_valid)


def compiled_jsonschema() -> Ready:
    """fastjsonschema, which implements draft 7; our schemas use only keywords with the same meaning there."""
    import fastjsonschema

    handlers = {"": lambda file: schema(file.removesuffix(".json"))}
    return _asking(lambda name: fastjsonschema.compile(schema(name), handlers=handlers))


def _asking(asker: Callable[[str], _Ask]) -> Ready:
    """The contender validates the ext and then the content; it answers the entity and the content."""
    ask_ext, ask_content, ask_group_content = asker("ext"), asker("signaling-content"), asker("group-signaling-content")

    def loop(texts: Sequence[bytes]) -> list[Any]:
        answers: list[Any] = []
        for text in texts:
            ext = loads(text)
            if not ask_ext(ext):
                raise ValueError("ext")
            entity, content = ext["entity"], None
            if entity["action"] == 2:
                content = loads(entity["content"])
                if not (ask_group_content if entity["chatType"] == 2 else ask_content)(content):
                    raise ValueError("content")
            answers.append((entity, content))
        return answers

    return Ready(loop, common=lambda pair: Facts.of_values(*pair))
