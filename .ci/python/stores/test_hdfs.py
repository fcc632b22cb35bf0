"""Input and output on HDFS: the bytes of the embedded local run, also when a data node dies."""

import subprocess

import pytest

from cluster import environment, wait_for
from hdfs import Hdfs
from matrix import hash_of
from runs import command, draw_photos, run, verify
from test_cluster import check

MANY_TASKS = {"mix__views": 12, "mix__views_per_pass": 1, "output__shard_samples": 32}


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("hdfs")


@pytest.fixture(scope="module")
def photos(scratch):
    draw_photos(scratch / "photos")
    return scratch / "photos"


@pytest.fixture(scope="module")
def local(scratch, photos):
    """The hash of the embedded local run's files."""
    run(command([], photos, scratch / "local"))
    return hash_of(scratch / "local")


@pytest.fixture(scope="module")
def hdfs(scratch, photos):
    (scratch / "cluster").mkdir()
    started = Hdfs(scratch / "cluster")
    try:
        started.shell("-put", photos.as_uri(), "/photos")
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="module")
def remote(hdfs):
    return f"{hdfs.url}/photos"


def download(hdfs, output, folder):
    hdfs.shell("-get", output, folder.as_uri())
    return folder


def test_files_are_renamed_and_the_bytes_are_those_of_the_local_run(hdfs, remote, local, scratch):
    output = f"{hdfs.url}/mixed é"
    run(command([], remote, output))
    check(download(hdfs, output, scratch / "mixed"), local)
    assert "all as the manifest says" in verify([], output)
    assert "is already complete" in run(command([], remote, output))
    refused = run(command([], remote, f"{hdfs.url}/direct", output__publish="direct"), code=2)
    assert "output.publish is direct, but in hdfs://" in refused


def test_safe_mode_is_a_clear_error_and_the_same_command_then_works(hdfs, remote, local, scratch):
    output = f"{hdfs.url}/after-safe-mode"
    hdfs.admin("-safemode", "enter")
    said = run(command([], remote, output), code=5)
    hdfs.admin("-safemode", "leave")
    (line,) = [line for line in said.splitlines() if not line.startswith("emulsion: Spark ")]
    assert line.startswith("emulsion: a file could not be read or written: ") and "safe mode" in line
    assert not hdfs.exists("/after-safe-mode")
    run(command([], remote, output))
    check(download(hdfs, output, scratch / "after-safe-mode"), local)


def test_a_data_node_killed_half_way_changes_nothing(hdfs, remote, photos, scratch):
    run(command([], photos, scratch / "many-tasks", **MANY_TASKS))
    output = f"{hdfs.url}/killed"
    log = scratch / "killed.log"
    before = hdfs.blocks()
    with open(log, "wb") as out:
        job = subprocess.Popen(command([], remote, output, **MANY_TASKS), env=environment(), stdin=subprocess.DEVNULL, stdout=out, stderr=out)

    def half_way():
        assert job.poll() is None, f"it ended early:\n{log.read_text()[-5000:]}"
        return hdfs.blocks() >= before + 40

    wait_for(half_way, "a third of the tasks' files")
    hdfs.kill(hdfs.data_nodes[0])
    assert job.poll() is None
    assert job.wait(200) == 0, log.read_text()[-5000:]
    check(download(hdfs, output, scratch / "killed"), hash_of(scratch / "many-tasks"))
