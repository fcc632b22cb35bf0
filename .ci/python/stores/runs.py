"""Runs of the command on one set of photos, on the embedded Spark."""

import shutil
import subprocess

from cluster import JAR, LAUNCHER, environment
from matrix import DATA, make_photos

OPTIONS = {
    "image.size": "32",
    "mix.views": "2",
    "mix.views-per-pass": "2",
    "mix.block-samples": "16",
    "output.shard-samples": "64",
    "input.max-bad-fraction": "1",
    "output.format": "[tfrecord, parquet]",
}
DETECTION = {
    "task": "detection",
    "input.format": "coco",
    "input.annotations": DATA / "detection-coco128/annotations/instances_train2017.json",
    "output.format": "files",
    "output.shard-samples": "32",
}


def draw_photos(folder):
    """Photos with usual names, and some with others."""
    assert JAR.exists(), "there is no jar: mvn package -DskipTests"
    make_photos(folder)
    for name in ("a b%41+&#é'.jpg", "[x] {y}.jpg", "日本~.jpg"):
        shutil.copyfile(DATA / "odd-images/files/Portrait_6.jpg", folder / "odd" / name)


def command(spark, photos, output, options=OPTIONS, **more):
    """What mixes `photos` into `output`; `mix__views` is the option mix.views."""
    words = [LAUNCHER, *spark, "mix", "--input", photos, "--output", output]
    told = {name.replace("__", ".").replace("_", "-"): value for name, value in more.items()}
    for key, value in (options | told).items():
        words += ["--set", f"{key}={value}"]
    return [str(word) for word in words]


def run(words, code=0, **changes):
    """Both outputs of a command that ends with `code`."""
    ran = subprocess.run([str(word) for word in words], env=environment(**changes), capture_output=True, text=True, timeout=280)
    said = ran.stdout + ran.stderr
    assert ran.returncode == code, said[-5000:]
    return said


def verify(spark, output):
    return run([LAUNCHER, *spark, "verify", output])
