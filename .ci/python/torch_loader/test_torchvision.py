"""Our crops, flips and frames beside torchvision's: the law of the boxes, and the pixels of the same boxes on every photo."""

import math
import sys
from pathlib import Path

import numpy
import pytest
import torch
from PIL import Image
from torchvision.transforms import InterpolationMode, RandomResizedCrop
from torchvision.transforms import functional as F

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import java  # noqa: E402

SETS = [
    "classification-imagenet16",
    "classification-caltech12",
    "classification-cifar10-mini",
    "detection-coco128",
    "detection-voc-bccd",
    "detection-voc-raccoon",
]
DRAWS = 20_000
SIZE = 224
BILINEAR = InterpolationMode.BILINEAR


@pytest.fixture(autouse=True)
def seeded():
    torch.manual_seed(20261124)  # get_params draws from it


def boxes(jobs):
    """Of each line of jobs: top, left, height, width of the box that is drawn, and whether it is flipped."""
    text = java.run("io.emulsion.canvas.CropCommand", text="\n".join("\t".join(map(str, job)) for job in jobs) + "\n")
    return numpy.array([line.split() for line in text.splitlines()], dtype=int)


def two_sample_p(first, second):
    """P-value of the Kolmogorov-Smirnov test by its limit law; of whole numbers it is too large, never too small."""
    values = numpy.union1d(first, second)
    below = [numpy.searchsorted(numpy.sort(sample), values, side="right") / len(sample) for sample in (first, second)]
    scaled = numpy.abs(below[0] - below[1]).max() * math.sqrt(len(first) * len(second) / (len(first) + len(second)))
    if scaled < 0.2:
        return 1.0
    return min(1.0, 2 * sum((-1) ** (k - 1) * math.exp(-2 * (k * scaled) ** 2) for k in range(1, 101)))


@pytest.mark.parametrize("height, width", [(375, 500), (640, 190), (32, 32)])
def test_boxes_follow_torchvisions_law(height, width):
    ours = boxes([(f"image {i}", height, width) for i in range(DRAWS)])
    image = Image.new("L", (width, height))
    theirs = numpy.array([RandomResizedCrop.get_params(image, (0.08, 1.0), (3 / 4, 4 / 3)) for _ in range(DRAWS)])
    measures = {
        "top": lambda box: box[:, 0],
        "left": lambda box: box[:, 1],
        "height": lambda box: box[:, 2],
        "width": lambda box: box[:, 3],
        "area": lambda box: box[:, 2] * box[:, 3],
        "ratio": lambda box: box[:, 3] / box[:, 2],
    }
    for name, measure in measures.items():
        assert two_sample_p(measure(ours), measure(theirs)) > 1e-4, name
    assert abs(ours[:, 4].mean() - 0.5) < 4 * 0.5 / math.sqrt(DRAWS)


def test_the_test_of_the_law_finds_another_law():
    image = Image.new("L", (500, 375))
    draws = [numpy.array([RandomResizedCrop.get_params(image, (least, 1.0), (3 / 4, 4 / 3)) for _ in range(DRAWS)]) for least in (0.08, 0.11)]
    assert two_sample_p(draws[0][:, 2], draws[1][:, 2]) < 1e-4


def photos():
    for name in SETS:
        paths = sorted(path for path in (java.DATA / name).rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png"))
        assert paths, name
        for path in paths:
            with Image.open(path) as image:
                yield path.relative_to(java.DATA).as_posix(), image.convert("RGB")


def check(pairs):
    """All values within 1 level, but for one in a million that may be 2 off: ties in both passes, see Resize."""
    values = beyond = 0
    for case, ours, theirs in pairs:
        difference = numpy.abs(ours.astype(int) - numpy.asarray(theirs).astype(int))
        assert difference.max() <= 2, case
        values += difference.size
        beyond += int((difference > 1).sum())
    print(f"{beyond} of {values} values are 2 levels off")
    assert values > 100_000_000
    assert beyond <= values * 1e-6


def raw(path):
    return numpy.fromfile(path, numpy.uint8).reshape(SIZE, SIZE, 3)


def test_augmented_photos_are_torchvisions_of_the_same_boxes(tmp_path):
    def pairs():
        jobs = []
        for number, (name, image) in enumerate(photos()):
            source = tmp_path / f"{number}.rgb"
            source.write_bytes(image.tobytes())
            jobs.append((name, image.height, image.width, source, SIZE, SIZE, tmp_path / f"{number}.made"))
        drawn = boxes(jobs)
        flips = 0
        for (name, image), job, (top, left, height, width, flipped) in zip(photos(), jobs, drawn, strict=True):
            theirs = F.resized_crop(image, top, left, height, width, [SIZE, SIZE], BILINEAR, antialias=True)
            flips += flipped
            yield name, raw(job[6]), F.hflip(theirs) if flipped else theirs
        assert 0.4 < flips / len(jobs) < 0.6

    check(pairs())


@pytest.mark.parametrize("how", ["CROP BLACK", "STRETCH BLACK", "LETTERBOX WHITE"])
def test_fitted_photos_are_torchvisions(how, tmp_path):
    def pairs():
        jobs = []
        for number, (_, image) in enumerate(photos()):
            source = tmp_path / f"{number}.rgb"
            source.write_bytes(image.tobytes())
            jobs.append((source, image.height, image.width, SIZE, SIZE, "BILINEAR", how, tmp_path / f"{number}.made"))
        java.run("io.emulsion.canvas.ResizeCommand", text="\n".join("\t".join(map(str, job)) for job in jobs) + "\n")
        for (name, image), job in zip(photos(), jobs, strict=True):
            yield name, raw(job[7]), fitted(image, how)

    check(pairs())


def fitted(image, how):
    if how.startswith("CROP"):
        return F.center_crop(F.resize(image, SIZE, BILINEAR, antialias=True), [SIZE, SIZE])
    if how.startswith("STRETCH"):
        return F.resize(image, [SIZE, SIZE], BILINEAR, antialias=True)
    longer = max(image.size)
    height, width = (round(side / longer * SIZE) for side in (image.height, image.width))
    top, left = round((SIZE - height) / 2), round((SIZE - width) / 2)
    inside = F.resize(image, [height, width], BILINEAR, antialias=True)
    return F.pad(inside, [left, top, SIZE - width - left, SIZE - height - top], fill=255)
