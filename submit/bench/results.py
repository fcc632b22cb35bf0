"""What the rounds measured, as medians: for people in Markdown, for programs in JSON."""

import json
from dataclasses import asdict, dataclass
from statistics import median


@dataclass
class Run:
    """One contestant in one round. `seconds` leaves out its start-up, `wall_seconds` has it."""

    case: str
    contestant: str
    round: int
    images: int
    seconds: float
    wall_seconds: float
    resident_bytes: int
    heap_bytes: int | None
    written_bytes: int

    @property
    def images_per_second(self):
        return self.images / self.seconds


class Results:
    """All runs of a benchmark; the first contestant is the one that the others are compared with."""

    def __init__(self, cases, contestants, about):
        self.cases = cases
        self.contestants = contestants
        self.about = about
        self.runs = []
        self.failures = []

    def of(self, case, contestant):
        return [r for r in self.runs if r.case == case.name and r.contestant == contestant]

    def advantage(self, case, contestant):
        """Median over the rounds of how many times as fast as `contestant` the first one was: a slow
        minute of the machine weighs on both."""
        ours = {r.round: r.images_per_second for r in self.of(case, self.contestants[0])}
        ratios = [ours[r.round] / r.images_per_second for r in self.of(case, contestant) if r.round in ours]
        return median(ratios) if ratios else None

    def row(self, case, contestant):
        """The medians of a contestant; None where it has no run."""
        runs = self.of(case, contestant)
        if not runs:
            return None
        speeds = [r.images_per_second for r in runs]
        heaps = [r.heap_bytes for r in runs if r.heap_bytes is not None]
        return {
            "contestant": contestant,
            "images_per_second": median(speeds),
            "slowest": min(speeds),
            "fastest": max(speeds),
            "emulsion_is_times_as_fast": self.advantage(case, contestant),
            "seconds": median(r.seconds for r in runs),
            "wall_seconds": median(r.wall_seconds for r in runs),
            "resident_bytes": max(r.resident_bytes for r in runs),
            "heap_bytes": max(heaps) if heaps else None,
            "written_bytes": median(r.written_bytes for r in runs),
        }

    def rows(self, case):
        rows = [self.row(case, contestant) for contestant in self.contestants]
        return sorted(filter(None, rows), key=lambda row: -row["images_per_second"])

    def to_json(self):
        return json.dumps(
            {
                **self.about,
                "cases": [{**asdict(case), "rows": self.rows(case)} for case in self.cases],
                "runs": [asdict(run) for run in self.runs],
                "failures": self.failures,
            },
            indent=2,
        )

    def to_markdown(self):
        parts = []
        for case in self.cases:
            if rows := self.rows(case):
                parts.append(table(case, rows))
            if ours := self.row(case, self.contestants[0]):
                parts.append(growth(case, ours, self.about["cores"]))
        return "\n\n".join([introduction(self.about), *parts]) + "\n"


def introduction(about):
    return (
        f"{about['cores']} cores ({about['processor']}), {about['date']}, Emulsion {about['version']} at {about['commit']}"
        f" with a heap of {about['heap']}; medians of {about['rounds']} interleaved rounds. A case's images: {about['images']}."
        " `seconds` leaves the start-up out, `wall` has it; memory is the largest of all rounds."
        + (f" Not measured, as they mix only squares of one size: {', '.join(about['cannot'])}." if about["cannot"] else "")
    )


IMAGES_OF_A_SET = (1_000_000, 1_281_167, 1_000_000_000)  # the second is ImageNet-1k
IMAGES_WITH_BOXES = (118_287, 1_000_000, 1_000_000_000)  # the first is COCO's train2017


def growth(case, ours, cores):
    """What larger sets of the same photos take at the measured speed: both figures are linear in the images."""
    records = ours["images_per_second"] * ours["seconds"]
    lines = [f"| images, each in {case.title} | core-hours | GB written |", "|--:|--:|--:|"]
    for images in IMAGES_OF_A_SET if case.size else IMAGES_WITH_BOXES:
        hours = images * case.views / ours["images_per_second"] * cores / 3600
        gigabytes = images * case.views * ours["written_bytes"] / records / 1e9
        lines.append(f"| {images:,} | {hours:,.1f} | {gigabytes:,.1f} |")
    return "\n".join(lines)


def table(case, rows):
    lines = [
        f"| {case.title} | images/s | from - to | Emulsion is | seconds | wall | resident MB | Java heap MB | written MB |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    return "\n".join(lines + [line(row) for row in rows])


def line(row):
    times, heap = row["emulsion_is_times_as_fast"], row["heap_bytes"]
    cells = [
        row["contestant"],
        f"{row['images_per_second']:.0f}",
        f"{row['slowest']:.0f} - {row['fastest']:.0f}",
        "" if times is None else f"{times:.2f} x",
        f"{row['seconds']:.1f}",
        f"{row['wall_seconds']:.1f}",
        f"{row['resident_bytes'] / 1e6:.0f}",
        "" if heap is None else f"{heap / 1e6:.0f}",
        f"{row['written_bytes'] / 1e6:.1f}",
    ]
    return "| " + " | ".join(cells) + " |"
