"""Input and output on S3 by Hadoop's S3A: the bytes of the embedded local run, whatever the network does."""

import shutil
import subprocess
import time

import pytest

from cluster import environment, processes
from jars import jars
from matrix import DATA, hash_of
from runs import DETECTION, command, draw_photos, run, verify
from s3 import ACCESS_KEY, SECRET_KEY, Store
from test_cluster import check

SETTINGS = """
spark.hadoop.fs.s3a.endpoint {endpoint}
spark.hadoop.fs.s3a.endpoint.region us-east-1
spark.hadoop.fs.s3a.path.style.access true
spark.hadoop.fs.s3a.connection.ssl.enabled false
spark.hadoop.fs.s3a.paging.maximum 1000
spark.hadoop.fs.s3a.retry.interval 50ms
spark.hadoop.fs.s3a.retry.throttle.interval 50ms
"""
KEYS = f"""
spark.hadoop.fs.s3a.access.key {ACCESS_KEY}
spark.hadoop.fs.s3a.secret.key {SECRET_KEY}
"""
BY_ENVIRONMENT = {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY}


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("s3")


@pytest.fixture(scope="module")
def few(scratch):
    folder = scratch / "few"
    draw_photos(folder)
    shutil.copyfile(DATA / "odd-images/files/Portrait_6.jpg", folder / "odd/12:30.jpg")
    return folder


@pytest.fixture(scope="module")
def many(scratch, few):
    """One class has more images than a page of a listing."""
    folder = scratch / "many"
    shutil.copytree(few, folder, copy_function=shutil.copyfile)
    (folder / "many").mkdir()
    for file in (DATA / "classification-cifar10-mini").rglob("*.jpg"):
        shutil.copyfile(file, folder / "many" / f"{file.parent.name}-{file.name}")
        if file.name.endswith("0.jpg"):
            shutil.copyfile(file, folder / "many" / f"{file.parent.name}-again-{file.name}")
    assert len(list((folder / "many").iterdir())) > 1000
    return folder


def local_hash(photos, output):
    """The hash of the embedded local run's files."""
    run(command([], photos, output))
    return hash_of(output)


@pytest.fixture(scope="module")
def hash_of_many(scratch, many):
    return local_hash(many, scratch / "local-many")


@pytest.fixture(scope="module")
def hash_of_few(scratch, few):
    return local_hash(few, scratch / "local-few")


@pytest.fixture(scope="module")
def store():
    started = Store()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def remote_many(store, many):
    return store.bucket("many", many)


@pytest.fixture(scope="module")
def remote_few(store, few):
    return store.bucket("few", few)


@pytest.fixture(scope="module")
def spark(scratch, store):
    """The launcher's options, with the keys in a file."""
    return launch(scratch / "with-keys.conf", store, KEYS)


def launch(file, store, more=""):
    file.write_text(SETTINGS.format(endpoint=store.endpoint) + more)
    return ["--jars", ",".join(map(str, jars("s3a.xml"))), "--properties-file", file]


@pytest.fixture(autouse=True)
def all_goes_well(store):
    store.proxy.forget()


def is_private(path):
    """Of the run: what it works with, and its claim."""
    return "/tmp/" in path or "/claim-" in path


