"""Class folders whose order differs between byte order, number order and the locale's order."""

import numpy
import pytest
from PIL import Image

import dataset

NAMES = ("1", "2", "10", "A", "a", "é")


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    random = numpy.random.default_rng(3)
    for name in NAMES:
        (folder / name).mkdir()
        for i in range(2):
            Image.fromarray(random.integers(0, 256, (32, 32, 3), dtype=numpy.uint8)).save(folder / name / f"{i}.png")
    return folder


def test_classes_are_numbered_in_pythons_order(photos, tmp_path):
    mixed = tmp_path / "mixed"
    dataset.mix(photos, mixed, "image.size=32")
    assert dataset.labels(mixed) == ["1", "10", "2", "A", "a", "é"] == dataset.classes(photos)
    records = dataset.all_records(mixed)
    assert {record.id_a for record in records} == dataset.input_ids(photos)
    for record in records:
        assert record.label_a == sorted(NAMES).index(record.id_a.split("/")[0])
        assert record.label_b == sorted(NAMES).index(record.id_b.split("/")[0])
        assert record.text == sorted(NAMES)[record.label]
