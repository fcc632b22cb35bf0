"""Reads the data set EMULSION_DATASET with PyTorch as its data card says, by worker processes, and trains a few steps."""

import json
import os
import re
import sys
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"  # before datasets is imported: it reads it
import pyarrow.parquet
import pytest
import torch
from torch.utils.data import DataLoader

DATASET = Path(os.environ["EMULSION_DATASET"])


@pytest.fixture(scope="module")
def card(tmp_path_factory):
    """What the card's code defines, run in the folder of the card; its training loop is left out."""
    os.environ["HF_DATASETS_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    os.chdir(DATASET)
    text = Path("README.md").read_text()
    part = text[text.index("## Parquet") :]
    code = "".join(re.findall(r"```python\n(.*?)```", part, re.S))
    module = type(sys)("card")
    sys.modules["card"] = module  # so that workers can pickle what it defines
    exec(code[: code.index("for epoch in")], module.__dict__)
    return module


def rows(view):
    files = sorted(DATASET.glob(f"parquet/view-{view:03d}/*.parquet"))
    return [row for file in files for row in pyarrow.parquet.read_table(file).to_pylist()]


def test_workers_read_every_record_once(card):
    manifest = json.loads((DATASET / "_emulsion/manifest.json").read_text())
    for view in range(manifest["views"]):
        loader = DataLoader(card.load(view), batch_size=16, num_workers=2, collate_fn=card.collate)
        read = [(int(a), int(b), float(lam)) for _, label_a, label_b, lams in loader for a, b, lam in zip(label_a, label_b, lams)]
        assert read == [(row["label_a"], row["label_b"], row["lambda"]) for row in rows(view)]
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
