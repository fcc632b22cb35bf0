"""What the tests of PyTorch loaders share: the code of a data card, and the rows that it should give."""

import os
import re
import sys
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"  # before datasets is imported: it reads it
import pyarrow.parquet


def code_of(dataset, cache):
    """What the card's code on Parquet defines, run in the folder of the card; its training loop is left out."""
    os.environ["HF_DATASETS_CACHE"] = str(cache)
    os.chdir(dataset)
    text = Path("README.md").read_text()
    part = text[text.index("## Parquet") :]
    code = "".join(re.findall(r"```python\n(.*?)```", part, re.S))
    module = type(sys)(f"card_of_{dataset.name}")
    sys.modules[module.__name__] = module  # so that workers can pickle what it defines
    exec(code[: code.index("for epoch in")], module.__dict__)
    return module


def rows(dataset, view):
    files = sorted(dataset.glob(f"parquet/view-{view:03d}/*.parquet"))
    return [row for file in files for row in pyarrow.parquet.read_table(file).to_pylist()]
