"""Two sets of Pascal VOC as image files: pycocotools, torchvision and Ultralytics read what the XML files say."""

import os
import subprocess
from pathlib import Path
from xml.etree import ElementTree

os.environ["YOLO_OFFLINE"] = "true"  # before the import: it reads it
import pytest
from pycocotools.coco import COCO
from torchvision.datasets import CocoDetection
from ultralytics.data.dataset import YOLODataset
from ultralytics.data.utils import check_det_dataset
from ultralytics.utils import SETTINGS

SETTINGS["sync"] = False
PROJECT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ["EMULSION_COCO"]).resolve().parent


class VocSet:
    """A set, mixed in one view and unmixed in another."""

    def __init__(self, name, images, annotations, image_set, output):
        self.folder, self.images, self.annotations = DATA / name, images, annotations
        self.output = output
        settings = ["task=detection", "input.format=voc", "output.format=files", "mix.views=2", "mix.unmixed-views=1"]
        if image_set:
            settings.append(f"input.image-set={image_set}")
        command = [PROJECT / "submit/emulsion", "mix", "--input", self.folder, "--output", output]
        command += [word for setting in settings for word in ("--set", setting)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        self.stems = [p.stem for p in sorted((self.folder / images).iterdir())]
        if image_set:
            self.stems = (self.folder / f"ImageSets/Main/{image_set}.txt").read_text().split()

    def boxes(self, image_id):
        """(name, left, top, width, height) of each object of an image, by its XML file."""
        objects = ElementTree.parse(self.folder / self.annotations / f"{Path(image_id).stem}.xml").findall("object")
        corners = [[float(o.find("bndbox").findtext(key)) for key in ("xmin", "ymin", "xmax", "ymax")] for o in objects]
        return [(o.findtext("name"), x, y, right - x, bottom - y) for o, (x, y, right, bottom) in zip(objects, corners)]


@pytest.fixture(scope="module", params=["bccd", "raccoon"])
def voc(request, tmp_path_factory):
    output = tmp_path_factory.mktemp(request.param) / "mixed"
    if request.param == "bccd":
        return VocSet("detection-voc-bccd", "JPEGImages", "Annotations", "test", output)
    return VocSet("detection-voc-raccoon", "images", "annotations", None, output)


@pytest.mark.parametrize("view", ["view-000", "view-001"])
def test_every_image_and_box_of_the_xml_files_is_read(voc, view):
    folder = voc.output / "files" / view
    ours = COCO(folder / "annotations.json")
    images = ours.dataset["images"]
    assert sorted(image["id_a"] for image in images) == sorted(f"{voc.images}/{stem}.jpg" for stem in voc.stems)
    for image in images:
        both = [image["id_a"]] if image["id_a"] == image["id_b"] else [image["id_a"], image["id_b"]]
        read = [(ours.cats[box["category_id"]]["name"], *box["bbox"]) for box in ours.imgToAnns[image["id"]]]
        assert read == [box for name in both for box in voc.boxes(name)]
    seen = CocoDetection(folder / "images", folder / "annotations.json")
    assert [image.size for image, _ in seen] == [(ours.imgs[i]["width"], ours.imgs[i]["height"]) for i in seen.ids]
    data = check_det_dataset(folder / "data.yaml")
    labels = YOLODataset(img_path=data["train"], data=data, imgsz=640, augment=False).labels
    assert len(labels) == len(images)
    classes = {pair for image in images for pair in classes_of(ours, image)}
    assert {(Path(label["im_file"]).stem, int(number)) for label in labels for number in label["cls"][:, 0]} == classes
    assert sum(len(label["cls"]) for label in labels) == sum(len(unique(ours, image)) for image in images)


def classes_of(ours, image):
    """The file's stem with the class of each of its boxes."""
    return [(Path(image["file_name"]).stem, box["category_id"]) for box in ours.imgToAnns[image["id"]]]


def unique(ours, image):
    """Its boxes without second equal ones, of which Ultralytics keeps one."""
    return {(box["category_id"], *box["bbox"]) for box in ours.imgToAnns[image["id"]]}
