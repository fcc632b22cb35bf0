"""The jar on a real YARN cluster, in client and cluster mode: the bytes of the embedded run, and how its exit code is told."""

import os
import re
import subprocess
import threading

import pytest

from cluster import JAR, LAUNCHER, NEWEST, SPARKS, environment, processes
from matrix import PROJECT, hash_of, make_photos, spark_home
from yarn import YarnCluster

OPTIONS = {
    "image.size": "64",
    "mix.views": "2",
    "mix.block-samples": "16",
    "output.shard-samples": "32",
    "input.max-bad-fraction": "1",
    "output.format": "[tfrecord, parquet]",
}
# What a shell, YARN's own expansion of variables and Spark's lists would each take apart.
AWKWARD = "a  \"b\" 'c' $HOME `id` \\ * ?, ä & ;{x} <LOG>"
# Keys that must stay in the file and the variable that hold them.
PLANTED = ["planted-AKIA0", "planted-s3cret/+", "planted-azure==", "planted-variable"]
KEYS = f"""
spark.hadoop.fs.s3a.access.key {PLANTED[0]}
spark.hadoop.fs.s3a.secret.key {PLANTED[1]}
spark.hadoop.fs.azure.account.key.x.dfs.core.windows.net {PLANTED[2]}
"""


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("a yarn clüster")


@pytest.fixture(scope="module")
def yarn(tmp_path_factory):
    cluster = YarnCluster(tmp_path_factory.mktemp("yarn"))
    yield cluster
    cluster.stop()


@pytest.fixture(scope="module")
def photos(scratch):
    assert JAR.exists(), "there is no jar: mvn package -DskipTests"
    make_photos(scratch / AWKWARD)
    return scratch / AWKWARD


@pytest.fixture(scope="module")
def embedded(scratch, photos):
    """The hash of the embedded run's files."""
    ran = run([], ["mix", "--input", photos, "--output", scratch / "embedded", *options()])
    assert ran.returncode == 0, ran.stderr[-5000:]
    return hash_of(scratch / "embedded")


def options():
    return [word for key, value in OPTIONS.items() for word in ("--set", f"{key}={value}")]


def run(spark, emulsion, **changes):
    words = [str(word) for word in (LAUNCHER, *spark, *emulsion)]
    return subprocess.run(words, env=environment(**changes), capture_output=True, text=True, timeout=240)


class Watch:
    """Looks for planted keys on the command lines of all processes while it is open."""

    def __enter__(self):
        self.seen = set()
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.look)
        self.thread.start()
        return self

    def look(self):
        while not self.ended.wait(0.3):
            for words, _ in processes().values():
                self.seen.update(key for key in PLANTED if key in " ".join(words))

    def __exit__(self, *raised):
        self.ended.set()
        self.thread.join()


def submit(yarn, requirements, mode, *emulsion):
    """Runs it with planted keys, which must be nowhere afterwards."""
    home = spark_home(requirements)
    events = yarn.folder / "events"
    events.mkdir(exist_ok=True)
    properties = yarn.folder / f"{mode}.conf"
    properties.write_text((PROJECT / f"conf/spark-yarn-{mode}.conf").read_text() + KEYS)
    spark = [
        *("--properties-file", properties),
        *("--driver-memory", "1g", "--executor-memory", "1g", "--executor-cores", "2", "--num-executors", "1"),
        *("--conf", f"spark.yarn.jars=local:{home}/jars/*"),
        *("--conf", f"spark.yarn.stagingDir={yarn.folder / 'staging'}"),
        *("--conf", "spark.eventLog.enabled=true", "--conf", f"spark.eventLog.dir=file:{events}"),
        *("--conf", "spark.ui.enabled=false", "--conf", "spark.eventLog.compress=false"),
    ]
    changes = {"SPARK_HOME": str(home), "HADOOP_CONF_DIR": str(yarn.configuration), "AWS_SECRET_ACCESS_KEY": PLANTED[3]}
    with Watch() as watch:
        ran = run(spark, emulsion, **changes)
    assert not watch.seen, "keys on a command line"
    everything = ran.stdout + ran.stderr + yarn.log.read_text(errors="replace") + str(yarn.container_logs("*"))
    for file in events.rglob("*"):
        everything += file.read_text(errors="replace") if file.is_file() else ""
    assert not [key for key in PLANTED if key in everything]
    return ran


def holds_a_key(folder):
    files = [os.path.join(parent, name) for parent, _, names in os.walk(folder) for name in names]
    assert files
    contents = [open(file, "rb").read() for file in files]
    return any(key.encode() in content for key in PLANTED for content in contents)


def application(ran):
    return re.search(r"application_\d+_\d+", ran.stderr).group()


@pytest.mark.parametrize("requirements, mode", [*((spark, "cluster") for spark in SPARKS), (NEWEST, "client")])
def test_yarn_makes_the_bytes_of_the_embedded_run(yarn, scratch, photos, embedded, requirements, mode):
    output = scratch / f"{mode} {requirements} {AWKWARD}"
    ran = submit(yarn, requirements, mode, "mix", "--input", photos, "--output", output, *options())
    assert ran.returncode == 0, ran.stderr[-8000:] + str(yarn.container_logs(application(ran)))[-8000:]
    assert hash_of(output) == embedded
    assert not holds_a_key(output)
    (events,) = [file for file in yarn.folder.glob(f"events/*{application(ran)}*")]
    assert b"fs.azure.account.key" in b"".join(file.read_bytes() for file in ([events] if events.is_file() else events.iterdir()))
    attempts = {re.search(r"_(\d\d)_\d+$", container).group(1) for container in yarn.container_logs(application(ran))}
    assert attempts == {"01"}, "YARN took the end of the driver for a failure"


@pytest.mark.parametrize("mode, code", [("client", 2), ("cluster", 1)])
def test_a_users_error_is_one_attempt_and_its_exit_code_is_told(yarn, scratch, photos, mode, code):
    ran = submit(yarn, NEWEST, mode, "mix", "--input", photos, "--output", scratch / "none", "--set", "mix.vews=2")
    assert ran.returncode == code, ran.stderr[-8000:]
    if mode == "client":
        assert "unknown key 'mix.vews'" in ran.stderr
    else:
        assert "Emulsion ended with exit code 2" in ran.stderr
        (log,) = yarn.container_logs(application(ran)).values()
        assert "unknown key 'mix.vews'" in log
