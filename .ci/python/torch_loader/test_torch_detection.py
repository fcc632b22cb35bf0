"""Reads the detection set EMULSION_DETECTION with PyTorch as its data card says, and trains with the original's loop for a few steps."""

import os
from pathlib import Path

import cards
import pytest
import torch
from torch.utils.data import DataLoader

DATASET = Path(os.environ["EMULSION_DETECTION"])


@pytest.fixture(scope="module")
def card(tmp_path_factory):
    return cards.code_of(DATASET, tmp_path_factory.mktemp("cache"))


@pytest.mark.parametrize("view", [0, 1])
def test_workers_read_every_image_and_box_once(card, view):
    rows = cards.rows(DATASET, view)
    loader = DataLoader(card.load(view), batch_size=16, num_workers=2, collate_fn=card.collate)
    read = [(image, target) for images, targets in loader for image, target in zip(images, targets)]
    assert len(read) == len(rows)
    for row, (image, target) in zip(rows, read):
        assert image.shape == (3, row["height"], row["width"])
        assert target["boxes"].shape == (len(row["objects"]["bbox"]), 4)
        assert target["labels"].tolist() == row["objects"]["category"]
        assert target["weights"].tolist() == row["objects"]["weight"]
        assert (target["boxes"][:, 2:] >= target["boxes"][:, :2]).all()
    # The two images without a box are so where they are not mixed: as the last view has them.
    assert sum(len(row["objects"]["bbox"]) == 0 for row in rows) == (2 if view == 1 else 0)


class Detector(torch.nn.Module):
    """The mean colour inside each box makes its class; as small as a detector that is given its boxes can be."""

    def __init__(self, classes):
        super().__init__()
        self.head = torch.nn.Linear(3, classes)

    def losses(self, image, boxes, labels):
        """Of each box: cross entropy, as a detector's classification loss."""
        colours = torch.zeros(len(boxes), 3)
        for i, (left, top, right, bottom) in enumerate(boxes.long().tolist()):
            colours[i] = image[:, top : max(bottom, top + 1), left : max(right, left + 1)].mean(dim=(1, 2))
        return torch.nn.functional.cross_entropy(self.head(colours), labels, reduction="none")


def test_the_weighted_loss_is_that_of_both_images_and_training_lowers_it(card):
    torch.manual_seed(1)
    rows = cards.rows(DATASET, 0)
    data = card.load(0)
    classes = len(data.features["objects"]["category"].feature.names)
    model = Detector(classes)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.02)
    images, targets = card.collate([data[i] for i in range(16)])
    sums = []
    for _ in range(8):
        total = torch.zeros(())
        for row, image, target in zip(rows, images, targets):
            losses = model.losses(image, target["boxes"], target["labels"])
            weighted = card.loss(losses, target["weights"])
            source = torch.tensor(row["objects"]["source"], dtype=torch.int64)
            loss_a, loss_b = losses[source == 0].sum(), losses[source == 1].sum()
            share = row["lambda"]
            assert torch.allclose(weighted, share * loss_a + (1 - share) * loss_b, rtol=1e-5)
            total = total + weighted
        optimizer.zero_grad()
        (total / 16).backward()
        optimizer.step()
        sums.append(total.item())
    assert sums[-1] < sums[0]
