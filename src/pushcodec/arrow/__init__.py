"""From a column of payloads to a column of verdicts, for logs that are read by the million. Needs the extra `arrow`.

    decoded = pushcodec.arrow.decode_array(table["ext"], now=1595234240)   # a pa.StructArray, a row a text
    batch = pushcodec.arrow.decode_batch(batch, "ext")                     # the batch, and a column more

Verdicts, values and routes are those of `pushcodec.fast`, row for row. A bad row is a row with the code of its violation and its
place, never an exception; a null stays a null.
"""

from pushcodec.extras import needs

with needs("arrow"):
    from pushcodec.arrow.decoding import KINDS, decode_array, decode_batch, decode_reader, decoded_column
    from pushcodec.arrow.schema import DECODED, SCHEMA, SIGNALING, VERSION, SchemaVersionError, check_version, decoded_field

__all__ = [
    "DECODED",
    "KINDS",
    "SCHEMA",
    "SIGNALING",
    "VERSION",
    "SchemaVersionError",
    "check_version",
    "decode_array",
    "decode_batch",
    "decode_reader",
    "decoded_column",
    "decoded_field",
]
