"""Sets of any size, made of symbolic links to the photos of a small one."""

from pathlib import Path

JPEG_EXTENSIONS = (".jpg", ".jpeg")


def jpegs(folder):
    """The JPEG files below the class folders of `folder`, sorted: what every peer script takes."""
    return sorted(p for p in folder.glob("*/*") if p.suffix.lower() in JPEG_EXTENSIONS)


def links(sources, count):
    """Goes through `sources` again and again: `count` times a source, and a path of its own for a link to it.

    The class folders are kept, so a photo's copies differ in their ids and not in their class."""
    for number in range(count):
        source = sources[number % len(sources)]
        yield source, Path(source.parent.name, f"{number // len(sources):06d}-{source.name}")


def repeat(sources, count, folder):
    """Fills `folder` with `count` links to `sources`."""
    for source, link in links(sources, count):
        (folder / link).parent.mkdir(parents=True, exist_ok=True)
        (folder / link).symlink_to(source)
    return folder
