"""Reads the data set EMULSION_DATASET with PyTorch as its data card says, by worker processes, and trains a few steps."""

import json
import os
from pathlib import Path

import cards
import pytest
import torch
from torch.utils.data import DataLoader

DATASET = Path(os.environ["EMULSION_DATASET"])


@pytest.fixture(scope="module")
def card(tmp_path_factory):
    return cards.code_of(DATASET, tmp_path_factory.mktemp("cache"))


def test_workers_read_every_record_once(card):
    manifest = json.loads((DATASET / "_emulsion/manifest.json").read_text())
    for view in range(manifest["views"]):
        loader = DataLoader(card.load(view), batch_size=16, num_workers=2, collate_fn=card.collate)
        read = [(int(a), int(b), float(lam)) for _, label_a, label_b, lams in loader for a, b, lam in zip(label_a, label_b, lams)]
        assert read == [(row["label_a"], row["label_b"], row["lambda"]) for row in cards.rows(DATASET, view)]
        assert len(read) == manifest["inputs"] - manifest["quarantined"]


def test_the_loss_is_that_of_both_labels_and_training_lowers_it(card):
    torch.manual_seed(1)
    images, label_a, label_b, lam = next(iter(DataLoader(card.load(0), batch_size=64, collate_fn=card.collate)))
    assert images.dtype == torch.float32 and images.min() >= 0 and images.max() <= 1
    model = torch.nn.Sequential(torch.nn.AvgPool2d(8), torch.nn.Flatten(), torch.nn.LazyLinear(16))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    losses = []
    for _ in range(20):
        logits = model(images)
        loss = card.loss(logits, label_a, label_b, lam)
        shares = torch.log_softmax(logits, 1)
        index = torch.arange(len(lam))
        expected = -(lam * shares[index, label_a] + (1 - lam) * shares[index, label_b]).mean()
        assert torch.allclose(loss, expected)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < 0.9 * losses[0]
