"""The contenders: each has its own loop over texts, and a function that converts its answers into the common form.

This module imports none of the packages that compete. `Contender.ready` does, so that a process loads only what it measures.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, Literal, NamedTuple, TypeAlias, cast

NOW = 1_750_000_000
"""The clock of the phone, in unix seconds: half of the group calls in the corpus still ring then, the other half have expired."""

Loop: TypeAlias = Callable[[Any], list[Any]]
"""From a list of texts, or from the lines of a blob, to the answers."""


class Facts(NamedTuple):
    """The facts on which all decoders of an ext must agree; `call` is call_id, room_id and timeout."""

    action: int
    chat_type: int
    sender: str
    call: tuple[str, int, int] | None

    @classmethod
    def of_values(cls, entity: dict[str, Any], content: dict[str, Any] | None) -> Facts:
        """The facts of the JSON values of an entity and of its content."""
        call = None if content is None else (content["call_id"], content["room_id"], content["timeout"])
        return cls(entity["action"], entity["chatType"], entity["sender"], call)

    @classmethod
    def of_object(cls, entity: Any) -> Facts:
        """The facts of an entity with the attribute names of the models."""
        content = entity.content
        call = None if isinstance(content, str) else (content.call_id, content.room_id, content.timeout)
        return cls(entity.action, entity.chat_type, entity.sender, call)


def same(answer: Any) -> Any:
    """The common form of answers that are in it already."""
    return answer


class Ready(NamedTuple):
    """A contender that is set up. `wrapped` takes whole notifications; without it the harness extracts the ext first."""

    loop: Loop
    common: Callable[[Any], Any] = same
    wrapped: Loop | None = None


class Contender(NamedTuple):
    """A contender: its answers, its setup (`module:function`), its package, and for slow ones every how many rounds it runs."""

    name: str
    answers: Literal["parsed", "facts", "route"]
    setup: str
    package: str
    every: int = 1

    def ready(self) -> Ready:
        """Imports the package and sets the contender up."""
        module, _, function = self.setup.partition(":")
        return cast("Ready", getattr(import_module(f"contenders.{module}"), function)())


BASELINE = "orjson.loads"
TRUSTED_ROUTE, DEFAULT_ROUTE = "fast route, trusted", "fast route"
TRUSTED_DECODE, DEFAULT_DECODE = "fast decode, trusted", "fast decode"
DECODE_EXT, MIRROR = "decode_ext", "receive (mirror)"
BY_HAND, PYDANTIC, JSONSCHEMA = "orjson, checks by hand", "pydantic union", "jsonschema"

CONTENDERS = (
    Contender(BASELINE, "parsed", "parsers:orjson_loads", "orjson"),
    Contender("json.loads", "parsed", "parsers:json_loads", ""),
    Contender(BY_HAND, "facts", "by_hand:setup", "orjson"),
    Contender("msgspec by hand", "facts", "msgspec_structs:setup", "msgspec"),
    Contender(PYDANTIC, "facts", "pydantic_union:setup", "pydantic"),
    Contender("cattrs", "facts", "cattrs_classes:setup", "cattrs"),
    Contender("mashumaro", "facts", "mashumaro_classes:setup", "mashumaro"),
    Contender(JSONSCHEMA, "facts", "engines:python_jsonschema", "jsonschema", every=10),
    Contender("jsonschema-rs", "facts", "engines:rust_jsonschema", "jsonschema-rs"),
    Contender("fastjsonschema", "facts", "engines:compiled_jsonschema", "fastjsonschema"),
    Contender(DECODE_EXT, "facts", "ours:decode_ext", "pushcodec"),
    Contender(DEFAULT_DECODE, "facts", "ours:decode", "pushcodec"),
    Contender(TRUSTED_DECODE, "facts", "ours:decode_trusted", "pushcodec"),
    Contender(DEFAULT_ROUTE, "route", "ours:route", "pushcodec"),
    Contender(TRUSTED_ROUTE, "route", "ours:route_trusted", "pushcodec"),
    Contender(MIRROR, "route", "ours:mirror", "pushcodec"),
)
OURS = tuple(contender.name for contender in CONTENDERS if contender.package == "pushcodec")
