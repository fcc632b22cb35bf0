"""The README's command that trains an MLlib classifier, run as it stands there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pyspark

PROJECT = Path(__file__).resolve().parents[3]


def test_both_accuracies_are_reported_and_better_than_chance():
    blocks = re.findall(r"```sh\n(.*?)```", (PROJECT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    (command,) = [block for block in blocks if "examples/mllib_mixup.py" in block]
    environment = {**os.environ, "SPARK_HOME": str(Path(pyspark.__file__).parent), "PYSPARK_PYTHON": sys.executable}
    environment.pop("PYSPARK_SUBMIT_ARGS", None)
    ran = subprocess.run(["bash", "-c", command], cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=1200)
    assert ran.returncode == 0, ran.stderr[-3000:]
    print(ran.stdout)
    accuracy = {name: float(share) for name, share in re.findall(r"^accuracy (with\w*) mixup: (0\.\d+) ", ran.stdout, re.MULTILINE)}
    assert set(accuracy) == {"with", "without"}
    assert all(share > 0.18 for share in accuracy.values()), accuracy  # ten classes of equal size: chance is 0.1
    assert "1000 images held out in 5 folds" in ran.stdout
