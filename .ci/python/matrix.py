"""The layout matrix over processes: one set of photos mixed by one jar under many Javas, Sparks, CPUs and environments.

Every row must make the same files, byte for byte: python3 .ci/python/matrix.py [WORD]...
With words, only the rows whose names hold one of them run beside the plain one. It builds nothing:
the jar of submit/emulsion has to be there, and the Sparks come from .ci/python-env.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DATA = PROJECT.parent / "shared/data"
OPTIONS = {
    "image.size": "64",
    "mix.views": "3",
    "mix.views-per-pass": "2",
    "mix.block-samples": "16",
    "output.shard-samples": "32",
    "input.max-bad-fraction": "1",
    "output.format": "[tfrecord, parquet]",
}
REPORT = "_emulsion/report.json"


@dataclass
class Row:
    """One way to run the job: what differs from the plain one, and what must show that it took effect."""

    name: str
    environment: dict = field(default_factory=dict)
    spark: list = field(default_factory=list)
    options: dict = field(default_factory=dict)
    umask: int = 0o022
    requirements: str = ""  # the file of .ci/python that brings a Spark
    shows: str = ""  # a pattern that standard error has to hold
    hides: str = ""  # a pattern that standard error must not hold
    same: bool = True


def java(*options, shows=""):
    return {"spark": ["--conf", f"spark.driver.extraJavaOptions={' '.join(options)}"], "shows": shows}


def printed(flag, value):
    """Makes Java print its flags, and a pattern for one of them."""
    return rf"\b{flag}\b\s+=\s+{value}\b"


UNKNOWN_FEATURE = "Trying to disable unknown CPU feature"
ALL_FEATURES = "SSE4.1,SSE4.2,AVX,FP16,AVX2,FMA3,AVX512-SKX"
SPARK_430 = {"requirements": "spark-4.3.0.txt", "spark": ["--master", "local[2]"], "shows": r"Spark 4\.3\.0 in "}
SPARK_401 = {"requirements": "spark-4.0.1.txt", "spark": ["--master", "local[2]"], "shows": r"Spark 4\.0\.1 in "}


def rows(scratch):
    flags = "-XX:+PrintFlagsFinal"
    yield Row("language tr, country TR", **java("-Duser.language=tr", "-Duser.country=TR"))
    yield Row("time zone +05:45", **java("-Duser.timezone=Asia/Kathmandu"))
    yield Row("no AVX in Java", **java("-XX:UseAVX=0", flags, shows=printed("UseAVX", "0")))
    yield Row("interpreter and C1 alone", **java("-XX:TieredStopAtLevel=1", flags, shows=printed("TieredStopAtLevel", "1")))
    yield Row("serial collector", **java("-XX:+UseSerialGC", flags, shows=printed("UseSerialGC", "true")))
    yield Row("heap of 700 MB", spark=["--driver-memory", "700m", "--conf", f"spark.driver.extraJavaOptions={flags}"], shows=printed("MaxHeapSize", r"73[45]\d{6}"))
    yield Row("LC_ALL=C", {"LC_ALL": "C"})
    yield Row("LC_ALL=tr_TR.UTF-8", {"LC_ALL": "tr_TR.UTF-8"})
    yield Row("TZ=Pacific/Chatham", {"TZ": "Pacific/Chatham"})
    yield Row("umask 077", umask=0o077)
    yield Row("OPENCV_CPU_DISABLE=AVX2,FMA3", {"OPENCV_CPU_DISABLE": "AVX2,FMA3"}, hides=UNKNOWN_FEATURE)
    yield Row("OPENCV_CPU_DISABLE of all", {"OPENCV_CPU_DISABLE": ALL_FEATURES}, hides=UNKNOWN_FEATURE)
    # Shows that the two rows above reach OpenCV, which names what it does not know.
    yield Row("OPENCV_CPU_DISABLE=NONSENSE", {"OPENCV_CPU_DISABLE": "NONSENSE"}, shows=UNKNOWN_FEATURE)
    # Heeded by most builds of libjpeg-turbo, but compiled out of OpenCV's: only another CPU turns its AVX2 off.
    yield Row("JSIMD_FORCENONE=1", {"JSIMD_FORCENONE": "1"})
    emulator = shutil.which("qemu-x86_64-static") or shutil.which("qemu-x86_64")
    if emulator:
        home = emulated_java(scratch, emulator)
        yield Row("a CPU without AVX", {"JAVA_HOME": home}, **java("-XX:+UseSerialGC", "-XX:+PrintFlagsFinal", shows=printed("UseAVX", "0")))
    else:
        print("skipped a CPU without AVX: there is no qemu-x86_64 (apt-get install qemu-user-static)", flush=True)
    yield Row("4 native threads", {"OMP_NUM_THREADS": "4", "OPENBLAS_NUM_THREADS": "4"})
    yield Row("local[1]", spark=["--master", "local[1]"])
    yield Row("local[4]", spark=["--master", "local[4]"])
    yield Row("Spark 4.3.0", **SPARK_430)
    yield Row("Spark 4.0.1", **SPARK_401)
    for home in newest_javas():
        yield Row(f"Spark 4.3.0 on {home.name}", {"JAVA_HOME": str(home)}, **SPARK_430)
    yield Row("another seed", options={"mix.seed": "1"}, same=False)


def emulated_java(scratch, emulator):
    """A JAVA_HOME whose Java runs on an emulated CPU that ends at SSE4.2; C1 alone, as C2 takes minutes there."""
    real = Path(shutil.which("java")).resolve()
    home = scratch / "emulated-java"
    (home / "bin").mkdir(parents=True)
    shutil.copyfile(real.parents[1] / "release", home / "release")
    script = home / "bin/java"
    script.write_text(f'#!/bin/bash\nexec "{emulator}" -cpu Nehalem "{real}" -XX:TieredStopAtLevel=1 "$@"\n')
    script.chmod(0o755)
    return str(home)


def newest_javas():
    """The homes of Java 25, which Spark runs on from 4.1 on."""
    for release in sorted(Path("/usr/lib/jvm").glob("*/release")):
        if re.search(r'^JAVA_VERSION="25\b', release.read_text(), re.MULTILINE):
            yield release.parent


def spark_home(requirements):
    made = subprocess.run(
        [PROJECT / ".ci/python-env", PROJECT / ".ci/python" / requirements], stdout=subprocess.PIPE, text=True, check=True
    )
    (home,) = Path(made.stdout.strip()).glob("lib/python*/site-packages/pyspark")
    return home


def hash_of(folder):
    """Over names and bytes of all files but the report, which holds times."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    every = hashlib.sha256()
    for name in files:
        if name != REPORT:
            content = hashlib.sha256((folder / name).read_bytes()).hexdigest()
            every.update(f"{name}\0{content}\n".encode())
    if "_emulsion/manifest.json" not in files:
        raise RuntimeError(f"no manifest in {folder}")
    return every.hexdigest()


