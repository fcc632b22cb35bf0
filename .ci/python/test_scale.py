"""A large set in a small heap: 200,000 references end to end, and native memory over thousands of photos."""

import json
import os
import subprocess
import threading
import time
from pathlib import Path

import numpy
import pytest
from PIL import Image

import dataset

CLASSES = 100
REFERENCES = 200_000


@pytest.fixture(scope="module")
def links(tmp_path_factory):
    """Hard links to one small picture a class: many names, few bytes."""
    folder = tmp_path_factory.mktemp("links")
    random = numpy.random.default_rng(3)
    for c in range(CLASSES):
        of_class = folder / f"class-{c:03d}"
        of_class.mkdir()
        first = of_class / "00000.png"
        Image.fromarray(random.integers(0, 256, (8, 8, 3), dtype=numpy.uint8)).save(first)
        for i in range(1, REFERENCES // CLASSES):
            os.link(first, of_class / f"{i:05d}.png")
    return folder


def resident_kib(process):
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def run(arguments, samples=None):
    """Runs Emulsion; `samples` gets the process's resident memory, in KiB, five times a second."""
    process = subprocess.Popen([dataset.PROJECT / "submit/emulsion", *arguments])

    def watch():
        while process.poll() is None:
            try:
                samples.append(resident_kib(process))
            except (FileNotFoundError, ProcessLookupError):
                return
            time.sleep(0.2)

    if samples is not None:
        threading.Thread(target=watch, daemon=True).start()
    assert process.wait(timeout=900) == 0


def test_200_000_references_in_a_heap_of_1_gb(links, tmp_path):
    mixed = tmp_path / "mixed"
    run(["mix", "--driver-memory", "1g", "--input", links, "--output", mixed,
         "--set", "image.size=8", "--set", "output.shard-samples=256"])  # fmt: skip
    report = json.loads((mixed / "_emulsion/report.json").read_text())
    assert report["inputs"] == report["records"] == REFERENCES
    manifest = dataset.manifest(mixed)
    assert manifest["shards"] == -(-REFERENCES // 256)
    assert sum(file["records"] for file in manifest["files"]) == REFERENCES


def test_native_memory_stays_flat_over_5_000_photos(tmp_path):
    photos = tmp_path / "photos"
    source = dataset.PROJECT.parent / "shared/data/classification-caltech12"
    images = sorted(source.glob("*/*.jpg"))
    if not images and os.environ.get("CI") != "true":
        pytest.skip("../shared/data is absent")
    assert images
    for i in range(5_000):
        image = images[i % len(images)]
        of_class = photos / image.parent.name
        of_class.mkdir(parents=True, exist_ok=True)
        os.symlink(image, of_class / f"{i:05d}.jpg")
    samples = []
    # A small heap that fills soon, so that what still grows afterwards is native.
    run(["mix", "--master", "local[2]", "--driver-memory", "512m", "--conf",
         "spark.driver.extraJavaOptions=-Xms512m -XX:+AlwaysPreTouch", "--input", photos, "--output",
         tmp_path / "mixed", "--set", "image.size=224", "--set", "mix.views=2"], samples)  # fmt: skip
    middle = max(samples[len(samples) * 4 // 10 : len(samples) * 6 // 10])
    end = max(samples[len(samples) * 8 // 10 :])
    # An image of 224 px is 147 KiB: keeping one in thirty would show here.
    assert end - middle < 80 * 1024, f"from {middle} to {end} KiB over the second half"
