"""Reads the data set EMULSION_DATASET, mixed with default pairing from the folder EMULSION_INPUT, with TensorFlow."""

import re
from collections import Counter

import pytest
import tensorflow as tf

import dataset


@pytest.fixture(scope="module")
def mixed():
    return dataset.folder("EMULSION_DATASET")


@pytest.fixture(scope="module")
def photos():
    return dataset.folder("EMULSION_INPUT")


@pytest.fixture(scope="module")
def manifest(mixed):
    return dataset.manifest(mixed)


@pytest.fixture(scope="module")
def records(mixed):
    records = dataset.all_records(mixed)
    assert records
    return records


@pytest.fixture(scope="module")
def usable(mixed, photos):
    """The ids that must be in every view."""
    return dataset.input_ids(photos) - set(dataset.quarantined_ids(mixed))


def test_images_decode_to_the_size_that_the_record_says(records):
    for record in records:
        image = tf.io.decode_image(record.encoded, channels=3, expand_animations=False)
        assert image.shape == (record.height, record.width, 3), record.filename


def test_images_are_in_the_format_that_the_record_says(records):
    magic = {"jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
    for record in records:
        assert record.encoded.startswith(magic[record.format.lower()]), record.filename


def test_labels_are_the_numbers_of_the_class_folders(records, photos):
    number = {name: index for index, name in enumerate(dataset.classes(photos))}
    for record in records:
        assert record.label_a == number[record.id_a.split("/")[0]], record.filename
        assert record.label_b == number[record.id_b.split("/")[0]], record.filename


def test_the_label_is_the_heavier_images(records, photos):
    names = dataset.classes(photos)
    for record in records:
        assert record.label == (record.label_a if record.share >= 0.5 else record.label_b), record.filename
        assert record.text == names[record.label], record.filename


def test_lambda_is_exact_and_varies(records):
    for record in records:
        assert 0 <= record.share <= 1, record.filename
        assert (record.share * 65536).is_integer(), record.filename
    assert len({record.share for record in records}) > 1


def test_keys_name_view_shard_and_position(records):
    for record in records:
        view, shard = map(int, re.fullmatch(r"tfrecord/view-(\d+)/.*-(\d+)-of-\d+\.tfrecord", record.path).groups())
        assert record.view == view, record.filename
        assert record.filename == f"v{view:03d}-{shard:05d}-{record.position:05d}"
    assert len({record.filename for record in records}) == len(records)


def test_every_usable_input_is_once_first_and_once_partner_in_each_view(records, usable, manifest):
    assert {record.view for record in records} == set(range(manifest["views"]))
    for view in range(manifest["views"]):
        of_view = [record for record in records if record.view == view]
        assert Counter(record.id_a for record in of_view) == Counter(usable), f"view {view}"
        assert Counter(record.id_b for record in of_view) == Counter(usable), f"view {view}"
    assert not [record.filename for record in records if record.id_a == record.id_b]


def test_views_pair_differently(records, manifest):
    pairs = {view: {(record.id_a, record.id_b) for record in records if record.view == view} for view in range(manifest["views"])}
    assert len({frozenset(of_view) for of_view in pairs.values()}) == manifest["views"]


def test_every_input_is_in_the_output_or_in_the_quarantine(mixed, photos, manifest, usable):
    quarantined = dataset.quarantined_ids(mixed)
    assert len(set(quarantined)) == len(quarantined)
    assert manifest["quarantined"] == len(quarantined)
    assert manifest["inputs"] == len(usable) + len(quarantined)
    assert usable | set(quarantined) >= dataset.input_ids(photos)


def test_the_manifest_names_every_shard_with_its_records(mixed, manifest, records):
    counts = Counter(record.path for record in records)
    named = {file["path"]: file["records"] for file in manifest["files"] if file["path"].endswith(".tfrecord")}
    assert sorted(named) == dataset.shards(mixed)
    assert named == {path: counts[path] for path in named}
    assert len(named) == manifest["views"] * manifest["shards"]


def test_the_manifest_has_the_hash_and_length_of_every_file(mixed, manifest):
    for file in manifest["files"]:
        assert (mixed / file["path"]).stat().st_size == file["bytes"], file["path"]
        assert dataset.sha256(mixed / file["path"]) == file["sha256"], file["path"]


def test_labels_txt_lists_the_class_folders_in_pythons_order(mixed, photos):
    assert dataset.labels(mixed) == dataset.classes(photos)
