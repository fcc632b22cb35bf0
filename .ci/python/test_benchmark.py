"""submit/benchmark, with scripts of its own in the place of the peers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy
import pytest
from PIL import Image

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "submit/bench"))
import boxes  # noqa: E402
import photos  # noqa: E402
from contestants import Case  # noqa: E402
from results import Results, Run, growth  # noqa: E402

COMMON = """
import json, os, sys
def arguments():
    os.makedirs(sys.argv[2])
    return sys.argv
def report(name, images, per_second):
    print(json.dumps({"peer": name, "images": images, "images_per_second": per_second}))
"""
COPIES = """
import pathlib
from common import arguments, report
a = arguments()
pathlib.Path(a[2], "records").write_bytes(bytes(1000))
report("copies", len(list(pathlib.Path(a[1]).glob("*/*"))), 10)
"""
CANVAS = """
import os, pathlib
from common import arguments, report
a = arguments()
class a: input, size = a[1], int(a[a.index("--size") + 1])
if a.size == 0:
    report("canvas", len(list(pathlib.Path(a.input).glob("*/*.jpg"))), 10)
"""
FAILS = """
from common import arguments
raise SystemExit(arguments() and 3)
"""


@pytest.fixture
def photo_folder(tmp_path):
    random = numpy.random.default_rng(1)
    for i in range(6):
        file = tmp_path / "photos" / f"class-{i % 2}" / f"{i}.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(random.integers(0, 256, (40, 50, 3), dtype=numpy.uint8)).save(file)
    return tmp_path / "photos"


@pytest.fixture
def coco_file(photo_folder, tmp_path):
    """Two of class-0's three photos have boxes: 0.jpg one, 4.jpg two."""
    images = [{"id": number, "file_name": f"{number}.jpg", "height": 40, "width": 50} for number in (0, 2, 4)]
    annotations = [{"id": i, "image_id": image, "category_id": 7, "bbox": [i, 2, 30, 20], "area": 600, "iscrowd": 0}
                   for i, image in enumerate((4, 0, 4), start=1)]  # fmt: skip
    file = tmp_path / "instances.json"
    file.write_text(json.dumps({"images": images, "annotations": annotations, "categories": [{"id": 7, "name": "cat"}]}))
    return file


def benchmark(*arguments):
    command = [PROJECT / "submit/benchmark", *map(str, arguments)]
    return subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=600)


def peers(folder, **scripts):
    folder.mkdir()
    (folder / "requirements.txt").write_text("")
    for name, text in {"common": COMMON, **scripts}.items():
        (folder / f"{name}.py").write_text(text)
    return folder


def test_measures_emulsion_beside_every_script(photo_folder, tmp_path):
    scripts, report = peers(tmp_path / "peers", copies=COPIES), tmp_path / "report"
    ran = benchmark(photo_folder, "--images", 40, "--cases", "16x2", "--runs", 2, "--peers-folder", scripts,
                    "--work", tmp_path, "--report", report)  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    said = json.loads((report / "benchmark.json").read_text())
    assert sorted((run["contestant"], run["round"]) for run in said["runs"]) == [
        ("copies", 0), ("copies", 1), ("emulsion", 0), ("emulsion", 1)]  # fmt: skip
    for run in said["runs"]:
        emulsion = run["contestant"] == "emulsion"
        assert run["images"] == (80 if emulsion else 40)
        assert run["written_bytes"] > 1000 if emulsion else run["written_bytes"] == 1000
        assert run["wall_seconds"] > run["seconds"] or not emulsion
        assert run["resident_bytes"] > (100e6 if emulsion else 1e6)
        assert (run["heap_bytes"] is not None) == emulsion
    assert ran.stdout == (report / "benchmark.md").read_text()
    assert "| emulsion |" in ran.stdout and "| copies | 10 |" in ran.stdout
    assert not [name for name in os.listdir(tmp_path) if name.startswith("emulsion-")], "left temporary folders"


def test_goes_on_after_a_script_that_fails_and_says_so(photo_folder, tmp_path):
    scripts, report = peers(tmp_path / "peers", copies=COPIES, fails=FAILS), tmp_path / "report"
    ran = benchmark(photo_folder, "--cases", "16x1", "--runs", 1, "--peers-folder", scripts, "--report", report)
    assert ran.returncode == 1
    assert "16x1-fails-0 FAILED: exit code 3" in ran.stderr
    assert "| copies |" in ran.stdout and "| fails |" not in ran.stdout


