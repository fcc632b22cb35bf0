"""submit/airflow/emulsion_dag.py, parsed and run by the real Airflow, with the embedded Spark."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
PHOTOS = PROJECT.parent / "shared/data/classification-imagenet16"

# Read when Airflow is first imported; all that it writes lies below this folder.
HOME = tempfile.mkdtemp(prefix="airflow-")
os.environ.update(
    AIRFLOW_HOME=HOME,
    AIRFLOW__CORE__DAGS_FOLDER=str(PROJECT / "submit/airflow"),
    AIRFLOW__CORE__LOAD_EXAMPLES="False",
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=f"sqlite:///{HOME}/airflow.db",
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED="False",
)


@pytest.fixture(scope="module")
def airflow():
    subprocess.run([sys.executable, "-m", "airflow", "db", "migrate"], check=True, capture_output=True, timeout=200)
    yield
    shutil.rmtree(HOME)


@pytest.fixture(scope="module")
def dag(airflow):
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(str(PROJECT / "submit/airflow"))
    assert bag.import_errors == {}
    return bag.dags["emulsion"]


def run(dag, **params):
    """The state of a run, and of each of its tasks; a failed task is not waited for."""
    for task in dag.tasks:
        task.retries = 0
    ran = dag.test(run_conf={"launcher": str(PROJECT / "submit/emulsion"), "spark": ["--master", "local[2]"], **params})
    return ran.state, {task.task_id: task.state for task in ran.get_task_instances()}


def test_the_dag_is_plan_then_mix_then_verify_with_retries(dag):
    assert [task.task_id for task in dag.topological_sort()] == ["plan", "mix", "verify"]
    assert {task.retries for task in dag.tasks} == {2}
    assert dag.get_task("mix").downstream_task_ids == {"verify"}


def test_a_run_makes_the_data_set_and_the_next_one_leaves_it_as_it_is(dag, tmp_path, caplog):
    output = tmp_path / "mixed by 'Airflow' $HOME"
    told = {"input": str(PHOTOS), "output": str(output), "options": ["--set", "image.size=64", "--set", "mix.views=2"]}
    done = ("success", {"plan": "success", "mix": "success", "verify": "success"})
    assert run(dag, **told) == done
    manifest = output / "_emulsion/manifest.json"
    assert manifest.exists()
    report = json.loads((output / "_emulsion/report.json").read_text())
    assert {"inputs", "quarantined", "records", "files", "bytes", "seconds"} <= report.keys()
    written = manifest.stat().st_mtime_ns
    assert run(dag, **told) == done
    assert manifest.stat().st_mtime_ns == written


def test_a_wrong_option_fails_at_once(dag, tmp_path):
    state, tasks = run(dag, input=str(PHOTOS), output=str(tmp_path / "none"), options=["--set", "mix.vews=2"])
    assert (state, tasks["plan"]) == ("failed", "failed")
    assert tasks["mix"] == tasks["verify"] == "upstream_failed"


@pytest.mark.parametrize("code, final", [(2, True), (3, True), (4, True), (7, True), (1, False), (5, False), (6, False), (143, False)])
def test_a_retry_is_left_to_what_it_may_mend(dag, code, final):
    from airflow.sdk.exceptions import AirflowException, AirflowFailException

    command = dag.get_task("mix").python_callable.__globals__["run"]
    with pytest.raises(AirflowException, match=f"exit code {code}") as raised:
        command("bash", "-c", f"exit {code}")
    assert (raised.type is AirflowFailException) == final
