"""A standalone Spark cluster of real processes on loopback: a master and workers of one distribution."""

import itertools
import os
import re
import signal
import subprocess
import time
from pathlib import Path

from matrix import PROJECT, spark_home

MAIN = "io.emulsion.spark.job.Emulsion"
JAR = PROJECT / "spark-jobs/target/emulsion.jar"
LAUNCHER = PROJECT / "submit/emulsion"
SPARKS = ["spark-3.5.9.txt", "spark-4.0.1.txt", "spark-4.3.0.txt"]
NEWEST = SPARKS[-1]
UNSET = ("SPARK_HOME", "SPARK_CONF_DIR", "LC_ALL", "LANG", "TZ", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def environment(**changes):
    """This process's, without what changes how Spark runs; a change to None takes a variable out."""
    told = {name: value for name, value in os.environ.items() if name not in UNSET}
    told["SPARK_LOCAL_IP"] = "127.0.0.1"
    told.update(changes)
    return {name: value for name, value in told.items() if value is not None}


def wait_for(condition, what, seconds=120):
    """The first value of `condition` that is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.005)
    raise TimeoutError(f"not within {seconds} s: {what}")


def processes():
    """The command line and the parent of each process, by its id."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
            state = (folder / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended
        found[int(folder.name)] = (words, int(state[1]))
    return found


class Cluster:
    """
    A master and two workers of two cores each, with all that they write below one folder. Each has
    a loopback address of its own: Spark starts no second attempt of a task on the same host.
    """

    def __init__(self, requirements, folder, workers=2):
        self.name = Path(requirements).stem
        self.home = spark_home(requirements)
        self.folder = folder
        self.started = []
        self.workers = []
        self.hosts = (f"127.0.0.{number}" for number in itertools.count(1))
        try:
            master = self.start("master", "org.apache.spark.deploy.master.Master", "--port", "0")
            self.url = self.said(master, r"Starting Spark master at (spark://\S+)")
            for number in range(workers):
                self.add_worker(f"worker-{number}")
        except BaseException:
            self.stop()
            raise

    def start(self, name, main, *arguments):
        log = self.folder / f"{name}.log"
        local = self.folder / f"{name}-local"
        host = next(self.hosts)
        command = [self.home / "bin/spark-class", main, "--host", host, "--webui-port", "0", *arguments]
        with open(log, "wb") as out:
            process = subprocess.Popen(
                [str(word) for word in command],
                # A worker hands a driver its arguments in the encoding of its own locale.
                env=environment(
                    SPARK_HOME=str(self.home),
                    SPARK_DAEMON_MEMORY="256m",
                    SPARK_LOCAL_DIRS=str(local),
                    SPARK_LOCAL_IP=host,
                    LC_ALL="C.UTF-8",
                ),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        process.log, process.local = log, local
        self.started.append(process)
        return process

    def said(self, process, pattern):
        def search():
            assert process.poll() is None, process.log.read_text()
            return re.search(pattern, process.log.read_text())

        found = wait_for(search, f"{pattern} in {process.log}")
        return found[found.re.groups and 1]

    def add_worker(self, name):
        worker = self.start(
            name,
            "org.apache.spark.deploy.worker.Worker",
            *("--cores", "2", "--memory", "3g", "--work-dir", self.folder / f"{name}-work", self.url),
        )
        self.said(worker, "Successfully registered with master")
        self.workers.append(worker)

    def executors(self):
        """The ids of the processes that run tasks, each with the worker that started it."""
        ids = {worker.pid: worker for worker in self.workers}
        return {pid: ids[parent] for pid, (words, parent) in processes().items() if parent in ids and any("ExecutorBackend" in word for word in words)}

    def stop(self):
        for process in reversed(self.started):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGCONT)
                process.terminate()
        for process in self.started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
