"""Opens a data set of image files as detectors do: pycocotools, torchvision, Ultralytics. Made of COCO128 in two
views, the second one unmixed (EMULSION_FILES, EMULSION_COCO: see .ci/run)."""

import json
import os
import subprocess
from collections import Counter
from pathlib import Path

os.environ["YOLO_OFFLINE"] = "true"  # before the import: it reads it
import numpy
import pytest
from PIL import Image
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from torchvision import tv_tensors
from torchvision.datasets import CocoDetection, wrap_dataset_for_transforms_v2
from ultralytics.data.dataset import YOLODataset
from ultralytics.data.utils import check_det_dataset
from ultralytics.utils import SETTINGS

SETTINGS["sync"] = False
PROJECT = Path(__file__).resolve().parents[3]
SET = Path(os.environ["EMULSION_FILES"])
SOURCE = Path(os.environ["EMULSION_COCO"])
MIXED, UNMIXED = SET / "files/view-000", SET / "files/view-001"
VIEWS = pytest.mark.parametrize("view", [MIXED, UNMIXED], ids=["mixed", "unmixed"])


@pytest.fixture(scope="module")
def source():
    return COCO(SOURCE / "annotations/instances_train2017.json")


def coco(view):
    return COCO(view / "annotations.json")


def expected(source, image):
    """What an image of ours should show: (category name, bbox, area, iscrowd, weight, source) of each box."""
    of_file = {original["file_name"]: original["id"] for original in source.dataset["images"]}
    shares = [(image["id_a"], image["lambda"], 0)]
    if image["id_b"] != image["id_a"]:
        shares.append((image["id_b"], 1 - image["lambda"], 1))
    return [
        (source.cats[box["category_id"]]["name"], box["bbox"], round(box["area"], 6), box["iscrowd"], share, number)
        for name, share, number in shares
        for box in source.imgToAnns[of_file[name]]
    ]


@VIEWS
def test_every_image_is_in_with_all_boxes_of_both(source, view):
    ours = coco(view)
    images = ours.dataset["images"]
    names = {image["file_name"] for image in source.dataset["images"]}
    assert len(images) == len(names) == 128
    assert {image["id_a"] for image in images} == names
    assert {image["id_b"] for image in images} == names
    for image in images:
        boxes = [
            (
                ours.cats[box["category_id"]]["name"],
                box["bbox"],
                box["area"],
                box["iscrowd"],
                box["weight"],
                box["source"],
            )
            for box in ours.imgToAnns[image["id"]]
        ]
        assert boxes == expected(source, image)
    times = 2 if view == MIXED else 1
    assert len(ours.anns) == len(ours.dataset["annotations"]) == times * len(source.anns)
    assert len(source.anns) == 939


@VIEWS
def test_ids_tell_shard_and_position(view):
    ours = coco(view)
    for image in ours.dataset["images"]:
        folder, name = image["file_name"].split("/")
        _, shard, position = Path(name).stem.split("-")
        assert int(folder) == int(shard)
        assert image["id"] == int(shard) * 2**20 + int(position)
        numbers = [box["id"] - image["id"] * 2**12 for box in ours.imgToAnns[image["id"]]]
        assert numbers == list(range(1, len(numbers) + 1))
    ids = [box["id"] for box in ours.dataset["annotations"]]
    assert ids == sorted(set(ids)) and ids[0] > 0


def test_lambda_is_drawn_in_the_mixed_view_only():
    assert all(image["lambda"] == 1 and image["id_a"] == image["id_b"] for image in coco(UNMIXED).dataset["images"])
    shares = [image["lambda"] for image in coco(MIXED).dataset["images"]]
    assert len(set(shares)) > 100 and 0 < min(shares) < max(shares) < 1
    assert all((share * 65536).is_integer() for share in shares)


@VIEWS
def test_crowds_cover_the_same_pixels_on_the_larger_canvas(source, view):
    ours = coco(view)
    of_file = {original["file_name"]: original["id"] for original in source.dataset["images"]}
    crowds = 0
    for box in ours.dataset["annotations"]:
        assert box["iscrowd"] == int("segmentation" in box)
        if box["iscrowd"]:
            image = ours.imgs[box["image_id"]]
            original = of_file[image["id_b" if box["source"] else "id_a"]]
            (theirs,) = [b for b in source.imgToAnns[original] if b["iscrowd"] and b["bbox"] == box["bbox"]]
            mask = source.annToMask(theirs)
            grown = numpy.zeros((image["height"], image["width"]), numpy.uint8)
            grown[: mask.shape[0], : mask.shape[1]] = mask
            numpy.testing.assert_array_equal(ours.annToMask(box), grown)
            crowds += 1
    assert crowds == (20 if view == MIXED else 10)


@VIEWS
def test_perfect_detections_are_perfect(view):
    """An annotation of id 0 would never be matched."""
    ours = coco(view)
    found = [
        {"image_id": box["image_id"], "category_id": box["category_id"], "bbox": box["bbox"], "score": 1.0}
        for box in ours.dataset["annotations"]
        if not box["iscrowd"]
    ]
    evaluation = COCOeval(ours, ours.loadRes(found), "bbox")
    evaluation.params.maxDets = [1, 10, 1000]
    evaluation.evaluate()
    evaluation.accumulate()
    precision = evaluation.eval["precision"][:, :, :, 0, -1]
    recall = evaluation.eval["recall"][:, :, 0, -1]
    assert recall[recall > -1].min() == 1
    assert precision[precision > -1].min() > 0.999


