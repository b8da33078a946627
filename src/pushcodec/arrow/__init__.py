"""Decodes columns of payloads to columns of values, for logs with millions of texts. Needs the extra `arrow`.

    decoded = pushcodec.arrow.decode_array(table["ext"], now=1595234240)   # a pa.StructArray, one row for each text
    batch = pushcodec.arrow.decode_batch(batch, "ext")                     # the batch with one more column
    decoded = pushcodec.arrow.decode_array(table["body"], kind="rest-sendmsg")  # the exts in requests

Each row has the values and the route that `pushcodec.fast` returns for its text. An invalid text gives a row with the code and the
pointer of its first violation, never an exception; a null gives a null.
"""

from pushcodec.extras import needs

with needs("arrow"):
    from pushcodec.arrow.decoding import decode_array, decode_batch, decode_reader, decoded_column
    from pushcodec.arrow.documents import AUTO, KINDS
    from pushcodec.arrow.schema import DECODED, SCHEMA, SIGNALING, VERSION, SchemaVersionError, check_version, decoded_field

__all__ = [
    "AUTO",
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
