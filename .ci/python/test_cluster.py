"""One jar on real standalone clusters: the bytes of the embedded run, whatever dies, stops or is lost meanwhile."""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from cluster import JAR, LAUNCHER, MAIN, NEWEST, SPARKS, Cluster, environment, wait_for
from matrix import PROJECT, REPORT, hash_of, make_photos

OPTIONS = {
    "image.size": "64",
    "mix.views": "12",
    "mix.views-per-pass": "1",
    "mix.block-samples": "16",
    "output.shard-samples": "32",
    "input.max-bad-fraction": "1",
    "output.format": "[tfrecord, parquet]",
}
TEST_CLASSES = PROJECT / "spark-jobs/target/test-classes"


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("a clüster")


@pytest.fixture(scope="module")
def photos(scratch):
    assert JAR.exists(), "there is no jar: mvn package -DskipTests"
    make_photos(scratch / "photos")
    return scratch / "photos"


@pytest.fixture(scope="module")
def embedded(scratch, photos):
    """The hash of the embedded run's files."""
    output = scratch / "embedded"
    ran = subprocess.run(command(LAUNCHER, [], photos, output), env=environment(), capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr[-5000:]
    return hash_of(output)


@pytest.fixture(scope="module", params=SPARKS)
def cluster(request, tmp_path_factory):
    """One at a time: pytest runs all tests of a Spark before the next one's."""
    started = Cluster(request.param, tmp_path_factory.mktemp("cluster"))
    yield started
    started.stop()


@pytest.fixture(scope="module")
def newest(tmp_path_factory):
    started = Cluster(NEWEST, tmp_path_factory.mktemp("cluster"))
    yield started
    started.stop()


@pytest.fixture(autouse=True)
def jobs_end_with_their_test():
    yield
    for process in Job.started:
        if process.poll() is None:
            process.kill()
            process.wait()
    Job.started.clear()


def command(launcher, spark, photos, output):
    """What mixes `photos` into `output`."""
    words = [launcher, *spark, "mix", "--input", photos, "--output", output]
    for key, value in OPTIONS.items():
        words += ["--set", f"{key}={value}"]
    return [str(word) for word in words]


def submitted(cluster, *more):
    return [
        *("--master", cluster.url),
        *("--driver-memory", "1g"),
        *("--conf", "spark.executor.memory=1g"),
        *("--conf", "spark.driver.host=127.0.0.1"),
        *("--conf", "spark.ui.enabled=false"),
        *more,
    ]


class Job:
    """A command under way; what it says goes to a file."""

    started = []

    def __init__(self, words, log, cwd=None, **changes):
        self.log = log
        with open(log, "wb") as out:
            self.process = subprocess.Popen(words, env=environment(**changes), cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        Job.started.append(self.process)

    def said(self):
        return self.log.read_text(errors="replace")

    def ended(self, seconds=200):
        code = self.process.wait(seconds)
        assert code == 0, self.said()[-8000:]
        return self


def start(cluster, photos, output, *more, log=None):
    words = command(LAUNCHER, submitted(cluster, *more), photos, output)
    return Job(words, log or output.with_name(output.name + ".log"), SPARK_HOME=str(cluster.home))


def fragments(output):
    """How many task attempts have written all that they had to."""
    return len(list(output.glob("_emulsion/tmp/*/*/task-*/fragment*")))


def half_way(job, output, wanted=8):
    """Waits until some tasks have ended, and most have not."""

    def enough():
        assert job.process.poll() is None, f"it ended early:\n{job.said()[-5000:]}"
        return fragments(output) >= wanted

    wait_for(enough, f"{wanted} of 36 tasks")


def check(output, expected):
    """The files are those of the embedded run, and exactly those that the manifest names."""
    assert hash_of(output) == expected
    text = (output / "_emulsion/manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    named = {file["path"] for kind in ("files", "quarantine") for file in manifest[kind]}
    found = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    assert found == named | {"_emulsion/manifest.json", REPORT}
    folders = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_dir()}
    assert folders == {parent.as_posix() for name in found for parent in Path(name).parents if parent.name}


# ---- each Spark ----


def test_cluster_mode_makes_the_bytes_of_the_embedded_run(cluster, photos, embedded, scratch):
    output = scratch / f"{cluster.name}-cluster-mode"
    start(cluster, photos, output, "--deploy-mode", "cluster").ended()
    check(output, embedded)


def test_client_mode_by_a_symlink_from_elsewhere_without_home_makes_the_same_bytes(cluster, photos, embedded, scratch):
    project = scratch / f"{cluster.name} project"
    (project / "spark-jobs/target").mkdir(parents=True)
    for folder in ("submit", "conf"):
        shutil.copytree(PROJECT / folder, project / folder)
    os.link(JAR, project / "spark-jobs/target/emulsion.jar")
    link = scratch / f"{cluster.name} link"
    link.symlink_to(project / "submit/emulsion")
    output = scratch / f"{cluster.name} client mode"
    words = command(link, submitted(cluster, "--conf", "spark.kryo.registrationRequired=true"), photos, output)
    Job(words, scratch / f"{cluster.name} client mode.log", cwd="/", SPARK_HOME=str(cluster.home), HOME=None).ended()
    check(output, embedded)


# ---- the newest ----


def test_plain_spark_submit_and_the_launcher_at_once_make_the_same_bytes(newest, photos, embedded, scratch):
    half = ("--total-executor-cores", "2")
    plain = command(newest.home / "bin/spark-submit", ["--class", MAIN, *submitted(newest, *half), JAR], photos, scratch / "plain")
    jobs = [
        Job(plain, scratch / "plain.log", LC_ALL="C.UTF-8"),
        start(newest, photos, scratch / "beside", "--conf", "spark.cores.max=2"),
    ]
    for job in jobs:
        job.ended()
    check(scratch / "plain", embedded)
    check(scratch / "beside", embedded)


def test_a_worker_and_its_executor_killed_half_way_change_nothing(newest, photos, embedded, scratch):
    output = scratch / "killed-worker"
    job = start(newest, photos, output)
    half_way(job, output)
    victim = newest.workers[0]
    executors = [pid for pid, worker in newest.executors().items() if worker is victim]
    assert executors
    for pid in (victim.pid, *executors):
        os.kill(pid, signal.SIGKILL)
    victim.wait()
    assert not (output / "_emulsion/manifest.json").exists()
    job.ended()
    check(output, embedded)
    assert re.search(r"Lost executor|Executor lost", job.said())
    newest.workers.remove(victim)
    newest.add_worker("worker-after-the-kill")


def test_an_executor_halted_at_the_end_of_a_commit_changes_nothing(newest, photos, embedded, scratch):
    output, mark = scratch / "halted", scratch / "halted.mark"
    options = f"-Demulsion.faults=HALT@3@close.*/fragment '-Demulsion.faults.mark={mark}'"
    more = [
        *("--conf", "spark.hadoop.fs.faulty.impl=io.emulsion.spark.testing.FaultyFileSystem"),
        *("--conf", f"spark.driver.extraClassPath={TEST_CLASSES}"),
        *("--conf", f"spark.executor.extraClassPath={TEST_CLASSES}"),
        *("--conf", f"spark.executor.extraJavaOptions={options}"),
    ]
    words = command(LAUNCHER, submitted(newest, *more), photos, f"faulty:{output}")
    Job(words, scratch / "halted.log", SPARK_HOME=str(newest.home)).ended()
    assert mark.exists()
    assert any("exited with code 137" in worker.log.read_text() for worker in newest.workers)
    check(output, embedded)


def test_a_slow_node_is_overtaken_and_its_zombies_publish_nothing(newest, photos, embedded, scratch):
    output = scratch / "slow-node"
    more = [
        *("--conf", "spark.speculation=true"),
        *("--conf", "spark.speculation.interval=100ms"),
        *("--conf", "spark.speculation.multiplier=1.1"),
        *("--conf", "spark.speculation.quantile=0.3"),
    ]
    job = start(newest, photos, output, *more)
    half_way(job, output)
    slow = next(iter(newest.executors()))
    while job.process.poll() is None and slow in newest.executors():
        # A twentieth of its speed. One that stops for good also stops all who wait for its shuffle files.
        os.kill(slow, signal.SIGSTOP)
        time.sleep(1)
        os.kill(slow, signal.SIGCONT)
        time.sleep(0.05)
    job.ended()
    wait_for(lambda: slow not in newest.executors(), "the slow executor ends")
    check(output, embedded)
    assert re.search(r"Killing attempt 0 for task \S+ in stage", job.said()), "no second attempt was first"


def test_shuffle_files_lost_half_way_change_nothing(newest, photos, embedded, scratch):
    output = scratch / "lost-shuffle"
    job = start(newest, photos, output)
    half_way(job, output)
    lost = [file for worker in newest.workers for file in worker.local.rglob("shuffle_*")]
    assert lost
    for file in lost:
        file.unlink()
    job.ended()
    check(output, embedded)
    assert "FetchFailed" in job.said()
