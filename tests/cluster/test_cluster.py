"""Tests on a real cluster: the wheel is sent to the executors, a worker is killed, a stream is restarted (`make cluster`).

Needs Java 17 and the extra `spark`. 1,000,000 rows, of which one in twenty is bad; PUSHCODEC_CLUSTER_ROWS sets another number.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from expected_rows import expected_row
from mutants import mutants, originals

from pushcodec import fast

pytest.importorskip("pyspark")

from standalone import WORKERS, Cluster, cluster, session, wait_until

from pushcodec import spark

pytestmark = [pytest.mark.cluster, pytest.mark.filterwarnings("ignore")]

ROOT = Path(__file__).parents[2]
ROWS = int(os.environ.get("PUSHCODEC_CLUSTER_ROWS", "1000000"))
FILES = 40
NOW = 1595234240


def texts(count: int, seed: int) -> Iterator[bytes]:
    """`count` texts, the same ones for the same seed; one in twenty does not decode."""
    draw = random.Random(seed)
    decoder = fast.Decoder()
    good = [text for text in originals() if decoder.is_certainly_valid(text)]
    bad = [text for text in mutants(2000, seed) if expected_row(decoder, text)["valid"] is False]  # type: ignore[index]
    return (draw.choice(bad if draw.random() < 0.05 else good) for _ in range(count))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel, under a name that Spark accepts as a package."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True)
    (built,) = folder.glob("pushcodec-*.whl")
    return built.rename(built.with_suffix(".zip"))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster of one master and two workers."""
    if shutil.which("java") is None:
        pytest.skip("no java: apt-get install openjdk-17-jre-headless")
    with cluster(tmp_path_factory.mktemp("cluster")) as made:
        yield made


@pytest.fixture(scope="module")
def on_cluster(running: Cluster, wheel: Path) -> Iterator[Any]:
    """A session on the cluster, whose executors have the wheel."""
    made = session(running.url, running.folder)
    spark.tune(made)
    made.sparkContext.addPyFile(str(wheel))
    yield made
    made.stop()


def rows_of(folder: Path) -> pa.Table:
    """The rows that a job has written, in the order of their ids."""
    return ds.dataset(folder, format="parquet").to_table().sort_by("id")


def test_the_executors_import_the_wheel(on_cluster: Any) -> None:
    """Both executors import pushcodec from the archive that was sent to them."""

    def where(_: Iterator[Any]) -> Iterator[str]:
        import os
        import time

        import pushcodec.arrow

        time.sleep(0.5)  # long enough for the other executor to get tasks
        yield os.path.realpath(str(pushcodec.arrow.__file__))

    found = on_cluster.sparkContext.parallelize(range(8), 8).mapPartitions(where).collect()
    assert {".zip/pushcodec/arrow/" in file for file in found} == {True}
    assert {number for number in range(WORKERS) for file in found if f"/worker-{number}/" in file} == set(range(WORKERS))


def test_arguments_are_checked_before_the_job(on_cluster: Any) -> None:
    """A missing column, an existing name and a column without texts are errors when the job is built."""
    df = on_cluster.createDataFrame([("{}", 1)], "ext string, id long")
    with pytest.raises(ValueError, match="no column 'text', expected one of 'ext', 'id'"):
        spark.decode(df, "text")
    with pytest.raises(ValueError, match="'id' is there already"):
        spark.decode(df, "ext", into="id")
    with pytest.raises(TypeError, match="expected a column of binary or string, not bigint"):
        spark.decode(df, "id")


def test_a_restarted_stream_writes_each_row_once(on_cluster: Any, tmp_path: Path) -> None:
    """A streaming query over files is stopped and started again from its checkpoint."""
    incoming, out, checkpoint = tmp_path / "in", tmp_path / "out", tmp_path / "checkpoint"
    incoming.mkdir()
    expected: dict[int, bytes] = {}

    def deliver(numbers: range) -> None:
        for number in numbers:
            some = list(texts(200, seed=number))
            ids = range(number * 1000, number * 1000 + len(some))
            expected.update(zip(ids, some, strict=True))
            pq.write_table(pa.table({"id": ids, "ext": pa.array(some, pa.binary())}), tmp_path / "part")
            (tmp_path / "part").rename(incoming / f"{number}.parquet")

    def start(**trigger: Any) -> Any:
        stream = on_cluster.readStream.schema("id long, ext binary").option("maxFilesPerTrigger", 1).parquet(str(incoming))
        decoded = spark.decode(stream, "ext", now=NOW)
        options = {"checkpointLocation": str(checkpoint), "path": str(out)}
        return decoded.writeStream.format("parquet").options(**options).trigger(**trigger).start()

    deliver(range(8))
    query = start(processingTime="0 seconds")
    wait_until(lambda: bool(query.lastProgress and query.lastProgress["batchId"] >= 2), "three batches")
    query.stop()
    deliver(range(8, 12))
    query = start(availableNow=True)
    assert query.awaitTermination(120)
    # Spark reads the log of the sink: a file of an interrupted batch is in the folder, but not in the log.
    found = on_cluster.read.parquet(str(out)).orderBy("id").toArrow().to_pylist()
    assert [row["id"] for row in found] == sorted(expected)
    decoder = fast.Decoder()
    for row in found:
        assert row["decoded"] == expected_row(decoder, expected[row["id"]], NOW)


def test_a_job_whose_worker_is_killed_equals_a_plain_loop(
    on_cluster: Any, running: Cluster, tmp_path: Path, report_figure: Callable[[str], None]
) -> None:
    """A worker is killed during the job; the result is complete and equals a loop over the texts, row for row."""
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    each = ROWS // FILES
    for number in range(FILES):
        ids = pa.array(range(number * each, (number + 1) * each), pa.int64())
        pq.write_table(
            pa.table({"id": ids, "ext": pa.array(list(texts(each, seed=number)), pa.binary())}), source / f"{number}.parquet"
        )
        on_cluster.conf.set("spark.sql.files.maxPartitionBytes", "1m")
        decoded = spark.decode(on_cluster.read.parquet(str(source)), "ext", now=NOW)
        failure: list[BaseException] = []

    def write() -> None:
        try:
            decoded.write.parquet(str(out))
        except BaseException as error:  # the test asserts that there is none
            failure.append(error)

    job = threading.Thread(target=write)
    job.start()
    status = on_cluster.sparkContext.statusTracker()

    def tasks_done() -> int:
        stages = [status.getStageInfo(stage) for stage in status.getActiveStageIds()]
        return sum(stage.numCompletedTasks for stage in stages if stage and stage.numTasks >= FILES)

    wait_until(lambda: tasks_done() >= 4, "some tasks")
    done = tasks_done()
    running.kill("worker-0")
    assert job.is_alive()
    job.join(900)
    assert not job.is_alive()
    assert failure == []

    table = rows_of(out)
    assert table.column("id").equals(pa.chunked_array([pa.array(range(ROWS), pa.int64())]))
    decoder = fast.Decoder()
    row = 0
    for batch in table.to_batches(10_000):
        for text, found in zip(batch.column("ext").to_pylist(), batch.column("decoded").to_pylist(), strict=True):
            assert found == expected_row(decoder, text, NOW), row
            row += 1
    sent = (text for number in range(FILES) for text in texts(each, seed=number))
    assert all(text == was for text, was in zip(table.column("ext").to_pylist(), sent, strict=True))
    bad = pc.sum(pc.invert(pc.struct_field(table.column("decoded"), "valid"))).as_py()
    report_figure(f"cluster: {row} rows, {bad} of them bad, a worker killed after {done} tasks, equal to a plain loop")
