"""The base of all models: frozen, strict, with wire names in JSON, keeping every unknown key."""

# No `from __future__ import annotations`: pydantic 2.11 evaluates the text of an inherited annotation in the module of the
# subclass, so that a user's subclass of a model would need all names of this module.

from collections.abc import Iterator
from enum import IntEnum
from typing import Annotated, Any, ClassVar, Self, TypeAlias

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from pushcodec import jsontext
from pushcodec.contract import wire_name
from pushcodec.errors import Redacted
from pushcodec.jsontext import Limits, Readings

Context: TypeAlias = Limits | Readings | None
"""The limits under which the strict reader has read a value, or the readings of its document; None for any other value."""

HIDDEN: Any = Field(default="", repr=False)
"""An optional text that people wrote, which `repr` does not show."""


def context_of(info: ValidationInfo) -> Context:
    """The context that `from_wire` was given. A context of another type belongs to a framework or a user."""
    context = info.context
    return context if isinstance(context, (Limits, Readings)) else None


def _read_unknown(value: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> object:
    """The value of an unknown key. The strict reader returns only JSON, and pydantic needs 5 KiB of stack a level to check it."""
    return handler(value) if context_of(info) is None else value


class Payload(BaseModel):
    """What all models share: frozen, strict, unknown keys kept."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="allow",
        allow_inf_nan=False,
        hide_input_in_errors=True,
        alias_generator=wire_name,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,  # no client reads a payload with attribute names
    )

    is_text: ClassVar[bool] = False
    """Whether the payload is written as JSON text, in a string of the payload around it."""

    __pydantic_extra__: dict[str, Annotated[JsonValue, WrapValidator(_read_unknown)]] = Field(init=False)

    @classmethod
    def from_wire(cls, value: object, limits: Context = None) -> Self:
        """The model of a value with wire names.

        `limits` are those under which the strict reader has read the value, or the readings of its document. Raises pydantic's
        ValidationError.
        """
        model = cls.model_validate(value, by_alias=True, by_name=False, context=limits)
        extra = model.__pydantic_extra__
        if extra and isinstance(value, dict):
            # For pydantic, an unknown key that equals the name of an attribute (`face_url`) sets that attribute too.
            fields = cls.model_fields
            namesakes = fields.keys() & extra.keys()
            model.model_fields_set.difference_update(name for name in namesakes if fields[name].alias not in value)
        return model

    def __repr_args__(self) -> Iterator[tuple[str, Any]]:
        for name, field in type(self).model_fields.items():
            if name in self.__dict__:
                value = self.__dict__[name]
                yield name, value if field.repr else Redacted(len(str(value)))


def to_wire(payload: BaseModel) -> dict[str, Any]:
    """A model as a JSON value: the known keys that were set, in the model's order, then the unknown ones in theirs.

    A signaling content becomes its JSON text. The values are not checked; `encode_…` checks them. Raises TypeError for no model.
    """
    if not isinstance(payload, BaseModel):
        raise TypeError(f"expected a model, got {type(payload).__name__}")
    wire: dict[str, Any] = {}
    for name, field in type(payload).model_fields.items():
        if name in payload.model_fields_set and name in payload.__dict__:
            wire[field.alias or wire_name(name)] = _wire_value(payload.__dict__[name])
    return wire | (payload.model_extra or {})


def _wire_value(value: object) -> object:
    match value:
        case Payload(is_text=True):
            return text_of(value)
        case BaseModel():
            return to_wire(value)
        case tuple():
            return [_wire_value(item) for item in value]
        case IntEnum():
            return int(value)
    return value


def text_of(payload: Payload) -> str:
    """The compact JSON text of a model. Raises ValueError, TypeError or RecursionError for values that JSON cannot represent."""
    return jsontext.dump_built(to_wire(payload))
