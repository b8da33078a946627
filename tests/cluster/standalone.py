"""A Spark cluster on loopback: one master and two workers as processes, started here and ended by their process ids."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LOOPBACK = "127.0.0.1"
WORKERS = 2
_PATIENCE = 120.0  # seconds to wait for one event


class Cluster:
    """The processes of a cluster, and the address of its master."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"spark://{LOOPBACK}:{_free_port()}"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        """Starts all processes and waits until every worker is registered."""
        port = self.url.rpartition(":")[2]
        self._run("master", "master.Master", "--host", LOOPBACK, "--port", port, "--webui-port", "0")
        self.wait_for("master", "elected leader")
        for number in range(WORKERS):
            name = f"worker-{number}"
            options = ("--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", str(self.folder / name))
            self._run(name, "worker.Worker", "--host", LOOPBACK, *options, self.url)
        for number in range(WORKERS):
            self.wait_for(f"worker-{number}", "Successfully registered with master")

    def kill(self, name: str) -> None:
        """Kills a process, as a crash does."""
        self.processes[name].send_signal(signal.SIGKILL)
        self.processes[name].wait(_PATIENCE)

    def stop(self) -> None:
        """Ends the processes that run."""
        for process in reversed(self.processes.values()):
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def wait_for(self, name: str, text: str) -> None:
        """Waits until a process has logged a text."""
        wait_until(lambda: text in self._log(name).read_text(errors="replace"), f"{name}: {text}")

    def _run(self, name: str, daemon: str, *arguments: str) -> None:
        import pyspark

        home = Path(pyspark.__file__).parent
        command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{daemon}", *arguments]
        environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": LOOPBACK}
        with self._log(name).open("wb") as log:
            self.processes[name] = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A running cluster; it is stopped at the end of the block."""
    made = Cluster(folder)
    try:
        made.start()
        yield made
    finally:
        made.stop()


def session(master: str, folder: Path, **more: str) -> Any:
    """A SparkSession on a cluster.

    Its executors cannot import pushcodec: the packages of this environment are on their path, but a `.pth` file, which an
    editable install consists of, has no effect there.
    """
    from pyspark.sql import SparkSession

    options = {
        "spark.ui.enabled": "false",
        "spark.driver.host": LOOPBACK,
        "spark.driver.bindAddress": LOOPBACK,
        "spark.driver.memory": "1g",
        "spark.executor.memory": "768m",
        "spark.executorEnv.PYTHONPATH": sysconfig.get_path("purelib"),
        "spark.pyspark.python": getattr(sys, "_base_executable", sys.executable),
        "spark.pyspark.driver.python": sys.executable,
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        **more,
    }
    os.environ["SPARK_LOCAL_IP"] = LOOPBACK
    builder = SparkSession.builder.master(master).appName("pushcodec")
    for key, value in options.items():
        builder = builder.config(key, value)
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    return made


def wait_until(happened: Callable[[], bool], what: str) -> None:
    """Waits until the function returns true; fails with the name of the event after `_PATIENCE` seconds."""
    deadline = time.monotonic() + _PATIENCE
    while not happened():
        assert time.monotonic() < deadline, f"no event in {_PATIENCE} s: {what}"
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind((LOOPBACK, 0))
        port: int = listening.getsockname()[1]
        return port
