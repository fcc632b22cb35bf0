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


IMAGES = 118_000
POLYGON_POINTS = 28


@pytest.fixture(scope="module")
def big_coco(tmp_path_factory):
    """As large as instances_train2017.json, and in the worst order: the images come last."""
    folder = tmp_path_factory.mktemp("coco")
    images = folder / "images"
    images.mkdir()
    for i in range(IMAGES):
        image = images / f"{i:012d}.png"
        if i % 50_000 == 0:  # a file has no more than 65,000 names
            first = image
            Image.new("RGB", (8, 8)).save(first)
        else:
            os.link(first, image)
    polygon = ", ".join(f"{i}.{i:02d}" for i in range(2 * POLYGON_POINTS))
    path = folder / "instances.json"
    with path.open("w") as file:
        file.write('{"annotations": [')
        for i in range(860_000):
            file.write(
                f'{"," if i else ""}{{"segmentation": [[{polygon}]], "area": 702.1, "iscrowd": 0, "image_id": '
                f'{i * 7919 % (IMAGES - 1000)}, "bbox": [1.5, 2.25, 3.5, 4.75], "category_id": {1 + i % 90}, "id": {i}}}'
            )
        categories = [{"supercategory": "s", "id": i, "name": f"class {i}"} for i in range(1, 91)]
        file.write(f'], "categories": {json.dumps(categories)}, "images": [')
        for i in range(IMAGES):
            file.write(
                f'{"," if i else ""}{{"license": 3, "file_name": "{i:012d}.png", "coco_url": '
                f'"http://images.cocodataset.org/train2017/{i:012d}.jpg", "height": 8, "width": 8, "id": {i}}}'
            )
        file.write("]}")
    assert path.stat().st_size > 450e6
    return images, path


def test_450_mb_of_coco_in_a_heap_of_512_mb(big_coco, tmp_path):
    images, annotations = big_coco
    command = [dataset.PROJECT / "submit/emulsion", "plan", "--driver-memory", "512m",
               "--config", dataset.PROJECT / "conf/coco.yaml", "--input", images,
               "--output", tmp_path / "mixed", "--set", f"input.annotations={annotations}"]  # fmt: skip
    plan = subprocess.run(command, check=True, capture_output=True, text=True, timeout=900).stdout
    assert plan.startswith(f"{IMAGES:,} inputs, ")
    assert "860,000 boxes; 1,000 inputs have none" in plan
    assert "Mended" not in plan and "Passed over" not in plan
