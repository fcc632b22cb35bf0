"""Compares our integer resize, crops and letterbox with Pillow's BILINEAR and OpenCV's INTER_AREA.

Needs the compiled tests of `common`, the real images, and pillow, numpy, opencv-python-headless.
Prints the largest difference of each case; exits with 1 if one is above 1 level, but for one value in
a million that may be 2 levels off.
"""

import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps

import java

ALLOWED = 1
# Where a value lies half way between two levels in both passes; see Resize.
ALLOWED_AT_TIES = 2
TIES = 1e-6
SETS = [
    "classification-imagenet16",
    "classification-caltech12",
    "classification-cifar10-mini",
    "detection-coco128",
    "detection-voc-bccd",
    "detection-voc-raccoon",
]
# height, width -> height, width
ODD_SIZES = [
    ((1, 1), (224, 224)),
    ((1, 1), (1, 1)),
    ((7, 1000), (224, 224)),
    ((1000, 7), (224, 224)),
    ((333, 500), (333, 224)),
    ((333, 500), (224, 500)),
    ((333, 500), (333, 500)),
    ((333, 500), (1, 1)),
    ((333, 500), (37, 41)),
    ((333, 500), (332, 499)),
    ((225, 225), (224, 224)),
    ((100, 300), (224, 224)),
    ((300, 100), (224, 224)),
    ((32, 32), (224, 224)),
    ((63, 65), (641, 479)),
    ((3000, 4000), (32, 32)),
    ((3000, 4000), (33, 31)),
    ((18, 4000), (17, 32)),
    ((4000, 35), (32, 33)),
    ((600, 800), (224, 224)),
    ((448, 448), (224, 224)),
]


def photos(data):
    for name in SETS:
        paths = sorted(p for p in (data / name).rglob("*") if p.suffix.lower() in (".jpg", ".jpeg", ".png"))
        if not paths:
            sys.exit(f"No images in {name}")
        for path in paths:
            with Image.open(path) as image:
                yield name, np.asarray(image.convert("RGB")), (224, 224)


def noise():
    random = np.random.default_rng(20261124)
    for shape, target in ODD_SIZES:
        case = f"{shape[0]}x{shape[1]} -> {target[0]}x{target[1]}"
        yield f"noise {case}", random.integers(0, 256, (*shape, 3), dtype=np.uint8), target
        coarse = random.integers(0, 256, (shape[0] // 9 + 1, shape[1] // 9 + 1, 3), dtype=np.uint8)
        smooth = Image.fromarray(coarse).resize(shape[::-1], Image.Resampling.BICUBIC)
        yield f"smooth {case}", np.asarray(smooth), target

def references(pixels, target):
    """Each way to fit an image, as the Java side names it, with what others make of it."""
    image = Image.fromarray(pixels)
    yield "STRETCH BLACK", "BILINEAR", resized(image, target)
    yield from area("STRETCH BLACK", pixels, target)
    yield "CROP BLACK", "BILINEAR", centre_crop(image, target)
    if 0 not in ImageOps.contain(image, target[::-1]).size:  # a sliver of which Pillow leaves nothing
        yield "LETTERBOX WHITE", "BILINEAR", letterbox(image, target)
    for top, left, height, width in boxes(*pixels.shape[:2]):
        how = f"{top} {left} {height} {width}"
        part = image.crop((left, top, left + width, top + height))
        yield how, "BILINEAR", resized(part, target)
        yield from area(how, np.asarray(part), target)


def resized(image, target):
    return np.asarray(image.resize(target[::-1], Image.Resampling.BILINEAR))


def centre_crop(image, target):
    """torchvision's Resize of the side that covers the target, then CenterCrop."""
    height, width = target
    if height * image.width >= width * image.height:
        size = (height * image.width // image.height, height)
    else:
        size = (width, width * image.height // image.width)
    left, top = round((size[0] - width) / 2), round((size[1] - height) / 2)
    whole = image.resize(size, Image.Resampling.BILINEAR)
    return np.asarray(whole.crop((left, top, left + width, top + height)))


def letterbox(image, target):
    return np.asarray(ImageOps.pad(image, target[::-1], Image.Resampling.BILINEAR, color="white"))


def area(how, pixels, target):
    if target[0] <= pixels.shape[0] and target[1] <= pixels.shape[1]:
        yield how, "AREA", cv2.resize(np.ascontiguousarray(pixels), target[::-1], interpolation=cv2.INTER_AREA)


def boxes(height, width):
    """Boxes of any place and size; the far corner's pixel among them."""
    random = np.random.default_rng(height * width)
    yield height - 1, width - 1, 1, 1
    for _ in range(3):
        box_height, box_width = random.integers(1, height + 1), random.integers(1, width + 1)
        top = random.integers(0, height - box_height + 1)
        left = random.integers(0, width - box_width + 1)
        yield top, left, box_height, box_width


def compare(folder, cases, worst):
    """Notes in `worst`, by case: the largest difference, how many values differ and by how much, of how many."""
    expected, jobs = [], []
    for number, (case, pixels, target) in enumerate(cases):
        source = folder / f"{number}"
        source.write_bytes(np.ascontiguousarray(pixels).tobytes())
        for how, filter_name, reference in references(pixels, target):
            result = folder / f"result{len(jobs)}"
            jobs.append("\t".join(map(str, (source, *pixels.shape[:2], *target, filter_name, how, result))))
            kind = how.split()[0] if how[0].isalpha() else "BOX"
            expected.append((f"{case} {kind} {filter_name}", reference, result))
    java.run("io.emulsion.canvas.ResizeCommand", text="\n".join(jobs) + "\n")
    for case, reference, result in expected:
        ours = np.fromfile(result, np.uint8).reshape(reference.shape)
        difference = np.abs(ours.astype(int) - reference)
        levels = (int(difference.max()), (difference > 0).sum(), (difference > ALLOWED).sum(), ours.size)
        most, *counts = worst.get(case, (0, 0, 0, 0))
        worst[case] = (max(most, levels[0]), *(a + b for a, b in zip(counts, levels[1:], strict=True)))


def main():
    worst = {}
    with tempfile.TemporaryDirectory() as folder:
        cases = [*photos(java.DATA), *noise()]
        for start in range(0, len(cases), 300):  # so that references of few cases are in memory
            compare(Path(folder), cases[start : start + 300], worst)
    bad = not worst
    for case, (most, off, far, count) in worst.items():
        print(f"{case}: at most {most}, {off / count:.2%} of {count} values differ, {far} by more than {ALLOWED}")
        bad |= most > ALLOWED_AT_TIES or far > TIES * count
    if bad:
        sys.exit(f"Differs by more than {ALLOWED} level")


if __name__ == "__main__":
    main()
