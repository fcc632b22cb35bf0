"""The stage and the sink from PySpark, on the Spark of the environment, with the jar as --jars brings it."""

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
JAR = PROJECT / "spark-jobs/target/emulsion.jar"
MODULE = PROJECT / "submit/python/emulsion.py"
PHOTOS = PROJECT.parent / "shared/data/classification-imagenet16"
OPTIONS = {
    "image.size": [48, 64],
    "image.augment": ["random-resized-crop", "flip"],
    "mix.views": 3,
    "mix.views-per-pass": 2,
    "mix.block-samples": 16,
    "mix.lambda.alpha": 0.4,
    "mix.seed": 11,
    "output.shard-samples": 32,
}
PAIRS = ["view", "label_a", "label_b", "lambda", "id_a", "id_b"]


@pytest.fixture(scope="module")
def spark():
    os.environ.pop("SPARK_HOME", None)
    os.environ["PYSPARK_SUBMIT_ARGS"] = f"--master local[2] --jars {JAR} --py-files {MODULE} pyspark-shell"
    from pyspark.sql import SparkSession

    session = SparkSession.builder.config("spark.ui.enabled", "false").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def photos(spark):
    """Id, bytes and class name of each photo, in no order, and one file that is no image."""
    files = [path for path in PHOTOS.rglob("*") if path.is_file()]
    rows = [(path.relative_to(PHOTOS).as_posix(), bytearray(path.read_bytes()), path.relative_to(PHOTOS).parts[0]) for path in files]
    assert len(rows) == 78
    return spark.createDataFrame(rows, "id string, image binary, class string").repartition(5)


@pytest.fixture(scope="module")
def command(tmp_path_factory):
    """What the mix command makes of the same photos."""
    output = tmp_path_factory.mktemp("command") / "mixed"
    settings = [f"--set={name}={str(value).replace(chr(39), '')}" for name, value in OPTIONS.items()]
    emulsion("mix", f"--input={PHOTOS}", f"--output={output}", "--set=output.format=parquet", *settings)
    return output


@pytest.fixture(scope="module")
def frame(photos):
    return indexer().fit(photos).transform(photos).drop("class")


def indexer():
    from pyspark.ml.feature import StringIndexer

    return StringIndexer(inputCol="class", outputCol="label", stringOrderType="alphabetAsc")


def mixup(**columns):
    from emulsion import Mixup

    return Mixup(OPTIONS, **columns)


def emulsion(*arguments):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SPARK", "PYSPARK"))}
    ran = subprocess.run([PROJECT / "submit/emulsion", *map(str, arguments)], env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def pairs(frame):
    return sorted(map(tuple, frame.select(PAIRS).collect()))


def hashes(folder):
    files = [path for path in folder.rglob("*") if path.is_file() and "view-" in str(path) or path.name == "labels.txt"]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_pairs_are_the_commands(spark, frame, command):
    views = [spark.read.parquet(str(command / f"parquet/view-{view:03d}")) for view in range(3)]
    expected = sorted(pair for view in views for pair in pairs(view))
    assert len(expected) == 3 * 78
    assert pairs(mixup().transform(frame)) == expected


def test_the_sink_writes_the_files_of_the_command(frame, command, tmp_path):
    output = tmp_path / "mixed"
    made = mixup().transform(frame)
    made.write.format("emulsion").mode("append").option("output.format", "parquet").save(str(output))
    assert len(hashes(output)) == 3 * 3 + 1
    assert hashes(output) == hashes(command)
    assert "every partner and lambda drawn again" in emulsion("verify", output)


def test_a_stage_is_saved_and_loaded(frame, tmp_path):
    from emulsion import Mixup

    stage = mixup()
    stage.write().overwrite().save(str(tmp_path / "mixup"))
    loaded = Mixup.load(str(tmp_path / "mixup"))
    assert loaded.uid == stage.uid
    assert loaded.explainParams() == stage.explainParams()
    assert "0.4" == loaded.getOrDefault("mix.lambda.alpha")
    assert pairs(loaded.transform(frame)) == pairs(stage.transform(frame))


def test_a_pipeline_is_saved_and_loaded(photos, command, spark, tmp_path):
    from pyspark.ml import Pipeline, PipelineModel

    Pipeline(stages=[indexer(), mixup()]).write().save(str(tmp_path / "pipeline"))
    model = Pipeline.load(str(tmp_path / "pipeline")).fit(photos)
    model.write().save(str(tmp_path / "model"))
    made = PipelineModel.load(str(tmp_path / "model")).transform(photos)
    view = spark.read.parquet(str(command / "parquet/view-002"))
    assert pairs(made.where("view = 2")) == pairs(view)


def test_params_are_set_and_copied_as_those_of_any_stage(frame):
    stage = mixup(labelCol="label")
    assert stage.getOrDefault("mix.views") == "3"
    assert stage.getOrDefault("image.augment") == "[random-resized-crop, flip]"
    assert stage.getOrDefault("mix.scope") == "sample"
    other = stage.copy({stage.getParam("mix.seed"): "12"})
    assert pairs(other.transform(frame)) != pairs(stage.transform(frame))
    assert pairs(stage.transform(frame, {stage.getParam("mix.seed"): "12"})) == pairs(other.transform(frame))
    with pytest.raises(Exception, match="Did you mean 'mix.views'"):
        stage.setParam("mix.vews", 4)


def test_soft_labels_are_vectors(frame):
    made = mixup().setParam("label.soft", "float32").transform(frame)
    for row in made.select("soft", "label_a", "label_b", "lambda").collect():
        expected = [0.0] * 16
        expected[int(row["label_a"])] += row["lambda"]
        expected[int(row["label_b"])] += 1 - row["lambda"]
        assert row["soft"].toArray().tolist() == expected


def test_what_is_wrong_is_said_in_one_line(frame, tmp_path):
    made = mixup().transform(frame)
    with pytest.raises(Exception, match=r"needs a column 'lambda' \(a number\), as Mixup makes it"):
        made.drop("lambda").write.format("emulsion").mode("append").save(str(tmp_path / "out"))
    with pytest.raises(Exception, match="Shard . of view . comes from two tasks"):
        made.union(made).write.format("emulsion").mode("append").save(str(tmp_path / "out"))
    with pytest.raises(Exception, match="Mixup needs a column 'image', but the data frame has only id, label"):
        mixup().transform(frame.drop("image"))
    assert not (tmp_path / "out").exists()


def test_class_indexes_are_those_of_the_bytes_of_the_names(spark):
    names = ["zebra", "Zebra", "10", "9", "é", "e\u0301", "ß", "日本", "Ω", "\uff21", "\ue000", "😀", "👍🏽"]
    model = indexer().fit(spark.createDataFrame([(name,) for name in names], "class string"))
    assert model.labels == sorted(names, key=lambda name: name.encode()) == sorted(names)
