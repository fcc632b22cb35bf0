"""What submit/emulsion asks of Kubernetes, by Spark's own pod builders, and the image of submit/docker. No pod runs here."""

import os
import re
import shlex
import shutil
import subprocess

import pytest

from cluster import JAR, LAUNCHER, MAIN, environment, wait_for
from kubernetes_api import KubernetesApi, arguments_of, container, environment_of
from matrix import PROJECT, hash_of, spark_home

PROFILE = PROJECT / "conf/spark-kubernetes.conf"
IN_IMAGE = "/opt/emulsion/emulsion.jar"
SPARKS = ["spark-3.5.9.txt", "spark-4.3.0.txt"]
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
AWKWARD = ["mix", "--set", "output.split=a b", "$(LC_ALL) $HOME $$ $(nothing", "say \"hi\" 'there'", "line\nbreak", "*,?", "ü"]


@pytest.fixture
def api():
    started = KubernetesApi()
    yield started
    started.stop()


def command(api, *words):
    return [str(word) for word in (LAUNCHER, "--master", api.master, "--properties-file", PROFILE, *words)]


@pytest.mark.parametrize("requirements", SPARKS)
def test_cluster_mode_asks_for_a_driver_from_the_image(api, requirements, tmp_path):
    profile = tmp_path / "mine.conf"
    secrets = [line.removeprefix("# ") for line in PROFILE.read_text().splitlines() if "SecretKeyRef" in line or "secretKeyRef" in line]
    assert len(secrets) == 4
    profile.write_text(PROFILE.read_text() + "\n".join(secrets) + "\nspark.kubernetes.submission.waitAppCompletion false\n")
    words = [str(LAUNCHER), "--master", api.master, "--properties-file", str(profile), *AWKWARD]
    ran = subprocess.run(words, env=environment(SPARK_HOME=str(spark_home(requirements))), capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr[-5000:]
    (pod,) = api.pods("driver")
    assert container(pod)["image"] == "emulsion:0.1.0"
    arguments = arguments_of(pod)
    assert arguments[arguments.index("--class") + 1] == MAIN
    assert arguments[arguments.index(f"local://{IN_IMAGE}") + 1 :] == AWKWARD
    assert ENVIRONMENT.items() <= environment_of(pod).items()
    assert environment_of(pod)["AWS_SECRET_ACCESS_KEY"] == {"secretKeyRef": {"key": "secret", "name": "emulsion-s3"}}
    assert container(pod)["resources"]["limits"]["memory"] == "2560Mi"
    assert pod["spec"]["serviceAccountName"] == "spark"


@pytest.mark.parametrize("requirements", SPARKS)
def test_executors_have_the_profiles_memory_and_cores(api, requirements, tmp_path):
    home = spark_home(requirements)
    shutil.copytree(PROJECT.parent / "shared/data/classification-imagenet16", tmp_path / "photos", copy_function=shutil.copyfile)
    words = command(api, "--deploy-mode", "client", "--conf", "spark.driver.host=127.0.0.1")
    words += ["mix", "--input", str(tmp_path / "photos"), "--output", str(tmp_path / "out")]
    with open(tmp_path / "log", "wb") as log:
        job = subprocess.Popen(words, env=environment(SPARK_HOME=str(home)), stdout=log, stderr=log)
    try:
        wait_for(lambda: api.pods("executor") or job.poll() is not None, "executors are asked for")
    finally:
        job.kill()
        job.wait()
    assert api.pods("executor"), (tmp_path / "log").read_text()[-5000:]
    pod = api.pods("executor")[0]
    assert ENVIRONMENT.items() <= environment_of(pod).items()
    assert container(pod)["image"] == "emulsion:0.1.0"
    assert container(pod)["resources"]["limits"]["memory"] == "4096Mi"
    assert container(pod)["resources"]["requests"] == {"cpu": "4", "memory": "4096Mi"}


def test_an_executor_that_is_too_small_is_refused_before_a_pod_is_asked_for(api, tmp_path):
    words = command(api, "--deploy-mode", "client", "--executor-memory", "512m")
    words += ["mix", "--input", str(tmp_path), "--output", str(tmp_path / "out"), "--set", "mix.views=4"]
    home = spark_home(SPARKS[-1])
    ran = subprocess.run(words, env=environment(SPARK_HOME=str(home)), capture_output=True, text=True, timeout=120)
    assert ran.returncode == 2, ran.stderr[-5000:]
    assert "4 tasks at once would take" in ran.stderr and "--executor-memory 1024m" in ran.stderr
    assert api.made == []


def test_the_steps_of_the_dockerfile_make_what_the_pods_run(tmp_path):
    """COPY and ENV carried out below a folder, as there is no Docker here; then the driver's command, from there."""
    root = tmp_path / "image"
    told = {}
    for line in (PROJECT / "submit/docker/Dockerfile").read_text().splitlines():
        words = shlex.split(line, comments=True)
        if not words or words[0] in ("ARG", "FROM"):
            continue
        if words[0] == "ENV":
            told.update(dict([words[1].split("=", 1)]))
        else:
            assert words[0] == "COPY", f"this test does not know {words[0]}"
            *sources, target = words[1:]
            for source in sources:
                found = list(PROJECT.glob(source))
                assert found, f"nothing is {source}"
                for file in found:
                    place = root / target.lstrip("/") / (file.name if target.endswith("/") else "")
                    place.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(file, place)
    assert ENVIRONMENT.items() <= told.items()
    told["EMULSION_CACHE_DIR"] = str(root) + told["EMULSION_CACHE_DIR"]
    jar = root / IN_IMAGE.lstrip("/")
    assert jar.stat().st_size == JAR.stat().st_size
    home = spark_home("spark-4.0.1.txt")
    words = [home / "bin/spark-submit", "--master", "local[2]", "--conf", "spark.ui.enabled=false", "--class", MAIN, f"local://{jar}"]
    ran = subprocess.run(
        [*map(str, words), "demo", str(tmp_path / "demo")], env=environment(HOME="/", **told), capture_output=True, text=True, timeout=200
    )
    assert ran.returncode == 0, ran.stderr[-5000:]
    assert hash_of(tmp_path / "demo/mixed")
    assert list((root / "tmp/emulsion-natives").iterdir())
    ignored = (PROJECT / "submit/docker/Dockerfile.dockerignore").read_text().splitlines()
    sources = re.findall(r"^COPY (\S+)", (PROJECT / "submit/docker/Dockerfile").read_text(), re.MULTILINE)
    assert ignored == ["*", *(f"!{source}" for source in sources)]
    assert os.access(jar, os.R_OK)