def test_the_bytes_are_those_of_the_local_run_and_no_key_is_told(store, remote_many, hash_of_many, scratch):
    output = store.bucket("plain")
    without_keys = launch(scratch / "without-keys.conf", store)
    words = command(without_keys, remote_many, output)
    log = scratch / "plain.log"
    with open(log, "wb") as out:
        job = subprocess.Popen(words, env=environment(**BY_ENVIRONMENT), stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        while job.poll() is None:
            assert not any(SECRET_KEY in word for told, _ in processes().values() for word in told)
            time.sleep(0.5)
    assert job.returncode == 0, log.read_text()[-5000:]
    check(store.download("plain", scratch / "plain"), hash_of_many)
    requests = store.proxy.log
    assert any("continuation-token" in path for _, path in requests), "no listing had a second page"
    assert "PUT" not in {method for method, path in requests if "/tmp/" in path and path.endswith((".tfrecord", ".parquet"))}
    visible = [path for method, path in requests if method == "PUT" and not is_private(path)]
    assert visible[0].endswith("/_emulsion/publishing.json")
    assert visible[-1].endswith("/_emulsion/manifest.json")
    reads = [path for method, path in requests if method == "GET" and path.startswith("/many/set/")]
    assert len([path for path in reads if "_cut.jpg" in path]) == 1, "what cannot be decoded is not read again"
    said = log.read_text().encode()
    for content in (said, *store.objects("plain").values()):
        assert SECRET_KEY.encode() not in content and ACCESS_KEY.encode() not in content


def test_verify_reads_s3_and_the_same_command_again_has_nothing_to_do(store, spark, remote_many):
    assert "all as the manifest says" in verify(spark, "s3a://plain/set")
    assert "is already complete" in run(command(spark, remote_many, "s3a://plain/set"))
    assert "PUT" not in {method for method, path in store.proxy.log if not is_private(path)}


def test_throttles_resets_and_cut_bodies_change_nothing(store, spark, remote_many, hash_of_many, scratch):
    output = store.bucket("faulty")
    store.proxy.seed = 7
    run(command(spark, remote_many, output))
    print(dict(store.proxy.faults), len(store.proxy.log), "requests")
    for fault in store.proxy.SHARES:
        assert store.proxy.faults[fault] >= 10, store.proxy.faults
    check(store.download("faulty", scratch / "faulty"), hash_of_many)


def test_an_image_that_is_always_cut_short_fails_the_run_and_is_never_quarantined(store, spark, remote_few, hash_of_few, scratch):
    output = store.bucket("cut")
    store.proxy.always_cut = "/few/set/odd/turned"
    said = run(command(spark, remote_few, output), code=5)
    assert "a file could not be read or written: " in said and "INPUT_CHANGED" not in said
    assert store.proxy.faults["cut-all"] > 1, "it was not tried again"
    assert SECRET_KEY not in said
    left = store.objects("cut")
    assert "set/_emulsion/manifest.json" not in left
    assert not any(b"turned" in content for key, content in left.items() if "/quarantine/" in key)
    store.proxy.forget()
    run(command(spark, remote_few, output))
    check(without_markers(store, "cut", scratch / "cut"), hash_of_few)


def without_markers(store, bucket, folder):
    """S3A puts a marker where it deletes the last file of a folder, and leaves it there."""
    for key, content in store.objects(bucket).items():
        if key.endswith("/"):
            assert not content
            store.client.delete_object(Bucket=bucket, Key=key)
    return store.download(bucket, folder)


def test_an_overwrite_begins_with_the_end_of_the_old_manifest(store, spark, remote_few, hash_of_few, scratch):
    output = store.bucket("overwritten")
    run(command(spark, remote_few, output, mix__seed=1, output__shard_samples=128))
    store.proxy.forget()
    run(command(spark, remote_few, output, output__overwrite="true"))
    changes = [(method, path) for method, path in store.proxy.log if method in ("PUT", "DELETE") and "/tmp/" not in path]
    gone = changes.index(("DELETE", "/overwritten/set/_emulsion/manifest.json"))
    assert gone < min(i for i, (method, path) in enumerate(changes) if method == "PUT" and "/view-" in path and not path.endswith("/"))
    check(without_markers(store, "overwritten", scratch / "overwritten"), hash_of_few)


def test_views_are_added_without_touching_those_that_are_there(store, spark, few, remote_few, scratch):
    run(command([], few, scratch / "local-passes", mix__views_per_pass=1))
    output = store.bucket("added")
    run(command(spark, remote_few, output, mix__views=1, mix__views_per_pass=1))
    store.proxy.forget()
    run(command(spark, remote_few, output, mix__views_per_pass=1, output__append="true"))
    assert not [path for method, path in store.proxy.log if method in ("PUT", "DELETE") and "/view-000/" in path and not is_private(path)]
    check(without_markers(store, "added", scratch / "added"), hash_of(scratch / "local-passes"))


def test_image_files_of_a_detection_are_those_of_the_local_run(store, spark, scratch):
    images = DATA / "detection-coco128/train2017"
    run(command([], images, scratch / "local-files", DETECTION))
    run(command(spark, images, store.bucket("files"), DETECTION))
    assert hash_of(store.download("files", scratch / "files")) == hash_of(scratch / "local-files")
    verify(spark, "s3a://files/set")


def test_inputs_are_read_ahead_where_each_takes_long(store, spark, scratch):
    small = scratch / "small"
    for number, file in enumerate(sorted((DATA / "classification-cifar10-mini").rglob("*.jpg"))[:240]):
        (small / "one").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, small / "one" / f"{number}.jpg")
    photos = store.bucket("small", small)
    seconds, at_once = {}, {}
    for reads in (1, 16):
        store.proxy.forget()
        store.proxy.delay = 0.02
        words = command(spark, photos, store.bucket(f"ahead-{reads}"), mix__views=1, read__in_flight=reads)
        started = time.monotonic()
        run(words)
        seconds[reads], at_once[reads] = time.monotonic() - started, store.proxy.most_at_once
    print(f"20 ms a request: {seconds[1]:.1f} s with 1 read in flight, {seconds[16]:.1f} s with 16; at once {at_once}")
    assert at_once[1] <= 6 < at_once[16]
    assert hash_of(store.download("ahead-1", scratch / "ahead-1")) == hash_of(store.download("ahead-16", scratch / "ahead-16"))
