"""What columns cost, as multiples of `orjson.loads` of the same texts (`make bench-columns`).

In one run, `decode_array` over a batch takes turns with `orjson.loads` over its texts. Every answer is checked in every round.
Prints the figures to reach; a full run also writes benchmarks/columns.json. Spark is measured if it and Java are installed.

Usage: python benchmarks/columns.py [--quick] [--long]
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import shutil
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import corpus
import pyarrow as pa
import pyarrow.parquet as pq
from contenders import NOW
from contenders.parsers import loads_each
from figures import Figure
from measure import Case, Input, loads_or_none, medians, progress, timed

from pushcodec import arrow

HERE = Path(__file__).parent
ROWS = 10_000  # in a batch
FULL, QUICK = 15, 5  # rounds
COUNTS = (10_000, 100_000, 1_000_000)
LONG = 10_000_000
SPARK_ROWS, SPARK_ROUNDS = 2_000_000, 5

TRUSTED, DEFAULT, ROUTED, FAULTY = "decode_array, trusted", "decode_array", "decode_array, with now", "decode_array, 5 % bad"


def main() -> int:
    """Measures, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, no Spark, and nothing is written")
    parser.add_argument("--long", action="store_true", help=f"a stream of {LONG:,} rows, too")
    arguments = parser.parse_args()
    print(*(f"{name} {number}" for name, number in _versions().items()), sep=", ", end="\n\n")

    texts = [text.encode() for _, text in corpus.exts(ROWS)]
    ratios = {key[2]: ratio for key, ratio in medians(_cases(texts), QUICK if arguments.quick else FULL).items()}
    memory = {name: _extra_memory(texts, **options) for name, options in _OPTIONS.items()}
    counts = COUNTS[:2] if arguments.quick else (*COUNTS, LONG) if arguments.long else COUNTS
    stream = _stream(texts, counts)
    spark = None if arguments.quick else _spark(texts)
    ratios = {name: round(ratio, 2) for name, ratio in ratios.items()}
    stream = {count: round(ratio, 2) for count, ratio in stream.items()}

    for name, ratio in ratios.items():
        print(f"{name:26} {ratio:6.2f} x orjson.loads a row")
    for count, ratio in stream.items():
        print(f"{count:>12,} rows a stream {ratio:6.2f} x orjson.loads a row")
    figures = [
        Figure(f"{TRUSTED}, x orjson.loads a row", ratios[TRUSTED], 1.4),
        Figure(f"{DEFAULT}, x orjson.loads a row", ratios[DEFAULT], 2.8),
        *(Figure(f"extra memory of {name}, x the batch", taken, 3) for name, taken in memory.items()),
        Figure(f"a row of {max(stream):,} beside one of {min(stream):,}", stream[max(stream)] / stream[min(stream)], 1.1),
        *([] if spark is None else [Figure("Spark local[2] beside two processes", spark, 2)]),
    ]
    print("\nfigures", *figures, sep="\n  ")
    if not arguments.quick:
        results = {"versions": _versions(), "ratios": ratios, "stream": stream, "figures": [each.to_dict() for each in figures]}
        (HERE / "columns.json").write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    return 0


_OPTIONS: dict[str, dict[str, Any]] = {TRUSTED: {"trusted": True}, DEFAULT: {}, ROUTED: {"now": NOW}}