@VIEWS
def test_torchvision_reads_every_image(view):
    read = CocoDetection(view / "images", view / "annotations.json")
    assert len(read) == 128
    ours = coco(view)
    boxless = 0
    for (image, boxes), number in zip(read, read.ids):
        described = ours.imgs[number]
        assert image.size == (described["width"], described["height"])
        assert boxes == ours.imgToAnns[number]
        boxless += not boxes
    assert boxless == 2 or view == MIXED


def test_torchvisions_transforms_take_the_boxes():
    read = wrap_dataset_for_transforms_v2(CocoDetection(MIXED / "images", MIXED / "annotations.json"))
    ours = coco(MIXED)
    for image, target in read:
        boxes = ours.imgToAnns[target["image_id"]]
        if boxes:
            assert isinstance(target["boxes"], tv_tensors.BoundingBoxes)
            assert target["boxes"].canvas_size == (image.height, image.width)
            assert target["labels"].tolist() == [box["category_id"] for box in boxes]
            corners = [[x, y, x + width, y + height] for x, y, width, height in (box["bbox"] for box in boxes)]
            numpy.testing.assert_allclose(target["boxes"].numpy(), corners, atol=1e-3)


def ultralytics(yaml):
    data = check_det_dataset(yaml)
    return data, YOLODataset(img_path=data["train"], data=data, imgsz=640, augment=False)


@VIEWS
def test_ultralytics_reads_every_label(view):
    data, read = ultralytics(view / "data.yaml")
    ours = coco(view)
    assert data["names"] == {number: category["name"] for number, category in enumerate(ours.dataset["categories"])}
    by_file = {image["file_name"]: image for image in ours.dataset["images"]}
    assert len(read) == 128
    for label in read.labels:
        image = by_file[Path(label["im_file"]).relative_to(view / "images").as_posix()]
        assert label["shape"] == (image["height"], image["width"])
        boxes = [box for box in ours.imgToAnns[image["id"]] if not box["iscrowd"]]
        size = numpy.array([image["width"], image["height"]] * 2)
        theirs = numpy.hstack([label["cls"], label["bboxes"] * size])
        centred = [
            [box["category_id"], x + width / 2, y + height / 2, width, height]
            for box in boxes
            for x, y, width, height in [box["bbox"]]
        ]
        expected = numpy.array(centred).reshape(-1, 5)
        if len(theirs) != len(expected):  # two equal boxes become one there
            expected = numpy.unique(expected, axis=0)
        order = numpy.lexsort(numpy.round(theirs, 2).T), numpy.lexsort(numpy.round(expected, 2).T)
        numpy.testing.assert_allclose(theirs[order[0]], expected[order[1]], atol=2e-3)
    sample = read[0]
    assert sample["img"].ndim == 3


def test_ultralytics_reads_all_views_by_one_file():
    _, read = ultralytics(SET / "files/data.yaml")
    views = Counter(Path(file).relative_to(SET / "files").parts[0] for file in read.im_files)
    assert views == {"view-000": 128, "view-001": 128}
    assert len(read.labels) == 256


def test_labels_are_the_sources_own_up_to_yolos_rounding():
    """The labels that others made of the same COCO annotations."""
    ours = coco(UNMIXED)
    compared = 0
    for image in ours.dataset["images"]:
        label = (UNMIXED / "labels" / image["file_name"]).with_suffix(".txt").read_text().splitlines()
        theirs = SOURCE / "labels/train2017" / Path(image["id_a"]).with_suffix(".txt").name
        theirs = theirs.read_text().splitlines() if theirs.exists() else []
        rows = [sorted([float(number) for number in row.split()] for row in rows) for rows in (label, theirs)]
        assert [row[0] for row in rows[0]] == [row[0] for row in rows[1]], image["id_a"]
        if rows[0]:
            numpy.testing.assert_allclose(rows[0], rows[1], atol=1.01e-6)
        compared += len(rows[0])
    assert compared == 929


@VIEWS
def test_each_image_is_the_file_it_says(view):
    encoding = json.loads((SET / "_emulsion/manifest.json").read_text())["options"]["output.encoding"]
    for image in coco(view).dataset["images"]:
        with Image.open(view / "images" / image["file_name"]) as opened:
            opened.load()
            assert opened.format.lower() == encoding and opened.mode == "RGB"


def test_the_manifest_names_indexes_and_no_image():
    manifest = json.loads((SET / "_emulsion/manifest.json").read_text())
    paths = [file["path"] for file in manifest["files"]]
    assert [path for path in paths if "/images/" in path or "/labels/" in path] == []
    indexes = [path for path in paths if path.endswith(".jsonl")]
    assert len(indexes) == 2 * manifest["shards"]
    lines = [json.loads(line) for path in indexes for line in (SET / path).read_text().splitlines()]
    assert len([line for line in lines if "file_name" in line]) == 256


def test_what_readers_left_is_no_damage():
    assert list(SET.glob("files/view-*/labels/*.cache"))  # Ultralytics'
    verified = subprocess.run(
        [str(PROJECT / "submit/emulsion"), "verify", str(SET)], capture_output=True, text=True, check=False
    )
    assert verified.returncode == 0, verified.stderr
