"""Reads the data set EMULSION_DATASET, mixed from the folder EMULSION_INPUT as tfrecord and parquet, with Parquet's readers."""

import os
import re
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"  # before the import: it reads it
import datasets
import duckdb
import pandas
import pyarrow
import pyarrow.parquet
import pytest

import dataset

MIB = 1 << 20
SCHEMA = pyarrow.schema(
    [
        ("image", pyarrow.struct([("bytes", pyarrow.binary()), ("path", pyarrow.string())])),
        ("height", pyarrow.int32()),
        ("width", pyarrow.int32()),
        ("label", pyarrow.int64()),
        ("label_a", pyarrow.int64()),
        ("label_b", pyarrow.int64()),
        ("lambda", pyarrow.float64()),
        ("id_a", pyarrow.string()),
        ("id_b", pyarrow.string()),
        ("view", pyarrow.int32()),
    ]
)


@pytest.fixture(scope="module")
def mixed():
    return dataset.folder("EMULSION_DATASET")


@pytest.fixture(scope="module")
def names():
    return dataset.classes(dataset.folder("EMULSION_INPUT"))


@pytest.fixture(scope="module")
def manifest(mixed):
    manifest = dataset.manifest(mixed)
    assert manifest["formats"] == ["parquet", "tfrecord"]
    return manifest


@pytest.fixture(scope="module")
def rows(mixed):
    """What the TFRecord files hold, as rows of the Parquet files, view by view in the order of the shards."""
    rows = [
        {
            "image": {"bytes": record.encoded, "path": record.filename},
            "height": record.height,
            "width": record.width,
            "label": record.label,
            "label_a": record.label_a,
            "label_b": record.label_b,
            "lambda": record.share,
            "id_a": record.id_a,
            "id_b": record.id_b,
            "view": record.view,
        }
        for record in dataset.all_records(mixed)
    ]
    assert rows
    return rows


@pytest.fixture(scope="module")
def shards(mixed):
    shards = sorted(mixed.glob("parquet/view-*/*.parquet"))
    assert shards
    return shards


@pytest.fixture(scope="module")
def load(mixed, manifest, tmp_path_factory):
    """Loads a view with datasets as the data card says: each is a configuration."""
    cache = tmp_path_factory.mktemp("cache")
    split = manifest["split"].replace("-", "_")
    return lambda view, **options: datasets.load_dataset(str(mixed), f"view-{view:03d}", split=split, cache_dir=str(cache), **options)


def of_view(rows, view):
    return [row for row in rows if row["view"] == view]


def test_datasets_knows_images_and_named_classes(load, names):
    label = datasets.ClassLabel(names=names)
    expected = {
        "image": datasets.Image(),
        "height": datasets.Value("int32"),
        "width": datasets.Value("int32"),
        "label": label,
        "label_a": label,
        "label_b": label,
        "lambda": datasets.Value("float64"),
        "id_a": datasets.Value("string"),
        "id_b": datasets.Value("string"),
        "view": datasets.Value("int32"),
    }
    assert load(0).features == datasets.Features(expected)


def test_datasets_reads_what_tfrecord_holds(load, rows, manifest):
    for view in range(manifest["views"]):
        loaded = load(view).cast_column("image", datasets.Image(decode=False))
        assert list(loaded) == of_view(rows, view), f"view {view}"


def test_datasets_decodes_every_image(load, names, manifest):
    for view in range(manifest["views"]):
        for sample in load(view):
            assert sample["image"].mode == "RGB", sample
            assert sample["image"].size == (sample["width"], sample["height"]), sample
            sample["image"].load()
            assert names[sample["label_a"]] == sample["id_a"].split("/")[0], sample


def test_datasets_streams_the_same(load, rows):
    streamed = load(0, streaming=True).cast_column("image", datasets.Image(decode=False))
    assert isinstance(streamed.features["label"], datasets.ClassLabel)
    assert list(streamed) == of_view(rows, 0)


def test_datasets_finds_features_without_the_data_card(shards, names, tmp_path):
    loaded = datasets.load_dataset("parquet", data_files=str(shards[0]), split="train", cache_dir=str(tmp_path))
    assert isinstance(loaded.features["image"], datasets.Image)
    assert loaded.features["label_b"] == datasets.ClassLabel(names=names)


def test_datasets_opens_the_first_view_where_none_is_named(mixed, rows, tmp_path):
    (loaded,) = datasets.load_dataset(str(mixed), cache_dir=str(tmp_path)).values()
    assert loaded["id_a"][:] == [row["id_a"] for row in of_view(rows, 0)]


def test_the_code_of_the_data_card_loads_each_view(mixed, rows, manifest, monkeypatch, tmp_path):
    monkeypatch.chdir(mixed)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", str(tmp_path))
    blocks = re.findall(r"```python\n(.*?)```", Path("README.md").read_text(encoding="utf-8"), re.DOTALL)
    (code,) = [block for block in blocks if "load_dataset" in block]
    card = {}
    exec(code, card)  # noqa: S102
    assert card["VIEWS"] == manifest["views"]
    for epoch in range(manifest["views"] + 1):
        expected = of_view(rows, epoch % manifest["views"])
        assert card["load"](epoch)["id_b"][:] == [row["id_b"] for row in expected], f"epoch {epoch}"


def test_pyarrow_reads_what_tfrecord_holds(shards, rows):
    tables = [pyarrow.parquet.read_table(shard, page_checksum_verification=True, partitioning=None) for shard in shards]
    for table in tables:
        assert table.schema.remove_metadata() == SCHEMA
    assert pyarrow.concat_tables(tables).to_pylist() == rows


def test_duckdb_reads_what_tfrecord_holds(mixed, rows):
    connection = duckdb.connect()
    found = connection.execute(
        'SELECT image.path, image.bytes, height, width, label, label_a, label_b, "lambda", id_a, id_b, "view" FROM read_parquet(?) ORDER BY 1',
        [f"{mixed}/parquet/view-*/*.parquet"],
    ).fetchall()
    columns = ("height", "width", "label", "label_a", "label_b", "lambda", "id_a", "id_b", "view")
    expected = [(row["image"]["path"], row["image"]["bytes"], *(row[column] for column in columns)) for row in rows]
    assert found == sorted(expected)


def test_pandas_reads_what_tfrecord_holds(shards, rows):
    frame = pandas.concat([pandas.read_parquet(shard) for shard in shards])
    assert frame.to_dict("records") == rows


def test_images_are_stored_as_they_are_in_row_groups_of_some_32_mib(shards):
    for shard in shards:
        footer = pyarrow.parquet.read_metadata(shard)
        for number in range(footer.num_row_groups):
            group = footer.row_group(number)
            assert group.total_byte_size < 33 * MIB, shard
            for column in map(group.column, range(group.num_columns)):
                image = column.path_in_schema == "image.bytes"
                assert column.compression == ("UNCOMPRESSED" if image else "ZSTD"), column
                assert not column.has_dictionary_page, column


def test_the_manifest_names_every_shard_with_its_records(mixed, manifest, shards):
    named = {file["path"]: file["records"] for file in manifest["files"] if file["path"].endswith(".parquet")}
    assert named == {shard.relative_to(mixed).as_posix(): pyarrow.parquet.read_metadata(shard).num_rows for shard in shards}
    assert len(named) == manifest["views"] * manifest["shards"]
