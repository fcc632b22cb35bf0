"""Runs the programs among the tests of `common` that the checks beside this file compare with."""

import subprocess
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DATA = PROJECT.parent / "shared" / "data"


def run(main_class, *arguments, text=""):
    """Standard output of a main class; the modules are compiled by `mvn test-compile` before."""
    command = ["java", "-Xmx2g", "-cp", classpath(), main_class, *map(str, arguments)]
    return subprocess.run(command, input=text, text=True, check=True, stdout=subprocess.PIPE).stdout


def classpath():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "classpath")
        goal = ["dependency:build-classpath", f"-Dmdep.outputFile={path}"]
        subprocess.run(["mvn", "-B", "-q", "-pl", "common", *goal], cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
        classes = [PROJECT / "common/target" / name for name in ("classes", "test-classes")]
        return ":".join([*map(str, classes), path.read_text().strip()])
