"""Sets of photos with boxes, of any size, made of links to the photos of a small one and a COCO file to match."""

import json

import photos


def annotations(folder):
    """The COCO file that `repeat` writes for the photos in `folder`: beside it, as it is no photo."""
    return folder.with_name(folder.name + ".json")


def read(file):
    """The COCO file as it is; ValueError if it is none."""
    coco = json.loads(file.read_text())
    if not isinstance(coco, dict) or not all(isinstance(coco.get(key), list) for key in ("images", "annotations", "categories")):
        raise ValueError("has no lists of images, annotations and categories")
    return coco


def jpegs(folder, coco):
    """The JPEG files below `folder` that the COCO file lists, sorted, each with its entry there."""
    listed = {folder / image["file_name"]: image for image in coco["images"]}
    return {p: listed[p] for p in sorted(listed) if p.suffix.lower() in photos.JPEG_EXTENSIONS and p.is_file()}


def repeat(sources, coco, count, folder):
    """Fills `folder` with `count` links, as photos.repeat does, and writes the COCO file that lists them.

    Each link has the boxes of its photo, under ids of their own; `sources` come from `jpegs`."""
    photos.repeat(list(sources), count, folder)
    of_image = {}
    for annotation in coco["annotations"]:
        of_image.setdefault(annotation["image_id"], []).append(annotation)
    images, repeated = [], []
    for number, (source, link) in enumerate(photos.links(list(sources), count)):
        image = sources[source]
        images.append({**image, "id": number, "file_name": str(link)})
        for annotation in of_image.get(image["id"], []):
            repeated.append({**annotation, "id": len(repeated) + 1, "image_id": number})
    made = {"images": images, "annotations": repeated, "categories": coco["categories"]}
    annotations(folder).write_text(json.dumps(made))
    return folder
