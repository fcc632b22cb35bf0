"""Compares one view of scope batch with the paper's training loop, given the same lambda and permutation."""

import io

import numpy
import pytest
from PIL import Image

import dataset

WIDTH, HEIGHT = 24, 16
CLASSES = ("circle", "noise", "square")
PICTURES = 32  # of each class: the only shard holds three blocks of two batches
BLOCK, BATCH = 32, 16


def mixup_data(x, y, lam, index):
    """The paper's function of this name, with what it draws as arguments: lam = beta(alpha, alpha), index = randperm(batch)."""
    mixed_x = lam * x + (1 - lam) * x[index]
    y_a, y_b = y, y[index]
    return mixed_x, y_a, y_b


def mixup_criterion(criterion, pred, y_a, y_b, lam):
    return lam * criterion(pred, y_a) + (1 - lam) * criterion(pred, y_b)


def cross_entropies(logits, labels):
    """Of each sample."""
    return numpy.log(numpy.exp(logits).sum(axis=1)) - logits[numpy.arange(len(labels)), labels]


def cross_entropy(logits, labels):
    return cross_entropies(logits, labels).mean()


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    return dataset.draw_noise(tmp_path_factory.mktemp("photos"), CLASSES, PICTURES, HEIGHT, WIDTH, seed=17)


@pytest.fixture(scope="module")
def batches(photos, tmp_path_factory):
    """The records of each batch; a view stores its batches one after the other."""
    mixed = tmp_path_factory.mktemp("loop") / "mixed"
    dataset.mix(
        photos,
        mixed,
        "mix.scope=batch",
        f"mix.batch-samples={BATCH}",
        f"mix.block-samples={BLOCK}",
        f"image.size=[{HEIGHT}, {WIDTH}]",
        "output.encoding=png",
    )
    records = dataset.all_records(mixed)
    assert {record.id_a for record in records} == dataset.input_ids(photos)
    assert len(records) == len(CLASSES) * PICTURES
    return [records[start : start + BATCH] for start in range(0, len(records), BATCH)]


def pixels(source):
    with Image.open(source) as image:
        assert image.mode == "RGB"
        return numpy.asarray(image)


def loop(photos, batch):
    """What the loop makes of the batch's images, under its lambda and permutation."""
    ids = [record.id_a for record in batch]
    x = numpy.stack([pixels(photos / image_id) for image_id in ids]).astype(numpy.float64)
    y = numpy.array([sorted(CLASSES).index(image_id.split("/")[0]) for image_id in ids])
    index = numpy.array([ids.index(record.id_b) for record in batch])
    return mixup_data(x, y, batch[0].share, index)


def test_a_batch_has_one_lambda(batches):
    for batch in batches:
        assert len({record.share for record in batch}) == 1, batch[0].filename
    assert len({batch[0].share for batch in batches}) == len(batches)


def test_the_partners_of_a_batch_are_a_permutation_of_it(batches):
    for batch in batches:
        firsts, partners = [record.id_a for record in batch], [record.id_b for record in batch]
        assert sorted(partners) == sorted(firsts)
        assert partners != firsts
    selves = [record for batch in batches for record in batch if record.id_a == record.id_b]
    assert selves, "no image met itself: a permutation allows it"
    assert all(record.share < 1 for record in selves), "an image that meets itself keeps its batch's lambda"


def test_pixels_are_the_loops(batches, photos):
    for batch in batches:
        mixed_x, _, _ = loop(photos, batch)
        for record, wanted in zip(batch, mixed_x, strict=True):
            assert numpy.array_equal(pixels(io.BytesIO(record.encoded)), numpy.rint(wanted)), record.filename


def test_both_targets_are_the_loops(batches, photos):
    for batch in batches:
        _, y_a, y_b = loop(photos, batch)
        assert [record.label_a for record in batch] == y_a.tolist()
        assert [record.label_b for record in batch] == y_b.tolist()
    mixed = [record for batch in batches for record in batch if record.label_a != record.label_b]
    assert mixed, "no pair of two classes: the test above says little"


def test_the_loss_is_the_loops(batches, photos):
    random = numpy.random.default_rng(3)
    for batch in batches:
        logits = random.normal(size=(BATCH, len(CLASSES)))
        _, y_a, y_b = loop(photos, batch)
        wanted = mixup_criterion(cross_entropy, logits, y_a, y_b, batch[0].share)
        share = numpy.array([record.share for record in batch])
        on_a = cross_entropies(logits, numpy.array([record.label_a for record in batch]))
        on_b = cross_entropies(logits, numpy.array([record.label_b for record in batch]))
        assert (share * on_a + (1 - share) * on_b).mean() == pytest.approx(wanted, rel=1e-12)
