"""The columns that a column of texts becomes: `SCHEMA`, published, and with a version.

The version stands in the metadata of the schema, and of a field of its type. It grows when a column changes its meaning, goes or
comes; a reader takes the versions that it knows and refuses any other, for to guess is to be wrong in silence.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

VERSION: Final = 1
"""The version of `SCHEMA`."""

_VERSION_KEY = b"pushcodec.schema"

SIGNALING: Final = pa.struct(
    [
        pa.field("action", pa.int8()),
        pa.field("call_id", pa.string()),
        pa.field("call_type", pa.int8()),
        pa.field("invited_list", pa.list_(pa.string())),
        pa.field("room_id", pa.int32()),
        pa.field("group_id", pa.string()),
        pa.field("timeout", pa.int32()),
        pa.field("version", pa.int32()),
        pa.field("code", pa.int32()),
        pa.field("duration", pa.int32()),
        pa.field("timestamp", pa.int64()),
        pa.field("sender", pa.string()),
        pa.field("data", pa.string()),
    ]
)
"""A call's content. Absent keys read as their defaults."""

SCHEMA: Final = pa.schema(
    [
        pa.field("valid", pa.bool_()),
        pa.field("action", pa.int8()),
        pa.field("chat_type", pa.int8()),
        pa.field("sender", pa.string()),
        pa.field("content", pa.string()),
        pa.field("nickname", pa.string()),
        pa.field("face_url", pa.string()),
        pa.field("version", pa.int8()),
        pa.field("send_time", pa.int64()),
        pa.field("signaling", SIGNALING),
        pa.field("outcome", pa.string()),
        pa.field("reason", pa.string()),
        pa.field("crash_step", pa.string()),
        pa.field("error_code", pa.string()),
        pa.field("error_pointer", pa.string()),
    ],
    metadata={_VERSION_KEY: str(VERSION)},
)
"""What is told of each text.

- `valid`: whether it is a valid payload; where it is not, all values are null up to `signaling`
- `action` to `send_time`: what the entity says, absent keys as their defaults; `content` is null for a call
- `signaling`: what a call's content says, null for a chat
- `outcome`, `reason`, `crash_step`: what the client does with it at the time given; null without one
- `error_code`, `error_pointer`: the first violation, its code and where it is, null where there is none
"""

DECODED: Final = pa.struct(list(SCHEMA))
"""The type of a row of `SCHEMA`, as a struct."""


class SchemaVersionError(ValueError):
    """The columns have no version, or one that this release does not know."""


def decoded_field(name: str) -> pa.Field:
    """A field of the type `DECODED` that says its version."""
    return pa.field(name, DECODED, metadata=SCHEMA.metadata)


def is_decoded(field: pa.Field) -> bool:
    """Whether a field is a column that pushcodec has decoded, of any version."""
    return _VERSION_KEY in (field.metadata or {})


def check_version(columns: pa.Schema | pa.Field) -> None:
    """Raises SchemaVersionError where the columns, or the field that holds them, have no version that is known here."""
    found = (columns.metadata or {}).get(_VERSION_KEY)
    if found is None:
        raise SchemaVersionError(f"expected columns of pushcodec, with the version {VERSION} in their metadata; found none")
    if found != str(VERSION).encode():
        raise SchemaVersionError(f"expected the version {VERSION} of the columns; found another, which this release does not know")
