"""
An Airflow 3 DAG that plans, mixes and verifies a data set with submit/emulsion.

Copy it into the DAGs folder and set the params. A retry needs no cleaning up: the same command, run
again, makes the data set whole, or says that it is already complete. What no retry mends fails at once.
"""

import logging
import subprocess
from datetime import timedelta

from airflow.sdk import dag, task
from airflow.sdk.exceptions import AirflowException, AirflowFailException

# Wrong options, unusable inputs, another data set in the output, damage: the same the second time.
FINAL_EXIT_CODES = {2, 3, 4, 7}

log = logging.getLogger(__name__)


def run(*words):
    """Runs a command without a shell, so that no word needs quotes; its lines go to the task's log."""
    log.info("%s", words)
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace") as process:
        try:
            for line in process.stdout:
                log.info("%s", line.rstrip())
        except BaseException:
            process.terminate()  # the task was stopped: Emulsion leaves no half data set behind
            raise
    if process.returncode in FINAL_EXIT_CODES:
        raise AirflowFailException(f"exit code {process.returncode}: no retry mends that")
    if process.returncode != 0:
        raise AirflowException(f"exit code {process.returncode}")


@dag(
    dag_id="emulsion",
    schedule=None,
    catchup=False,
    max_active_runs=1,  # two runs at once would write to one output
    default_args={"retries": 2, "retry_delay": timedelta(minutes=5)},
    params={
        "launcher": "/opt/emulsion/submit/emulsion",
        "spark": [],  # such as ["--properties-file", "/etc/emulsion/spark-yarn-client.conf"]
        "input": "/data/photos",
        "output": "/data/mixed",
        "options": [],  # such as ["--config", "/etc/emulsion/imagenet.yaml", "--set", "mix.views=4"]
    },
)
def emulsion():
    @task
    def plan(params):
        run(params["launcher"], *params["spark"], "plan", "--input", params["input"], "--output", params["output"], *params["options"])

    @task
    def mix(params):
        run(params["launcher"], *params["spark"], "mix", "--input", params["input"], "--output", params["output"], *params["options"])

    @task
    def verify(params):
        run(params["launcher"], *params["spark"], "verify", params["output"])

    plan() >> mix() >> verify()


emulsion()