def test_measures_detection_beside_the_peers_that_can_do_it(photo_folder, coco_file, tmp_path):
    scripts, report = peers(tmp_path / "peers", canvas=CANVAS, copies=COPIES), tmp_path / "report"
    ran = benchmark(photo_folder / "class-0", "--task", "detection", "--annotations", coco_file, "--images", 40, "--cases", "0x2",
                    "--runs", 1, "--peers-folder", scripts, "--work", tmp_path, "--report", report)  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    said = json.loads((report / "benchmark.json").read_text())
    assert [(run["contestant"], run["images"]) for run in said["runs"]] == [("emulsion", 80), ("canvas", 40)]
    assert "| full size, 2 views |" in ran.stdout
    assert "Not measured, as they mix only squares of one size: copies." in ran.stdout
    assert "| 118,287 |" in ran.stdout
    again = benchmark(photo_folder / "class-0", "--task", "detection", "--annotations", coco_file, "--peers", "copies",
                      "--peers-folder", scripts, "--report", report)  # fmt: skip
    assert again.returncode == 2
    assert "copies cannot do detection: choose of canvas" in again.stderr


@pytest.mark.parametrize("arguments, complaint", [
    (["--task", "detection"], "--task detection needs the COCO file of the photos: --annotations FILE"),
    (["--annotations", "boxes.json"], "--annotations is for --task detection alone"),
    (["--task", "detection", "--annotations", "nowhere.json", "--peers", "none"], "nowhere.json is no COCO file: "),
    (["--task", "detection", "--annotations", "x", "--cases", "224x1"], "the case '224x1' is of another task"),
    (["--peers", "none", "--cases", "0x1"], "the case '0x1' is of another task"),
    (["--peers", "nobody"], "nobody is none of the peers: choose of "),
    (["--peers-folder", "nowhere"], "there are no peer scripts in nowhere: name their folder with --peers-folder"),
    (["--peers", "none", "--cases", "224"], "a case is SIZExVIEWS, as 224x4, and not '224'"),
    (["--peers", "none", "--cases", "32x1"], "need the folder of small images: --small FOLDER"),
])  # fmt: skip
def test_refuses_in_one_line(photo_folder, tmp_path, arguments, complaint):
    ran = benchmark(photo_folder, "--report", tmp_path / "report", *arguments)
    assert ran.returncode == 2
    assert complaint in ran.stderr and ran.stderr.count("\n") == 1


def test_refuses_a_folder_without_photos(tmp_path):
    ran = benchmark(tmp_path, "--peers", "none", "--report", tmp_path / "report")
    assert ran.returncode == 2
    assert "has no class folders with JPEG photos" in ran.stderr


def test_repeats_photos_under_names_of_their_own(photo_folder, tmp_path):
    links = photos.jpegs(photos.repeat(photos.jpegs(photo_folder), 20, tmp_path / "links"))
    assert len(links) == 20
    assert {link.parent.name for link in links} == {"class-0", "class-1"}
    assert {link.resolve() for link in links} == set(photos.jpegs(photo_folder))


def test_repeats_photos_with_their_boxes_under_ids_of_their_own(photo_folder, coco_file, tmp_path):
    sources = boxes.jpegs(photo_folder / "class-0", boxes.read(coco_file))
    folder = boxes.repeat(sources, boxes.read(coco_file), 5, tmp_path / "links")
    made = json.loads((tmp_path / "links.json").read_text())
    files = {image["id"]: folder / image["file_name"] for image in made["images"]}
    assert sorted(files.values()) == photos.jpegs(folder)
    assert [files[i].resolve().name for i in range(5)] == ["0.jpg", "2.jpg", "4.jpg", "0.jpg", "2.jpg"]
    assert [(a["id"], a["image_id"], a["bbox"][0]) for a in made["annotations"]] == [(1, 0, 2), (2, 2, 1), (3, 2, 3), (4, 3, 2)]
    assert made["categories"] == [{"id": 7, "name": "cat"}]


def run(contestant, number, images_per_second):
    return Run("8x1", contestant, number, images_per_second, 1, 2, 3, None, 4)


def test_takes_ratios_within_a_round_and_medians_over_rounds():
    case = Case(8, 1)
    results = Results([case], ["emulsion", "peer"], {})
    # The machine gets slower and slower; Emulsion stays twice as fast.
    for number, speed in enumerate((400, 200, 100)):
        results.runs += [run("emulsion", number, speed), run("peer", number, speed / 2)]
    results.runs.append(run("peer", 3, 1000))  # a round that Emulsion has no run of
    assert results.advantage(case, "peer") == 2
    assert [(row["contestant"], row["images_per_second"]) for row in results.rows(case)] == [("emulsion", 200), ("peer", 150)]


def test_larger_sets_take_core_hours_and_bytes_in_proportion():
    # 1,000 images in 2 views took 2 cores 10 s and 8 MB.
    row = {"images_per_second": 200, "seconds": 10, "written_bytes": 8_000_000}
    lines = growth(Case(8, 2), row, cores=2).splitlines()
    assert lines[2] == "| 1,000,000 | 5.6 | 8.0 |"
    assert lines[4] == "| 1,000,000,000 | 5,555.6 | 8,000.0 |"
