"""Payloads on a cluster: `decode` adds the columns of `pushcodec.arrow` to a Spark DataFrame. Needs the extra `spark`.

    decoded = pushcodec.spark.decode(spark.read.parquet("log"), "ext", now=1595234240)
    decoded.where("not decoded.valid").groupBy("decoded.error_code").count().show()

It works for batches and for Structured Streaming. Spark passes Arrow batches to its Python workers (`mapInArrow`), without
pandas; a worker needs only pushcodec and pyarrow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from pushcodec.extras import needs
from pushcodec.jsontext import DEFAULT_LIMITS, Limits

with needs("spark"):
    import pyspark  # noqa: F401  # the functions import what they use of it

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

BATCH_ROWS: Final = 65_536
"""Rows of a batch that is passed to a worker, some 16 MiB of payloads; `tune` sets it. Spark itself limits the bytes of a batch."""

_TEXT_TYPES: Final = ("binary", "string")


def decoded_type() -> StructType:
    """`pushcodec.arrow.SCHEMA` as a Spark type."""
    from pyspark.sql.pandas.types import from_arrow_type
    from pyspark.sql.types import StructType

    from pushcodec.arrow import DECODED

    converted = from_arrow_type(DECODED)
    assert isinstance(converted, StructType)
    return converted


def tune(spark: Any) -> None:
    """Sets the rows of an Arrow batch on a SparkSession to the number that was fastest in measurements, by a small margin."""
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(BATCH_ROWS))


def decode(
    df: DataFrame,
    column: str,
    *,
    into: str = "decoded",
    kind: str = "ext",
    now: int | str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    trusted: bool = False,
) -> DataFrame:
    """The DataFrame, a batch or a stream, with one more column: a struct of `pushcodec.arrow.SCHEMA` for each text in `column`.

    `now` is the phone's clock in unix seconds or the name of a column with it; the other options are those of `arrow.decode_array`.
    Raises ValueError if `into` is a column already or `column` is not one, TypeError if `column` does not contain texts. Never
    raises because of a text.
    """
    from pyspark.sql.types import StructField, StructType

    _check(df, column, into)
    options: dict[str, Any] = {"into": into, "kind": kind, "now": now, "limits": tuple(limits), "trusted": trusted}

    def decode_batches(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from pushcodec.arrow import decode_batch

        bound = {**options, "limits": Limits(*options["limits"])}
        for batch in batches:
            yield decode_batch(batch, column, **bound)

    schema = StructType([*df.schema.fields, StructField(into, decoded_type())])
    return df.mapInArrow(decode_batches, schema)


def _check(df: DataFrame, column: str, into: str) -> None:
    names = df.schema.fieldNames()
    if column not in names:
        raise ValueError(f"no column {column!r}, expected one of {', '.join(map(repr, names))}")
    if into in names:
        raise ValueError(f"the column {into!r} is there already")
    found = df.schema[column].dataType.simpleString()
    if found not in _TEXT_TYPES:
        raise TypeError(f"expected a column of {' or '.join(_TEXT_TYPES)}, not {found}")
