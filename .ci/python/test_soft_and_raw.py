"""Mixes pictures that need no preparing and computes soft labels, raw and float32 pixels again with NumPy.

Each run writes TFRecord and Parquet, which must hold the same samples.
"""

import os
import re

os.environ["HF_HUB_OFFLINE"] = "1"  # before the import: it reads it
import datasets
import numpy
import pyarrow
import pyarrow.parquet
import pytest
import tensorflow as tf
from PIL import Image

import dataset

WIDTH, HEIGHT = 48, 40
CLASSES = ("circle", "noise", "square")
PICTURES = 12
VIEWS = 3
SMOOTHING = 0.1
OFFSET = 1
LARGE_OFFSET = 1001  # one more than ClassLabel gets placeholders for
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    return dataset.draw_noise(tmp_path_factory.mktemp("photos"), CLASSES, PICTURES, HEIGHT, WIDTH, seed=11)


def mix(photos, tmp_path_factory, *settings):
    mixed = tmp_path_factory.mktemp("mix") / "mixed"
    dataset.mix(
        photos,
        mixed,
        "output.format=[tfrecord, parquet]",
        f"image.size=[{HEIGHT}, {WIDTH}]",
        f"mix.views={VIEWS}",
        "mix.probability=0.8",
        *settings,
    )
    return mixed


def records_of(mixed):
    records = dataset.all_records(mixed)
    assert len(records) == VIEWS * len(CLASSES) * PICTURES
    return records


@pytest.fixture(scope="module")
def raw_set(photos, tmp_path_factory):
    return mix(photos, tmp_path_factory, "output.encoding=raw", "label.soft=float32")


@pytest.fixture(scope="module")
def raw(raw_set):
    return records_of(raw_set)


@pytest.fixture(scope="module")
def png_set(photos, tmp_path_factory):
    return mix(photos, tmp_path_factory, "output.encoding=png", "label.soft=float32", f"label.offset={OFFSET}")


@pytest.fixture(scope="module")
def png(png_set):
    return records_of(png_set)


@pytest.fixture(scope="module")
def hard_raw_set(photos, tmp_path_factory):
    return mix(photos, tmp_path_factory, "output.encoding=raw", f"label.offset={LARGE_OFFSET}")


@pytest.fixture(scope="module")
def float32_set(photos, tmp_path_factory):
    return mix(
        photos,
        tmp_path_factory,
        "output.encoding=float32",
        f"output.mean={list(MEAN)}",
        f"output.std={list(STD)}",
        "label.soft=float32",
        f"label.smoothing={SMOOTHING}",
        f"label.offset={OFFSET}",
    )


@pytest.fixture(scope="module")
def float32(float32_set):
    return records_of(float32_set)


def pixels(photos, image_id):
    with Image.open(photos / image_id) as image:
        return numpy.asarray(image)


def weight(record):
    exact = record.share * 65536
    assert exact == int(exact)
    return int(exact)


def smoothed(label, smoothing):
    classes = len(CLASSES)
    one_hot = numpy.full(classes, smoothing / classes)
    one_hot[label] = 1 - smoothing + smoothing / classes
    return one_hot


def class_of(image_id):
    return sorted(CLASSES).index(image_id.split("/")[0])


def cross_entropy(target, logits):
    return -(target * (logits - numpy.log(numpy.exp(logits).sum()))).sum()


def test_raw_pixels_are_the_rounded_mix(raw, photos):
    for record in raw:
        assert record.format == "raw"
        stored = tf.reshape(tf.io.decode_raw(record.encoded, tf.uint8), (record.height, record.width, 3)).numpy()
        first = pixels(photos, record.id_a).astype(numpy.float64)
        partner = pixels(photos, record.id_b).astype(numpy.float64)
        wanted = numpy.rint(record.share * first + (1 - record.share) * partner)
        assert numpy.array_equal(stored, wanted), record.filename


def test_float32_pixels_are_the_formula_bit_for_bit(float32, photos):
    mean, std = numpy.array(MEAN, numpy.float32), numpy.array(STD, numpy.float32)
    for record in float32:
        assert record.format == "float32"
        stored = numpy.frombuffer(record.encoded, "<f4").reshape(HEIGHT, WIDTH, 3)
        assert numpy.array_equal(stored, tf.reshape(tf.io.decode_raw(record.encoded, tf.float32), stored.shape))
        first = pixels(photos, record.id_a).astype(numpy.int64)
        partner = pixels(photos, record.id_b).astype(numpy.int64)
        total = (first * weight(record) + partner * (65536 - weight(record))).astype(numpy.float32)
        wanted = (total / numpy.float32(65536) / numpy.float32(255) - mean) / std
        assert wanted.dtype == numpy.float32
        assert stored.tobytes() == wanted.tobytes(), record.filename


@pytest.mark.parametrize(("encoding", "smoothing"), [("raw", 0.0), ("png", 0.0), ("float32", SMOOTHING)])
def test_soft_labels_are_the_mix_of_both_labels(encoding, smoothing, request):
    records = request.getfixturevalue(encoding)
    for record in records:
        a, b = smoothed(class_of(record.id_a), smoothing), smoothed(class_of(record.id_b), smoothing)
        wanted = (record.share * a + (1 - record.share) * b).astype(numpy.float32)
        assert record.soft == tuple(wanted.tolist()), record.filename
        assert abs(sum(record.soft) - 1) < 1e-6, record.filename
    same = [record for record in records if class_of(record.id_a) == class_of(record.id_b)]
    assert same, "no pair of one class: the test above says little"
    assert all(numpy.argmax(record.soft) == class_of(record.id_a) for record in same)