def mix(row, photos, output):
    """Runs the row; returns its hash, and what is wrong with it or nothing."""
    unset = ("SPARK_HOME", "JAVA_HOME", "SPARK_CONF_DIR", "LC_ALL", "LANG", "TZ", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment.update(row.environment)
    if row.requirements:
        environment["SPARK_HOME"] = str(spark_home(row.requirements))
    command = [str(PROJECT / "submit/emulsion"), "mix", "--input", str(photos), "--output", str(output), *row.spark]
    for key, value in (OPTIONS | row.options).items():
        command += ["--set", f"{key}={value}"]
    result = subprocess.run(command, env=environment, umask=row.umask, capture_output=True, text=True, timeout=900)
    said = result.stdout + result.stderr
    if result.returncode != 0:
        return "", f"exit code {result.returncode}:\n{said[-3000:]}"
    if row.shows and not re.search(row.shows, said):
        return "", f"it took no effect: nothing like {row.shows!r} in\n{said[-3000:]}"
    if row.hides and re.search(row.hides, said):
        return "", f"it took no effect: {row.hides!r} in\n{said[-3000:]}"
    return hash_of(output), ""


def make_photos(folder):
    """Real photos, one that EXIF turns, and one that is cut."""
    shutil.copytree(DATA / "classification-imagenet16", folder, copy_function=shutil.copyfile)
    (folder / "odd").mkdir()
    shutil.copyfile(DATA / "odd-images/files/Portrait_6.jpg", folder / "odd/turned é.jpg")
    shutil.copyfile(DATA / "odd-images/files/truncated_jpeg.jpg", folder / "odd/_cut.jpg")


def main(words):
    if not (PROJECT / "spark-jobs/target/emulsion.jar").exists():
        print("matrix: there is no jar: mvn package -DskipTests", file=sys.stderr)
        return 2
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        photos = scratch / "photos"
        make_photos(photos)
        chosen = [row for row in rows(scratch) if not words or any(word in row.name for word in words)]
        plain = ""
        for number, row in enumerate([Row("plain"), *chosen]):
            started = time.monotonic()
            output = scratch / f"out-{number}"
            found, wrong = mix(row, photos, output)
            plain = plain or found
            if not wrong and (found == plain) != row.same:
                wrong = f"hash {found}, but plain has {plain}"
            shutil.rmtree(output, ignore_errors=True)
            failed += bool(wrong)
            print(f"{'FAILED' if wrong else 'ok'} {row.name} {found[:12]} {time.monotonic() - started:.1f} s", flush=True)
            if wrong:
                print(wrong, flush=True)
        print(f"{len(chosen) + 1 - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
