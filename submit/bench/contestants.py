"""Who is measured: Emulsion, and the scripts of other pipelines that print one line of JSON each."""

import json
from dataclasses import dataclass
from pathlib import Path

import boxes

ROOT = Path(__file__).resolve().parents[2]
QUALITY = 90
ALPHA = 0.2
HEAP = "1g"


@dataclass(frozen=True)
class Case:
    """One kind of work: a square size in pixels, and how many mixed copies of the set.

    Size 0 is detection: images of full size, mixed on the canvas of both."""

    size: int
    views: int

    @property
    def name(self):
        return f"{self.size}x{self.views}"

    @property
    def title(self):
        size = f"{self.size} px" if self.size else "full size"
        return f"{size}, {self.views} view{'s' if self.views > 1 else ''}"


@dataclass(frozen=True)
class Emulsion:
    """Our job; `formats` as output.format takes them, `settings` go to --set."""

    name: str
    formats: str
    settings: tuple = ()

    def command(self, case, photos, output, cores):
        return [
            *(ROOT / "submit/emulsion", "mix", "--master", f"local[{cores}]", "--driver-memory", HEAP),
            *("--input", photos, "--output", output),
            *self.options(case, photos),
        ]

    def options(self, case, photos):
        detection = ["task=detection", "input.format=coco", f"input.annotations={boxes.annotations(photos)}"]
        squares = [f"image.size={case.size}", "image.resize=stretch", "image.filter=area"]
        settings = [
            *(squares if case.size else detection),
            *(f"mix.lambda.alpha={ALPHA}", f"mix.views={case.views}"),
            *(f"output.quality={QUALITY}", f"output.format={self.formats}", *self.settings),
        ]
        return [word for setting in settings for word in ("--set", setting)]

    def result(self, log, output):
        """Records and seconds, by the job's own report: from the first listing call to the manifest."""
        report = json.loads((output / "_emulsion/report.json").read_text())
        return report["records"], report["seconds"]


@dataclass(frozen=True)
class Peer:
    """A script beside common.py: takes INPUT OUTPUT --size --views --workers, and times itself."""

    name: str
    script: Path
    python: Path

    def command(self, case, photos, output, cores):
        return [
            *(self.python, self.script, photos, output, "--size", case.size, "--views", case.views),
            *("--workers", cores, "--alpha", ALPHA, "--quality", QUALITY, "--filter", "area"),
        ]

    def result(self, log, output):
        """Images and seconds of the one line of JSON that the script prints."""
        for line in reversed(log.read_text(errors="replace").splitlines()):
            if line.startswith('{"peer"'):
                said = json.loads(line)
                return said["images"], said["images"] / said["images_per_second"]
        raise ValueError("the script printed no result")


def peer_scripts(folder):
    """Name to script: every Python file that takes the arguments that the peers share."""
    return {p.stem: p for p in sorted(folder.glob("*.py")) if "from common import arguments" in p.read_text()}


def can_detect(script):
    """Whether a peer takes size 0; the others make squares of one size, and know no canvas."""
    return "a.size == 0" in script.read_text()
