"""Decodes awkward images, ours and Pillow's own of every mode, and compares the pixels with Pillow's."""

import csv
import warnings

import numpy
import pytest
from PIL import Image

import java

BACKGROUNDS = {"BLACK": 0, "WHITE": 255}
# Damaged, though Pillow decodes it: the checksum of its pixels is wrong.
REFUSED = {"xcsn0g01.png"}
REASONS = {"EMPTY", "UNSUPPORTED_FORMAT", "TOO_LARGE", "TRUNCATED", "CORRUPT", "TOO_COMPLEX"}


def by_pillow(path, level):
    """The picture over a background, `uint8` RGB; None where Pillow sees no JPEG or PNG."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = Image.open(path)
            if image.format not in ("JPEG", "MPO", "PNG"):
                return None
            image.load()
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return None
        if image.mode in ("I", "I;16"):  # its convert clips; ours takes the upper 8 bits
            return numpy.stack([(numpy.asarray(image).astype(int) >> 8).astype(numpy.uint8)] * 3, axis=-1)
        if image.has_transparency_data:
            below = Image.new("RGBA", image.size, (level, level, level, 255))
            image = Image.alpha_composite(below, image.convert("RGBA"))
        return numpy.asarray(image.convert("RGB"))


def ours(paths, folder):
    """By path and background: the picture, or the reason why it is bad."""
    cases = [(path, background) for path in paths for background in BACKGROUNDS]
    lines = [f"{path}\t{background}\t{folder / str(i)}" for i, (path, background) in enumerate(cases)]
    answers = java.run("io.emulsion.codec.DecodeCommand", text="\n".join(lines) + "\n").splitlines()
    assert len(answers) == len(cases)
    results = {}
    for i, (case, answer) in enumerate(zip(cases, answers, strict=True)):
        if answer in REASONS:
            results[case] = answer
        else:
            height, width = map(int, answer.split())
            results[case] = numpy.fromfile(folder / str(i), numpy.uint8).reshape(height, width, 3)
    return results


def mean_colour(pixels):
    return pixels.reshape(-1, 3).mean(axis=0)


def test_every_odd_image_has_pillows_colours_or_a_reason(tmp_path):
    folder = java.DATA / "odd-images"
    with open(folder / "expected.csv", encoding="utf-8") as table:
        paths = [folder / "files" / row["file"] for row in csv.DictReader(table)]
    decoded = 0
    for (path, background), picture in ours(paths, tmp_path).items():
        wanted = by_pillow(path, BACKGROUNDS[background])
        if wanted is None or path.name in REFUSED:
            assert isinstance(picture, str), f"{path.name} decodes"
        else:
            assert not isinstance(picture, str), f"{path.name}: {picture}"
            assert picture.shape == wanted.shape, path.name
            assert numpy.abs(mean_colour(picture) - mean_colour(wanted)).max() <= 2, f"{path.name}, {background}"
            decoded += 1
    assert decoded >= 2 * 50


def pictures():
    """One noisy picture in every mode that Pillow writes as PNG or JPEG."""
    noise = numpy.random.default_rng(5).integers(0, 256, (37, 53, 4), dtype=numpy.uint8)
    coarse = Image.fromarray(noise[:5, :7]).resize((53, 37), Image.Resampling.BICUBIC)
    rgba = Image.fromarray(noise)
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA"):
        yield f"{mode}.png", rgba.convert(mode), {}
    yield "I16.png", Image.fromarray(noise[..., :2].copy().view(numpy.uint16)[..., 0]), {}
    yield "L-key.png", rgba.convert("L"), {"transparency": 100}
    yield "RGB-key.png", rgba.convert("RGB"), {"transparency": tuple(map(int, noise[3, 4, :3]))}
    yield "P-alpha.png", rgba.convert("P"), {"transparency": bytes(range(256))}
    for mode in ("L", "RGB", "CMYK"):
        for progressive in (False, True):
            options = {"progressive": progressive, "quality": 95}
            yield f"{mode}-{progressive}.jpg", coarse.convert("RGB").convert(mode), options


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("written")
    for name, image, options in pictures():
        image.save(folder / name, **options)
    for name in ("CMYK-False.jpg", "CMYK-True.jpg"):
        # The same samples read as YCCK: Adobe's marker says so in its last byte.
        content = (folder / name).read_bytes()
        at = content.index(b"Adobe") + 11
        assert content[at] == 0
        (folder / f"YCCK-{name}").write_bytes(content[:at] + b"\x02" + content[at + 1 :])
    return sorted(folder.iterdir())


def test_every_mode_has_pillows_pixels(written, tmp_path):
    assert len(written) == 18
    for (path, background), picture in ours(written, tmp_path).items():
        wanted = by_pillow(path, BACKGROUNDS[background])
        assert not isinstance(picture, str), f"{path.name}: {picture}"
        # Pillow's alpha_composite and its CMYK round in another way; JPEG is decoded by another build.
        difference = numpy.abs(picture.astype(int) - wanted).max()
        assert difference <= (2 if path.suffix == ".jpg" else 1), f"{path.name}, {background}: {difference}"
