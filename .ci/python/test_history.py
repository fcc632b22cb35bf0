"""A history server with the jar on its class path shows what a run counted, from its event log alone."""

import json
import os
import re
import signal
import subprocess
import urllib.request
from contextlib import contextmanager

import pytest

from cluster import JAR, environment, wait_for
from matrix import DATA, PROJECT, REPORT, spark_home

OPTIONS = ["image.size=32", "mix.views=2", "mix.views-per-pass=1", "output.format=[tfrecord, parquet]"]


@contextmanager
def history_server(home, events, log):
    """Its address, as long as it runs."""
    told = environment(
        SPARK_HOME=str(home),
        SPARK_DAEMON_MEMORY="512m",
        SPARK_DAEMON_CLASSPATH=str(JAR),  # it adds the tasks' values up by the class that the log names
        SPARK_HISTORY_OPTS=f"-Dspark.history.fs.logDirectory={events.as_uri()} -Dspark.history.ui.port=0",
    )
    with open(log, "wb") as out:
        server = subprocess.Popen(
            [home / "bin/spark-class", "org.apache.spark.deploy.history.HistoryServer"],
            env=told,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        # It says localhost or an address of the machine, but listens on loopback.
        yield "http://127.0.0.1:" + wait_for(lambda: re.search(r"started at http://\S+:(\d+)", log.read_text()), log)[1]
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def get(address):
    """JSON from an address on loopback, whatever proxy the environment names."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=60) as answer:
        return json.load(answer)


def of_the_write(queries):
    """Name to value of what the one write of a run counted."""
    shown = [{metric["name"]: metric["value"] for metric in node["metrics"]} for query in queries for node in query["nodes"]]
    (write,) = [metrics for metrics in shown if "records written" in metrics]
    return write


@pytest.mark.parametrize("requirements", ["spark-3.5.9.txt", "spark-4.3.0.txt"])
def test_a_history_server_shows_what_the_report_says(requirements, tmp_path):
    home, events, output = spark_home(requirements), tmp_path / "events", tmp_path / "mixed"
    events.mkdir()
    command = [PROJECT / "submit/emulsion", "mix", "--input", DATA / "classification-imagenet16", "--output", output]
    for option in OPTIONS:
        command += ["--set", option]
    for conf in ("spark.eventLog.enabled=true", f"spark.eventLog.dir={events.as_uri()}", "spark.ui.enabled=false"):
        command += ["--conf", conf]
    ran = subprocess.run(
        [*command, "--master", "local[2]"], env=environment(SPARK_HOME=str(home)), capture_output=True, text=True, timeout=300
    )
    assert ran.returncode == 0, ran.stderr[-5000:]
    report = json.loads((output / REPORT).read_text())
    with history_server(home, events, tmp_path / "history.log") as address:
        (application,) = wait_for(lambda: get(f"{address}/api/v1/applications"), "the run among the applications")
        application = f"{address}/api/v1/applications/{application['id']}"
        write = of_the_write(get(f"{application}/sql?details=true"))
        stages = get(f"{application}/stages")
    assert write["records written"] == str(report["records"]) == "156"
    assert write["bytes written"] == str(report["bytes"])
    assert write["input images"] == str(report["inputs"]) == "78"
    assert "bad inputs" not in write  # what stayed at 0 is in no event log
    for stage, seconds in report["stageSeconds"].items():
        assert int(write.get(f"milliseconds to {stage}", 0)) == pytest.approx(1000 * seconds, abs=4), stage
    # The stage's output, as the page of stages has it.
    assert max((stage["outputRecords"], stage["outputBytes"]) for stage in stages) == (report["records"], report["bytes"])
