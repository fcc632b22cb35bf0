"""Reads an input folder and a data set the way a training job would, with none of Emulsion's code."""

import hashlib
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # before the import: it reads it
import numpy  # noqa: E402
import pytest  # noqa: E402
import tensorflow as tf  # noqa: E402
from PIL import Image  # noqa: E402

PROJECT = Path(__file__).resolve().parents[2]

KINDS = {
    "image/class/label": "int64_list",
    "image/class/label_a": "int64_list",
    "image/class/label_b": "int64_list",
    "image/class/text": "bytes_list",
    "image/encoded": "bytes_list",
    "image/filename": "bytes_list",
    "image/format": "bytes_list",
    "image/height": "int64_list",
    "image/mixup/id_a": "bytes_list",
    "image/mixup/id_b": "bytes_list",
    "image/mixup/lambda": "float_list",
    "image/mixup/view": "int64_list",
    "image/width": "int64_list",
}

# Only in data sets with soft labels.
SOFT = "image/class/soft"


@dataclass(frozen=True)
class Record:
    """One record; `path` is its shard's below the data set, `position` counts from 0 in the shard."""

    path: str
    position: int
    label: int
    label_a: int
    label_b: int
    text: str
    encoded: bytes
    filename: str
    format: str
    height: int
    width: int
    id_a: str
    id_b: str
    share: float
    view: int
    soft: tuple = ()


def folder(variable):
    """The folder that an environment variable names; without it the test is skipped, and in CI it fails."""
    path = os.environ.get(variable)
    if not path:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{variable} is not set")
    assert Path(path).is_dir(), f"{variable} is {path}, which is no folder"
    return Path(path)


def draw_noise(folder, classes, pictures, height, width, seed):
    """Fills a folder with PNGs of noise, so many a class."""
    random = numpy.random.default_rng(seed)
    for name in classes:
        (folder / name).mkdir()
        for i in range(pictures):
            picture = random.integers(0, 256, (height, width, 3), dtype=numpy.uint8)
            Image.fromarray(picture).save(folder / name / f"{i}.png")
    return folder


def manifest(dataset):
    return json.loads((Path(dataset) / "_emulsion/manifest.json").read_text(encoding="utf-8"))


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def shards(dataset):
    """The paths of the TFRecord files below the data set, found as a training job would: by a glob."""
    return sorted(path.relative_to(dataset).as_posix() for path in Path(dataset).glob("tfrecord/view-*/*.tfrecord"))


def records_of(dataset, path):
    """The records of one shard. TensorFlow's reader checks both CRCs of each and raises DataLossError."""
    for position, serialized in enumerate(tf.data.TFRecordDataset(str(Path(dataset) / path)).as_numpy_iterator()):
        yield record(path, position, serialized)


def record(path, position, serialized):
    features = tf.train.Example.FromString(serialized).features.feature
    kinds = {key: feature.WhichOneof("kind") for key, feature in features.items()}
    soft = tuple(features[SOFT].float_list.value) if kinds.pop(SOFT, None) == "float_list" else ()
    assert kinds == KINDS, f"{path} record {position}"
    values = {}
    for key, kind in KINDS.items():
        (values[key],) = getattr(features[key], kind).value
    return Record(
        path=path,
        position=position,
        label=values["image/class/label"],
        label_a=values["image/class/label_a"],
        label_b=values["image/class/label_b"],
        text=values["image/class/text"].decode("utf-8"),
        encoded=values["image/encoded"],
        filename=values["image/filename"].decode("utf-8"),
        format=values["image/format"].decode("utf-8"),
        height=values["image/height"],
        width=values["image/width"],
        id_a=values["image/mixup/id_a"].decode("utf-8"),
        id_b=values["image/mixup/id_b"].decode("utf-8"),
        share=values["image/mixup/lambda"],
        view=values["image/mixup/view"],
        soft=soft,
    )


def all_records(dataset):
    return [record for path in shards(dataset) for record in records_of(dataset, path)]


def classes(folder):
    """The class folders in Python's order: what torchvision, Keras and Hugging Face number from 0."""
    return sorted(name for name in os.listdir(folder) if not name.startswith(".") and os.path.isdir(os.path.join(folder, name)))


def input_ids(folder):
    """The ids of the images below the class folders."""
    return {
        path.relative_to(folder).as_posix()
        for name in classes(folder)
        for path in (Path(folder) / name).rglob("*")
        if path.is_file() and path.suffix.lower() in (".jpg", ".jpeg", ".png") and not path.name.startswith(".")
    }


def quarantined_ids(dataset):
    lines = [line for part in sorted(Path(dataset).glob("_emulsion/quarantine/*.jsonl")) for line in part.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line)["id"] for line in lines]


def labels(dataset):
    return (Path(dataset) / "labels.txt").read_text(encoding="utf-8").splitlines()


def mix(input_folder, output_folder, *settings):
    """Runs submit/emulsion mix on the embedded Spark, each setting a KEY=VALUE."""
    options = [option for setting in settings for option in ("--set", setting)]
    environment = {name: value for name, value in os.environ.items() if name != "SPARK_HOME"}
    result = subprocess.run(
        [str(PROJECT / "submit/emulsion"), "mix", "--input", str(input_folder), "--output", str(output_folder), *options],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert result.returncode == 0, result.stdout + result.stderr
