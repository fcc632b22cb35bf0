"""Mixes the real detection sets and computes every pixel, box and weight again with NumPy; reads them with TensorFlow and `datasets`."""

import io
import json
import os
import re
import xml.etree.ElementTree as xml
from dataclasses import dataclass, field
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"  # before the import: it reads it
import datasets
import numpy
import pyarrow.parquet
import pytest
import tensorflow as tf
from PIL import Image

import dataset

DATA = dataset.PROJECT.parent / "shared" / "data"
LISTS = {
    "image/object/area": "float_list",
    "image/object/bbox/xmax": "float_list",
    "image/object/bbox/xmin": "float_list",
    "image/object/bbox/ymax": "float_list",
    "image/object/bbox/ymin": "float_list",
    "image/object/class/label": "int64_list",
    "image/object/class/text": "bytes_list",
    "image/object/difficult": "int64_list",
    "image/object/is_crowd": "int64_list",
    "image/object/source": "int64_list",
    "image/object/weight": "float_list",
}
SINGLES = {
    "image/encoded": "bytes_list",
    "image/filename": "bytes_list",
    "image/format": "bytes_list",
    "image/height": "int64_list",
    "image/mixup/id_a": "bytes_list",
    "image/mixup/id_b": "bytes_list",
    "image/mixup/lambda": "float_list",
    "image/mixup/view": "int64_list",
    "image/source_id": "bytes_list",
    "image/width": "int64_list",
}


def source(name):
    """A folder of the real sets; without it the test is skipped, and in CI it fails."""
    path = DATA / name
    if not path.is_dir():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{path} is missing")
    return path


@dataclass(frozen=True)
class Truth:
    """A box as its annotation has it: corners in pixels, name of its class."""

    corners: tuple
    name: str
    crowd: bool = False
    difficult: bool = False
    area: float | None = None


def coco128():
    root = source("detection-coco128")
    annotations = root / "annotations/instances_train2017.json"
    content = json.loads(annotations.read_text())
    names = {category["id"]: category["name"] for category in content["categories"]}
    files = {image["id"]: image["file_name"] for image in content["images"]}
    boxes = {name: [] for name in files.values()}
    for a in content["annotations"]:
        x, y, width, height = a["bbox"]
        truth = Truth((x, y, x + width, y + height), names[a["category_id"]], bool(a["iscrowd"]), False, a["area"])
        boxes[files[a["image_id"]]].append(truth)
    return root / "train2017", ["input.format=coco", f"input.annotations={annotations}", "label.offset=1"], boxes


def voc(name, images, annotations, *settings):
    root = source(name)
    boxes = {}
    for path in sorted((root / annotations).glob("*.xml")):
        found = []
        for item in xml.parse(path).getroot().iter("object"):
            corners = tuple(float(item.find("bndbox").findtext(side)) for side in ("xmin", "ymin", "xmax", "ymax"))
            if corners[0] < corners[2] and corners[1] < corners[3]:  # one box of BCCD has no area, and is left out
                found.append(Truth(corners, item.findtext("name"), False, item.findtext("difficult") == "1"))
        boxes[path.with_suffix(".jpg").name] = found
    return root / images, ["input.format=voc", f"input.annotations={root / annotations}", *settings], boxes


@dataclass
class Mixed:
    folder: Path
    truths: dict
    offset: int
    records: list = field(default_factory=list)
    rows: list = field(default_factory=list)


SETS = {
    "coco128": coco128,
    "raccoon": lambda: voc("detection-voc-raccoon", "images", "annotations"),
    "bccd": lambda: voc("detection-voc-bccd", "JPEGImages", "Annotations", "mix.lambda.distribution=constant"),
}


@pytest.fixture(scope="module", params=list(SETS))
def mixed(request, tmp_path_factory):
    """Three views in both formats, of which the last is not mixed; without loss, so that it shows the stored pixels."""
    images, settings, truths = SETS[request.param]()
    folder = tmp_path_factory.mktemp("mixed") / request.param
    common = ["task=detection", "mix.views=3", "mix.unmixed-views=1", "output.encoding=png", "output.format=[tfrecord, parquet]"]
    dataset.mix(images, folder, *common, "output.shard-samples=40", *settings)
    mixed = Mixed(folder, truths, 1 if "label.offset=1" in settings else 0)
    for path in dataset.shards(folder):
        mixed.records.extend(tf.data.TFRecordDataset(str(folder / path)).as_numpy_iterator())
    for path in sorted(folder.glob("parquet/view-*/*.parquet")):
        mixed.rows.extend(pyarrow.parquet.read_table(path).to_pylist())
    assert len(mixed.records) == len(mixed.rows) == 3 * len(truths)
    return mixed


def pixels(encoded):
    with Image.open(io.BytesIO(encoded)) as image:
        assert image.mode == "RGB"
        return numpy.asarray(image)


def stored(mixed):
    """The pixels of each input, as the view shows them that is not mixed."""
    return {row["id_a"]: pixels(row["image"]["bytes"]) for row in mixed.rows if row["view"] == 2}


