"""The columns that a column of texts is decoded to: `SCHEMA`, which is published and has a version.

The version is in the metadata of the schema, and of a field of its type. It grows when a column is added or removed, or changes its
meaning. Readers reject unknown versions instead of guessing.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from pushcodec.contract import PAYLOADS, ValueType

VERSION: Final = 1
"""The version of `SCHEMA`."""

_VERSION_KEY = b"pushcodec.schema"

# Which columns a version has is decided here. Their types follow from the field table.


def _column(payload: str, attribute: str) -> pa.Field:
    """The column of an attribute of a payload."""
    (field,) = (field for field in PAYLOADS[payload].fields if field.attribute == attribute)
    return pa.field(attribute, _type(field.type))


def _type(value: ValueType) -> pa.DataType:
    """The smallest Arrow type for the values of a JSON type."""
    if value.json_type == "integer":
        assert value.minimum is not None
        assert value.maximum is not None
        bits = max((~value.minimum).bit_length(), value.maximum.bit_length())  # -128 needs as many bits as 127
        return pa.int8() if bits < 8 else pa.int32() if bits < 32 else pa.int64()
    return pa.list_(_type(value.items)) if value.items else pa.string()


_SIGNALING_COLUMNS: Final = (
    *("action", "call_id", "call_type", "invited_list", "room_id", "group_id", "timeout", "version"),
    *("code", "duration", "timestamp", "sender", "data"),
)
_ENTITY_COLUMNS: Final = ("action", "chat_type", "sender", "content", "nickname", "face_url", "version", "send_time")

SIGNALING: Final = pa.struct([_column("signaling-content", attribute) for attribute in _SIGNALING_COLUMNS])
"""A call's content. Absent keys read as their defaults."""

SCHEMA: Final = pa.schema(
    [
        pa.field("valid", pa.bool_()),
        *(_column("entity", attribute) for attribute in _ENTITY_COLUMNS),
        pa.field("signaling", SIGNALING),
        pa.field("outcome", pa.string()),
        pa.field("reason", pa.string()),
        pa.field("crash_step", pa.string()),
        pa.field("error_code", pa.string()),
        pa.field("error_pointer", pa.string()),
    ],
    metadata={_VERSION_KEY: str(VERSION)},
)
"""The columns for each text.

- `valid`: whether it is a valid payload; if it is not, all columns up to `signaling` are null
- `action` to `send_time`: the entity, with defaults for absent keys; `content` is null for a call
- `signaling`: a call's content, null for a chat
- `outcome`, `reason`, `crash_step`: what the client does with it at the given time; null without one
- `error_code`, `error_pointer`: the code and the pointer of the first violation, null if there is none
"""

DECODED: Final = pa.struct(list(SCHEMA))
"""The type of a row of `SCHEMA`, as a struct."""


class SchemaVersionError(ValueError):
    """The columns have no version, or one that this release does not know."""


def decoded_field(name: str) -> pa.Field:
    """A field of the type `DECODED`, with the version in its metadata."""
    return pa.field(name, DECODED, metadata=SCHEMA.metadata)


def is_decoded(field: pa.Field) -> bool:
    """Whether a field is a column that pushcodec decoded, of any version."""
    return _VERSION_KEY in (field.metadata or {})


def check_version(columns: pa.Schema | pa.Field) -> None:
    """Raises SchemaVersionError if the columns, or the field that contains them, have no version or an unknown one."""
    found = (columns.metadata or {}).get(_VERSION_KEY)
    if found is None:
        raise SchemaVersionError(f"expected columns of pushcodec, with the version {VERSION} in their metadata; found none")
    if found != str(VERSION).encode():
        raise SchemaVersionError(f"expected the version {VERSION} of the columns; found another, which this release does not know")