def test_the_offset_is_added_to_every_class(float32, png, raw):
    for offset, records in ((OFFSET, float32), (OFFSET, png), (0, raw)):
        for record in records:
            assert record.label_a == class_of(record.id_a) + offset
            assert record.label_b == class_of(record.id_b) + offset
            assert record.label == (record.label_a if record.share >= 0.5 else record.label_b)
            assert record.text == sorted(CLASSES)[record.label - offset]


def test_the_loss_on_both_labels_is_the_loss_on_the_soft_label(raw):
    random = numpy.random.default_rng(5)
    for record in raw:
        logits = random.normal(size=len(CLASSES))
        a, b = smoothed(record.label_a, 0), smoothed(record.label_b, 0)
        two = record.share * cross_entropy(a, logits) + (1 - record.share) * cross_entropy(b, logits)
        assert two == pytest.approx(cross_entropy(numpy.array(record.soft, numpy.float64), logits), rel=1e-6)


def test_all_encodings_hold_the_same_samples(raw, png, float32):
    def lineage(records):
        return [(record.filename, record.id_a, record.id_b, record.share) for record in records]

    assert lineage(raw) == lineage(png) == lineage(float32)


SETS = pytest.mark.parametrize("name", ["png_set", "raw_set", "float32_set", "hard_raw_set"])


def row(record, pixels, soft):
    """A TFRecord's sample as a row of the Parquet files."""
    image = {"pixels": record.encoded, "key": record.filename} if pixels else {"image": {"bytes": record.encoded, "path": record.filename}}
    labels = {"label": record.label, "label_a": record.label_a, "label_b": record.label_b}
    return {
        **image,
        "height": record.height,
        "width": record.width,
        **labels,
        **({"soft": list(record.soft)} if soft else {}),
        "lambda": record.share,
        "id_a": record.id_a,
        "id_b": record.id_b,
        "view": record.view,
    }


def rows(name, mixed):
    return [row(record, name != "png_set", name != "hard_raw_set") for record in records_of(mixed)]


def load(mixed, view, tmp_path):
    return datasets.load_dataset(str(mixed), f"view-{view:03d}", split="train", cache_dir=str(tmp_path))


@SETS
def test_pyarrow_reads_what_tfrecord_holds(name, request):
    mixed = request.getfixturevalue(name)
    shards = sorted(mixed.glob("parquet/view-*/*.parquet"))
    tables = [pyarrow.parquet.read_table(shard, page_checksum_verification=True, partitioning=None) for shard in shards]
    table = pyarrow.concat_tables(tables)
    assert table.to_pylist() == rows(name, mixed)
    if name != "hard_raw_set":
        assert pyarrow.types.is_list(table.schema.field("soft").type)
        assert table.schema.field("soft").type.value_type == pyarrow.float32()


@SETS
def test_datasets_reads_what_tfrecord_holds(name, request, tmp_path):
    mixed = request.getfixturevalue(name)
    expected = rows(name, mixed)
    for view in range(VIEWS):
        loaded = load(mixed, view, tmp_path)
        if name == "png_set":
            loaded = loaded.cast_column("image", datasets.Image(decode=False))
        assert list(loaded) == [row for row in expected if row["view"] == view], f"view {view}"


@SETS
def test_datasets_knows_the_features(name, request, tmp_path):
    features = load(request.getfixturevalue(name), 0, tmp_path).features
    if name == "png_set":
        assert features["image"] == datasets.Image()
    else:
        assert features["pixels"] == datasets.Value("binary")
        assert features["key"] == datasets.Value("string")
    assert features.get("soft") == (None if name == "hard_raw_set" else datasets.List(datasets.Value("float32")))
    names = sorted(CLASSES) if name == "raw_set" else ["unused-0", *sorted(CLASSES)]
    for label in ("label", "label_a", "label_b"):
        assert features[label] == (datasets.Value("int64") if name == "hard_raw_set" else datasets.ClassLabel(names=names))


def test_class_numbers_with_an_offset_index_the_names(png_set, tmp_path):
    loaded = load(png_set, 0, tmp_path)
    for sample in loaded:
        for label, image_id in (("label_a", "id_a"), ("label_b", "id_b")):
            assert loaded.features[label].int2str(sample[label]) == sample[image_id].split("/")[0]


@pytest.mark.parametrize(("name", "dtype"), [("raw_set", numpy.uint8), ("float32_set", numpy.float32), ("png_set", numpy.uint8)])
def test_the_code_of_the_data_card_makes_arrays_of_the_pixels(name, dtype, request, tmp_path):
    mixed = request.getfixturevalue(name)
    (code,) = re.findall(r"^def pixels\(sample\):\n(?: .*\n)+", (mixed / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    card = {"numpy": numpy}
    exec(code, card)  # noqa: S102
    records = {record.filename: record for record in records_of(mixed)}
    for sample in load(mixed, 0, tmp_path):
        array = card["pixels"](sample)
        assert array.dtype == dtype
        assert array.shape == (HEIGHT, WIDTH, 3)
        if name != "png_set":
            assert array.tobytes() == records[sample["key"]].encoded
