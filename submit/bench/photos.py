"""Sets of any size, made of symbolic links to the photos of a small one."""

JPEG_EXTENSIONS = (".jpg", ".jpeg")


def jpegs(folder):
    """The JPEG files below the class folders of `folder`, sorted: what every peer script takes."""
    return sorted(p for p in folder.glob("*/*") if p.suffix.lower() in JPEG_EXTENSIONS)


def repeat(sources, count, folder):
    """Fills `folder` with `count` links that go through `sources` again and again, each under a name of its own.

    The class folders are kept, so a photo's copies differ in their ids and not in their class."""
    for number in range(count):
        source = sources[number % len(sources)]
        of_class = folder / source.parent.name
        of_class.mkdir(parents=True, exist_ok=True)
        (of_class / f"{number // len(sources):06d}-{source.name}").symlink_to(source)
    return folder