def _versions() -> dict[str, str]:
    found = {"Python": platform.python_version()}
    for package in ("pyarrow", "msgspec", "orjson", "pyspark"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


# A batch


def _cases(texts: Sequence[bytes]) -> list[Case]:
    cases = [_case(name, texts, loads_each, options) for name, options in _OPTIONS.items()]
    faulty = [text.encode() for text in corpus.with_bad_rows(ROWS)]
    return [*cases, _case(FAULTY, faulty, loads_or_none, {})]


def _case(name: str, texts: Sequence[bytes], parse: Callable[[Sequence[bytes]], list[Any]], options: dict[str, Any]) -> Case:
    array = pa.array(texts, pa.binary())
    read = Input((texts, array), lambda pair: parse(pair[0]), parse(texts))
    expected = [arrow.decode_array(pa.array([text], pa.binary()), **options) for text in texts]
    return Case(
        ("columns", "mixed", name), read, lambda pair: [arrow.decode_array(pair[1], **options)], [pa.concat_arrays(expected)]
    )


def _extra_memory(texts: Sequence[bytes], **options: Any) -> float:
    """The peak memory of a call, its answer included, in Arrow's pool and on Python's heap, as a multiple of the batch's size."""
    array = pa.array(texts, pa.binary())
    size: int = array.nbytes
    arrow.decode_array(array, **options)
    gc.collect()
    pool = pa.default_memory_pool()
    # The pool reports its peak only, so it is filled up to its present peak first.
    filler = pa.allocate_buffer(max(0, pool.max_memory() - pool.bytes_allocated()))
    before = pool.bytes_allocated()
    tracemalloc.start()
    arrow.decode_array(array, **options)
    _, heap = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del filler
    taken: int = pool.max_memory() - before + heap
    return taken / size


# A stream


def _stream(texts: Sequence[bytes], counts: Sequence[int]) -> dict[int, float]:
    """For each count of rows the time of a row as a ratio to the baseline.

    Each answer is dropped at once. The baseline runs after each batch.
    """
    batch = pa.record_batch({"ext": pa.array(texts, pa.binary())})
    ratios = {}
    for count in (ROWS, *counts):  # the first count runs twice, because its first run warms up
        ours = theirs = 0.0
        for _ in progress(max(COUNTS[1] // ROWS, count // ROWS)):
            start = time.perf_counter()
            arrow.decode_batch(batch, "ext", trusted=True)
            between = time.perf_counter()
            loads_each(texts)
            theirs += time.perf_counter() - between
            ours += between - start
        ratios[count] = ours / theirs
    return ratios


# Spark


def _decode_part(part: tuple[str, int]) -> int:
    """Decodes every other row group of a Parquet file, from the given one on; returns the number of rows."""
    file, first = part
    table = pq.ParquetFile(file)
    rows = 0
    for group in range(first, table.num_row_groups, 2):
        for batch in table.iter_batches(16_384, row_groups=[group], use_threads=False):
            rows += len(arrow.decode_batch(batch, "ext", now=NOW))
    return rows


def _spark(texts: Sequence[bytes]) -> float | None:
    """The time of a job on `local[2]` as a ratio to that of two processes that run the same function, both warmed up."""
    if find_spec("pyspark") is None or shutil.which("java") is None:
        print("Spark is not measured: it needs Java and the extra spark")
        return None
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    from pyspark.sql import SparkSession

    from pushcodec import spark

    with TemporaryDirectory() as folder, ProcessPoolExecutor(2) as pool:
        file = str(Path(folder, "log.parquet"))
        table = pa.table({"ext": pa.array(list(texts) * (SPARK_ROWS // len(texts)), pa.binary())})
        pq.write_table(table, file, row_group_size=SPARK_ROWS // 8)
        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        session = builder.config("spark.sql.files.maxPartitionBytes", f"{Path(file).stat().st_size // 2}").getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        spark.tune(session)
        decoded = spark.decode(session.read.parquet(file), "ext", now=NOW)

        def job() -> list[Any]:
            decoded.write.format("noop").mode("overwrite").save()
            return []

        def processes() -> list[Any]:
            return list(pool.map(_decode_part, [(file, 0), (file, 1)]))

        ratios = sorted(timed(lambda _: job(), None)[0] / timed(lambda _: processes(), None)[0] for _ in range(SPARK_ROUNDS))
        session.stop()
        return ratios[len(ratios) // 2]


if __name__ == "__main__":
    sys.exit(main())