def test_every_pixel_is_the_formula_rounded_half_to_even(mixed):
    images = stored(mixed)
    assert images.keys() == mixed.truths.keys()
    unequal = ties = 0
    for row in mixed.rows:
        first, partner, share = images[row["id_a"]], images[row["id_b"]], row["lambda"]
        height = max(first.shape[0], partner.shape[0])
        width = max(first.shape[1], partner.shape[1])
        assert (row["height"], row["width"]) == (height, width)
        canvas = numpy.zeros((height, width, 3))  # GluonCV's MixupDetection, in doubles: they hold every product exactly
        canvas[: first.shape[0], : first.shape[1]] += share * first
        canvas[: partner.shape[0], : partner.shape[1]] += (1 - share) * partner
        rounded = numpy.rint(canvas)
        assert numpy.array_equal(pixels(row["image"]["bytes"]), rounded), row["image"]["path"]
        unequal += first.shape != partner.shape
        ties += numpy.count_nonzero(canvas % 1 == 0.5)
    assert unequal > 100 or {image.shape for image in images.values()} == {(480, 640, 3)}
    assert ties > 0 or mixed.folder.name != "bccd"  # at a lambda of 0.5 every second value is one


def test_what_is_not_mixed_is_what_pillow_decodes(mixed, request):
    folder = {"coco128": "detection-coco128/train2017", "raccoon": "detection-voc-raccoon/images", "bccd": "detection-voc-bccd/JPEGImages"}
    name = mixed.folder.name
    for image_id, image in stored(mixed).items():
        with Image.open(DATA / folder[name] / image_id) as decoded:
            wanted = numpy.asarray(decoded.convert("RGB"), dtype=int)
        assert image.shape == wanted.shape  # EXIF turns nothing
        assert abs(image - wanted).mean() < 0.5, image_id


def expected_boxes(mixed, id_a, id_b, share):
    """Each box of both with its weight and source; of an image that is not mixed once."""
    boxes = [(truth, share, 0) for truth in mixed.truths[id_a]]
    if id_b != id_a:
        boxes += [(truth, 1 - share, 1) for truth in mixed.truths[id_b]]
    return boxes


def area(truth):
    left, top, right, bottom = truth.corners
    return (right - left) * (bottom - top) if truth.area is None else truth.area


def test_boxes_in_are_boxes_out_in_parquet(mixed):
    names = [""] * mixed.offset + dataset.labels(mixed.folder)
    for row in mixed.rows:
        objects = row["objects"]
        expected = expected_boxes(mixed, row["id_a"], row["id_b"], row["lambda"])
        assert {len(values) for values in objects.values()} == {len(expected)}, row["image"]["path"]
        for i, (truth, weight, of) in enumerate(expected):
            left, top, width, height = objects["bbox"][i]
            assert numpy.allclose((left, top, left + width, top + height), truth.corners, rtol=0, atol=1e-9)
            assert names[objects["category"][i]] == truth.name
            assert objects["weight"][i] == weight
            assert objects["source"][i] == of
            assert objects["iscrowd"][i] == truth.crowd
            assert objects["difficult"][i] == truth.difficult
            assert numpy.isclose(objects["area"][i], area(truth), rtol=1e-12)


def test_each_box_is_in_a_mixed_view_twice_and_in_the_last_once(mixed):
    count = sum(map(len, mixed.truths.values()))
    for view, times in ((0, 2), (1, 2), (2, 1)):
        rows = [row for row in mixed.rows if row["view"] == view]
        assert sum(len(row["objects"]["bbox"]) for row in rows) == times * count
        assert {row["id_a"] for row in rows} == mixed.truths.keys()
        assert all((row["id_a"] == row["id_b"]) == (view == 2) for row in rows)


def test_both_formats_hold_the_same(mixed):
    for row, serialized in zip(mixed.rows, mixed.records):
        example = tf.train.Example.FromString(serialized)
        assert example.SerializeToString(deterministic=True) == serialized
        features = example.features.feature
        assert {key: value.WhichOneof("kind") for key, value in features.items()} == LISTS | SINGLES
        values = {key: list(getattr(features[key], kind).value) for key, kind in (LISTS | SINGLES).items()}
        assert [values["image/encoded"], values["image/filename"]] == [[row["image"]["bytes"]], [row["image"]["path"].encode()]]
        assert values["image/source_id"] == values["image/filename"]
        assert values["image/mixup/lambda"] == [row["lambda"]]
        objects = row["objects"]
        assert {len(values[key]) for key in LISTS} == {len(objects["bbox"])}
        boxes = numpy.array(objects["bbox"]).reshape(-1, 4)
        corners = numpy.column_stack([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]]) / ([row["width"], row["height"]] * 2)
        sides = numpy.column_stack([values[f"image/object/bbox/{side}"] for side in ("xmin", "ymin", "xmax", "ymax")])
        assert numpy.allclose(sides, corners, rtol=1e-6, atol=0)
        assert values["image/object/weight"] == objects["weight"]
        assert values["image/object/class/label"] == objects["category"]
        assert values["image/object/source"] == objects["source"]
        assert values["image/object/is_crowd"] == [int(crowd) for crowd in objects["iscrowd"]]
        assert values["image/object/difficult"] == [int(difficult) for difficult in objects["difficult"]]


