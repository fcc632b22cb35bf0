"""Mixes pictures that need no preparing, stored without loss, and computes every pixel again with NumPy."""

import io

import numpy
import pytest
from PIL import Image, ImageDraw

import dataset

WIDTH, HEIGHT = 48, 40
CLASSES = ("noise", "shapes")
PICTURES = 24
# A sum lies half way between two levels only where lambda is a multiple of 1/256: some of this many are.
VIEWS = 40


def draw(name, random):
    pixels = random.integers(0, 256, (HEIGHT, WIDTH, 3), dtype=numpy.uint8)
    if name == "noise":
        return Image.fromarray(pixels)
    picture = Image.new("RGB", (WIDTH, HEIGHT), tuple(int(level) for level in pixels[0, 0]))
    pen = ImageDraw.Draw(picture)
    for row in range(1, 5):
        left, top = pixels[row, 0, :2] % 30
        pen.ellipse((left, top, left + 16, top + 12), fill=tuple(int(level) for level in pixels[row, 1]))
    return picture


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    random = numpy.random.default_rng(7)
    for name in CLASSES:
        (folder / name).mkdir()
        for i in range(PICTURES):
            draw(name, random).save(folder / name / f"{i}.png")
    return folder


def pixels(source):
    with Image.open(source) as image:
        assert image.mode == "RGB"
        return numpy.asarray(image)


def test_every_stored_pixel_is_the_rounded_mix(photos, tmp_path):
    mixed = tmp_path / "mixed"
    dataset.mix(photos, mixed, "output.encoding=png", f"image.size=[{HEIGHT}, {WIDTH}]", f"mix.views={VIEWS}")
    records = dataset.all_records(mixed)
    assert len(records) == VIEWS * len(CLASSES) * PICTURES
    ties = 0
    for record in records:
        assert record.format == "png"
        first = pixels(photos / record.id_a).astype(numpy.float64)
        partner = pixels(photos / record.id_b).astype(numpy.float64)
        exact = record.share * first + (1 - record.share) * partner
        stored = pixels(io.BytesIO(record.encoded))
        wanted = numpy.rint(exact)  # half to even
        assert numpy.array_equal(stored, wanted), f"{record.filename}: {record.id_a}, {record.id_b}, {record.share}"
        ties += numpy.count_nonzero((exact % 1 == 0.5) & (wanted < exact))
    # Values where half to even and half up differ, so that the comparison above tells them apart.
    assert ties > 0
