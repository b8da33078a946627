"""Payloads on a cluster: `decode` adds to a Spark DataFrame what `pushcodec.arrow` tells of its texts. Needs the extra `spark`.

    decoded = pushcodec.spark.decode(spark.read.parquet("log"), "ext", now=1595234240)
    decoded.where("not decoded.valid").groupBy("decoded.error_code").count().show()

Batch and Structured Streaming alike. Rows travel as Arrow batches between Spark and its Python workers (`mapInArrow`), with no
pandas on the way; a worker needs pushcodec and pyarrow, nothing else.
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
"""Rows of a batch that travels to a worker, some 16 MiB of payloads; `tune` sets it. Spark itself bounds the bytes of a batch."""

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
    """Sets the rows of an Arrow batch on a SparkSession to what was measured best, by a little."""
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
    """The DataFrame, a batch or a stream, with one column more: a struct of `pushcodec.arrow.SCHEMA` for each text in `column`.

    `now` is the phone's clock in unix seconds or the name of a column that has it; the other options are those of
    `arrow.decode_array`. Raises ValueError where `into` is a column already or `column` is none, TypeError where it holds no texts;
    nothing for what a text holds.
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