def code(folder, heading):
    """What the data card's Python defines, run in its folder; its loop is left out."""
    text = (folder / "README.md").read_text(encoding="utf-8")
    part = text[text.index(heading) :]
    return "".join(re.findall(r"```python\n(.*?)```", part, re.S)).split("for epoch in")[0]


def test_the_cards_code_reads_it_with_tensorflow(mixed, monkeypatch):
    monkeypatch.chdir(mixed.folder)
    scope = {}
    exec(code(mixed.folder, "## TFRecord"), scope)
    for view in (0, 2):
        read = []  # in no order, as several files are read at once
        for image, boxes, labels, weights in scope["load"](view):
            count = weights.shape[0]
            assert boxes.shape == (count, 4) and labels.shape == (count,)  # (0, 4) of an image without a box
            assert float(scope["loss"](tf.ones(count), weights)) == pytest.approx(float(sum(weights.numpy())))
            read.append((image.shape[0], image.shape[1], labels.numpy().tolist(), weights.numpy().tolist()))
        rows = [row for row in mixed.rows if row["view"] == view]
        assert sorted(read) == sorted((row["height"], row["width"], row["objects"]["category"], row["objects"]["weight"]) for row in rows)
        assert len(read) == len(mixed.truths)


def test_the_object_detection_apis_own_features_fit(mixed):
    """The specification of tf_example_decoder.py of TensorFlow's models, research/object_detection."""
    spec = {key: tf.io.FixedLenFeature((), tf.string, "") for key in ("image/encoded", "image/filename", "image/format", "image/source_id")}
    spec |= {key: tf.io.FixedLenFeature((), tf.int64, 1) for key in ("image/height", "image/width")}
    kinds = {"float_list": tf.float32, "int64_list": tf.int64, "bytes_list": tf.string}
    spec |= {key: tf.io.VarLenFeature(kinds[kind]) for key, kind in LISTS.items()}
    for row, serialized in zip(mixed.rows, mixed.records):
        sample = tf.io.parse_single_example(serialized, spec)
        weights = tf.sparse.to_dense(sample["image/object/weight"])
        assert weights.numpy().tolist() == row["objects"]["weight"]
        assert tf.sparse.to_dense(sample["image/object/class/text"]).shape == weights.shape
        if mixed.offset == 1:
            assert (tf.sparse.to_dense(sample["image/object/class/label"]).numpy() >= 1).all()  # 0 is background


def test_datasets_knows_images_classes_and_boxes(mixed, monkeypatch, tmp_path):
    view = datasets.load_dataset(str(mixed.folder), "view-000", split="train", cache_dir=str(tmp_path))
    names = dataset.labels(mixed.folder)
    if mixed.offset:
        names = ["unused-0", *names]
    value = datasets.Value
    assert view.features["image"] == datasets.Image()
    assert view.features["objects"] == {
        "bbox": datasets.List(datasets.List(value("float64"))),
        "category": datasets.List(datasets.ClassLabel(names=names)),
        "weight": datasets.List(value("float64")),
        "source": datasets.List(value("int32")),
        "area": datasets.List(value("float64")),
        "iscrowd": datasets.List(value("bool")),
        "difficult": datasets.List(value("bool")),
    }
    rows = [row for row in mixed.rows if row["view"] == 0]
    assert len(view) == len(rows)
    for row, sample in zip(rows, view):
        assert sample["image"].size == (row["width"], row["height"])
        boxes = numpy.asarray(sample["objects"]["bbox"]).reshape(-1, 4)
        assert boxes.shape == (len(row["objects"]["bbox"]), 4)  # (0, 4) of an image without a box


def test_yolo_labels_of_the_same_images_agree_up_to_their_rounding(tmp_path):
    root = source("detection-coco128")
    _, settings, truths = coco128()
    folder = tmp_path / "yolo"
    yolo = ["input.format=yolo", f"input.annotations={root / 'labels/train2017'}", f"label.classes={root / 'object_detection-config.yaml'}"]
    dataset.mix(root / "train2017", folder, "task=detection", "mix.unmixed-views=1", "output.format=parquet", "output.quality=50", *yolo)
    names = dataset.labels(folder)
    rows = [row for path in folder.glob("parquet/*/*.parquet") for row in pyarrow.parquet.read_table(path).to_pylist()]
    assert len(rows) == 128
    for row in rows:
        truth = sorted((t.name, *t.corners) for t in truths[row["id_a"]] if not t.crowd)  # YOLO has no crowds
        objects = row["objects"]
        found = sorted((names[c], x, y, x + w, y + h) for c, (x, y, w, h) in zip(objects["category"], objects["bbox"]))
        assert [box[0] for box in found] == [box[0] for box in truth], row["id_a"]
        for box in found:
            assert any(box[0] == t[0] and numpy.allclose(box[1:], t[1:], rtol=0, atol=0.01) for t in truth), (row["id_a"], box)
