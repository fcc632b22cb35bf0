"""Compares our integer resize with Pillow's BILINEAR and OpenCV's INTER_AREA.

check_resize.py CLASSPATH DATA: CLASSPATH holds classes and test classes of `common`, DATA the folder
of real images. Prints the largest difference of each case; exits with 1 if one is above 1 level.
Needs pillow, numpy, opencv-python-headless.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

ALLOWED = 1
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
    height, width = target
    yield "BILINEAR", np.asarray(Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR))
    if height <= pixels.shape[0] and width <= pixels.shape[1]:
        yield "AREA", cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)


def main():
    classpath, data = sys.argv[1], Path(sys.argv[2])
    worst = {}
    with tempfile.TemporaryDirectory() as folder:
        source, result = Path(folder, "source"), Path(folder, "result")
        command = ["java", "-cp", classpath, "io.emulsion.canvas.ResizeCommand"]
        expected, jobs = [], []
        for number, (case, pixels, target) in enumerate([*photos(data), *noise()]):
            path = f"{source}{number}"
            Path(path).write_bytes(np.ascontiguousarray(pixels).tobytes())
            for filter_name, reference in references(pixels, target):
                out = f"{result}{number}{filter_name}"
                jobs.append("\t".join(map(str, (path, *pixels.shape[:2], *target, filter_name, out))))
                expected.append((f"{case} {filter_name}", reference, out))
        subprocess.run(command, input="\n".join(jobs) + "\n", text=True, check=True)
        for case, reference, out in expected:
            ours = np.fromfile(out, np.uint8).reshape(reference.shape)
            difference = np.abs(ours.astype(int) - reference)
            most, off, count = worst.get(case, (0, 0, 0))
            worst[case] = (max(most, int(difference.max())), off + int((difference > 0).sum()), count + ours.size)
    for case, (most, off, count) in worst.items():
        print(f"{case}: at most {most}, {off / count:.2%} of {count} values differ")
    if not worst or max(most for most, _, _ in worst.values()) > ALLOWED:
        sys.exit(f"Differs by more than {ALLOWED} level")


if __name__ == "__main__":
    main()
