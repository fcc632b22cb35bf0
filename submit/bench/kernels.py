"""Runs the JMH benchmarks of `common`: what each step takes on one thread."""

import json
import subprocess
from datetime import date

from contestants import ROOT

# In the order in which a sample goes through them.
STEPS = ["key", "header", "decode", "resizeArea", "resizeBilinear", "draw", "blend", "encodeJpeg", "encodePng", "tfRecord"]
QUICK = ["-f", "1", "-wi", "1", "-i", "1", "-w", "200ms", "-r", "200ms"]


def run(photos, report, quick, processor):
    """Measures, prints the table and leaves it as kernels.md, beside JMH's own kernels.json, in `report`."""
    results = report / "kernels.json"
    jmh = ["java", f"-Demulsion.photos={photos}", "-cp", classpath(report / "classpath"), "org.openjdk.jmh.Main"]
    subprocess.run([*jmh, "-rf", "json", "-rff", results, *(QUICK if quick else [])], check=True)
    markdown = to_markdown(json.loads(results.read_text()), processor)
    (report / "kernels.md").write_text(markdown)
    print(markdown, end="")


def classpath(file):
    """Compiles them, with all checks of the build, and tells what they run on."""
    goals = ["test-compile", "dependency:build-classpath", f"-Dmdep.outputFile={file}"]
    subprocess.run(["mvn", "-B", "-q", "-Pkernels", "-pl", "common", *goals], cwd=ROOT, check=True)
    classes = [ROOT / "common/target" / name for name in ("classes", "test-classes")]
    return ":".join([*map(str, classes), file.read_text().strip()])


def to_markdown(results, processor):
    lines = [
        f"One thread, 224 px, stretch, quality 90; {processor}, Java {results[0]['jdkVersion']}, {date.today().isoformat()}:"
        " `submit/benchmark INPUT --kernels`.",
        "",
        "| step | us a photo | +- (99.9 %) |",
        "|---|--:|--:|",
    ]
    metrics = {result["benchmark"].rpartition(".")[2]: result["primaryMetric"] for result in results}
    for name in sorted(metrics, key=STEPS.index):
        metric, error = metrics[name], metrics[name]["scoreError"]
        lines.append(f"| {name} | {metric['score']:.2f} | {'' if error == 'NaN' else format(error, '.2f')} |")
    return "\n".join(lines) + "\n"
