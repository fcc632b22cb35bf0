"""Measures Emulsion beside the peer scripts in interleaved rounds, and prints who mixed how many images a second.

Each contestant runs the same case once a round, the order moves on by one each round, and ratios are taken within a
round. Emulsion's clock runs from its first listing call to the manifest, a script's from its first to its last image;
starting processes, sessions and imports is in the wall clock alone."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import boxes
import contestants
import heap
import kernels
import photos
import processes
from contestants import HEAP, ROOT, Case, Emulsion, Peer
from results import Results, Run

USAGE = 2
LIMIT_IMAGES = 2000  # as many as limit.py holds in memory, in whatever order they are named


class UsageError(Exception):
    """What the user has to change, in one line."""


def main():
    options = parse()
    options.report.mkdir(parents=True, exist_ok=True)
    if options.kernels:
        kernels.run(options.input.resolve(), options.report.resolve(), options.runs == 1, processor())
        return 0
    processes.adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="emulsion-", dir=options.work) as work:
        return Benchmark(options, Path(work)).run()


def parse():
    parser = argparse.ArgumentParser(prog="submit/benchmark", description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("input", type=Path, metavar="INPUT", help="folder of class folders of JPEG photos; for detection the folder of the images")
    parser.add_argument("--task", choices=["classification", "detection"], default="classification",
                        help="detection mixes photos with boxes at full size, on the canvas of both; default classification")  # fmt: skip
    parser.add_argument("--annotations", type=Path, help="COCO file of the photos' boxes, for detection")
    parser.add_argument("--images", type=int, help="repeat the photos up to this number; default: as many as there are")
    parser.add_argument("--small", type=Path, help="folder of class folders of 32 px JPEG images, for the cases 32xVIEWS")
    parser.add_argument("--small-images", type=int, default=50_000, help="repeat the small ones up to this number; default 50000")
    parser.add_argument("--cases", help="SIZExVIEWS, comma-separated; default 224x1,224x4, and 32x1 with --small; of detection SIZE is 0 and default 0x1,0x4")
    parser.add_argument("--runs", type=int, default=5, help="rounds; default 5")
    parser.add_argument("--peers", help="names of scripts, comma-separated, or none; default: all")
    parser.add_argument("--peers-folder", type=Path, default=ROOT.parent / "shared/peers",
                        help="their scripts, common.py and requirements.txt; default ../shared/peers beside this project")  # fmt: skip
    parser.add_argument("--two-formats", action="store_true", help="also Emulsion writing TFRecord and Parquet at once")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="an option for all runs of Emulsion")
    parser.add_argument("--cores", type=int, default=len(os.sched_getaffinity(0)), help="CPUs for each contestant; default all")
    parser.add_argument("--kernels", action="store_true", help="only the steps of a sample, by JMH; with --runs 1 in seconds, to try it")
    parser.add_argument("--work", type=Path, help="where to make the temporary folder; default: the system's place")
    parser.add_argument("--report", type=Path, default=ROOT / "spark-jobs/target/benchmark",
                        help="folder for benchmark.json, benchmark.md and the logs; default spark-jobs/target/benchmark")  # fmt: skip
    return parser.parse_args()


class Benchmark:
    """One call of the command."""

    def __init__(self, options, work):
        self.options = options
        self.work = work
        self.detection = options.task == "detection"
        if self.detection != (options.annotations is not None):
            raise UsageError("--task detection needs the COCO file of the photos: --annotations FILE" if self.detection
                             else "--annotations is for --task detection alone")  # fmt: skip
        self.cases = [self.case(text) for text in self.case_names()]
        self.cannot = []
        self.contestants = [Emulsion("emulsion", "tfrecord", tuple(options.set)), *self.two_formats(), *self.peers()]
        self.cpus = sorted(os.sched_getaffinity(0))[: options.cores]
        self.inputs = {}

    def case_names(self):
        squares = ["224x1", "224x4", *(["32x1"] if self.options.small else [])]
        default = ["0x1", "0x4"] if self.detection else squares
        return self.options.cases.split(",") if self.options.cases else default

    def case(self, text):
        size, cross, views = text.partition("x")
        if not (cross and size.isdecimal() and views.isdecimal() and int(views) > 0):
            raise UsageError(f"a case is SIZExVIEWS, as {'0x4' if self.detection else '224x4'}, and not '{text}'")
        if self.detection != (int(size) == 0):
            raise UsageError(f"the case '{text}' is of another task: only detection keeps the photos' size, which is 0")
        return Case(int(size), int(views))

    def two_formats(self):
        if self.options.two_formats:
            yield Emulsion("emulsion, two formats", "[tfrecord, parquet]", tuple(self.options.set))

    def peers(self):
        folder, wanted = self.options.peers_folder, self.options.peers
        if wanted == "none":
            return []
        scripts = contestants.peer_scripts(folder) if folder.is_dir() else {}
        if not scripts:
            raise UsageError(f"there are no peer scripts in {folder}: name their folder with --peers-folder, or say --peers none")
        self.cannot = [name for name in scripts if self.detection and not contestants.can_detect(scripts[name])]
        able = [name for name in scripts if name not in self.cannot]
        names = wanted.split(",") if wanted else able
        for name in names:
            if name not in able:
                known = "cannot do detection" if name in scripts else "is none of the peers"
                raise UsageError(f"{name} {known}: choose of {', '.join(able)}")
        python = self.environment_of_peers(folder / "requirements.txt")
        return [Peer(name, scripts[name], python) for name in names]

    def environment_of_peers(self, requirements):
        made = subprocess.run([ROOT / ".ci/python-env", requirements], text=True, stdout=subprocess.PIPE, check=False)
        if made.returncode != 0:
            raise UsageError(f"cannot install {requirements}: see above")
        return Path(made.stdout.strip()) / "bin/python"

    def run(self):
        results = Results(self.cases, [c.name for c in self.contestants], self.about())
        for case in self.cases:
            for number in range(self.options.runs):
                start = number % len(self.contestants)
                for contestant in self.contestants[start:] + self.contestants[:start]:
                    self.measure(case, contestant, number, results)
            (self.options.report / "benchmark.json").write_text(results.to_json())
            (self.options.report / "benchmark.md").write_text(results.to_markdown())
        print(results.to_markdown(), end="")
        return 1 if results.failures else 0

    def about(self):
        photos_used = {c.title: f"{len(photos.jpegs(self.input(c.size)))}" for c in self.cases}
        # All that a first start makes, before anybody is measured.
        subprocess.run([ROOT / "submit/emulsion", "--prepare"], env=without_spark_home(), check=True)
        version = subprocess.run([ROOT / "submit/emulsion", "--version"], env=without_spark_home(), text=True,
                                 stdout=subprocess.PIPE, check=True)  # fmt: skip
        commit = ["git", "-C", ROOT, "describe", "--always", "--dirty"]
        return {
            "date": date.today().isoformat(),
            "version": version.stdout.split()[-1],
            "commit": subprocess.run(commit, text=True, stdout=subprocess.PIPE, check=False).stdout.strip() or "no commit",
            "processor": processor(),
            "cores": len(self.cpus),
            "heap": HEAP,
            "rounds": self.options.runs,
            "images": ", ".join(f"{title}: {count}" for title, count in photos_used.items()),
            "cannot": self.cannot,
        }

    def input(self, size, most=None):
        """The folder of the images for a size; `most` takes a smaller set that holds each photo as often."""
        if (size, most) not in self.inputs:
            target = self.work / f"input-{size}-{most or 'all'}"
            make = self.with_boxes if self.detection else self.with_classes
            self.inputs[size, most] = make(size, most, target)
        return self.inputs[size, most]

    def with_classes(self, size, most, target):
        small = size == 32
        folder = self.options.small if small else self.options.input
        if folder is None:
            raise UsageError("the cases of 32 px need the folder of small images: --small FOLDER")
        sources = photos.jpegs(folder.resolve())
        if not sources:
            raise UsageError(f"{folder} has no class folders with JPEG photos: name the folder above them")
        count = (self.options.small_images if small else self.options.images) or len(sources)
        return photos.repeat(sources, min(count, most or count), target)

    def with_boxes(self, _size, most, target):
        file = self.options.annotations
        try:
            coco = boxes.read(file)
        except (OSError, ValueError) as e:
            raise UsageError(f"{file} is no COCO file: {e}") from e
        sources = boxes.jpegs(self.options.input.resolve(), coco)
        if not sources:
            raise UsageError(f"{self.options.input} has none of the JPEG photos that {file} lists")
        count = self.options.images or len(sources)
        return boxes.repeat(sources, coco, min(count, most or count), target)

    def measure(self, case, contestant, number, results):
        """Runs a contestant once; its output is counted and deleted."""
        name = f"{case.name}-{contestant.name.replace(', ', '-').replace(' ', '-')}-{number}"
        log = self.options.report / f"{name}.log"
        output, scratch = self.work / "output", self.work / "tmp"
        scratch.mkdir()
        os.sync()  # what the one before wrote is not this one's burden
        source = self.input(case.size, LIMIT_IMAGES if contestant.name == "limit" else None)
        environment = {**without_spark_home(), "TMPDIR": str(scratch), "RAY_TMPDIR": str(scratch),
                       "JDK_JAVA_OPTIONS": heap.java_options(scratch)}  # fmt: skip
        finished = processes.run(contestant.command(case, source, output, len(self.cpus)), environment, self.cpus, log)
        try:
            if finished.exit_code != 0:
                raise ValueError(f"exit code {finished.exit_code}")
            images, seconds = contestant.result(log, output)
            run = Run(case.name, contestant.name, number, images, seconds, finished.seconds, finished.resident_bytes,
                      heap.peak_bytes(scratch), written_bytes(output))  # fmt: skip
            results.runs.append(run)
            say(f"round {number + 1}/{self.options.runs}, {case.title}: {contestant.name} {run.images_per_second:.0f} images/s")
        except (OSError, ValueError) as e:
            results.failures.append(f"{name}: {e}")
            say(f"{name} FAILED: {e}; see {log}")
        finally:
            shutil.rmtree(output, ignore_errors=True)
            shutil.rmtree(scratch, ignore_errors=True)


def without_spark_home():
    """The environment in which Emulsion runs on the Spark that it is built with, and PySpark on its own."""
    return {name: value for name, value in os.environ.items() if name != "SPARK_HOME"}


def processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return os.uname().machine


def written_bytes(folder):
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())


def say(text):
    print(f"benchmark: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except UsageError as e:
        say(str(e))
        sys.exit(USAGE)
    except KeyboardInterrupt:
        sys.exit(130)
